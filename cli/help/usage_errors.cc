#include "cli/help/usage_errors.h"

#include <re2/re2.h>

#include <algorithm>
#include <numeric>

#include "absl/algorithm/container.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "cli/help/formatter.h"
#include "cli/options.h"

namespace puente::cli::help {
namespace {

constexpr Label kNoCommand{"there is no command \"", "no existe el comando \""};
constexpr Label kBelow{"\" of ", "\" de "};
constexpr Label kNoOption{"there is no option \"", "no existe la opción \""};
constexpr Label kNotExpected{"nothing is asked for here: \"", "aquí no se espera nada: \""};
constexpr Label kCommandMissing{"a command is missing", "falta un comando"};
constexpr Label kThereAre{"; there are ", "; hay "};
constexpr Label kDidYouMean{"did you mean \"", "¿quiso decir \""};
constexpr Label kQuestion{"\"?", "\"?"};
constexpr Label kHelp{"see ", "vea "};

// What the parser says of values, and how it is said here. Those of the parser are English.
struct Form {
  const char* pattern;
  const char* en;
  const char* es;
};
constexpr Form kForms[] = {
    {R"(Exactly 1 option from \[(.+)\](?: is required.*)?)", R"(exactly one is needed of \1)",
     R"(se necesita exactamente una de \1)"},
    {R"((.+) is required)", R"(\1 is missing)", R"(falta \1)"},
    {R"((.+): (.+) not in \{(.+)\})", R"(\1: there is no "\2"; one of \3)",
     R"(\1: no existe "\2"; uno de \3)"},
    {R"((.+): Value (.+) not in range \[?(\S+) (?:-|to) ([^\]\s]+)\]?)",
     R"(\1: \2 is not between \3 and \4)", R"(\1: \2 no está entre \3 y \4)"},
    {R"(Could not convert: (.+) = (.+))", R"(\1: "\2" is no number)",
     R"(\1: "\2" no es un número)"},
    {R"((.+): (\d+) required \S+ missing)", R"(\1: its value is missing)", R"(\1: falta su valor)"},
    {R"((.+): empty)", R"(\1: its value is empty)", R"(\1: su valor está vacío)"},
    {R"((.+): not ASCII)", R"(\1: write it in letters without accents, digits and signs)",
     R"(\1: escríbalo con letras sin acento, dígitos y signos)"},
    {R"((.+): not a UUID)", R"(\1: write it as the error told it, a UUID in small letters)",
     R"(\1: escríbalo como lo dijo el error, un UUID en minúsculas)"},
    {R"((.+): At Most 1 required but received (\d+))", R"(\1 is given \2 times, once is enough)",
     R"(\1 aparece \2 veces; basta una)"},
    {R"((.+) excludes (.+))", R"(\1 does not go with \2)", R"(\1 no va con \2)"},
    {R"((.+) requires (.+))", R"(\1 needs \2)", R"(\1 necesita \2)"},
};

// The command that was written last.
const CLI::App& Deepest(const CLI::App& app) {
  const std::vector<CLI::App*> parsed = app.get_subcommands();
  return parsed.empty() ? app : Deepest(*parsed.back());
}

std::vector<std::string> CommandsOf(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* one : app.get_subcommands([](const CLI::App*) { return true; })) {
    if (!one->get_name().empty()) names.push_back(one->get_name());
  }
  return names;
}

// Of a command and those above it, whose options may follow it.
std::vector<std::string> OptionsOf(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* one = &app; one != nullptr; one = one->get_parent()) {
    for (const CLI::Option* option : one->get_options()) {
      for (const std::string& name : option->get_lnames())
        names.push_back(absl::StrCat("--", name));
    }
  }
  return names;
}

// By its number, since its name may be that of a command.
bool Is(const CLI::ParseError& error, CLI::ExitCodes kind) {
  return error.get_exit_code() == static_cast<int>(kind);
}

// What was written that nothing takes.
std::vector<std::string> LeftBy(const CLI::App& program, const CLI::ParseError& error) {
  std::string words;
  if (!RE2::FullMatch(error.what(), R"(The following arguments? w\w+ not expected: (.+))",
                      &words)) {
    return program.remaining(/*recurse=*/true);
  }
  std::vector<std::string> left = absl::StrSplit(words, ' ');
  absl::c_reverse(left);  // the last one comes first
  return left;
}

