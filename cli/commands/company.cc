// What a company's own people do, and a chamber for a company that consented: they state needs,
// propose, and see what became of it; the company gives consents and takes them back.
#include <optional>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "absl/time/clock.h"
#include "cli/commands.h"
#include "cli/format.h"
#include "cli/line_text.h"
#include "common/context/clock.h"
#include "common/context/values.h"
#include "puente/economy/v1/consent.pb.h"
#include "puente/economy/v1/demand.pb.h"
#include "puente/economy/v1/proposal.pb.h"

namespace puente::cli {
namespace {

constexpr char kListStatements[] = "puente.economy.v1.DemandService/ListDemandStatements";
constexpr char kExplain[] = "puente.economy.v1.DemandService/ExplainDemandStatement";
constexpr char kState[] = "puente.economy.v1.DemandService/CreateDemandStatement";
constexpr char kWithdraw[] = "puente.economy.v1.DemandService/WithdrawDemandStatement";
constexpr char kPropose[] = "puente.economy.v1.ProposalService/CreateProposal";
constexpr char kListConsents[] = "puente.economy.v1.ConsentService/ListConsents";
constexpr char kConsent[] = "puente.economy.v1.ConsentService/CreateConsent";
constexpr char kRevoke[] = "puente.economy.v1.ConsentService/WithdrawConsent";
constexpr int kPage = 1000;
constexpr int kMostExplained = 50;

constexpr Label kWhere{"where", "dónde"};
constexpr Label kFrom{"from", "desde"};
constexpr Label kUntil{"until", "hasta"};
constexpr Label kCounts{"counts", "cuenta"};
constexpr Label kYes{"yes", "sí"};
constexpr Label kNo{"no", "no"};
constexpr Label kWhyNot{"why not", "por qué no"};
constexpr Label kNotExplained{"Whether the others count: company explain",
                              "Si las demás cuentan: company explain"};
constexpr Label kChamber{"chamber", "cámara"};
constexpr Label kMay{"may", "puede"};
constexpr Label kConsentName{"consent", "consentimiento"};
constexpr Label kNoConsents{"no consents", "no hay consentimientos"};

std::string StatementName(const std::string& company, const std::string& written) {
  return absl::StrCat(company, "/demandStatements/", LastId(written));
}

std::string Reasons(const economy::v1::DemandVerdict& verdict) {
  return absl::StrJoin(verdict.reasons(), " ",
                       [](std::string* out, const economy::v1::DemandReason& reason) {
                         out->append(reason.text());
                       });
}

bool Explain(Session& session, const std::string& statement,
             std::optional<economy::v1::DemandVerdict>& verdict) {
  economy::v1::ExplainDemandStatementRequest question;
  question.set_name(statement);
  return session.Call("economy", kExplain, question, &verdict.emplace());
}

std::string CountsText(Session& session, const std::optional<economy::v1::DemandVerdict>& verdict) {
  if (!verdict.has_value()) return "…";
  return session.Say(verdict->counts() ? kYes : kNo);
}

// So that a line has 80 columns.
Table TableOfNeeds(Session& session) {
  return Table({{session.Say(label::kPeople), Column::kRight},
                {session.Say(label::kSkill), Column::kLeft, 20},
                {session.Say(kWhere), Column::kLeft, 14},
                {session.Say(kUntil)},
                {session.Say(label::kRecordState)},
                {session.Say(kCounts)},
                {session.Say(label::kStatement), Column::kBelow},
                {session.Say(kWhyNot), Column::kBelow}});
}

// A chamber's own consents, of one company or all; else those of the company.
bool AskConsents(Session& session, const CompanyArgs& args,
                 economy::v1::ListConsentsRequest& request) {
  request.set_page_size(kPage);
  const absl::string_view caller = session.client().channels().caller();
  if (absl::StartsWith(caller, "chamber/")) {
    request.set_filter(absl::StrCat("chamber = \"chambers/", LastId(caller), "\""));
  }
  const bool of_all = !request.filter().empty() && args.company.empty();
  request.set_parent(of_all ? "companies/-" : CompanyOf(session, args.company));
  return !request.parent().empty();
}

std::string ActsText(Session& session, const economy::v1::Consent& consent) {
  return absl::StrJoin(consent.acts(), ", ", [&](std::string* out, int act) {
    out->append(session.Say(LabelOf(static_cast<economy::v1::ConsentAct>(act))));
  });
}

}  // namespace

ExitCode CompanyNeeds(Session& session, const CompanyArgs& args) {
  if (const ExitCode code = session.Open(kUsualCompany); code != kOk) return code;
  economy::v1::ListDemandStatementsRequest request;
  request.set_parent(CompanyOf(session, args.company));
  if (request.parent().empty()) return kUsage;
  request.set_page_size(kPage);
  if (session.Explains("economy", kListStatements, request)) return kOk;
  economy::v1::ListDemandStatementsResponse all;
  if (!session.CallForAll("economy", kListStatements, request, &all)) return kFailure;
  Table table = TableOfNeeds(session);
  int rows = 0;
  for (const economy::v1::DemandStatement& statement : all.demand_statements()) {
    std::optional<economy::v1::DemandVerdict> verdict;
    if (rows++ < kMostExplained && !Explain(session, statement.name(), verdict)) return kFailure;
    table.Add({CountText(statement.heads()), LastId(statement.skill()),
               StateText(statement.state_code()), DateText(statement.end_date()),
               session.Say(LabelOf(statement.state())), CountsText(session, verdict),
               statement.name(), verdict.has_value() ? Reasons(*verdict) : ""});
  }
  session.PrintList(all, table);
  if (rows > kMostExplained && session.options().format == Format::kTable) {
    session.out() << session.Say(kNotExplained) << "\n";
  }
  return kOk;
}

ExitCode CompanyExplain(Session& session, const CompanyArgs& args) {
  if (const ExitCode code = session.Open(kUsualCompany); code != kOk) return code;
  const std::string company = CompanyOf(session, args.company);
  if (company.empty()) return kUsage;
  economy::v1::ExplainDemandStatementRequest request;
  request.set_name(StatementName(company, args.name));
  if (session.Explains("economy", kExplain, request)) return kOk;
  economy::v1::DemandVerdict verdict;
  if (!session.Call("economy", kExplain, request, &verdict)) return kFailure;
  if (session.PrintForPrograms(verdict)) return kOk;
  session.out() << session.Say(kCounts) << ": " << session.Say(verdict.counts() ? kYes : kNo)
                << "\n";
  for (const economy::v1::DemandReason& reason : verdict.reasons()) {
    session.out() << "  " << reason.text() << "\n";
  }
  return kOk;
}

ExitCode CompanyNeed(Session& session, const CompanyArgs& args) {
  economy::v1::CreateDemandStatementRequest request;
  economy::v1::DemandStatement& statement = *request.mutable_demand_statement();
  if (!ResolveState(session, args.state, *statement.mutable_state_code())) return kUsage;
  if (!ReadDay(session, args.from, statement.mutable_start_date())) return kUsage;
  if (!ReadDay(session, args.until, statement.mutable_end_date())) return kUsage;
  if (const ExitCode code = session.Open(kUsualCompany); code != kOk) return code;
  request.set_parent(CompanyOf(session, args.company));
  if (request.parent().empty()) return kUsage;
  request.set_demand_statement_id(args.name);
  statement.set_skill(absl::StrCat("skills/", LastId(args.skills.front())));
  statement.set_level(args.level);
  statement.set_heads(args.heads);
  statement.set_scian_class(args.scian);
  return session.Change<economy::v1::DemandStatement>("economy", kState, request);
}

ExitCode CompanyWithdraw(Session& session, const CompanyArgs& args) {
  if (const ExitCode code = session.Open(kUsualCompany); code != kOk) return code;
  const std::string company = CompanyOf(session, args.company);
  if (company.empty()) return kUsage;
  economy::v1::WithdrawDemandStatementRequest request;
  request.set_name(StatementName(company, args.name));
  return session.Change<economy::v1::DemandStatement>("economy", kWithdraw, request);
}

ExitCode CompanyProposals(Session& session, const CompanyArgs& args) {
  if (const ExitCode code = session.Open(kUsualCompany); code != kOk) return code;
  const std::string company = CompanyOf(session, args.company);
  if (company.empty()) return kUsage;
  return ListProposals(session, absl::StrCat("author = \"company/", LastId(company), "\""));
}

ExitCode CompanyPropose(Session& session, const CompanyArgs& args) {
  if (const ExitCode code = session.Open(kUsualCompany); code != kOk) return code;
  const std::string company = CompanyOf(session, args.company);
  if (company.empty()) return kUsage;
  economy::v1::CreateProposalRequest request;
  request.set_proposal_id(args.name);
  economy::v1::Proposal& proposal = *request.mutable_proposal();
  proposal.set_author(absl::StrCat("company/", LastId(company)));
  proposal.set_show_author(args.show_author);
  proposal.set_kind(EnumOf<economy::v1::ProposalKind>("PROPOSAL_KIND_", args.kind));
  proposal.set_title_es(args.title);
  proposal.set_title_en(args.title_en);
  proposal.set_text(args.text);
  proposal.set_sector_table(SectorName(args.sector));
  proposal.set_session(args.session);
  for (const std::string& skill : args.skills) {
    proposal.add_skills(absl::StrCat("skills/", LastId(skill)));
  }
  for (const std::string& agreement : args.agreements) {
    proposal.add_agreements(absl::StrCat("agreements/", LastId(agreement)));
  }
  for (const std::string& statement : args.statements) {
    proposal.add_statements(StatementName(company, statement));
  }
  return session.Change<economy::v1::Proposal>("economy", kPropose, request);
}

ExitCode CompanyConsents(Session& session, const CompanyArgs& args) {
  if (const ExitCode code = session.Open(kUsualCompany); code != kOk) return code;
  economy::v1::ListConsentsRequest request;
  if (!AskConsents(session, args, request)) return kUsage;
  return session.List<economy::v1::ListConsentsResponse>(
      "economy", kListConsents, request, kNoConsents, [&](const auto& all) {
        Table table({{session.Say(kChamber), Column::kLeft, 22},
                     {session.Say(label::kRecordState)},
                     {session.Say(kFrom)},
                     {session.Say(kUntil)},
                     {session.Say(kConsentName), Column::kBelow},
                     {session.Say(kMay), Column::kBelow}});
        for (const economy::v1::Consent& consent : all.consents()) {
          table.Add({LastId(consent.chamber()), session.Say(LabelOf(consent.state())),
                     DateText(consent.start_date()), DateText(consent.end_date()), consent.name(),
                     ActsText(session, consent)});
        }
        return table;
      });
}

ExitCode CompanyConsent(Session& session, const CompanyArgs& args) {
  economy::v1::CreateConsentRequest request;
  economy::v1::Consent& consent = *request.mutable_consent();
  *consent.mutable_start_date() = ToProto(LegalDay(absl::Now()));
  if (!args.from.empty() && !ReadDay(session, args.from, consent.mutable_start_date())) {
    return kUsage;
  }
  if (!args.until.empty() && !ReadDay(session, args.until, consent.mutable_end_date())) {
    return kUsage;
  }
  if (const ExitCode code = session.Open(kUsualCompany); code != kOk) return code;
  request.set_parent(CompanyOf(session, ""));
  if (request.parent().empty()) return kUsage;
  request.set_consent_id(args.id.empty() ? session.request_id() : args.id);
  consent.set_chamber(absl::StrCat("chambers/", LastId(args.name)));
  for (const std::string& written : args.acts) {
    consent.add_acts(EnumOf<economy::v1::ConsentAct>("CONSENT_ACT_", written));
  }
  return session.Change<economy::v1::Consent>("economy", kConsent, request);
}

ExitCode CompanyRevoke(Session& session, const CompanyArgs& args) {
  if (const ExitCode code = session.Open(kUsualCompany); code != kOk) return code;
  const std::string company = CompanyOf(session, "");
  if (company.empty()) return kUsage;
  economy::v1::WithdrawConsentRequest request;
  request.set_name(absl::StrCat(company, "/consents/", LastId(args.name)));
  return session.Change<economy::v1::Consent>("economy", kRevoke, request);
}

}  // namespace puente::cli
