// The envelopes of Connect's streams: a byte of flags, four of length, the message.
#pragma once

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace puente::console {

std::string Envelope(absl::string_view message);
// The last one of an answer, which holds what came of the call.
std::string EndEnvelope(absl::string_view json);

// What a client sends, piece by piece.
class Envelopes {
 public:
  // With `zipped`, those that say so are gzip; none of them is more than `most` in either form.
  explicit Envelopes(size_t most, bool zipped = false) : most_(most), zipped_(zipped) {}

  void Add(absl::string_view piece) { bytes_.append(piece.data(), piece.size()); }
  // The next message; nothing while it is not whole. ENVELOPE_WRONG, BODY_TOO_LARGE, GZIP_WRONG.
  absl::StatusOr<std::optional<std::string>> Next();
  // Whether nothing is left of what was added.
  bool empty() const { return at_ == bytes_.size(); }

 private:
  // Drops the messages that were taken, before more is added.
  std::nullopt_t NotWhole();

  const size_t most_;
  const bool zipped_;
  std::string bytes_;
  size_t at_ = 0;
};

}  // namespace puente::console
