// What a certification body may do, by its entry in the register.
#include <gtest/gtest.h>

#include "common/context/values.h"
#include "gateway/certifiers/rules.h"

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
    EXPECT_EQ(Covers(certifier, c.version, c.day), c.covered);
  }
}

TEST(Certifiers, CertifyWhatIsInAnyOfTheirScopes) {
  v1::Certifier certifier;
  EXPECT_FALSE(Covers(certifier, "microcredentials/welding/versions/2", kFirst));
  *certifier.add_scopes() = Scope(1, false);
  *certifier.add_scopes() = Scope(2, false);
  certifier.mutable_scopes(1)->clear_end_date();  // without an end
  EXPECT_TRUE(Covers(certifier, "microcredentials/welding/versions/2", kLast + 1000));
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
