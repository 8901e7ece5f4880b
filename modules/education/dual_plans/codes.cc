#include "modules/education/dual_plans/codes.h"

#include "absl/strings/str_cat.h"
#include "common/crypto/digest.h"
#include "common/sql/row.h"
#include "common/status/macros.h"
#include "modules/education/errors.h"

namespace puente::education {
namespace {

// Without I, O, 0 and 1: 32 of them, so that each byte says one.
constexpr absl::string_view kLetters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
static_assert(kLetters.size() == 32);
constexpr size_t kLength = 8, kSaltBytes = 16;

constexpr sql::Query kKeep{
    "education.dual_code.keep",
    "INSERT INTO dual_plan_code (dual_plan, salt, hash, tries, expire_time)"
    " VALUES (?, ?, ?, 0, ?) ON DUPLICATE KEY UPDATE salt = VALUES(salt), hash = VALUES(hash),"
    " tries = 0, expire_time = VALUES(expire_time)"};
constexpr sql::Query kDrop{"education.dual_code.drop",
                           "DELETE FROM dual_plan_code WHERE dual_plan = ?"};
constexpr sql::Query kTry{"education.dual_code.try",
                          "UPDATE dual_plan_code SET tries = tries + 1 WHERE dual_plan = ?"};
// Locked until the try is counted, so that no two count as one.
constexpr sql::Query kRead{"education.dual_code.read",
                           "SELECT salt, hash, tries FROM dual_plan_code WHERE dual_plan = ?"
                           " AND tries < ? AND expire_time > ? FOR UPDATE"};

std::string HashOf(const personal::KeyStore& keys, const std::string& plan, const std::string& salt,
                   const std::string& code) {
  return keys.Fingerprint(crypto::TaggedSha256("puente-dual-code/1", {plan, salt, code}));
}

}  // namespace

std::string NewCode() {
  std::string code = crypto::RandomBytes(kLength);
  for (char& letter : code) letter = kLetters[static_cast<unsigned char>(letter) % kLetters.size()];
  return code;
}

absl::Status KeepCode(journal::Transaction& tx, const personal::KeyStore& keys,
                      const std::string& plan, const std::string& code, absl::Time expires) {
  const std::string salt = crypto::RandomBytes(kSaltBytes), hash = HashOf(keys, plan, salt, code);
  return tx.Execute(kKeep, {plan, salt, hash, expires}).status();
}

absl::Status DropCode(journal::Transaction& tx, const std::string& plan) {
  return tx.Execute(kDrop, {plan}).status();
}

absl::Status TryCode(const Call& call, const journal::Journal& journal, const sql::Target& database,
                     const std::string& plan, const std::string& code) {
  sql::Session own(database);
  int left = 0;
  bool good = false, right = false;
  RETURN_IF_ERROR(
      journal::KeepBooks(journal, own, call, [&](journal::Transaction& tx) -> absl::Status {
        good = right = false;
        RETURN_IF_ERROR(static_cast<sql::Session&>(tx).Each(
            kRead, {plan, kCodeTries, call.start}, [&](const sql::Row& row) {
              good = true;
              right = HashOf(*journal.persons, plan, row.Text(0), code) == row.Text(1);
              left = kCodeTries - static_cast<int>(row.Int64(2)) - 1;
              return absl::OkStatus();
            }));
        return good && !right ? tx.Execute(kTry, {plan}).status() : absl::OkStatus();
      }));
  if (!good) return Error(error::kDualCodeSpent, "name"_is(plan));
  if (right) return absl::OkStatus();
  return Error(error::kDualCodeWrong, "name"_is(plan), "left"_is(left), "field"_is("code"));
}

}  // namespace puente::education
