#include "modules/education/microcredentials/rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/testing/status.h"

namespace puente::education {
namespace {

using ::puente::testing::HasReason;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;

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

TEST(VersionNumbers, HaveNoGaps) {
  struct Case {
    const char* name;
    int number;
    int last;
    const char* reason;
  };
  for (const Case& c :
       std::vector<Case>{{"the first", 1, 0, ""},
                         {"the second before the first", 2, 0, "MICROCREDENTIAL_VERSION_NOT_NEXT"},
                         {"the next", 4, 3, ""},
                         {"again", 3, 3, "MICROCREDENTIAL_VERSION_ALREADY_EXISTS"},
                         {"an old one", 1, 3, "MICROCREDENTIAL_VERSION_ALREADY_EXISTS"},
                         {"one left out", 5, 3, "MICROCREDENTIAL_VERSION_NOT_NEXT"}}) {
    SCOPED_TRACE(c.name);
    EXPECT_EQ(Reason(CheckNext({"welding-tig", c.number}, c.last)), c.reason);
  }
}

TEST(Draft, IsPublishedOnce) {
  const absl::Time now = absl::FromUnixMicros(1'800'000'000'123'456);
  ASSERT_OK_AND_ASSIGN(const auto published, Publish(Draft({5}, 5), now));
  EXPECT_EQ(published.state(), v1::MICROCREDENTIAL_STATE_PUBLISHED);
  EXPECT_EQ(published.publish_time().seconds(), 1'800'000'000);
  EXPECT_EQ(published.publish_time().nanos(), 123'456'000);
  EXPECT_THAT(Publish(published, now), HasReason("MICROCREDENTIAL_VERSION_NOT_DRAFT"));
}

TEST(Skills, CountOnceAVersion) {
  v1::MicrocredentialVersion version;
  for (const char* skill : {"skills/b", "skills/a"}) version.add_outcomes()->add_skills(skill);
  version.add_outcomes()->add_skills("skills/a");
  EXPECT_THAT(SkillsOf(version), ElementsAre("skills/a", "skills/b"));
}

}  // namespace
}  // namespace puente::education
