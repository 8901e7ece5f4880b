#include "cli/help/formatter.h"

#include <memory>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "cli/help/examples.h"
#include "cli/help/spanish.h"
#include "cli/width.h"

namespace puente::cli::help {
namespace {

constexpr size_t kWidth = 80;
constexpr size_t kNames = 30;  // columns of what is described

constexpr Label kUsage{"Usage", "Uso"};
constexpr Label kOptions{"Options", "Opciones"};
constexpr Label kPositionals{"Positionals", "Argumentos"};
constexpr Label kSubcommands{"Subcommands", "Comandos"};
constexpr Label kOptionsIn{"OPTIONS", "OPCIONES"};
constexpr Label kSubcommandIn{"SUBCOMMAND", "COMANDO"};
constexpr Label kRequired{"REQUIRED", "NECESARIO"};
constexpr Label kExcludes{"Excludes", "No va con"};
constexpr Label kNeeds{"Needs", "Necesita"};
constexpr Label kEnv{"Env", "Variable"};
constexpr Label kExactlyOne{"[Exactly 1 of the following options is required]",
                            "[Se necesita exactamente una de estas opciones]"};
constexpr Label kExamples{"Examples:", "Ejemplos:"};

}  // namespace

Formatter::Formatter(Language language) : language_(language) {
  for (const Label& word :
       {kUsage, kPositionals, kOptionsIn, kSubcommandIn, kRequired, kExcludes, kNeeds, kEnv}) {
    label(std::string(word.en), std::string(In(language, word)));
  }
}

std::string Formatter::Say(const std::string& english) const {
  return std::string(language_ == Language::kSpanish ? InSpanish(english) : english);
}

std::string Formatter::Row(const std::string& name, const std::string& english) const {
  const std::string between = absl::StrCat("\n", std::string(kNames, ' '));
  const std::string beside = absl::StrJoin(Wrapped(Say(english), kWidth - kNames), between);
  if (beside.empty()) return absl::StrCat("  ", name, "\n");
  if (DisplayWidth(name) + 3 > kNames) return absl::StrCat("  ", name, between, beside, "\n");
  return absl::StrCat("  ", PadRight(name, kNames - 2), beside, "\n");
}

std::string Formatter::make_description(const CLI::App* app) const {
  std::string text = Say(app->get_description());
  // A text of several lines has its own.
  if (!absl::StrContains(text, "\n")) text = absl::StrJoin(Wrapped(text, kWidth), "\n");
  if (app->get_require_option_min() == 1 && app->get_require_option_max() == 1) {
    absl::StrAppend(&text, "\n", In(language_, kExactlyOne));
  }
  return text.empty() ? text : absl::StrCat(text, "\n");
}

std::string Formatter::make_footer(const CLI::App* app) const {
  std::string text;
  const std::vector<std::string> examples = ExamplesOf(*app);
  if (!examples.empty()) {
    absl::StrAppend(&text, In(language_, kExamples), "\n  ", absl::StrJoin(examples, "\n  "),
                    "\n\n");
  }
  const std::string footer = app->get_footer();  // its program's, unless it has its own
  return footer.empty() ? text : absl::StrCat(text, Say(footer), "\n");
}

std::string Formatter::make_group(std::string group, bool is_positional,
                                  std::vector<const CLI::Option*> options) const {
  if (group == kOptions.en) group = std::string(In(language_, kOptions));
  return CLI::Formatter::make_group(std::move(group), is_positional, std::move(options));
}

std::string Formatter::make_subcommand(const CLI::App* command) const {
  return Row(command->get_display_name(true), command->get_description());
}

// Of a group of options, which has no name: its description says what it is.
std::string Formatter::make_expanded(const CLI::App* group) const {
  const std::string text = CLI::Formatter::make_expanded(group);
  if (!group->get_name().empty()) return text;
  return std::string(absl::StripLeadingAsciiWhitespace(
      absl::StripPrefix(text, absl::StrCat(group->get_display_name(true), "\n"))));
}

std::string Formatter::make_option(const CLI::Option* option, bool is_positional) const {
  return Row(absl::StrCat(make_option_name(option, is_positional), make_option_opts(option)),
             option->get_description());
}

std::string Formatter::make_option_opts(const CLI::Option* option) const {
  const std::string opts = CLI::Formatter::make_option_opts(option);
  if (language_ == Language::kEnglish) return opts;
  // " KIND:{real,generated}=real REQUIRED": the form comes first, then what limits it.
  const std::string form = option->get_type_name();
  if (form.empty() || !absl::StartsWith(opts, absl::StrCat(" ", form))) return opts;
  for (size_t end = form.size();; end = form.rfind(':', end - 1)) {
    if (end == std::string::npos || end == 0) return opts;
    const std::string written = form.substr(0, end);
    if (HasSpanish(written)) return absl::StrCat(" ", InSpanish(written), opts.substr(1 + end));
  }
}

void Install(CLI::App& app, Language language) {
  app.formatter(std::make_shared<Formatter>(language));
  app.group(std::string(In(language, kSubcommands)));
}

bool IsGroup(const CLI::App& app) {
  // An option group is a nameless one.
  return !app.get_subcommands([](const CLI::App* one) { return !one->get_name().empty(); }).empty();
}

std::string ProgramOf(const CLI::App& app) {
  return app.get_parent() == nullptr ? app.get_name() : ProgramOf(*app.get_parent());
}

std::string PathOf(const CLI::App& app) {
  if (app.get_parent() == nullptr) return "";
  const std::string path = absl::StrCat(PathOf(*app.get_parent()), " ", app.get_name());
  return std::string(absl::StripPrefix(path, " "));
}

}  // namespace puente::cli::help
