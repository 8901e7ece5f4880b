#include "cli/trace.h"

#include <gmock/gmock.h>

#include "absl/strings/str_split.h"
#include "cli/width.h"
#include "tests/cli/text_proto.h"

namespace puente::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Le;
using ::testing::Not;

constexpr char kTraceText[] = R"pb(
  steps {
    kind: TRACE_STEP_KIND_STATED
    name: "companies/bajio-autopartes-y-mas/demandStatements/sample-003"
    date { year: 2026 month: 9 day: 1 }
  }
  steps {
    kind: TRACE_STEP_KIND_PROPOSED
    name: "proposals/p"
    date { year: 2026 month: 10 day: 20 }
    after: "companies/bajio-autopartes-y-mas/demandStatements/sample-003"
    days: 49
  }
  steps {
    kind: TRACE_STEP_KIND_CERTIFIED
    name: "certifications/8632ebfa-3e4b-4f3c-9b50-3a1c3ff0f9c4"
    by: "certifiers/ceneval"
    date { year: 2026 month: 12 day: 1 }
    after: "microcredentials/tig/versions/1"
    days: 0
  }
  ends { name: "proposals/q" waits_for: TRACE_WAIT_DECISION days: 12 }
  proposals {
    agency: "economy"
    state: SECTION_STATE_FRESH
    as_of_time { seconds: 1600000000 }
  }
  versions {
    agency: "education"
    state: SECTION_STATE_MISSING
    failure { reason: "AGENCY_UNAVAILABLE" message: "There is no connection to education." }
  }
)pb";

std::string Text(Language language) {
  gateway::v1::TraceDemandRequest request;
  request.set_skill("skills/welding");
  return Plain(language, [&](Printer& printer) {
    Print(printer, request, Of<gateway::v1::DemandTrace>(kTraceText));
  });
}

TEST(Trace, SaysStepsDaysAndWhatIsWaitedFor) {
  const std::string text = Text(Language::kEnglish);
  EXPECT_THAT(text, HasSubstr("2026-09-01        stated"));
  EXPECT_THAT(text, HasSubstr("2026-10-20    49  proposed   proposals/p"));
  EXPECT_THAT(text, HasSubstr("2026-12-01     0  certified  certifiers/ceneval: certifications/"));
  EXPECT_THAT(text, HasSubstr("Economy's decision    12  proposals/q"));
  EXPECT_THAT(Text(Language::kSpanish), HasSubstr("la decisión de Economía    12  proposals/q"));
}

TEST(Trace, SaysWhoDidNotAnswerAndNothingOfWhoWasNotAsked) {
  const std::string text = Text(Language::kEnglish);
  EXPECT_THAT(text, HasSubstr("There is no connection to education."));
  EXPECT_THAT(text, Not(HasSubstr("sessions of sector tables")));
}

TEST(Trace, HasLinesOf80Columns) {
  for (const Language language : {Language::kEnglish, Language::kSpanish}) {
    for (const absl::string_view line : absl::StrSplit(Text(language), '\n')) {
      EXPECT_THAT(DisplayWidth(line), Le(80)) << line;
    }
  }
}

}  // namespace
}  // namespace puente::cli
