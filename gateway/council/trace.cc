#include "gateway/council/trace.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/context/clock.h"
#include "common/context/values.h"
#include "gateway/errors.h"
#include "puente/economy/v1/agreement.grpc.pb.h"
#include "puente/economy/v1/demand.grpc.pb.h"
#include "puente/economy/v1/proposal.grpc.pb.h"
#include "puente/economy/v1/table_session.grpc.pb.h"
#include "puente/education/v1/cause.grpc.pb.h"

namespace puente::council {
namespace {

using compose::Agency;
using compose::Inputs;
using compose::Plan;
using compose::Results;
using compose::Rpc;
using compose::Section;
using economy::v1::Agreement;
using economy::v1::AgreementService;
using economy::v1::BatchGetAgreementsRequest;
using economy::v1::BatchGetAgreementsResponse;
using economy::v1::BatchGetTableSessionsRequest;
using economy::v1::BatchGetTableSessionsResponse;
using economy::v1::DemandService;
using economy::v1::DemandStatement;
using economy::v1::DemandSummary;
using economy::v1::GetDemandStatementRequest;
using economy::v1::GetDemandSummaryRequest;
using economy::v1::ListProposalsRequest;
using economy::v1::ListProposalsResponse;
using economy::v1::Proposal;
using economy::v1::ProposalService;
using economy::v1::TableSession;
using economy::v1::TableSessionService;
using education::v1::CauseService;
using education::v1::Certification;
using education::v1::FollowCausesRequest;
using education::v1::FollowCausesResponse;
using education::v1::FollowedVersion;
using gateway::v1::DemandTrace;
using gateway::v1::TraceDemandRequest;
using gateway::v1::TraceStep;

bool OfStatement(const Inputs& inputs) {
  return !inputs.request<TraceDemandRequest>().demand_statement().empty();
}
bool OfSkill(const Inputs& inputs) { return !OfStatement(inputs); }

absl::StatusOr<GetDemandStatementRequest> AskStatement(const Inputs& inputs) {
  GetDemandStatementRequest request;
  request.set_name(inputs.request<TraceDemandRequest>().demand_statement());
  return request;
}

absl::StatusOr<GetDemandSummaryRequest> AskDemand(const Inputs& inputs) {
  const auto& view = inputs.request<TraceDemandRequest>();
  GetDemandSummaryRequest request;
  request.add_skills(view.skill());
  request.set_state_code(view.state_code());
  request.set_sector_table(view.sector_table());
  return request;
}

absl::StatusOr<ListProposalsRequest> AskProposals(const Inputs& inputs) {
  const auto& view = inputs.request<TraceDemandRequest>();
  ListProposalsRequest request;
  request.set_page_size(kMostProposals);
  request.set_filter(OfStatement(inputs)
                         ? absl::StrCat("statement = \"", view.demand_statement(), "\"")
                         : absl::StrCat("skill = \"", view.skill(), "\""));
  return request;
}

// Of another state or table than those asked for, if any.
bool IsElsewhere(const Proposal& proposal, const TraceDemandRequest& view) {
  const bool other_table =
      !view.sector_table().empty() && proposal.sector_table() != view.sector_table();
  const bool other_state = !view.state_code().empty() && !proposal.state_codes().empty() &&
                           !absl::c_linear_search(proposal.state_codes(), view.state_code());
  return other_table || other_state;
}

std::vector<const Proposal*> Followed(const ListProposalsResponse* all,
                                      const TraceDemandRequest& view) {
  std::vector<const Proposal*> followed;
  if (all == nullptr) return followed;
  for (const Proposal& proposal : all->proposals()) {
    if (!IsElsewhere(proposal, view)) followed.push_back(&proposal);
  }
  return followed;
}

std::vector<const Proposal*> Followed(const Inputs& inputs) {
  return Followed(inputs.answer<ListProposalsResponse>("proposals"),
                  inputs.request<TraceDemandRequest>());
}

std::set<std::string> AgreementsOf(const std::vector<const Proposal*>& proposals) {
  std::set<std::string> names;
  for (const Proposal* one : proposals) {
    names.insert(one->agreements().begin(), one->agreements().end());
  }
  return names;
}

std::set<std::string> SessionsOf(const std::vector<const Proposal*>& proposals) {
  std::set<std::string> names;
  for (const Proposal* one : proposals) {
    if (!one->session().empty()) names.insert(one->session());
  }
  return names;
}

bool HasProposals(const Inputs& inputs) { return !Followed(inputs).empty(); }
bool HasAgreements(const Inputs& inputs) { return !AgreementsOf(Followed(inputs)).empty(); }
bool HasSessions(const Inputs& inputs) { return !SessionsOf(Followed(inputs)).empty(); }

absl::StatusOr<BatchGetAgreementsRequest> AskAgreements(const Inputs& inputs) {
  BatchGetAgreementsRequest request;
  for (const std::string& name : AgreementsOf(Followed(inputs))) request.add_names(name);
  return request;
}

absl::StatusOr<BatchGetTableSessionsRequest> AskSessions(const Inputs& inputs) {
  BatchGetTableSessionsRequest request;
  for (const std::string& name : SessionsOf(Followed(inputs))) request.add_names(name);
  return request;
}

absl::StatusOr<FollowCausesRequest> AskVersions(const Inputs& inputs) {
  FollowCausesRequest request;
  for (const Proposal* one : Followed(inputs)) request.add_causes(one->name());
  return request;
}

// The line as it grows. A record is named by several steps, such as a proposal that was adopted:
// what follows from it follows from the last of them.
class Line {
 public:
  Line(absl::CivilDay today, DemandTrace& trace) : today_(today), trace_(trace) {}

