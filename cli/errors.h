// Errors for people: what is wrong, its reason, and what to do.
#pragma once

#include <ostream>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "cli/labels.h"

namespace puente::cli {

// The call that failed.
struct Attempt {
  std::string server;
  std::string address;
  std::string caller;
  absl::Duration timeout;
  // What is wrong with the caller's own files ("" if nothing), and what OpenSSL told about the
  // last handshake ("" if it was not refused).
  std::string files_trouble;
  std::string refusal;
};

// What to do about an error, in one sentence; "" if the error says it all.
std::string Hint(const absl::Status& status, const Attempt& attempt, Language language);

// The likely cause of an error that no server made: nothing listens, the call took too long, a
// handshake was refused. "" for errors of a server.
std::string LikelyCause(const absl::Status& status, const Attempt& attempt, Language language);

// "error: TEXT [REASON]", the violations with field, rule and remedy, the likely cause, the hint.
std::string ErrorText(const absl::Status& status, const Attempt& attempt, Language language);

}  // namespace puente::cli
