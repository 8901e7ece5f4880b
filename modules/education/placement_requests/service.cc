#include "modules/education/placement_requests/service.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/context/clock.h"
#include "common/context/values.h"
#include "common/crypto/digest.h"
#include "common/resource/serve.h"
#include "modules/education/ids.h"
#include "modules/education/learners/resource.h"
#include "modules/education/many.h"
#include "modules/education/placement_requests/resource.h"
#include "modules/education/placement_requests/rules.h"
#include "modules/education/placement_requests/turns.h"
#include "puente/education/v1/placement_request.grpc.pb.h"

namespace puente::education {
namespace {

using Request = v1::PlacementRequest;

// As they are now: that a learner is still there when it is enrolled, the enrolment makes sure.
absl::Status CheckLearners(const Call& call, journal::Transaction& tx, Many<Request>& many) {
  const auto names = many.Stated([](const Request& one) { return one.learner(); });
  ASSIGN_OR_RETURN(const auto learners, resource::FindMany(tx, Learners(), names));
  many.Check([&](const Request& one) {
    const auto found = learners.find(one.learner());
    if (found == learners.end()) {
      return Learners().NotFound(one.learner(), "placement_request.learner");
    }
    if (found->second.state() == v1::LEARNER_STATE_CURRENT) return absl::OkStatus();
    return resource::StateWrong(Learners(), Learners().state_wrong(), call.verb(), found->second,
                                {v1::LEARNER_STATE_CURRENT});
  });
  return absl::OkStatus();
}

absl::Status PrepareNew(const Call& call, journal::Transaction& tx,
                        absl::Span<Request* const> fresh, absl::Span<absl::Status> refusals) {
  Many<Request> many(fresh, refusals);
  const absl::CivilDay today = LegalDay(call.start);
  many.Check([&](const Request& one) { return InvalidFields(CheckNew(one, today)); });
  RETURN_IF_ERROR(CheckOrganizations(call, tx, many));
  RETURN_IF_ERROR(CheckLearners(call, tx, many));
  std::vector<std::string> names;
  for (const Request* one : fresh) names.push_back(one->name());
  return store::AddTurns(tx, names);
}

absl::Status WithdrawPlacementRequest(const Call&, journal::Transaction& tx, const Request& before,
                                      Request&) {
  return store::EndTurns(tx, {before.name()});
}

absl::StatusOr<v1::FindPlacementRequestsResponse> FindPlacementRequests(
    const Call&, sql::Session& session, const v1::FindPlacementRequestsRequest&) {
  ASSIGN_OR_RETURN(const std::vector<std::string> names, store::ReadTurns(session));
  ASSIGN_OR_RETURN(auto found, resource::FindMany(session, PlacementRequests(), names));
  v1::FindPlacementRequestsResponse response;
  for (const std::string& name : names) {
    const auto request = found.find(name);
    if (request != found.end()) {
      *response.add_placement_requests() = std::move(request->second);
      found.erase(request);  // one that came under way meanwhile is in both halves
    }
  }
  return response;
}

absl::StatusOr<v1::TakeUpPlacementRequestsResponse> TakeUpPlacementRequests(
    const Call& call, journal::Transaction& tx, const v1::TakeUpPlacementRequestsRequest& request) {
  const std::vector<std::string> names(request.names().begin(), request.names().end());
  ASSIGN_OR_RETURN(auto found, resource::FindMany(tx, PlacementRequests(), names));
  v1::TakeUpPlacementRequestsResponse response;
  std::vector<std::string> taken;
  for (auto& [name, one] : found) {
    if (one.state() == v1::PLACEMENT_REQUEST_STATE_WAITING) {
      Request after = one;
      TakeUp(absl::StrCat("acts/", crypto::Uuid4()), after);
      ASSIGN_OR_RETURN(one, resource::Replace(call, tx, PlacementRequests(), one, after));
      taken.push_back(name);
    }
    if (one.state() == v1::PLACEMENT_REQUEST_STATE_UNDER_WAY) {
      *response.add_placement_requests() = one;
    }
  }
  RETURN_IF_ERROR(store::BeginTurns(tx, taken));
  return response;
}

absl::StatusOr<v1::RecordPlacementOutcomesResponse> RecordPlacementOutcomes(
    const Call& call, journal::Transaction& tx, const v1::RecordPlacementOutcomesRequest& request) {
  std::map<std::string, v1::PlacementOutcome> told;  // in the order of names, as all who write many
  for (const v1::PlacementOutcome& outcome : request.outcomes()) {
    told[outcome.placement_request()] = outcome;
  }
  std::vector<std::string> names;
  for (const auto& [name, outcome] : told) names.push_back(name);
  ASSIGN_OR_RETURN(const auto found, resource::FindMany(tx, PlacementRequests(), names));
  std::vector<std::string> ended;
  for (const auto& [name, before] : found) {
    if (before.state() != v1::PLACEMENT_REQUEST_STATE_UNDER_WAY) continue;
    Request after = before;
    End(told.at(name), after);
    RETURN_IF_ERROR(
        resource::Replace(call, tx, PlacementRequests(), before, std::move(after)).status());
    ended.push_back(name);
  }
  RETURN_IF_ERROR(store::EndTurns(tx, ended));
  return v1::RecordPlacementOutcomesResponse();
}

std::string Text(const google::type::Date& day) { return absl::FormatCivilTime(ToCivilDay(day)); }

// Who is to be where on which days.
std::string IdInFiles(const Request& request) {
  return crypto::UuidOf(crypto::TaggedSha256(
      "puente-placement-request/1", {request.learner(), request.training_place(),
                                     Text(request.start_date()), Text(request.end_date())}));
}

}  // namespace

resource::RecordWriter ServePlacementRequests(calls::Host& host) {
  calls::Service& service = host.Serve<v1::PlacementRequestService>();
  service.Read<&FindPlacementRequests>();
  service.Mutate<&TakeUpPlacementRequests>();
  service.Mutate<&RecordPlacementOutcomes>();
  return resource::Serve<Request>(
      host, PlacementRequests(),
      {.prepare_many = &PrepareNew,
       .verbs = {{.verb = "WithdrawPlacementRequest", .prepare = &WithdrawPlacementRequest}},
       .in_files = {.id = &IdInFiles, .check_id = &CheckIdOfRecord, .asks_once = true}});
}

}  // namespace puente::education
