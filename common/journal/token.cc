#include "common/journal/token.h"

#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/crypto/digest.h"

namespace puente::journal {
namespace {

// Not a secret: it tells an edited or foreign token from a real one, whose holder gains nothing.
std::string Checksum(absl::string_view agency, absl::string_view content) {
  return absl::BytesToHexString(
      crypto::TaggedSha256("puente-freshness/1", {agency, content}).substr(0, 6));
}

}  // namespace

std::string MakeToken(absl::string_view agency, const Token& token) {
  const std::string content = absl::StrCat(std::string(1, static_cast<char>(token.kind)), ".",
                                           token.epoch, ".", token.number);
  return absl::WebSafeBase64Escape(absl::StrCat(content, ".", Checksum(agency, content)));
}

absl::StatusOr<Token> ParseToken(absl::string_view agency, absl::string_view text) {
  std::string plain;
  if (text.size() > 200 || !absl::WebSafeBase64Unescape(text, &plain)) {
    return Error(error::kInvalidToken);
  }
  const std::vector<std::string> parts = absl::StrSplit(plain, '.');
  Token token;
  if (parts.size() != 4 || (parts[0] != "e" && parts[0] != "p") ||
      !absl::SimpleAtoi(parts[1], &token.epoch) || !absl::SimpleAtoi(parts[2], &token.number)) {
    return Error(error::kInvalidToken);
  }
  token.kind = static_cast<Token::Kind>(parts[0][0]);
  if (MakeToken(agency, token) != text) return Error(error::kInvalidToken);
  return token;
}

}  // namespace puente::journal
