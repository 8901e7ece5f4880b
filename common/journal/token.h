// Freshness tokens: opaque to clients, "everything up to here is in".
#pragma once

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/status/error.h"

namespace puente::journal {

namespace error {
inline constexpr ErrorSpec kInvalidToken{
    "INVALID_FRESHNESS_TOKEN", absl::StatusCode::kInvalidArgument, "puente",
    "El token de at_least no es de este servicio; use el que devolvió una escritura hecha en él.",
    "The token in at_least is not from this service; use the one that a write to it returned."};
inline constexpr ErrorSpec kNotReached{
    "POSITION_NOT_REACHED", absl::StatusCode::kUnavailable, "puente",
    "El servicio no alcanzó a tiempo el punto indicado en at_least; repita la llamada.",
    "The service did not reach in time the point given in at_least; repeat the call."};
}  // namespace error

struct Token {
  enum class Kind : char { kEntry = 'e', kPosition = 'p' };
  Kind kind = Kind::kPosition;
  int64_t number = 0;  // an entry's id, or a position
  int64_t epoch = 1;

  bool operator==(const Token&) const = default;
};

std::string MakeToken(absl::string_view agency, const Token& token);
// INVALID_FRESHNESS_TOKEN if it is not a token of this agency or was edited.
absl::StatusOr<Token> ParseToken(absl::string_view agency, absl::string_view text);

}  // namespace puente::journal
