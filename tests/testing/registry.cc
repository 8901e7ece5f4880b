#include "tests/testing/registry.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace puente::testing {

std::shared_ptr<const identity::Principals> Everybody() {
  static const auto known = identity::Principals::Parse(kEverybody);
  if (!known.ok()) std::abort();
  return *known;
}

SignedRegistry::SignedRegistry(const std::string& folder, absl::string_view text)
    : keys_(crypto::NewEd25519Keys()),
      files_{folder + "/principals.textproto", folder + "/registry.pem"} {
  std::ofstream(files_.public_key) << keys_.public_key;
  Publish(text);
}

void SignedRegistry::Publish(absl::string_view text) { Replace(Sign(text)); }

void SignedRegistry::Replace(absl::string_view content) {
  const std::string fresh = files_.registry + ".new";
  std::ofstream(fresh) << content;
  std::filesystem::rename(fresh, files_.registry);
}

std::string SignedRegistry::Sign(absl::string_view text) const {
  return identity::SignedContent(text, crypto::SignEd25519(keys_.private_key, text).value());
}

}  // namespace puente::testing