  TraceStep& Add(gateway::v1::TraceStepKind kind, const std::string& name, absl::CivilDay day,
                 const std::string& after = "") {
    TraceStep& step = *trace_.add_steps();
    step.set_kind(kind);
    step.set_name(name);
    *step.mutable_date() = ToProto(day);
    const auto before = days_.find(after);
    if (before != days_.end()) {
      step.set_after(after);
      step.set_days(static_cast<int32_t>(day - before->second));
    }
    days_[name] = day;
    return step;
  }
  TraceStep& Add(gateway::v1::TraceStepKind kind, const std::string& name,
                 const google::protobuf::Timestamp& time, const std::string& after = "") {
    return Add(kind, name, LegalDay(FromProto(time)), after);
  }
  void End(const std::string& name, gateway::v1::TraceWait waits_for) {
    gateway::v1::TraceEnd& end = *trace_.add_ends();
    end.set_name(name);
    end.set_waits_for(waits_for);
    const auto last = days_.find(name);
    if (last != days_.end()) end.set_days(static_cast<int32_t>(today_ - last->second));
  }
  absl::CivilDay today() const { return today_; }
  bool Has(const std::string& name) const { return days_.contains(name); }
  void Sort() {
    absl::c_stable_sort(*trace_.mutable_steps(), [](const TraceStep& a, const TraceStep& b) {
      return ToCivilDay(a.date()) < ToCivilDay(b.date());
    });
  }

