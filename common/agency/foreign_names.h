// Where an agency keeps its references to other agencies' resources, and what these were found to
// be: the tables foreign_name and foreign_reference.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "common/journal/write.h"
#include "common/sql/session.h"
#include "puente/api/v1/references.pb.h"

namespace puente::agency {

// A name that a resource's field refers to.
struct ForeignReference {
  std::string resource;
  std::string field;   // "outcomes.skills"
  std::string target;  // "skills/welding"
  std::string type;    // "labor.puente/Skill"
  std::string reader;  // whose the resource is: "company/acme"
};

// The position of the journal up to which references were collected.
absl::StatusOr<int64_t> ReadCollectedPosition(sql::Session& session);
// Has these resources refer to this and nothing else, as of a position; names that nothing refers
// to any more are forgotten, and new ones are to be looked up at once. For the one task that
// collects.
absl::Status StoreCollected(journal::Transaction& tx, int64_t position,
                            const std::vector<std::string>& resources,
                            const std::vector<ForeignReference>& references);

// Those to be looked up now, at most so many, first those that wait longest.
absl::StatusOr<std::vector<api::v1::ForeignName>> ReadDueNames(sql::Session& session, int most);

// Keeps what names were found to be, and when they are to be looked up next.
absl::Status StoreResolved(journal::Transaction& tx,
                           const google::protobuf::RepeatedPtrField<api::v1::ResolvedName>& names);

// Where a page of unresolved references ended.
struct ReferenceCursor {
  int64_t name_id = 0;
  std::string resource;
  std::string field;
};
// The first `most` after the cursor; of one reader, or of all if that is "".
absl::StatusOr<std::vector<std::pair<ReferenceCursor, api::v1::UnresolvedReference>>>
ReadUnresolved(sql::Session& session, const std::string& reader, const ReferenceCursor& after,
               int most);

}  // namespace puente::agency
