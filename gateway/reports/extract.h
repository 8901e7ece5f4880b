// What an agency told for a report, read from the file of its extract (figure_extract.proto).
#pragma once

#include <map>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "gateway/reports/files/rows.h"
#include "puente/api/v1/figure_extract.pb.h"

namespace puente::gateway::reports {

struct Extract {
  api::v1::FigureExtractHead head;
  std::map<std::string, api::v1::FigureTable> tables;
  std::map<std::string, api::v1::FigureCodeList> code_lists;
  std::map<std::string, Rows> rows;  // by their table, in the order of the file
};

// The next piece of a file, "" at its end.
using NextPiece = absl::FunctionRef<absl::StatusOr<std::string>()>;

// What the codes and figures of all rows may take that a report reads: a gateway has 256 MB, and
// while tables are joined they are there twice, beside their indexes.
inline constexpr size_t kMostRowBytes = 64 << 20;
size_t RowBytes(const Extract& extract);
// Of the file of one, in which a row takes some times as much.
inline constexpr size_t kMostExtractBytes = 8 * kMostRowBytes;

// Of a file's pieces, of which none is needed after the next. REPORT_EXTRACT_BROKEN, with the
// number of the first line that is not what it should be: nothing of such a file is used.
// REPORT_TOO_LARGE beyond so many bytes of rows. Else the errors of `next`.
absl::StatusOr<Extract> ReadExtract(const std::string& agency, NextPiece next,
                                    size_t most_bytes = kMostRowBytes);

}  // namespace puente::gateway::reports
