// The journals of agencies, for who holds them to account.
#pragma once

#include <string>

#include "cli/options.h"
#include "cli/session.h"

namespace puente::cli {

struct JournalArgs {
  std::string server;
  std::string position;  // "12" or "journalEntries/12"
  std::string resource;
  std::string caller;
  std::string actor;
  std::string method;
  std::string since;  // "2026-11-30"
  std::string until;
  bool personal_reads = false;
  bool oldest_first = false;
  int64_t limit = 50;
};
ExitCode JournalList(Session& session, const JournalArgs& args);
// One entry, with all records that it changed; whether it is what its digest, and its root, are of.
ExitCode JournalShow(Session& session, const JournalArgs& args);

}  // namespace puente::cli
