// What every main.cc of a server shares: flags, configuration, signals, start and end.
#pragma once

#include <vector>

#include "common/hosting/module.h"

namespace puente::hosting {

// Runs one module in a process of its own until SIGTERM or SIGINT. Returns the exit status: 0 after
// a drain, --check-config, --migrate and the like; 1, after one line that says why, if it can't
// start or its schema has become one that it can't serve; 2 for wrong flags.
int RunServer(int argc, char** argv, const ModuleKind& kind);

// The same for several in one process, each on its own ports and workers. A module reaches those
// before it in the list through in-process channels.
int RunFederation(int argc, char** argv, const std::vector<ModuleKind>& kinds);

}  // namespace puente::hosting
