#include "cli/options.h"

#include <cstdlib>

#include "absl/strings/match.h"

namespace puente::cli {

Language LanguageOfEnvironment() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(name);
    if (value == nullptr || *value == '\0') continue;
    return absl::StartsWith(value, "es") ? Language::kSpanish : Language::kEnglish;
  }
  return Language::kEnglish;
}

Headers HeadersOf(const Options& options) {
  Headers headers = {{"accept-language", std::string(LanguageCode(options.language))}};
  if (!options.actor.empty()) headers.emplace_back("puente-actor", options.actor);
  if (!options.purpose.empty()) headers.emplace_back("puente-purpose", options.purpose);
  return headers;
}

absl::string_view LanguageCode(Language language) {
  return language == Language::kSpanish ? "es" : "en";
}

}  // namespace puente::cli
