// What is wrong with a command line, in the language of whoever wrote it.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "cli/labels.h"

namespace puente::cli::help {

struct UsageError {
  std::string text;
  std::string remedy;
};

// Of a program whose parsing threw the error. Of a command or option that there is not, the
// nearest one is named.
UsageError Explain(const CLI::App& program, const CLI::ParseError& error, Language language);

// The choice that differs from the word in the fewest letters, if these are few; "" if none does.
std::string Nearest(absl::string_view word, absl::Span<const std::string> choices);

// The language that a command line asks for by --lang, before it is parsed; else that of the
// environment.
Language LanguageOf(int argc, const char* const* argv);

}  // namespace puente::cli::help
