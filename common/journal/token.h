// Freshness tokens: "everything up to here is in". What one says is sealed: it would count what
// others have written. No two of a position look the same, so that they can't be counted either;
// that of an entry, which its writer alone gets, looks the same when the call is repeated.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/sql/session.h"
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

// Makes and opens the tokens of a journal.
class Tokens {
 public:
  // With a key of its own.
  explicit Tokens(std::string agency = "");
  // The key has crypto::kSealKeyBytes.
  Tokens(std::string agency, std::string key) : agency_(std::move(agency)), key_(std::move(key)) {}

  const std::string& agency() const { return agency_; }
  std::string Make(const Token& token) const;
  // INVALID_FRESHNESS_TOKEN if it is not a token of this journal or was edited.
  absl::StatusOr<Token> Parse(absl::string_view text) const;

  // A number that counts what others have written, where a token of another form needs it.
  std::string SealNumber(int64_t number) const;
  // Nothing if it was not sealed for this journal, or was edited since.
  std::optional<int64_t> UnsealNumber(absl::string_view text) const;

 private:
  std::string agency_;
  std::string key_;
};

// With the key that the journal's database holds, so that each of its servers opens what another
// has made.
absl::StatusOr<Tokens> ReadTokens(sql::Session& session, absl::string_view agency);

}  // namespace puente::journal
