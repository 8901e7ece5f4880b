// Whose turn it is to be placed: the requests of which nobody has said yet what became of them. Of
// one organization they come in the order in which they were taken, which in a file is that of its
// rows; no organization waits until another has had all of its own.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "common/journal/write.h"

namespace puente::education::store {

// Requests by their names, the last behind all others of its organization.
absl::Status AddTurns(journal::Transaction& tx, absl::Span<const std::string> requests);
// These are under way.
absl::Status BeginTurns(journal::Transaction& tx, absl::Span<const std::string> requests);
// These are over.
absl::Status EndTurns(journal::Transaction& tx, absl::Span<const std::string> requests);
// Those under way, a hundred at most; then those whose turn it is next, four of each of the 25
// organizations of which one has waited longest.
absl::StatusOr<std::vector<std::string>> ReadTurns(sql::Session& session);

}  // namespace puente::education::store
