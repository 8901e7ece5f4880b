// Terms are what a release holds: resources whose first id is the release's.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/resource/spec.h"
#include "common/sql/session.h"

namespace puente::labor::store {

using Terms = std::vector<std::unique_ptr<google::protobuf::Message>>;
// At most `most` of them by id, those after `after`; `release` is an id.
absl::StatusOr<Terms> ReadTerms(sql::Session& session, const resource::Spec& spec,
                                absl::string_view release, absl::string_view after, int most);
// Those of `ids` that are stored.
absl::StatusOr<Terms> FindTerms(sql::Session& session, const resource::Spec& spec,
                                absl::string_view release, const std::vector<std::string>& ids);

}  // namespace puente::labor::store
