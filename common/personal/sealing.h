// Personal data in rows: values that open with their person's key alone, and identifiers that are
// found without being told (docs/decisions/0054).
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/crypto/secret_key.h"

namespace puente::personal {

// Where a sealed value stands. One that is moved to another place does not open there.
struct Place {
  absl::string_view record;  // "persons/3f0c…"
  absl::string_view field;   // "given_name"
  // Raised when the field is to be used for another purpose.
  int purpose_version = 1;
};

// A value is padded to the next multiple of this: CURPs, dates and nearly all names look alike.
inline constexpr size_t kPaddedTo = 64;

// Looks different each time.
std::string Seal(const crypto::SecretKey& key, const Place& place, absl::string_view value);
// SEALED_VALUE_UNREADABLE, with nothing more, unless it was sealed with this key for this place and
// is as it was.
absl::StatusOr<std::string> Open(const crypto::SecretKey& key, const Place& place,
                                 absl::string_view sealed);

inline constexpr size_t kMostSchemeBytes = 16;

// Keyed BLAKE2b, personalized by the scheme ("curp"): 32 bytes that say nothing without the key.
// Identifiers can be enumerated: with the key, so can these.
std::string HashIdentifier(const crypto::SecretKey& key, absl::string_view scheme,
                           absl::string_view identifier);
// In a time that does not depend on where they differ.
bool SameHash(absl::string_view hash, absl::string_view other);

}  // namespace puente::personal
