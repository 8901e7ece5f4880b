#include "console/site/session.h"

#include <openssl/crypto.h>

#include "absl/strings/escaping.h"
#include "common/crypto/digest.h"

namespace puente::console {
namespace {

std::string Secret() { return absl::BytesToHexString(crypto::RandomBytes(32)); }

// Without telling by its time how much of it is right.
bool IsSecret(absl::string_view given, const std::string& secret) {
  return !secret.empty() && given.size() == secret.size() &&
         CRYPTO_memcmp(given.data(), secret.data(), secret.size()) == 0;
}

}  // namespace

Session::Session(std::string actor, std::string language)
    : link_(Secret()), actor_(std::move(actor)), language_(std::move(language)) {}

std::string Session::link() const {
  absl::MutexLock lock(&mutex_);
  return link_;
}

std::string Session::Open(absl::string_view link) {
  absl::MutexLock lock(&mutex_);
  if (!IsSecret(link, link_)) return "";
  link_.clear();
  cookie_ = Secret();
  return cookie_;
}

bool Session::Knows(absl::string_view cookie) const {
  absl::MutexLock lock(&mutex_);
  return IsSecret(cookie, cookie_);
}

std::string Session::actor() const {
  absl::MutexLock lock(&mutex_);
  return actor_;
}

std::string Session::language() const {
  absl::MutexLock lock(&mutex_);
  return language_;
}

void Session::set_actor(std::string actor) {
  absl::MutexLock lock(&mutex_);
  actor_ = std::move(actor);
}

void Session::set_language(std::string language) {
  absl::MutexLock lock(&mutex_);
  language_ = std::move(language);
}

}  // namespace puente::console
