// The states of a resource before its last one, kept where Contract::revisions() says so.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/resource/resource.h"

namespace puente::resource {

// Keeps the state that a change ends, if this is a resource that keeps them.
absl::Status Keep(journal::Transaction& tx, const Spec& spec, const Message& before);
// Keeps that a version was used up by a deletion.
absl::Status KeepDeleted(journal::Transaction& tx, const std::string& name, int64_t version);

// The versions that new resources begin with: 1, or the next one where one of its name was deleted.
absl::StatusOr<std::vector<int64_t>> FirstVersions(sql::Session& session, const Spec& spec,
                                                   const std::vector<std::string>& names);

// The last state that was kept of a name; `out` stays as it is if there is none.
absl::Status LastState(sql::Session& session, const std::string& name, Message& out);

}  // namespace puente::resource
