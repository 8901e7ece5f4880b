#include "cli/dual_tables.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cli/dual_text.h"
#include "cli/format.h"

namespace puente::cli {
namespace {

namespace v1 = education::v1;

constexpr Label kWith{"with", "con"};
constexpr Label kFrom{"from", "desde"};
constexpr Label kUntil{"until", "hasta"};
constexpr Label kHoursAWeek{"h/week", "h/semana"};
constexpr Label kAgreement{"agreement", "convenio"};
constexpr Label kTerms{"terms", "condiciones"};
constexpr Label kInsuredBy{"insured by ", "asegura "};
constexpr Label kInsuredUntil{" until ", " hasta el "};
constexpr Label kSupport{", support ", ", apoyo de "};
constexpr Label kAMonth{" a month", " al mes"};
constexpr Label kTurn{"turn", "turno"};
constexpr Label kPlan{"plan", "plan"};
constexpr Label kOwed{"owed", "falta"};
constexpr Label kSchool{"school", "escuela"};
constexpr Label kCompany{"company", "empresa"};
constexpr Label kPlace{"place", "plaza"};
constexpr Label kLearns{"learns", "aprende"};
constexpr Label kDays{"days", "días"};
constexpr Label kTo{" to ", " a "};
constexpr Label kAWeek{" h a week", " h por semana"};
constexpr Label kWhoGoesAlong{"tutor, instructor", "tutor, instructor"};
constexpr Label kConfirmed{"confirmed", "confirmó"};
constexpr Label kChange{"change", "cambio"};
constexpr Label kProposedBy{"proposed by the ", "propuesto por la "};
constexpr Label kPauseUntil{"pause until", "pausa hasta"};
constexpr Label kEnded{"ended", "terminó"};
constexpr Label kWaiting{"hours", "horas"};
constexpr Label kForSchool{"the school is to confirm ", "por confirmar por la escuela: "};
constexpr Label kForCompany{"the company is to confirm ", "por confirmar por la empresa: "};
constexpr Label kDisputedCount{"disputed: ", "objetadas: "};
constexpr Label kNothingWaits{"nothing waits", "nada por confirmar"};
constexpr Label kNumber{"no.", "núm."};
constexpr Label kOutcome{"outcome", "resultado"};
constexpr Label kWhere{"where", "dónde"};
constexpr Label kPlanned{"planned", "planeado"};
constexpr Label kCarried{"carried", "de antes"};
constexpr Label kClaimed{"claimed", "declarado"};
constexpr Label kDisputed{"disputed", "objetado"};
constexpr Label kCounts{"confirmed", "confirmado"};
constexpr Label kJudged{"judged", "juicio"};
constexpr Label kSays{"what it says", "qué dice"};
constexpr Label kDay{"day", "día"};
constexpr Label kTime{"time", "tiempo"};
constexpr Label kBy{"claimed by", "declara"};
constexpr Label kEntry{"entry", "registro"};
constexpr Label kWhy{"why disputed", "por qué se objeta"};
constexpr size_t kBelowMost = 74;  // indented by up to six

std::string Say(Language language, const Label& label) { return std::string(In(language, label)); }

// "60 h", "59 h 45": of many in one line.
std::string HoursText(int64_t minutes) {
  return minutes % 60 == 0
             ? absl::StrCat(minutes / 60, " h")
             : absl::StrCat(minutes / 60, " h ", absl::Dec(minutes % 60, absl::kZeroPad2));
}

// The other of the two.
template <class Record>
std::string OtherSide(const Record& record, const std::string& organization,
                      const std::string& own) {
  return LastId(record.company() == own ? organization : record.company());
}

std::string OrganizationOf(const v1::DualPlan& plan) {
  return plan.name().substr(0, plan.name().find("/dualPlans/"));
}

std::string TermsText(Language language, const v1::DualAgreement& agreement) {
  return absl::StrCat(
      In(language, kInsuredBy), In(language, LabelOf(agreement.insurance())),
      In(language, kInsuredUntil), DateText(agreement.insurance_end_date()),
      agreement.has_support_monthly()
          ? absl::StrCat(In(language, kSupport), MoneyText(agreement.support_monthly()),
                         In(language, kAMonth))
          : "");
}

std::string OwedText(Language language, const v1::DualPlan& plan) {
  return absl::StrJoin(plan.owed(), "; ", [&](std::string* out, const v1::DualOwed& owed) {
    absl::StrAppend(out, In(language, LabelOf(owed.party())), ": ",
                    In(language, LabelOf(owed.act())));
  });
}

std::string ChangeText(Language language, const v1::DualPlanChange& change) {
  std::string text = absl::StrCat(In(language, kProposedBy), In(language, LabelOf(change.party())));
  const auto say = [&](const Label& what, const std::string& value) {
    if (!value.empty()) absl::StrAppend(&text, "; ", In(language, what), " ", value);
  };
  static constexpr Label kTutor{"tutor", "tutor"}, kInstructor{"instructor", "instructor"},
      kOutcomes{"outcomes", "resultados"};
  say(kTutor, change.tutor());
  say(kInstructor, change.instructor());
  say(kUntil, DateText(change.end_date()));
  say(kHoursAWeek, change.weekly_hours() == 0 ? "" : absl::StrCat(change.weekly_hours()));
  say(kOutcomes,
      absl::StrJoin(change.outcomes(), ", ", [](std::string* out, const v1::DualOutcome& outcome) {
        absl::StrAppend(out, outcome.outcome(), ": ", MinutesText(outcome.planned_minutes()));
      }));
  return text;
}

std::string WaitingText(Language language, const v1::DualPlanHours& hours) {
  std::string text;
  const auto say = [&](int64_t count, const Label& label) {
    if (count == 0) return;
    absl::StrAppend(&text, text.empty() ? "" : "; ", In(language, label), CountText(count));
  };
  say(hours.organization_owed_count(), kForSchool);
  say(hours.company_owed_count(), kForCompany);
  say(hours.disputed_count(), kDisputedCount);
  return text.empty() ? Say(language, kNothingWaits) : text;
}

v1::DualResult JudgedOf(const v1::DualPlan& plan, int outcome) {
  for (const v1::DualJudgement& judgement : plan.judgements()) {
    if (judgement.outcome() == outcome) return judgement.result();
  }
  return v1::DUAL_RESULT_UNSPECIFIED;
}

v1::DualPlace PlaceOf(const v1::DualPlan& plan, int outcome) {
  for (const v1::DualOutcome& one : plan.outcomes()) {
    if (one.outcome() == outcome) return one.place();
  }
  return v1::DUAL_PLACE_UNSPECIFIED;
}

}  // namespace

Table TableOfDualAgreements(Language language,
                            const google::protobuf::RepeatedPtrField<v1::DualAgreement>& agreements,
                            const std::string& own) {
  Table table({{Say(language, label::kRecordState)},
               {Say(language, kWith), Column::kLeft, 32},
               {Say(language, kFrom)},
               {Say(language, kUntil)},
               {Say(language, kHoursAWeek), Column::kRight},
               {Say(language, kAgreement), Column::kBelow},
               {Say(language, kSchool), Column::kBelow},
               {Say(language, kTerms), Column::kBelow, kBelowMost}});
  for (const v1::DualAgreement& one : agreements) {
    table.Add({Say(language, LabelOf(one.state())), OtherSide(one, one.organization(), own),
               DateText(one.begin_date()), DateText(one.end_date()),
               CountText(one.weekly_hours_most()), one.name(),
               own.empty() ? one.organization() : "", TermsText(language, one)});
  }
  return table;
}

Table TableOfDualPlans(Language language,
                       const google::protobuf::RepeatedPtrField<v1::DualPlan>& plans,
                       const std::string& own) {
  Table table({{Say(language, label::kRecordState)},
               {Say(language, kTurn)},
               {Say(language, kWith), Column::kLeft, 28},
               {Say(language, kFrom)},
               {Say(language, kUntil)},
               {Say(language, kPlan), Column::kBelow},
               {Say(language, kOwed), Column::kBelow, kBelowMost}});
  for (const v1::DualPlan& plan : plans) {
    table.Add({Say(language, LabelOf(plan.state())), Say(language, LabelOf(plan.turn())),
               OtherSide(plan, OrganizationOf(plan), own), DateText(plan.begin_date()),
               DateText(plan.end_date()), plan.name(), OwedText(language, plan)});
  }
  return table;
}

Table FactsOfDualPlan(Language language, const v1::DualPlan& plan, const v1::DualPlanHours& hours) {
  Table table({{""}, {"", Column::kLeft, 58}});
  const auto say = [&](const Label& label, const std::string& text) {
    if (!text.empty()) table.Add({Say(language, label), text});
  };
  say(label::kRecordState, Say(language, LabelOf(plan.state())));
  say(kTurn, Say(language, LabelOf(plan.turn())));
  say(kOwed, OwedText(language, plan));
  say(kSchool, LastId(OrganizationOf(plan)));
  say(kCompany, LastId(plan.company()));
  say(kPlace, LastId(plan.training_place()));
  say(kLearns, plan.microcredential_version());
  say(kDays, absl::StrCat(DateText(plan.begin_date()), In(language, kTo), DateText(plan.end_date()),
                          ", ", plan.weekly_hours(), In(language, kAWeek)));
  say(kWhoGoesAlong, absl::StrCat(plan.tutor(), ", ", plan.instructor()));
  if (plan.has_confirm_time()) say(kConfirmed, Say(language, LabelOf(plan.confirmation())));
  if (plan.has_proposed_change()) say(kChange, ChangeText(language, plan.proposed_change()));
  if (plan.has_pause()) say(kPauseUntil, DateText(plan.pause().until_date()));
  if (plan.has_end_time()) say(kEnded, Say(language, LabelOf(plan.end_cause())));
  say(kWaiting, WaitingText(language, hours));
  return table;
}

Table TableOfOutcomes(Language language, const v1::DualPlan& plan, const OutcomesOfPlan& known) {
  Table table({{Say(language, kNumber), Column::kRight},
               {Say(language, kWhere)},
               {Say(language, kPlanned), Column::kRight},
               {Say(language, kCarried), Column::kRight},
               {Say(language, kClaimed), Column::kRight},
               {Say(language, kDisputed), Column::kRight},
               {Say(language, kCounts), Column::kRight},
               {Say(language, kJudged)},
               {Say(language, kSays), Column::kBelow, kBelowMost}});
  for (const v1::DualMinutes& one : known.hours.outcomes()) {
    const auto found = known.disputed_minutes.find(one.outcome());
    const int64_t disputed = found == known.disputed_minutes.end() ? 0 : found->second;
    table.Add({absl::StrCat(one.outcome()), Say(language, LabelOf(PlaceOf(plan, one.outcome()))),
               HoursText(one.planned_minutes()), HoursText(one.carried_minutes()),
               HoursText(one.claimed_minutes() - disputed), HoursText(disputed),
               HoursText(one.confirmed_minutes()),
               Say(language, LabelOf(JudgedOf(plan, one.outcome()))),
               one.outcome() <= known.definition.outcomes_size()
                   ? known.definition.outcomes(one.outcome() - 1).statement()
                   : ""});
  }
  return table;
}

Table TableOfHours(Language language,
                   const google::protobuf::RepeatedPtrField<v1::HourEntry>& entries) {
  Table table({{Say(language, kDay)},
               {Say(language, kOutcome), Column::kRight},
               {Say(language, kTime), Column::kRight},
               {Say(language, kBy)},
               {Say(language, label::kRecordState)},
               {Say(language, kEntry), Column::kBelow},
               {Say(language, kWhy), Column::kBelow}});
  for (const v1::HourEntry& entry : entries) {
    table.Add({DateText(entry.work_date()), absl::StrCat(entry.outcome()),
               MinutesText(entry.minutes()), Say(language, LabelOf(entry.claimed_by())),
               Say(language, LabelOf(entry.state())), LastId(entry.name()),
               Say(language, LabelOf(entry.dispute_reason()))});
  }
  return table;
}

}  // namespace puente::cli
