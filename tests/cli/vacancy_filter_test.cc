#include "cli/vacancy_filter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/cli/text_proto.h"

namespace puente::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(PrefixesInForce, LeavesOutTheCoveredAndTheLater) {
  const auto table = Of<economy::v1::SectorTable>(R"pb(
    scian_prefixes {
      prefix: "3363"
      effective_date { year: 2025 month: 1 day: 1 }
    }
    scian_prefixes {
      prefix: "336"
      effective_date { year: 2026 month: 6 day: 15 }
    }
    scian_prefixes {
      prefix: "3261"
      effective_date { year: 2025 month: 1 day: 1 }
    }
    scian_prefixes {
      prefix: "3261"
      effective_date { year: 2026 month: 1 day: 1 }
    }
    scian_prefixes {
      prefix: "32"
      effective_date { year: 2027 month: 1 day: 1 }
    }
  )pb");
  const auto on = [&](const char* date) {
    return PrefixesInForce(table, Of<google::type::Date>(date));
  };
  EXPECT_THAT(on("year: 2026 month: 6 day: 15"), ElementsAre("3261", "336"));
  EXPECT_THAT(on("year: 2026 month: 6 day: 14"), ElementsAre("3261", "3363"));
  EXPECT_THAT(on("year: 2027 month: 1 day: 1"), ElementsAre("32", "336"));
  EXPECT_THAT(on("year: 2024 month: 12 day: 31"), IsEmpty());
}

TEST(VacancyFilter, IsOneOfTheDeclaredOnes) {
  const auto real = type::v1::RECORD_KIND_REAL;
  EXPECT_EQ(VacancyFilter(real, "", labor::v1::OUTCOME_UNSPECIFIED, ""),
            "record_kind = RECORD_KIND_REAL AND state = VACANCY_STATE_OPEN");
  EXPECT_EQ(VacancyFilter(real, "05", labor::v1::OUTCOME_PASSED, ""),
            "record_kind = RECORD_KIND_REAL AND state = VACANCY_STATE_OPEN AND state_code = \"05\" "
            "AND verdict = OUTCOME_PASSED");
  EXPECT_EQ(VacancyFilter(real, "05", labor::v1::OUTCOME_UNSPECIFIED, "336"),
            "record_kind = RECORD_KIND_REAL AND state = VACANCY_STATE_OPEN AND state_code = \"05\" "
            "AND scian_class = \"336*\"");
}

TEST(VerdictOf, ReadsTheWords) {
  EXPECT_EQ(VerdictOf("passed"), labor::v1::OUTCOME_PASSED);
  EXPECT_EQ(VerdictOf("unknown"), labor::v1::OUTCOME_UNKNOWN);
  EXPECT_EQ(VerdictOf(""), labor::v1::OUTCOME_UNSPECIFIED);
}

}  // namespace
}  // namespace puente::cli
