// The real file of 2020, when it is beside the project, against figures computed apart.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <map>
#include <set>

#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "nlohmann/json.hpp"
#include "tests/labor/vacancies/load.h"
#include "tests/testing/example_file.h"
#include "tests/testing/status.h"

namespace puente::labor {
namespace {

using Json = nlohmann::json;

const std::string& File() {
  static const auto* const file =
      new std::string(testing::ExampleFile("mexico-vacancies-2020.csv"));
  return *file;
}

Json Count(const std::vector<const v1::Vacancy*>& vacancies,
           v1::Outcome (v1::Quality::*component)() const) {
  Json counts = {{"passed", 0}, {"failed", 0}, {"unknown", 0}};
  constexpr std::array<const char*, 4> kNames = {"", "passed", "failed", "unknown"};
  for (const v1::Vacancy* vacancy : vacancies) {
    const v1::Outcome outcome = (vacancy->quality().*component)();
    counts[kNames[outcome]] = counts[kNames[outcome]].get<int>() + 1;
  }
  return counts;
}

std::string Day(const google::type::Date& date) {
  return absl::StrFormat("%04d-%02d-%02d", date.year(), date.month(), date.day());
}

Json Figures(const std::vector<const v1::Vacancy*>& vacancies) {
  std::vector<int64_t> wages;
  std::set<std::string> days;
  int english = 0;
  int suspect = 0;
  int saying_languages = 0;
  int stating_hours = 0;
  std::set<std::string> months;
  std::set<std::string> zones;
  for (const v1::Vacancy* vacancy : vacancies) {
    wages.push_back(rules::ToCentavos(vacancy->monthly_wage()).value());
    days.insert(Day(vacancy->offer_date()));
    months.insert(Day(vacancy->offer_date()).substr(0, 7));
    saying_languages += vacancy->languages_not_required() || vacancy->languages_size() > 0;
    stating_hours += vacancy->minutes_a_day() > 0;
    for (const int zone : vacancy->quality().wage_zones()) {
      zones.insert(zone == v1::WAGE_ZONE_BORDER ? "border" : "general");
    }
    for (const auto& language : vacancy->languages()) english += language.language_code() == "en";
    suspect += vacancy->minutes_a_day() == 1440;
  }
  std::sort(wages.begin(), wages.end());
  const int64_t twice = wages[(wages.size() - 1) / 2] + wages[wages.size() / 2];
  EXPECT_EQ(twice % 2, 0);
  return {{"vacancy_count", vacancies.size()},
          {"first_offer_date", *days.begin()},
          {"last_offer_date", *days.rbegin()},
          {"median_monthly_wage", absl::StrFormat("%d.%02d", twice / 200, twice / 2 % 100)},
          {"asking_english_count", english},
          {"language_count", saying_languages},
          {"hours_count", stating_hours},
          {"offer_months", months},
          {"wage_zones", zones},
          {"hours_suspect_count", suspect},
          {"quality",
           {{"wage", Count(vacancies, &v1::Quality::wage)},
            {"contract", Count(vacancies, &v1::Quality::contract)},
            {"hours", Count(vacancies, &v1::Quality::hours)},
            {"rest", Count(vacancies, &v1::Quality::rest)},
            {"verdict", Count(vacancies, &v1::Quality::verdict)}}}};
}

Json ComputedApart() {
  const std::string command = "/usr/bin/python3 tests/figures/figures.py " + File();
  FILE* pipe = popen(command.c_str(), "r");
  std::string text;
  std::array<char, 4096> buffer;
  while (const size_t size = fread(buffer.data(), 1, buffer.size(), pipe)) {
    text.append(buffer.data(), size);
  }
  EXPECT_EQ(pclose(pipe), 0) << command;
  return Json::parse(text, nullptr, false);
}

TEST(RealFile, GivesTheFiguresComputedApartForTheCountryAndEveryState) {
  if (!std::filesystem::exists(File()))
    GTEST_SKIP() << File() << " is not there (docs/example-files.md)";
  const std::string file = ReadFile(File());
  const absl::Time start = absl::Now();
  const Loaded loaded = Load(file);
  const double seconds = absl::ToDoubleSeconds(absl::Now() - start);
  ASSERT_OK(loaded.status);
  EXPECT_EQ(loaded.summary.read_count(), 10173);
  EXPECT_EQ(loaded.summary.rejected_count(), 0) << loaded.summary.ShortDebugString();
  ASSERT_EQ(loaded.vacancies.size(), 10173u);
  RecordProperty("rows_a_second", static_cast<int>(10173 / seconds));

  std::map<std::string, std::vector<const v1::Vacancy*>> by_state;
  for (const v1::Vacancy& vacancy : loaded.vacancies) {
    by_state[""].push_back(&vacancy);
    by_state[vacancy.state_code()].push_back(&vacancy);
  }
  Json figures;
  for (const auto& [state, vacancies] : by_state) figures[state] = Figures(vacancies);
  EXPECT_EQ(figures.size(), 33u);
  const Json want = ComputedApart();
  EXPECT_EQ(figures, want) << Json::diff(want, figures).dump(1);
  EXPECT_EQ(figures[""]["median_monthly_wage"], "6000.00");
  EXPECT_EQ(figures[""]["asking_english_count"], 499);
  EXPECT_EQ(figures[""]["quality"], Json::parse(R"({
      "wage": {"passed": 3279, "failed": 6894, "unknown": 0},
      "contract": {"passed": 8730, "failed": 1395, "unknown": 48},
      "hours": {"passed": 2699, "failed": 7474, "unknown": 0},
      "rest": {"passed": 8140, "failed": 2033, "unknown": 0},
      "verdict": {"passed": 647, "failed": 9522, "unknown": 4}})"));
}

TEST(RealFile, HoldsAVacancyForEachOfItsEqualRowsAndTheSameEveryTime) {
  if (!std::filesystem::exists(File()))
    GTEST_SKIP() << File() << " is not there (docs/example-files.md)";
  const std::string file = ReadFile(File());
  const std::vector<std::string> names = Load(file).Names();
  EXPECT_EQ(std::set<std::string>(names.begin(), names.end()).size(), 10173u);
  EXPECT_EQ(Load(file, Options(), 1000).Names(), names);
}

}  // namespace
}  // namespace puente::labor
