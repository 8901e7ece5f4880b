// Figures about vacancies.
#include <gmock/gmock.h>

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
  EXPECT_EQ(figures.hours_suspect_count(), 210);
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
