// What an agency told for a report, read from the file of its extract (figure_extract.proto).
#pragma once

#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "puente/api/v1/figure_extract.pb.h"

namespace puente::gateway::reports {

struct Extract {
  api::v1::FigureExtractHead head;
  std::map<std::string, api::v1::FigureTable> tables;
  std::map<std::string, api::v1::FigureCodeList> code_lists;
  std::map<std::string, std::vector<api::v1::FigureRow>> rows;  // by their table
};

// REPORT_EXTRACT_BROKEN, with the number of the first line that is not what it should be: nothing
// of such a file is used.
absl::StatusOr<Extract> ReadExtract(const std::string& agency, absl::string_view file);

}  // namespace puente::gateway::reports
