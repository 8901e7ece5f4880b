#include "modules/education/national_profiles/rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/agencies/bundled.h"
#include "tests/education/requests.h"

namespace puente::education {
namespace {

using ::puente::testing::BundledRequests;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Check = v1::ProfileCheck;

v1::ProfileRequirement Requirement(const std::string& field, Check check,
                                   const std::vector<std::string>& values = {}, int min = 0,
                                   int max = 0) {
  v1::ProfileRequirement requirement;
  requirement.set_rule("RULE");
  requirement.set_field(field);
  requirement.set_check(check);
  if (check == v1::PROFILE_CHECK_MATCHES) {
    requirement.set_pattern(values.at(0));
  } else {
    requirement.mutable_values()->Assign(values.begin(), values.end());
  }
  requirement.set_min(min);
  requirement.set_max(max);
  requirement.set_remedy_es("Corrija.");
  requirement.set_remedy_en("Correct it.");
  return requirement;
}

v1::NationalProfile Profile(const v1::ProfileRequirement& requirement) {
  v1::NationalProfile profile;
  profile.set_name("nationalProfiles/p");
  *profile.add_requirements() = requirement;
  return profile;
}

// Outcomes of 30 and no hours, 40 in all, without level or English title.
v1::MicrocredentialVersion Version() {
  v1::MicrocredentialVersion version =
      testing::NewMicrocredential("welding", 1).microcredential_version();
  v1::LearningOutcome& outcome = *version.add_outcomes();
  outcome.set_statement("Inspecciona.");
  outcome.add_skills("skills/quality-control");
  return version;
}

// "field value" of each.
std::vector<std::string> Departures(const v1::ProfileReport& report) {
  std::vector<std::string> departures;
  for (const auto& one : report.departures()) {
    departures.push_back(absl::StrCat(one.field(), " ", one.value()));
  }
  return departures;
}

TEST(NationalProfile, SaysEveryDeparture) {
  const auto kPresent = v1::PROFILE_CHECK_PRESENT, kOneOf = v1::PROFILE_CHECK_ONE_OF,
             kMatches = v1::PROFILE_CHECK_MATCHES, kBetween = v1::PROFILE_CHECK_BETWEEN;
  const struct {
    v1::ProfileRequirement requirement;
    std::vector<std::string> departures;
  } cases[] = {
      {Requirement("title_es", kPresent), {}},
      {Requirement("title_en", kPresent), {"title_en "}},
      {Requirement("issue_date", kPresent), {}},
      {Requirement("review_date", kPresent), {"review_date "}},
      {Requirement("parts", kPresent), {"parts "}},
      {Requirement("outcomes.hours", kPresent), {"outcomes[1].hours "}},
      {Requirement("country_code", kOneOf, {"US", "MX"}), {}},
      {Requirement("country_code", kOneOf, {"US"}), {"country_code \"MX\""}},
      {Requirement("level", kOneOf, {"mnc:4"}), {"level "}},
      {Requirement("assessment_type", kOneOf, {"ASSESSMENT_TYPE_PERFORMANCE"}), {}},
      {Requirement("assessment_type", kOneOf, {"ASSESSMENT_TYPE_PROJECT"}),
       {"assessment_type \"ASSESSMENT_TYPE_PERFORMANCE\""}},
      {Requirement("outcomes.skills", kOneOf, {"skills/welding"}),
       {"outcomes[1].skills [\"skills/quality-control\"]"}},
      {Requirement("quality_assurance", kMatches, {"conocer:EC[0-9]{4}\\.[0-9]{2}"}), {}},
      {Requirement("quality_assurance", kMatches, {"conocer"}),
       {"quality_assurance \"conocer:EC0217.01\""}},
      {Requirement("level", kMatches, {"(mnc:[1-8])?"}), {}},
      {Requirement("level", kMatches, {"mnc:[1-8]"}), {"level "}},
      {Requirement("workload_hours", kBetween, {}, 40, 40), {}},
      {Requirement("workload_hours", kBetween, {}, 41, 600), {"workload_hours 40"}},
      {Requirement("workload_hours", kBetween, {}, 0, 39), {"workload_hours 40"}},
      {Requirement("outcomes", kBetween, {}, 1, 2), {}},
      {Requirement("outcomes.hours", kBetween, {}, 1, 20),
       {"outcomes[0].hours 30", "outcomes[1].hours "}},
      {Requirement("causes.proposals", kBetween, {}, 1, 9), {"causes.proposals "}},
  };
  for (const auto& one : cases) {
    SCOPED_TRACE(one.requirement.ShortDebugString());
    const v1::NationalProfile profile = Profile(one.requirement);
    EXPECT_THAT(CheckRequirements(profile, "p"), IsEmpty());
    const v1::ProfileReport report = Report(profile, Version(), Locale::kEnglish);
    EXPECT_EQ(report.conforms(), one.departures.empty());
    for (const auto& departure : report.departures()) {
      EXPECT_EQ(departure.rule(), "RULE");
      EXPECT_EQ(departure.remedy(), "Correct it.");
    }
    EXPECT_EQ(Departures(report), one.departures);
  }
}

TEST(NationalProfile, TellsRemediesInTheCallersLanguage) {
  v1::NationalProfile profile = Profile(Requirement("title_en", v1::PROFILE_CHECK_PRESENT));
  EXPECT_EQ(Report(profile, Version(), Locale::kSpanish).departures(0).remedy(), "Corrija.");
  profile.mutable_requirements(0)->clear_remedy_en();
  EXPECT_EQ(Report(profile, Version(), Locale::kEnglish).departures(0).remedy(), "Corrija.");
}

TEST(NationalProfile, AsksForNothingThatNothingCouldBeHeldAgainst) {
  const auto kPresent = v1::PROFILE_CHECK_PRESENT, kOneOf = v1::PROFILE_CHECK_ONE_OF,
             kMatches = v1::PROFILE_CHECK_MATCHES, kBetween = v1::PROFILE_CHECK_BETWEEN;
  const struct {
    v1::ProfileRequirement requirement;
    const char *field, *rule;
  } cases[] = {
      {Requirement("nothing", kPresent), "field", "PROFILE_FIELD"},
      {Requirement("outcomes.nothing", kPresent), "field", "PROFILE_FIELD"},
      {Requirement("level.outcomes", kPresent), "field", "PROFILE_FIELD"},
      {Requirement("outcomes.", kPresent), "field", "PROFILE_FIELD"},
      {Requirement("outcomes", kMatches, {"x"}), "field", "PROFILE_FIELD"},
      {Requirement("workload_hours", kOneOf, {"40"}), "field", "PROFILE_FIELD"},
      {Requirement("level", kBetween, {}, 1, 2), "field", "PROFILE_FIELD"},
      {Requirement("level", kOneOf), "values", "REQUIRED"},
      {Requirement("level", kMatches, {"(mnc"}), "pattern", "PROFILE_PATTERN"},
      {Requirement("workload_hours", kBetween, {}, 2, 1), "max", "PROFILE_RANGE"},
  };
  for (const auto& one : cases) {
    SCOPED_TRACE(one.requirement.ShortDebugString());
    EXPECT_THAT(
        CheckRequirements(Profile(one.requirement), "p"),
        ElementsAre(::testing::AllOf(
            ::testing::Field(&Violation::field, absl::StrCat("p.requirements[0].", one.field)),
            ::testing::Field(&Violation::rule, one.rule))));
  }
}

TEST(NationalProfile, ThatIsBundledIsMarkedAsAProposal) {
  for (const auto& request : BundledRequests<v1::CreateNationalProfileRequest>(
           "data/education/3-national-profiles.json")) {
    EXPECT_EQ(request.national_profile().source(), "puente-proposal");
    EXPECT_THAT(CheckRequirements(request.national_profile(), "p"), IsEmpty());
    for (const auto& requirement : request.national_profile().requirements()) {
      EXPECT_FALSE(requirement.remedy_en().empty());
    }
  }
}

}  // namespace
}  // namespace puente::education
