#include "common/personal/master_keys.h"

#include <dirent.h>
#include <fcntl.h>
#include <pwd.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <optional>
#include <system_error>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/context/disk.h"
#include "common/context/file.h"
#include "common/crypto/digest.h"
#include "common/personal/errors.h"
#include "common/status/macros.h"

namespace puente::personal {
namespace {

constexpr size_t kDigits = 2 * crypto::SecretKey::kBytes;
constexpr absl::string_view kPrefixes[] = {"personal-hash-", "personal-epoch-"};

absl::string_view PrefixOf(KeyKind kind) { return kPrefixes[kind == KeyKind::kHash ? 0 : 1]; }

std::string Why() { return std::generic_category().message(errno); }

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) close(number_);
  }
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return number_; }
  bool ok() const { return number_ >= 0; }

 private:
  int number_;
};

std::string CredentialsFolder() {
  const char* const folder = std::getenv("CREDENTIALS_DIRECTORY");
  return folder == nullptr ? "" : folder;
}

std::string NameOf(uid_t id) {
  const passwd* const user = getpwuid(id);
  return user == nullptr ? absl::StrCat(id) : user->pw_name;
}

// The process's user or root owns it, and nobody else may do anything. Of a credential, systemd
// lets its user read by an access list, whose mask stands where the group's bits would.
absl::Status CheckReach(const struct stat& file, const std::string& path, bool credential,
                        absl::string_view mode) {
  const bool own = file.st_uid == geteuid() || file.st_uid == 0;
  const mode_t others = S_IRWXO | (credential && file.st_uid == 0 ? S_IWGRP : S_IRWXG);
  if (own && (file.st_mode & others) == 0) return absl::OkStatus();
  return Error(error::kKeysExposed, "path"_is(path), "owner"_is(NameOf(geteuid())),
               "mode"_is(mode));
}

struct Folder {
  std::string path;
  bool credentials;
  Descriptor descriptor;

  std::string PathOf(const std::string& name) const { return absl::StrCat(path, "/", name); }
};

