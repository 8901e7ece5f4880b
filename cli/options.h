// What the user chose for the whole program.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "cli/labels.h"

namespace puente::cli {

// What the program exits with.
enum ExitCode {
  kOk = 0,
  kFailure = 1,
  kUsage = 2,
  kRejectedRows = 3,  // a file has rows that were not loaded
};

enum class Format { kTable, kJson, kCsv };

struct Options {
  std::string federation;  // path of federation.json; "" means search
  std::string caller;      // "council/cce"; "" means the command's own
  Format format = Format::kTable;
  Language language = Language::kEnglish;
  bool plain = false;
  bool explain = false;
  std::string actor;       // who acts for the caller, or ""
  std::string purpose;     // why, or ""
  std::string request_id;  // of the change that a command makes; "" for a fresh one
  // Of each call; nothing means the command's own.
  std::optional<absl::Duration> timeout;
};

// Spanish if LC_ALL, LC_MESSAGES or LANG, the first one set, starts with "es".
Language LanguageOfEnvironment();

// Metadata of every call.
using Headers = std::vector<std::pair<std::string, std::string>>;
Headers HeadersOf(const Options& options);

// "es" or "en", as sent in accept-language.
absl::string_view LanguageCode(Language language);

}  // namespace puente::cli
