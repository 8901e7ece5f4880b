#include "cli/facility_tables.h"

#include <gmock/gmock.h>

#include "tests/cli/fits.h"
#include "tests/cli/text_proto.h"

namespace puente::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

namespace v1 = education::v1;

TEST(FacilityTables, ShowWhenAFacilityIsOpen) {
  const auto list = Of<v1::ListFacilitiesResponse>(R"pb(
    facilities {
      name: "facilities/taller"
      state: FACILITY_STATE_OPEN
      owner: "organization/tecnologico-bajio-muestra"
      kind: FACILITY_KIND_LABORATORY
      title_es: "Laboratorio de soldadura y de pruebas no destructivas de uniones soldadas"
      title_en: "Welding laboratory"
      skills: "skills/welding"
      skills: "skills/quality-control"
      capacity: 500
      opens_minute: 0
      closes_minute: 1440
      weekdays: WEEKDAY_MONDAY
      weekdays: WEEKDAY_TUESDAY
      weekdays: WEEKDAY_WEDNESDAY
      weekdays: WEEKDAY_THURSDAY
      weekdays: WEEKDAY_FRIDAY
      weekdays: WEEKDAY_SATURDAY
      weekdays: WEEKDAY_SUNDAY
    }
  )pb");
  const std::string spanish =
      TableOfFacilities(Language::kSpanish, list.facilities()).Text(0, true);
  ExpectFits(spanish);
  EXPECT_THAT(spanish,
              AllOf(HasSubstr("laboratorio"), HasSubstr("00:00-24:00"),
                    HasSubstr("lu ma mi ju vi sá do"), HasSubstr("welding, quality-control")));
  const std::string english =
      TableOfFacilities(Language::kEnglish, list.facilities()).Text(0, true);
  ExpectFits(english);
  EXPECT_THAT(english, HasSubstr("Welding laboratory (organization/tecnologico-bajio-muestra)\n"));
}

TEST(FacilityTables, ShowWhoElseHasABookingOrAnAgreement) {
  const auto bookings = Of<v1::ListFacilityBookingsResponse>(R"pb(
    facility_bookings {
      name: "facilityBookings/3b2f1d8e-6a4c-4f0e-9d57-0c1b2a394857"
      state: FACILITY_BOOKING_STATE_CANCELLED
      facility: "facilities/taller"
      booker: "organization/guest"
      host: "company/acme"
      begin_date { year: 2027 month: 1 day: 31 }
      end_date { year: 2027 month: 2 day: 6 }
      start_minute: 480
      end_minute: 615
      seats: 500
      purpose: BOOKING_PURPOSE_TEACHER_TRAINING
    }
    facility_bookings { booker: "company/acme" host: "company/acme" }
  )pb");
  const auto text = [&](Language language, const char* own) {
    return TableOfBookings(language, bookings.facility_bookings(), own).Text(0, true);
  };
  ExpectFits(text(Language::kSpanish, "company/acme"));
  EXPECT_THAT(text(Language::kSpanish, "company/acme"),
              AllOf(HasSubstr("cancelada"), HasSubstr("08:00-10:15"),
                    HasSubstr("    organization/guest\n"), Not(HasSubstr("company/acme"))));
  EXPECT_THAT(text(Language::kEnglish, "organization/guest"), HasSubstr("    company/acme\n"));
  const auto shared = Of<v1::ListSharingAgreementsResponse>(R"pb(
    sharing_agreements {
      name: "sharingAgreements/3b2f1d8e-6a4c-4f0e-9d57-0c1b2a394857"
      state: SHARING_AGREEMENT_STATE_REFUSED
      facility: "facilities/taller"
      host: "company/acme"
      guest: "organization/a-school-whose-id-is-as-long-as-one-may-be"
      begin_date { year: 2027 month: 1 day: 31 }
      end_date { year: 2027 month: 2 day: 6 }
      weekly_minutes_most: 10080
    }
  )pb");
  for (const Language language : {Language::kSpanish, Language::kEnglish}) {
    const std::string table =
        TableOfSharing(language, shared.sharing_agreements(), "company/acme").Text(0, true);
    ExpectFits(table);
    EXPECT_THAT(table, AllOf(HasSubstr("a-school-whose-id"), HasSubstr("168 h"),
                             HasSubstr("facilities/taller (company/acme)")));
  }
}

TEST(FacilityTables, ShowTeachersByTheirPseudonyms) {
  const auto teachers = Of<v1::ListTeachersResponse>(R"pb(
    teachers {
      name: "organizations/utt/teachers/3b2f1d8e-6a4c-4f0e-9d57-0c1b2a394857"
      state: TEACHER_STATE_ACTIVE
      programs: "programs/ingenieria-en-mecatronica"
      programs: "programs/mantenimiento-industrial"
      skills: "skills/welding"
    }
  )pb");
  const auto trainings = Of<v1::ListTeacherTrainingsResponse>(R"pb(
    teacher_trainings {
      name: "organizations/utt/teacherTrainings/9d570c1b-6a4c-4f0e-9d57-3b2f1d8e4857"
      teacher: "organizations/utt/teachers/3b2f1d8e-6a4c-4f0e-9d57-0c1b2a394857"
      state: TEACHER_TRAINING_STATE_VOIDED
      kind: TRAINING_KIND_STAY_IN_COMPANY
      company: "companies/armadora-de-vehiculos"
      skill: "skills/a-skill-whose-id-is-as-long-as-one-may-be"
      hours: 2000
      end_date { year: 2027 month: 1 day: 31 }
    }
  )pb");
  for (const Language language : {Language::kSpanish, Language::kEnglish}) {
    ExpectFits(TableOfTeachers(language, teachers.teachers()).Text(0, true));
    const std::string text =
        TableOfTrainings(language, trainings.teacher_trainings()).Text(0, true);
    ExpectFits(text);
    EXPECT_THAT(text, AllOf(HasSubstr("2,000"), HasSubstr("armadora"),
                            HasSubstr("3b2f1d8e-6a4c-4f0e-9d57-0c1b2a394857")));
  }
}

TEST(FacilityTables, SayAShareOrWhyItIsNotTold) {
  const auto shown = Of<v1::GetTeacherCoverageResponse>(R"pb(
    state: TEACHER_COVERAGE_STATE_SHOWN
    teacher_rule: "teacherRules/muestra"
    day { year: 2026 month: 11 day: 30 }
    teacher_count: 12
    up_to_date_count: 9
    share_basis_points: 7500
  )pb");
  EXPECT_EQ(CoverageText(Language::kEnglish, shown),
            "9 of 12 teachers are up to date (75.0 %), 2026-11-30, by the rule muestra");
  EXPECT_EQ(CoverageText(Language::kSpanish, shown),
            "9 de 12 docentes están al día (75.0 %), 2026-11-30, según la regla muestra");
  for (const Language language : {Language::kSpanish, Language::kEnglish}) {
    const auto hidden = Of<v1::GetTeacherCoverageResponse>("state: TEACHER_COVERAGE_STATE_HIDDEN");
    ExpectFits(CoverageText(language, hidden));
    EXPECT_NE(CoverageText(language, hidden),
              CoverageText(language, Of<v1::GetTeacherCoverageResponse>(
                                         "state: TEACHER_COVERAGE_STATE_NONE")));
  }
}

}  // namespace
}  // namespace puente::cli