absl::StatusOr<Folder> OpenFolder(const std::string& path) {
  const std::string credentials = CredentialsFolder();
  Folder folder{path.empty() ? credentials : path, path.empty() || path == credentials,
                Descriptor(-1)};
  if (folder.path.empty()) {
    return Error(error::kKeysFolderUnreadable, "path"_is("$CREDENTIALS_DIRECTORY"),
                 "why"_is("it is not set"));
  }
  Descriptor descriptor(open(folder.path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  struct stat state;
  if (!descriptor.ok() || fstat(descriptor.get(), &state) != 0) {
    return Error(error::kKeysFolderUnreadable, "path"_is(folder.path), "why"_is(Why()));
  }
  // Root's, in a folder of the server's, would be out of the server's reach.
  if (geteuid() == 0 && state.st_uid != 0) {
    return Error(error::kKeysOfAnother, "path"_is(folder.path), "owner"_is(NameOf(state.st_uid)));
  }
  RETURN_IF_ERROR(CheckReach(state, folder.path, folder.credentials, "700"));
  return Folder{std::move(folder.path), folder.credentials, std::move(descriptor)};
}

// The number of a key's file; nothing for other files.
std::optional<int> NumberOf(absl::string_view name, KeyKind kind) {
  int number = 0;
  absl::string_view digits = name;
  if (!absl::ConsumePrefix(&digits, PrefixOf(kind)) || !absl::SimpleAtoi(digits, &number) ||
      number < 1 || name != KeyName(kind, number)) {
    return std::nullopt;
  }
  return number;
}

bool IsLowerHex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }

// Nothing if the text is no key's.
std::optional<crypto::SecretKey> ParseKey(absl::string_view text) {
  absl::ConsumeSuffix(&text, "\n");
  if (text.size() != kDigits || !std::all_of(text.begin(), text.end(), IsLowerHex)) {
    return std::nullopt;
  }
  crypto::SecretKey key;
  sodium_hex2bin(key.bytes().data(), key.bytes().size(), text.data(), text.size(), nullptr, nullptr,
                 nullptr);
  return key;
}

struct KeyFile {
  crypto::SecretKey key;
  absl::Time time;
};

absl::StatusOr<KeyFile> ReadKey(const Folder& folder, const std::string& name) {
  const std::string path = folder.PathOf(name);
  // A pipe would keep waiting.
  const Descriptor file(openat(folder.descriptor.get(), name.c_str(),
                               O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  struct stat state;
  if (!file.ok() || fstat(file.get(), &state) != 0) {
    return Error(error::kKeyUnreadable, "path"_is(path), "why"_is(Why()));
  }
  if (!S_ISREG(state.st_mode)) {
    return Error(error::kKeyUnreadable, "path"_is(path), "why"_is("it is no regular file"));
  }
  RETURN_IF_ERROR(CheckReach(state, path, folder.credentials, "600"));
  char text[kDigits + 2];
  const absl::Cleanup wipe = [&] { sodium_memzero(text, sizeof text); };
  const ssize_t size = read(file.get(), text, sizeof text);
  if (size < 0) return Error(error::kKeyUnreadable, "path"_is(path), "why"_is(Why()));
  std::optional<crypto::SecretKey> key = ParseKey({text, static_cast<size_t>(size)});
  if (!key) return Error(error::kKeyMalformed, "path"_is(path));
  // Unlike the time of modification, no copy brings that of its original with it.
  return KeyFile{*std::move(key), absl::TimeFromTimespec(state.st_ctim)};
}

absl::StatusOr<std::vector<std::string>> NamesIn(const Folder& folder) {
  DIR* const entries = fdopendir(dup(folder.descriptor.get()));
  if (entries == nullptr) {
    return Error(error::kKeysFolderUnreadable, "path"_is(folder.path), "why"_is(Why()));
  }
  const absl::Cleanup end = [&] { closedir(entries); };
  std::vector<std::string> names;
  while (const dirent* const entry = readdir(entries)) names.emplace_back(entry->d_name);
  return names;
}

bool WriteRandomKey(int file) {
  const crypto::SecretKey key = crypto::SecretKey::Random();
  char text[kDigits + 1];
  const absl::Cleanup wipe = [&] { sodium_memzero(text, sizeof text); };
  sodium_bin2hex(text, sizeof text, reinterpret_cast<const unsigned char*>(key.view().data()),
                 key.view().size());
  text[kDigits] = '\n';  // in place of the terminating zero
  return !WriteAndSync(file, {text, sizeof text});
}

}  // namespace

std::string KeyName(KeyKind kind, int number) { return absl::StrCat(PrefixOf(kind), number); }

absl::StatusOr<MasterKeys> MasterKeys::Read(const std::string& path) {
  ASSIGN_OR_RETURN(const Folder folder, OpenFolder(path));
  ASSIGN_OR_RETURN(const std::vector<std::string> names, NamesIn(folder));
  MasterKeys keys(folder.path);
  for (const KeyKind kind : {KeyKind::kHash, KeyKind::kEpoch}) {
    auto& into = kind == KeyKind::kHash ? keys.hash_keys_ : keys.epochs_;
    for (const std::string& name : names) {
      const std::optional<int> number = NumberOf(name, kind);
      if (!number) continue;
      ASSIGN_OR_RETURN(KeyFile file, ReadKey(folder, name));
      into.emplace(*number, std::move(file.key));
      if (kind == KeyKind::kEpoch && *number == keys.newest_epoch()) {
        keys.newest_epoch_time_ = file.time;
      }
    }
    if (into.empty()) {
      return Error(error::kKeyMissing, "path"_is(folder.PathOf(KeyName(kind, 1))));
    }
  }
  return keys;
}

std::string MasterKeys::Stamp(const std::string& path) {
  const absl::StatusOr<Folder> folder = OpenFolder(path);
  if (!folder.ok()) return "";
  absl::StatusOr<std::vector<std::string>> names = NamesIn(*folder);
  if (!names.ok()) return "";
  std::sort(names->begin(), names->end());
  std::string stamp = FileStamp(folder->path);
  for (const std::string& name : *names) {
    if (!NumberOf(name, KeyKind::kHash) && !NumberOf(name, KeyKind::kEpoch)) continue;
    absl::StrAppend(&stamp, "\n", name, " ", FileStamp(folder->PathOf(name)));
  }
  return stamp;
}

absl::StatusOr<const crypto::SecretKey*> MasterKeys::Find(const Keys& keys, KeyKind kind,
                                                          int number) const {
  const auto found = keys.find(number);
  if (found == keys.end()) return Error(error::kKeyMissing, "path"_is(PathOf(kind, number)));
  return &found->second;
}

std::string MasterKeys::PathOf(KeyKind kind, int number) const {
  return absl::StrCat(folder_, "/", KeyName(kind, number));
}

// Under another name first: a link is made whole or not at all, and replaces nothing.
absl::Status GenerateKey(const std::string& path, KeyKind kind, int number) {
  ASSIGN_OR_RETURN(const Folder folder, OpenFolder(path));
  const int at = folder.descriptor.get();
  const std::string name = KeyName(kind, number);
  const std::string draft = absl::StrCat(".", name, "-", crypto::Uuid4());
  const auto failed = [&] {
    return errno == EEXIST
               ? Error(error::kKeyExists, "path"_is(folder.PathOf(name)))
               : Error(error::kKeyNotWritten, "path"_is(folder.PathOf(name)), "why"_is(Why()));
  };
  const Descriptor file(
      openat(at, draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
  if (!file.ok()) return failed();
  const absl::Cleanup remove = [&] { unlinkat(at, draft.c_str(), 0); };
  if (!WriteRandomKey(file.get()) || linkat(at, draft.c_str(), at, name.c_str(), 0) != 0 ||
      fsync(at) != 0) {
    return failed();
  }
  return absl::OkStatus();
}

}  // namespace puente::personal
