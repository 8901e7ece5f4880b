#include "modules/education/organizations/rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "modules/education/credit_rules/rules.h"
#include "modules/education/errors.h"
#include "modules/education/outcomes.h"
#include "modules/education/program_versions/rules.h"
#include "puente/education/v1/microcredential.pb.h"
#include "tests/testing/status.h"

namespace puente::education {
namespace {

using ::puente::testing::HasReason;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;
using ::testing::SizeIs;

v1::MicrocredentialVersion Draft(std::vector<int> hours, int workload) {
  v1::MicrocredentialVersion version;
  version.set_name("microcredentials/welding-tig/versions/1");
  version.set_state(v1::MICROCREDENTIAL_STATE_DRAFT);
  version.set_workload_hours(workload);
  for (const int one : hours) version.add_outcomes()->set_hours(one);
  return version;
}

TEST(Hours, AddUpToAtMostTheWorkload) {
  EXPECT_THAT(CheckHours(Draft({}, 10), "v"), IsEmpty());
  EXPECT_THAT(CheckHours(Draft({4, 5}, 10), "v"), IsEmpty());
  EXPECT_THAT(CheckHours(Draft({5, 5}, 10), "v"), IsEmpty());
  EXPECT_THAT(CheckHours(Draft({5, 6}, 10), "v"),
              ElementsAre(Field(&Violation::rule, "HOURS_OVER_WORKLOAD")));
}

TEST(Skills, CountOnceAVersion) {
  v1::MicrocredentialVersion version;
  for (const char* skill : {"skills/b", "skills/a"}) version.add_outcomes()->add_skills(skill);
  version.add_outcomes()->add_skills("skills/a");
  EXPECT_THAT(SkillsOf(version), ElementsAre("skills/a", "skills/b"));
}

TEST(Registration, IsAppliedForByPrivateOrganizations) {
  EXPECT_EQ(FirstState(v1::ORGANIZATION_CONTROL_PUBLIC), v1::ORGANIZATION_STATE_REGISTERED);
  EXPECT_EQ(FirstState(v1::ORGANIZATION_CONTROL_PRIVATE), v1::ORGANIZATION_STATE_APPLIED);
}

TEST(Identifiers, AreOfLegalPersons) {
  v1::Organization organization;
  const auto add = [&](v1::IdentifierScheme scheme, const char* value) {
    v1::OrganizationIdentifier* added = organization.add_identifiers();
    added->set_scheme(scheme);
    added->set_value(value);
  };
  add(v1::IDENTIFIER_SCHEME_RFC, "MAB9307148T4");
  add(v1::IDENTIFIER_SCHEME_DGP, "090012");
  EXPECT_THAT(CheckIdentifiers(organization, "o"), IsEmpty());
  add(v1::IDENTIFIER_SCHEME_RFC, "GODE561231GR8");  // of a natural person
  EXPECT_THAT(CheckIdentifiers(organization, "o"),
              ElementsAre(Field(&Violation::rule, "LEGAL_ENTITY_RFC")));
}

TEST(Credits, AreTenThousandthsRoundedHalfUp) {
  EXPECT_EQ(CreditsE4(18, 16), 11'250);  // the example of the domain
  EXPECT_EQ(CreditsE4(16, 16), 10'000);
  EXPECT_EQ(CreditsE4(1, 3), 3'333);
  EXPECT_EQ(CreditsE4(2, 3), 6'667);
  EXPECT_EQ(CreditsE4(1, 16), 625);
  EXPECT_EQ(CreditsE4(20'000, 1), 200'000'000);
}

v1::ProgramVersion Program(std::vector<std::pair<const char*, int>> outcomes, int workload) {
  v1::ProgramVersion version;
  version.set_workload_hours(workload);
  for (const auto& [code, hours] : outcomes) {
    v1::ProgramOutcome* outcome = version.add_outcomes();
    outcome->set_code(code);
    outcome->set_hours(hours);
  }
  return version;
}

TEST(Program, IsCheckedAsAWhole) {
  EXPECT_THAT(CheckProgram(Program({{"a", 5}, {"b", 5}}, 10), "p"), IsEmpty());
  EXPECT_THAT(CheckProgram(Program({{"a", 5}, {"a", 6}}, 10), "p"),
              ElementsAre(Field(&Violation::rule, "HOURS_OVER_WORKLOAD")));
  v1::ProgramVersion version = Program({}, 10);
  for (const char* period : {"2027", "2027-2028", "2027-2029"}) {
    version.add_seats()->set_period(period);
  }
  EXPECT_THAT(CheckProgram(version, "p"),
              ElementsAre(Field(&Violation::field, "p.seats[2].period")));
}

TEST(Seats, StandOnceForAPeriodAndACampusOfTheOrganization) {
  v1::ProgramVersion version = Program({}, 10);
  version.set_organization("organizations/a");
  const auto add = [&](const char* period, const char* campus) {
    v1::ProgramSeats& seats = *version.add_seats();
    seats.set_period(period);
    seats.set_campus(campus);
  };
  add("2027", "organizations/a/campuses/one");
  add("2027", "organizations/a/campuses/two");
  add("2028", "organizations/a/campuses/one");
  EXPECT_THAT(CheckProgram(version, "p"), IsEmpty());
  add("2027", "organizations/a/campuses/one");
  add("2029", "organizations/ab/campuses/one");
  const auto violations = CheckProgram(version, "p");
  ASSERT_THAT(violations, SizeIs(2));
  EXPECT_EQ(violations[0].field, "p.seats[3]");
  EXPECT_EQ(violations[0].rule, "UNIQUE");
  EXPECT_EQ(violations[1].field, "p.seats[4].campus");
  EXPECT_EQ(violations[1].rule, "CAMPUS_OF_ANOTHER");
}

TEST(Seats, TimesTheSkillsAreNotMoreFiguresThanAPublicationWrites) {
  v1::ProgramVersion version = Program({{"one", 1}, {"two", 1}}, 10);
  version.set_organization("organizations/a");
  for (int skill = 0; skill < 50; ++skill) {
    version.mutable_outcomes(skill % 2)->add_skills(absl::StrCat("skills/s", skill));
    version.mutable_outcomes(skill % 2)->add_skills("skills/s0");  // counts once
  }
  for (int i = 0; i < 100; ++i) {
    v1::ProgramSeats& seats = *version.add_seats();
    seats.set_period("2027");
    seats.set_campus(absl::StrCat("organizations/a/campuses/c", i));
  }
  EXPECT_THAT(CheckProgram(version, "p"), IsEmpty()) << "5,000";
  version.mutable_outcomes(0)->add_skills("skills/more");
  const auto violations = CheckProgram(version, "p");
  ASSERT_THAT(violations, SizeIs(1));
  EXPECT_EQ(violations[0].field, "p.seats");
  EXPECT_EQ(violations[0].rule, "TOO_MANY_FIGURES");
}

TEST(Diff, MatchesOutcomesByCodeAndLeavesOutWhatTheServerSets) {
  v1::ProgramVersion from = Program({{"keep", 1}, {"gone", 2}, {"changed", 3}}, 10);
  v1::ProgramVersion to = Program({{"changed", 4}, {"new", 5}, {"keep", 1}}, 12);
  from.set_name("programs/p/versions/1");
  to.set_name("programs/p/versions/2");
  to.set_credits_e4(7);
  to.set_etag("v9");
  to.set_title_es("Otro");
  const v1::ProgramVersionDiff diff = Diff(from, to);
  EXPECT_EQ(diff.from_version(), from.name());
  EXPECT_EQ(diff.to_version(), to.name());
  ASSERT_EQ(diff.added_outcomes_size(), 1);
  EXPECT_EQ(diff.added_outcomes(0).code(), "new");
  ASSERT_EQ(diff.removed_outcomes_size(), 1);
  EXPECT_EQ(diff.removed_outcomes(0).code(), "gone");
  ASSERT_EQ(diff.changed_outcomes_size(), 1);
  EXPECT_EQ(diff.changed_outcomes(0).before().hours(), 3);
  EXPECT_EQ(diff.changed_outcomes(0).after().hours(), 4);
  ASSERT_EQ(diff.changed_fields_size(), 2);
  EXPECT_EQ(diff.changed_fields(0).field(), "title_es");
  EXPECT_EQ(diff.changed_fields(0).before(), "");
  EXPECT_EQ(diff.changed_fields(0).after(), "\"Otro\"");
  EXPECT_EQ(diff.changed_fields(1).field(), "workload_hours");
  EXPECT_EQ(diff.changed_fields(1).before(), "10");
  EXPECT_EQ(diff.changed_fields(1).after(), "12");
  EXPECT_EQ(Diff(to, to).changed_fields_size(), 0);
}

}  // namespace
}  // namespace puente::education
