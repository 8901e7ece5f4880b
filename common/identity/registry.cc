#include "common/identity/registry.h"

#include <sys/stat.h>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/context/file.h"
#include "common/crypto/signature.h"
#include "common/identity/errors.h"
#include "common/status/macros.h"

namespace puente::identity {
namespace {

constexpr absl::string_view kSignature = "# signature: ";

absl::Status Invalid(std::string where, std::string why) {
  return Error(error::kRegistryInvalid, "where"_is(where), "why"_is(why));
}

absl::StatusOr<std::string> Content(const std::string& path) {
  if (auto content = ReadFile(path)) return *std::move(content);
  return Invalid(path, "it can't be read");
}

}  // namespace

absl::StatusOr<std::shared_ptr<const Principals>> ReadSigned(absl::string_view content,
                                                             const std::string& public_key) {
  const size_t end = content.find('\n');
  absl::string_view line = content.substr(0, end);
  std::string signature;
  if (end == content.npos || !absl::ConsumePrefix(&line, kSignature) ||
      !absl::Base64Unescape(line, &signature)) {
    return Invalid("line 1", "it must be \"# signature: \" and base64");
  }
  const absl::string_view text = content.substr(end + 1);
  if (!crypto::VerifyEd25519(public_key, text, signature)) {
    return Invalid("line 1", "the signature is not of this text by the registry's key");
  }
  return Principals::Parse(text);
}

absl::StatusOr<std::unique_ptr<Registry>> Registry::Open(Files files) {
  ASSIGN_OR_RETURN(std::string key, Content(files.public_key));
  std::unique_ptr<Registry> registry(new Registry(std::move(files), std::move(key)));
  RETURN_IF_ERROR(registry->Read());
  return registry;
}

Registry::~Registry() { StopWatching(); }

std::shared_ptr<const Principals> Registry::current() const {
  absl::ReaderMutexLock lock(&mutex_);
  return current_;
}

std::string Registry::Stamp() const {
  struct stat file;
  if (stat(files_.registry.c_str(), &file) != 0) return "";
  return absl::StrCat(file.st_dev, " ", file.st_ino, " ", file.st_size, " ", file.st_mtim.tv_sec,
                      " ", file.st_mtim.tv_nsec, " ", file.st_ctim.tv_sec, " ",
                      file.st_ctim.tv_nsec);
}

absl::Status Registry::Read() {
  stamp_ = Stamp();  // before reading: a change meanwhile is seen the next time
  ASSIGN_OR_RETURN(const std::string content, Content(files_.registry));
  ASSIGN_OR_RETURN(auto issue, ReadSigned(content, key_));
  absl::MutexLock lock(&mutex_);
  if (current_ != nullptr && issue->serial() < current_->serial()) {
    return Invalid("serial", absl::StrCat("it is ", issue->serial(), ", older than ",
                                          current_->serial(), ", which was read before"));
  }
  if (current_ != nullptr && issue->serial() == current_->serial() && content != content_) {
    return Invalid("serial", absl::StrCat("it is ", issue->serial(), ", as in another issue"));
  }
  content_ = content;
  current_ = std::move(issue);
  return absl::OkStatus();
}

void Registry::Watch(std::function<void(const absl::Status&)> told) {
  watcher_ = std::thread([this, told = std::move(told)] {
    const auto stopping = [this]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) { return stopping_; };
    absl::Status last;  // what was told
    for (;;) {
      {
        absl::MutexLock lock(&mutex_);
        if (mutex_.AwaitWithTimeout(absl::Condition(&stopping), kLook)) return;
      }
      // What was no good is tried again: its cause may have been outside the file.
      if (last.ok() && Stamp() == stamp_) continue;
      const absl::Status read = Read();
      if (!read.ok() && read == last) continue;
      told(last = read);
    }
  });
}

void Registry::StopWatching() {
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
  }
  if (watcher_.joinable()) watcher_.join();
}

}  // namespace puente::identity
