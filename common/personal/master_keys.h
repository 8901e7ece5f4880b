// The keys that a server is given for personal data: those that hash identifiers, by version, and
// those that wrap persons' keys, by epoch. Each is a file of a folder that nobody else may enter,
// or a credential of systemd:
//
//   personal-hash-1    personal-epoch-1    personal-epoch-2
//
// with 64 hexadecimal digits in lower case, and perhaps a line feed. Other files there are left
// alone. In memory they stand where neither swap nor core files reach (crypto::SecretKey); what is
// opened with them does not: see private_memory.h.
#pragma once

#include <map>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/crypto/secret_key.h"

namespace puente::personal {

enum class KeyKind { kHash, kEpoch };

// "personal-epoch-2".
std::string KeyName(KeyKind kind, int number);

class MasterKeys {
 public:
  using Keys = std::map<int, crypto::SecretKey>;

  // At least one of each kind. "" stands for the credentials of systemd
  // ($CREDENTIALS_DIRECTORY). Errors: those of key files in errors.h, which name the file and what
  // to do, and nothing of what is in it.
  static absl::StatusOr<MasterKeys> Read(const std::string& folder);
  // In which state those files are, for who reads them again when they change; "" if that can't be
  // told.
  static std::string Stamp(const std::string& folder);

  // By version and by epoch, from 1 on; never empty.
  const Keys& hash_keys() const { return hash_keys_; }
  const Keys& epochs() const { return epochs_; }
  int newest_epoch() const { return epochs_.rbegin()->first; }
  // Since when its file is there as it is; a copy has the time of its making.
  absl::Time newest_epoch_time() const { return newest_epoch_time_; }
  // KEY_MISSING if it was not given.
  absl::StatusOr<const crypto::SecretKey*> Epoch(int epoch) const {
    return Find(epochs_, KeyKind::kEpoch, epoch);
  }
  absl::StatusOr<const crypto::SecretKey*> Hash(int version) const {
    return Find(hash_keys_, KeyKind::kHash, version);
  }
  // Where a key is, or would be.
  std::string PathOf(KeyKind kind, int number) const;

 private:
  explicit MasterKeys(std::string folder) : folder_(std::move(folder)) {}
  absl::StatusOr<const crypto::SecretKey*> Find(const Keys& keys, KeyKind kind, int number) const;

  std::string folder_;
  Keys hash_keys_;
  Keys epochs_;
  absl::Time newest_epoch_time_;
};

// Makes a new random key in a folder that Read() would accept. It is there whole and on disk, or
// not at all; KEY_EXISTS if there is one of this number.
absl::Status GenerateKey(const std::string& folder, KeyKind kind, int number);

}  // namespace puente::personal
