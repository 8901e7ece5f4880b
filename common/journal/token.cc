#include "common/journal/token.h"

#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "common/crypto/digest.h"
#include "common/crypto/seal.h"
#include "common/sql/error.h"

namespace puente::journal {
namespace {

constexpr size_t kMostCharacters = 200;
constexpr sql::Query kKey{"journal.token_key", "SELECT secret FROM journal_token_key WHERE id = 1"};

std::string Context(absl::string_view agency) {
  return absl::StrCat("puente-freshness/2 ", agency);
}

std::string NumberContext(absl::string_view agency) {
  return absl::StrCat("puente-number/1 ", agency);
}

}  // namespace

Tokens::Tokens(std::string agency)
    : Tokens(std::move(agency), crypto::RandomBytes(crypto::kSealKeyBytes)) {}

std::string Tokens::Make(const Token& token) const {
  // As long for small numbers as for large ones.
  const std::string text =
      absl::StrFormat("%c.%019d.%019d", static_cast<char>(token.kind), token.epoch, token.number);
  // A call that is repeated answers the same; who asks for the position again must not see whether
  // it is another.
  const auto* const seal = token.kind == Token::Kind::kEntry ? &crypto::SealAlike : &crypto::Seal;
  return absl::WebSafeBase64Escape(seal(key_, Context(agency_), text));
}

absl::StatusOr<Token> Tokens::Parse(absl::string_view text) const {
  std::string sealed;
  if (text.size() > kMostCharacters || !absl::WebSafeBase64Unescape(text, &sealed)) {
    return Error(error::kInvalidToken);
  }
  const std::optional<std::string> plain = crypto::Unseal(key_, Context(agency_), sealed);
  if (!plain) return Error(error::kInvalidToken);
  const std::vector<std::string> parts = absl::StrSplit(*plain, '.');
  Token token;
  if (parts.size() != 3 || (parts[0] != "e" && parts[0] != "p") ||
      !absl::SimpleAtoi(parts[1], &token.epoch) || !absl::SimpleAtoi(parts[2], &token.number)) {
    return Error(error::kInvalidToken);
  }
  token.kind = static_cast<Token::Kind>(parts[0][0]);
  return token;
}

std::string Tokens::SealNumber(int64_t number) const {
  return crypto::Seal(key_, NumberContext(agency_), absl::StrFormat("%019d", number));
}

std::optional<int64_t> Tokens::UnsealNumber(absl::string_view text) const {
  const std::optional<std::string> plain = crypto::Unseal(key_, NumberContext(agency_), text);
  int64_t number = 0;
  if (!plain || !absl::SimpleAtoi(*plain, &number)) return std::nullopt;
  return number;
}

absl::StatusOr<Tokens> ReadTokens(sql::Session& session, absl::string_view agency) {
  std::optional<Tokens> tokens;
  RETURN_IF_ERROR(session.Each(kKey, {}, [&](const sql::Row& row) -> absl::Status {
    const std::string key = row.Text(0);
    if (key.size() != crypto::kSealKeyBytes) {
      return Error(sql::error::kRowCorrupt, "column"_is("secret"));
    }
    tokens.emplace(std::string(agency), key);
    return absl::OkStatus();
  }));
  if (!tokens) return Error(sql::error::kRowCorrupt, "column"_is("secret"));
  return *std::move(tokens);
}

}  // namespace puente::journal
