// Vacancy files: the same outcome however they are sliced, and what is loaded is right.

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/fields/field_checker.h"
#include "common/loading/number.h"
#include "common/names/pattern.h"
#include "modules/labor/vacancies/file.h"
#include "modules/labor/vacancies/rules.h"
#include "tests/fuzz/target.h"

namespace puente::labor {
namespace {

constexpr char kProfile[] = R"({"profile": "fuzz", "about": "short names", "columns": [
    {"column": "n", "field": "vacancy_number"}, {"column": "o", "field": "offer"},
    {"column": "d", "field": "offer_date"}, {"column": "s", "field": "state_code"},
    {"column": "m", "field": "municipality", "absent": ["-"]},
    {"column": "w", "field": "monthly_wage", "group_mark": "'"},
    {"column": "c", "field": "contract_kind", "values": {"Único": "INDEFINITE", "b": "TRIAL"}},
    {"column": "h", "field": "minutes_a_day", "unit": "hours"},
    {"column": "y", "field": "days_a_week"},
    {"column": "e", "field": "education_level", "values": {"Básica": "PRIMARY"}},
    {"column": "x", "field": "experience"},
    {"column": "l", "field": "languages", "languages": {"Inglés": "en", "Francés": "fr"},
     "levels": {"Básico": "BASIC"}},
    {"column": "k", "field": "scian_class"}, {"column": "q", "field": "occupation_code"},
    {"column": "p", "field": "post_count"}]})";

rules::Standards SomeStandards() {
  v1::Standards standards;
  for (const v1::WageZone zone : {v1::WAGE_ZONE_GENERAL, v1::WAGE_ZONE_BORDER}) {
    v1::MinimumWage& wage = *standards.add_minimum_wages();
    wage.set_zone(zone);
    wage.set_daily_centavos(100'00 * zone);
    *wage.mutable_effective_date() = ToProto(absl::CivilDay(2020, 1, 1));
  }
  v1::BorderMunicipality& border = *standards.add_border_municipalities();
  border.set_state_code("08");
  border.set_municipality("Juárez");
  *border.mutable_effective_date() = ToProto(absl::CivilDay(2020, 1, 1));
  return rules::Standards::From(standards).value();
}

const absl::CivilDay kToday(2026, 8, 1);

struct Outcome {
  std::string reason;
  std::vector<v1::Vacancy> vacancies;
  v1::LoadVacanciesResponse summary;
};

Outcome Load(absl::string_view file, size_t slice) {
  static const auto profile = loading::ParseProfile(VacancyLayout(), kProfile, "fuzz").value();
  static const rules::Standards standards = SomeStandards();
  Outcome outcome;
  v1::Vacancy base;
  base.set_source("fuzz");
  base.set_record_kind(type::v1::RECORD_KIND_GENERATED);
  VacancyLoader loader(Loading({.profile = &profile,
                                .standards = &standards,
                                .base = base,
                                .supplier = "supplier/fuzz",
                                .today = kToday,
                                .size_bytes = 0,
                                .locale = Locale::kEnglish}));
  absl::Status status;
  for (size_t at = 0; at < file.size() && status.ok(); at += slice) {
    status = loader.Feed(file.substr(at, slice));
  }
  if (status.ok()) status = loader.Finish();
  outcome.reason = Reason(status);
  if (!status.ok()) return outcome;
  while (std::optional<VacancyBatch> batch = loader.NextBatch()) {
    for (v1::Vacancy& vacancy : batch->records) outcome.vacancies.push_back(std::move(vacancy));
  }
  outcome.summary = loader.Summary<v1::LoadVacanciesResponse>();
  return outcome;
}

void CheckOutcome(const Outcome& outcome) {
  const auto& summary = outcome.summary;
  const auto loaded = static_cast<int64_t>(outcome.vacancies.size());
  FUZZ_CHECK(summary.read_count() == summary.rejected_count() + loaded);
  FUZZ_CHECK(summary.errors_size() + summary.more_error_count() >= summary.rejected_count());
  for (const type::v1::RowError& error : summary.errors()) {
    FUZZ_CHECK(error.line() > 1);
    FUZZ_CHECK(!error.rule().empty() && !error.remedy().empty());
    FUZZ_CHECK(loading::EncodingOf(error.value()) != loading::Encoding::kBroken);
  }
  static const NamePattern pattern("vacancies/{vacancy}");
  static const fields::FieldChecker fields(v1::Vacancy::descriptor());
  std::set<std::string> names;
  for (const v1::Vacancy& vacancy : outcome.vacancies) {
    FUZZ_CHECK(names.insert(vacancy.name()).second);
    FUZZ_CHECK(pattern.Parse(vacancy.name()).ok());
    FUZZ_CHECK(fields.Violations(vacancy, "vacancy").empty());
    FUZZ_CHECK(rules::Check(vacancy, kToday).empty());
    FUZZ_CHECK(vacancy.quality().verdict() != v1::OUTCOME_UNSPECIFIED);
  }
}

// Whatever stands before it, a row that is right is loaded, since no quote behind it can rightly
// close one before it.
void CheckNextRow(absl::string_view before) {
  const std::string file =
      absl::StrCat("n,o,d,s,m,w,c,h,y,e,x,l,k,q,p\n", before,
                   "\n,the next row,2020-08-01,Chihuahua,,8000,,,,,,,,,\n\"x\"\n");
  const Outcome outcome = Load(file, file.size());
  if (!outcome.reason.empty()) return;  // refused as a whole, for its encoding
  FUZZ_CHECK(!outcome.vacancies.empty());
  FUZZ_CHECK(outcome.vacancies.back().offer() == "the next row");
}

}  // namespace
}  // namespace puente::labor

// The first byte says how the rest is sliced.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace puente::labor;
  if (size == 0) return 0;
  const absl::string_view file(reinterpret_cast<const char*>(data + 1), size - 1);
  const Outcome whole = Load(file, std::max<size_t>(file.size(), 1));
  if (whole.reason.empty()) CheckOutcome(whole);
  CheckNextRow(file);
  const Outcome sliced = Load(file, 1 + data[0] % 64);
  FUZZ_CHECK(sliced.reason == whole.reason);
  FUZZ_CHECK(sliced.summary.SerializeAsString() == whole.summary.SerializeAsString());
  FUZZ_CHECK(sliced.vacancies.size() == whole.vacancies.size());
  for (size_t i = 0; i < whole.vacancies.size(); ++i) {
    FUZZ_CHECK(sliced.vacancies[i].SerializeAsString() == whole.vacancies[i].SerializeAsString());
  }
  return 0;
}
