// What files say in words of their own, in both languages.
#pragma once

#include "absl/strings/string_view.h"
#include "gateway/reports/files/view.h"

namespace puente::gateway::reports {

struct Words {
  absl::string_view es;
  absl::string_view en;
};

constexpr absl::string_view In(Language language, const Words& words) {
  return language == Language::kSpanish ? words.es : words.en;
}

// Behind a number of rows.
inline constexpr Words kLeftOut{
    " filas sin periodo (totales o sin indicar) no están en los datos SDMX.",
    " rows without a period (totals or not stated) are not in SDMX data."};

// What each letter of a status means.
struct StatusWords {
  char letter;
  Words name;
  Words several;  // after a number
  Words meaning;
};

inline constexpr StatusWords kStatuses[] = {
    {'A',
     {"cifra", "figure"},
     {"cifras", "figures"},
     {"se publica; cero es una cifra: se buscó y no hay",
      "told; zero is a figure: it was looked for, and there is none"}},
    {'Q',
     {"reservada", "confidential"},
     {"reservadas", "confidential"},
     {"no se publica para que no se sepa de una sola persona o empresa, ni siquiera restando",
      "withheld, so that nothing is learned of a single person or company, not by subtraction "
      "either"}},
    {'O',
     {"sin dato", "missing"},
     {"sin dato", "missing"},
     {"los registros no lo dicen; no es cero", "the records do not say; this is not zero"}},
    {'M',
     {"no aplica", "not applicable"},
     {"no aplican", "not applicable"},
     {"la pregunta no procede", "the question does not arise"}},
};

// Of one of the letters.
constexpr const StatusWords& WordsOf(char status) {
  for (const StatusWords& words : kStatuses) {
    if (words.letter == status) return words;
  }
  return kStatuses[0];
}

}  // namespace puente::gateway::reports
