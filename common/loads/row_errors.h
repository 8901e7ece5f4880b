// Why a record was refused, as what is wrong with its row.
#pragma once

#include <vector>

#include "absl/status/status.h"
#include "common/loading/profile.h"
#include "common/status/error.h"
#include "puente/api/v1/load.pb.h"
#include "puente/type/v1/row_error.pb.h"

namespace puente::loads {

// Most errors that are kept of a row.
inline constexpr size_t kMostErrorsOfRow = 10;

// Each names the column that states the field at fault, or the field where no column does, and the
// line of the row that states it: of an element of the profile's list its own, else the first.
std::vector<type::v1::RowError> RowErrorsOf(const absl::Status& refusal,
                                            const std::vector<api::v1::LoadRow>& rows,
                                            const loading::Profile& profile, Locale locale);

}  // namespace puente::loads
