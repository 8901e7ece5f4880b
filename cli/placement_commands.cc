#include "cli/placement_commands.h"

#include "cli/command_tree.h"

namespace puente::cli {

void AddPlacementRequests(CLI::App& school, Chosen& chosen) {
  PlacementArgs& args = chosen.placement;
  CLI::App* requests =
      Add(school, "requests", "Learners whom it has asked to place, and what became of that",
          chosen, [&args](Session& session) { return SchoolRequests(session, args); });
  CLI::Option* state =
      requests->add_option("--state", args.state, "Only those in this state")
          ->check(CLI::IsMember({"waiting", "under-way", "placed", "refused", "withdrawn"}));
  requests->add_option("--load", args.load, "Row by row of this file, as `puente loads` names it")
      ->excludes(state)
      ->type_name("LOAD");
}

}  // namespace puente::cli
