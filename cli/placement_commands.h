// Learners whom a school has asked to place.
#pragma once

#include <string>

#include "cli/options.h"
#include "cli/session.h"

namespace puente::cli {

struct PlacementArgs {
  std::string state;  // "" for all, else such as "under-way"
  std::string load;   // of the file in which they were; "" for all
};
// What became of its requests, or of each row of a file of them.
ExitCode SchoolRequests(Session& session, const PlacementArgs& args);

}  // namespace puente::cli
