// The help: each text in both languages, in 80 columns, with examples that the program takes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "cli/command_tree.h"
#include "cli/help/examples.h"
#include "cli/help/formatter.h"
#include "cli/help/spanish.h"
#include "cli/help/usage_errors.h"
#include "cli/registry/app.h"
#include "cli/width.h"
#include "tests/cli/running.h"

namespace puente::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

struct Program {
  const char* name;
  bool is_registry;
  size_t commands;  // at least so many
};
constexpr Program kPrograms[] = {{"puente", false, 100}, {"puente-registry", true, 12}};

// All commands of a program, groups too.
class Help : public ::testing::TestWithParam<std::tuple<Program, Language>> {
 protected:
  Help() : program_(std::get<Program>(GetParam())), app_(program_.name, program_.name) {
    help::Install(app_, std::get<Language>(GetParam()));
    app_.require_subcommand(1);
    if (program_.is_registry) {
      registry::AddAll(app_, registry_chosen_);
    } else {
      // Those of the program, of which examples make use.
      for (const char* name : {"--as", "--actor", "--purpose"}) app_.add_option(name, global_);
      AddCommands(app_, chosen_);
    }
    Collect(app_);
  }

  // Whether a command was chosen; none is afterwards.
  bool Chose() {
    const bool chose = chosen_.command != nullptr || registry_chosen_.command != nullptr;
    chosen_.command = nullptr;
    registry_chosen_.command = nullptr;
    return chose;
  }

  void Collect(const CLI::App& app) {
    for (const CLI::App* one : app.get_subcommands([](const CLI::App*) { return true; })) {
      if (!one->get_name().empty()) commands_.push_back(one);
      Collect(*one);
    }
  }

  const Program program_;
  CLI::App app_;
  Chosen chosen_;
  registry::Chosen registry_chosen_;
  std::string global_;
  std::vector<const CLI::App*> commands_;
};

TEST_P(Help, IsAllInSpanishToo) {
  std::vector<std::string> missing;
  const auto check = [&](const std::string& text) {
    if (!text.empty() && !help::HasSpanish(text)) missing.push_back(text);
  };
  for (const CLI::App* command : commands_) {
    check(command->get_description());
    check(command->get_footer());
    for (const CLI::Option* option : command->get_options()) check(option->get_description());
  }
  EXPECT_GE(commands_.size(), program_.commands);
  EXPECT_THAT(missing, IsEmpty());
}

TEST(HelpInSpanish, NamesFormsInSpanish) {
  const Ran ran = RunWith({"council", "gaps", "--help"});
  EXPECT_THAT(ran.out, HasSubstr("--state CODE|NAME"));
  EXPECT_THAT(RunWith({"labor", "close", "--help"}, "es").out,
              AllOf(HasSubstr("Cerrar una vacante"), HasSubstr("Uso:"), HasSubstr("Opciones:"),
                    HasSubstr("Argumentos:"),
                    HasSubstr("--reason MOTIVO:{filled,withdrawn,expired} NECESARIO"),
                    HasSubstr("Ejemplos:\n  puente labor close"), Not(HasSubstr("Options")),
                    Not(HasSubstr("REQUIRED"))));
  EXPECT_THAT(RunWith({"school", "places", "--help"}, "es").out,
              AllOf(HasSubstr("Se necesita exactamente una"), Not(HasSubstr("Option Group"))));
}

TEST_P(Help, FitsIntoATerminal) {
  commands_.push_back(&app_);
  for (const CLI::App* command : commands_) {
    for (const absl::string_view line : absl::StrSplit(command->help(), '\n')) {
      // What a value may be is one word, however long.
      if (absl::StrContains(line, ":{")) continue;
      EXPECT_LE(DisplayWidth(line), 80) << help::PathOf(*command) << ": " << line;
    }
  }
}

