#include "modules/education/dual_plans/drafting.h"

#include <algorithm>
#include <string>
#include <vector>

#include "common/context/values.h"
#include "common/personal/fields.h"
#include "common/resource/resource.h"
#include "common/resource/states.h"
#include "modules/education/dual_agreements/resource.h"
#include "modules/education/dual_plans/evidence.h"
#include "modules/education/dual_plans/resource.h"
#include "modules/education/dual_plans/rules.h"
#include "modules/education/enrolments/resource.h"
#include "modules/education/errors.h"
#include "modules/education/ids.h"
#include "modules/education/learners/resource.h"
#include "modules/education/microcredential_versions/resource.h"
#include "modules/education/minor_limits/resource.h"
#include "modules/education/minor_limits/rules.h"
#include "modules/education/organizations/service.h"
#include "modules/education/persons/store.h"
#include "modules/education/place_enrolments/resource.h"

namespace puente::education {
namespace {

constexpr char kAgreementField[] = "dual_plan.dual_agreement";
constexpr char kFollowsField[] = "dual_plan.follows";

template <class M>
absl::Status CheckIn(const Call& call, const resource::Resource<M>& resource, const M& record,
                     int state) {
  if (record.state() == state) return absl::OkStatus();
  return resource::StateWrong(resource, resource.state_wrong(), call.verb(), record, {state});
}

std::string Text(const google::type::Date& day) { return absl::FormatCivilTime(ToCivilDay(day)); }

// Of the organization's own, in force for as long as this is written.
absl::StatusOr<v1::DualAgreement> Agreement(const Call& call, journal::Transaction& tx,
                                            const v1::DualPlan& plan) {
  ASSIGN_OR_RETURN(v1::DualAgreement agreement,
                   resource::Guard(tx, DualAgreements(), plan.dual_agreement(), kAgreementField));
  if (agreement.organization() != OrganizationOf(plan.name())) {
    return DualAgreements().NotFound(plan.dual_agreement(), kAgreementField);
  }
  RETURN_IF_ERROR(CheckIn(call, DualAgreements(), agreement, v1::DUAL_AGREEMENT_STATE_IN_FORCE));
  return agreement;
}

// Guarded first, so that no two plans of a learner are made at once, nor is he or she destroyed.
absl::StatusOr<v1::Learner> Learner(const Call& call, journal::Transaction& tx,
                                    const v1::DualPlan& plan) {
  ASSIGN_OR_RETURN(v1::Learner learner,
                   resource::GuardFirst(tx, Learners(), plan.learner(), "dual_plan.learner"));
  RETURN_IF_ERROR(CheckIn(call, Learners(), learner, v1::LEARNER_STATE_CURRENT));
  return learner;
}

absl::StatusOr<absl::CivilDay> BirthOf(journal::Transaction& tx, personal::KeyStore& persons,
                                       v1::Learner learner) {
  ASSIGN_OR_RETURN(const personal::PersonKey key, persons.Get(store::PersonId(learner.person())));
  RETURN_IF_ERROR(personal::OpenFields(*key, learner));
  tx.Read(learner.name());
  return ToCivilDay(learner.birth_date());
}

// Writes down what counts of a minor on the plan's days.
absl::Status SetLimits(journal::Transaction& tx, personal::KeyStore& persons,
                       const v1::Learner& learner, v1::DualPlan& plan) {
  ASSIGN_OR_RETURN(const absl::CivilDay birth, BirthOf(tx, persons, learner));
  ASSIGN_OR_RETURN(const auto all,
                   resource::Select(tx, MinorLimits(), "education.minor_limit.all", ""));
  const auto limits =
      LimitsOf(birth, ToCivilDay(plan.begin_date()), ToCivilDay(plan.end_date()), all);
  if (!limits) return Error(error::kDualLearnerTooYoung, "field"_is("dual_plan.begin_date"));
  plan.set_daily_minutes_most(limits->daily_minutes);
  plan.set_weekly_minutes_most(limits->weekly_minutes);
  return InvalidFields(CheckLimits(plan, *limits));
}

// That no other plan has one of its days. A company is not told which one has, as it may be with
// another company.
absl::Status CheckAlone(const Call& call, journal::Transaction& tx, const v1::DualPlan& plan) {
  const std::string first = Text(plan.begin_date()), last = Text(plan.end_date());
  ASSIGN_OR_RETURN(const auto others,
                   resource::Select(tx, DualPlans(), "education.dual_plan.of_learner",
                                    "FORCE INDEX (by_learner) WHERE learner = ?"
                                    " AND begin_date <= ? AND last_day >= ?",
                                    {plan.learner(), last, first}));
  for (const v1::DualPlan& other : others) {
    if (other.name() == plan.name()) continue;  // perhaps stored already, as Create will say
    const std::string told = call.caller.kind() == "company" ? "-" : other.name();
    return Error(error::kDualPlanOverlaps, "other"_is(told), "field"_is("dual_plan.begin_date"));
  }
  return absl::OkStatus();
}

absl::Status CheckVersion(sql::Session& session, const v1::DualPlan& plan) {
  ASSIGN_OR_RETURN(const v1::MicrocredentialVersion version,
                   resource::Get(session, MicrocredentialVersions(), plan.microcredential_version(),
                                 "dual_plan.enrolment"));
  return InvalidFields(CheckOutcomes(plan, version.outcomes_size()));
}

// Takes the version over from the learner's enrolment, which goes on for as long as this is
// written.
absl::Status TakeVersion(const Call& call, journal::Transaction& tx, v1::DualPlan& plan) {
  ASSIGN_OR_RETURN(const v1::Enrolment enrolment,
                   resource::Guard(tx, Enrolments(), plan.enrolment(), "dual_plan.enrolment"));
  if (enrolment.learner() != plan.learner()) {
    return InvalidFields({Against(rule::kEnrolmentOfAnother, "learner"_is(plan.learner()))
                              .At("dual_plan.enrolment")
                              .Reading({"dual_plan.learner"})});
  }
  RETURN_IF_ERROR(CheckIn(call, Enrolments(), enrolment, v1::ENROLMENT_STATE_ENROLLED));
  plan.set_microcredential_version(enrolment.microcredential_version());
  return CheckVersion(tx, plan);
}

// Names the learner's seat, which is as it is here for as long as this is written.
absl::Status TakeSeat(journal::Transaction& tx, v1::DualPlan& plan) {
  const std::string organization = OrganizationOf(plan.name());
  ASSIGN_OR_RETURN(const auto seats,
                   resource::Select(tx, PlaceEnrolments(), "education.place_enrolment.of_learner",
                                    "FORCE INDEX (by_learner) WHERE organization = ?"
                                    " AND learner = ? AND training_place = ?",
                                    {organization, plan.learner(), plan.training_place()}));
  const v1::PlaceEnrolment* seat = SeatOf(plan, seats);
  if (seat == nullptr) {
    return Error(error::kDualSeatMissing, "place"_is(plan.training_place()),
                 "field"_is("dual_plan.training_place"));
  }
  RETURN_IF_ERROR(InvalidFields(CheckStay(plan, *seat)));
  plan.set_place_enrolment(seat->name());
  plan.set_seat_state(seat->state());
  resource::internal::GuardAsRead(tx, PlaceEnrolments(), *seat);
  return absl::OkStatus();
}

// That the days of a plan that was changed are still its seat's, whose own never change.
absl::Status CheckSeat(sql::Session& session, const v1::DualPlan& plan) {
  if (plan.place_enrolment().empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const v1::PlaceEnrolment seat,
                   resource::Get(session, PlaceEnrolments(), plan.place_enrolment()));
  return InvalidFields(CheckStay(plan, seat));
}

// Whether two learners, each of its own school, are one person.
absl::StatusOr<bool> ArePerson(sql::Session& session, const std::string& one,
                               const std::string& other) {
  if (one == other) return true;
  ASSIGN_OR_RETURN(const v1::Learner first, resource::Get(session, Learners(), one));
  ASSIGN_OR_RETURN(const v1::Learner second, resource::Get(session, Learners(), other));
  return !first.person().empty() && first.person() == second.person();
}

// The plan that this one follows: of the same learner or, where the school is another, of the same
// person, whose word it is by confirming this one. A school is not told of another's plan whether
// it is there, unless it is this person's.
absl::StatusOr<v1::DualPlan> Earlier(const Call& call, journal::Transaction& tx,
                                     const v1::DualPlan& plan) {
  const bool own = OrganizationOf(plan.follows()) == OrganizationOf(plan.name());
  const absl::Status of_another = InvalidFields({Against(rule::kPlanOfAnother).At(kFollowsField)});
  absl::StatusOr<v1::DualPlan> earlier =
      resource::GuardFirst(tx, DualPlans(), plan.follows(), kFollowsField);
  if (absl::IsNotFound(earlier.status()) && !own) return of_another;
  RETURN_IF_ERROR(earlier.status());
  if (own && earlier->learner() != plan.learner()) return of_another;
  ASSIGN_OR_RETURN(const bool same, ArePerson(tx, earlier->learner(), plan.learner()));
  if (!same || earlier->microcredential_version() != plan.microcredential_version()) {
    return of_another;
  }
  RETURN_IF_ERROR(CheckIn(call, DualPlans(), *earlier, v1::DUAL_PLAN_STATE_ENDED));
  if (!earlier->has_agree_time()) {  // what it carried along is still the one's that it followed
    return InvalidFields({Against(rule::kNotAgreed).At(kFollowsField)});
  }
  const auto last = LastDayOf(*earlier);
  if (!own && last && ToCivilDay(plan.begin_date()) <= *last &&
      ToCivilDay(earlier->begin_date()) <= ToCivilDay(plan.end_date())) {
    return Error(error::kDualPlanOverlaps, "other"_is(earlier->name()),
                 "field"_is("dual_plan.begin_date"));
  }
  return earlier;
}

// Carries the minutes along that count in the plans that this one follows, at most as many as it
// plans: of an outcome that the last of them has not, from the last that has. Nothing more is
// confirmed there once this is stored.
absl::Status Carry(const Call& call, journal::Transaction& tx, v1::DualPlan& plan) {
  for (v1::DualOutcome& one : *plan.mutable_outcomes()) one.clear_carried_minutes();
  if (plan.follows().empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const v1::DualPlan earlier, Earlier(call, tx, plan));
  if (!earlier.followed_by().empty() && earlier.followed_by() != plan.name()) {
    return Error(error::kDualPlanFollowed, "name"_is(earlier.name()), "field"_is(kFollowsField));
  }
  ASSIGN_OR_RETURN(const PlanChain chain, ReadChain(tx, earlier));
  for (v1::DualOutcome& one : *plan.mutable_outcomes()) {
    const v1::DualMinutes* found = CountedIn(chain, one.outcome());
    if (found == nullptr) continue;
    const int64_t counts = found->carried_minutes() + found->confirmed_minutes();
    one.set_carried_minutes(static_cast<int>(std::min<int64_t>(counts, one.planned_minutes())));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status CheckInForce(const Call& call, journal::Transaction& tx, const v1::DualPlan& plan) {
  return Agreement(call, tx, plan).status();
}

absl::Status CheckDraft(const Call& call, journal::Transaction& tx, personal::KeyStore& persons,
                        v1::DualPlan& plan) {
  RETURN_IF_ERROR(CheckRegistered(call, tx, OrganizationOf(plan.name()), "parent"));
  ASSIGN_OR_RETURN(const v1::Learner learner, Learner(call, tx, plan));
  ASSIGN_OR_RETURN(const v1::DualAgreement agreement, Agreement(call, tx, plan));
  plan.set_company(agreement.company());
  RETURN_IF_ERROR(InvalidFields(CheckUnder(plan, agreement)));
  RETURN_IF_ERROR(TakeVersion(call, tx, plan));
  RETURN_IF_ERROR(CheckAlone(call, tx, plan));
  RETURN_IF_ERROR(TakeSeat(tx, plan));
  RETURN_IF_ERROR(SetLimits(tx, persons, learner, plan));
  return Carry(call, tx, plan);
}

absl::Status CheckTerms(const Call& call, journal::Transaction& tx, personal::KeyStore& persons,
                        const v1::DualPlan& before, v1::DualPlan& plan) {
  if (ToCivilDay(before.end_date()) != ToCivilDay(plan.end_date())) {
    RETURN_IF_ERROR(InvalidFields(CheckLastDay(plan)));
    ASSIGN_OR_RETURN(const v1::Learner learner, Learner(call, tx, plan));
    RETURN_IF_ERROR(CheckAlone(call, tx, plan));
    RETURN_IF_ERROR(CheckSeat(tx, plan));
    RETURN_IF_ERROR(SetLimits(tx, persons, learner, plan));
  } else {
    const Limits limits = {plan.daily_minutes_most(), plan.weekly_minutes_most()};
    RETURN_IF_ERROR(InvalidFields(CheckLimits(plan, limits)));
  }
  ASSIGN_OR_RETURN(const v1::DualAgreement agreement, Agreement(call, tx, plan));
  RETURN_IF_ERROR(InvalidFields(CheckUnder(plan, agreement)));
  RETURN_IF_ERROR(CheckVersion(tx, plan));
  return Carry(call, tx, plan);
}

absl::Status Follow(const Call& call, journal::Transaction& tx, const v1::DualPlan& plan) {
  if (plan.follows().empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const v1::DualPlan earlier,
                   resource::Get(tx, DualPlans(), plan.follows(), kFollowsField));
  v1::DualPlan followed = earlier;
  followed.set_followed_by(plan.name());
  return resource::Replace(call, tx, DualPlans(), earlier, std::move(followed)).status();
}

// Guarded in the order of those who change a draft.
absl::Status Unfollow(const Call& call, journal::Transaction& tx, const v1::DualPlan& plan) {
  if (plan.follows().empty() || plan.has_agree_time()) return absl::OkStatus();
  RETURN_IF_ERROR(resource::GuardFirst(tx, DualPlans(), plan.name(), "name").status());
  ASSIGN_OR_RETURN(const v1::DualPlan earlier,
                   resource::GuardFirst(tx, DualPlans(), plan.follows(), kFollowsField));
  if (earlier.followed_by() != plan.name()) return absl::OkStatus();
  v1::DualPlan unfollowed = earlier;
  unfollowed.clear_followed_by();
  return resource::Replace(call, tx, DualPlans(), earlier, std::move(unfollowed)).status();
}

}  // namespace puente::education
