// Figures as the projection holds them.
#pragma once

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "common/sql/session.h"
#include "puente/labor/v1/statistics.pb.h"

namespace puente::labor::statistics {

// The figures of records of a kind, of one moment; run it in a snapshot. What is open, is so on
// `today`. as_of_time is left to the caller. INVALID_FIELDS (TOO_SPREAD).
absl::StatusOr<v1::VacancyStatistics> Read(sql::Session& session, type::v1::RecordKind kind,
                                           absl::CivilDay today,
                                           const v1::GetVacancyStatisticsRequest& request);

}  // namespace puente::labor::statistics
