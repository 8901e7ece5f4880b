#include "gateway/council/trace_plan.h"

#include <set>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "common/status/macros.h"
#include "gateway/errors.h"
#include "puente/economy/v1/agreement.grpc.pb.h"
#include "puente/economy/v1/demand.grpc.pb.h"
#include "puente/economy/v1/place_release.grpc.pb.h"
#include "puente/economy/v1/proposal.grpc.pb.h"
#include "puente/economy/v1/table_session.grpc.pb.h"
#include "puente/education/v1/award_release.grpc.pb.h"
#include "puente/education/v1/cause.grpc.pb.h"
#include "puente/science/v1/signal.grpc.pb.h"
#include "puente/science/v1/transfer_agreement.grpc.pb.h"

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
using economy::v1::DemandService;
using economy::v1::DemandStatement;
using economy::v1::GetDemandStatementRequest;
using economy::v1::GetDemandSummaryRequest;
using economy::v1::GetSkillPlacesRequest;
using economy::v1::ListProposalsRequest;
using economy::v1::ListProposalsResponse;
using economy::v1::PlaceReleaseService;
using economy::v1::Proposal;
using economy::v1::ProposalService;
using economy::v1::TableSessionService;
using education::v1::AwardReleaseService;
using education::v1::CauseService;
using education::v1::FollowCausesRequest;
using education::v1::FollowCausesResponse;
using education::v1::FollowedVersion;
using education::v1::GetAwardSummaryRequest;
using gateway::v1::TraceDemandRequest;
using science::v1::BatchGetSkillSignalsRequest;
using science::v1::BatchGetTransferAgreementsRequest;
using science::v1::ListSkillSignalsRequest;
using science::v1::ListSkillSignalsResponse;
using science::v1::SkillSignal;
using science::v1::SkillSignalService;
using science::v1::TransferAgreementService;

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

// Of the skill that is followed, or that the statement names.
absl::StatusOr<GetSkillPlacesRequest> AskPlaces(const Inputs& inputs) {
  const auto& view = inputs.request<TraceDemandRequest>();
  GetSkillPlacesRequest request;
  request.add_skills(OfStatement(inputs) ? inputs.answer<DemandStatement>("statement")->skill()
                                         : view.skill());
  request.set_state_code(view.state_code());
  return request;
}

absl::StatusOr<ListProposalsRequest> AskProposals(const Inputs& inputs) {
  const auto& view = inputs.request<TraceDemandRequest>();
  const bool narrowed = !view.state_code().empty() || !view.sector_table().empty();
  ListProposalsRequest request;
  request.set_page_size(narrowed ? kMostLooked : kMostFollowed);
  request.set_filter(OfStatement(inputs)
                         ? absl::StrCat("statement = \"", view.demand_statement(), "\"")
                         : absl::StrCat("skill = \"", view.skill(), "\""));
  // By id, whoever files many would choose which fifty are seen.
  request.set_order_by("create_time desc");
  return request;
}

absl::StatusOr<ListSkillSignalsRequest> AskSkillSignals(const Inputs& inputs) {
  ListSkillSignalsRequest request;
  request.set_page_size(kMostFollowed);
  request.set_filter(
      absl::StrCat("skill = \"", inputs.request<TraceDemandRequest>().skill(), "\""));
  return request;
}

// Of another state or table than those asked for, if any.
bool IsElsewhere(const Proposal& proposal, const TraceDemandRequest& view) {
  const bool other_table = IsOfOtherTable(proposal, view);
  const bool other_state = !view.state_code().empty() && !proposal.state_codes().empty() &&
                           !absl::c_linear_search(proposal.state_codes(), view.state_code());
  return other_table || other_state;
}

Followed FollowedOf(const Inputs& inputs) {
  return {inputs.answer<ListProposalsResponse>("proposals"), inputs.request<TraceDemandRequest>()};
}

using Names = std::set<std::string>;
using Named = const google::protobuf::RepeatedPtrField<std::string>& (Proposal::*)() const;

Names NamedBy(const Followed& followed, Named field) {
  Names names;
  for (const Proposal* one : followed.proposals) {
    names.insert((one->*field)().begin(), (one->*field)().end());
  }
  return names;
}

