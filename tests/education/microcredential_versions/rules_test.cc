#include "modules/education/microcredential_versions/rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "modules/education/microcredential_versions/equivalence.h"
#include "tests/education/requests.h"

namespace puente::education {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

v1::LearningOutcome Outcome(const std::string& statement, const std::vector<std::string>& skills,
                            int hours) {
  v1::LearningOutcome outcome;
  outcome.set_statement(statement);
  outcome.mutable_skills()->Assign(skills.begin(), skills.end());
  outcome.set_hours(hours);
  return outcome;
}

v1::MicrocredentialVersion Welding() {
  v1::MicrocredentialVersion version =
      testing::NewMicrocredential("welding", 1).microcredential_version();
  version.clear_outcomes();
  *version.add_outcomes() = Outcome("Suelda.", {"skills/b", "skills/a"}, 30);
  *version.add_outcomes() = Outcome("Inspecciona.", {"skills/c"}, 10);
  version.set_level("mnc:4");
  version.add_parts("microcredentials/y/versions/1");
  version.add_parts("microcredentials/x/versions/1");
  return version;
}

// "field value|other_value" of each.
std::vector<std::string> Differences(const v1::MicrocredentialComparison& comparison) {
  std::vector<std::string> differences;
  for (const auto& one : comparison.differences()) {
    differences.push_back(one.field() + " " + one.value() + "|" + one.other_value());
  }
  return differences;
}

TEST(Comparison, SaysWhatDiffersInWhatACertificationRestsOn) {
  const std::string welds =
                        R"({"statement":"Suelda.","skills":["skills/a","skills/b"],"hours":30})",
                    inspects = R"({"statement":"Inspecciona.","skills":["skills/c"],"hours":10})";
  using Version = v1::MicrocredentialVersion;
  const struct {
    const char* what;
    std::function<void(Version&)> change;
    std::vector<std::string> differences;
  } cases[] = {
      {"nothing", [](Version&) {}, {}},
      {"texts that others read", [](Version& v) { v.set_title_es("Otra"); }, {}},
      {"the order of outcomes", [](Version& v) { v.mutable_outcomes()->SwapElements(0, 1); }, {}},
      {"the order of skills",
       [](Version& v) { v.mutable_outcomes(0)->mutable_skills()->SwapElements(0, 1); },
       {}},
      {"a skill twice", [](Version& v) { v.mutable_outcomes(0)->add_skills("skills/a"); }, {}},
      {"a text of an outcome",
       [](Version& v) { v.mutable_outcomes(1)->set_statement("Revisa."); },
       {"outcomes " + inspects + "|",
        R"(outcomes |{"statement":"Revisa.","skills":["skills/c"],"hours":10})"}},
      {"skills of an outcome",
       [](Version& v) { v.mutable_outcomes(1)->set_skills(0, "skills/d"); },
       {"outcomes " + inspects +
        R"(|{"statement":"Inspecciona.","skills":["skills/d"],"hours":10})"}},
      {"hours of an outcome",
       [](Version& v) { v.mutable_outcomes(1)->set_hours(9); },
       {"outcomes " + inspects +
        R"(|{"statement":"Inspecciona.","skills":["skills/c"],"hours":9})"}},
      {"an outcome less",
       [](Version& v) { v.mutable_outcomes()->RemoveLast(); },
       {"outcomes " + inspects + "|"}},
      {"an outcome more",
       [](Version& v) { *v.add_outcomes() = Outcome("Pule.", {"skills/e"}, 0); },
       {R"(outcomes |{"statement":"Pule.","skills":["skills/e"]})"}},
      {"the same outcome twice",
       [](Version& v) { *v.add_outcomes() = v.outcomes(0); },
       {"outcomes |" + welds}},
      {"workload", [](Version& v) { v.set_workload_hours(41); }, {"workload_hours 40|41"}},
      {"a level less", [](Version& v) { v.clear_level(); }, {R"(level "mnc:4"|)"}},
      {"the order of parts", [](Version& v) { v.mutable_parts()->SwapElements(0, 1); }, {}},
      {"a part less",
       [](Version& v) { v.mutable_parts()->RemoveLast(); },
       {R"(parts ["microcredentials/x/versions/1","microcredentials/y/versions/1"])"
        R"(|["microcredentials/y/versions/1"])"}},
      {"a prerequisite more",
       [](Version& v) { v.add_prerequisites("microcredentials/z/versions/1"); },
       {R"(prerequisites |["microcredentials/z/versions/1"])"}},
      {"assessment",
       [](Version& v) { v.set_assessment_type(v1::ASSESSMENT_TYPE_PROJECT); },
       {R"(assessment_type "ASSESSMENT_TYPE_PERFORMANCE"|"ASSESSMENT_TYPE_PROJECT")"}},
  };
  for (const auto& one : cases) {
    SCOPED_TRACE(one.what);
    v1::MicrocredentialVersion other = Welding();
    one.change(other);
    const v1::MicrocredentialComparison comparison = Compare(Welding(), other);
    EXPECT_EQ(Differences(comparison), one.differences);
    EXPECT_EQ(comparison.equal(), one.differences.empty());
    EXPECT_EQ(Compare(other, Welding()).differences_size(), comparison.differences_size());
  }
}

TEST(Organization, IsTheSameInEveryVersion) {
  v1::MicrocredentialVersion first, next;
  EXPECT_THAT(CheckSameOrganization(first, next, "v"), IsEmpty());
  next.set_organization("organizations/a");
  EXPECT_THAT(CheckSameOrganization(first, next, "v"),
              ElementsAre(::testing::Field(&Violation::field, "v.organization")));
  first.set_organization("organizations/a");
  EXPECT_THAT(CheckSameOrganization(first, next, "v"), IsEmpty());
}

TEST(Nearness, IsOfSkillsHoursAndLevels) {
  const struct {
    Outcomes one, other;
    int64_t nearness_e4;
  } cases[] = {
      {{{"a", "b"}, 40, "mnc:4"}, {{"a", "b"}, 40, "mnc:4"}, 10'000},
      {{{"a", "b"}, 40, ""}, {{"b", "c"}, 40, ""}, 3'333},
      {{{"a"}, 40, ""}, {{"b"}, 40, ""}, 0},
      {{{}, 40, ""}, {{}, 40, ""}, 0},
      {{{"a"}, 30, ""}, {{"a"}, 40, ""}, 7'500},
      {{{"a", "b", "c", "d"}, 30, ""}, {{"a", "b", "c", "d", "e"}, 40, ""}, 6'000},
      {{{"a"}, 40, ""}, {{"a"}, 0, ""}, 10'000},
      {{{"a"}, 40, "mnc:4"}, {{"a"}, 40, "mnc:5"}, 0},
      {{{"a"}, 40, "mnc:4"}, {{"a"}, 40, ""}, 10'000},
      {{{"a"}, 40, "mnc:4"}, {{"a"}, 40, "conocer:5"}, 10'000},
      {{{"a"}, 1, ""}, {{"a"}, 2000, ""}, 5},
  };
  for (const auto& one : cases) {
    EXPECT_EQ(NearnessE4(one.one, one.other), one.nearness_e4);
    EXPECT_EQ(NearnessE4(one.other, one.one), one.nearness_e4) << "both ways round";
  }
}

// Whatever skills of `asked` are looked up, what has none of them is too far away.
TEST(Nearness, NeedsOneOfTheSkillsThatAreLookedUp) {
  for (size_t size = 1; size <= 100; ++size) {
    Outcomes asked, other;
    for (size_t i = 0; i < size; ++i) {
      asked.skills.insert(std::to_string(i));
      if (i >= SkillsToLookUp(size)) other.skills.insert(std::to_string(i));
    }
    EXPECT_LT(NearnessE4(asked, other), kEquivalentE4) << size;
    ASSERT_GE(SkillsToLookUp(size), 1u);
    other.skills.insert(std::to_string(SkillsToLookUp(size) - 1));
    EXPECT_GE(NearnessE4(asked, other), kEquivalentE4) << size << ": one less would not do";
  }
  EXPECT_EQ(SkillsToLookUp(0), 0u);
}

}  // namespace
}  // namespace puente::education
