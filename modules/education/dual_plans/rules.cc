#include "modules/education/dual_plans/rules.h"

#include <algorithm>
#include <map>

#include "absl/strings/str_cat.h"
#include "common/context/clock.h"
#include "common/context/values.h"
#include "common/fields/rules.h"
#include "modules/education/errors.h"
#include "modules/education/ids.h"

namespace puente::education {
namespace {

constexpr int kMinutesOfHour = 60;

std::string Text(absl::CivilDay day) { return absl::FormatCivilTime(day); }

void Append(std::vector<Violation> more, std::vector<Violation>& violations) {
  for (Violation& wrong : more) violations.push_back(std::move(wrong));
}

template <class Outcomes>
std::vector<Violation> CheckOnce(const Outcomes& outcomes, const std::string& under) {
  std::vector<Violation> violations;
  std::map<int, std::string> places;
  for (int i = 0; i < outcomes.size(); ++i) {
    const std::string at = absl::StrCat(under, "[", i, "].outcome");
    const auto [earlier, first] = places.emplace(outcomes[i].outcome(), at);
    if (!first) {
      violations.push_back(Against(puente::rule::kUnique, "earlier"_is(earlier->second)).At(at));
    }
  }
  return violations;
}

std::vector<Violation> CheckConsent(const v1::DualPlan& plan, const std::string& under) {
  const bool on_paper = plan.guardian_consent() == v1::DUAL_GUARDIAN_CONSENT_ON_PAPER;
  if (on_paper == plan.has_guardian_consent_date()) return {};
  return {(on_paper ? Against(puente::rule::kRequired) : Against(rule::kOnlyOnPaper))
              .At(absl::StrCat(under, ".guardian_consent_date"))
              .Reading({absl::StrCat(under, ".guardian_consent")})};
}

bool IsAccepted(const v1::DualPlan& plan) {
  return plan.has_organization_accept_time() && plan.has_company_accept_time();
}

void Owe(v1::DualParty party, v1::DualAct act, v1::DualPlan& plan) {
  v1::DualOwed& owed = *plan.add_owed();
  owed.set_party(party);
  owed.set_act(act);
}

v1::DualParty OtherThan(v1::DualParty party) {
  return party == v1::DUAL_PARTY_COMPANY ? v1::DUAL_PARTY_ORGANIZATION : v1::DUAL_PARTY_COMPANY;
}

}  // namespace

std::vector<Violation> CheckPlan(const v1::DualPlan& plan, const std::string& under) {
  std::vector<Violation> violations = CheckOnce(plan.outcomes(), absl::StrCat(under, ".outcomes"));
  Append(CheckConsent(plan, under), violations);
  Append(CheckIdOf(plan.tutor(), absl::StrCat(under, ".tutor")), violations);
  Append(CheckIdOf(plan.instructor(), absl::StrCat(under, ".instructor")), violations);
  return violations;
}

std::vector<Violation> CheckNewPlan(const v1::DualPlan& plan) {
  std::vector<Violation> violations = CheckIdOf(plan.name(), "dual_plan_id");
  const std::string organization = OrganizationOf(plan.name());
  const auto check = [&](const std::string& name, const char* field) {
    if (name.empty() || OrganizationOf(name) == organization) return;
    violations.push_back(
        Against(rule::kOfAnotherOrganization, "organization"_is(organization)).At(field));
  };
  check(plan.learner(), "dual_plan.learner");
  check(plan.enrolment(), "dual_plan.enrolment");
  Append(CheckIdOf(plan.learner(), "dual_plan.learner"), violations);
  return violations;
}

std::vector<Violation> CheckUnder(const v1::DualPlan& plan, const v1::DualAgreement& agreement) {
  std::vector<Violation> violations;
  const absl::CivilDay first = ToCivilDay(agreement.begin_date()),
                       last = ToCivilDay(agreement.end_date()),
                       insured = ToCivilDay(agreement.insurance_end_date());
  const auto check_day = [&](const google::type::Date& date, const char* field) {
    const absl::CivilDay day = ToCivilDay(date);
    if (first <= day && day <= last) return;
    violations.push_back(
        Against(rule::kOutsideAgreement, "first"_is(Text(first)), "last"_is(Text(last))).At(field));
  };
  check_day(plan.begin_date(), "dual_plan.begin_date");
  check_day(plan.end_date(), "dual_plan.end_date");
  if (insured < std::min(last, ToCivilDay(plan.end_date()))) {
    violations.push_back(
        Against(rule::kNotInsured, "last"_is(Text(insured))).At("dual_plan.end_date"));
  }
  if (plan.weekly_hours() > agreement.weekly_hours_most()) {
    violations.push_back(Against(rule::kWeeklyHoursOver, "most"_is(agreement.weekly_hours_most()))
                             .At("dual_plan.weekly_hours"));
  }
  if (OrganizationOf(plan.training_place()) != agreement.company()) {  // what a name begins with
    violations.push_back(Against(rule::kPlaceOfAnotherCompany, "company"_is(agreement.company()))
                             .At("dual_plan.training_place"));
  }
  return violations;
}

std::vector<Violation> CheckOutcomes(const v1::DualPlan& plan, int count) {
  std::vector<Violation> violations;
  for (int i = 0; i < plan.outcomes_size(); ++i) {
    if (plan.outcomes(i).outcome() <= count) continue;
    violations.push_back(Against(rule::kNoSuchOutcome, "count"_is(count))
                             .At(absl::StrCat("dual_plan.outcomes[", i, "].outcome")));
  }
  return violations;
}

std::vector<Violation> CheckLimits(const v1::DualPlan& plan, const Limits& limits) {
  std::vector<Violation> violations;
  if (limits.consent_needed && plan.guardian_consent() != v1::DUAL_GUARDIAN_CONSENT_ON_PAPER) {
    violations.push_back(Against(rule::kGuardianConsentNeeded).At("dual_plan.guardian_consent"));
  }
  const int most = limits.weekly_minutes;
  if (most != 0 && plan.weekly_hours() * kMinutesOfHour > most) {
    violations.push_back(Against(rule::kWeeklyHoursOver, "most"_is(most / kMinutesOfHour))
                             .At("dual_plan.weekly_hours"));
  }
  return violations;
}

const v1::PlaceEnrolment* SeatOf(const v1::DualPlan& plan,
                                 const std::vector<v1::PlaceEnrolment>& seats) {
  const v1::PlaceEnrolment* found = nullptr;
  const auto rank = [&](const v1::PlaceEnrolment& seat) {
    return std::pair(CheckStay(plan, seat).empty(), seat.state());  // HELD, CONFIRMED, STARTED
  };
  for (const v1::PlaceEnrolment& seat : seats) {
    const bool goes_on = v1::PLACE_ENROLMENT_STATE_HELD <= seat.state() &&
                         seat.state() <= v1::PLACE_ENROLMENT_STATE_STARTED;
    if (goes_on && (found == nullptr || rank(*found) < rank(seat))) found = &seat;
  }
  return found;
}

std::vector<Violation> CheckStay(const v1::DualPlan& plan, const v1::PlaceEnrolment& seat) {
  std::vector<Violation> violations;
  const absl::CivilDay first = ToCivilDay(seat.start_date()), last = ToCivilDay(seat.end_date());
  const auto check_day = [&](const google::type::Date& date, const char* field) {
    const absl::CivilDay day = ToCivilDay(date);
    if (first <= day && day <= last) return;
    violations.push_back(
        Against(rule::kOutsideStay, "first"_is(Text(first)), "last"_is(Text(last))).At(field));
  };
  check_day(plan.begin_date(), "dual_plan.begin_date");
  check_day(plan.end_date(), "dual_plan.end_date");
  return violations;
}

bool HasLostSeat(const v1::DualPlan& plan) {
  switch (plan.seat_state()) {
    case v1::PLACE_ENROLMENT_STATE_RELEASED:
    case v1::PLACE_ENROLMENT_STATE_NO_SHOW:
    case v1::PLACE_ENROLMENT_STATE_BROKEN_OFF:
    case v1::PLACE_ENROLMENT_STATE_REFUSED:
      return true;
    default:
      return false;
  }
}

std::vector<Violation> CheckPause(const v1::DualPlan& plan, absl::CivilDay today) {
  const absl::CivilDay until = ToCivilDay(plan.pause().until_date()),
                       last = ToCivilDay(plan.end_date());
  if (today <= until && until <= last) return {};
  return {Against(rule::kOutsidePlan, "first"_is(Text(today)), "last"_is(Text(last)))
              .At("pause.until_date")};
}

std::vector<Violation> CheckChange(const v1::DualPlanChange& change, absl::CivilDay today) {
  const std::string under = "proposed_change";
  if (change.tutor().empty() && change.instructor().empty() && !change.has_end_date() &&
      change.weekly_hours() == 0 && change.outcomes().empty()) {
    return {Against(rule::kNothingChanges).At(under)};
  }
  std::vector<Violation> violations =
      CheckOnce(change.outcomes(), absl::StrCat(under, ".outcomes"));
  if (change.has_end_date() && ToCivilDay(change.end_date()) < today) {
    violations.push_back(
        Against(rule::kEndOver, "today"_is(Text(today))).At(absl::StrCat(under, ".end_date")));
  }
  Append(CheckIdOf(change.tutor(), absl::StrCat(under, ".tutor")), violations);
  Append(CheckIdOf(change.instructor(), absl::StrCat(under, ".instructor")), violations);
  return violations;
}

std::vector<Violation> CheckLastDay(const v1::DualPlan& plan) {
  if (ToCivilDay(plan.begin_date()) <= ToCivilDay(plan.end_date())) return {};
  return {Against(puente::rule::kNotBefore, "other"_is("dual_plan.begin_date"))
              .At("dual_plan.end_date")};
}

void Apply(const v1::DualPlanChange& change, v1::DualPlan& plan) {
  if (!change.tutor().empty()) plan.set_tutor(change.tutor());
  if (!change.instructor().empty()) plan.set_instructor(change.instructor());
  if (change.has_end_date()) *plan.mutable_end_date() = change.end_date();
  if (change.weekly_hours() != 0) plan.set_weekly_hours(change.weekly_hours());
  if (!change.outcomes().empty()) *plan.mutable_outcomes() = change.outcomes();
}

std::vector<Violation> CheckJudgement(const v1::DualPlan& plan, int outcome, absl::CivilDay judged,
                                      absl::CivilDay today) {
  std::vector<Violation> violations;
  if (OutcomeOf(plan, outcome) == nullptr) {
    violations.push_back(Against(rule::kNotInPlan).At("outcome"));
  }
  if (judged < ToCivilDay(plan.begin_date())) {
    violations.push_back(
        Against(puente::rule::kNotBefore, "other"_is("dual_plan.begin_date")).At("judge_date"));
  }
  if (today < judged) {
    violations.push_back(Against(rule::kAfterToday, "today"_is(Text(today))).At("judge_date"));
  }
  return violations;
}

v1::DualJudgement& JudgementOf(v1::DualPlan& plan, int outcome) {
  for (v1::DualJudgement& one : *plan.mutable_judgements()) {
    if (one.outcome() == outcome) return one;
  }
  v1::DualJudgement& added = *plan.add_judgements();
  added.set_outcome(outcome);
  return added;
}

const v1::DualOutcome* OutcomeOf(const v1::DualPlan& plan, int outcome) {
  for (const v1::DualOutcome& one : plan.outcomes()) {
    if (one.outcome() == outcome) return &one;
  }
  return nullptr;
}

void ClearAcceptances(v1::DualPlan& plan) {
  plan.clear_organization_accept_time();
  plan.clear_company_accept_time();
  plan.clear_code_issue_time();
  plan.clear_confirmation();
  plan.clear_confirm_time();
}

void SayTurn(v1::DualPlan& plan) {
  plan.clear_owed();
  const bool goes_on = plan.state() != v1::DUAL_PLAN_STATE_ENDED;
  if (goes_on && HasLostSeat(plan)) {
    Owe(v1::DUAL_PARTY_ORGANIZATION, v1::DUAL_ACT_END_PLAN, plan);
  }
  if (goes_on && plan.has_proposed_change()) {
    Owe(OtherThan(plan.proposed_change().party()), v1::DUAL_ACT_ANSWER_CHANGE, plan);
  }
  if (goes_on && !plan.has_organization_accept_time()) {
    Owe(v1::DUAL_PARTY_ORGANIZATION, v1::DUAL_ACT_ACCEPT_PLAN, plan);
  }
  if (goes_on && !plan.has_company_accept_time()) {
    Owe(v1::DUAL_PARTY_COMPANY, v1::DUAL_ACT_ACCEPT_PLAN, plan);
  }
  if (goes_on && !plan.has_confirm_time()) {
    Owe(v1::DUAL_PARTY_LEARNER, v1::DUAL_ACT_CONFIRM_PLAN, plan);
  }
  if (goes_on && plan.seat_state() == v1::PLACE_ENROLMENT_STATE_HELD) {
    Owe(v1::DUAL_PARTY_COMPANY, v1::DUAL_ACT_CONFIRM_SEAT, plan);
  }
  plan.set_turn(plan.owed().empty() ? v1::DUAL_PARTY_NOBODY : plan.owed(0).party());
}

std::optional<absl::CivilDay> LastDayOf(const v1::DualPlan& plan) {
  const absl::CivilDay planned = ToCivilDay(plan.end_date());
  if (plan.state() != v1::DUAL_PLAN_STATE_ENDED) return planned;
  if (!plan.has_agree_time()) return std::nullopt;
  const absl::CivilDay last = std::min(planned, LegalDay(FromProto(plan.end_time())));
  if (last < ToCivilDay(plan.begin_date())) return std::nullopt;
  return last;
}

const v1::DualPause* PauseOn(const v1::DualPlan& plan, absl::CivilDay day) {
  const auto has = [&](const v1::DualPause& pause) {
    return ToCivilDay(pause.begin_date()) <= day && day <= ToCivilDay(pause.until_date());
  };
  if (plan.has_pause() && has(plan.pause())) return &plan.pause();
  for (const v1::DualPause& pause : plan.pauses()) {
    if (has(pause)) return &pause;
  }
  return nullptr;
}

absl::Time TurnsAt(const v1::DualPlan& plan) {
  const absl::CivilDay over = ToCivilDay(plan.end_date()) + 1;
  switch (plan.state()) {
    case v1::DUAL_PLAN_STATE_AGREED:
      return StartOf(ToCivilDay(plan.begin_date()));
    case v1::DUAL_PLAN_STATE_RUNNING:
      return StartOf(over);
    case v1::DUAL_PLAN_STATE_PAUSED:
      return StartOf(std::min(over, ToCivilDay(plan.pause().until_date()) + 1));
    default:
      return absl::InfiniteFuture();
  }
}

void Advance(absl::Time now, v1::DualPlan& plan) {
  const absl::CivilDay today = LegalDay(now);
  if (plan.state() == v1::DUAL_PLAN_STATE_DRAFT && IsAccepted(plan) && plan.has_confirm_time() &&
      plan.seat_state() != v1::PLACE_ENROLMENT_STATE_HELD && !HasLostSeat(plan)) {
    plan.set_state(v1::DUAL_PLAN_STATE_AGREED);
    *plan.mutable_agree_time() = ToProto(now);
  }
  if (plan.state() == v1::DUAL_PLAN_STATE_AGREED && ToCivilDay(plan.begin_date()) <= today) {
    plan.set_state(v1::DUAL_PLAN_STATE_RUNNING);
  }
  if (plan.state() == v1::DUAL_PLAN_STATE_PAUSED && ToCivilDay(plan.pause().until_date()) < today) {
    EndPause(today, plan);
  }
  const bool goes_on =
      plan.state() == v1::DUAL_PLAN_STATE_RUNNING || plan.state() == v1::DUAL_PLAN_STATE_PAUSED;
  if (goes_on && ToCivilDay(plan.end_date()) < today) {
    if (plan.has_pause()) EndPause(today, plan);
    plan.set_state(v1::DUAL_PLAN_STATE_ENDED);
    plan.set_end_cause(v1::DUAL_END_CAUSE_LAST_DAY);
    *plan.mutable_end_time() = ToProto(now);
    plan.clear_proposed_change();
  }
}

void EndPause(absl::CivilDay today, v1::DualPlan& plan) {
  v1::DualPause pause = plan.pause();
  plan.clear_pause();
  plan.set_state(v1::DUAL_PLAN_STATE_RUNNING);
  const absl::CivilDay last = std::min(ToCivilDay(pause.until_date()), today - 1);
  if (last < ToCivilDay(pause.begin_date())) return;  // no day was lost
  *pause.mutable_until_date() = ToProto(last);
  *plan.add_pauses() = std::move(pause);
}

}  // namespace puente::education
