// Organizations that ask for learners to be placed, and the gateway, which says what became of it.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "puente/education/v1/placement_request.grpc.pb.h"
#include "tests/agencies/load_file.h"
#include "tests/education/awarding.h"

namespace puente::education::testing {

class Requesting : public Awarding {
 protected:
  using Requests = v1::PlacementRequestService::Stub;

  static constexpr char kPlace[] = "companies/acme/trainingPlaces/one";

  Requesting()
      : school_(Education(), target_, "organization/a", puente::testing::WithProfiles("education")),
        of_school_(v1::PlacementRequestService::NewStub(school_.channel())),
        of_gateway_(v1::PlacementRequestService::NewStub(gateway_.channel())) {}

  static std::string NameOf(const std::string& id) {
    return "organizations/a/placementRequests/" + id;
  }
  static std::string IdOf(const std::string& name) { return name.substr(name.rfind('/') + 1); }
  // From tomorrow for a month, unless said.
  static v1::CreatePlacementRequestRequest New(const std::string& id,
                                               const std::string& learner = "ana", int first = 1,
                                               int last = 30) {
    v1::CreatePlacementRequestRequest request;
    request.set_parent("organizations/a");
    request.set_placement_request_id(id);
    v1::PlacementRequest& wanted = *request.mutable_placement_request();
    wanted.set_learner("organizations/a/learners/" + learner);
    wanted.set_training_place(kPlace);
    *wanted.mutable_start_date() = ToProto(InDays(first));
    *wanted.mutable_end_date() = ToProto(InDays(last));
    return request;
  }
  absl::StatusOr<v1::PlacementRequest> Ask(const v1::CreatePlacementRequestRequest& request) {
    return Called(*of_school_, &Requests::CreatePlacementRequest, request);
  }
  absl::StatusOr<v1::PlacementRequest> Read(const std::string& id) {
    v1::GetPlacementRequestRequest request;
    request.set_name(NameOf(id));
    return Called(*of_school_, &Requests::GetPlacementRequest, request);
  }
  absl::StatusOr<v1::PlacementRequest> TakeBack(const std::string& id) {
    v1::WithdrawPlacementRequestRequest request;
    request.set_name(NameOf(id));
    return Called(*of_school_, &Requests::WithdrawPlacementRequest, request);
  }
  // The ids of a list.
  std::vector<std::string> Listed(const std::string& filter) {
    v1::ListPlacementRequestsRequest request;
    request.set_parent("organizations/a");
    request.set_filter(filter);
    const auto page = Called(*of_school_, &Requests::ListPlacementRequests, request);
    EXPECT_OK(page);
    std::vector<std::string> ids;
    if (!page.ok()) return ids;
    for (const auto& one : page->placement_requests()) ids.push_back(IdOf(one.name()));
    return ids;
  }

  // What the gateway finds to do: "one WAITING".
  std::vector<std::string> Found() {
    const auto found =
        Called(*of_gateway_, &Requests::FindPlacementRequests, v1::FindPlacementRequestsRequest());
    EXPECT_OK(found);
    std::vector<std::string> texts;
    if (!found.ok()) return texts;
    for (const auto& one : found->placement_requests()) {
      texts.push_back(absl::StrCat(IdOf(one.name()), " ",
                                   v1::PlacementRequestState_Name(one.state()).substr(24)));
    }
    return texts;
  }
  // Those that are under way now.
  std::vector<std::string> TakeUp(const std::vector<std::string>& ids) {
    v1::TakeUpPlacementRequestsRequest request;
    for (const std::string& id : ids) request.add_names(NameOf(id));
    const auto taken = Called(*of_gateway_, &Requests::TakeUpPlacementRequests, request);
    EXPECT_OK(taken);
    std::vector<std::string> under_way;
    if (!taken.ok()) return under_way;
    for (const auto& one : taken->placement_requests()) under_way.push_back(IdOf(one.name()));
    return under_way;
  }
  // Placed, where there is no reason.
  absl::Status End(const std::string& id, const std::string& refusal = "") {
    v1::RecordPlacementOutcomesRequest request;
    v1::PlacementOutcome& outcome = *request.add_outcomes();
    outcome.set_placement_request(NameOf(id));
    outcome.set_refusal(refusal);
    if (!refusal.empty()) {
      outcome.set_refusal_es("Ya no hay lugares.");
      outcome.set_refusal_en("There are no seats left.");
    }
    *outcome.mutable_end_time() = ToProto(absl::Now());
    return Called(*of_gateway_, &Requests::RecordPlacementOutcomes, request).status();
  }

  HostedModule school_;
  const std::unique_ptr<Requests> of_school_, of_gateway_;
};

}  // namespace puente::education::testing
