// What is kept of which versions are certified.
#pragma once

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "common/journal/write.h"
#include "common/sql/session.h"
#include "modules/education/coverage/cuts.h"
#include "puente/education/v1/certification_coverage.pb.h"

namespace puente::education::coverage {

// The newest published version of a microcredential among those of one kind, as it counts.
struct Counted {
  int64_t number = 0;
  Cell cell;
  bool certified = false;
  absl::CivilDay since;

  bool operator==(const Counted&) const = default;
};
// What counts now; none for what has no published version of the kind.
absl::StatusOr<std::optional<Counted>> ReadCounted(sql::Session& session, type::v1::RecordKind kind,
                                                   const std::string& microcredential);
// Has `after` count in place of `before`; none is nothing.
absl::Status Store(journal::Transaction& tx, type::v1::RecordKind kind,
                   const std::string& microcredential, const std::optional<Counted>& before,
                   const std::optional<Counted>& after);

// Pages of what is certified and what is not, of one kind; without tokens of the journal.
absl::StatusOr<v1::ListCertificationCoverageResponse> ListCells(
    sql::Session& session, type::v1::RecordKind kind,
    const v1::ListCertificationCoverageRequest& request);
absl::StatusOr<v1::ListUncertifiedVersionsResponse> ListUncertified(
    sql::Session& session, absl::CivilDay day, type::v1::RecordKind kind,
    const v1::ListUncertifiedVersionsRequest& request);

}  // namespace puente::education::coverage
