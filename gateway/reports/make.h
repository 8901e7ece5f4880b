// Makes a report of what is kept with it. Pure but for what is read, so that it can be made again.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/journal/write.h"
#include "common/sql/session.h"
#include "gateway/reports/content.pb.h"
#include "gateway/reports/files/files.h"
#include "puente/gateway/v1/report.pb.h"

namespace puente::gateway::reports {

struct Made {
  Content content;
  std::vector<File> files;  // by path
};

// Of the definition and the extracts that are kept, held against Report.previous. The errors of
// ReadExtract(), Compose() and Render() are those of the report; `read` those of the database, and
// of reading `previous`.
absl::StatusOr<Made> Make(sql::Session& session, const v1::Report& report, absl::Status& read);

// A file as a report names it.
v1::ReportFile Describe(const File& file);
// Puts into a report what was made of it, but for its state.
void Describe(const Made& made, v1::Report& report);
// Keeps files and rows.
absl::Status Keep(journal::Transaction& tx, const std::string& report, const Made& made);

// What ExportReportRows sends of a table, as it is kept: serialized answers.
std::vector<std::string> RowAnswers(const Content& content, const Table& table);

}  // namespace puente::gateway::reports
