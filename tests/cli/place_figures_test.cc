#include "cli/place_figures.h"

#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "tests/cli/fits.h"
#include "tests/cli/text_proto.h"

namespace puente::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kTold[] = R"pb(
  states {
    state_code: "11"
    offered_count { value: 1234567 }
    offers {
      state: TRAINING_PLACE_STATE_PAUSED
      seat_count { value: 1234567 }
    }
    stay_count { value: 24 }
    stages {
      stage: STAY_STAGE_TAKEN
      stay_count { value: 10 }
    }
    stages {
      stage: STAY_STAGE_BROKEN
      stay_count { value: 14 }
    }
    periods {
      period: "2027-Q1"
      offered_count { value: 0 }
      stay_count { mark: MARK_SUPPRESSED }
    }
  }
)pb";

std::string Text(Language language, const std::string& text) {
  return Plain(language, [&](Printer& printer) {
    PrintPlaces(printer, Of<economy::v1::PlaceSummary>(text).states());
  });
}

TEST(PlaceFigures, TellNoneAndHiddenApart) {
  const std::string text = Text(Language::kEnglish, kTold);
  EXPECT_THAT(text, HasSubstr("Guanajuato"));
  EXPECT_THAT(text, HasSubstr("1,234,567     0               24\n")) << "all of them paused";
  EXPECT_THAT(text, HasSubstr("to come: 10, broken off: 14"));
  EXPECT_THAT(text, HasSubstr("2027-Q1      0       suppressed\n"));
  EXPECT_THAT(text, Not(HasSubstr("completed")));
}

TEST(PlaceFigures, TellOfSeveralStatesNoQuarters) {
  constexpr char kCountry[] = R"pb(
    states {
      offered_count { mark: MARK_MISSING }
      stay_count { mark: MARK_MISSING }
    }
  )pb";
  const std::string text = Text(Language::kSpanish, absl::StrCat(kTold, kCountry));
  EXPECT_THAT(text, HasSubstr("todo el país"));
  EXPECT_THAT(text, Not(HasSubstr("2027-Q1")));
}

TEST(PlaceFigures, HaveLinesOf80Columns) {
  for (const Language language : {Language::kEnglish, Language::kSpanish}) {
    ExpectFits(Text(language, kTold));
  }
}

}  // namespace
}  // namespace puente::cli
