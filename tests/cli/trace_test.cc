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
  steps {
    kind: TRACE_STEP_KIND_TRANSFERRED
    name: "transferAgreements/t"
    date { year: 2026 month: 12 day: 2 }
  }
  steps {
    kind: TRACE_STEP_KIND_RETURNED
    name: "certifiers/ceneval/submissions/s"
    by: "certifiers/ceneval"
    date { year: 2026 month: 12 day: 3 }
    after: "certifiers/ceneval/submissions/s"
    days: 7
  }
  steps {
    kind: TRACE_STEP_KIND_AWARDED
    name: "microcredentials/tig/versions/1"
    date { year: 2026 month: 12 day: 31 }
    after: "certifications/8632ebfa-3e4b-4f3c-9b50-3a1c3ff0f9c4"
    days: 30
    period: "2026-Q4"
    award_count { value: 60 }
  }
  ends { name: "proposals/q" waits_for: TRACE_WAIT_DECISION days: 12 }
  ends {
    name: "microcredentials/industrial-automation-basics-for-the-bajio/versions/1"
    waits_for: TRACE_WAIT_BODY
    days: 20
  }
  ends { name: "microcredentials/b/versions/1" waits_for: TRACE_WAIT_SUBMISSION days: 3 }
  ends { name: "microcredentials/c/versions/1" waits_for: TRACE_WAIT_RENEWAL days: 4 }
  ends {
    name: "microcredentials/industrial-automation-basics-for-the-bajio/versions/2"
    waits_for: TRACE_WAIT_AWARD
    days: 5
  }
  awards {
    microcredential_version: "microcredentials/tig/versions/1"
    award_count { value: 60 }
    stay_count { value: 24 }
    stages {
      stage: STAY_STAGE_TAKEN
      stay_count { value: 10 }
    }
    stages {
      stage: STAY_STAGE_STARTED
      stay_count { value: 14 }
    }
    periods {
      period: "2026-Q3"
      award_count { mark: MARK_SUPPRESSED }
    }
    periods {
      period: "2026-Q4"
      award_count { value: 40 }
    }
    step_days { step: AWARD_STEP_ENROLMENT_TO_ASSESSMENT half_within_days: 35 }
    step_days { step: AWARD_STEP_ASSESSMENT_TO_RESULT half_within_days: 7 }
    step_days { step: AWARD_STEP_RESULT_TO_AWARD half_within_days: 14 }
    step_days { step: AWARD_STEP_ENROLMENT_TO_AWARD half_within_days: 56 }
  }
  awards {
    microcredential_version: "microcredentials/industrial-automation-basics-for-the-bajio/versions/2"
    award_count { mark: MARK_SUPPRESSED }
    stay_count { mark: MARK_SUPPRESSED }
  }
  places {
    seats {
      skill: "skills/welding-tig"
      count { value: 117 }
    }
  }
  stages { kind: TRACE_STEP_KIND_PROPOSED count: 3 median_days: 49 }
  stages { kind: TRACE_STEP_KIND_TRANSFERRED count: 1 }
  has_more: true
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
  submissions {
    agency: "gateway"
    state: SECTION_STATE_FRESH
    as_of_time { seconds: 1600000000 }
  }
  signals {
    agency: "science"
    state: SECTION_STATE_NOT_ASKED
    failure { reason: "NOTHING_TO_FOLLOW" message: "Nothing that was followed names a record." }
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
  EXPECT_THAT(text, HasSubstr("2026-12-02        transfer   transferAgreements/t"));
  // The body is in the submission's name.
  EXPECT_THAT(text, HasSubstr("2026-12-03     7  returned   certifiers/ceneval/submissions/s"));
  EXPECT_THAT(text, HasSubstr("a body's decision       20  microcredentials/industrial-"));
  EXPECT_THAT(text, HasSubstr("a submission             3  microcredentials/b/versions/1"));
  EXPECT_THAT(text, HasSubstr("a renewal                4  microcredentials/c/versions/1"));
  EXPECT_THAT(text, HasSubstr("Economy's decision      12  proposals/q"));
  EXPECT_THAT(Text(Language::kSpanish), HasSubstr("la decisión de Economía    12  proposals/q"));
}

TEST(Trace, SaysWhatIsReleasedOfAwards) {
  const std::string text = Text(Language::kEnglish);
  EXPECT_THAT(text, HasSubstr("2026-Q4       30  awarded    microcredentials/tig/versions/1"));
  EXPECT_THAT(text, HasSubstr("60  microcredentials/tig/versions/1"));
  EXPECT_THAT(text, HasSubstr("2026-Q4          40  microcredentials/tig"));
  EXPECT_THAT(text, HasSubstr("enrolled to assessed    35  microcredentials/tig"));
  EXPECT_THAT(text, HasSubstr("awards that are told     5"));
  EXPECT_THAT(Text(Language::kSpanish),
              HasSubstr("de inscrita a evaluada     35  microcredentials/tig"));
}

// Hidden is not none, and a stage that is not told is not 0.
TEST(Trace, SaysWhatIsReleasedOfPlacesAndStays) {
  const std::string text = Text(Language::kEnglish);
  EXPECT_THAT(text, HasSubstr("seats offered  117"));
  EXPECT_THAT(text, HasSubstr("24  microcredentials/tig/versions/1\n"));
  EXPECT_THAT(text, HasSubstr("to come: 10, there now: 14\n"));
  EXPECT_THAT(Text(Language::kSpanish), HasSubstr("lugares ofrecidos  117"));
}

TEST(Trace, SaysHowManyCameHowFar) {
  const std::string text = Text(Language::kEnglish);
  EXPECT_THAT(text, HasSubstr("proposed      3           49"));
  EXPECT_THAT(text, HasSubstr("transfer      1"));
  EXPECT_THAT(text, HasSubstr("There is more than was followed."));
}

TEST(Trace, SaysWhoDidNotAnswerAndNothingOfWhoWasNotAsked) {
  const std::string text = Text(Language::kEnglish);
  EXPECT_THAT(text, HasSubstr("There is no connection to education."));
  EXPECT_THAT(text, HasSubstr("submissions to bodies"));
  EXPECT_THAT(text, Not(HasSubstr("sessions of sector tables")));
  EXPECT_THAT(text, Not(HasSubstr("signals of the proposals")));
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
