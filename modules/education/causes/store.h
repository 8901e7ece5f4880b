// Which versions name a cause: `causes` of program and microcredential versions, the other way
// round.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/journal/write.h"
#include "common/sql/session.h"
#include "puente/education/v1/cause.pb.h"

namespace puente::education::store {

// Has a draft name these causes and no others, as its author says.
absl::Status ReplaceCauses(journal::Transaction& tx, absl::string_view version,
                           const v1::Causes& causes);

// For the rules of versions: the same where a change of a draft changes them.
template <class Version>
absl::Status KeepCauses(journal::Transaction& tx, const Version* before, const Version& after) {
  const v1::Causes earlier = before == nullptr ? v1::Causes() : before->causes();
  if (earlier.SerializeAsString() == after.causes().SerializeAsString()) return absl::OkStatus();
  return ReplaceCauses(tx, after.name(), after.causes());
}

// Has a version name one more cause, which it doesn't name yet, because of an act.
absl::Status AddCause(journal::Transaction& tx, absl::string_view version, const std::string& cause,
                      const std::string& act);

// Takes back what AddCause() did for this act. Whether there was something to take back.
absl::StatusOr<bool> RemoveCause(journal::Transaction& tx, absl::string_view version,
                                 const std::string& cause, const std::string& act);

// Where a page ended: the columns that the list is ordered by, none for its beginning.
using CauseCursor = std::vector<std::string>;
inline constexpr size_t kCauseCursorColumns = 3;
struct CausedVersions {
  std::vector<v1::CausedVersion> versions;
  CauseCursor end;  // none if nothing comes after them
};
// The first `most` after the cursor.
absl::StatusOr<CausedVersions> VersionsByCause(sql::Session& session, const std::string& cause,
                                               const CauseCursor& after, int most);

// The published versions that name any of these causes, by cause, then as a page has them, with
// their certifications, as far as there is room for both.
absl::StatusOr<v1::FollowCausesResponse> FollowCauses(sql::Session& session,
                                                      const std::vector<std::string>& causes);

}  // namespace puente::education::store
