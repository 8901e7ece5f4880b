// A school, a company with places, and the gateway between Education and Economy: all as they are,
// each on a schema of its own.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/context/clock.h"
#include "common/context/values.h"
#include "modules/economy/module.h"
#include "puente/economy/v1/company.grpc.pb.h"
#include "puente/economy/v1/place_reservation.grpc.pb.h"
#include "puente/economy/v1/training_place.grpc.pb.h"
#include "puente/education/v1/learner.grpc.pb.h"
#include "puente/education/v1/organization.grpc.pb.h"
#include "puente/education/v1/place_enrolment.grpc.pb.h"
#include "puente/gateway/v1/act.grpc.pb.h"
#include "puente/gateway/v1/council.grpc.pb.h"
#include "tests/agencies/load_file.h"
#include "tests/education/requests.h"
#include "tests/gateway/certification.h"

namespace puente::gateway {

using economy::v1::PlaceReservationService;
using economy::v1::TrainingPlaceService;
using education::v1::PlaceEnrolmentService;
using ::puente::testing::Becomes;
using ::puente::testing::Called;
using ::puente::testing::Database;
using ::puente::testing::HostedModule;
using v1::ActService;
using v1::CouncilService;

inline constexpr char kPlace[] = "companies/acme/trainingPlaces/one";

inline absl::CivilDay InDays(int days) { return LegalDay(absl::Now()) + days; }

class Placing : public ::testing::Test {
 protected:
  using Acts = ActService::Stub;
  using Seats = PlaceReservationService::Stub;
  using Enrolments = PlaceEnrolmentService::Stub;

  Placing()
      : education_schema_(Database::Shared().NewSchema(education::Education().migrations)),
        economy_schema_(Database::Shared().NewSchema(economy::Economy().migrations)),
        gateway_schema_(Database::Shared().NewSchema(Gateway().migrations)),
        education_(education::Education(), education_schema_, "gateway"),
        economy_(economy::Economy(), economy_schema_, "gateway"),
        gateway_(std::in_place, GatewayTo(education_.channel(), economy_.channel()),
                 gateway_schema_, "organization/a"),
        company_(economy::Economy(), economy_schema_, "company/acme"),
        at_company_(education::Education(), education_schema_, "company/acme"),
        school_(economy::Economy(), economy_schema_, "organization/a"),
        at_school_(education::Education(), education_schema_, "organization/a",
                   puente::testing::WithProfiles("education")),
        acts_(ActService::NewStub(gateway_->channel())),
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
    Offer("one", 1);
  }

  // A place of these seats; its name.
  std::string Offer(const std::string& id, int seats) {
    auto places = TrainingPlaceService::NewStub(company_.channel());
    economy::v1::CreateTrainingPlaceRequest offer;
    offer.set_parent("companies/acme");
    offer.set_training_place_id(id);
    economy::v1::TrainingPlace& place = *offer.mutable_training_place();
    place.set_title_es("Soldadura");
    place.set_state_code("11");
    *place.mutable_start_date() = ToProto(InDays(0));
    *place.mutable_end_date() = ToProto(InDays(60));
    place.set_seat_count(seats);
    place.set_weekly_hours(40);
    EXPECT_OK(Called(*places, &TrainingPlaceService::Stub::CreateTrainingPlace, offer));
    return "companies/acme/trainingPlaces/" + id;
  }

  std::string Register(
      const std::string& identifier, const std::string& names,
      education::v1::PersonIdentifierScheme scheme = education::v1::PERSON_IDENTIFIER_SCHEME_CURP) {
    auto learners = education::v1::LearnerService::NewStub(at_school_.channel());
    education::v1::RegisterLearnerRequest request;
    request.set_parent("organizations/a");
    education::v1::Learner& learner = *request.mutable_learner();
    learner.set_identifier_scheme(scheme);
    learner.set_identifier(identifier);
    if (scheme != education::v1::PERSON_IDENTIFIER_SCHEME_CURP) {
      *learner.mutable_birth_date() = ToProto(absl::CivilDay(2000, 1, 31));
    }
    learner.set_given_names(names);
    learner.set_first_surname("López");
    learner.set_sex(education::v1::SEX_WOMAN);
    learner.set_state_code("11");
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
    auto council = CouncilService::NewStub(gateway_->channel());
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
  std::optional<HostedModule> gateway_;
  HostedModule company_, at_company_, school_;
  HostedModule at_school_;  // which loads files
  const std::unique_ptr<Acts> acts_;
  const std::unique_ptr<Seats> seats_, own_seats_;
  const std::unique_ptr<Enrolments> enrolments_, own_enrolments_;
};

}  // namespace puente::gateway