TEST_P(Help, HasExamplesThatTheProgramTakes) {
  for (const CLI::App* command : commands_) {
    const std::vector<std::string> examples = help::ExamplesOf(*command);
    EXPECT_FALSE(examples.empty()) << help::PathOf(*command);
    if (help::IsGroup(*command)) continue;
    for (const std::string& example : examples) {
      std::string line = absl::StrReplaceAll(example, {{"\\\n", " "}});
      line = line.substr(0, line.find(" < "));
      try {
        app_.parse(line.substr(std::string(program_.name).size() + 1));
      } catch (const CLI::ParseError& error) {
        ADD_FAILURE() << example << ": " << error.what();
        continue;
      }
      EXPECT_TRUE(Chose()) << example;
      const CLI::App* last = &app_;
      while (!last->get_subcommands().empty()) last = last->get_subcommands().back();
      EXPECT_EQ(last, command) << example;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Languages, Help,
                         ::testing::Combine(::testing::ValuesIn(kPrograms),
                                            ::testing::Values(Language::kEnglish,
                                                              Language::kSpanish)));

TEST(UsageError, IsToldInBothLanguagesWithWhatWasMeant) {
  struct Case {
    std::vector<const char*> arguments;
    std::vector<const char*> en, es;
  };
  for (const Case& c : std::vector<Case>{
           {{"council", "gap"},
            {"there is no command \"gap\" of puente council; there are overview, gaps",
             "did you mean \"gaps\"? see puente council --help"},
            {"no existe el comando \"gap\" de puente council; hay overview, gaps",
             "¿quiso decir \"gaps\"? vea puente council --help"}},
           {{"fly"},
            {"there is no command \"fly\" of puente; there are council"},
            {"no existe el comando \"fly\" de puente; hay council"}},
           {{}, {"a command is missing; there are council"}, {"falta un comando; hay council"}},
           {{"council", "gaps", "--stat", "11"},
            {"there is no option \"--stat\"", "did you mean \"--state\"?"},
            {"no existe la opción \"--stat\"", "¿quiso decir \"--state\"?"}},
           {{"status", "now"},
            {"nothing is asked for here: \"now\""},
            {"aquí no se espera nada: \"now\""}},
           {{"count", "labor", "vacancies"}, {"--kind is missing"}, {"falta --kind"}},
           {{"labor", "close", "x", "--reason", "fild"},
            {"--reason: there is no \"fild\"; one of filled,withdrawn,expired",
             "did you mean \"filled\"?"},
            {"--reason: no existe \"fild\"; uno de filled,withdrawn,expired",
             "¿quiso decir \"filled\"?"}},
           {{"labor", "vacancies", "--limit", "0"},
            {"--limit: 0 is not between 1 and 100000000"},
            {"--limit: 0 no está entre 1 y 100000000"}},
           {{"labor", "vacancies", "--limit", "few"}, {"--limit: "}, {"--limit: "}},
           {{"council", "gaps", "--state"},
            {"--state: its value is missing"},
            {"--state: falta su valor"}},
           {{"status", "--as", "a/b", "--as", "a/c"},
            {"--as is given 2 times, once is enough"},
            {"--as aparece 2 veces; basta una"}},
           {{"school", "places"},
            {"exactly one is needed of "},
            {"se necesita exactamente una de "}},
           {{"council", "places", "--by-state", "--state", "11"},
            {" does not go with "},
            {" no va con "}},
       }) {
    const Ran en = RunWith(c.arguments), es = RunWith(c.arguments, "es");
    EXPECT_EQ(en.code, kUsage) << en.err;
    for (const char* text : c.en) EXPECT_THAT(en.err, HasSubstr(text));
    for (const char* text : c.es) EXPECT_THAT(es.err, HasSubstr(text));
  }
}

TEST(Nearest, IsTheOneWithFewestOtherLetters) {
  const std::vector<std::string> choices = {"overview", "gaps", "trace"};
  EXPECT_EQ(help::Nearest("overveiw", choices), "overview");
  EXPECT_EQ(help::Nearest("gap", choices), "gaps");
  EXPECT_EQ(help::Nearest("trce", choices), "trace");
  EXPECT_EQ(help::Nearest("places", choices), "");
  EXPECT_EQ(help::Nearest("", choices), "");
}

TEST(FederationByEnvironment, IsUsedWithoutTheOption) {
  setenv("PUENTE_FEDERATION", "/nowhere/federation.json", 1);
  EXPECT_THAT(RunWith({"status"}).err, HasSubstr("/nowhere/federation.json"));
  EXPECT_THAT(RunWith({"status", "--federation", "/other.json"}).err, HasSubstr("/other.json"));
  unsetenv("PUENTE_FEDERATION");
}

}  // namespace
}  // namespace puente::cli
