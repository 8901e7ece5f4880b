// Lines of the log, and the traces in them.
#include "common/telemetry/log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/sql/error.h"
#include "common/workers/errors.h"
#include "nlohmann/json.hpp"
#include "puente/labor/v1/vacancy.pb.h"

namespace puente::telemetry {
namespace {

// Lines that a function writes on stderr.
std::vector<std::string> Logged(const std::function<void()>& write) {
  ::testing::internal::CaptureStderr();
  write();
  return absl::StrSplit(::testing::internal::GetCapturedStderr(), '\n', absl::SkipEmpty());
}

TEST(Log, IsJsonWhateverBytesItIsGiven) {
  const std::vector<std::string> lines = Logged([] {
    // The last one is cut within a letter.
    for (const std::string& text : {std::string("\xFF\xC3(\0\x7F\"\\", 7), std::string("\xE2\x82"),
                                    std::string(599, 'x') + "ñ"}) {
      Log(Severity::kError, "test", {{"text", text}});
    }
  });
  ASSERT_EQ(lines.size(), 3u);
  std::vector<std::string> texts;
  for (const std::string& line : lines) {
    const auto parsed = nlohmann::json::parse(line, nullptr, false);
    ASSERT_FALSE(parsed.is_discarded()) << line;
    texts.push_back(parsed["text"]);
  }
  EXPECT_EQ(texts[0], std::string("\uFFFD\uFFFD(\0\x7F\"\\", 11));
  EXPECT_EQ(texts[1], "\uFFFD\uFFFD");
  EXPECT_EQ(texts[2], std::string(599, 'x') + "\uFFFD");
}

TEST(Log, HasWhatProtobufSaysOfARequestThatIsNotUtf8) {
  LogForProtobuf();
  const std::vector<std::string> lines = Logged([] {
    labor::v1::GetVacancyRequest request;
    EXPECT_FALSE(request.ParseFromString("\x0A\x01\xFF"));
  });
  ASSERT_EQ(lines.size(), 1u);
  const auto parsed = nlohmann::json::parse(lines[0], nullptr, false);
  ASSERT_FALSE(parsed.is_discarded()) << lines[0];
  EXPECT_EQ(parsed["event"], "protobuf");
  EXPECT_THAT(parsed["text"].get<std::string>(), ::testing::HasSubstr("GetVacancyRequest.name"));
}

// The event and the severity of a call's line, and "" if it has none.
std::string LineOf(const absl::Status& status, bool own_deadline,
                   absl::Duration took = absl::Milliseconds(1)) {
  const std::vector<std::string> lines = Logged([&] {
    Call call;
    call.own_deadline = own_deadline;
    LogCall(call, status, took);
  });
  if (lines.empty()) return "";
  const auto parsed = nlohmann::json::parse(lines[0], nullptr, false);
  return absl::StrCat(parsed["event"].get<std::string>(), " ",
                      parsed["severity"].get<std::string>());
}

TEST(Log, HasNoErrorThatACallerCausesAtWill) {
  const absl::Status late = Error(error::kDeadlineExceeded);
  EXPECT_EQ(LineOf(late, /*own_deadline=*/false), "call_failed error");
  EXPECT_EQ(LineOf(late, /*own_deadline=*/true), "");
  EXPECT_EQ(LineOf(late, /*own_deadline=*/true, absl::Seconds(3)), "call_slow warning");
  EXPECT_EQ(LineOf(Error(error::kShuttingDown), false), "") << "of a drain";
  EXPECT_EQ(LineOf(Error(sql::error::kUnavailable), true), "call_failed error");
  EXPECT_EQ(LineOf(absl::InternalError("ours"), true), "call_failed error");
}

TEST(Log, OfWhatAnybodyCausesHasSoManyLinesASecond) {
  LineLimit limit(2);
  const absl::Time start = absl::UnixEpoch();
  EXPECT_EQ(limit.Take(start), 0);
  EXPECT_EQ(limit.Take(start + absl::Milliseconds(500)), 0);
  EXPECT_FALSE(limit.Take(start + absl::Milliseconds(600)).has_value());
  EXPECT_FALSE(limit.Take(start + absl::Milliseconds(999)).has_value());
  EXPECT_EQ(limit.Take(start + absl::Seconds(1)), 2) << "so many were left out";
  EXPECT_EQ(limit.Take(start + absl::Seconds(1)), 0);
  EXPECT_FALSE(limit.Take(start + absl::Seconds(1)).has_value());
  EXPECT_EQ(limit.Take(start), 1) << "a clock that was put back";
}

TEST(Trace, IsTheCallersOrANewOne) {
  constexpr char kId[] = "0af7651916cd43dd8448eb211c80319c";
  EXPECT_EQ(TraceId(absl::StrCat("00-", kId, "-b7ad6b7169203331-01")), kId);
  for (const std::string& bad :
       {std::string(), std::string("00"), absl::StrCat("ff-", kId, "-b7ad6b7169203331-01"),
        "00-" + std::string(32, '0') + "-b7ad6b7169203331-01",
        absl::StrCat("00-", "0AF7651916CD43DD8448EB211C80319C", "-b7ad6b7169203331-01")}) {
    const std::string made = TraceId(bad);
    EXPECT_EQ(made.size(), 32u);
    EXPECT_NE(made, TraceId(bad));
  }
  EXPECT_EQ(TraceId(Traceparent(kId)), kId);
}

}  // namespace
}  // namespace puente::telemetry
