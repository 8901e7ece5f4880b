// Help in the language of whoever reads it, in 80 columns, with examples of each command's own.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "cli/labels.h"

namespace puente::cli::help {

class Formatter : public CLI::Formatter {
 public:
  explicit Formatter(Language language);

  std::string make_description(const CLI::App* app) const override;
  std::string make_footer(const CLI::App* app) const override;
  std::string make_group(std::string group, bool is_positional,
                         std::vector<const CLI::Option*> options) const override;
  std::string make_subcommand(const CLI::App* command) const override;
  std::string make_expanded(const CLI::App* group) const override;
  std::string make_option(const CLI::Option* option, bool is_positional) const override;
  std::string make_option_opts(const CLI::Option* option) const override;

 private:
  std::string Say(const std::string& english) const;
  // A name with what it is beside it.
  std::string Row(const std::string& name, const std::string& english) const;

  const Language language_;
};

// Has a program, before it has any command, say its help so.
void Install(CLI::App& app, Language language);

// Whether a command is there for the commands below it.
bool IsGroup(const CLI::App& app);

// "puente" of that program's commands.
std::string ProgramOf(const CLI::App& app);

// "council gaps" of that command, "" of the program.
std::string PathOf(const CLI::App& app);

}  // namespace puente::cli::help
