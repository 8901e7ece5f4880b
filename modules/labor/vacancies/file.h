// Files of vacancies: what columns may state, and what makes a vacancy of a row. No SQL, no clock.
#pragma once

#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "common/loading/loader.h"
#include "modules/labor/standards/standards.h"
#include "puente/labor/v1/vacancy.pb.h"

namespace puente::labor {

// The fields that a supplier states. "vacancy_number" is the vacancy's own number in its source;
// "languages" is converted here:
//
//   {"column": "languages", "field": "languages", "languages": {"Inglés": "en"},
//    "levels": {"Básico": "BASIC"}, "separator": ",", "between": "-", "none": "No es requisito"}
//
// of "Inglés-Avanzado Se requiere una certificación": name, level, and what follows as certificate.
// "none" is the text that says that no language is required, which "absent" would leave unsaid.
const loading::Layout& VacancyLayout();

// What is loaded, and by which rules. Profile and standards must outlive the loader.
struct VacancyFile {
  const loading::Profile* profile = nullptr;
  const rules::Standards* standards = nullptr;
  v1::Vacancy base;      // source and kind of all
  std::string supplier;  // the caller's path, "supplier/portal"
  // No offer is of a later day.
  absl::CivilDay today = absl::CivilDay::max();
  int64_t size_bytes = 0;  // of the whole file; 0 if not known
  Locale locale = Locale::kSpanish;
};

using VacancyLoader = loading::Loader<v1::Vacancy>;
using VacancyBatch = loading::Batch<v1::Vacancy>;
// The vacancies of a loader with these are complete but for the times.
loading::LoadOptions<v1::Vacancy> Loading(VacancyFile file);

// What is wrong with the name of a vacancy that comes in no file: a row's name follows from what
// the row states, and nobody may take it before the row comes.
std::vector<Violation> CheckNameOfNoRow(absl::string_view name);

}  // namespace puente::labor
