#include "common/http/answers.h"

#include <gtest/gtest.h>
#include <zlib.h>

namespace puente::http {
namespace {

std::string Unzipped(const std::string& zipped) {
  z_stream stream{};
  EXPECT_EQ(inflateInit2(&stream, 15 + 16), Z_OK);
  std::string bytes(1 << 16, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(zipped.data()));
  stream.avail_in = static_cast<uInt>(zipped.size());
  stream.next_out = reinterpret_cast<Bytef*>(bytes.data());
  stream.avail_out = static_cast<uInt>(bytes.size());
  EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
  bytes.resize(stream.total_out);
  inflateEnd(&stream);
  return bytes;
}

TEST(TakesGzip, ReadsNamesAndWeights) {
  for (const char* yes : {"gzip", "br, gzip", "deflate , gzip;q=0.5", "gzip; q=1"}) {
    EXPECT_TRUE(TakesGzip(yes)) << yes;
  }
  for (const char* no : {"", "br", "gzip;q=0", "gzip; q=0.000", "xgzip", "*"}) {
    EXPECT_FALSE(TakesGzip(no)) << no;
  }
}

TEST(NamesTag, ReadsLists) {
  for (const char* yes : {"\"a\"", "\"b\", \"a\"", "W/\"a\"", "*"}) {
    EXPECT_TRUE(NamesTag(yes, "\"a\"")) << yes;
  }
  for (const char* no : {"", "a", "\"aa\"", "\"b\""}) EXPECT_FALSE(NamesTag(no, "\"a\"")) << no;
}

TEST(Zipped, IsTheSameOfTheSameAndShorter) {
  const std::string text(10'000, 'x');
  const std::string zipped = Zipped(text, 1);
  EXPECT_EQ(zipped, Zipped(text, 1));
  EXPECT_LT(zipped.size(), text.size());
  EXPECT_EQ(Unzipped(zipped), text);
  EXPECT_EQ(Zipped("abc", 9), "");
  EXPECT_EQ(Zipped("", 9), "");
}

}  // namespace
}  // namespace puente::http
