// Makes a report of what is kept with it. Pure but for what is read, so that it can be made again.
// Extracts are read, and files written, a piece at a time; rows alone are in memory.
#pragma once

#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/sql/session.h"
#include "gateway/reports/content.pb.h"
#include "gateway/reports/files/files.h"
#include "gateway/reports/parts.h"
#include "puente/gateway/v1/report.pb.h"

namespace puente::gateway::reports {

struct Made {
  Content content;
  std::vector<int64_t> row_counts;  // of its tables
  std::vector<File> files;          // by path
};

// Where a report is made.
class Workshop {
 public:
  virtual ~Workshop() = default;
  // Called often: may rest, for the sake of others. An error ends the work.
  virtual absl::Status Pause() { return absl::OkStatus(); }
  // Takes the pieces of what is made, one item after the other, as they are to be kept.
  virtual absl::Status Add(PartKind /*kind*/, const std::string& /*item*/,
                           absl::string_view /*piece*/) {
    return absl::OkStatus();
  }
};

// Of the definition and the extracts that are kept, held against Report.previous. The errors of
// ReadExtract(), Compose() and Render() are those of the report; `stored` those of the database, of
// reading `previous` and of the workshop.
absl::StatusOr<Made> Make(sql::Session& session, const v1::Report& report, Workshop& workshop,
                          absl::Status& stored);

// Puts into a report what was made of it, but for its state.
void Describe(const Made& made, v1::Report& report);

// What ExportReportRows sends of a table, as it is kept: serialized answers, one after the other.
absl::Status RowAnswers(const Content& content, const TableView& table,
                        absl::FunctionRef<absl::Status(absl::string_view)> take);

}  // namespace puente::gateway::reports
