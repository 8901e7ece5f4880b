// Why a record was refused, as what is wrong with its row.
#pragma once

#include <vector>

#include "absl/status/status.h"
#include "common/loading/profile.h"
#include "common/status/error.h"
#include "puente/type/v1/row_error.pb.h"

namespace puente::loads {

// Most errors that are kept of a row.
inline constexpr size_t kMostErrorsOfRow = 10;

// Each names the column that states the field at fault, or the field where no column does.
std::vector<type::v1::RowError> RowErrorsOf(const absl::Status& refusal, int64_t line,
                                            const loading::Profile& profile, Locale locale);

}  // namespace puente::loads
