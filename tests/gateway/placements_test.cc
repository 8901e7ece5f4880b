// Learners who are placed: Education's enrolment and Economy's seat, made in both or in neither,
// and what becomes of a seat told to Education; gateway, Education and Economy as they are, each on
// a schema of its own.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/context/clock.h"
#include "common/context/values.h"
#include "modules/economy/module.h"
#include "puente/economy/v1/company.grpc.pb.h"
#include "puente/economy/v1/place_reservation.grpc.pb.h"
#include "puente/economy/v1/training_place.grpc.pb.h"
#include "puente/education/v1/access.grpc.pb.h"
#include "puente/education/v1/learner.grpc.pb.h"
#include "puente/education/v1/organization.grpc.pb.h"
#include "puente/education/v1/place_enrolment.grpc.pb.h"
#include "puente/gateway/v1/agenda.grpc.pb.h"
#include "puente/gateway/v1/council.grpc.pb.h"
#include "tests/education/requests.h"
#include "tests/gateway/certification.h"

namespace puente::gateway {
namespace {

using economy::v1::PlaceReservationService;
using economy::v1::TrainingPlaceService;
using education::v1::PlaceEnrolmentService;
using ::puente::testing::Becomes;
using ::puente::testing::Called;
using ::puente::testing::CalledFor;
using ::puente::testing::Database;
using ::puente::testing::HasReason;
using ::puente::testing::HostedModule;
using ::puente::testing::MustCount;
using ::puente::testing::MustExecute;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using v1::ActService;
using v1::CouncilService;

constexpr char kPlace[] = "companies/acme/trainingPlaces/one";
constexpr char kNoLearner[] = "organizations/a/learners/00000000-0000-4000-8000-000000000000";

absl::CivilDay InDays(int days) { return LegalDay(absl::Now()) + days; }

class Placements : public ::testing::Test {
 protected:
  using Acts = ActService::Stub;
  using Seats = PlaceReservationService::Stub;
  using Enrolments = PlaceEnrolmentService::Stub;

  Placements()
      : education_schema_(Database::Shared().NewSchema(education::Education().migrations)),
        economy_schema_(Database::Shared().NewSchema(economy::Economy().migrations)),
        gateway_schema_(Database::Shared().NewSchema(Gateway().migrations)),
        education_(education::Education(), education_schema_, "gateway"),
        economy_(economy::Economy(), economy_schema_, "gateway"),
        gateway_(GatewayTo(education_.channel(), economy_.channel()), gateway_schema_,
                 "organization/a"),
        company_(economy::Economy(), economy_schema_, "company/acme"),
        at_company_(education::Education(), education_schema_, "company/acme"),
        school_(economy::Economy(), economy_schema_, "organization/a"),
        at_school_(education::Education(), education_schema_, "organization/a"),
        acts_(ActService::NewStub(gateway_.channel())),
        seats_(PlaceReservationService::NewStub(company_.channel())),
        own_seats_(PlaceReservationService::NewStub(school_.channel())),
        enrolments_(PlaceEnrolmentService::NewStub(at_company_.channel())),
        own_enrolments_(PlaceEnrolmentService::NewStub(at_school_.channel())) {
    HostedModule ministry(education::Education(), education_schema_, "agency/education");
    auto organizations = education::v1::OrganizationService::NewStub(ministry.channel());
    for (const char* id : {"a", "b"}) {
      EXPECT_OK(Called(*organizations,
                       &education::v1::OrganizationService::Stub::CreateOrganization,
                       education::testing::NewOrganization(id)));
    }
    OfferSeats();
  }

  void OfferSeats() {
    HostedModule ministry(economy::Economy(), economy_schema_, "agency/economy");
    auto companies = economy::v1::CompanyService::NewStub(ministry.channel());
    economy::v1::CreateCompanyRequest create;
    create.set_company_id("acme");
    economy::v1::Company& company = *create.mutable_company();
    company.set_legal_name("Acme");
    company.set_scian_class("336110");
    company.set_state_code("11");
    company.set_source("test");
    company.set_record_kind(type::v1::RECORD_KIND_REAL);
    EXPECT_OK(Called(*companies, &economy::v1::CompanyService::Stub::CreateCompany, create, nullptr,
                     "administration", "officer-1"));
    auto places = TrainingPlaceService::NewStub(company_.channel());
    economy::v1::CreateTrainingPlaceRequest offer;
    offer.set_parent("companies/acme");
    offer.set_training_place_id("one");
    economy::v1::TrainingPlace& place = *offer.mutable_training_place();
    place.set_title_es("Soldadura");
    place.set_state_code("11");
    *place.mutable_start_date() = ToProto(InDays(0));
    *place.mutable_end_date() = ToProto(InDays(60));
    place.set_seat_count(1);
    place.set_weekly_hours(40);
    EXPECT_OK(Called(*places, &TrainingPlaceService::Stub::CreateTrainingPlace, offer));
  }

