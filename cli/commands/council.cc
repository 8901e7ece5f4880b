#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "cli/commands.h"
#include "cli/format.h"
#include "cli/gaps.h"
#include "cli/line_text.h"
#include "cli/provenance.h"
#include "cli/sections.h"
#include "cli/trace.h"
#include "cli/value_chain.h"
#include "puente/economy/v1/agreement.pb.h"
#include "puente/economy/v1/proposal.pb.h"
#include "puente/economy/v1/value_chain.pb.h"

namespace puente::cli {
namespace {

constexpr Label kOwner{"owner", "a cargo de"};
constexpr Label kAgreed{"agreed", "acordado"};
constexpr Label kDeclinedFor{"declined because", "rechazada porque"};
constexpr Label kStages{"stages", "etapas"};

constexpr char kGetOverview[] = "puente.gateway.v1.CouncilService/GetOverview";
constexpr char kListSkillGaps[] = "puente.gateway.v1.CouncilService/ListSkillGaps";
constexpr char kTraceDemand[] = "puente.gateway.v1.CouncilService/TraceDemand";
constexpr char kListAgreements[] = "puente.economy.v1.AgreementService/ListAgreements";
constexpr char kListProposals[] = "puente.economy.v1.ProposalService/ListProposals";
constexpr char kListValueChains[] = "puente.economy.v1.ValueChainService/ListValueChains";
constexpr char kGetValueChainGaps[] = "puente.gateway.v1.CouncilService/GetValueChainGaps";
constexpr char kListSectorTables[] = "puente.economy.v1.SectorTableService/ListSectorTables";
constexpr int kPage = 1000;

std::string StateFilter(const LineArgs& args) {
  return args.state.empty()
             ? ""
             : absl::StrCat("state = ",
                            absl::StrReplaceAll(absl::AsciiStrToUpper(args.state), {{"-", "_"}}));
}

std::string In(Session& session, const std::string& es, const std::string& en) {
  return session.language() == Language::kSpanish || en.empty() ? es : en;
}

}  // namespace

ExitCode CouncilOverview(Session& session, const OverviewArgs& args) {
  gateway::v1::GetOverviewRequest request;
  request.set_sector(SectorName(args.sector));
  std::string state;
  if (!ResolveState(session, args.state, state)) return kUsage;
  request.set_state(state);
  if (const ExitCode code = session.Open("council/cce"); code != kOk) return code;
  if (session.Explains("gateway", kGetOverview, request)) return kOk;
  gateway::v1::Overview overview;
  if (!session.Call("gateway", kGetOverview, request, &overview, kViewTimeout)) return kFailure;
  if (session.PrintForPrograms(overview)) return kOk;
  std::optional<labor::v1::Standards> standards;
  if (overview.employment().has_statistics()) standards = session.Standards();
  Printer printer = session.printer();
  Print(printer, request, overview, standards.has_value() ? &*standards : nullptr);
  return kOk;
}

ExitCode CouncilGaps(Session& session, const GapsArgs& args) {
  gateway::v1::ListSkillGapsRequest request;
  request.set_sector(SectorName(args.sector));
  std::string state;
  if (!ResolveState(session, args.state, state)) return kUsage;
  request.set_state_code(state);
  request.set_period(args.period);
  request.set_page_size(kPage);
  if (args.transversal) request.set_kind(gateway::v1::SKILL_GAP_KIND_TRANSVERSAL);
  if (const ExitCode code = session.Open("council/cce"); code != kOk) return code;
  if (session.Explains("gateway", kListSkillGaps, request)) return kOk;
  gateway::v1::ListSkillGapsResponse all;
  if (!session.Call("gateway", kListSkillGaps, request, &all, kViewTimeout)) return kFailure;
  while (!all.next_page_token().empty()) {
    request.set_page_token(all.next_page_token());
    gateway::v1::ListSkillGapsResponse page;
    if (!session.Call("gateway", kListSkillGaps, request, &page, kViewTimeout)) return kFailure;
    AddPage(page, all);
  }
  SortGaps(all);
  if (session.PrintForPrograms(all)) return kOk;
  Printer printer = session.printer();
  Print(printer, request, all);
  return kOk;
}

ExitCode CouncilTrace(Session& session, const TraceArgs& args) {
  gateway::v1::TraceDemandRequest request;
  request.set_demand_statement(args.statement);
  if (!args.skill.empty()) request.set_skill(absl::StrCat("skills/", LastId(args.skill)));
  request.set_sector_table(SectorName(args.sector));
  std::string state;
  if (!ResolveState(session, args.state, state)) return kUsage;
  request.set_state_code(state);
  if (const ExitCode code = session.Open("council/cce"); code != kOk) return code;
  if (session.Explains("gateway", kTraceDemand, request)) return kOk;
  gateway::v1::DemandTrace trace;
  if (!session.Call("gateway", kTraceDemand, request, &trace, kViewTimeout)) return kFailure;
  if (session.PrintForPrograms(trace)) return kOk;
  Printer printer = session.printer();
  Print(printer, request, trace);
  return kOk;
}

ExitCode CouncilSectors(Session& session) {
  if (const ExitCode code = session.Open("council/cce"); code != kOk) return code;
  economy::v1::ListSectorTablesRequest request;
  request.set_page_size(kPage);
  if (session.Explains("economy", kListSectorTables, request)) return kOk;
  economy::v1::ListSectorTablesResponse all;
  if (!session.CallForAll("economy", kListSectorTables, request, &all)) return kFailure;
  Table table({{session.Say(label::kName)},
               {session.Say(label::kLabel)},
               {session.Say(label::kPrefixes)},
               {session.Say(label::kSource)}});
  for (const economy::v1::SectorTable& sector : all.sector_tables()) {
    table.Add({LastId(sector.name()),
               session.language() == Language::kSpanish ? sector.label_es() : sector.label_en(),
               absl::StrJoin(sector.scian_prefixes(), " ",
                             [](std::string* out, const economy::v1::ScianPrefix& prefix) {
                               out->append(prefix.prefix());
                             }),
               sector.source()});
  }
  session.PrintList(all, table);
  return kOk;
}

ExitCode CouncilAgreements(Session& session, const LineArgs& args) {
  if (const ExitCode code = session.Open("council/cce"); code != kOk) return code;
  economy::v1::ListAgreementsRequest request;
  request.set_page_size(kPage);
  request.set_filter(StateFilter(args));
  if (session.Explains("economy", kListAgreements, request)) return kOk;
  economy::v1::ListAgreementsResponse all;
  if (!session.CallForAll("economy", kListAgreements, request, &all)) return kFailure;
  Table table({{session.Say(label::kDue)},
               {session.Say(label::kRecordState)},
               {session.Say(kOwner), Column::kLeft, 20},
               {session.Say(kAgreed), Column::kLeft, 32},
               {session.Say(label::kName), Column::kBelow}});
  for (const economy::v1::Agreement& agreement : all.agreements()) {
    table.Add({DateText(agreement.due_date()), session.Say(LabelOf(agreement.state())),
               agreement.owner(), In(session, agreement.text_es(), agreement.text_en()),
               agreement.name()});
  }
  session.PrintList(all, table);
  return kOk;
}

ExitCode CouncilProposals(Session& session, const LineArgs& args) {
  if (const ExitCode code = session.Open("council/cce"); code != kOk) return code;
  return ListProposals(session, StateFilter(args));
}

ExitCode ListProposals(Session& session, const std::string& filter) {
  economy::v1::ListProposalsRequest request;
  request.set_page_size(kPage);
  request.set_filter(filter);
  if (session.Explains("economy", kListProposals, request)) return kOk;
  economy::v1::ListProposalsResponse all;
  if (!session.CallForAll("economy", kListProposals, request, &all)) return kFailure;
  Table table({{session.Say(label::kRecordState)},
               {session.Say(label::kTitle), Column::kLeft, 60},
               {session.Say(label::kName), Column::kBelow},
               {session.Say(kDeclinedFor), Column::kTextBelow}});
  for (const economy::v1::Proposal& proposal : all.proposals()) {
    table.Add({session.Say(LabelOf(proposal.state())),
               In(session, proposal.title_es(), proposal.title_en()), proposal.name(),
               proposal.decline_reason()});
  }
  session.PrintList(all, table);
  return kOk;
}

ExitCode CouncilChains(Session& session) {
  if (const ExitCode code = session.Open("council/cce"); code != kOk) return code;
  economy::v1::ListValueChainsRequest request;
  request.set_page_size(kPage);
  if (session.Explains("economy", kListValueChains, request)) return kOk;
  economy::v1::ListValueChainsResponse all;
  if (!session.CallForAll("economy", kListValueChains, request, &all)) return kFailure;
  Table table({{session.Say(label::kLabel), Column::kLeft, 60},
               {session.Say(label::kName), Column::kBelow},
               {session.Say(kStages), Column::kTextBelow}});
  for (const economy::v1::ValueChain& chain : all.value_chains()) {
    table.Add({In(session, chain.label_es(), chain.label_en()), LastId(chain.name()),
               absl::StrJoin(chain.stages(), ", ",
                             [](std::string* out, const economy::v1::ValueChainStage& stage) {
                               out->append(stage.stage());
                             })});
  }
  session.PrintList(all, table);
  return kOk;
}

ExitCode CouncilChainGaps(Session& session, const ChainArgs& args) {
  gateway::v1::GetValueChainGapsRequest request;
  request.set_value_chain(absl::StrCat("valueChains/", LastId(args.chain)));
  if (!ResolveState(session, args.state, *request.mutable_state_code())) return kUsage;
  if (const ExitCode code = session.Open("council/cce"); code != kOk) return code;
  if (session.Explains("gateway", kGetValueChainGaps, request)) return kOk;
  gateway::v1::ValueChainGaps gaps;
  if (!session.Call("gateway", kGetValueChainGaps, request, &gaps, kViewTimeout)) return kFailure;
  if (session.PrintForPrograms(gaps)) return kOk;
  Printer printer = session.printer();
  Print(printer, request, gaps);
  return kOk;
}

}  // namespace puente::cli
