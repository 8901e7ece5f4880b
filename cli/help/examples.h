// What each command looks like when it is used.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace puente::cli::help {

// Lines that can be pasted while `./dev run` serves: of a command its own, of a group one of each
// of its first commands; a line that is long goes on after a backslash.
std::vector<std::string> ExamplesOf(const CLI::App& app);

}  // namespace puente::cli::help
