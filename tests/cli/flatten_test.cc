#include "cli/flatten.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <set>

#include "absl/algorithm/container.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "common/federation/contract.h"
#include "proto/contract_files.h"
#include "puente/economy/v1/company.pb.h"
#include "puente/economy/v1/demand.pb.h"
#include "puente/gateway/v1/council.pb.h"
#include "puente/labor/v1/vacancy.pb.h"
#include "tests/cli/text_proto.h"

namespace puente::cli {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::StartsWith;

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

TEST(Records, AreLinesUnderTheContractsNames) {
  const auto list = Of<economy::v1::ListCompaniesResponse>(R"pb(
    companies {
      name: "companies/acme"
      legal_name: "=Acme, S. A."
      state: COMPANY_STATE_CONFIRMED
      create_time { seconds: 1600000000 }
    }
    companies { name: "companies/otra" }
    next_page_token: "more"
  )pb");
  const std::string csv = Records(list).Csv();
  const std::string header = csv.substr(0, csv.find('\n'));
  EXPECT_THAT(header, StartsWith("name,legalName,"));
  EXPECT_THAT(header, HasSubstr(",createTime"));
  EXPECT_THAT(csv, HasSubstr("\ncompanies/acme,\"'=Acme, S. A.\","));
  EXPECT_THAT(csv, HasSubstr(",COMPANY_STATE_CONFIRMED,"));
  EXPECT_THAT(csv, HasSubstr(",2020-09-13T12:26:40Z"));
  // What is not set is empty, as JSON leaves it out.
  const size_t columns = std::count(header.begin(), header.end(), ',');
  EXPECT_THAT(csv, EndsWith("\ncompanies/otra" + std::string(columns, ',') + "\n"));
}

TEST(Records, WriteValuesAndLists) {
  const auto list = Of<labor::v1::ListVacanciesResponse>(R"pb(
    vacancies {
      name: "vacancies/v1"
      offer_date { year: 2020 month: 8 day: 1 }
      monthly_wage { currency_code: "MXN" units: -6000 }
      skills: "skills/welding"
      skills: "skills/english"
      quality { verdict: OUTCOME_FAILED }
    }
  )pb");
  const std::string csv = Records(list).Csv();
  EXPECT_THAT(csv, HasSubstr("monthlyWage,monthlyWage.currencyCode"));
  EXPECT_THAT(csv, HasSubstr("quality.verdict"));
  EXPECT_THAT(csv, HasSubstr(",-6000.00,MXN,"));
  EXPECT_THAT(csv, HasSubstr("2020-08-01"));
  EXPECT_THAT(csv, HasSubstr(R"("[""skills/welding"",""skills/english""]")"));
}

// Of every list of the contract: a column for each of a record's members, none of them twice.
TEST(Records, KnowEveryListOfTheContract) {
  int lists = 0;
  for (const auto* file : ContractFiles()) {
    for (int i = 0; i < file->message_type_count(); ++i) {
      const auto* type = file->message_type(i);
      if (!IsPlainList(*type)) continue;
      ++lists;
      const std::string csv = Records(*NewMessage(type)).Csv();
      const std::vector<std::string> columns = absl::StrSplit(absl::StripSuffix(csv, "\n"), ',');
      EXPECT_EQ(std::set<std::string>(columns.begin(), columns.end()).size(), columns.size())
          << type->full_name();
      for (int n = 0; n < type->field(0)->message_type()->field_count(); ++n) {
        const std::string member = type->field(0)->message_type()->field(n)->json_name();
        EXPECT_TRUE(absl::c_any_of(columns,
                                   [&](const std::string& column) {
                                     return column == member ||
                                            absl::StartsWith(column, member + ".");
                                   }))
            << type->full_name() << " " << member;
      }
    }
  }
  EXPECT_GT(lists, 60);
}

}  // namespace
}  // namespace puente::cli
