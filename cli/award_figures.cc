#include "cli/award_figures.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cli/format.h"
#include "cli/labels.h"

namespace puente::cli {
namespace {

using education::v1::VersionAwards;
using education::v1::VersionWaiting;
template <class T>
using Some = google::protobuf::RepeatedPtrField<T>;

constexpr size_t kWidestName = 46;  // so that a line has 80 columns

const Label& StepLabel(education::v1::AwardStep step) {
  static constexpr Label kUnknown{"?", "?"};
  static constexpr Label kAssessed{"enrolled to assessed", "de inscrita a evaluada"};
  static constexpr Label kResult{"assessed to result", "de evaluada a resultado"};
  static constexpr Label kAwarded{"result to award", "de resultado a otorgada"};
  static constexpr Label kWhole{"enrolled to award", "de inscrita a otorgada"};
  switch (step) {
    case education::v1::AWARD_STEP_ENROLMENT_TO_ASSESSMENT:
      return kAssessed;
    case education::v1::AWARD_STEP_ASSESSMENT_TO_RESULT:
      return kResult;
    case education::v1::AWARD_STEP_RESULT_TO_AWARD:
      return kAwarded;
    case education::v1::AWARD_STEP_ENROLMENT_TO_AWARD:
      return kWhole;
    default:
      return kUnknown;
  }
}

const Label& StageLabel(education::v1::WaitingStage stage) {
  static constexpr Label kUnknown{"?", "?"};
  static constexpr Label kAssessment{"for an assessment", "evaluación"};
  static constexpr Label kResult{"for its result", "su resultado"};
  static constexpr Label kAward{"for the award", "el otorgamiento"};
  switch (stage) {
    case education::v1::WAITING_STAGE_ASSESSMENT:
      return kAssessment;
    case education::v1::WAITING_STAGE_RESULT:
      return kResult;
    case education::v1::WAITING_STAGE_AWARD:
      return kAward;
    default:
      return kUnknown;
  }
}

// One of all versions has no name.
std::string VersionText(Printer& printer, const std::string& version) {
  return version.empty() ? std::string(printer.Say(label::kAllVersions)) : version;
}

}  // namespace

// What is released of the people: a line a version, its quarters and its days.
void PrintAwards(Printer& printer, const Some<VersionAwards>& awards) {
  if (awards.empty()) return;
  Table table({{printer.Say(label::kAwards), Column::kRight},
               {printer.Say(label::kVersion), Column::kLeft, kWidestName},
               {"", Column::kBelow},
               {"", Column::kBelow}});
  for (const VersionAwards& one : awards) {
    const auto quarter = [&](std::string* out, const education::v1::PeriodAwards& period) {
      absl::StrAppend(out, period.period(), ": ",
                      FigureText(period.award_count(), printer.language()));
    };
    const auto days = [&](std::string* out, const education::v1::StepDays& step) {
      absl::StrAppend(out, printer.Say(StepLabel(step.step())), " ", step.half_within_days());
    };
    const std::string steps = absl::StrJoin(one.step_days(), ", ", days);
    table.Add(
        {FigureText(one.award_count(), printer.language()),
         VersionText(printer, one.microcredential_version()),
         absl::StrJoin(one.periods(), ", ", quarter),
         steps.empty() ? "" : absl::StrCat(printer.Say(label::kHalfWithinDays), ": ", steps)});
  }
  printer.Print(table);
}

void PrintWaiting(Printer& printer, const Some<VersionWaiting>& waiting) {
  if (waiting.empty()) return;
  Table table({{printer.Say(label::kWaiting), Column::kRight},
               {printer.Say(label::kHalfWithinDays), Column::kRight, 12},
               {printer.Say(label::kVersion), Column::kLeft, kWidestName},
               {"", Column::kBelow}});
  for (const VersionWaiting& one : waiting) {
    const auto stage = [&](std::string* out, const education::v1::WaitingStageCount& count) {
      absl::StrAppend(out, printer.Say(StageLabel(count.stage())), ": ",
                      FigureText(count.waiting_count(), printer.language()));
    };
    table.Add({FigureText(one.waiting_count(), printer.language()),
               one.has_half_within_days() ? CountText(one.half_within_days()) : "",
               VersionText(printer, one.microcredential_version()),
               absl::StrJoin(one.stages(), ", ", stage)});
  }
  printer.Print(table);
}

}  // namespace puente::cli
