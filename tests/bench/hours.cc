// Hours of dual education from a file, each row acknowledged: the last tenth of 300,000 beside the
// first, as it is for a client's inserts of the same rows.
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "modules/education/module.h"
#include "puente/education/v1/dual_plan.pb.h"
#include "tests/bench/benchmarks.h"
#include "tests/bench/record_load.h"
#include "tests/bench/site.h"
#include "tests/education/earned.h"

namespace puente::bench {
namespace {

constexpr char kColumns[] = "dual_plan,hour_entry_id,company,work_date,outcome,minutes\n";
constexpr int64_t kBatch = 1'000;  // entries that are stored at once
constexpr int kDays = 300;         // of each plan

api::v1::LoadRecordsHeader Header() {
  api::v1::LoadRecordsHeader header;
  header.set_profile("puente-hours");
  header.set_parent("organizations/a");
  return header;
}

// Statements that store so many plans of organization a that go on, with ids p-0, …
std::vector<std::string> Running(int64_t plans) {
  education::v1::DualPlan plan;
  education::v1::DualOutcome& outcome = *plan.add_outcomes();
  outcome.set_outcome(1);
  outcome.set_planned_minutes(600'000);
  outcome.set_place(education::v1::DUAL_PLACE_AT_COMPANY);
  const std::string outcomes = absl::BytesToHexString(plan.SerializeAsString());
  const std::string from = absl::StrCat(" FROM seq_0_to_", plans - 1);
  const auto day = [](int days) {
    return absl::StrCat("'", absl::FormatCivilTime(education::testing::InDays(days)), "'");
  };
  return {absl::StrCat(
              "INSERT INTO dual_plan (organization, id, version, state, learner,"
              " dual_agreement, company, enrolment, microcredential_version, training_place,"
              " tutor, instructor, begin_date, end_date, weekly_hours, outcomes,"
              " guardian_consent, daily_minutes_most, weekly_minutes_most, confirmation, turn,"
              " change_outcome, end_cause, end_party, follows, followed_by, source,"
              " record_kind, create_time, update_time, last_day) SELECT 'a',"
              " CONCAT('p-', seq), 1, 3, CONCAT('organizations/a/learners/s-', seq),"
              " 'dualAgreements/d', 'companies/acme',"
              " CONCAT('organizations/a/enrolments/s-', seq), '",
              education::testing::kVersion, "', 'companies/acme/trainingPlaces/p', 't', 'i', ",
              day(-kDays), ", ", day(kDays), ", 40, X'", outcomes,
              "', 1, 0, 0, 2, 4, 0, 0, 0, '', '', 'bench', 2, NOW(6), NOW(6), ", day(kDays), from),
          absl::StrCat(
              "INSERT INTO dual_plan_minutes (dual_plan, outcome, planned, carried, claimed,"
              " confirmed) SELECT CONCAT('organizations/a/dualPlans/p-', seq), 1, 600000, 0, 0,"
              " 0",
              from)};
}

}  // namespace

void MeasureHours(const Options& options) {
  const int64_t rows = options.size(30'000, kBatch);  // of a tenth
  const int64_t plans = 10 * rows / kDays + 1;
  Site& site = Site::Shared();
  const Buffers buffers;
  const sql::Target database = site.Schema(education::Education().migrations);
  std::unique_ptr<Process> module = site.Start(site.Config("education", database));
  const std::string address = module->address("education");
  const auto ministry = site.Channel(address, "education", "agency/education");
  ministry->WaitForConnected(gpr_inf_future(GPR_CLOCK_REALTIME));
  const absl::Status may =
      education::testing::MayAward(ministry, site.Channel(address, "education", "gateway"));
  if (!may.ok()) Die(may.ToString());
  for (const std::string& statement : Running(plans)) site.Execute(database, statement);
  // Day after day, of all plans.
  const auto make = [&](int64_t first, int64_t count) {
    std::string text;
    for (int64_t row = first - 1; row < first - 1 + count; ++row) {
      const int day = static_cast<int>(row / plans) - kDays;
      absl::StrAppend(&text, "p-", row % plans, ",,companies/acme,",
                      absl::FormatCivilTime(education::testing::InDays(day)), ",1,60\n");
    }
    return text;
  };
  const Pair pair = LastAndFirst(site.Channel(address, "education", "organization/a"), database,
                                 Header(), kColumns, {.rows = rows, .make = make, .actor = ""});
  const double megabytes = module->PeakMegabytes();
  module.reset();
  const std::vector<double> bare =
      InsertPartsByClient(database, "hour_entry", "work_date, dual_plan", kBatch, 10);
  const double kept = pair.value / pair.limit, bare_kept = bare.front() / bare.back();
  Say(absl::StrCat("hours: ", 10 * rows, " of ", plans, " plans, the first tenth ", pair.limit,
                   "/s, the last ", pair.value, "/s, which is ", kept,
                   " of it; of a client's inserts ", bare_kept, "; ", megabytes, " MB"));
  Print(options, {"hours.load.last", "of the first tenth", AtLeast(0.9), Line::Judged::kValue},
        {{kept, bare_kept}});
  site.Drop(database);
}

}  // namespace puente::bench
