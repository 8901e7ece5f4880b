// What is read of stored demand statements besides the resources themselves.
#pragma once

#include <optional>
#include <string>

#include "common/journal/write.h"
#include "puente/economy/v1/demand.pb.h"

namespace puente::economy::store {

// The statement of a need that counts; nothing if there is none.
absl::StatusOr<std::optional<v1::DemandStatement>> FindCurrent(journal::Transaction& tx,
                                                               const std::string& need_key);

// Whether a chamber ("chamber/canacintra") has confirmed a current statement of a company whose
// period is not over on a day.
absl::StatusOr<bool> HasConfirmed(sql::Session& session, const std::string& company,
                                  const std::string& chamber, absl::CivilDay day);

}  // namespace puente::economy::store
