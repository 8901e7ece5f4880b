// Where the servers are and with which certificates they are called: var/federation.json.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/identity/spiffe.h"
#include "common/identity/tls.h"

namespace puente {

using identity::kTrustDomain;

struct Federation {
  std::string file;
  // Files that were nearer, but that others could have put there.
  std::vector<std::string> passed_over;
  // By server: "gateway", "labor", ...
  std::map<std::string, std::string> addresses;
  // By caller: "council/cce", ...
  std::map<std::string, identity::TlsFiles> callers;
  // By caller, the role of each person who acts for it, where the file says so.
  std::map<std::string, std::map<std::string, std::string>> actors;
};

// The gateway, then the agencies by name.
const std::vector<std::string>& Servers();
std::vector<std::string> Agencies();

// The text of a federation.json; paths that are relative are meant from the file's own folder.
// INVALID_ARGUMENT with what is wrong.
absl::StatusOr<Federation> ParseFederation(const std::string& file, const std::string& text);

// Reads `path`; if that is "", the nearest var/federation.json in the current folder or above it,
// else the one of the tree that this program was built in, else /etc/puente/federation.json. It
// says with which key which server is called, so the nearest one is passed over if others than this
// user and root can write it or a folder above it. NOT_FOUND says where it was looked for.
absl::StatusOr<Federation> ReadFederation(const std::string& path);

}  // namespace puente
