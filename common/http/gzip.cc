#include "common/http/gzip.h"

#include <zlib.h>

namespace puente::http {
namespace {

constexpr int kGzip = 15 + 16;       // zlib's largest window, with gzip's head and end
constexpr size_t kLeast = 18;        // bytes of gzip around nothing
constexpr size_t kSizeBytes = 4;     // at the end, the lowest first
constexpr size_t kMostTimes = 1032;  // more than so many bytes never become one

Bytef* Bytes(absl::string_view text) {
  return reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
}

}  // namespace

std::string Zipped(absl::string_view bytes, int level) {
  constexpr size_t kMost = 1u << 30;  // zlib counts in 32 bits
  z_stream stream{};
  if (bytes.size() >= kMost ||
      deflateInit2(&stream, level, Z_DEFLATED, kGzip, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
    return "";
  }
  std::string zipped(deflateBound(&stream, bytes.size()), '\0');
  stream.next_in = Bytes(bytes);
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = Bytes(zipped);
  stream.avail_out = static_cast<uInt>(zipped.size());
  const bool done = deflate(&stream, Z_FINISH) == Z_STREAM_END;
  const size_t size = stream.total_out;
  deflateEnd(&stream);
  if (!done || size >= bytes.size()) return "";
  zipped.resize(size);
  return zipped;
}

size_t SizeBefore(absl::string_view zipped) {
  if (zipped.size() < kLeast) return 0;
  size_t size = 0;
  for (size_t i = 1; i <= kSizeBytes; ++i) {
    size = size << 8 | static_cast<unsigned char>(zipped[zipped.size() - i]);
  }
  return size;
}

std::optional<std::string> Unzipped(absl::string_view zipped) {
  const size_t size = SizeBefore(zipped);
  // A false claim takes no memory.
  if (zipped.size() < kLeast || size / kMostTimes > zipped.size()) return std::nullopt;
  z_stream stream{};
  if (inflateInit2(&stream, kGzip) != Z_OK) return std::nullopt;
  std::string bytes(size, '\0');
  stream.next_in = Bytes(zipped);
  stream.avail_in = static_cast<uInt>(zipped.size());
  stream.next_out = Bytes(bytes);
  stream.avail_out = static_cast<uInt>(bytes.size());
  const bool done = inflate(&stream, Z_FINISH) == Z_STREAM_END;
  const bool whole = done && stream.avail_in == 0 && stream.avail_out == 0;
  inflateEnd(&stream);
  if (!whole) return std::nullopt;
  return bytes;
}

}  // namespace puente::http
