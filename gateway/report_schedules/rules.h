// When a schedule's reports are asked for, by the legal time of Mexico City, and what is wrong with
// one in itself.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "common/status/violation.h"
#include "puente/gateway/v1/report_schedule.pb.h"

namespace puente::gateway {

// Days and months that its frequency has not, and an embargo that is none. Paths begin with
// `under`.
std::vector<Violation> CheckReportSchedule(const v1::ReportSchedule& schedule,
                                           const std::string& under);

// Its first time after this one; nothing once the last has passed.
std::optional<absl::Time> NextRun(const v1::ReportSchedule& schedule, absl::Time after);
// Its last time that is not after `now`, of those from `first` on, which is one.
absl::Time LastRun(const v1::ReportSchedule& schedule, absl::Time first, absl::Time now);

// What is wrong with adding it now: it begins in the past, or has no time.
std::vector<Violation> CheckTimes(const v1::ReportSchedule& schedule, absl::Time now,
                                  const std::string& under);

}  // namespace puente::gateway
