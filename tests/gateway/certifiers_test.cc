// What a certification body may do, by its entry in the register.
#include <gtest/gtest.h>

#include "common/context/values.h"
#include "gateway/certifiers/rules.h"
#include "google/protobuf/text_format.h"

namespace puente::gateway {
namespace {

constexpr absl::CivilDay kFirst(2026, 1, 1);
constexpr absl::CivilDay kLast(2026, 12, 31);

v1::CertificationScope Scope(int first_version, bool later_versions) {
  v1::CertificationScope scope;
  scope.set_microcredential("microcredentials/welding");
  scope.set_first_version(first_version);
  scope.set_later_versions(later_versions);
  *scope.mutable_start_date() = ToProto(kFirst);
  *scope.mutable_end_date() = ToProto(kLast);
  return scope;
}

TEST(Certifiers, CertifyWhatIsInTheirScope) {
  struct Case {
    const char* name;
    int first_version;
    bool later_versions;
    const char* version;
    absl::CivilDay day;
    bool covered;
  };
  for (const Case& c : std::vector<Case>{
           {"the version named", 2, false, "microcredentials/welding/versions/2", kFirst, true},
           {"an earlier one", 2, true, "microcredentials/welding/versions/1", kFirst, false},
           {"a later one", 2, false, "microcredentials/welding/versions/3", kFirst, false},
           {"a later one of all", 2, true, "microcredentials/welding/versions/30", kFirst, true},
           {"0 means 1", 0, false, "microcredentials/welding/versions/1", kFirst, true},
           {"another that begins alike", 1, true, "microcredentials/welding-tig/versions/1", kFirst,
            false},
           {"no version", 1, true, "microcredentials/welding/versions/x", kFirst, false},
           {"the last day", 1, true, "microcredentials/welding/versions/1", kLast, true},
           {"the day before", 1, true, "microcredentials/welding/versions/1", kFirst - 1, false},
           {"the day after", 1, true, "microcredentials/welding/versions/1", kLast + 1, false}}) {
    SCOPED_TRACE(c.name);
    v1::Certifier certifier;
    *certifier.add_scopes() = Scope(c.first_version, c.later_versions);
    EXPECT_EQ(MayCover(certifier, c.version, c.day), c.covered);
  }
}

TEST(Certifiers, CertifyWhatIsInAnyOfTheirScopes) {
  v1::Certifier certifier;
  EXPECT_FALSE(MayCover(certifier, "microcredentials/welding/versions/2", kFirst));
  *certifier.add_scopes() = Scope(1, false);
  *certifier.add_scopes() = Scope(2, false);
  certifier.mutable_scopes(1)->clear_end_date();  // without an end
  EXPECT_TRUE(MayCover(certifier, "microcredentials/welding/versions/2", kLast + 1000));
}

TEST(Certifiers, CertifyByLevelAndStandardWhatAVersionSaysAndInWhichStates) {
  using States = std::optional<std::set<std::string>>;
  const auto everywhere = [] { return States(std::set<std::string>()); };
  education::v1::MicrocredentialVersion version;
  version.set_name("microcredentials/welding/versions/2");
  version.set_level("conocer:2");
  version.add_competence_standards("competenceStandards/ec0076");
  struct Case {
    const char* name;
    std::vector<const char*> scopes;
    States states;
  };
  constexpr char kLevel[] = "level: 'conocer:2'";
  constexpr char kElsewhere[] = "level: 'conocer:2' state_codes: '14' state_codes: '11'";
  for (const Case& c : std::vector<Case>{
           {"none", {}, std::nullopt},
           {"its level", {kLevel}, everywhere()},
           {"another level", {"level: 'conocer:3'"}, std::nullopt},
           {"its standard", {"competence_standard: 'competenceStandards/ec0076'"}, everywhere()},
           {"another standard",
            {"competence_standard: 'competenceStandards/ec0077'"},
            std::nullopt},
           {"its standard at another level",
            {"competence_standard: 'competenceStandards/ec0076' level: 'mnc:4'"},
            std::nullopt},
           {"this version at its level",
            {"microcredential: 'microcredentials/welding' first_version: 2 level: 'conocer:2'"},
            everywhere()},
           {"another version at its level",
            {"microcredential: 'microcredentials/welding' first_version: 1 level: 'conocer:2'"},
            std::nullopt},
           {"in two states", {kElsewhere}, States({"11", "14"})},
           {"in the states of both",
            {kElsewhere, "level: 'conocer:2' state_codes: '09'"},
            States({"09", "11", "14"})},
           {"in the whole country by one of them", {kElsewhere, kLevel}, everywhere()}}) {
    SCOPED_TRACE(c.name);
    v1::Certifier certifier;
    for (const char* scope : c.scopes) {
      ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(scope, certifier.add_scopes()));
      *certifier.mutable_scopes()->rbegin()->mutable_start_date() = ToProto(kFirst);
    }
    EXPECT_EQ(StatesCovered(certifier, version, kFirst), c.states);
    EXPECT_EQ(StatesCovered(certifier, version, kFirst - 1), std::nullopt);
  }
}

TEST(Certifiers, SayTowardsWhomTheyAreNotImpartialAndHowLongTheyTake) {
  v1::Certifier certifier;
  certifier.add_conflicts("organizations/a");
  EXPECT_TRUE(HasConflict(certifier, "organizations/a"));
  EXPECT_FALSE(HasConflict(certifier, "organizations/ab"));
  EXPECT_EQ(ReviewDays(certifier), 60);
  certifier.set_review_days(15);
  EXPECT_EQ(ReviewDays(certifier), 15);
}

}  // namespace
}  // namespace puente::gateway
