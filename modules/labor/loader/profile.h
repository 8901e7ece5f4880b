// The layout of a vacancy file, declared in JSON, so that another layout is a file and not code:
//
//   {"profile": "portal-empleo-2020", "about": "...", "delimiter": ",", "quote": "\"",
//    "columns": [
//      {"column": "isodate", "field": "offer_date", "format": "YYYY-MM-DD"},
//      {"column": "salary", "field": "monthly_wage", "decimal_mark": ".", "group_mark": ","},
//      {"column": "hours", "field": "minutes_a_day", "unit": "hours"},
//      {"column": "contract", "field": "contract_kind", "values": {"Temporal": "FIXED_TERM"}},
//      {"column": "languages", "field": "languages", "languages": {"Inglés": "en"},
//       "levels": {"Básico": "BASIC"}, "separator": ",", "between": "-"},
//      {"column": "monday", "ignored": "days_worked counts it"}]}
//
// Fields are those of puente.labor.v1.Vacancy that a supplier states, and vacancy_number: the
// vacancy's own number in its source. Any column may have "absent": the texts that mean that
// nothing is stated (an empty text always does, except in required fields). A column of the file
// that the profile does not name is ignored, but takes part in the ids of vacancies.
#pragma once

#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace puente::labor::loader {

// What a column is converted to.
enum class Field {
  kVacancyNumber,
  kOffer,
  kOfferDate,
  kState,
  kMunicipality,
  kMonthlyWage,
  kContractKind,
  kMinutesADay,
  kDaysAWeek,
  kEducationLevel,
  kExperience,
  kLanguages,
  kScianClass,
  kOccupationCode,
  kPostCount,
};

// Text → enum number, by Fold(text).
using Values = absl::flat_hash_map<std::string, int>;

struct Column {
  std::string name;
  Field field = Field::kOffer;
  absl::flat_hash_set<std::string> absent;  // by Fold(text)
  std::string format = "YYYY-MM-DD";        // offer_date: YYYY, MM and DD once each
  char decimal_mark = '.';                  // numbers
  char group_mark = 0;                      // numbers; 0: none
  int unit_minutes = 60;                    // minutes_a_day: what one unit of the column is
  Values values;                            // contract_kind, education_level; levels of languages
  absl::flat_hash_map<std::string, std::string> languages;  // languages: Fold(name) → code
  char separator = ',';                                     // languages: between two of them
  char between = '-';                                       // languages: between name and level
};

struct Profile {
  std::string id;
  char delimiter = ',';
  char quote = '"';
  std::vector<Column> columns;  // those that are converted, in the profile's order
};

// INVALID_PROFILE with the place in the file (`file` is for the message alone) of the first thing
// that is unknown, missing, repeated or of the wrong type.
absl::StatusOr<Profile> ParseProfile(absl::string_view json, absl::string_view file);

}  // namespace puente::labor::loader
