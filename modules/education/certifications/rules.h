// On which days a certification holds. Days are those of Mexico City, first and last days count.
#pragma once

#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "common/status/violation.h"
#include "puente/education/v1/certification.pb.h"

namespace puente::education {

// Whether it holds, or may come to hold; once its last day has passed, until that is noted.
bool IsOpen(const v1::Certification& certification);
// Its state, or of an expired one that which it had on its last day.
v1::CertificationState StateUpToTheEnd(const v1::Certification& certification);
bool HoldsOn(const v1::Certification& certification, absl::CivilDay day);
// Whether it holds on a day for who began on another one: of a body that has left, up to the
// teach-out date.
bool HoldsFor(const v1::Certification& certification, absl::CivilDay began, absl::CivilDay day);
// Whether it holds in a state, by its INEGI code.
bool HoldsIn(const v1::Certification& certification, absl::string_view state);

// Whether there is a day on which both hold, or may come to hold: a suspension can end.
bool Overlap(const v1::Certification& one, const v1::Certification& other);

// A new one: it holds from its first day to its last.
void Begin(v1::Certification& certification);
// It holds no more from its state_date on.
void Stop(v1::Certification& certification);
// It holds again from its state_date to its last day.
void GoOn(v1::Certification& certification);
// The body has left: nobody begins on it from a day on, and who began before may finish up to
// another one, but not on days from which on it was to be suspended or withdrawn anyway. What does
// not hold on the day before, such as what is suspended, holds no more.
void TeachOut(v1::Certification& certification, absl::CivilDay from, absl::CivilDay last);
// When its last day has passed; never of one that holds no more, nor comes to hold.
absl::Time OverFrom(const v1::Certification& certification);
void Expire(v1::Certification& certification);
// It has a later last day, and is again in the state in which it was up to the one before; what was
// suspended stays so.
void Extend(v1::Certification& certification, v1::CertificationState state);

// DECISION_TIME if that is no moment of this century up to `now`. Clocks may differ by minutes.
std::vector<Violation> CheckDecisionTime(const v1::Certification& certification, absl::Time now);
// Of a change that counts from `after.state_date`: BEFORE_DECISION, AFTER_LAST_DAY. So what holds
// on days before the decision stays as it was; what was announced for later can be stopped sooner.
std::vector<Violation> CheckStateDate(const v1::Certification& before,
                                      const v1::Certification& after);
// Of a resumption: BEFORE_STATE, if it is from before the suspension.
std::vector<Violation> CheckResumption(const v1::Certification& before,
                                       const v1::Certification& after);
// Of a new one: BEFORE_DECISION. What was answered about days before it stays so.
std::vector<Violation> CheckFirstDay(const v1::Certification& certification);
// Of a renewal: NOT_LATER; STATES_MISSING, where `after` has states in which the body may certify
// and the certification holds in others, too.
std::vector<Violation> CheckRenewal(const v1::Certification& before,
                                    const v1::Certification& after);
// Whether it was over on the day when this was decided.
bool EndedBefore(const v1::Certification& before, const v1::Certification& after);

}  // namespace puente::education
