#include "cli/dual_tables.h"

#include <gmock/gmock.h>

#include "tests/cli/fits.h"
#include "tests/cli/text_proto.h"

namespace puente::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

namespace v1 = education::v1;

// As wide as the contract lets its texts be.
v1::DualPlan WidePlan() {
  return Of<v1::DualPlan>(R"pb(
    name: "organizations/tecnologico-bajio-muestra/dualPlans/dual-1"
    state: DUAL_PLAN_STATE_RUNNING
    company: "companies/armadora-de-vehiculos-del-bajio-y-del-norte"
    training_place: "companies/armadora/trainingPlaces/soldadura-de-carrocerias-en-linea-de-ensamble"
    microcredential_version: "microcredentials/welding-tig/versions/1"
    tutor: "a-tutor-whose-pseudonym-is-as-long-as-one-may-be"
    instructor: "an-instructor-whose-pseudonym-is-long"
    begin_date { year: 2027 month: 1 day: 31 }
    end_date { year: 2027 month: 12 day: 31 }
    weekly_hours: 30
    outcomes { outcome: 1 planned_minutes: 600000 place: DUAL_PLACE_AT_COMPANY }
    outcomes { outcome: 2 planned_minutes: 3600 place: DUAL_PLACE_AT_SCHOOL }
    turn: DUAL_PARTY_ORGANIZATION
    owed { party: DUAL_PARTY_ORGANIZATION act: DUAL_ACT_ANSWER_CHANGE }
    owed { party: DUAL_PARTY_LEARNER act: DUAL_ACT_CONFIRM_PLAN }
    proposed_change { party: DUAL_PARTY_COMPANY weekly_hours: 20 }
    judgements { outcome: 2 result: DUAL_RESULT_ACHIEVED }
  )pb");
}

OutcomesOfPlan WideHours() {
  OutcomesOfPlan known;
  known.hours = Of<v1::DualPlanHours>(R"pb(
    outcomes {
      outcome: 1
      planned_minutes: 600000
      carried_minutes: 59985
      claimed_minutes: 59985
      confirmed_minutes: 59985
    }
    outcomes { outcome: 2 planned_minutes: 3600 claimed_minutes: 150 confirmed_minutes: 60 }
    organization_owed_count: 3
    disputed_count: 1
  )pb");
  known.disputed_minutes[2] = 90;
  known.definition.add_outcomes()->set_statement(std::string(300, 'x'));
  known.definition.add_outcomes()->set_statement("Inspecciona cordones.");
  return known;
}

TEST(DualTables, ShowTheOtherSideOfAnAgreementAndItsTerms) {
  const auto list = Of<v1::ListDualAgreementsResponse>(R"pb(
    dual_agreements {
      name: "dualAgreements/3b2f1d8e-6a4c-4f0e-9d57-0c1b2a394857"
      state: DUAL_AGREEMENT_STATE_WITHDRAWN
      organization: "organizations/tecnologico-bajio-muestra"
      company: "companies/acme"
      begin_date { year: 2027 month: 1 day: 1 }
      end_date { year: 2027 month: 12 day: 31 }
      weekly_hours_most: 48
      insurance: DUAL_INSURANCE_ORGANIZATION
      insurance_end_date { year: 2027 month: 12 day: 31 }
      support_monthly { currency_code: "MXN" units: 9999999 }
    }
  )pb");
  const auto text = [&](Language language, const char* own) {
    return TableOfDualAgreements(language, list.dual_agreements(), own).Text(0, true);
  };
  const std::string company = text(Language::kSpanish, "companies/acme");
  ExpectFits(company);
  EXPECT_THAT(company,
              AllOf(HasSubstr("retirado"), HasSubstr("tecnologico-bajio-muestra"),
                    HasSubstr("asegura la escuela hasta el 2027-12-31, apoyo de 9,999,999.00 MXN "
                              "al mes")));
  const std::string school = text(Language::kEnglish, "organizations/tecnologico-bajio-muestra");
  ExpectFits(school);
  EXPECT_THAT(school, AllOf(HasSubstr("acme"), Not(HasSubstr("tecnologico"))));
  EXPECT_THAT(text(Language::kEnglish, ""),
              AllOf(HasSubstr("acme"), HasSubstr("    organizations/tecnologico-bajio-muestra\n")))
      << "Labor is neither";
}

TEST(DualTables, SayWhoseTurnAPlanIsAndWhatIsOwed) {
  v1::ListDualPlansResponse list;
  *list.add_dual_plans() = WidePlan();
  for (const Language language : {Language::kSpanish, Language::kEnglish}) {
    ExpectFits(TableOfDualPlans(language, list.dual_plans(), "companies/x").Text(0, true));
  }
  EXPECT_THAT(TableOfDualPlans(Language::kEnglish, list.dual_plans(), "companies/x").Text(0, true),
              AllOf(HasSubstr("running"), HasSubstr("school"), HasSubstr("armadora-de-vehiculos"),
                    HasSubstr("school: answer the change; learner: confirm the plan")));
}

TEST(DualTables, ShowAPlanWithItsHoursByOutcome) {
  const v1::DualPlan plan = WidePlan();
  const OutcomesOfPlan known = WideHours();
  for (const Language language : {Language::kSpanish, Language::kEnglish}) {
    const std::string text = Plain(language, [&](Printer& printer) {
      printer.Print(FactsOfDualPlan(language, plan, known.hours));
      printer.Print(TableOfOutcomes(language, plan, known));
    });
    ExpectFits(text);
    // Planned, carried, claimed without what is disputed, disputed, confirmed.
    EXPECT_THAT(text, ::testing::ContainsRegex("60 h +0 h +1 h +1 h 30 +1 h "));
    EXPECT_THAT(text, ::testing::ContainsRegex("10000 h +999 h 45 +999 h 45 +0 h +999 h 45"));
  }
  EXPECT_THAT(FactsOfDualPlan(Language::kEnglish, plan, known.hours).Text(0, true),
              AllOf(HasSubstr("the school is to confirm 3; disputed: 1"),
                    HasSubstr("proposed by the company; h/week 20")));
  EXPECT_THAT(TableOfOutcomes(Language::kSpanish, plan, known).Text(0, true),
              AllOf(HasSubstr("logrado"), HasSubstr("Inspecciona cordones.")));
}

TEST(DualTables, ShowHoursAndWhyTheyAreDisputed) {
  const auto list = Of<v1::ListHourEntriesResponse>(R"pb(
    hour_entries {
      name: "organizations/utt/dualPlans/d/hourEntries/3b2f1d8e-6a4c-4f0e-9d57-0c1b2a394857"
      state: HOUR_ENTRY_STATE_DISPUTED
      work_date { year: 2027 month: 1 day: 31 }
      outcome: 50
      minutes: 1425
      claimed_by: DUAL_PARTY_ORGANIZATION
      dispute_reason: HOUR_DISPUTE_REASON_ABSENT
    }
  )pb");
  const std::string text = TableOfHours(Language::kSpanish, list.hour_entries()).Text(0, true);
  ExpectFits(text);
  EXPECT_THAT(text, AllOf(HasSubstr("escuela"), HasSubstr("23 h 45 min"), HasSubstr("objetada"),
                          HasSubstr("    3b2f1d8e-6a4c-4f0e-9d57-0c1b2a394857\n"),
                          HasSubstr("no hubo tal cosa")));
}

}  // namespace
}  // namespace puente::cli
