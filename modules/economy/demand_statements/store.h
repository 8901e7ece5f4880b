// What is read of stored demand statements besides the resources themselves.
#pragma once

#include <string>
#include <vector>

#include "common/journal/write.h"
#include "common/sql/session.h"
#include "modules/economy/demand_statements/summary.h"
#include "puente/economy/v1/demand.pb.h"

namespace puente::economy::store {

// The statement of a need that counts; nothing if there is none.
absl::StatusOr<std::optional<v1::DemandStatement>> FindCurrent(journal::Transaction& tx,
                                                               const std::string& need_key);

// What counts, of one kind, summed up as far as no figure needs it apart.
absl::StatusOr<std::vector<Need>> ReadNeeds(sql::Session& session, type::v1::RecordKind kind);

}  // namespace puente::economy::store
