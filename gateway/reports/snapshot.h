// What agencies said for a report, used for another one too.
#pragma once

#include <map>
#include <set>
#include <string>

#include "absl/status/status.h"
#include "common/journal/write.h"
#include "puente/gateway/v1/report.pb.h"

namespace puente::gateway::reports {

// The tables that a report needs, by agency.
using Needed = std::map<std::string, std::set<std::string>>;

// Gives a report, whose definition and version are set, the extracts of its snapshot_of, to be
// copied; says there whose they are, and has it wait for as long as those whose they are.
// Errors: REPORT_NOT_FOUND, REPORT_SNAPSHOT_GONE, REPORT_SNAPSHOT_NOT_KEPT, REPORT_SNAPSHOT_LACKS,
// REPORT_SNAPSHOT_WITHDRAWN, REPORT_MADE_ALREADY.
absl::Status ShareSnapshot(journal::Transaction& tx, const Needed& needed, v1::Report& report);

// That the report whose snapshot this one shares, if it does, has not been published and withdrawn
// since; until this is stored it is not. REPORT_SNAPSHOT_WITHDRAWN.
absl::Status CheckSnapshotStands(journal::Transaction& tx, const v1::Report& report);

}  // namespace puente::gateway::reports
