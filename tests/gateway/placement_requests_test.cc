// Learners whom a school asks for in a file: each row ends placed or refused, with the reason, as
// if each had been placed by a call; gateway, Education and Economy as they are.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "puente/education/v1/placement_request.grpc.pb.h"
#include "tests/agencies/load_file.h"
#include "tests/gateway/placing.h"

namespace puente::gateway {
namespace {

using education::v1::PlacementRequest;
using education::v1::PlacementRequestService;
using ::puente::testing::AcknowledgementsOf;
using ::puente::testing::HasReason;
using ::puente::testing::MustCount;
using ::puente::testing::SendFile;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

class PlacementRequests : public Placing {
 protected:
  using Requests = PlacementRequestService::Stub;

  std::string Learner() {
    return Register(absl::StrCat("FR:", 10'000 + ++learners_), "Ana",
                    education::v1::PERSON_IDENTIFIER_SCHEME_PASSPORT);
  }
  // As a registrar would have registered one of another school; the name.
  std::string AddLearner(const std::string& school) {
    sql::Connection education(education_schema_);
    puente::testing::MustExecute(
        education,
        absl::StrCat("INSERT INTO learner (organization, id, version, person, state, duplicate_of,"
                     " identifier_scheme, sex, birth_years, state_code, sealed, source,"
                     " record_kind, create_time, update_time) VALUES ('",
                     school, "', 'one', 1, '', 1, '', 1, 1, '2000-2004', '09', '', 'test', 1,",
                     " NOW(6), NOW(6))"));
    return absl::StrCat("organizations/", school, "/learners/one");
  }
  static std::string Row(const std::string& learner, const std::string& place, int first = 1,
                         int last = 30) {
    return absl::StrCat(learner, ",", place, ",", absl::FormatCivilTime(InDays(first)), ",",
                        absl::FormatCivilTime(InDays(last)), "\n");
  }
  // The records that the rows made, by the load's acknowledgements.
  std::vector<std::string> Sent(const std::string& rows) {
    api::v1::LoadRecordsHeader header;
    header.set_profile("puente-placement-requests");
    header.set_parent("organizations/a");
    const auto done = SendFile(at_school_.channel(), header,
                               "learner,training_place,start_date,end_date\n" + rows);
    EXPECT_OK(done);
    if (!done.ok()) return {};
    const auto acknowledged =
        AcknowledgementsOf(at_school_.channel(), done->load().name(), false, 1000);
    EXPECT_OK(acknowledged);
    std::vector<std::string> names;
    if (!acknowledged.ok()) return names;
    for (const api::v1::LoadRow& row : *acknowledged) {
      EXPECT_EQ(row.outcome(), api::v1::LOAD_OUTCOME_TAKEN) << row.ShortDebugString();
      names.push_back(row.name());
    }
    return names;
  }
  std::vector<PlacementRequest> Read(const std::vector<std::string>& names) {
    education::v1::BatchGetPlacementRequestsRequest request;
    request.mutable_names()->Assign(names.begin(), names.end());
    const auto read = Called(*requests_, &Requests::BatchGetPlacementRequests, request);
    EXPECT_OK(read);
    if (!read.ok()) return {};
    return {read->placement_requests().begin(), read->placement_requests().end()};
  }
  static bool IsOver(const PlacementRequest& request) {
    return request.state() == education::v1::PLACEMENT_REQUEST_STATE_PLACED ||
           request.state() == education::v1::PLACEMENT_REQUEST_STATE_REFUSED;
  }
  // In the order of the rows, once all are over.
  std::vector<PlacementRequest> Placed(const std::string& rows) {
    const std::vector<std::string> names = Sent(rows);
    std::vector<PlacementRequest> became;
    EXPECT_TRUE(Becomes([&] {
      became = Read(names);
      return std::all_of(became.begin(), became.end(), &IsOver);
    }));
    return became;
  }
  // How many have which reason, "" of those that were placed.
  static std::map<std::string, int> Reasons(const std::vector<PlacementRequest>& requests) {
    std::map<std::string, int> reasons;
    for (const PlacementRequest& request : requests) ++reasons[request.refusal()];
    return reasons;
  }

  int learners_ = 0;
  const std::unique_ptr<Requests> requests_ =
      PlacementRequestService::NewStub(at_school_.channel());
};

TEST_F(PlacementRequests, OfMoreLearnersThanSeatsAreEachPlacedOrToldWhyNot) {
  const std::string place = Offer("many", 30);
  // Another process of the gateway places as well.
  HostedModule twin(GatewayTo(education_.channel(), economy_.channel()), gateway_schema_,
                    "organization/b");
  std::string rows;
  for (int i = 0; i < 83; ++i) rows += Row(Learner(), place);
  const std::vector<PlacementRequest> became = Placed(rows);
  EXPECT_THAT(Reasons(became), UnorderedElementsAre(Pair("", 30), Pair("PLACES_TAKEN", 53)));
  for (const PlacementRequest& request : became) {
    v1::Act act;
    act.set_name(request.act());
    const auto seat = Reservation(*own_seats_, act);
    if (request.refusal().empty()) {
      EXPECT_EQ(request.place_enrolment(), "placeEnrolments/" + IdOf(act));
      ASSERT_OK_AND_ASSIGN(const auto enrolment, Enrolment(*own_enrolments_, act));
      EXPECT_EQ(enrolment.state(), education::v1::PLACE_ENROLMENT_STATE_HELD);
      EXPECT_EQ(enrolment.learner(), request.learner());
      EXPECT_OK(seat);
    } else {
      EXPECT_THAT(seat, HasReason("PLACE_RESERVATION_NOT_FOUND"));
      EXPECT_THAT(request.refusal_es(), HasSubstr("no tiene lugares libres"));
      EXPECT_THAT(request.refusal_en(), HasSubstr("no free seat"));
    }
  }
  sql::Connection economy(economy_schema_);
  EXPECT_EQ(MustCount(economy, "SELECT COUNT(*) FROM place_reservation"), 30);
  sql::Connection gateway(gateway_schema_);
  EXPECT_EQ(MustCount(gateway, "SELECT COUNT(*) FROM act"), 83) << "one of each";
}

TEST_F(PlacementRequests, AreRefusedForWhatTheirPlaceSays) {
  const std::string paused = Offer("paused", 5);
  auto places = TrainingPlaceService::NewStub(company_.channel());
  economy::v1::PauseTrainingPlaceRequest pause;
  pause.set_name(paused);
  ASSERT_OK(Called(*places, &TrainingPlaceService::Stub::PauseTrainingPlace, pause));
  const auto became =
      Placed(Row(Learner(), paused) + Row(Learner(), "companies/acme/trainingPlaces/none") +
             Row(Learner(), Offer("short", 5), 1, 90));
  ASSERT_EQ(became.size(), 3U);
  EXPECT_EQ(became[0].refusal(), "TRAINING_PLACE_STATE_WRONG");
  EXPECT_EQ(became[1].refusal(), "TRAINING_PLACE_NOT_FOUND");
  EXPECT_EQ(became[2].refusal(), "INVALID_FIELDS");
  EXPECT_THAT(became[2].refusal_es(), HasSubstr("end_date"));
  for (const PlacementRequest& request : became) {
    EXPECT_NE(request.refusal_es(), request.refusal_en());
    EXPECT_FALSE(request.refusal_en().empty());
  }
}

TEST_F(PlacementRequests, OfOneLearnerAreTakenUpOneAfterTheOther) {
  const std::string elsewhere = Learner(), twice = Learner();
  ASSERT_EQ(Place(elsewhere).state(), v1::ACT_STATE_DONE);
  const std::string place = Offer("many", 30);
  const auto became = Placed(Row(elsewhere, place) + Row(twice, place) + Row(twice, place, 20, 40) +
                             Row(twice, place, 50, 60));
  ASSERT_EQ(became.size(), 4U);
  EXPECT_EQ(became[0].refusal(), "LEARNER_PLACED");
  EXPECT_EQ(became[1].refusal(), "") << "the first of the file comes first";
  EXPECT_EQ(became[2].refusal(), "LEARNER_PLACED");
  EXPECT_EQ(became[3].refusal(), "") << "on other days";
}

TEST_F(PlacementRequests, ArePlacedByActsOfTheOrganization) {
  const auto became = Placed(Row(Learner(), kPlace));
  ASSERT_EQ(became.size(), 1U);
  ASSERT_OK_AND_ASSIGN(const v1::Act act, GetAct(became[0].act()));
  EXPECT_EQ(act.state(), v1::ACT_STATE_DONE);
  EXPECT_EQ(act.caller(), "organization/a");
  EXPECT_EQ(act.organization(), "organizations/a");
  EXPECT_EQ(act.subject(), became[0].learner());
  EXPECT_EQ(act.source(), became[0].source());
  HostedModule other(GatewayTo(education_.channel(), economy_.channel()), gateway_schema_,
                     "organization/b");
  v1::GetActRequest get;
  get.set_name(act.name());
  EXPECT_THAT(Called(*ActService::NewStub(other.channel()), &Acts::GetAct, get),
              HasReason("ACT_NOT_FOUND"));
}

// While Economy is away, so that none of them ends.
TEST_F(PlacementRequests, LeaveRoomForOthers) {
  gateway_.reset();
  const sql::Target schema = Database::Shared().NewSchema(Gateway().migrations);
  const std::string own = Learner();
  std::string rows;
  for (int i = 0; i < 12; ++i) rows += Row(Learner(), kPlace);
  Sent(rows);
  // Of a second school, which came after.
  HostedModule second(education::Education(), education_schema_, "organization/b");
  const auto of_second = PlacementRequestService::NewStub(second.channel());
  education::v1::CreatePlacementRequestRequest one;
  one.set_parent("organizations/b");
  one.set_placement_request_id("one");
  PlacementRequest& wanted = *one.mutable_placement_request();
  wanted.set_learner(AddLearner("b"));
  wanted.set_training_place(kPlace);
  *wanted.mutable_start_date() = ToProto(InDays(0));
  *wanted.mutable_end_date() = ToProto(InDays(30));
  ASSERT_OK(Called(*of_second, &Requests::CreatePlacementRequest, one));
  HostedModule half(GatewayTo(education_.channel(), Nobody()), schema, "organization/a");
  sql::Connection gateway(schema);
  const auto half_done = [&](const std::string& more) {
    return MustCount(gateway, "SELECT COUNT(*) FROM act WHERE taken_count = 1" + more);
  };
  EXPECT_TRUE(Becomes([&] { return half_done("") == 4; }));
  EXPECT_EQ(half_done(" AND organization = 'organizations/b'"), 1) << "its turn comes at once";
  // Who places by a call waits for none of them.
  auto council = CouncilService::NewStub(half.channel());
  ASSERT_OK_AND_ASSIGN(const v1::Act act,
                       Called(*council, &CouncilService::Stub::PlaceLearner, Wanted(own)));
  EXPECT_TRUE(Becomes([&] { return half_done(" AND id = '" + IdOf(act) + "'") == 1; }));
  sql::Connection education(education_schema_);
  EXPECT_EQ(MustCount(education, "SELECT COUNT(*) FROM placement_request WHERE state = 2"), 4);
}

}  // namespace
}  // namespace puente::gateway
