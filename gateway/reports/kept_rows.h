// The rows of a table, read as they were kept when the report was made.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/sql/session.h"
#include "gateway/reports/parts.h"
#include "puente/gateway/v1/report.pb.h"

namespace puente::gateway::reports {

// One row after the other, in the order of their codes, so that two tables can be held against each
// other as they are read; a few pieces are in memory at a time.
class KeptRows {
 public:
  // `report` is its id.
  KeptRows(sql::Session& session, std::string report, std::string table)
      : session_(session), report_(std::move(report)), table_(std::move(table)) {}

  // Good until the next call; null at the end. REPORT_BROKEN where what is kept is none.
  absl::StatusOr<const api::v1::FigureRow*> Next();

 private:
  // Whether there was another piece.
  absl::StatusOr<bool> ReadPiece();

  sql::Session& session_;
  const std::string report_, table_;
  std::vector<std::string> pieces_;  // that were read
  size_t taken_ = 0;                 // of these
  int64_t first_ = 0;                // of the next that are read
  bool ended_ = false;
  v1::ExportReportRowsResponse piece_;
  int row_ = 0;  // of it
};

}  // namespace puente::gateway::reports
