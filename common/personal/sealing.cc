#include "common/personal/sealing.h"

#include <sodium.h>

#include <algorithm>
#include <cstdlib>

#include "absl/strings/str_cat.h"
#include "common/crypto/seal.h"
#include "common/personal/errors.h"

namespace puente::personal {
namespace {

constexpr char kFormat = 1;

// No two places have the same text.
std::string ContextOf(const Place& place) {
  return absl::StrCat("puente-personal/1\n", place.record.size(), ":", place.record,
                      place.field.size(), ":", place.field, place.purpose_version);
}

// ISO/IEC 7816-4: a one bit, then zeros.
std::string Pad(absl::string_view value) {
  std::string padded((value.size() / kPaddedTo + 1) * kPaddedTo, '\0');
  value.copy(padded.data(), value.size());
  padded[value.size()] = '\x80';
  return padded;
}

// What it was padded of, within it. False if it was not.
bool Unpad(std::string& padded) {
  size_t size = 0;
  if (padded.size() % kPaddedTo != 0 ||
      sodium_unpad(&size, reinterpret_cast<const unsigned char*>(padded.data()), padded.size(),
                   kPaddedTo) != 0) {
    return false;
  }
  padded.resize(size);
  return true;
}

}  // namespace

std::string Seal(const crypto::SecretKey& key, const Place& place, absl::string_view value) {
  std::string padded = Pad(value);
  std::string sealed(1, kFormat);
  crypto::AppendSealed(sealed, key.view(), ContextOf(place), padded);
  sodium_memzero(padded.data(), padded.size());
  return sealed;
}

absl::StatusOr<std::string> Open(const crypto::SecretKey& key, const Place& place,
                                 absl::string_view sealed) {
  if (sealed.empty() || sealed.front() != kFormat) return Error(error::kSealedUnreadable);
  std::optional<std::string> value = crypto::Unseal(key.view(), ContextOf(place), sealed.substr(1));
  if (!value || !Unpad(*value)) return Error(error::kSealedUnreadable);
  return *std::move(value);
}

std::string HashIdentifier(const crypto::SecretKey& key, absl::string_view scheme,
                           absl::string_view identifier) {
  unsigned char personal[crypto_generichash_blake2b_PERSONALBYTES] = {};
  static_assert(sizeof personal == kMostSchemeBytes);
  if (scheme.size() > sizeof personal) std::abort();  // schemes are constants of ours
  std::copy(scheme.begin(), scheme.end(), personal);
  std::string hash(crypto_generichash_BYTES, '\0');
  crypto_generichash_blake2b_salt_personal(
      reinterpret_cast<unsigned char*>(hash.data()), hash.size(),
      reinterpret_cast<const unsigned char*>(identifier.data()), identifier.size(),
      reinterpret_cast<const unsigned char*>(key.view().data()), key.view().size(), nullptr,
      personal);
  return hash;
}

bool SameHash(absl::string_view hash, absl::string_view other) {
  return hash.size() == other.size() && sodium_memcmp(hash.data(), other.data(), hash.size()) == 0;
}

}  // namespace puente::personal
