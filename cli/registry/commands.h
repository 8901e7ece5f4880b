// What operators do.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "cli/registry/folder.h"
#include "cli/session.h"

namespace puente::registry {

// What was written on the command line.
struct Args {
  std::string folder = "registry";
  std::string authority;  // folder of ca.pem and ca.key; "" for the registry's
  std::string federation;
  std::string by;
  std::string why;
  bool dry_run = false;
  bool replace_any = false;  // whichever issue is in place
  std::string party;
  std::string person;
  std::string file;  // a request, a text or a registry
  std::string out;
  std::string digest;
  std::string public_key;
  std::string record_kind;
  std::vector<std::string> persons;  // "ana-r7=reviewer"
  std::vector<std::string> sources;
  std::vector<std::string> hosts;
  int days = 0;     // 0 for the usual ones
  int ending = -1;  // days; all if negative
};

// A new registry, with its key; the servers are in it.
absl::Status Init(cli::Session& session, const Args& args);
absl::Status InitAuthority(cli::Session& session, const Args& args);

// The first certificate of a party, and those after it (certificates.cc).
absl::Status SignRequest(cli::Session& session, const Args& args);
absl::Status Renew(cli::Session& session, const Args& args);
absl::Status RenewAuthority(cli::Session& session, const Args& args);

absl::Status EnterParty(cli::Session& session, const Args& args);
absl::Status Block(cli::Session& session, const Args& args);
absl::Status Unblock(cli::Session& session, const Args& args);
// A text that was written by hand.
absl::Status Publish(cli::Session& session, const Args& args);

// What there is (looking.cc).
absl::Status List(cli::Session& session, const Args& args);
absl::Status Show(cli::Session& session, const Args& args);
absl::Status Verify(cli::Session& session, const Args& args);

// A party to try things with, in a federation on this machine (sandbox.cc).
absl::Status Sandbox(cli::Session& session, const Args& args);

// Says that nothing was written, if that was asked for.
bool OnlyShown(cli::Session& session, const Args& args);
// By whom, about what and why, for the log.
Change NoteOf(const Args& args, absl::string_view what);
// Where the authority is.
std::string AuthorityFolder(const Args& args);
// The party, persons and what else was written, as an entry.
absl::StatusOr<identity::Principal> EntryOf(const Args& args);
// "2026-11-30".
std::string DayOf(absl::Time time);

}  // namespace puente::registry
