#include "console/connect/envelopes.h"

#include "common/status/macros.h"
#include "console/connect/errors.h"

namespace puente::console {
namespace {

constexpr size_t kHead = 5;
constexpr char kPlain = 0, kZipped = 1, kEnd = 2;

std::string Sealed(char flags, absl::string_view message) {
  std::string envelope;
  envelope.reserve(kHead + message.size());
  envelope.push_back(flags);
  for (int shift = 24; shift >= 0; shift -= 8) {
    envelope.push_back(static_cast<char>(message.size() >> shift));
  }
  envelope.append(message.data(), message.size());
  return envelope;
}

size_t LengthIn(const char* bytes) {
  size_t length = 0;
  for (int i = 0; i < 4; ++i) length = length << 8 | static_cast<unsigned char>(bytes[i]);
  return length;
}

}  // namespace

std::string Envelope(absl::string_view message) { return Sealed(kPlain, message); }

std::string EndEnvelope(absl::string_view json) { return Sealed(kEnd, json); }

absl::StatusOr<std::optional<std::string>> Envelopes::Next() {
  if (bytes_.size() - at_ < kHead) return NotWhole();
  const char flags = bytes_[at_];
  if (flags != kPlain && !(flags == kZipped && unpack_)) {
    return Error(error::kEnvelopeWrong,
                 "flags"_is(static_cast<int>(static_cast<unsigned char>(flags))));
  }
  const size_t length = LengthIn(bytes_.data() + at_ + 1);
  if (length > most_) return Error(error::kBodyTooLarge, "limit"_is(most_));
  if (!has_room_ && take_room_ && !take_room_(length)) return absl::AbortedError("body");
  has_room_ = bytes_.size() - at_ - kHead < length;
  if (has_room_) return NotWhole();
  const absl::string_view message(bytes_.data() + at_ + kHead, length);
  at_ += kHead + length;
  if (flags == kPlain) return std::string(message);
  ASSIGN_OR_RETURN(std::string unpacked, unpack_(message));
  return unpacked;
}

std::nullopt_t Envelopes::NotWhole() {
  bytes_.erase(0, std::exchange(at_, 0));
  return std::nullopt;
}

}  // namespace puente::console
