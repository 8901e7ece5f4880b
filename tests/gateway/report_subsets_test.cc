// What is made of reports while some agencies are away, for each of the 16 subsets; and that what
// was made is the same wherever it is made again.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <time.h>

#include <array>
#include <locale>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/gateway/reports.h"

namespace puente::gateway {
namespace {

using ::puente::testing::Becomes;
using ::puente::testing::Database;
using ::puente::testing::HasReason;
using ::puente::testing::MustCount;
using ::puente::testing::MustExecute;
using ::testing::HasSubstr;

const std::array<std::string, 4> kAgencies = {"economy", "education", "labor", "science"};

// One table each.
std::string FileOf(const std::string& agency) {
  return ExtractFile(agency)
      .Table("counts", {{"STATE", "CL_STATE"}}, {"COUNT"})
      .List("CL_STATE", {"09", "_T"})
      .Row("counts", {"09"}, {1'234'567})
      .Row("counts", {"_T"}, {7'654'321})
      .text();
}

v1::ReportDefinition Of(const std::set<std::string>& agencies) {
  v1::ReportDefinition definition;
  definition.set_title_es("Informe");
  definition.set_title_en("Report");
  definition.set_summary_es("Un informe.");
  definition.set_summary_en("A report.");
  for (const std::string& agency : agencies) {
    v1::ReportTable& table = *definition.add_tables();
    table.set_table(agency);
    table.set_title_es("Tabla");
    table.set_title_en("Table");
    v1::ReportTableSource& source = *table.add_sources();
    source.set_agency(agency);
    source.set_table("counts");
    source.add_measures("COUNT");
    table.add_dimensions("STATE");
    v1::ReportChart& chart = *table.add_charts();
    chart.set_kind(v1::REPORT_CHART_KIND_TILES);
    chart.set_dimension("STATE");
    chart.set_measure("COUNT");
  }
  return definition;
}

class ReportSubsets : public ::testing::Test {
 protected:
  ReportSubsets() : schema_(Database::Shared().NewSchema(Gateway().migrations)), rows_(schema_) {
    for (const std::string& agency : kAgencies) {
      agencies_[agency] = std::make_unique<TellingAgency>(FileOf(agency));
    }
    ReportCaller maker = As("agency/education", {});
    for (const std::string& agency : kAgencies) EXPECT_OK(maker.Define(Of({agency}), agency));
    EXPECT_OK(maker.Define(Of({kAgencies.begin(), kAgencies.end()}), "all"));
  }

  // Of a gateway that reaches all agencies but these.
  ReportCaller As(const std::string& caller, const std::set<std::string>& away,
                  const config::Server& config = {}) {
    std::map<std::string, std::shared_ptr<grpc::Channel>> there;
    for (const auto& [name, agency] : agencies_) {
      if (!away.contains(name)) there[name] = agency->channel();
    }
    return ReportCaller(GatewayTo(there), schema_, caller, "statistician-1", config);
  }
  // As if it had been asked for an hour ago, and were to be looked at again.
  void EndTimeOf(const std::string& id) {
    MustExecute(rows_, absl::StrCat("UPDATE report SET create_time = create_time - INTERVAL 1 HOUR"
                                    " WHERE id = '",
                                    id, "'"));
    MustExecute(rows_,
                absl::StrCat("UPDATE due SET claim_time = UTC_TIMESTAMP(6) WHERE item_key = '", id,
                             "' AND holder = ''"));
  }