 private:
  const absl::CivilDay today_;
  DemandTrace& trace_;
  std::map<std::string, absl::CivilDay> days_;  // of each record's last step
};

template <class Titled>
void Title(const Titled& record, TraceStep& step) {
  step.set_title_es(record.title_es());
  step.set_title_en(record.title_en());
}

void AddTables(const Results& results, Line& line) {
  if (const auto* sessions = results.AnswerOf<BatchGetTableSessionsResponse>("sessions")) {
    for (const TableSession& one : sessions->table_sessions()) {
      Title(one,
            line.Add(gateway::v1::TRACE_STEP_KIND_MET, one.name(), ToCivilDay(one.session_date())));
    }
  }
  if (const auto* agreements = results.AnswerOf<BatchGetAgreementsResponse>("agreements")) {
    for (const Agreement& one : agreements->agreements()) {
      line.Add(gateway::v1::TRACE_STEP_KIND_AGREED, one.name(), one.create_time(), one.session());
    }
  }
}

// From the statement that is followed; else from what the table agreed on, or where it met.
std::string CauseOf(const Proposal& proposal, const TraceDemandRequest& view) {
  if (!view.demand_statement().empty()) return view.demand_statement();
  return proposal.agreements().empty() ? proposal.session() : proposal.agreements(0);
}

void AddProposal(const Proposal& proposal, const TraceDemandRequest& view, Line& line) {
  const std::string& name = proposal.name();
  Title(proposal, line.Add(gateway::v1::TRACE_STEP_KIND_PROPOSED, name, proposal.create_time(),
                           CauseOf(proposal, view)));
  if (proposal.has_adopt_time()) {
    line.Add(gateway::v1::TRACE_STEP_KIND_ADOPTED, name, proposal.adopt_time(), name);
  }
  if (proposal.has_decline_time()) {
    line.Add(gateway::v1::TRACE_STEP_KIND_DECLINED, name, proposal.decline_time(), name);
  }
}

// Whether it holds on a day or after it, as far as is known.
bool HoldsOrWill(const Certification& certification, absl::CivilDay day) {
  return absl::c_any_of(certification.periods(), [&](const education::v1::CertifiedPeriod& one) {
    return day <= ToCivilDay(one.end_date());
  });
}

// Once, also where it names several of the proposals.
void AddVersion(const FollowedVersion& followed, Line& line) {
  const education::v1::CausedVersion& version = followed.version();
  const std::string& name = version.version();
  Title(version, line.Add(gateway::v1::TRACE_STEP_KIND_PUBLISHED, name, version.publish_time(),
                          followed.cause()));
  bool certified = false;
  for (const Certification& one : followed.certifications()) {
    line.Add(gateway::v1::TRACE_STEP_KIND_CERTIFIED, one.name(), one.decision_time(), name)
        .set_by(one.certifier());
    certified |= HoldsOrWill(one, line.today());
  }
  const bool waits = absl::StartsWith(name, "microcredentials/") && !certified;
  line.End(name,
           waits ? gateway::v1::TRACE_WAIT_CERTIFICATION : gateway::v1::TRACE_WAIT_NOTHING_DONE);
}

// Where a proposal that no published version names ends.
void EndProposal(const Proposal& proposal, bool versions_known, Line& line) {
  switch (proposal.state()) {
    case economy::v1::PROPOSAL_STATE_DECLINED:
      return line.End(proposal.name(), gateway::v1::TRACE_WAIT_NOTHING_DECLINED);
    case economy::v1::PROPOSAL_STATE_SUBMITTED:
    case economy::v1::PROPOSAL_STATE_IN_REVIEW:
      return line.End(proposal.name(), gateway::v1::TRACE_WAIT_DECISION);
    default:
      if (versions_known) line.End(proposal.name(), gateway::v1::TRACE_WAIT_PUBLICATION);
  }
}

void AddProposals(const Results& results, const TraceDemandRequest& view, Line& line) {
  const auto* all = results.AnswerOf<ListProposalsResponse>("proposals");
  const std::vector<const Proposal*> proposals = Followed(all, view);
  for (const Proposal* one : proposals) AddProposal(*one, view, line);
  std::set<std::string> published;
  const auto* versions = results.AnswerOf<FollowCausesResponse>("versions");
  if (versions != nullptr) {
    for (const FollowedVersion& one : versions->versions()) {
      if (!line.Has(one.version().version())) AddVersion(one, line);
      published.insert(one.cause());
    }
  }
  for (const Proposal* one : proposals) {
    if (one->has_implement_time()) {
      line.Add(gateway::v1::TRACE_STEP_KIND_IMPLEMENTED, one->name(), one->implement_time(),
               one->name());
    }
    const bool known = versions != nullptr && !versions->has_more();
    if (!published.contains(one->name())) EndProposal(*one, known, line);
  }
  if (all == nullptr || !proposals.empty()) return;
  line.End(view.demand_statement().empty() ? view.skill() : view.demand_statement(),
           gateway::v1::TRACE_WAIT_PROPOSAL);
}

}  // namespace

absl::Status CheckNeed(const TraceDemandRequest& request) {
  const bool of_statement = !request.demand_statement().empty();
  const bool of_skill = !request.skill().empty();
  const bool narrowed = !request.state_code().empty() || !request.sector_table().empty();
  if (of_statement != of_skill && !(of_statement && narrowed)) return absl::OkStatus();
  return Error(error::kOneNeedOnly);
}

const Plan& TracePlan() {
  using absl::StatusCode;
  static const auto* const plan = new Plan(
      Plan::Make(
          "council.trace",
          {
              Section("statement", Agency::kEconomy,
                      Rpc<DemandService>(&DemandService::Stub::async::GetDemandStatement),
                      &AskStatement)
                  .When(&OfStatement)
                  .EndsViewOn({StatusCode::kNotFound, StatusCode::kInvalidArgument,
                               StatusCode::kPermissionDenied}),
              Section("demand", Agency::kEconomy,
                      Rpc<DemandService>(&DemandService::Stub::async::GetDemandSummary), &AskDemand)
                  .When(&OfSkill),
              Section("proposals", Agency::kEconomy,
                      Rpc<ProposalService>(&ProposalService::Stub::async::ListProposals),
                      &AskProposals),
              Section("agreements", Agency::kEconomy,
                      Rpc<AgreementService>(&AgreementService::Stub::async::BatchGetAgreements),
                      &AskAgreements)
                  .After({"proposals"})
                  .When(&HasAgreements),
              Section("sessions", Agency::kEconomy,
                      Rpc<TableSessionService>(
                          &TableSessionService::Stub::async::BatchGetTableSessions),
                      &AskSessions)
                  .After({"proposals"})
                  .When(&HasSessions),
              Section("versions", Agency::kEducation,
                      Rpc<CauseService>(&CauseService::Stub::async::FollowCauses), &AskVersions)
                  .After({"proposals"})
                  .When(&HasProposals),
          })
          .value());
  return *plan;
}

DemandTrace ComposeTrace(const Results& results, const TraceDemandRequest& request,
                         absl::CivilDay day) {
  DemandTrace trace;
  Line line(day, trace);
  if (const auto* statement = results.AnswerOf<DemandStatement>("statement")) {
    line.Add(gateway::v1::TRACE_STEP_KIND_STATED, statement->name(), statement->create_time());
  }
  AddTables(results, line);
  AddProposals(results, request, line);
  line.Sort();
  if (const auto* demand = results.AnswerOf<DemandSummary>("demand")) {
    *trace.mutable_demand_summary() = *demand;
  }
  if (const auto* proposals = results.AnswerOf<ListProposalsResponse>("proposals")) {
    trace.set_has_more(!proposals->next_page_token().empty());
  }
  if (const auto* versions = results.AnswerOf<FollowCausesResponse>("versions")) {
    if (versions->has_more()) trace.set_has_more(true);
  }
  *trace.mutable_statement() = results["statement"].provenance;
  *trace.mutable_demand() = results["demand"].provenance;
  *trace.mutable_proposals() = results["proposals"].provenance;
  *trace.mutable_agreements() = results["agreements"].provenance;
  *trace.mutable_sessions() = results["sessions"].provenance;
  *trace.mutable_versions() = results["versions"].provenance;
  return trace;
}

}  // namespace puente::council
