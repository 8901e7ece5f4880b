#include "cli/flatten.h"

#include <gtest/gtest.h>

#include "puente/economy/v1/demand.pb.h"
#include "puente/gateway/v1/council.pb.h"
#include "tests/cli/text_proto.h"

namespace puente::cli {
namespace {

TEST(Flatten, GivesALineForEachValueThatIsSet) {
  const auto overview = Of<gateway::v1::Overview>(R"pb(
    demand {
      provenance {
        agency: "economy"
        state: SECTION_STATE_FRESH
        latency { nanos: 3000000 }
        digest: "\x01\xff"
      }
      summary {
        head_count { mark: MARK_SUPPRESSED }
        top_skills {
          skill: "skills/english"
          count { value: 0 }
        }
        sources: "a, b"
        first_date { year: 2027 month: 1 day: 1 }
        as_of_time { seconds: 1600000000 }
      }
    }
    employment {
      statistics {
        vacancy_count: 0
        median_monthly_wage { currency_code: "MXN" units: 6000 }
      }
    }
  )pb");
  EXPECT_EQ(Flatten(overview).Csv(),
            "field,value\n"
            "demand.provenance.agency,economy\n"
            "demand.provenance.state,SECTION_STATE_FRESH\n"
            "demand.provenance.latency,0.003s\n"
            "demand.provenance.digest,01ff\n"
            "demand.summary.headCount,SUPPRESSED\n"
            "demand.summary.topSkills[0].skill,skills/english\n"
            "demand.summary.topSkills[0].count,0\n"
            "demand.summary.sources[0],\"a, b\"\n"
            "demand.summary.firstDate,2027-01-01\n"
            "demand.summary.asOfTime,2020-09-13T12:26:40Z\n"
            "employment.statistics.vacancyCount,0\n"
            "employment.statistics.medianMonthlyWage,6000.00\n"
            "employment.statistics.medianMonthlyWage.currencyCode,MXN\n");
}

}  // namespace
}  // namespace puente::cli
