// What a definition of a report has to be in itself; whether agencies have what it names is found
// when a report is made.
#pragma once

#include <string>
#include <vector>

#include "common/status/violation.h"
#include "puente/gateway/v1/report_definition.pb.h"

namespace puente::gateway {

// Charts and codes of what a table does not keep or take, and measures that two sources have. Paths
// begin with `under`.
std::vector<Violation> CheckReportDefinition(const v1::ReportDefinition& definition,
                                             const std::string& under);

}  // namespace puente::gateway