  std::string Register(const std::string& identifier, const std::string& names) {
    auto learners = education::v1::LearnerService::NewStub(at_school_.channel());
    education::v1::RegisterLearnerRequest request;
    request.set_parent("organizations/a");
    education::v1::Learner& learner = *request.mutable_learner();
    learner.set_identifier_scheme(education::v1::PERSON_IDENTIFIER_SCHEME_CURP);
    learner.set_identifier(identifier);
    learner.set_given_names(names);
    learner.set_first_surname("López");
    const auto registered = Called(*learners, &education::v1::LearnerService::Stub::RegisterLearner,
                                   request, nullptr, "placement", "registrar-1");
    EXPECT_OK(registered);
    return registered.ok() ? registered->name() : "";
  }

  static v1::PlaceLearnerRequest Wanted(const std::string& learner) {
    v1::PlaceLearnerRequest request;
    request.set_learner(learner);
    request.set_training_place(kPlace);
    *request.mutable_start_date() = ToProto(InDays(0));
    *request.mutable_end_date() = ToProto(InDays(30));
    return request;
  }
  absl::StatusOr<v1::Act> Begin(const v1::PlaceLearnerRequest& request) {
    auto council = CouncilService::NewStub(gateway_.channel());
    return Called(*council, &CouncilService::Stub::PlaceLearner, request);
  }
  absl::StatusOr<v1::Act> GetAct(const std::string& name) {
    v1::GetActRequest request;
    request.set_name(name);
    return Called(*acts_, &Acts::GetAct, request);
  }
  // The act, once it is over.
  v1::Act Place(const std::string& learner) {
    auto act = Begin(Wanted(learner));
    EXPECT_OK(act);
    if (!act.ok()) return v1::Act();
    EXPECT_TRUE(Becomes([&] {
      act = GetAct(act->name());
      return act.ok() &&
             (act->state() == v1::ACT_STATE_DONE || act->state() == v1::ACT_STATE_UNDONE);
    }));
    return act.ok() ? *act : v1::Act();
  }

  static std::string IdOf(const v1::Act& act) {
    return act.name().substr(act.name().find('/') + 1);
  }
  absl::StatusOr<education::v1::PlaceEnrolment> Enrolment(Enrolments& as, const v1::Act& act) {
    education::v1::GetPlaceEnrolmentRequest request;
    request.set_name("placeEnrolments/" + IdOf(act));
    return Called(as, &Enrolments::GetPlaceEnrolment, request);
  }
  absl::StatusOr<economy::v1::PlaceReservation> Reservation(Seats& as, const v1::Act& act) {
    economy::v1::GetPlaceReservationRequest request;
    request.set_name("placeReservations/" + IdOf(act));
    return Called(as, &Seats::GetPlaceReservation, request);
  }
  void Confirm(const v1::Act& act) {
    economy::v1::ConfirmPlaceReservationRequest request;
    request.set_name("placeReservations/" + IdOf(act));
    EXPECT_OK(Called(*seats_, &Seats::ConfirmPlaceReservation, request));
  }
  bool Hears(const v1::Act& act, education::v1::PlaceEnrolmentState state) {
    return Becomes([&] {
      const auto enrolment = Enrolment(*own_enrolments_, act);
      return enrolment.ok() && enrolment->state() == state;
    });
  }
  absl::StatusOr<education::v1::PlacedLearner> Open(const v1::Act& act,
                                                    const std::string& purpose = "placement",
                                                    const std::string& actor = "officer-1") {
    education::v1::GetPlacedLearnerRequest request;
    request.set_name("placeEnrolments/" + IdOf(act));
    return Called(*enrolments_, &Enrolments::GetPlacedLearner, request, nullptr, purpose, actor);
  }

  const sql::Target education_schema_, economy_schema_, gateway_schema_;
  HostedModule education_, economy_;
  HostedModule gateway_;
  HostedModule company_, at_company_, school_, at_school_;
  const std::unique_ptr<Acts> acts_;
  const std::unique_ptr<Seats> seats_, own_seats_;
  const std::unique_ptr<Enrolments> enrolments_, own_enrolments_;
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
  // The company finds both, and the school's pseudonym in neither.
  ASSERT_OK_AND_ASSIGN(const auto seen, Enrolment(*enrolments_, act));
  EXPECT_EQ(seen.learner(), "");
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
