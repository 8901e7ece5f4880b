// What holds for plans of dual education, whoever stores them: what they must say, whose turn it
// is, and how their days change their state. The day decides, whatever due work has stored so far.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "common/status/violation.h"
#include "modules/education/minor_limits/rules.h"
#include "puente/education/v1/dual_agreement.pb.h"
#include "puente/education/v1/dual_plan.pb.h"
#include "puente/education/v1/place_enrolment.pb.h"

namespace puente::education {

// Of a plan by itself: UNIQUE outcomes, a consent with its day, ids that say nothing of persons.
std::vector<Violation> CheckPlan(const v1::DualPlan& plan, const std::string& under);
// Of a new one, whose name is set: ID_OF_PERSON, OF_ANOTHER_ORGANIZATION.
std::vector<Violation> CheckNewPlan(const v1::DualPlan& plan);
// Under its agreement: OUTSIDE_AGREEMENT, NOT_INSURED, WEEKLY_HOURS_OVER, PLACE_OF_ANOTHER_COMPANY.
std::vector<Violation> CheckUnder(const v1::DualPlan& plan, const v1::DualAgreement& agreement);
// NO_SUCH_OUTCOME of a version that has so many.
std::vector<Violation> CheckOutcomes(const v1::DualPlan& plan, int count);
// Of a learner with these limits: GUARDIAN_CONSENT_NEEDED, WEEKLY_HOURS_OVER.
std::vector<Violation> CheckLimits(const v1::DualPlan& plan, const Limits& limits);

// The learner's seat at the plan's place that it takes, of those there: one that is not over, with
// all of its days if there is any, and of these the furthest along. Null if all are over.
const v1::PlaceEnrolment* SeatOf(const v1::DualPlan& plan,
                                 const std::vector<v1::PlaceEnrolment>& seats);
// At its seat: OUTSIDE_STAY.
std::vector<Violation> CheckStay(const v1::DualPlan& plan, const v1::PlaceEnrolment& seat);
// Whether the stay at its seat has not come about, or was broken off.
bool HasLostSeat(const v1::DualPlan& plan);

// What a pause must say: OUTSIDE_PLAN of its last day.
std::vector<Violation> CheckPause(const v1::DualPlan& plan, absl::CivilDay today);
// What a proposed change must say: NOTHING_CHANGES, END_OVER, UNIQUE, ids of persons.
std::vector<Violation> CheckChange(const v1::DualPlanChange& change, absl::CivilDay today);
// That a plan whose last day was changed does not end before it begins.
std::vector<Violation> CheckLastDay(const v1::DualPlan& plan);
// Puts what the change says in the place of what the plan says.
void Apply(const v1::DualPlanChange& change, v1::DualPlan& plan);

// NOT_IN_PLAN, NOT_BEFORE its first day, AFTER_TODAY.
std::vector<Violation> CheckJudgement(const v1::DualPlan& plan, int outcome, absl::CivilDay judged,
                                      absl::CivilDay today);
// What is judged of an outcome, added if nothing is yet.
v1::DualJudgement& JudgementOf(v1::DualPlan& plan, int outcome);

// The outcome of this number; null if the plan has none.
const v1::DualOutcome* OutcomeOf(const v1::DualPlan& plan, int outcome);

// All is to be accepted and confirmed anew.
void ClearAcceptances(v1::DualPlan& plan);
// Sets `owed` and `turn` by what is said so far.
void SayTurn(v1::DualPlan& plan);

// The last day that is the plan's, however it ended; nothing if it never went on nor will.
std::optional<absl::CivilDay> LastDayOf(const v1::DualPlan& plan);
// The pause of a day; null if it is in none.
const v1::DualPause* PauseOn(const v1::DualPlan& plan, absl::CivilDay day);

// When it comes into another state by itself; never in other states.
absl::Time TurnsAt(const v1::DualPlan& plan);
// Brings it into the state that what is said and the day ask for.
void Advance(absl::Time now, v1::DualPlan& plan);

// Goes on, whose pause began some day before today or today.
void EndPause(absl::CivilDay today, v1::DualPlan& plan);

}  // namespace puente::education
