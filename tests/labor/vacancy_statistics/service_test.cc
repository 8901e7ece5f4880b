// Figures about vacancies.
#include <gmock/gmock.h>

#include "absl/strings/match.h"
#include "modules/labor/module.h"
#include "tests/labor/vacancies/hosted.h"
#include "tests/testing/counted.h"

namespace puente::labor {
namespace {

class VacancyFigures : public LaborService {};

TEST_F(VacancyFigures, ClosedVacanciesLeaveTheFigures) {
  for (const std::string id : {"a", "b", "c"}) ASSERT_OK(Create(Welder(id)));
  EXPECT_EQ(Figures().vacancy_count(), 3);
  EXPECT_EQ(Figures().median_monthly_wage().units(), 8000);
  ASSERT_OK(Close("vacancies/b", v1::CLOSE_REASON_FILLED));
  const v1::VacancyStatistics figures = Figures();
  EXPECT_EQ(figures.vacancy_count(), 2);
  EXPECT_EQ(figures.quality().verdict().passed(), 2);
  EXPECT_EQ(figures.wage_count(), 2);
}

TEST_F(VacancyFigures, AreOfTheKindThatLaborHasSetAndNoSupplierFlipsThem) {
  testing::HostedModule labor(Labor(), target_, "agency/labor", Config());
  ASSERT_OK(testing::SetCounted(labor.channel(), "vacancies", type::v1::RECORD_KIND_GENERATED));
  auto generated = Welder("g");
  generated.mutable_vacancy()->set_record_kind(type::v1::RECORD_KIND_GENERATED);
  generated.mutable_vacancy()->set_source("sample");
  VacancyStub as_labor(labor.channel());
  ASSERT_OK(testing::Called(as_labor, &VacancyStub::CreateVacancy, generated, &freshness_));
  const auto are_generated = [&] {
    const v1::VacancyStatistics figures = Figures();
    EXPECT_EQ(figures.record_kind(), type::v1::RECORD_KIND_GENERATED);
    EXPECT_EQ(figures.vacancy_count(), 1);
    EXPECT_THAT(figures.sources(), ::testing::ElementsAre("sample"));
  };
  are_generated();
  ASSERT_OK(Create(Welder("r")));
  are_generated();
  ASSERT_OK(Close("vacancies/r", v1::CLOSE_REASON_WITHDRAWN));
  are_generated();
  ASSERT_OK(testing::SetCounted(labor.channel(), "vacancies", type::v1::RECORD_KIND_REAL));
  EXPECT_EQ(Figures().vacancy_count(), 0);
  EXPECT_THAT(Figures().sources(), ::testing::IsEmpty()) << "a closed one is no source";
  ASSERT_OK(Create(Welder("r2")));
  EXPECT_EQ(Figures().record_kind(), type::v1::RECORD_KIND_REAL);
  EXPECT_EQ(Figures().vacancy_count(), 1);
  EXPECT_THAT(Figures().sources(), ::testing::ElementsAre("test"));
}

TEST_F(VacancyFigures, AVacancyThatFitsSeveralPrefixesCountsOnce) {
  ASSERT_OK(Create(Welder("w")));
  v1::GetVacancyStatisticsRequest request;
  for (const char* prefix : {"336", "3363", "336370", "336", "22"}) {
    request.add_scian_prefixes(prefix);
  }
  EXPECT_EQ(Figures(request).vacancy_count(), 1);
  request.add_state_codes("14");
  request.add_state_codes("14");
  EXPECT_EQ(Figures(request).vacancy_count(), 1);
  request.clear_state_codes();
  request.add_state_codes("09");
  EXPECT_EQ(Figures(request).vacancy_count(), 0);
}

TEST_F(VacancyFigures, WhatStatesNoClassIsLeftOutAndSaid) {
  auto unclassified = Welder("u");
  unclassified.mutable_vacancy()->clear_scian_class();
  unclassified.mutable_vacancy()->clear_scian_origin();
  ASSERT_OK(Create(unclassified));
  v1::GetVacancyStatisticsRequest request;
  request.add_scian_prefixes("336");
  v1::VacancyStatistics figures = Figures(request);
  EXPECT_FALSE(figures.has_vacancy_count());  // never a guess of 0
  EXPECT_EQ(figures.unclassified_count(), 1);
  EXPECT_THAT(figures.could_not_split(), ::testing::ElementsAre("sector"));
  ASSERT_OK(Create(Welder("w")));
  figures = Figures(request);
  EXPECT_EQ(figures.vacancy_count(), 1);
  EXPECT_EQ(figures.unclassified_count(), 1);
}

TEST_F(VacancyFigures, WhatStatesACoarserClassThanAskedIsLeftOutAndSaid) {
  const auto create = [&](const std::string& id, const char* scian) {
    auto request = Welder(id);
    request.mutable_vacancy()->set_scian_class(scian);
    ASSERT_OK(Create(request));
  };
  create("coarse", "33");
  create("elsewhere", "72");
  const auto asked = [&](std::vector<const char*> prefixes, const std::string& month = "") {
    v1::GetVacancyStatisticsRequest request;
    for (const char* prefix : prefixes) request.add_scian_prefixes(prefix);
    request.set_first_month(month);
    return Figures(request);
  };
  v1::VacancyStatistics figures = asked({"336"});
  EXPECT_FALSE(figures.has_vacancy_count()) << "it may be one of them";
  EXPECT_EQ(figures.unclassified_count(), 1);
  EXPECT_THAT(figures.could_not_split(), ::testing::ElementsAre("sector"));
  create("within", "336370");
  create("between", "3363");
  figures = asked({"336", "336370", "3365"});
  EXPECT_EQ(figures.vacancy_count(), 2);
  EXPECT_EQ(figures.unclassified_count(), 1);
  figures = asked({"336370", "3364"});
  EXPECT_EQ(figures.vacancy_count(), 1);
  EXPECT_EQ(figures.unclassified_count(), 2) << "33 once, and 3363";
  EXPECT_EQ(asked({"336370"}, "2020-08").unclassified_count(), 2);
  EXPECT_EQ(asked({"336370"}, "2020-09").unclassified_count(), 0);
  figures = asked({"33"});
  EXPECT_EQ(figures.vacancy_count(), 3);
  EXPECT_EQ(figures.unclassified_count(), 0);
}

TEST_F(VacancyFigures, SayOfHowManyTheyAreWhereASourceIsSilent) {
  auto silent = Welder("silent");
  silent.mutable_vacancy()->clear_minutes_a_day();
  ASSERT_OK(Create(silent));
  v1::VacancyStatistics figures = Figures();
  EXPECT_EQ(figures.vacancy_count(), 1);
  EXPECT_EQ(figures.language_count(), 0) << "nobody said that no English is asked for";
  EXPECT_EQ(figures.hours_count(), 0);

  auto none = Welder("none");
  none.mutable_vacancy()->set_languages_not_required(true);
  auto english = Welder("english");
  english.mutable_vacancy()->add_languages()->set_language_code("en");
  ASSERT_OK(Create(none));
  ASSERT_OK(Create(english));
  figures = Figures();
  EXPECT_EQ(figures.vacancy_count(), 3);
  EXPECT_EQ(figures.asking_english_count(), 1);
  EXPECT_EQ(figures.language_count(), 2);
  EXPECT_EQ(figures.hours_count(), 2);
  ASSERT_OK(Close("vacancies/none", v1::CLOSE_REASON_FILLED));
  EXPECT_EQ(Figures().language_count(), 1);
}

TEST_F(VacancyFigures, NameTheSourcesOfTheirCutAndNoOthers) {
  testing::HostedModule labor(Labor(), target_, "agency/labor", Config());
  VacancyStub as_labor(labor.channel());
  const auto create = [&](const std::string& id, const char* state, const char* scian,
                          const char* source) {
    auto request = Welder(id);
    request.mutable_vacancy()->set_state_code(state);
    request.mutable_vacancy()->set_source(source);
    request.mutable_vacancy()->set_scian_class(scian);
    if (*scian == '\0') request.mutable_vacancy()->clear_scian_origin();
    ASSERT_OK(testing::Called(as_labor, &VacancyStub::CreateVacancy, request, &freshness_));
  };
  create("a", "14", "336370", "portal");
  create("b", "14", "722511", "restaurants");
  create("c", "09", "336110", "capital");
  create("d", "09", "", "unclassified");
  const auto sources = [&](std::vector<const char*> states, std::vector<const char*> prefixes) {
    v1::GetVacancyStatisticsRequest request;
    for (const char* state : states) request.add_state_codes(state);
    for (const char* prefix : prefixes) request.add_scian_prefixes(prefix);
    const auto figures = Figures(request);
    return std::vector<std::string>(figures.sources().begin(), figures.sources().end());
  };
  using ::testing::ElementsAre;
  EXPECT_THAT(sources({}, {}), ElementsAre("capital", "portal", "restaurants", "unclassified"));
  EXPECT_THAT(sources({"14"}, {}), ElementsAre("portal", "restaurants"));
  EXPECT_THAT(sources({"31"}, {}), ::testing::IsEmpty());
  EXPECT_THAT(sources({}, {"336"}), ElementsAre("capital", "portal"));
  EXPECT_THAT(sources({"09", "14"}, {"336370", "72"}), ElementsAre("portal", "restaurants"));
  EXPECT_THAT(sources({"09"}, {"72"}), ElementsAre("unclassified")) << "of unclassified_count";
  v1::CloseVacancyRequest close;
  close.set_name("vacancies/a");
  close.set_reason(v1::CLOSE_REASON_WITHDRAWN);
  ASSERT_OK(testing::Called(as_labor, &VacancyStub::CloseVacancy, close, &freshness_));
  EXPECT_THAT(sources({"14"}, {}), ElementsAre("restaurants")) << "a closed one is no source";
}

TEST_F(VacancyFigures, SayInWhichMonthsTheirOffersAre) {
  EXPECT_THAT(Figures().offer_months(), ::testing::IsEmpty());
  const auto create = [&](const std::string& id, int year, int month, int day) {
    auto request = Welder(id);
    google::type::Date& date = *request.mutable_vacancy()->mutable_offer_date();
    date.set_year(year);
    date.set_month(month);
    date.set_day(day);
    ASSERT_OK(Create(request));
  };
  create("a", 2018, 8, 1);
  create("b", 2018, 8, 31);
  create("c", 2019, 2, 1);
  create("d", 2020, 8, 31);
  ASSERT_OK(Close("vacancies/c", v1::CLOSE_REASON_FILLED));
  const auto months = [](const v1::VacancyStatistics& figures) {
    std::vector<std::string> found;
    for (const auto& month : figures.offer_months()) {
      found.push_back(absl::StrCat(month.year(), "-", month.month(), "-", month.day()));
    }
    return found;
  };
  const v1::VacancyStatistics figures = Figures();
  EXPECT_THAT(months(figures), ::testing::ElementsAre("2018-8-0", "2020-8-0"));
  EXPECT_EQ(figures.first_offer_date().day(), 1);
  EXPECT_EQ(figures.last_offer_date().year(), 2020);
  v1::GetVacancyStatisticsRequest another;
  another.add_state_codes("31");
  EXPECT_THAT(months(Figures(another)), ::testing::IsEmpty());
}

TEST_F(VacancyFigures, SayInWhichWageZonesTheirWorkplacesAre) {
  const auto create = [&](const std::string& id, const char* state, const char* municipality) {
    auto request = Welder(id);
    request.mutable_vacancy()->set_state_code(state);
    request.mutable_vacancy()->set_municipality(municipality);
    ASSERT_OK(Create(request));
  };
  const auto zones = [&](const char* state) {
    v1::GetVacancyStatisticsRequest request;
    request.add_state_codes(state);
    const v1::VacancyStatistics figures = Figures(request);
    return std::vector<int>(figures.wage_zones().begin(), figures.wage_zones().end());
  };
  using ::testing::ElementsAre;
  EXPECT_THAT(zones("14"), ::testing::IsEmpty());
  create("general", "14", "Zapopan");
  create("border", "02", "Tijuana");
  create("inland", "26", "Hermosillo");
  EXPECT_THAT(zones("14"), ElementsAre(v1::WAGE_ZONE_GENERAL));
  EXPECT_THAT(zones("02"), ElementsAre(v1::WAGE_ZONE_BORDER));
  EXPECT_THAT(zones("26"), ElementsAre(v1::WAGE_ZONE_GENERAL)) << "of a state with both";
  create("either", "26", "");
  EXPECT_THAT(zones("26"), ElementsAre(v1::WAGE_ZONE_GENERAL, v1::WAGE_ZONE_BORDER));
}

// What an agency has recorded with the software before: in the tables, not in the counters.
TEST_F(VacancyFigures, OfADatabaseFromBeforeAreWholeAfterItsMigrations) {
  auto english = Welder("english");
  english.mutable_vacancy()->add_languages()->set_language_code("en");
  auto unclassified = Welder("unclassified");
  unclassified.mutable_vacancy()->clear_scian_class();
  unclassified.mutable_vacancy()->clear_scian_origin();
  unclassified.mutable_vacancy()->clear_minutes_a_day();
  ASSERT_OK(Create(english));
  ASSERT_OK(Create(unclassified));
  ASSERT_OK(Create(Welder("closed")));
  ASSERT_OK(Close("vacancies/closed", v1::CLOSE_REASON_FILLED));
  v1::GetVacancyStatisticsRequest automotive;
  automotive.add_state_codes("14");
  automotive.add_scian_prefixes("336");
  const auto told = [](v1::VacancyStatistics figures) {
    figures.clear_as_of_time();
    figures.clear_freshness_token();  // no two are alike
    figures.clear_wage_zones();
    return figures.ShortDebugString();
  };
  const std::string nation = told(Figures());
  const std::string sector = told(Figures(automotive));
  for (const char* table : {"counter", "histogram_bucket", "histogram_value"}) {
    testing::MustExecute(connection_, absl::StrCat("DELETE FROM ", table,
                                                   " WHERE cut LIKE 'S|%' OR cut LIKE 'M|%'"));
  }
  testing::MustExecute(connection_, "DELETE FROM counter WHERE measure IN (6, 7, 8)");
  testing::MustExecute(connection_,
                       "INSERT INTO counter (cut, measure, n) VALUES ('S|R|old', 2, 2)");
  EXPECT_NE(told(Figures()), nation);
  for (const sql::Migration& migration : Labor().migrations) {
    // Those that count; a key is there already.
    const bool alters = absl::StrContains(migration.text, "ALTER TABLE");
    if (migration.component == "labor" && migration.number >= 16 && !alters) {
      testing::MustExecute(connection_, migration.text);
    }
  }
  EXPECT_EQ(told(Figures()), nation);
  EXPECT_EQ(told(Figures(automotive)), sector);
  EXPECT_EQ(Figures().wage_zones_size(), 2) << "SQL can't tell";
  EXPECT_EQ(testing::MustCount(connection_, "SELECT COUNT(*) FROM counter WHERE cut = 'S|R|old'"),
            0);
}

TEST_F(VacancyFigures, AMedianBetweenTwoWagesIsExact) {
  auto low = Welder("low");
  auto high = Welder("high");
  low.mutable_vacancy()->mutable_monthly_wage()->set_units(6000);
  high.mutable_vacancy()->mutable_monthly_wage()->set_units(6000);
  high.mutable_vacancy()->mutable_monthly_wage()->set_nanos(10'000'000);
  ASSERT_OK(Create(low));
  ASSERT_OK(Create(high));
  const google::type::Money median = Figures().median_monthly_wage();
  EXPECT_EQ(median.units(), 6000);
  EXPECT_EQ(median.nanos(), 5'000'000);  // half a centavo
}

TEST_F(VacancyFigures, TheRealFileGivesTheNationsFigures) {
  const std::string file = RealFile();
  if (file.empty()) GTEST_SKIP() << "the file of vacancies is not there (docs/example-files.md)";
  ASSERT_OK_AND_ASSIGN(const auto loaded, Load(file));
  EXPECT_EQ(loaded.loaded_count(), 10'173);
  const v1::VacancyStatistics figures = Figures();
  EXPECT_EQ(figures.vacancy_count(), 10'173);
  EXPECT_EQ(figures.median_monthly_wage().units(), 6000);
  EXPECT_EQ(figures.asking_english_count(), 499);
  EXPECT_EQ(figures.language_count(), 10'173) << "it says \"No es requisito\"";
  EXPECT_EQ(figures.hours_suspect_count(), 210);
  EXPECT_EQ(figures.hours_count(), 10'173);
  EXPECT_EQ(figures.offer_months_size(), 1);
  EXPECT_EQ(figures.wage_zones_size(), 2);
  EXPECT_EQ(figures.first_offer_date().day(), 1);
  EXPECT_EQ(figures.last_offer_date().day(), 31);
  const auto triple = [](const v1::OutcomeCounts& counts) {
    return std::vector<int64_t>{counts.passed(), counts.failed(), counts.unknown()};
  };
  using ::testing::ElementsAre;
  EXPECT_THAT(triple(figures.quality().wage()), ElementsAre(3279, 6894, 0));
  EXPECT_THAT(triple(figures.quality().contract()), ElementsAre(8730, 1395, 48));
  EXPECT_THAT(triple(figures.quality().hours()), ElementsAre(2699, 7474, 0));
  EXPECT_THAT(triple(figures.quality().rest()), ElementsAre(8140, 2033, 0));
  EXPECT_THAT(triple(figures.quality().verdict()), ElementsAre(647, 9522, 4));
}

}  // namespace
}  // namespace puente::labor
