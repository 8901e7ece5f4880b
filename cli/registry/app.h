// The operators' command line.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <ostream>

#include "absl/status/status.h"
#include "cli/options.h"
#include "cli/registry/commands.h"

namespace puente::registry {

// What was chosen.
struct Chosen {
  std::function<absl::Status(cli::Session&, const Args&)> command;
  Args args;
  std::string format = "table";
  std::string language;
};

// All commands and options of the program.
void AddAll(CLI::App& app, Chosen& chosen);

// Runs one command line; `terminal` says whether `out` is one.
cli::ExitCode Run(int argc, const char* const* argv, bool terminal, std::ostream& out,
                  std::ostream& err);

}  // namespace puente::registry