  const sql::Target schema_;
  sql::Connection rows_;
  std::map<std::string, std::unique_ptr<TellingAgency>> agencies_;
};

TEST_F(ReportSubsets, WhatCanBeSaidIsSaidAndNothingElse) {
  for (unsigned subset = 0; subset < 16; ++subset) {
    std::set<std::string> away;
    for (size_t i = 0; i < kAgencies.size(); ++i) {
      if ((subset >> i & 1) != 0) away.insert(kAgencies[i]);
    }
    SCOPED_TRACE(absl::StrCat("subset ", subset));
    ReportCaller maker = As("agency/education", away);
    std::vector<std::string> whole, lacking;  // definitions
    for (const std::string& agency : kAgencies) {
      (away.contains(agency) ? lacking : whole).push_back(agency);
    }
    (away.empty() ? whole : lacking).push_back("all");
    const auto id_of = [&](const std::string& definition) {
      return absl::StrCat(definition, "-", subset);
    };
    for (const auto* definitions : {&whole, &lacking}) {
      for (const std::string& one : *definitions) ASSERT_OK(maker.Ask(id_of(one), one));
    }
    for (const std::string& one : lacking) {
      // Who is there has told what he has, and nothing changes any more.
      maker.Await("reports/" + id_of(one), [&](const v1::Report& report) {
        if (report.state() != v1::REPORT_STATE_READING) return false;
        for (const v1::ReportExtract& extract : report.extracts()) {
          const bool kept = extract.state() == v1::REPORT_EXTRACT_STATE_KEPT;
          if (kept == away.contains(extract.agency())) return false;
        }
        return true;
      });
      EndTimeOf(id_of(one));
    }
    for (const std::string& one : whole) {
      EXPECT_EQ(maker.Await("reports/" + id_of(one)).state(), v1::REPORT_STATE_DRAFTED);
    }
    for (const std::string& one : lacking) {
      const v1::Report failed = maker.Await("reports/" + id_of(one));
      EXPECT_EQ(failed.state(), v1::REPORT_STATE_FAILED);
      EXPECT_EQ(failed.failure(), "REPORT_AGENCY_AWAY");
      const std::string& first = one == "all" ? *away.begin() : one;
      EXPECT_THAT(failed.failure_es(), HasSubstr(first));
      EXPECT_THAT(failed.failure_en(), HasSubstr(first));
      EXPECT_THAT(maker.Do(&ReportStub::PublishReport, failed.name()),
                  HasReason("REPORT_STATE_WRONG"));
    }
  }
  EXPECT_EQ(MustCount(rows_, "SELECT COUNT(*) FROM report WHERE state = 3"), 4 * 8 + 1);
  const ReportCaller gateway = As("agency/education", {});  // which takes away what failed
  EXPECT_TRUE(Becomes([&] {
    return MustCount(rows_, "SELECT COUNT(*) FROM due WHERE kind LIKE 'reports.%'") == 0;
  }));
  EXPECT_EQ(MustCount(rows_,
                      "SELECT COUNT(*) FROM report_part AS p JOIN report AS r ON r.id = p.report"
                      " WHERE r.state <> 3"),
            0)
      << "nothing is left of those that failed";
}

// As people write numbers and times who would be misunderstood here.
class Elsewhere {
 public:
  Elsewhere() : before_(std::locale::global(std::locale(std::locale(), new Numbers))) {
    setenv("TZ", "Asia/Kathmandu", 1);
    tzset();
  }
  ~Elsewhere() {
    unsetenv("TZ");
    tzset();
    std::locale::global(before_);
  }

 private:
  class Numbers final : public std::numpunct<char> {
    char do_decimal_point() const override { return ','; }
    char do_thousands_sep() const override { return '.'; }
    std::string do_grouping() const override { return "\3"; }
  };

  const std::locale before_;
};

TEST_F(ReportSubsets, WhatWasMadeIsTheSameWhereverItIsMadeAgain) {
  ReportCaller maker = As("agency/education", {});
  ASSERT_OK(maker.Ask("here", "all"));
  ASSERT_EQ(maker.Await("reports/here").state(), v1::REPORT_STATE_DRAFTED);
  const Elsewhere elsewhere;
  for (const int workers : {1, 7}) {
    config::Server config;
    config.set_workers(workers);
    for (const char* caller : {"agency/education", "agency/labor"}) {
      SCOPED_TRACE(absl::StrCat(caller, ", workers: ", workers));
      // No agency is needed for it.
      ReportCaller other = As(caller, {kAgencies.begin(), kAgencies.end()}, config);
      ASSERT_OK_AND_ASSIGN(const v1::RerunReportResponse again,
                           other.Do(&ReportStub::RerunReport, "reports/here"));
      EXPECT_EQ(again.outcome(), v1::RERUN_OUTCOME_SAME) << again.ShortDebugString();
    }
  }
}

}  // namespace
}  // namespace puente::gateway
