// Whose turn it is to be placed: the requests of which nobody has said yet what became of them, in
// the order in which they were taken, which in a file is that of its rows.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "common/journal/write.h"

namespace puente::education::store {

// Requests by their names, the last behind all others.
absl::Status AddTurns(journal::Transaction& tx, absl::Span<const std::string> requests);
// These are under way.
absl::Status BeginTurns(journal::Transaction& tx, absl::Span<const std::string> requests);
// These are over.
absl::Status EndTurns(journal::Transaction& tx, absl::Span<const std::string> requests);
// Those under way, then those whose turn it is next, a hundred of each at most.
absl::StatusOr<std::vector<std::string>> ReadTurns(sql::Session& session);

}  // namespace puente::education::store
