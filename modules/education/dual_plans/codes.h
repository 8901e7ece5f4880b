// Codes with which learners confirm their plans. Of each a keyed, salted hash alone is kept.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/journal/write.h"
#include "common/personal/key_store.h"

namespace puente::education {

inline constexpr absl::Duration kCodeIsGood = absl::Hours(14 * 24);
inline constexpr int kCodeTries = 5;

// Eight letters and digits that nobody takes for one another.
std::string NewCode();

// Keeps the code of a plan in the place of any before.
absl::Status KeepCode(journal::Transaction& tx, const personal::KeyStore& keys,
                      const std::string& plan, const std::string& code, absl::Time expires);
// The plan has none any more.
absl::Status DropCode(journal::Transaction& tx, const std::string& plan);

// Compares a code. A wrong one is counted as a try in a transaction of its own, and so whatever
// becomes of the call; a right one is not, as the call may run again. DUAL_CODE_WRONG,
// DUAL_CODE_SPENT.
absl::Status TryCode(const Call& call, const journal::Journal& journal, const sql::Target& database,
                     const std::string& plan, const std::string& code);

}  // namespace puente::education
