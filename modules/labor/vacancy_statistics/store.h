// Figures as the projection holds them.
#pragma once

#include "absl/status/statusor.h"
#include "common/sql/session.h"
#include "puente/labor/v1/statistics.pb.h"

namespace puente::labor::statistics {

// The figures of records of a kind, of one moment; run it in a snapshot. as_of_time is left to the
// caller.
absl::StatusOr<v1::VacancyStatistics> Read(sql::Session& session, type::v1::RecordKind kind,
                                           const v1::GetVacancyStatisticsRequest& request);

}  // namespace puente::labor::statistics
