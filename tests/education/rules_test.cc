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

TEST(VersionName, HasOneSpelling) {
  struct Case {
    const char* name;
    const char* text;
    int number;  // 0: refused
  };
  for (const Case& c : std::vector<Case>{
           {"first", "microcredentials/welding-tig/versions/1", 1},
           {"last", "microcredentials/welding-tig/versions/999999", 999999},
           {"leading zero", "microcredentials/welding-tig/versions/01", 0},
           {"zero", "microcredentials/welding-tig/versions/0", 0},
           {"with a letter", "microcredentials/welding-tig/versions/1a", 0},
           {"too large", "microcredentials/welding-tig/versions/1000000", 0},
           {"overflow", "microcredentials/welding-tig/versions/99999999999999999999", 0},
           {"no version", "microcredentials/welding-tig", 0},
           {"wildcard", "microcredentials/-/versions/1", 0}}) {
    SCOPED_TRACE(c.name);
    const auto parsed = VersionName::Parse(c.text, "name");
    if (c.number == 0) {
      EXPECT_THAT(parsed, HasReason("INVALID_NAME"));
      continue;
    }
    ASSERT_OK(parsed);
    EXPECT_EQ(parsed->number, c.number);
    EXPECT_EQ(parsed->microcredential, "welding-tig");
    EXPECT_EQ(parsed->Format(), c.text);
  }
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
