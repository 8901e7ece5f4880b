// The envelopes of Connect's streams: a byte of flags, four of length, the message.
#pragma once

#include <functional>
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
  // Whether there is room for so many bytes of a message, which is kept until all of it has come.
  using TakeRoom = std::function<bool(size_t)>;
  // Makes a message of one that says that it is gzip.
  using Unpack = std::function<absl::StatusOr<std::string>(absl::string_view)>;

  // None of them is more than `most`; none is gzip without `unpack`.
  explicit Envelopes(size_t most, TakeRoom take_room = nullptr, Unpack unpack = nullptr)
      : most_(most), take_room_(std::move(take_room)), unpack_(std::move(unpack)) {}

  void Add(absl::string_view piece) { bytes_.append(piece.data(), piece.size()); }
  // The next message; nothing while it is not whole. ENVELOPE_WRONG, BODY_TOO_LARGE, ABORTED while
  // there is no room for it, and what unpacking says.
  absl::StatusOr<std::optional<std::string>> Next();
  // Whether nothing is left of what was added.
  bool empty() const { return at_ == bytes_.size(); }

 private:
  // Drops the messages that were taken, before more is added.
  std::nullopt_t NotWhole();

  const size_t most_;
  const TakeRoom take_room_;
  const Unpack unpack_;
  std::string bytes_;
  size_t at_ = 0;
  bool has_room_ = false;  // for the message that comes
};

}  // namespace puente::console