Names SessionsOf(const Followed& followed) {
  Names names;
  for (const Proposal* one : followed.proposals) {
    if (!one->session().empty()) names.insert(one->session());
  }
  return names;
}

// Puts the first of the names into the request by `add`.
template <class Request, class Some, class Add>
absl::StatusOr<Request> Ask(const Some& names, const Add& add) {
  if (names.empty()) return Error(error::kNothingToFollow);
  Request request;
  size_t room = kMostNames;
  for (const std::string& name : names) {
    if (room-- == 0) break;
    add(request, name);
  }
  return request;
}

template <class Request>
absl::StatusOr<Request> AskNames(const Names& names) {
  return Ask<Request>(names, [](Request& to, const std::string& name) { to.add_names(name); });
}

// Of what proposals name without anybody having checked that it is there.
template <class Request>
absl::StatusOr<Request> AskUnchecked(const Names& names) {
  ASSIGN_OR_RETURN(Request request, AskNames<Request>(names));
  request.set_allow_missing(true);
  return request;
}

template <class Causes>
absl::StatusOr<FollowCausesRequest> AskCauses(const Causes& causes) {
  return Ask<FollowCausesRequest>(
      causes, [](FollowCausesRequest& to, const std::string& cause) { to.add_causes(cause); });
}

absl::StatusOr<BatchGetAgreementsRequest> AskAgreements(const Inputs& inputs) {
  return AskNames<BatchGetAgreementsRequest>(NamedBy(FollowedOf(inputs), &Proposal::agreements));
}

absl::StatusOr<BatchGetTableSessionsRequest> AskSessions(const Inputs& inputs) {
  return AskNames<BatchGetTableSessionsRequest>(SessionsOf(FollowedOf(inputs)));
}

absl::StatusOr<BatchGetTableSessionsRequest> AskAgreementSessions(const Inputs& inputs) {
  const Names known = SessionsOf(FollowedOf(inputs));
  Names names;
  for (const Agreement& one :
       inputs.answer<BatchGetAgreementsResponse>("agreements")->agreements()) {
    if (!known.contains(one.session())) names.insert(one.session());
  }
  return AskNames<BatchGetTableSessionsRequest>(names);
}

absl::StatusOr<BatchGetTransferAgreementsRequest> AskTransferAgreements(const Inputs& inputs) {
  return AskUnchecked<BatchGetTransferAgreementsRequest>(
      NamedBy(FollowedOf(inputs), &Proposal::transfer_agreements));
}

absl::StatusOr<BatchGetSkillSignalsRequest> AskSignals(const Inputs& inputs) {
  return AskUnchecked<BatchGetSkillSignalsRequest>(NamedBy(FollowedOf(inputs), &Proposal::signals));
}

absl::StatusOr<FollowCausesRequest> AskVersions(const Inputs& inputs) {
  return AskCauses(CausesOf(FollowedOf(inputs)));
}

absl::StatusOr<FollowCausesRequest> AskSignalVersions(const Inputs& inputs) {
  Names names;
  for (const SkillSignal& one :
       inputs.answer<ListSkillSignalsResponse>("skill_signals")->skill_signals()) {
    if (!IsOfOtherTable(one, inputs.request<TraceDemandRequest>())) names.insert(one.name());
  }
  return AskCauses(names);
}

// Of the versions that a section found.
template <char const* section>
absl::StatusOr<GetAwardSummaryRequest> AskAwards(const Inputs& inputs) {
  Names names;
  for (const FollowedVersion& one : inputs.answer<FollowCausesResponse>(section)->versions()) {
    if (IsMicrocredential(one)) names.insert(one.version().version());
  }
  ASSIGN_OR_RETURN(auto request, Ask<GetAwardSummaryRequest>(names, [](GetAwardSummaryRequest& to,
                                                                       const std::string& name) {
                     to.add_microcredential_versions(name);
                   }));
  request.set_state_code(inputs.request<TraceDemandRequest>().state_code());
  return request;
}

}  // namespace

Followed::Followed(const ListProposalsResponse* all, const TraceDemandRequest& view) {
  if (all == nullptr) return;
  has_more = !all->next_page_token().empty();
  for (const Proposal& proposal : all->proposals()) {
    if (!IsElsewhere(proposal, view)) proposals.push_back(&proposal);
  }
  if (proposals.size() > kMostFollowed) {
    has_more = true;
    proposals.resize(kMostFollowed);
  }
  absl::c_sort(proposals,
               [](const Proposal* a, const Proposal* b) { return a->name() < b->name(); });
}

