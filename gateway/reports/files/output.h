// Where a file is written to: nothing of it stays in memory but a piece.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/crypto/digest.h"

namespace puente::gateway::reports {

// Hands on what is written in pieces of one size, but for the last, and digests it.
class Output {
 public:
  using Take = std::function<absl::Status(absl::string_view piece)>;

  // After an error of `take` nothing more is handed on.
  Output(size_t piece_size, Take take) : piece_size_(piece_size), take_(std::move(take)) {}

  void Append(absl::string_view bytes);
  // Whether there was an error: who has much to write asks, and ends.
  bool failed() const { return !status_.ok(); }
  // Hands on the last piece. The first error, if there was one.
  absl::Status Finish();

  // Of all that was written.
  int64_t byte_count() const { return byte_count_; }
  std::string Sha256() const { return digest_.Digest(); }

 private:
  void HandOn();

  const size_t piece_size_;
  const Take take_;
  std::string piece_;
  absl::Status status_;
  int64_t byte_count_ = 0;
  crypto::Sha256Stream digest_;
};

// What `write` writes, as one text; RESOURCE_EXHAUSTED where that is longer than so many bytes.
inline constexpr size_t kAnySize = std::string::npos;
absl::StatusOr<std::string> Written(size_t most_bytes, absl::FunctionRef<void(Output&)> write);

}  // namespace puente::gateway::reports
