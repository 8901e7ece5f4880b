// What releases hold, in itself and against one another.
#pragma once

#include <functional>
#include <string>

#include "absl/status/statusor.h"
#include "common/journal/write.h"
#include "common/resource/spec.h"
#include "common/sql/session.h"
#include "modules/labor/vocabulary_releases/rules.h"
#include "puente/labor/v1/vocabulary_release.pb.h"

namespace puente::labor {

// Whether two terms of one release state the same, whenever they were stored.
bool SameTerm(const google::protobuf::Message& a, const google::protobuf::Message& b);

// Counts and digests what a release has. Reads all of it, a page at a time.
absl::StatusOr<rules::Content> ReadContent(sql::Session& session,
                                           const v1::VocabularyRelease& release);

// Where a comparison is: after this id, or at its end.
struct DiffPlace {
  std::string after;
  bool end = false;
};
// Gives the differences between the terms of two releases (by their ids) after a place, at most
// `most` of them and of what two reads find: term of the one (null: added) and of the other (null:
// removed). Returns the place to go on from.
using TakeDifference = std::function<void(const google::protobuf::Message* before,
                                          const google::protobuf::Message* after)>;
absl::StatusOr<DiffPlace> Diff(sql::Session& session, const resource::Spec& spec,
                               absl::string_view from, absl::string_view to,
                               absl::string_view after, int most, const TakeDifference& take);

}  // namespace puente::labor
