#include "cli/employment.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/upload_text.h"
#include "tests/cli/text_proto.h"

namespace puente::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

labor::v1::VacancyStatistics WholeCountry() {
  return Of<labor::v1::VacancyStatistics>(R"pb(
    vacancy_count: 10173
    post_count: 10173
    first_offer_date { year: 2020 month: 8 day: 1 }
    last_offer_date { year: 2020 month: 8 day: 31 }
    median_monthly_wage { currency_code: "MXN" units: 6000 }
    wage_count: 10173
    asking_english_count: 499
    language_count: 10173
    hours_suspect_count: 61
    hours_count: 10173
    offer_months { year: 2020 month: 8 }
    wage_zones: [ WAGE_ZONE_GENERAL, WAGE_ZONE_BORDER ]
    quality {
      wage { passed: 3279 failed: 6894 }
      contract { passed: 8730 failed: 1395 unknown: 48 }
      hours { passed: 2699 failed: 7474 }
      rest { passed: 8140 failed: 2033 }
      verdict { passed: 647 failed: 9522 unknown: 4 }
    }
    rule_set: "quality-job/1"
    record_kind: RECORD_KIND_REAL
    sources: "portal-del-empleo"
    open_vacancy_count: 0
    open_post_count: 0
    open_date { year: 2026 month: 11 day: 28 }
    offer_terms { vacancy_source: "portal-del-empleo" openness: OFFER_OPENNESS_NEVER }
  )pb");
}

std::string BodyText(const labor::v1::VacancyStatistics& statistics,
                     Language language = Language::kEnglish) {
  return Plain(language, [&](Printer& printer) { Body(printer, statistics); });
}

