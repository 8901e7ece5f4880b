// Learners who are placed: Education's enrolment and Economy's seat, made in both or in neither,
// and what becomes of a seat told to Education; gateway, Education and Economy as they are, each on
// a schema of its own.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "puente/education/v1/access.grpc.pb.h"
#include "puente/gateway/v1/agenda.grpc.pb.h"
#include "tests/gateway/placing.h"

namespace puente::gateway {
namespace {

using ::puente::testing::HasReason;
using ::puente::testing::MustCount;
using ::puente::testing::MustExecute;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr char kNoLearner[] = "organizations/a/learners/00000000-0000-4000-8000-000000000000";

class Placements : public Placing {
 protected:
  static bool ShowsNoLearner(const education::v1::PlaceEnrolment& seen) {
    return seen.learner().empty() && seen.sex() == education::v1::SEX_UNSPECIFIED &&
           seen.birth_years().empty() && seen.state_code().empty();
  }
};

TEST_F(Placements, AreInBoth) {
  const std::string learner = Register("BOXW310820HNERXN09", "Ana");
  const v1::Act act = Place(learner);
  EXPECT_EQ(act.state(), v1::ACT_STATE_DONE) << act.ShortDebugString();
  EXPECT_EQ(act.taken_count(), 2);
  ASSERT_OK_AND_ASSIGN(const auto enrolment, Enrolment(*own_enrolments_, act));
  ASSERT_OK_AND_ASSIGN(const auto seat, Reservation(*own_seats_, act));
  EXPECT_EQ(enrolment.state(), education::v1::PLACE_ENROLMENT_STATE_HELD);
  EXPECT_EQ(seat.state(), economy::v1::PLACE_RESERVATION_STATE_HELD);
  EXPECT_EQ(enrolment.learner(), learner);
  EXPECT_EQ(seat.learner(), learner);
  EXPECT_EQ(enrolment.training_place(), kPlace);
  EXPECT_EQ(enrolment.company(), "companies/acme");
  EXPECT_EQ(enrolment.sex(), education::v1::SEX_WOMAN);
  EXPECT_EQ(enrolment.birth_years(), "1930-1934");
  EXPECT_EQ(enrolment.state_code(), "11");
  // The company finds both, and in neither the school's pseudonym or what figures are made of.
  ASSERT_OK_AND_ASSIGN(const auto seen, Enrolment(*enrolments_, act));
  EXPECT_TRUE(ShowsNoLearner(seen)) << seen.ShortDebugString();
  education::v1::ListPlaceEnrolmentsRequest list;
  list.set_filter("company = \"companies/acme\"");
  ASSERT_OK_AND_ASSIGN(const auto listed,
                       Called(*enrolments_, &Enrolments::ListPlaceEnrolments, list));
  ASSERT_EQ(listed.place_enrolments_size(), 1);
  EXPECT_TRUE(ShowsNoLearner(listed.place_enrolments(0))) << listed.ShortDebugString();
  education::v1::ListPlaceEnrolmentRevisionsRequest revisions;
  revisions.set_name(seen.name());
  ASSERT_OK_AND_ASSIGN(const auto had,
                       Called(*enrolments_, &Enrolments::ListPlaceEnrolmentRevisions, revisions));
  for (const auto& one : had.place_enrolments()) {
    EXPECT_TRUE(ShowsNoLearner(one)) << one.ShortDebugString();
  }
  ASSERT_OK_AND_ASSIGN(const auto seen_seat, Reservation(*seats_, act));
  EXPECT_EQ(seen_seat.learner(), "");
}

TEST_F(Placements, WaitForTheirCompanyInItsAgenda) {
  const v1::Act act = Place(Register("BOXW310820HNERXN09", "Ana"));
  HostedModule company(GatewayTo(education_.channel(), economy_.channel()), gateway_schema_,
                       "company/acme");
  auto agendas = v1::AgendaService::NewStub(company.channel());
  ASSERT_OK_AND_ASSIGN(const auto agenda, Called(*agendas, &v1::AgendaService::Stub::GetAgenda,
                                                 v1::GetAgendaRequest()));
  ASSERT_EQ(agenda.items_size(), 1) << agenda.ShortDebugString();
  EXPECT_EQ(agenda.items(0).kind(), v1::AGENDA_KIND_PLACE_RESERVATION);
  EXPECT_EQ(agenda.items(0).name(), "placeReservations/" + IdOf(act));
  EXPECT_EQ(ToCivilDay(agenda.items(0).due_date()), InDays(3));
  EXPECT_EQ(agenda.sections_size(), 3) << "of dual education nothing waits";
}

TEST_F(Placements, AreInNeitherWhereEconomyRefuses) {
  ASSERT_EQ(Place(Register("BOXW310820HNERXN09", "Ana")).state(), v1::ACT_STATE_DONE);
  const v1::Act act = Place(Register("BACL891217HDFRSS09", "Eva"));
  EXPECT_EQ(act.state(), v1::ACT_STATE_UNDONE);
  EXPECT_EQ(act.refusal(), "PLACES_TAKEN");
  EXPECT_THAT(act.refusal_es(), HasSubstr("no tiene lugares libres"));
  EXPECT_EQ(act.taken_count(), 0);
  ASSERT_OK_AND_ASSIGN(const auto enrolment, Enrolment(*own_enrolments_, act));
  EXPECT_EQ(enrolment.state(), education::v1::PLACE_ENROLMENT_STATE_REFUSED);
  EXPECT_THAT(Reservation(*own_seats_, act), HasReason("PLACE_RESERVATION_NOT_FOUND"));
}

TEST_F(Placements, AreInNeitherWhereEducationRefuses) {
  const v1::Act act = Place(kNoLearner);
  EXPECT_EQ(act.state(), v1::ACT_STATE_UNDONE);
  EXPECT_EQ(act.refusal(), "LEARNER_NOT_FOUND");
  EXPECT_THAT(Enrolment(*own_enrolments_, act), HasReason("PLACE_ENROLMENT_NOT_FOUND"));
  EXPECT_THAT(Reservation(*own_seats_, act), HasReason("PLACE_RESERVATION_NOT_FOUND"));
}

TEST_F(Placements, AreOfTheCallersOwnLearnersAndSeenByItAlone) {
  EXPECT_THAT(Begin(Wanted("organizations/b/learners/00000000-0000-4000-8000-000000000000")),
              HasReason("OWNER_MISMATCH"));
  const v1::Act act = Place(Register("BOXW310820HNERXN09", "Ana"));
  HostedModule other(GatewayTo(education_.channel(), economy_.channel()), gateway_schema_,
                     "organization/b");
  auto acts = ActService::NewStub(other.channel());
  v1::GetActRequest get;
  get.set_name(act.name());
  EXPECT_THAT(Called(*acts, &Acts::GetAct, get), HasReason("ACT_NOT_FOUND"));
  v1::ListActsRequest list;
  EXPECT_THAT(Called(*acts, &Acts::ListActs, list), HasReason("OWNER_LIST_REFUSED"));
  list.set_filter("organization = \"organizations/a\"");
  ASSERT_OK_AND_ASSIGN(const auto own, Called(*acts_, &Acts::ListActs, list));
  EXPECT_EQ(own.acts_size(), 1);
  // Nor the enrolment.
  HostedModule at_other(education::Education(), education_schema_, "organization/b");
  auto enrolments = PlaceEnrolmentService::NewStub(at_other.channel());
  EXPECT_THAT(Enrolment(*enrolments, act), HasReason("PLACE_ENROLMENT_NOT_FOUND"));
}

TEST_F(Placements, AreOneAtATimeOfALearner) {
  HostedModule away(GatewayTo(Nobody()), Database::Shared().NewSchema(Gateway().migrations),
                    "organization/a");
  auto council = CouncilService::NewStub(away.channel());
  ASSERT_OK(Called(*council, &CouncilService::Stub::PlaceLearner, Wanted(kNoLearner)));
  EXPECT_THAT(Called(*council, &CouncilService::Stub::PlaceLearner, Wanted(kNoLearner)),
              HasReason("ACT_UNDER_WAY"));
}

TEST_F(Placements, ShowWhichStepIsLeft) {
  const std::string learner = Register("BOXW310820HNERXN09", "Ana");
  HostedModule half(GatewayTo(education_.channel(), Nobody()),
                    Database::Shared().NewSchema(Gateway().migrations), "organization/a");
  auto council = CouncilService::NewStub(half.channel());
  auto acts = ActService::NewStub(half.channel());
  ASSERT_OK_AND_ASSIGN(auto act,
                       Called(*council, &CouncilService::Stub::PlaceLearner, Wanted(learner)));
  v1::GetActRequest get;
  get.set_name(act.name());
  EXPECT_TRUE(Becomes([&] {
    const auto now = Called(*acts, &Acts::GetAct, get);
    return now.ok() && now->taken_count() == 1;
  }));
  ASSERT_OK_AND_ASSIGN(act, Called(*acts, &Acts::GetAct, get));
  EXPECT_EQ(act.state(), v1::ACT_STATE_RUNNING);
  EXPECT_EQ(act.steps(act.taken_count()).owner(), "economy");
}

TEST_F(Placements, FollowTheirSeats) {
  const v1::Act act = Place(Register("BOXW310820HNERXN09", "Ana"));
  Confirm(act);
  EXPECT_TRUE(Hears(act, education::v1::PLACE_ENROLMENT_STATE_CONFIRMED));
  economy::v1::StartPlaceReservationRequest start;
  start.set_name("placeReservations/" + IdOf(act));
  ASSERT_OK(Called(*seats_, &Seats::StartPlaceReservation, start));
  EXPECT_TRUE(Hears(act, education::v1::PLACE_ENROLMENT_STATE_STARTED));
  economy::v1::BreakOffPlaceReservationRequest end;
  end.set_name(start.name());
  end.set_break_off_cause(economy::v1::BREAK_OFF_CAUSE_COMPANY_CANNOT);
  end.set_follow_up(economy::v1::FOLLOW_UP_ANOTHER_PLACE);
  ASSERT_OK_AND_ASSIGN(const auto ended, Called(*seats_, &Seats::BreakOffPlaceReservation, end));
  EXPECT_TRUE(Hears(act, education::v1::PLACE_ENROLMENT_STATE_BROKEN_OFF));
  ASSERT_OK_AND_ASSIGN(const auto enrolment, Enrolment(*own_enrolments_, act));
  EXPECT_EQ(FromProto(enrolment.seat_time()), FromProto(ended.update_time()));
  sql::Connection economy(economy_schema_);
  EXPECT_TRUE(
      Becomes([&] { return MustCount(economy, "SELECT COUNT(*) FROM place_notice") == 0; }));
}

TEST_F(Placements, EndWithHoldsThatExpire) {
  const v1::Act act = Place(Register("BOXW310820HNERXN09", "Ana"));
  sql::Connection economy(economy_schema_);
  MustExecute(economy, "UPDATE place_reservation SET expire_time = '2026-01-01'");
  MustExecute(economy,
              "UPDATE due SET due_time = UTC_TIMESTAMP(6), claim_time = '2026-01-01' WHERE kind ="
              " 'place_reservations.expire'");
  EXPECT_TRUE(Hears(act, education::v1::PLACE_ENROLMENT_STATE_RELEASED));
}

// What was told before it changed again stays to be told, and what is told late changes nothing.
TEST_F(Placements, HearOfTheLastStateAlone) {
  const v1::Act act = Place(Register("BOXW310820HNERXN09", "Ana"));
  Confirm(act);
  ASSERT_TRUE(Hears(act, education::v1::PLACE_ENROLMENT_STATE_CONFIRMED));
  auto seats = PlaceReservationService::NewStub(economy_.channel());
  sql::Connection economy(economy_schema_);
  MustExecute(economy, absl::StrCat("INSERT INTO place_notice (reservation, state) VALUES ('",
                                    IdOf(act), "', 3) ON DUPLICATE KEY UPDATE state = 3"));
  economy::v1::ForgetPlaceNoticesRequest forget;
  forget.add_notices()->set_place_reservation("placeReservations/" + IdOf(act));
  forget.mutable_notices(0)->set_state(economy::v1::PLACE_RESERVATION_STATE_HELD);
  EXPECT_OK(Called(*seats, &Seats::ForgetPlaceNotices, forget));
  auto enrolments = PlaceEnrolmentService::NewStub(education_.channel());
  education::v1::RecordPlaceStatesRequest late;
  auto& place = *late.add_places();
  place.set_place_enrolment("placeEnrolments/" + IdOf(act));
  place.set_state(education::v1::PLACE_ENROLMENT_STATE_HELD);
  *place.mutable_seat_time() = ToProto(absl::Now() - absl::Hours(1));
  auto& unknown = *late.add_places();
  unknown = place;
  unknown.set_place_enrolment("placeEnrolments/none");
  ASSERT_OK_AND_ASSIGN(const auto recorded,
                       Called(*enrolments, &Enrolments::RecordPlaceStates, late));
  EXPECT_THAT(recorded.unknown(), ElementsAre("placeEnrolments/none"));
  EXPECT_TRUE(Hears(act, education::v1::PLACE_ENROLMENT_STATE_CONFIRMED));
}

TEST_F(Placements, OpenTheNameToTheCompanyOnceConfirmed) {
  const std::string learner = Register("BOXW310820HNERXN09", "Ana");
  const v1::Act act = Place(learner);
  EXPECT_THAT(Open(act), HasReason("PLACE_ENROLMENT_STATE_WRONG"));
  Confirm(act);
  ASSERT_TRUE(Hears(act, education::v1::PLACE_ENROLMENT_STATE_CONFIRMED));
  EXPECT_THAT(Open(act, ""), HasReason("PURPOSE_REFUSED"));
  EXPECT_THAT(Open(act, "statistics"), HasReason("PURPOSE_REFUSED"));
  EXPECT_THAT(Open(act, "placement", ""), HasReason("ACTOR_REFUSED"));
  ASSERT_OK_AND_ASSIGN(const auto opened, Open(act));
  EXPECT_EQ(opened.given_names(), "Ana");
  EXPECT_EQ(opened.first_surname(), "López");
  // The school finds who read it.
  auto accesses = education::v1::AccessService::NewStub(at_school_.channel());
  education::v1::ListAccessesRequest request;
  request.set_parent(learner);
  ASSERT_OK_AND_ASSIGN(const auto read,
                       Called(*accesses, &education::v1::AccessService::Stub::ListAccesses, request,
                              nullptr, "administration", "registrar-1"));
  ASSERT_GE(read.accesses_size(), 1);
  EXPECT_EQ(read.accesses(0).caller(), "company/acme");
  EXPECT_EQ(read.accesses(0).actor(), "officer-1");
  EXPECT_EQ(read.accesses(0).kind(), education::v1::ACCESS_KIND_READ);
  // Others are told that it is not there, and once the seat is given back nobody opens it.
  HostedModule other(education::Education(), education_schema_, "company/globex");
  auto enrolments = PlaceEnrolmentService::NewStub(other.channel());
  education::v1::GetPlacedLearnerRequest open;
  open.set_name("placeEnrolments/" + IdOf(act));
  EXPECT_THAT(
      Called(*enrolments, &Enrolments::GetPlacedLearner, open, nullptr, "placement", "officer-1"),
      HasReason("PLACE_ENROLMENT_NOT_FOUND"));
  economy::v1::ReleasePlaceReservationRequest release;
  release.set_name("placeReservations/" + IdOf(act));
  ASSERT_OK(Called(*own_seats_, &Seats::ReleasePlaceReservation, release));
  ASSERT_TRUE(Hears(act, education::v1::PLACE_ENROLMENT_STATE_RELEASED));
  EXPECT_THAT(Open(act), HasReason("PLACE_ENROLMENT_STATE_WRONG"));
}

}  // namespace
}  // namespace puente::gateway
