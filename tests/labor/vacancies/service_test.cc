// Vacancies recorded, closed and listed.
#include <map>

#include "puente/labor/v1/skill.grpc.pb.h"
#include "tests/labor/vacancies/hosted.h"

namespace puente::labor {
namespace {

using ::puente::testing::Called;
using ::puente::testing::HasReason;
using ::puente::testing::HostedModule;
using ::puente::testing::MustCount;
using SkillStub = v1::SkillService::Stub;

TEST_F(LaborService, JudgesWhatIsRecorded) {
  ASSERT_OK_AND_ASSIGN(const v1::Vacancy vacancy, Create(Welder("w")));
  EXPECT_EQ(vacancy.state(), v1::VACANCY_STATE_OPEN);
  EXPECT_EQ(vacancy.supplier(), "supplier/portal");
  EXPECT_EQ(vacancy.quality().verdict(), v1::OUTCOME_PASSED);
  EXPECT_EQ(vacancy.post_count(), 1);
  ASSERT_OK_AND_ASSIGN(const v1::Vacancy got, Get(vacancy.name()));
  EXPECT_EQ(got.SerializeAsString(), vacancy.SerializeAsString());
}

TEST_F(LaborService, ClosingTwiceKeepsTheFirstReason) {
  ASSERT_OK(Create(Welder("w")));
  ASSERT_OK(Close("vacancies/w", v1::CLOSE_REASON_FILLED));
  EXPECT_THAT(Close("vacancies/w", v1::CLOSE_REASON_WITHDRAWN),
              HasReason("VACANCY_ALREADY_CLOSED"));
  ASSERT_OK_AND_ASSIGN(const v1::Vacancy got, Get("vacancies/w"));
  EXPECT_EQ(got.close_reason(), v1::CLOSE_REASON_FILLED);
}

TEST_F(LaborService, AnEtagOfAnEarlierVersionIsRefused) {
  ASSERT_OK(Create(Welder("w")));
  EXPECT_THAT(Close("vacancies/w", v1::CLOSE_REASON_FILLED, "v7"), HasReason("ETAG_MISMATCH"));
  EXPECT_OK(Close("vacancies/w", v1::CLOSE_REASON_FILLED, "v1"));
}

TEST_F(LaborService, ASupplierClosesOnlyItsOwn) {
  ASSERT_OK(Create(Welder("w")));
  HostedModule other(Labor(), target_, "supplier/other", Config());
  VacancyStub stub(other.channel());
  v1::CloseVacancyRequest request;
  request.set_name("vacancies/w");
  request.set_reason(v1::CLOSE_REASON_FILLED);
  EXPECT_THAT(Called(stub, &VacancyStub::CloseVacancy, request), HasReason("OWNER_MISMATCH"));
  HostedModule ministry(Labor(), target_, "agency/labor", Config());
  VacancyStub own(ministry.channel());
  EXPECT_OK(Called(own, &VacancyStub::CloseVacancy, request));
}

TEST_F(LaborService, AnUnknownSkillIsNamed) {
  auto request = Welder("w");
  request.mutable_vacancy()->add_skills("skills/none");
  EXPECT_THAT(Create(request), HasReason("SKILL_NOT_FOUND"));
  EXPECT_EQ(MustCount(connection_, "SELECT COUNT(*) FROM vacancy"), 0);
}

TEST_F(LaborService, TheListBehindAFigureHasAsManyRows) {
  for (const std::string id : {"a", "b", "c", "d"}) {
    auto request = Welder(id);
    if (id == "d") request.mutable_vacancy()->set_days_a_week(7);
    ASSERT_OK(Create(request));
  }
  ASSERT_OK(Close("vacancies/a", v1::CLOSE_REASON_FILLED));
  for (const auto& [filter, rows] : std::map<std::string, int>{
           {"", 4},
           {"record_kind = REAL AND state = OPEN", 3},
           {"record_kind = REAL AND state = OPEN AND state_code = \"14\"", 3},
           {"record_kind = REAL AND state = OPEN AND verdict = FAILED", 1},
           {"record_kind = REAL AND state = OPEN AND state_code = \"14\" AND verdict = PASSED", 2},
           {"record_kind = REAL AND state = OPEN AND scian_class = \"336*\"", 3},
           {"record_kind = REAL AND state = OPEN AND state_code = \"09\" AND scian_class = "
            "\"336*\"",
            0}}) {
    v1::ListVacanciesRequest request;
    request.set_filter(filter);
    const auto page = Called(vacancies_, &VacancyStub::ListVacancies, request);
    ASSERT_OK(page);
    EXPECT_EQ(page->vacancies_size(), rows) << filter;
  }
}

}  // namespace
}  // namespace puente::labor
