#include "common/http/gzip.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace puente::http {
namespace {

using ::testing::Optional;

TEST(Zipped, IsTheSameOfTheSameAndShorter) {
  const std::string text(10'000, 'x');
  const std::string zipped = Zipped(text, 1);
  EXPECT_EQ(zipped, Zipped(text, 1));
  EXPECT_LT(zipped.size(), text.size());
  EXPECT_EQ(Zipped("abc", 9), "");
  EXPECT_EQ(Zipped("", 9), "");
}

TEST(Unzipped, IsWhatWasZipped) {
  for (const size_t size : {100, 70'000, 3'000'000}) {
    const std::string text(size, 'x');
    const std::string zipped = Zipped(text, 9);
    EXPECT_EQ(SizeBefore(zipped), size);
    EXPECT_THAT(Unzipped(zipped), Optional(text));
  }
}

TEST(Unzipped, IsNothingOfWhatIsNotOneWholeGzip) {
  const std::string zipped = Zipped(std::string(10'000, 'x'), 9);
  for (size_t size = 0; size < zipped.size(); ++size) {
    EXPECT_FALSE(Unzipped(zipped.substr(0, size))) << size;
  }
  EXPECT_FALSE(Unzipped(zipped + zipped));
  EXPECT_FALSE(Unzipped(zipped + "x"));
  EXPECT_FALSE(Unzipped(std::string(100, 'x')));
  for (size_t i = zipped.size() - 8; i < zipped.size();
       ++i) {  // its sum, and how long it says it is
    std::string wrong = zipped;
    wrong[i] ^= 1;
    EXPECT_FALSE(Unzipped(wrong)) << i;
  }
}

TEST(Unzipped, GetsNoMoreRoomThanItSays) {
  // A bomb: far more than its end claims.
  std::string bomb = Zipped(std::string(50'000'000, '\0'), 9);
  EXPECT_LT(bomb.size(), 60'000);
  for (size_t i = 1; i <= 4; ++i) bomb[bomb.size() - i] = '\0';
  bomb[bomb.size() - 4] = 100;
  EXPECT_EQ(SizeBefore(bomb), 100);
  EXPECT_FALSE(Unzipped(bomb));
}

}  // namespace
}  // namespace puente::http
