// The dated numbers as the migrations seed them, read without a database.
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <regex>
#include <sstream>
#include <string>

#include "modules/labor/standards/standards.h"

namespace puente::labor {

inline std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  EXPECT_TRUE(file.good()) << path;
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

inline google::type::Date Date(int year, int month, int day) {
  google::type::Date date;
  date.set_year(year);
  date.set_month(month);
  date.set_day(day);
  return date;
}

inline google::type::Date DateOf(const std::string& text) {
  return Date(std::stoi(text.substr(0, 4)), std::stoi(text.substr(5, 2)),
              std::stoi(text.substr(8, 2)));
}

// Calls use(match) for each row of a seed that fits the form.
template <class Use>
void ForEachRow(const std::string& file, const std::string& form, Use use) {
  const std::string text = ReadFile("modules/labor/schema/" + file);
  const std::regex row(form);
  for (std::sregex_iterator it(text.begin(), text.end(), row), end; it != end; ++it) use(*it);
}

inline v1::Standards SeededStandardsProto() {
  v1::Standards standards;
  ForEachRow("0006_minimum_wage_seed.sql", R"(\((\d), '([\d-]{10})', (\d+), '([^']+)'\))",
             [&](const std::smatch& row) {
               v1::MinimumWage& wage = *standards.add_minimum_wages();
               wage.set_zone(static_cast<v1::WageZone>(std::stoi(row[1])));
               *wage.mutable_effective_date() = DateOf(row[2]);
               wage.set_daily_centavos(std::stoll(row[3]));
               wage.set_source(row[4]);
             });
  ForEachRow("0007_border_municipality_seed.sql", R"(\('(\d\d)', '([^']*)', '([\d-]{10})'\))",
             [&](const std::smatch& row) {
               v1::BorderMunicipality& border = *standards.add_border_municipalities();
               border.set_state_code(row[1]);
               border.set_municipality(row[2]);
               *border.mutable_effective_date() = DateOf(row[3]);
             });
  ForEachRow("0008_weekly_hours_limit_seed.sql", R"(\('([\d-]{10})', (\d+), '([^']+)'\))",
             [&](const std::smatch& row) {
               v1::WeeklyHoursLimit& limit = *standards.add_weekly_hours_limits();
               *limit.mutable_effective_date() = DateOf(row[1]);
               limit.set_weekly_minutes(std::stoi(row[2]));
               limit.set_source(row[3]);
             });
  return standards;
}

inline const rules::Standards& SeededStandards() {
  static const auto* standards =
      new rules::Standards(rules::Standards::From(SeededStandardsProto()).value());
  return *standards;
}

}  // namespace puente::labor
