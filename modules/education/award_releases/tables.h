// What is released of awards, and of enrolments that wait for one.
#pragma once

#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "common/releases/releaser.h"

namespace puente::education {

// Awards by version, state, quarter and sex. Measures: weeks of the steps, as AwardStep numbers
// them from 1.
inline constexpr absl::string_view kAwardTable = "awards";
// Enrolments that wait by version, state and WaitingStage. Measure: minus the week in which one
// began, so that who waits longest comes last.
inline constexpr absl::string_view kWaitingTable = "waiting";

// Stays at training places by version in which the learner is or was enrolled, state and StayStage.
inline constexpr absl::string_view kStayTable = "version_stays";

const releases::Family& AwardFamily();

// Dimensions.
inline constexpr int kState = 1;
inline constexpr int kAwardQuarter = 2;
inline constexpr int kAwardSex = 3;
inline constexpr int kWaitingStage = 2;
inline constexpr int kStayStage = 2;

// Weeks from Monday to Sunday, numbered: nobody learns of a figure on which day of its week
// something was.
int64_t WeekOf(absl::CivilDay day);

}  // namespace puente::education
