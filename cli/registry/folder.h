// The operators' folder: the registry as servers read it, its key, the certificates that were
// signed, and who changed what.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "cli/registry/authority.h"
#include "cli/registry/files.h"
#include "common/identity/registry.pb.h"

namespace puente::registry {

// A line of changes.jsonl.
struct Change {
  absl::Time time;
  std::string user;  // of the operating system
  std::string by;    // who he says that he is, or ""
  std::string what;  // the command
  std::string party;
  std::string person;
  std::string why;
  int64_t serial = 0;       // of the issue that this made; 0 if it made none
  std::string digest;       // SHA-256 of that issue, or of the request that was signed
  std::string certificate;  // the number of one that was signed
};
std::string LineOf(const Change& change);
std::optional<Change> ParseChange(absl::string_view line);

class Folder {
 public:
  explicit Folder(std::string path) : path_(std::move(path)) {}

  const std::string& path() const { return path_; }
  std::string registry() const { return File("principals.textproto"); }
  std::string public_key() const { return File("public.pem"); }
  std::string key() const { return File("key.pem"); }
  std::string changes() const { return File("changes.jsonl"); }
  std::string lock() const { return File(".lock"); }
  std::string certificate(const Issued& issued) const;

  // The issue that is in place, held against the public key. REGISTRY_MISSING, REGISTRY_INVALID.
  absl::StatusOr<identity::RegistryFile> Current() const;
  // The oldest first.
  absl::StatusOr<std::vector<Change>> Changes() const;
  // By party, then the one that ends last first.
  absl::StatusOr<std::vector<Issued>> Certificates() const;

 private:
  std::string File(const char* name) const;
  const std::string path_;
};

// A registry's content held against a key in PEM. REGISTRY_INVALID.
absl::StatusOr<identity::RegistryFile> ReadIssue(const std::string& content,
                                                 const std::string& public_key);

// A change under way: nobody else changes the folder meanwhile.
class Changing {
 public:
  // Takes the lock, and ends what a command that was killed had begun. A dry run does neither.
  static absl::StatusOr<Changing> Begin(const Folder& folder, bool dry_run = false);

  // REGISTRY_BEHIND if an older issue than the last one is in place.
  absl::StatusOr<identity::RegistryFile> Current() const;
  // Serial of the last issue, in place or not; 0 if there was none.
  int64_t last() const { return last_; }

  // Signs the content as the next issue, whatever its serial is, notes the change and puts it in
  // place. REGISTRY_INVALID. Gives the serial.
  absl::StatusOr<int64_t> Publish(identity::RegistryFile next, Change change);

  // Notes a change that makes no issue.
  absl::Status Note(Change change);
  // Notes a certificate, and keeps it.
  absl::Status Keep(const Issued& issued, absl::string_view pem, Change change);

 private:
  explicit Changing(const Folder& folder) : folder_(folder) {}
  absl::Status Finish();

  const Folder folder_;
  std::optional<FileLock> lock_;  // none in a dry run
  int64_t last_ = 0;              // serial that was issued last
};

}  // namespace puente::registry