TEST(VacancyFigures, StandBesideTheirSharesRulesAndSource) {
  EXPECT_EQ(BodyText(WholeCountry()),
            R"(  vacancies offered          10,173
  posts                      10,173
  open on 2026-11-28              0  posts: 0; portal-del-empleo: never, an archive
  median monthly wage  6,000.00 MXN  of 10,173 that state one
  asking for English            499  4.9 % of 10,173 that say which languages
  24-hour days                   61  0.6 % of 10,173 that state hours, start = end in the source

  Offer quality by quality-job/1 (Puente's own rules, no official statistic)

            passed          failed          unknown
  ---------------------------------------------------------
  wage       3,279  32.2 %   6,894  67.8 %        0   0.0 %
  contract   8,730  85.8 %   1,395  13.7 %       48   0.5 %
  hours      2,699  26.5 %   7,474  73.5 %        0   0.0 %
  rest       8,140  80.0 %   2,033  20.0 %        0   0.0 %
  verdict      647   6.4 %   9,522  93.6 %        4  <0.1 %

  wage      at least two minimum wages of its zone on its date
  contract  a contract of indefinite duration (tiempo indeterminado)
  hours     hours a day × days a week within the weekly limit on its date
  rest      at most six days a week
  verdict   failed if any failed, else unknown if any is unknown

  offers of 1-31 August 2020, not all jobs
  real records; source: portal-del-empleo
)");
}

TEST(VacancyFigures, AreOfThoseThatStateIt) {
  labor::v1::VacancyStatistics statistics = WholeCountry();
  statistics.set_language_count(502);
  EXPECT_THAT(BodyText(statistics), HasSubstr("499  99.4 % of 502 that say which languages"));
  statistics.set_asking_english_count(0);
  statistics.set_language_count(0);
  statistics.set_hours_suspect_count(0);
  statistics.set_hours_count(0);
  EXPECT_THAT(BodyText(statistics), AllOf(HasSubstr("asking for English     not stated\n"),
                                          HasSubstr("24-hour days           not stated\n")));
}

TEST(VacancyFigures, SayWhatIsOpenByWhichTermsOrThatItIsNotKnown) {
  labor::v1::VacancyStatistics statistics = WholeCountry();
  statistics.set_open_vacancy_count(1700);
  statistics.set_open_post_count(2100);
  labor::v1::OfferTerm& term = *statistics.mutable_offer_terms(0);
  term.set_openness(labor::v1::OFFER_OPENNESS_FOR_DAYS);
  term.set_days(30);
  *statistics.add_offer_terms() = Of<labor::v1::OfferTerm>(
      R"pb(vacancy_source: "exchange" openness: OFFER_OPENNESS_UNTIL_CLOSED)pb");
  EXPECT_THAT(BodyText(statistics),
              HasSubstr("open on 2026-11-28          1,700  posts: 2,100; portal-del-empleo: 30 "
                        "days; exchange: until closed\n"));
  statistics.clear_open_vacancy_count();
  statistics.add_open_unknown_sources("portal-del-empleo");
  EXPECT_THAT(BodyText(statistics),
              HasSubstr("open on 2026-11-28        unknown  nobody has stated "
                        "how long offers stay open of portal-del-empleo\n"));
  EXPECT_THAT(BodyText(statistics, Language::kSpanish), HasSubstr("abiertas el 2026-11-28"));
}

TEST(VacancyFigures, SayWhenSomeMonthsOfTheirPeriodHaveNoOffers) {
  labor::v1::VacancyStatistics statistics = WholeCountry();
  statistics.mutable_first_offer_date()->set_year(2018);
  google::type::Date& month = *statistics.add_offer_months();
  month.set_year(2018);
  month.set_month(8);
  EXPECT_THAT(BodyText(statistics),
              HasSubstr("offers of 1 August 2018 to 31 August 2020, in 2 of 25 months, not all"));
  EXPECT_THAT(BodyText(statistics, Language::kSpanish), HasSubstr(", en 2 de 25 meses, "));
}

TEST(VacancyFigures, LoudlySayThatTheyAreGenerated) {
  labor::v1::VacancyStatistics statistics = WholeCountry();
  statistics.set_record_kind(type::v1::RECORD_KIND_GENERATED);
  EXPECT_THAT(BodyText(statistics),
              AllOf(HasSubstr("GENERATED SAMPLE"), Not(HasSubstr("real records"))));
  EXPECT_THAT(BodyText(statistics, Language::kSpanish), HasSubstr("MUESTRA GENERADA"));
}

TEST(VacancyFigures, ThatCannotBeSplitAreNotZero) {
  labor::v1::VacancyStatistics statistics = WholeCountry();
  statistics.clear_vacancy_count();
  statistics.set_unclassified_count(10173);
  statistics.add_could_not_split("sector");
  EXPECT_THAT(BodyText(statistics), AllOf(HasSubstr("cannot be split by: sector"),
                                          HasSubstr("10,173"), Not(HasSubstr("vacancies offered")),
                                          Not(HasSubstr("open on")), Not(HasSubstr("passed"))));
}

TEST(VacancyFigures, SayWhatIsLeftOut) {
  labor::v1::VacancyStatistics statistics = WholeCountry();
  statistics.set_unclassified_count(1200);
  statistics.clear_median_monthly_wage();
  EXPECT_THAT(BodyText(statistics),
              AllOf(HasSubstr("1,200  not counted here: they cannot be split by sector"),
                    HasSubstr("median monthly wage                        not stated")));
}

TEST(VerdictText, ShowsValueBoundAndSourceOfEachComponent) {
  const auto verdict = Of<labor::v1::QualityVerdict>(R"pb(
    vacancy: "vacancies/v1"
    rule_set: "quality-job/1"
    verdict: OUTCOME_FAILED
    components {
      component: "wage"
      outcome: OUTCOME_FAILED
      value: "6000.00 MXN a month"
      bound: "at least 7495.89 MXN a month"
      source: "CONASAMI 2020"
    }
    components {
      component: "rest"
      outcome: OUTCOME_PASSED
      value: "5 days a week"
      bound: "at most 6 days a week"
      source: "LFT art. 69"
    }
  )pb");
  const auto vacancy = Of<labor::v1::Vacancy>(R"pb(
    name: "vacancies/v1"
    offer: "soldador"
    municipality: "Saltillo"
    state_code: "05"
    offer_date { year: 2020 month: 8 day: 3 }
    source: "portal-del-empleo"
    record_kind: RECORD_KIND_REAL
  )pb");
  EXPECT_EQ(Plain(Language::kEnglish, [&](Printer& printer) { Print(printer, vacancy, verdict); }),
            R"(vacancies/v1: failed (quality-job/1)
  soldador; Saltillo; Coahuila; offered 2020-08-03; source: portal-del-empleo

  component  found   value                bound                         source
  -----------------------------------------------------------------------------------
  wage       failed  6000.00 MXN a month  at least 7495.89 MXN a month  CONASAMI 2020
  rest       passed  5 days a week        at most 6 days a week         LFT art. 69

  verdict: failed if any failed, else unknown if any is unknown; Puente's own rules, no official statistic
)");
}

TEST(VacancyTable, SaysWhatIsNotStated) {
  const auto vacancy = Of<labor::v1::Vacancy>(R"pb(
    name: "vacancies/v1"
    offer: "técnico, turno A"
    state_code: "05"
    post_count: 1
    quality { verdict: OUTCOME_FAILED }
  )pb");
  EXPECT_THAT(VacancyTable(Language::kEnglish, {vacancy}).Text(0, true),
              AllOf(HasSubstr("05 Coahuila"), HasSubstr("not stated")));
}

TEST(UploadText, CountsAndNamesErrors) {
  const auto response = Of<labor::v1::LoadVacanciesResponse>(R"pb(
    read_count: 10173
    loaded_count: 10170
    unchanged_count: 1
    rejected_count: 2
    errors { line: 1204 field: "salary" value: "x" rule: "NUMBER" remedy: "write digits" }
    more_error_count: 1
    truncated: true
    freshness_token: "labor.7"
    content_digest: "\x01\x02"
  )pb");
  EXPECT_EQ(Plain(Language::kEnglish, [&](Printer& printer) { Print(printer, response, true); }),
            R"(rows
  read            10,173
  loaded          10,170  >99.9 %
  stored already       1  <0.1 %
  rejected             2  <0.1 %
  CUT SHORT: the file ends inside a row or before its stated size; only its whole rows count.

   line  field   value
  --------------------
  1,204  salary  x
      NUMBER
      write digits

  1 more errors are not shown

  SHA-256 0102
  this load is included from labor.7
)");
}

TEST(UploadProgress, HasNoShareWithoutASize) {
  EXPECT_EQ(UploadProgress(65536, 131072), "65,536 / 131,072 bytes, 50.0 %");
  EXPECT_EQ(UploadProgress(65536, 0), "65,536 bytes");
}

}  // namespace
}  // namespace puente::cli
