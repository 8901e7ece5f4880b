#include "cli/errors.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/status/error.h"
#include "common/status/grpc_status.h"
#include "common/status/violation.h"

namespace puente::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr ErrorSpec kNotFound{"SECTOR_TABLE_NOT_FOUND", absl::StatusCode::kNotFound,
                              "economy.puente", "No existe $name.", "There is no $name."};

Attempt Trial() {
  Attempt attempt;
  attempt.server = "labor";
  attempt.address = "127.0.0.1:4000";
  attempt.caller = "supplier/portal";
  attempt.timeout = absl::Seconds(2);
  return attempt;
}

// As it arrives from a server that was asked in this language.
absl::Status Received(const absl::Status& status, Locale locale) {
  return FromGrpc(ToGrpc(status, locale));
}

TEST(ErrorText, HasReasonAndHint) {
  const absl::Status status = Error(kNotFound, "name"_is("sectorTables/x"));
  EXPECT_EQ(ErrorText(Received(status, Locale::kEnglish), Trial(), Language::kEnglish),
            "error: There is no sectorTables/x. [SECTOR_TABLE_NOT_FOUND]\n"
            "hint: list the sectors with: puente council sectors\n");
  EXPECT_EQ(ErrorText(Received(status, Locale::kSpanish), Trial(), Language::kSpanish),
            "error: No existe sectorTables/x. [SECTOR_TABLE_NOT_FOUND]\n"
            "sugerencia: liste los sectores con: puente council sectors\n");
}

TEST(ErrorText, ListsAllViolations) {
  static constexpr RuleSpec kCode{"PATTERN", "Use un código.", "Use a code."};
  static constexpr RuleSpec kShort{"TOO_LONG", "Acorte.", "Shorten it."};
  const absl::Status status =
      InvalidFields({Against(kCode).At("state"), Against(kShort).At("sector")});
  const std::string text =
      ErrorText(Received(status, Locale::kEnglish), Trial(), Language::kEnglish);
  EXPECT_THAT(text, HasSubstr("  state: Use a code. [PATTERN]\n"));
  EXPECT_THAT(text, HasSubstr("  sector: Shorten it. [TOO_LONG]\n"));
  EXPECT_THAT(ErrorText(Received(status, Locale::kSpanish), Trial(), Language::kSpanish),
              HasSubstr("  state: Use un código. [PATTERN]\n"));
}

TEST(ErrorText, SaysWhenToTryAgain) {
  static constexpr ErrorSpec kBusy{"OVERLOADED", absl::StatusCode::kResourceExhausted, "puente", "",
                                   "."};
  const absl::Status status = RetryableError(kBusy, absl::Milliseconds(250));
  EXPECT_THAT(ErrorText(Received(status, Locale::kEnglish), Trial(), Language::kEnglish),
              HasSubstr("hint: try again in 250ms"));
}

TEST(ErrorText, LetsNoAnswerDriveTheTerminal) {
  const absl::Status status = Error(kNotFound, "name"_is("\033[2J"));
  EXPECT_THAT(ErrorText(status, Trial(), Language::kEnglish), Not(HasSubstr("\033")));
}

TEST(LikelyCause, IsNamedForErrorsThatNoServerMade) {
  struct Case {
    const char* name;
    absl::Status status;
    const char* files_trouble;
    const char* refusal;
    const char* cause;
  };
  const absl::Status refused = absl::UnavailableError("last error: Connection refused");
  const absl::Status closed = absl::UnavailableError("Socket closed");
  for (const Case& c :
       {Case{"nothing listens", refused, "", "", "nothing listens at 127.0.0.1:4000"},
        Case{"nothing listens, whatever the certificate", refused, "c.pem: expired", "",
             "nothing listens"},
        Case{"own certificate expired", closed, "c.pem: the certificate has expired", "alert",
             "c.pem: the certificate has expired"},
        Case{"the peer's alert", closed, "", "the peer refused us: unknown CA",
             "the peer refused us: unknown CA"},
        Case{"nothing known", closed, "", "", "it may have refused the certificate of supplier"},
        Case{"too late", absl::DeadlineExceededError("Deadline Exceeded"), "", "",
             "did not answer within 2s"}}) {
    SCOPED_TRACE(c.name);
    Attempt attempt = Trial();
    attempt.files_trouble = c.files_trouble;
    attempt.refusal = c.refusal;
    EXPECT_THAT(LikelyCause(c.status, attempt, Language::kEnglish), HasSubstr(c.cause));
  }
}

TEST(LikelyCause, IsNotGuessedForAServersOwnError) {
  EXPECT_EQ(LikelyCause(Error(kNotFound, "name"_is("x")), Trial(), Language::kEnglish), "");
  EXPECT_EQ(LikelyCause(absl::InternalError("x"), Trial(), Language::kEnglish), "");
}

}  // namespace
}  // namespace puente::cli
