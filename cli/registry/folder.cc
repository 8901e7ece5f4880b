#include "cli/registry/folder.h"

#include <pwd.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <limits>
#include <nlohmann/json.hpp>
#include <tuple>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "cli/registry/edits.h"
#include "cli/registry/errors.h"
#include "common/context/file.h"
#include "common/context/text_proto.h"
#include "common/crypto/signature.h"
#include "common/identity/errors.h"
#include "common/identity/registry.h"
#include "common/status/macros.h"

namespace puente::registry {
namespace {

namespace fs = std::filesystem;
using identity::RegistryFile;
using nlohmann::json;

// The names of what has a text in a line.
constexpr std::pair<const char*, std::string Change::*> kTexts[] = {
    {"user", &Change::user},     {"by", &Change::by},
    {"what", &Change::what},     {"party", &Change::party},
    {"person", &Change::person}, {"why", &Change::why},
    {"digest", &Change::digest}, {"certificate", &Change::certificate}};

std::string UserName() {
  const passwd* user = getpwuid(getuid());
  return user != nullptr ? user->pw_name : absl::StrCat(getuid());
}

}  // namespace

std::string LineOf(const Change& change) {
  json line = {{"time", absl::FormatTime(absl::RFC3339_sec, change.time, absl::UTCTimeZone())}};
  for (const auto& [name, text] : kTexts) {
    if (!(change.*text).empty()) line[name] = change.*text;
  }
  if (change.serial != 0) line["serial"] = change.serial;
  // What was written on a command line may be no UTF-8.
  return line.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::optional<Change> ParseChange(absl::string_view line) {
  const json parsed = json::parse(line.begin(), line.end(), nullptr, /*allow_exceptions=*/false);
  if (!parsed.is_object()) return std::nullopt;
  Change change;
  const auto time = parsed.find("time");
  if (time == parsed.end() || !time->is_string() ||
      !absl::ParseTime(absl::RFC3339_full, time->get<std::string>(), &change.time, nullptr)) {
    return std::nullopt;
  }
  for (const auto& [name, text] : kTexts) {
    const auto found = parsed.find(name);
    if (found == parsed.end()) continue;
    if (!found->is_string()) return std::nullopt;
    change.*text = found->get<std::string>();
  }
  if (const auto serial = parsed.find("serial"); serial != parsed.end()) {
    if (!serial->is_number_integer()) return std::nullopt;
    change.serial = serial->get<int64_t>();
  }
  return change;
}

std::string Folder::File(const char* name) const { return absl::StrCat(path_, "/", name); }

std::string Folder::certificate(const Issued& issued) const {
  return absl::StrCat(path_, "/certificates/", issued.number, ".pem");
}

absl::StatusOr<RegistryFile> ReadIssue(const std::string& content, const std::string& public_key) {
  RETURN_IF_ERROR(identity::ReadSigned(content, public_key).status());
  RegistryFile file;
  // It was parsed above.
  ParseText(absl::string_view(content).substr(content.find('\n') + 1), file);
  return file;
}

absl::StatusOr<RegistryFile> Folder::Current() const {
  const std::optional<std::string> content = ReadFile(registry());
  if (!content) return Error(error::kNoRegistry, "path"_is(path_));
  ASSIGN_OR_RETURN(const std::string public_key, Read(this->public_key()));
  return ReadIssue(*content, public_key);
}

absl::StatusOr<std::vector<Change>> Folder::Changes() const {
  std::vector<Change> all;
  const std::string text = ReadFile(changes()).value_or("");
  // What is behind the last line's end is of a command that was killed.
  const absl::string_view whole(text.data(), text.rfind('\n') + 1);
  int number = 0;
  for (const absl::string_view line : absl::StrSplit(whole, '\n', absl::SkipEmpty())) {
    ++number;
    std::optional<Change> change = ParseChange(line);
    if (!change) {
      return Error(error::kLogMalformed, "line"_is(number), "path"_is(changes()));
    }
    all.push_back(*std::move(change));
  }
  return all;
}

absl::StatusOr<std::vector<Issued>> Folder::Certificates() const {
  std::vector<Issued> all;
  std::error_code none;
  for (const fs::directory_entry& entry : fs::directory_iterator(path_ + "/certificates", none)) {
    if (entry.path().extension() != ".pem") continue;
    ASSIGN_OR_RETURN(const std::string pem, Read(entry.path().string()));
    std::optional<Issued> issued = ReadIssued(pem);
    if (!issued) return Error(error::kFileNotRead, "path"_is(entry.path().string()));
    all.push_back(*std::move(issued));
  }
  std::sort(all.begin(), all.end(), [](const Issued& a, const Issued& b) {
    return std::tie(a.party, b.end, a.number) < std::tie(b.party, a.end, b.number);
  });
  return all;
}

absl::StatusOr<Changing> Changing::Begin(const Folder& folder, bool dry_run) {
  if (!fs::is_directory(folder.path())) {
    return Error(error::kNoRegistry, "path"_is(folder.path()));
  }
  Changing changing(folder);
  if (dry_run) return changing;
  ASSIGN_OR_RETURN(FileLock lock, FileLock::Take(folder.lock()));
  changing.lock_.emplace(std::move(lock));
  RETURN_IF_ERROR(changing.Finish());
  return changing;
}

// An issue is written beside the one that is in place, then noted, then put in place. One that was
// noted and is still beside it belongs in place.
absl::Status Changing::Finish() {
  const std::string fresh = folder_.registry() + ".new";
  ASSIGN_OR_RETURN(const std::vector<Change> changes, folder_.Changes());
  std::string digest;
  for (const Change& change : changes) {
    if (change.serial <= last_) continue;
    last_ = change.serial;
    digest = change.digest;
  }
  if (const auto current = ReadFile(folder_.registry())) {
    const absl::StatusOr<RegistryFile> file = folder_.Current();
    const int64_t serial = file.ok() ? file->serial() : 0;
    if (serial >= last_) {  // one that was signed elsewhere is as good
      last_ = serial;
      return absl::OkStatus();
    }
  }
  const std::optional<std::string> beside = ReadFile(fresh);
  if (!beside || DigestOf(*beside) != digest) return absl::OkStatus();
  return PutInPlace(fresh, folder_.registry());
}

absl::StatusOr<RegistryFile> Changing::Current() const {
  ASSIGN_OR_RETURN(RegistryFile file, folder_.Current());
  if (!lock_ || file.serial() == last_) return file;
  return Error(error::kBehind, "serial"_is(file.serial()), "last"_is(last_));
}

absl::StatusOr<int64_t> Changing::Publish(RegistryFile next, Change change) {
  if (last_ == std::numeric_limits<int64_t>::max()) {
    return Error(error::kSerialEnd, "serial"_is(last_));
  }
  next.set_serial(last_ + 1);
  const std::string text = TextOf(next);
  ASSIGN_OR_RETURN(const std::string key, ReadPrivate(folder_.key()));
  const std::optional<std::string> signature = crypto::SignEd25519(key, text);
  if (!signature) {
    return Error(error::kKeyMalformed, "path"_is(folder_.key()), "kind"_is("Ed25519"));
  }
  const std::string content = identity::SignedContent(text, *signature);
  // As a server will read it.
  ASSIGN_OR_RETURN(const std::string public_key, Read(folder_.public_key()));
  if (crypto::Ed25519PublicKey(key) != public_key) {
    return Error(error::kKeysApart, "first"_is(folder_.key()), "second"_is(folder_.public_key()));
  }
  RETURN_IF_ERROR(ReadIssue(content, public_key).status());
  change.serial = next.serial();
  change.digest = DigestOf(content);
  const std::string fresh = folder_.registry() + ".new";
  RETURN_IF_ERROR(Write(fresh, content, 0644));
  RETURN_IF_ERROR(Note(std::move(change)));
  RETURN_IF_ERROR(PutInPlace(fresh, folder_.registry()));
  last_ = next.serial();
  return last_;
}

absl::Status Changing::Note(Change change) {
  change.time = absl::Now();
  change.user = UserName();
  return AddLine(folder_.changes(), LineOf(change));
}

absl::Status Changing::Keep(const Issued& issued, absl::string_view pem, Change change) {
  change.party = issued.party;
  change.certificate = issued.number;
  const std::string file = folder_.certificate(issued);
  RETURN_IF_ERROR(MakeFolder(fs::path(file).parent_path().string()));
  RETURN_IF_ERROR(Note(std::move(change)));
  return Replace(file, pem, 0644);
}

}  // namespace puente::registry
