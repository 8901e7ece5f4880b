#include "common/identity/registry.h"

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

std::string SignedContent(absl::string_view text, absl::string_view signature) {
  return absl::StrCat(kSignature, absl::Base64Escape(signature), "\n", text);
}

absl::StatusOr<std::unique_ptr<Registry>> Registry::Open(Files files) {
  ASSIGN_OR_RETURN(std::string key, Content(files.public_key));
  std::unique_ptr<Registry> registry(new Registry(std::move(files), std::move(key)));
  RETURN_IF_ERROR(registry->Read());
  return registry;
}

Registry::Registry(Files files, std::string key)
    : files_(std::move(files)),
      key_(std::move(key)),
      watch_([path = files_.registry] { return FileStamp(path); }) {}

std::shared_ptr<const Principals> Registry::current() const {
  absl::ReaderMutexLock lock(&mutex_);
  return current_;
}

absl::Status Registry::Read() {
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

void Registry::StartWatching(std::function<void(const absl::Status&)> told) {
  watch_.Start([this] { return Read(); }, std::move(told));
}

}  // namespace puente::identity
