#include "cli/command_tree.h"

#include <utility>

namespace puente::cli {

CLI::App* Add(CLI::App& parent, const std::string& name, const std::string& about, Chosen& chosen,
              Command command) {
  CLI::App* added = parent.add_subcommand(name, about);
  added->fallthrough();
  added->callback([&chosen, command = std::move(command)] { chosen.command = command; });
  return added;
}

CLI::App& AddGroup(CLI::App& app, const std::string& name, const std::string& about) {
  CLI::App* group = app.add_subcommand(name, about);
  group->require_subcommand(1);
  group->fallthrough();
  return *group;
}

}  // namespace puente::cli
