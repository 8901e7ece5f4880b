// The texts of the help in Spanish. They are written in English where a command is declared; this
// is the catalogue that says each in Spanish, as message catalogues do.
#pragma once

#include "absl/strings/string_view.h"

namespace puente::cli::help {

// The text in Spanish, or as it is if the catalogue does not have it: a test holds every text of
// every command against it.
absl::string_view InSpanish(absl::string_view english);
// Whether the catalogue has it.
bool HasSpanish(absl::string_view english);

}  // namespace puente::cli::help
