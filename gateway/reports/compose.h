// What a report says: its definition's tables, put together of what the agencies told. Pure: the
// same definition and extracts are the same content, whoever composes it, and when.
#pragma once

#include <map>
#include <string>

#include "absl/status/statusor.h"
#include "gateway/reports/extract.h"
#include "gateway/reports/files/view.h"
#include "puente/gateway/v1/report.pb.h"
#include "puente/gateway/v1/report_definition.pb.h"

namespace puente::gateway::reports {

// By agency.
using Extracts = std::map<std::string, Extract>;

// Of a report are taken its name and what it says of its extracts. Of a source's
// dimensions that a table drops the rows at "_T" count: nothing is summed up, since sums of what is
// hidden would tell it. What one source has a row for and another has not is MARK_MISSING there;
// MARK_SUPPRESSED where that one's table is of a release, and 0 where it counts all.
// REPORT_TABLE_MISSING and its neighbours in gateway/errors.h, which name the agency and the table.
absl::StatusOr<Told> Compose(const v1::Report& report, const v1::ReportDefinition& definition,
                             const Extracts& extracts);

// That of no table all that it has is withheld. REPORT_TABLE_HIDDEN.
absl::Status CheckTold(const Told& told);

}  // namespace puente::gateway::reports
