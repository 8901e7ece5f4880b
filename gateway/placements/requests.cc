#include "gateway/placements/requests.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/resource/resource.h"
#include "common/sql/bulk.h"
#include "common/status/macros.h"
#include "gateway/acts/resource.h"
#include "gateway/acts/steps.h"
#include "gateway/compose/own_call.h"
#include "gateway/errors.h"
#include "gateway/placements/placement.h"

namespace puente::gateway {
namespace {

using due::Next;
using education::v1::FindPlacementRequestsRequest;
using education::v1::FindPlacementRequestsResponse;
using education::v1::PlacementOutcome;
using education::v1::PlacementRequest;
using education::v1::PlacementRequestService;
using education::v1::RecordPlacementOutcomesRequest;
using education::v1::TakeUpPlacementRequestsRequest;

// Half of the acts that go on at once (due::Scheduler), so that who places a learner by a call of
// its own finds one free, also while an agency hangs.
constexpr size_t kMostUnderWay = 4;
// An act takes about as long. While nothing changes, twice as long each time.
constexpr absl::Duration kLookAgain = absl::Milliseconds(50);
constexpr int kMostDoublings = 10;

bool IsOver(const v1::Act& act) {
  return act.state() == v1::ACT_STATE_DONE || act.state() == v1::ACT_STATE_UNDONE;
}

PlacementOutcome OutcomeOf(const PlacementRequest& request, const v1::Act& act) {
  PlacementOutcome outcome;
  outcome.set_placement_request(request.name());
  *outcome.mutable_end_time() = act.update_time();
  if (act.state() == v1::ACT_STATE_DONE) return outcome;
  outcome.set_refusal(act.refusal());
  outcome.set_refusal_es(act.refusal_es());
  outcome.set_refusal_en(act.refusal_en());
  return outcome;
}

v1::PlaceLearnerRequest PlacementOf(const PlacementRequest& request) {
  v1::PlaceLearnerRequest placement;
  placement.set_learner(request.learner());
  placement.set_training_place(request.training_place());
  *placement.mutable_start_date() = request.start_date();
  *placement.mutable_end_date() = request.end_date();
  return placement;
}

// A call by the organization that asked. Education has let it in and stored the request below its
// name, and says with it what the registry of principals said then of its records.
Call CallOfAsker(const Call& own, const PlacementRequest& request) {
  Call call = own;
  call.caller.path = absl::StrCat(
      "organization/", absl::StripPrefix(OrganizationOf(request.name()), "organizations/"));
  call.standing = {request.record_kind(), {request.source()}};
  return call;
}

// Nothing where it has begun, and nothing yet where another of the learner goes on.
absl::Status BeginOnce(const Call& own, journal::Transaction& tx, const PlacementRequest& request) {
  const absl::StatusOr<v1::Act> begun = resource::Get(tx, Acts(), request.act());
  if (begun.ok() || !absl::IsNotFound(begun.status())) return begun.status();
  const absl::Status begins =
      BeginPlacement(CallOfAsker(own, request), tx,
                     std::string(absl::StripPrefix(request.act(), "acts/")), PlacementOf(request))
          .status();
  return Reason(begins) == error::kActUnderWay.reason ? absl::OkStatus() : begins;
}

// Learners of whom an act goes on.
absl::StatusOr<std::set<std::string>> Busy(sql::Session& session,
                                           const std::vector<PlacementRequest>& requests) {
  std::vector<std::string> keys;
  for (const PlacementRequest& request : requests) {
    keys.push_back(SubjectKey(kPlacement, request.learner()));
  }
  std::set<std::string> busy;
  if (keys.empty()) return busy;
  std::vector<sql::Value> values;
  sql::AppendList(keys, values);
  ASSIGN_OR_RETURN(
      const std::vector<v1::Act> acts,
      resource::Select(session, Acts(), "gateway.act.of_subjects",
                       absl::StrCat("WHERE open_subject IN ", sql::InList(keys.size())), values));
  for (const v1::Act& act : acts) busy.insert(act.subject());
  return busy;
}

// Those that wait, the first of whose organization the fewest are under way.
std::vector<const PlacementRequest*> InTurn(const std::vector<PlacementRequest>& waiting,
                                            const std::vector<PlacementRequest>& going_on) {
  std::map<std::string, int> shares;  // of the organizations
  for (const PlacementRequest& request : going_on) ++shares[OrganizationOf(request.name())];
  std::multimap<int, const PlacementRequest*> by_share;  // in their order where it is the same
  for (const PlacementRequest& request : waiting) {
    by_share.emplace(shares[OrganizationOf(request.name())]++, &request);
  }
  std::vector<const PlacementRequest*> in_turn;
  for (const auto& [share, request] : by_share) in_turn.push_back(request);
  return in_turn;
}

// As often as it has been in vain, which is the progress of the work.
Next LookAgain(const std::string& progress, absl::Duration longest) {
  int looks = 0;
  if (!absl::SimpleAtoi(progress, &looks)) looks = 0;
  return Next::After(std::min(longest, kLookAgain * (1 << std::min(looks, kMostDoublings))),
                     absl::StrCat(looks + 1));
}

// What Education has found, and how the acts of what is under way stand.
struct Found {
  std::vector<PlacementRequest> waiting;
  std::vector<PlacementRequest> going_on;
  std::vector<PlacementRequest> not_begun;  // of those that go on
  RecordPlacementOutcomesRequest ended;
};

absl::StatusOr<Found> Sort(sql::Session& session, FindPlacementRequestsResponse response) {
  std::vector<std::string> names;
  for (const PlacementRequest& request : response.placement_requests()) {
    if (!request.act().empty()) names.push_back(request.act());
  }
  ASSIGN_OR_RETURN(const auto acts, resource::FindMany(session, Acts(), names));
  Found found;
  for (PlacementRequest& request : *response.mutable_placement_requests()) {
    const auto act = acts.find(request.act());
    if (request.state() == education::v1::PLACEMENT_REQUEST_STATE_WAITING) {
      found.waiting.push_back(std::move(request));
    } else if (act != acts.end() && IsOver(act->second)) {
      *found.ended.add_outcomes() = OutcomeOf(request, act->second);
    } else {
      if (act == acts.end()) found.not_begun.push_back(request);
      found.going_on.push_back(std::move(request));
    }
  }
  return found;
}

}  // namespace

RequestPlacer::RequestPlacer(const compose::Channels& channels, absl::Duration pause)
    : pause_(pause),
      requests_(PlacementRequestService::NewStub(channels.at(compose::Agency::kEducation))) {}

void RequestPlacer::Handle(due::Scheduler& due) {
  due.HandleStanding(
      "placements.requests", [this](const due::Slice& slice) { return Place(slice); },
      absl::ZeroDuration(), due::Scheduler::Lane::kPeers);
}

absl::StatusOr<Next> RequestPlacer::Place(const due::Slice& slice) {
  using Stub = PlacementRequestService::Stub;
  ASSIGN_OR_RETURN(auto response,
                   compose::CallOwn(slice.call, *requests_, &Stub::FindPlacementRequests,
                                    FindPlacementRequestsRequest()));
  if (response.placement_requests().empty()) return Next::After(pause_, "");
  ASSIGN_OR_RETURN(const Found found, Sort(slice.session, std::move(response)));
  const bool tells = !found.ended.outcomes().empty();
  if (tells) {
    RETURN_IF_ERROR(
        compose::CallOwn(slice.call, *requests_, &Stub::RecordPlacementOutcomes, found.ended)
            .status());
  }
  ASSIGN_OR_RETURN(Requests begin, TakeUp(slice, found.waiting, found.going_on));
  // Also those that were taken up before, by one who died before their acts began.
  begin.insert(begin.end(), found.not_begun.begin(), found.not_begun.end());
  if (begin.empty() && !tells) return LookAgain(slice.task.progress, pause_);
  return Next::After(kLookAgain, "")
      .Writing([&call = slice.call, begin = std::move(begin)](journal::Transaction& tx) {
        for (const PlacementRequest& request : begin) {
          RETURN_IF_ERROR(BeginOnce(call, tx, request));
        }
        return absl::OkStatus();
      });
}

absl::StatusOr<RequestPlacer::Requests> RequestPlacer::TakeUp(const due::Slice& slice,
                                                              const Requests& waiting,
                                                              const Requests& going_on) const {
  if (waiting.empty() || going_on.size() >= kMostUnderWay) return Requests();
  ASSIGN_OR_RETURN(std::set<std::string> busy, Busy(slice.session, waiting));
  for (const PlacementRequest& request : going_on) busy.insert(request.learner());
  TakeUpPlacementRequestsRequest take;
  for (const PlacementRequest* request : InTurn(waiting, going_on)) {
    const size_t count = going_on.size() + static_cast<size_t>(take.names_size());
    if (count == kMostUnderWay) break;
    if (busy.insert(request->learner()).second) take.add_names(request->name());
  }
  if (take.names().empty()) return Requests();
  ASSIGN_OR_RETURN(const auto taken,
                   compose::CallOwn(slice.call, *requests_,
                                    &PlacementRequestService::Stub::TakeUpPlacementRequests, take));
  return Requests(taken.placement_requests().begin(), taken.placement_requests().end());
}

}  // namespace puente::gateway
