#include "common/http/answers.h"

#include <gtest/gtest.h>

namespace puente::http {
namespace {

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

}  // namespace
}  // namespace puente::http
