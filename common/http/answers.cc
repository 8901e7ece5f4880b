#include "common/http/answers.h"

#include <zlib.h>

#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace puente::http {

bool TakesGzip(absl::string_view accept_encoding) {
  for (absl::string_view part : absl::StrSplit(accept_encoding, ',')) {
    const std::pair<absl::string_view, absl::string_view> pair =
        absl::StrSplit(part, absl::MaxSplits(';', 1));
    if (absl::StripAsciiWhitespace(pair.first) != "gzip") continue;
    const absl::string_view weight = absl::StripAsciiWhitespace(pair.second);
    return weight != "q=0" && !absl::StartsWith(weight, "q=0.0");
  }
  return false;
}

bool NamesTag(absl::string_view if_none_match, absl::string_view tag) {
  for (absl::string_view part : absl::StrSplit(if_none_match, ',')) {
    part = absl::StripAsciiWhitespace(part);
    absl::ConsumePrefix(&part, "W/");
    if (part == "*" || part == tag) return true;
  }
  return false;
}

std::string Zipped(absl::string_view bytes, int level) {
  constexpr size_t kMost = 1u << 30;  // zlib counts in 32 bits
  constexpr int kGzip = 15 + 16;
  z_stream stream{};
  if (bytes.size() >= kMost ||
      deflateInit2(&stream, level, Z_DEFLATED, kGzip, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
    return "";
  }
  std::string zipped(deflateBound(&stream, bytes.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(zipped.data());
  stream.avail_out = static_cast<uInt>(zipped.size());
  const bool done = deflate(&stream, Z_FINISH) == Z_STREAM_END;
  const size_t size = stream.total_out;
  deflateEnd(&stream);
  if (!done || size >= bytes.size()) return "";
  zipped.resize(size);
  return zipped;
}

}  // namespace puente::http
