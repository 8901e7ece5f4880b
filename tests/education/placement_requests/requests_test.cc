// Placement requests: who may ask for whom, in which order they are taken up, and what is told of
// them afterwards.
#include <gmock/gmock.h>

#include <thread>

#include "tests/education/placement_requests/requesting.h"

namespace puente::education {
namespace {

using ::puente::testing::Called;
using ::puente::testing::HasReason;
using ::puente::testing::HostedModule;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::InDays;
using ::testing::IsEmpty;
using ::testing::MatchesRegex;
using ::testing::Not;

class PlacementRequests : public testing::Requesting {};

TEST_F(PlacementRequests, WaitAreTakenUpAndPlaced) {
  ASSERT_OK_AND_ASSIGN(const auto asked, Ask(New("one")));
  EXPECT_EQ(asked.state(), v1::PLACEMENT_REQUEST_STATE_WAITING);
  EXPECT_EQ(asked.act(), "");
  EXPECT_THAT(Found(), ElementsAre("one WAITING"));
  EXPECT_THAT(TakeUp({"one"}), ElementsAre("one"));
  ASSERT_OK_AND_ASSIGN(const auto under_way, Read("one"));
  EXPECT_EQ(under_way.state(), v1::PLACEMENT_REQUEST_STATE_UNDER_WAY);
  EXPECT_THAT(under_way.act(), MatchesRegex("acts/[0-9a-f-]{36}"));
  EXPECT_THAT(Found(), ElementsAre("one UNDER_WAY"));
  ASSERT_OK(End("one"));
  ASSERT_OK_AND_ASSIGN(const auto placed, Read("one"));
  EXPECT_EQ(placed.state(), v1::PLACEMENT_REQUEST_STATE_PLACED);
  EXPECT_EQ(placed.place_enrolment(), "placeEnrolments/" + under_way.act().substr(5));
  EXPECT_TRUE(placed.has_result_time());
  EXPECT_THAT(Found(), IsEmpty());
  EXPECT_EQ(Count("placement_turn"), 0);
}

TEST_F(PlacementRequests, SayWhyTheyWereRefused) {
  ASSERT_OK(Ask(New("one")));
  TakeUp({"one"});
  ASSERT_OK(End("one", "PLACES_TAKEN"));
  ASSERT_OK_AND_ASSIGN(const auto refused, Read("one"));
  EXPECT_EQ(refused.state(), v1::PLACEMENT_REQUEST_STATE_REFUSED);
  EXPECT_EQ(refused.refusal(), "PLACES_TAKEN");
  EXPECT_EQ(refused.refusal_es(), "Ya no hay lugares.");
  EXPECT_EQ(refused.refusal_en(), "There are no seats left.");
  EXPECT_EQ(refused.place_enrolment(), "");
  EXPECT_TRUE(refused.has_result_time());
}

TEST_F(PlacementRequests, AreToldOnceHoweverOftenItIsSaid) {
  ASSERT_OK(Ask(New("one")));
  ASSERT_OK(End("one")) << "of what waits nothing is told";
  EXPECT_THAT(Found(), ElementsAre("one WAITING"));
  TakeUp({"one"});
  ASSERT_OK_AND_ASSIGN(const auto taken, Read("one"));
  EXPECT_THAT(TakeUp({"one"}), ElementsAre("one")) << "who died before its act began asks again";
  ASSERT_OK_AND_ASSIGN(const auto again, Read("one"));
  EXPECT_EQ(again.SerializeAsString(), taken.SerializeAsString()) << "and gets the same act";
  ASSERT_OK(End("one"));
  ASSERT_OK_AND_ASSIGN(const auto placed, Read("one"));
  ASSERT_OK(End("one", "PLACES_TAKEN"));
  EXPECT_THAT(TakeUp({"one"}), IsEmpty());
  ASSERT_OK_AND_ASSIGN(const auto after, Read("one"));
  EXPECT_EQ(after.SerializeAsString(), placed.SerializeAsString());
}

TEST_F(PlacementRequests, AreWithdrawnOnlyWhileTheyWait) {
  ASSERT_OK(Ask(New("one")));
  ASSERT_OK_AND_ASSIGN(const auto withdrawn, TakeBack("one"));
  EXPECT_EQ(withdrawn.state(), v1::PLACEMENT_REQUEST_STATE_WITHDRAWN);
  EXPECT_TRUE(withdrawn.has_withdraw_time());
  EXPECT_THAT(Found(), IsEmpty());
  EXPECT_THAT(TakeUp({"one"}), IsEmpty());
  EXPECT_THAT(TakeBack("one"), HasReason("PLACEMENT_REQUEST_STATE_WRONG"));
  ASSERT_OK(Ask(New("two")));
  TakeUp({"two"});
  EXPECT_THAT(TakeBack("two"), HasReason("PLACEMENT_REQUEST_STATE_WRONG"));
  ASSERT_OK(End("two", "PLACES_TAKEN"));
  EXPECT_THAT(TakeBack("two"), HasReason("PLACEMENT_REQUEST_STATE_WRONG"));
}

// Whoever comes second sees what the first did.
TEST_F(PlacementRequests, AreTakenUpOrWithdrawnAndNeverBoth) {
  for (int i = 0; i < 20; ++i) {
    const std::string id = absl::StrCat("r-", i);
    ASSERT_OK(Ask(New(id)));
    std::vector<std::string> taken;
    std::thread gateway([&] { taken = TakeUp({id}); });
    const auto withdrawn = TakeBack(id);
    gateway.join();
    EXPECT_EQ(withdrawn.ok(), taken.empty()) << withdrawn.status();
    ASSERT_OK_AND_ASSIGN(const auto now, Read(id));
    EXPECT_EQ(now.state(), withdrawn.ok() ? v1::PLACEMENT_REQUEST_STATE_WITHDRAWN
                                          : v1::PLACEMENT_REQUEST_STATE_UNDER_WAY);
  }
}

TEST_F(PlacementRequests, AreFoundInTheOrderOfTheirTaking) {
  for (const char* id : {"z", "a", "m"}) ASSERT_OK(Ask(New(id)));
  TakeUp({"m"});
  EXPECT_THAT(Found(), ElementsAre("m UNDER_WAY", "z WAITING", "a WAITING"));
}

TEST_F(PlacementRequests, OfOneOrganizationKeepNoOtherWaiting) {
  for (const char* id : {"a-1", "a-2", "a-3", "a-4", "a-5", "a-6"}) ASSERT_OK(Ask(New(id)));
  HostedModule other(Education(), target_, "organization/b");
  const auto of_other = v1::PlacementRequestService::NewStub(other.channel());
  auto request = New("b-1");
  request.set_parent("organizations/b");
  request.mutable_placement_request()->set_learner("organizations/b/learners/luz");
  ASSERT_OK(Called(*of_other, &Requests::CreatePlacementRequest, request));
  EXPECT_THAT(Found(), ElementsAre("a-1 WAITING", "a-2 WAITING", "a-3 WAITING", "a-4 WAITING",
                                   "b-1 WAITING"));
}

TEST_F(PlacementRequests, AreOfTheOrganizationsLearnersInUseAndOfDaysToCome) {
  EXPECT_THAT(Ask(New("one", "nobody")), HasReason("LEARNER_NOT_FOUND"));
  AddLearner("a", "gone", v1::LEARNER_STATE_DESTROYED);
  EXPECT_THAT(Ask(New("one", "gone")), HasReason("LEARNER_STATE_WRONG"));
  auto request = New("one");
  request.mutable_placement_request()->set_learner("organizations/b/learners/luz");
  EXPECT_THAT(Wrong(Ask(request).status()),
              ElementsAre("placement_request.learner OF_ANOTHER_ORGANIZATION"));
  EXPECT_THAT(Wrong(Ask(New("one", "ana", -1)).status()),
              ElementsAre("placement_request.start_date FIRST_DAY_PAST"));
  EXPECT_THAT(Wrong(Ask(New("one", "ana", 5, 4)).status()),
              ElementsAre("placement_request.end_date NOT_BEFORE"));
  const absl::Status refused = Ask(New("boxw310820hnerxn09")).status();
  EXPECT_THAT(Wrong(refused), ElementsAre("placement_request_id ID_OF_PERSON"));
  EXPECT_THAT(refused.ToString(), Not(HasSubstr("boxw")));
  EXPECT_EQ(Count("placement_request"), 0);
  EXPECT_EQ(Count("placement_turn"), 0);
  ASSERT_OK(Ask(New("one", "ana", 0, 0)));
  EXPECT_THAT(Ask(New("one", "eva")), HasReason("PLACEMENT_REQUEST_ALREADY_EXISTS"));
  EXPECT_EQ(Count("placement_turn"), 1);
}

TEST_F(PlacementRequests, AreAskedByTheOrganizationAlone) {
  const auto ministry = v1::PlacementRequestService::NewStub(ministry_.channel());
  EXPECT_THAT(Called(*ministry, &Requests::CreatePlacementRequest, New("one")),
              HasReason("CALLER_REFUSED"));
  HostedModule other(Education(), target_, "organization/b");
  const auto of_other = v1::PlacementRequestService::NewStub(other.channel());
  EXPECT_THAT(Called(*of_other, &Requests::CreatePlacementRequest, New("one")),
              HasReason("OWNER_MISMATCH"));
  v1::TakeUpPlacementRequestsRequest take;
  take.add_names(NameOf("one"));
  EXPECT_THAT(Called(*of_school_, &Requests::TakeUpPlacementRequests, take),
              HasReason("CALLER_REFUSED"));
}

TEST_F(PlacementRequests, AreReadByTheOrganizationAndEducationAlone) {
  ASSERT_OK(Ask(New("one")));
  v1::GetPlacementRequestRequest get;
  get.set_name(NameOf("one"));
  const auto ministry = v1::PlacementRequestService::NewStub(ministry_.channel());
  EXPECT_OK(Called(*ministry, &Requests::GetPlacementRequest, get, nullptr, "administration"));
  HostedModule company(Education(), target_, "company/acme");
  const auto of_company = v1::PlacementRequestService::NewStub(company.channel());
  EXPECT_THAT(Called(*of_company, &Requests::GetPlacementRequest, get),
              HasReason("CALLER_REFUSED"));
  HostedModule other(Education(), target_, "organization/b");
  const auto of_other = v1::PlacementRequestService::NewStub(other.channel());
  EXPECT_THAT(Called(*of_other, &Requests::GetPlacementRequest, get),
              HasReason("PLACEMENT_REQUEST_NOT_FOUND"));
}

TEST_F(PlacementRequests, AreListedByStateAndLearner) {
  ASSERT_OK(Ask(New("one")));
  ASSERT_OK(Ask(New("two", "eva")));
  ASSERT_OK(Ask(New("three", "eva", 40, 50)));
  TakeUp({"two"});
  EXPECT_THAT(Listed(""), ElementsAre("one", "three", "two"));
  EXPECT_THAT(Listed("state = WAITING"), ElementsAre("one", "three"));
  EXPECT_THAT(Listed("state = UNDER_WAY"), ElementsAre("two"));
  EXPECT_THAT(Listed("learner = \"organizations/a/learners/eva\""), ElementsAre("three", "two"));
}

}  // namespace
}  // namespace puente::education
