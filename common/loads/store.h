// Where loads and the acknowledgements of their rows are kept: the tables record_load and
// record_load_rows.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "common/journal/write.h"
#include "common/sql/session.h"
#include "puente/api/v1/load.pb.h"

namespace puente::loads::store {

struct Kept {
  int64_t number = 0;   // in the order of their making
  int64_t version = 0;  // 1, 2, …
  api::v1::Load load;
};

// Nothing if there is none of this id.
absl::StatusOr<std::optional<Kept>> Find(sql::Session& session, const std::string& id);
// Those before a number, the last one first; of one caller, or of all if that is "".
absl::StatusOr<std::vector<Kept>> List(sql::Session& session, const std::string& caller,
                                       int64_t before, int most);

// Stores a load that is not there yet, or as it is now in place of `before`; if another was faster
// the mutation runs again. Says so to the journal.
absl::Status Add(journal::Transaction& tx, const std::string& id, const api::v1::Load& load);
absl::Status Replace(journal::Transaction& tx, const std::string& id, const Kept& before,
                     const api::v1::Load& load);

// Keeps the acknowledgements of rows that follow those kept before.
absl::Status AddRows(journal::Transaction& tx, const std::string& id,
                     absl::Span<const api::v1::LoadRow* const> rows);
// Those behind a row, at least one if there are any, not more than `most`.
absl::StatusOr<std::vector<api::v1::LoadRow>> ReadRows(sql::Session& session, const std::string& id,
                                                       int64_t behind, bool refused_only, int most);

}  // namespace puente::loads::store
