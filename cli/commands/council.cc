#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cli/commands.h"
#include "cli/format.h"
#include "cli/gaps.h"
#include "cli/provenance.h"
#include "cli/sections.h"

namespace puente::cli {
namespace {

constexpr char kGetOverview[] = "puente.gateway.v1.CouncilService/GetOverview";
constexpr char kListSkillGaps[] = "puente.gateway.v1.CouncilService/ListSkillGaps";
constexpr char kListSectorTables[] = "puente.economy.v1.SectorTableService/ListSectorTables";
constexpr int kPage = 1000;

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
  google::protobuf::RepeatedPtrField<gateway::v1::SkillGap> skills;
  do {
    gateway::v1::ListSkillGapsResponse page;
    if (!session.Call("gateway", kListSkillGaps, request, &page, kViewTimeout)) return kFailure;
    request.set_page_token(page.next_page_token());
    skills.MergeFrom(page.skill_gaps());
    all.Swap(&page);  // what the last page says of itself
  } while (!request.page_token().empty());
  all.mutable_skill_gaps()->Swap(&skills);
  SortGaps(all);
  if (session.PrintForPrograms(all)) return kOk;
  Printer printer = session.printer();
  Print(printer, request, all);
  return kOk;
}

ExitCode CouncilSectors(Session& session) {
  if (const ExitCode code = session.Open("council/cce"); code != kOk) return code;
  economy::v1::ListSectorTablesRequest request;
  request.set_page_size(kPage);
  if (session.Explains("economy", kListSectorTables, request)) return kOk;
  economy::v1::ListSectorTablesResponse all;
  do {
    economy::v1::ListSectorTablesResponse page;
    if (!session.Call("economy", kListSectorTables, request, &page)) return kFailure;
    all.mutable_sector_tables()->MergeFrom(page.sector_tables());
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
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
  if (session.options().format == Format::kCsv) {
    session.out() << table.Csv();
  } else if (!session.PrintForPrograms(all)) {
    session.out() << table.Text(0, session.options().plain);
  }
  return kOk;
}

}  // namespace puente::cli
