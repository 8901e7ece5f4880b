#include "gateway/reports/files/output.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/status/macros.h"

namespace puente::gateway::reports {

void Output::Append(absl::string_view bytes) {
  if (!status_.ok()) return;
  byte_count_ += static_cast<int64_t>(bytes.size());
  while (!bytes.empty()) {
    const size_t taken = std::min(piece_size_ - piece_.size(), bytes.size());
    absl::StrAppend(&piece_, bytes.substr(0, taken));
    bytes.remove_prefix(taken);
    if (piece_.size() == piece_size_) HandOn();
  }
}

absl::Status Output::Finish() {
  if (!piece_.empty()) HandOn();
  return status_;
}

void Output::HandOn() {
  digest_.Add(piece_);
  if (status_.ok()) status_ = take_(piece_);
  piece_.clear();
}

absl::StatusOr<std::string> Written(size_t most_bytes, absl::FunctionRef<void(Output&)> write) {
  constexpr size_t kPiece = 64 << 10;
  std::string text;
  Output out(kPiece, [&](absl::string_view piece) -> absl::Status {
    if (piece.size() > most_bytes - text.size()) return absl::ResourceExhaustedError("too long");
    absl::StrAppend(&text, piece);
    return absl::OkStatus();
  });
  write(out);
  RETURN_IF_ERROR(out.Finish());
  return text;
}

}  // namespace puente::gateway::reports
