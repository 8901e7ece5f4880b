#include "modules/labor/vacancies/rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_format.h"
#include "common/names/text.h"
#include "modules/labor/standards/municipalities.h"
#include "modules/labor/vacancies/quality.h"
#include "tests/labor/standards.h"
#include "tests/testing/status.h"

namespace puente::labor::rules {
namespace {

using ::puente::testing::HasReason;
using ::puente::testing::IsOk;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr v1::Outcome kPassed = v1::OUTCOME_PASSED;
constexpr v1::Outcome kFailed = v1::OUTCOME_FAILED;
constexpr v1::Outcome kUnknown = v1::OUTCOME_UNKNOWN;

// Passes every component, in the general zone, on 2020-08-01.
v1::Vacancy GoodJob() {
  v1::Vacancy vacancy;
  vacancy.set_offer("soldador");
  *vacancy.mutable_offer_date() = Date(2020, 8, 1);
  vacancy.set_state_code("11");
  vacancy.set_municipality("León");
  *vacancy.mutable_monthly_wage() = Pesos(20'000'00);
  vacancy.set_contract_kind(v1::CONTRACT_KIND_INDEFINITE);
  vacancy.set_minutes_a_day(480);
  vacancy.set_days_a_week(6);
  vacancy.set_source("portal");
  vacancy.set_record_kind(type::v1::RECORD_KIND_REAL);
  return vacancy;
}

TEST(QualityJob, WagePassesFromExactlyTwoMinimumWages) {
  struct Case {
    const char* name;
    Centavos monthly;
    Centavos daily;
    v1::Outcome want;
  };
  for (const Case& c :
       {Case{"general 2020, a centavo below", 7495'88, 123'22, kFailed},
        Case{"general 2020, the first whole centavo above", 7495'89, 123'22, kPassed},
        Case{"border 2020, a centavo below", 11288'23, 185'56, kFailed},
        Case{"border 2020, the first above", 11288'24, 185'56, kPassed},
        Case{"exactly two of a whole bound", 730'00, 12'00, kPassed},
        Case{"a centavo less", 729'99, 12'00, kFailed}}) {
    SCOPED_TRACE(c.name);
    EXPECT_EQ(JudgeWage(c.monthly, c.daily), c.want);
    EXPECT_EQ(c.monthly >= WageBound(c.daily), c.want == kPassed);
  }
}

TEST(QualityJob, WageIsJudgedByItsZoneAtItsDate) {
  struct Case {
    const char* name;
    const char* state;
    const char* municipality;
    google::type::Date date;
    Centavos monthly;
    v1::Outcome want;
  };
  const auto day = Date(2020, 8, 1);
  for (const Case& c :
       {Case{"general", "11", "León", day, 7495'89, kPassed},
        Case{"general, below", "11", "León", day, 7495'88, kFailed},
        Case{"all of Baja California", "02", "Ensenada", day, 11288'23, kFailed},
        Case{"Baja California without municipality", "02", "", day, 11288'24, kPassed},
        Case{"Baja California without municipality, below", "02", "", day, 11288'23, kFailed},
        Case{"not Baja California Sur", "03", "La Paz", day, 7495'89, kPassed},
        Case{"border", "08", "Juárez", day, 7495'89, kFailed},
        Case{"border, without accents", "08", "JUAREZ", day, 7495'89, kFailed},
        Case{"border, with ñ", "26", "puerto peñasco", day, 7495'89, kFailed},
        Case{"border, above", "26", "Puerto Peñasco", day, 11288'24, kPassed},
        Case{"not in the zone though in a border state", "08", "Chihuahua", day, 7495'89, kPassed},
        Case{"Guerrero in Coahuila", "05", "Guerrero", day, 7495'89, kFailed},
        Case{"Guerrero in Tamaulipas", "28", "Guerrero", day, 7495'89, kFailed},
        Case{"Guerrero in Chihuahua is another", "08", "Guerrero", day, 7495'89, kPassed},
        Case{"Hidalgo in Coahuila", "05", "Hidalgo", day, 7495'89, kFailed},
        Case{"Hidalgo in Nuevo León is another", "19", "Hidalgo", day, 7495'89, kPassed},
        Case{"Guadalupe in Nuevo León is another", "19", "Guadalupe", day, 7495'89, kPassed},
        Case{"Matamoros in Coahuila is another", "05", "Matamoros", day, 7495'89, kPassed},
        Case{"Camargo in Chihuahua is another", "08", "Camargo", day, 7495'89, kPassed},
        Case{"Benito Juárez, which Chihuahua has not", "08", "Benito Juárez", day, 7495'89,
             kUnknown},
        Case{"a city that is no municipality", "08", "Ciudad Juárez", day, 7495'89, kUnknown},
        Case{"not understood, above both", "26", "Nogales centro", day, 11288'24, kPassed},
        Case{"not understood, below both", "26", "Nogales centro", day, 7495'88, kFailed},
        Case{"not understood away from the border", "30", "Nogales centro", day, 7495'89, kPassed},
        Case{"Nogales", "26", "Nogales", day, 7495'89, kFailed},
        Case{"Nogales with its honour", "26", "Heroica Nogales", day, 7495'89, kFailed},
        Case{"Nogales with its honour, short", "26", "H. NOGALES", day, 7495'89, kFailed},
        Case{"Nogales by its code", "26", "26043", day, 7495'89, kFailed},
        Case{"Nogales by its code in the state", "26", "043", day, 7495'89, kFailed},
        Case{"Hermosillo by its code", "26", "26030", day, 7495'89, kPassed},
        Case{"a code of another state", "26", "08037", day, 7495'89, kUnknown},
        Case{"a code that is none", "26", "26073", day, 7495'89, kUnknown},
        Case{"unknown municipality, between the bounds", "08", "", day, 7495'89, kUnknown},
        Case{"unknown municipality, a centavo below border", "28", "", day, 11288'23, kUnknown},
        Case{"unknown municipality, above both", "08", "", day, 11288'24, kPassed},
        Case{"unknown municipality, below both", "08", "", day, 7495'88, kFailed},
        Case{"unknown municipality away from the border", "11", "", day, 7495'89, kPassed},
        Case{"white space is no municipality", "08", "  ", day, 7495'89, kUnknown},
        Case{"last day of 2020", "11", "León", Date(2020, 12, 31), 7495'89, kPassed},
        Case{"first day of 2021", "11", "León", Date(2021, 1, 1), 7495'89, kFailed},
        Case{"2021, above", "11", "León", Date(2021, 1, 1), 8620'09, kPassed},
        Case{"first day at hand", "11", "León", Date(2019, 1, 1), 6246'37, kPassed},
        Case{"first day of the border zone", "02", "Tijuana", Date(2019, 1, 1), 6246'37, kFailed},
        Case{"before the first at hand", "11", "León", Date(2018, 12, 31), 90'000'00, kUnknown},
        Case{"border before there was a zone", "02", "Tijuana", Date(2018, 12, 31), 90'000'00,
             kUnknown},
        Case{"last day of the last at hand", "11", "León", Date(2026, 12, 31), 19164'94, kPassed},
        Case{"after the last at hand", "11", "León", Date(2027, 1, 1), 90'000'00, kUnknown},
        Case{"border after the last at hand", "02", "Tijuana", Date(2027, 1, 1), 90'000'00,
             kUnknown}}) {
    SCOPED_TRACE(c.name);
    v1::Vacancy vacancy = GoodJob();
    vacancy.set_state_code(c.state);
    vacancy.set_municipality(c.municipality);
    *vacancy.mutable_offer_date() = c.date;
    *vacancy.mutable_monthly_wage() = Pesos(c.monthly);
    EXPECT_EQ(Judge(vacancy, SeededStandards()).wage(), c.want);
  }
}

// As many as INEGI counts, and all of the zone among them.
TEST(Municipalities, OfStatesThatAreOnlyPartlyBorderAreKnown) {
  for (const auto& [state, count] : {std::pair("05", 38), std::pair("08", 67), std::pair("19", 51),
                                     std::pair("26", 72), std::pair("28", 43)}) {
    SCOPED_TRACE(state);
    std::set<std::string> names;
    for (int code = 1; code <= count; ++code) {
      const auto name = FindMunicipality(state, absl::StrFormat("%03d", code));
      ASSERT_TRUE(name.has_value()) << code;
      EXPECT_EQ(FindMunicipality(state, *name), name);
      names.insert(*name);
    }
    EXPECT_EQ(names.size(), static_cast<size_t>(count));
    EXPECT_EQ(FindMunicipality(state, absl::StrFormat("%03d", count + 1)), std::nullopt);
    EXPECT_EQ(FindMunicipality(state, "000"), std::nullopt);
  }
  const v1::Standards seeded = SeededStandardsProto();
  for (const v1::BorderMunicipality& border : seeded.border_municipalities()) {
    if (border.municipality().empty()) continue;  // all of the state
    EXPECT_EQ(FindMunicipality(border.state_code(), border.municipality()),
              Fold(border.municipality()));
  }
  EXPECT_EQ(FindMunicipality("05", "Cuatrociénegas"), "cuatro cienegas");
  EXPECT_EQ(FindMunicipality("26", "General Plutarco Elías Calles"), FindMunicipality("26", "070"));
  EXPECT_EQ(FindMunicipality("11", "León"), std::nullopt);
}

TEST(QualityJob, BeforeTheBorderZoneTheGeneralWageApplies) {
  v1::Standards proto = SeededStandardsProto();
  v1::MinimumWage& wage = *proto.add_minimum_wages();
  wage.set_zone(v1::WAGE_ZONE_GENERAL);
  *wage.mutable_effective_date() = Date(2018, 1, 1);
  wage.set_daily_centavos(88'36);
  ASSERT_OK_AND_ASSIGN(const Standards standards, Standards::From(proto));
  v1::Vacancy vacancy = GoodJob();
  vacancy.set_state_code("02");
  *vacancy.mutable_monthly_wage() = Pesos(WageBound(88'36));
  *vacancy.mutable_offer_date() = Date(2018, 12, 31);
  EXPECT_EQ(Judge(vacancy, standards).wage(), kPassed);
  *vacancy.mutable_offer_date() = Date(2019, 1, 1);
  EXPECT_EQ(Judge(vacancy, standards).wage(), kFailed);
}

TEST(QualityJob, WageThatIsNotStatedOrNoAmountIsUnknown) {
  v1::Vacancy vacancy = GoodJob();
  vacancy.clear_monthly_wage();
  EXPECT_EQ(Judge(vacancy, SeededStandards()).wage(), kUnknown);
  vacancy.mutable_monthly_wage()->set_currency_code("USD");
  EXPECT_EQ(Judge(vacancy, SeededStandards()).wage(), kUnknown);
}

TEST(QualityJob, ContractPassesOnlyWithoutEnd) {
  for (const auto& [kind, want] : {std::pair{v1::CONTRACT_KIND_INDEFINITE, kPassed},
                                   {v1::CONTRACT_KIND_FIXED_TERM, kFailed},
                                   {v1::CONTRACT_KIND_FIXED_WORK, kFailed},
                                   {v1::CONTRACT_KIND_SEASONAL, kFailed},
                                   {v1::CONTRACT_KIND_TRIAL, kFailed},
                                   {v1::CONTRACT_KIND_INITIAL_TRAINING, kFailed},
                                   {v1::CONTRACT_KIND_UNSPECIFIED, kUnknown},
                                   {v1::CONTRACT_KIND_TIME_WAGE, kUnknown}}) {
    EXPECT_EQ(JudgeContract(kind), want) << v1::ContractKind_Name(kind);
  }
}

TEST(QualityJob, HoursStayWithinTheWeeklyLimitOfTheDate) {
  struct Case {
    const char* name;
    google::type::Date date;
    int minutes;
    int days;
    v1::Outcome want;
  };
  for (const Case& c : {Case{"48 hours", Date(2020, 8, 1), 480, 6, kPassed},
                        Case{"a minute a day more", Date(2020, 8, 1), 481, 6, kFailed},
                        Case{"last day of 48", Date(2026, 12, 31), 480, 6, kPassed},
                        Case{"first day of 46", Date(2027, 1, 1), 461, 6, kFailed},
                        Case{"46", Date(2027, 1, 1), 460, 6, kPassed},
                        Case{"44", Date(2028, 1, 1), 440, 6, kPassed},
                        Case{"above 44", Date(2028, 1, 1), 441, 6, kFailed},
                        Case{"42", Date(2029, 1, 1), 420, 6, kPassed},
                        Case{"above 42", Date(2029, 1, 1), 421, 6, kFailed},
                        Case{"40", Date(2030, 1, 1), 480, 5, kPassed},
                        Case{"above 40", Date(2035, 1, 1), 481, 5, kFailed},
                        Case{"24 hours", Date(2020, 8, 1), 1440, 1, kPassed},
                        Case{"minutes not stated", Date(2020, 8, 1), 0, 5, kUnknown},
                        Case{"days not stated", Date(2020, 8, 1), 480, 0, kUnknown},
                        Case{"before the limit at hand", Date(1917, 4, 30), 480, 5, kUnknown},
                        Case{"first day of the limit", Date(1917, 5, 1), 480, 6, kPassed}}) {
    SCOPED_TRACE(c.name);
    v1::Vacancy vacancy = GoodJob();
    *vacancy.mutable_offer_date() = c.date;
    vacancy.set_minutes_a_day(c.minutes);
    vacancy.set_days_a_week(c.days);
    EXPECT_EQ(Judge(vacancy, SeededStandards()).hours(), c.want);
  }
}

TEST(QualityJob, RestIsADayAWeek) {
  EXPECT_EQ(JudgeRest(0), kUnknown);
  EXPECT_EQ(JudgeRest(1), kPassed);
  EXPECT_EQ(JudgeRest(6), kPassed);
  EXPECT_EQ(JudgeRest(7), kFailed);
}

TEST(QualityJob, OneFailureFailsElseOneUnknownIsUnknown) {
  struct Case {
    const char* name;
    v1::ContractKind contract;
    int days;
    v1::Outcome want;
  };
  for (const Case& c : {Case{"all passed", v1::CONTRACT_KIND_INDEFINITE, 6, kPassed},
                        Case{"one failed", v1::CONTRACT_KIND_TRIAL, 6, kFailed},
                        Case{"one unknown", v1::CONTRACT_KIND_TIME_WAGE, 6, kUnknown},
                        Case{"unknown before failed", v1::CONTRACT_KIND_TIME_WAGE, 7, kFailed},
                        Case{"failed before unknown", v1::CONTRACT_KIND_TRIAL, 0, kFailed}}) {
    SCOPED_TRACE(c.name);
    v1::Vacancy vacancy = GoodJob();
    vacancy.set_contract_kind(c.contract);
    vacancy.set_days_a_week(c.days);
    const v1::Quality quality = Judge(vacancy, SeededStandards());
    EXPECT_EQ(quality.verdict(), c.want);
    EXPECT_EQ(quality.rule_set(), "quality-job/1");
  }
}

TEST(QualityJob, AVacancyThatSaysNothingIsUnknownThroughout) {
  const v1::Quality quality = Judge(v1::Vacancy(), SeededStandards());
  for (const v1::Outcome outcome :
       {quality.verdict(), quality.wage(), quality.contract(), quality.hours(), quality.rest()}) {
    EXPECT_EQ(outcome, kUnknown);
  }
}

TEST(Explanation, HoldsValueBoundAndSourceOfEachComponent) {
  v1::Vacancy vacancy = GoodJob();
  vacancy.set_name("vacancies/v1");
  *vacancy.mutable_monthly_wage() = Pesos(6000'00);
  vacancy.set_minutes_a_day(570);
  const v1::QualityVerdict verdict = Explain(vacancy, SeededStandards(), Locale::kEnglish);
  EXPECT_EQ(verdict.vacancy(), "vacancies/v1");
  EXPECT_EQ(verdict.verdict(), kFailed);
  ASSERT_EQ(verdict.components_size(), 4);
  const auto& wage = verdict.components(0);
  EXPECT_EQ(wage.component(), "wage");
  EXPECT_EQ(wage.outcome(), kFailed);
  EXPECT_EQ(wage.value(), "6000.00 MXN a month");
  EXPECT_EQ(wage.bound(), "at least 7495.89 MXN a month (general zone)");
  EXPECT_THAT(wage.source(), HasSubstr("2020"));
  EXPECT_EQ(verdict.components(1).component(), "contract");
  EXPECT_EQ(verdict.components(2).value(), "57 hours a week (9:30 × 6)");
  EXPECT_EQ(verdict.components(2).bound(), "at most 48 hours a week");
  EXPECT_EQ(verdict.components(3).value(), "6 days a week");
  for (const auto& component : verdict.components()) EXPECT_NE(component.source(), "");
}

TEST(Explanation, NamesTheBoundsOfBothZonesWhereEitherMayApply) {
  v1::Vacancy vacancy = GoodJob();
  vacancy.set_state_code("26");
  vacancy.clear_municipality();
  *vacancy.mutable_monthly_wage() = Pesos(8000'00);
  const v1::QualityVerdict verdict = Explain(vacancy, SeededStandards(), Locale::kSpanish);
  EXPECT_EQ(verdict.components(0).outcome(), kUnknown);
  EXPECT_EQ(verdict.components(0).bound(),
            "al menos 7495.89 MXN al mes (zona general) o 11288.24 MXN al mes (zona libre de la "
            "frontera norte)");
}

TEST(Explanation, AgreesWithTheJudgement) {
  for (int kind = 0; kind <= 7; ++kind) {
    for (const int days : {0, 5, 7}) {
      v1::Vacancy vacancy = GoodJob();
      vacancy.set_contract_kind(static_cast<v1::ContractKind>(kind));
      vacancy.set_days_a_week(days);
      if (days == 5) vacancy.clear_monthly_wage();
      const v1::Quality quality = Judge(vacancy, SeededStandards());
      const v1::QualityVerdict verdict = Explain(vacancy, SeededStandards(), Locale::kSpanish);
      EXPECT_EQ(verdict.verdict(), quality.verdict());
      EXPECT_EQ(verdict.components(0).outcome(), quality.wage());
      EXPECT_EQ(verdict.components(1).outcome(), quality.contract());
      EXPECT_EQ(verdict.components(2).outcome(), quality.hours());
      EXPECT_EQ(verdict.components(3).outcome(), quality.rest());
    }
  }
}

std::vector<std::string> Rules(const v1::Vacancy& vacancy) {
  std::vector<std::string> rules;
  for (const Violation& violation : Check(vacancy, absl::CivilDay(2026, 11, 30))) {
    rules.push_back(violation.field + " " + std::string(violation.rule));
    EXPECT_NE(violation.es, "");
    EXPECT_NE(violation.en, "");
  }
  return rules;
}

TEST(Vacancy, IsCheckedBeyondItsSingleFields) {
  EXPECT_THAT(Rules(GoodJob()), IsEmpty());
  v1::Vacancy vacancy = GoodJob();
  vacancy.mutable_monthly_wage()->set_units(0);
  vacancy.set_scian_class("336410");
  vacancy.set_occupation_origin(v1::CODE_ORIGIN_CODED);
  vacancy.add_languages()->set_language_code("en");
  vacancy.set_languages_not_required(true);
  EXPECT_THAT(Rules(vacancy), ElementsAre("vacancy.monthly_wage NOT_AN_AMOUNT",
                                          "vacancy.languages_not_required LANGUAGES_ASKED",
                                          "vacancy.scian_origin ORIGIN_WITHOUT_CODE",
                                          "vacancy.occupation_origin ORIGIN_WITHOUT_CODE"));
}

TEST(Vacancy, IsOfNoDayThatIsToCome) {
  v1::Vacancy vacancy = GoodJob();
  *vacancy.mutable_offer_date() = Date(2026, 11, 30);
  EXPECT_THAT(Rules(vacancy), IsEmpty());
  *vacancy.mutable_offer_date() = Date(2026, 12, 1);
  EXPECT_THAT(Rules(vacancy), ElementsAre("vacancy.offer_date OFFER_TO_COME"));
}

TEST(Vacancy, IsRecordedOpenAndJudged) {
  v1::Vacancy stated = GoodJob();
  stated.set_state(v1::VACANCY_STATE_CLOSED);
  stated.set_supplier("supplier/somebody-else");
  stated.set_close_reason(v1::CLOSE_REASON_FILLED);
  stated.set_etag("mine");
  v1::Vacancy recorded = stated;
  Complete(recorded, "supplier/portal", SeededStandards());
  EXPECT_EQ(recorded.state(), v1::VACANCY_STATE_OPEN);
  EXPECT_EQ(recorded.supplier(), "supplier/portal");
  EXPECT_EQ(recorded.post_count(), 1);
  EXPECT_EQ(recorded.close_reason(), v1::CLOSE_REASON_UNSPECIFIED);
  EXPECT_EQ(recorded.etag(), "");
  EXPECT_EQ(recorded.quality().verdict(), kPassed);
  stated.set_post_count(3);
  Complete(stated, "supplier/portal", SeededStandards());
  EXPECT_EQ(stated.post_count(), 3);
}

}  // namespace
}  // namespace puente::labor::rules