// What versions may name that came of these, the proposals themselves first.
std::vector<std::string> CausesOf(const Followed& followed) {
  std::vector<std::string> causes;
  for (const Proposal* one : followed.proposals) causes.push_back(one->name());
  for (const Named field : std::initializer_list<Named>{
           &Proposal::agreements, &Proposal::transfer_agreements, &Proposal::signals}) {
    const Names names = NamedBy(followed, field);
    causes.insert(causes.end(), names.begin(), names.end());
  }
  return causes;
}

absl::Status CheckNeed(const TraceDemandRequest& request) {
  const bool of_statement = !request.demand_statement().empty();
  const bool of_skill = !request.skill().empty();
  const bool narrowed = !request.state_code().empty() || !request.sector_table().empty();
  if (of_statement != of_skill && !(of_statement && narrowed)) return absl::OkStatus();
  return Error(error::kOneNeedOnly);
}

const Plan& TracePlan() {
  using absl::StatusCode;
  const auto sessions =
      Rpc<TableSessionService>(&TableSessionService::Stub::async::BatchGetTableSessions);
  const auto versions = Rpc<CauseService>(&CauseService::Stub::async::FollowCauses);
  const auto awards = Rpc<AwardReleaseService>(&AwardReleaseService::Stub::async::GetAwardSummary);
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
                  .When(&OfSkill)
                  .EndsViewOn({StatusCode::kNotFound, StatusCode::kInvalidArgument}),
              Section("proposals", Agency::kEconomy,
                      Rpc<ProposalService>(&ProposalService::Stub::async::ListProposals),
                      &AskProposals),
              Section("place_offers", Agency::kEconomy,
                      Rpc<PlaceReleaseService>(&PlaceReleaseService::Stub::async::GetSkillPlaces),
                      &AskPlaces)
                  .After({"statement"}),
              Section("skill_signals", Agency::kScience,
                      Rpc<SkillSignalService>(&SkillSignalService::Stub::async::ListSkillSignals),
                      &AskSkillSignals)
                  .When(&OfSkill),
              Section("agreements", Agency::kEconomy,
                      Rpc<AgreementService>(&AgreementService::Stub::async::BatchGetAgreements),
                      &AskAgreements)
                  .After({"proposals"}),
              Section("sessions", Agency::kEconomy, sessions, &AskSessions).After({"proposals"}),
              Section("agreement_sessions", Agency::kEconomy, sessions, &AskAgreementSessions)
                  .After({"proposals", "agreements"}),
              Section("transfer_agreements", Agency::kScience,
                      Rpc<TransferAgreementService>(
                          &TransferAgreementService::Stub::async::BatchGetTransferAgreements),
                      &AskTransferAgreements)
                  .After({"proposals"}),
              Section(
                  "signals", Agency::kScience,
                  Rpc<SkillSignalService>(&SkillSignalService::Stub::async::BatchGetSkillSignals),
                  &AskSignals)
                  .After({"proposals"}),
              Section(kVersions, Agency::kEducation, versions, &AskVersions).After({"proposals"}),
              Section(kSignalVersions, Agency::kEducation, versions, &AskSignalVersions)
                  .After({"skill_signals"})
                  .When(&OfSkill),
              Section("version_awards", Agency::kEducation, awards, &AskAwards<kVersions>)
                  .After({kVersions}),
              Section("signal_awards", Agency::kEducation, awards, &AskAwards<kSignalVersions>)
                  .After({kSignalVersions})
                  .When(&OfSkill),
          })
          .value());
  return *plan;
}

std::map<std::string, std::string> FollowedMicrocredentials(const Results& results) {
  std::map<std::string, std::string> owners;
  for (const char* section : kOfVersions) {
    const auto* answer = results.AnswerOf<FollowCausesResponse>(section);
    if (answer == nullptr) continue;
    for (const FollowedVersion& one : answer->versions()) {
      if (IsMicrocredential(one)) {
        owners.emplace(one.version().version(), one.version().organization());
      }
    }
  }
  return owners;
}

}  // namespace puente::council
