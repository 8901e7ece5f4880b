#include "gateway/reports/kept_rows.h"

#include "common/status/macros.h"
#include "gateway/errors.h"
#include "gateway/reports/resource.h"

namespace puente::gateway::reports {
namespace {

constexpr int kReadAtOnce = 8;

}  // namespace

absl::StatusOr<const api::v1::FigureRow*> KeptRows::Next() {
  while (row_ == piece_.rows_size()) {
    ASSIGN_OR_RETURN(const bool more, ReadPiece());
    if (!more) return nullptr;
  }
  return &piece_.rows(row_++);
}

absl::StatusOr<bool> KeptRows::ReadPiece() {
  if (taken_ == pieces_.size() && !ended_) {
    ASSIGN_OR_RETURN(pieces_,
                     ReadParts(session_, {report_, PartKind::kRows, table_}, first_, kReadAtOnce));
    first_ += std::ssize(pieces_);
    ended_ = std::ssize(pieces_) < kReadAtOnce;
    taken_ = 0;
  }
  if (taken_ == pieces_.size()) return false;
  row_ = 0;
  if (piece_.ParseFromString(pieces_[taken_++])) return true;
  return Error(error::kReportBroken, "name"_is(Reports().pattern().Format({report_})));
}

}  // namespace puente::gateway::reports