std::string Wording(const std::string& text, Language language) {
  for (const Form& form : kForms) {
    std::string said;
    const RE2 pattern(form.pattern);
    const bool spanish = language == Language::kSpanish;
    if (!RE2::FullMatch(text, pattern)) continue;
    if (RE2::Extract(text, pattern, spanish ? form.es : form.en, &said)) return said;
  }
  return text;
}

std::string Meant(absl::string_view word, absl::Span<const std::string> choices,
                  Language language) {
  const std::string nearest = Nearest(word, choices);
  return nearest.empty()
             ? ""
             : absl::StrCat(In(language, kDidYouMean), nearest, In(language, kQuestion), " ");
}

}  // namespace

UsageError Explain(const CLI::App& program, const CLI::ParseError& error, Language language) {
  const CLI::App& command = Deepest(program);
  const std::string path = PathOf(command);
  const std::string program_name = ProgramOf(command);
  const auto say = [&](const Label& label) { return In(language, label); };
  const std::string help =
      absl::StrCat(say(kHelp), program_name, " ", path, path.empty() ? "" : " ", "--help");
  const std::vector<std::string> left = LeftBy(program, error);
  const std::vector<std::string> commands = CommandsOf(command);
  if (!left.empty() && absl::StartsWith(left.front(), "--")) {
    const std::string option = left.front().substr(0, left.front().find('='));
    return {absl::StrCat(say(kNoOption), option, "\""),
            absl::StrCat(Meant(option, OptionsOf(command), language), help)};
  }
  if (!left.empty() && !commands.empty()) {
    return {
        absl::StrCat(say(kNoCommand), left.front(), say(kBelow), program_name,
                     path.empty() ? "" : " ", path, say(kThereAre), absl::StrJoin(commands, ", ")),
        absl::StrCat(Meant(left.front(), commands, language), help)};
  }
  if (!commands.empty() && Is(error, CLI::ExitCodes::RequiredError)) {
    return {absl::StrCat(say(kCommandMissing), say(kThereAre), absl::StrJoin(commands, ", ")),
            help};
  }
  if (Is(error, CLI::ExitCodes::ExtrasError) && !left.empty()) {
    return {absl::StrCat(say(kNotExpected), absl::StrJoin(left, " "), "\""), help};
  }
  UsageError told{Wording(error.what(), language), help};
  std::string wrong, choices;
  if (RE2::FullMatch(error.what(), R"(.+: (.+) not in \{(.+)\})", &wrong, &choices)) {
    const std::vector<std::string> all = absl::StrSplit(choices, ',');
    told.remedy = absl::StrCat(Meant(wrong, all, language), help);
  }
  return told;
}

std::string Nearest(absl::string_view word, absl::Span<const std::string> choices) {
  // Levenshtein's distance, a row at a time.
  const auto distance = [&](absl::string_view other) {
    std::vector<size_t> row(other.size() + 1);
    std::iota(row.begin(), row.end(), size_t{0});
    for (size_t i = 0; i < word.size(); ++i) {
      size_t corner = row[0];
      row[0] = i + 1;
      for (size_t j = 0; j < other.size(); ++j) {
        const size_t replaced = corner + (word[i] == other[j] ? 0 : 1);
        corner = row[j + 1];
        row[j + 1] = std::min({replaced, row[j] + 1, corner + 1});
      }
    }
    return row.back();
  };
  std::string nearest;
  size_t least = (word.size() + 2) / 3 + 1;
  for (const std::string& choice : choices) {
    if (const size_t found = distance(choice); found < least) {
      least = found;
      nearest = choice;
    }
  }
  return nearest;
}

Language LanguageOf(int argc, const char* const* argv) {
  const auto language = [](absl::string_view written) {
    return written == "es" ? Language::kSpanish : Language::kEnglish;
  };
  for (int i = 1; i < argc; ++i) {
    absl::string_view argument = argv[i];
    if (absl::ConsumePrefix(&argument, "--lang=")) return language(argument);
    if (argument == "--lang" && i + 1 < argc) return language(argv[i + 1]);
  }
  return LanguageOfEnvironment();
}

}  // namespace puente::cli::help
