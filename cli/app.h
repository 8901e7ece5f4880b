// The command line: what there is to say, and what it does.
#pragma once

#include <ostream>

#include "cli/options.h"

namespace puente::cli {

// Runs one command line; `terminal` says whether `out` is one.
ExitCode Run(int argc, const char* const* argv, bool terminal, std::ostream& out,
             std::ostream& err);

}  // namespace puente::cli
