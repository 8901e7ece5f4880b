// Released figures of awards, and of enrolments that wait for one.
#include <gmock/gmock.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "common/context/values.h"
#include "tests/education/award_releases/releasing.h"

namespace puente::education {
namespace {

using ::puente::testing::Becomes;
using ::puente::testing::Called;
using ::puente::testing::HasReason;
using ::puente::testing::HostedModule;
using ::puente::testing::MustCount;
using ::puente::testing::MustExecute;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::Learned;
using testing::Releasing;

using AwardReleases = Releasing;

TEST_F(AwardReleases, TellNothingBeforeTheFirst) {
  const v1::VersionAwards none = Awards("m");
  EXPECT_EQ(none.award_count().mark(), type::v1::MARK_MISSING);
  EXPECT_FALSE(none.has_as_of_time());
  EXPECT_EQ(Waiting().waiting_count().mark(), type::v1::MARK_MISSING);
}

TEST_F(AwardReleases, CountAwardsByVersionStateSexAndQuarter) {
  AddMany(12, {.state = "09", .sex = 1});                                           // 2025-Q1
  AddMany(14, {.state = "21", .sex = 2, .begin = absl::CivilDay(2025, 4, 1)}, 20);  // 2025-Q2
  Release();
  const v1::VersionAwards all = Awards("m");
  EXPECT_EQ(all.award_count().value(), 26);
  EXPECT_TRUE(all.has_as_of_time());
  ASSERT_EQ(all.periods_size(), 2);
  EXPECT_EQ(all.periods(0).period(), "2025-Q1");
  EXPECT_EQ(all.periods(0).award_count().value(), 12);
  EXPECT_EQ(ToCivilDay(all.periods(0).first_date()), absl::CivilDay(2025, 1, 1));
  EXPECT_EQ(ToCivilDay(all.periods(1).last_date()), absl::CivilDay(2025, 6, 30));
  EXPECT_EQ(Awards("m", "09").award_count().value(), 12);
  EXPECT_EQ(Awards("m", "21", 2).award_count().value(), 14);
  EXPECT_TRUE(Suppressed(Awards("m", "21", 1).award_count())) << "nobody, which is not said";
  EXPECT_TRUE(Suppressed(Awards("none").award_count()));
}

TEST_F(AwardReleases, HideWhatAFewWouldBeTheRestOf) {
  AddMany(26, {});
  AddMany(3, {.version = "few"}, 40);
  Release();
  EXPECT_EQ(Awards().award_count().value(), 29);
  EXPECT_TRUE(Suppressed(Awards("few").award_count()));
  EXPECT_TRUE(Suppressed(Awards("m").award_count())) << "29 less 26 are those few";
}

TEST_F(AwardReleases, SayHowLongHalfTookInWholeWeeks) {
  // 20 days to the assessment, 4 to the result, 3 to the award.
  AddMany(6, {});
  AddMany(6, {.assessed_after = 40, .result_after = 20, .issued_after = 0}, 10);
  AddMany(4, {.assessed_after = 100, .result_after = -1, .issued_after = 0}, 20);
  Release();
  std::map<int, int> days;
  const v1::VersionAwards awards = Awards("m");
  for (const v1::StepDays& step : awards.step_days()) {
    days[step.step()] = step.half_within_days();
  }
  EXPECT_EQ(days[v1::AWARD_STEP_ENROLMENT_TO_ASSESSMENT], 42) << "8 of 16 within 40 days";
  EXPECT_EQ(days[v1::AWARD_STEP_ASSESSMENT_TO_RESULT], 7) << "6 of the 12 that say it";
  EXPECT_EQ(days[v1::AWARD_STEP_RESULT_TO_AWARD], 0);
  EXPECT_EQ(days[v1::AWARD_STEP_ENROLMENT_TO_AWARD], 63);
  EXPECT_THAT(Awards("m", "09").step_days(), IsEmpty()) << "of no state";
}

TEST_F(AwardReleases, SayNoStepThatFewHave) {
  AddMany(9, {});
  AddMany(9, {.result_after = -1}, 20);
  Release();
  std::set<int> steps;
  const v1::VersionAwards awards = Awards("m");
  for (const v1::StepDays& step : awards.step_days()) steps.insert(step.step());
  EXPECT_EQ(steps, (std::set<int>{v1::AWARD_STEP_ENROLMENT_TO_ASSESSMENT,
                                  v1::AWARD_STEP_ENROLMENT_TO_AWARD}));
}

TEST_F(AwardReleases, CountWhoWaitsByStage) {
  AddMany(11, {.assessed_after = -1});
  AddMany(12, {.result_after = -1, .issued_after = -1}, 20);
  AddMany(13, {.issued_after = -1}, 40);
  AddMany(10, {}, 60);                 // awarded
  AddMany(5, {.award_state = 3}, 80);  // revoked: waits again
  Release();
  const v1::VersionWaiting waiting = Waiting("m");
  EXPECT_EQ(waiting.waiting_count().value(), 41);
  std::map<int, int64_t> stages;
  for (const auto& stage : waiting.stages()) stages[stage.stage()] = stage.waiting_count().value();
  EXPECT_EQ(stages, (std::map<int, int64_t>{{v1::WAITING_STAGE_ASSESSMENT, 11},
                                            {v1::WAITING_STAGE_RESULT, 12},
                                            {v1::WAITING_STAGE_AWARD, 18}}));
  const int64_t waited = LegalDay(absl::Now()) - absl::CivilDay(2025, 1, 6);  // a Monday
  EXPECT_EQ(waiting.half_within_days(), (waited / 7 + 1) * 7);
  EXPECT_FALSE(Waiting("m", "09").has_half_within_days());
  MustExecute(other_, "UPDATE enrolment SET state = 3 WHERE id <= 'r11'");
}

// Of the three stages nobody is in a fourth: the third is what the other two leave.
TEST_F(AwardReleases, HideTwoStagesWhereOneHasFew) {
  AddMany(12, {.assessed_after = -1});
  AddMany(14, {.result_after = -1, .issued_after = -1}, 20);
  AddMany(4, {.issued_after = -1}, 40);
  Release();
  const v1::VersionWaiting waiting = Waiting("m");
  EXPECT_EQ(waiting.waiting_count().value(), 30);
  EXPECT_LE(waiting.stages_size(), 1);
}

TEST_F(AwardReleases, CountStaysOfThoseWhoLearnAVersion) {
  AddMany(12, {.assessed_after = -1});
  AddMany(11, {.version = "other", .assessed_after = -1}, 20);
  AddStays(1, 12);
  AddStays(1, 2, 8);   // refused: there was no seat
  AddStays(13, 3, 5);  // released
  Release();
  const v1::VersionAwards told = Awards("m");
  EXPECT_EQ(told.stay_count().value(), 12);
  EXPECT_TRUE(told.has_stay_as_of_time());
  ASSERT_EQ(told.stages_size(), 1);
  EXPECT_EQ(told.stages(0).stage(), type::v1::STAY_STAGE_STARTED);
  EXPECT_EQ(told.stages(0).stay_count().value(), 12);
  EXPECT_TRUE(Suppressed(Awards("other").stay_count())) << "nobody, which is not said";
  EXPECT_TRUE(Suppressed(Awards("m", "21").stay_count()));
  EXPECT_FALSE(Awards("m", "", 1).has_stay_count()) << "of no sex";
  EXPECT_TRUE(Suppressed(told.award_count())) << "nobody has an award";
}

TEST_F(AwardReleases, HideTheStaysOfAFew) {
  AddMany(12, {.assessed_after = -1});
  AddMany(11, {.version = "other", .assessed_after = -1}, 20);
  AddStays(1, 12);
  AddStays(13, 5);
  Release();
  EXPECT_EQ(Awards().stay_count().value(), 17);
  EXPECT_TRUE(Suppressed(Awards("other").stay_count()));
  EXPECT_TRUE(Suppressed(Awards("m").stay_count())) << "17 less 12 are those five";
}

TEST_F(AwardReleases, LeaveOutTheRunningQuarter) {
  const absl::CivilDay today = LegalDay(absl::Now());
  AddMany(15, {.begin = today - 27});  // issued today
  AddMany(11, {}, 20);
  Release();
  EXPECT_EQ(Awards("m").award_count().value(), 11);
  ASSERT_OK_AND_ASSIGN(const auto list, List());
  const absl::CivilDay last = ToCivilDay(list.award_releases(0).last_date());
  EXPECT_LT(last, today);
  EXPECT_GE(last, today - 92);
}

TEST_F(AwardReleases, TakeAMergedPersonForOne) {
  for (int i = 0; i < 10; ++i) AddPerson(absl::StrCat("p", i), i == 3 ? "persons/p7" : "");
  AddMany(10, {});
  Release();
  EXPECT_TRUE(Suppressed(Awards("m").award_count())) << "9 persons";
  AddMany(1, {}, 10);
  Release();
  EXPECT_EQ(Awards("m").award_count().value(), 11) << "of 10 persons";
  // Who is merged now takes nothing away and brings nothing.
  MustExecute(other_, "UPDATE person SET merged_into = 'persons/p7' WHERE id IN ('p3', 'p8')");
  Release();
  EXPECT_EQ(Awards("m").award_count().value(), 11);
}

TEST_F(AwardReleases, GoOnCountingDestroyedPersons) {
  for (int i = 0; i < 10; ++i) AddPerson(absl::StrCat("p", i));
  AddMany(10, {});
  Release();
  MustExecute(other_, "UPDATE person SET state = 3, sealed = '' WHERE id = 'p4'");
  MustExecute(other_, "UPDATE learner SET state = 3, sealed = '' WHERE person = 'persons/p4'");
  Release();
  EXPECT_EQ(Awards("m").award_count().value(), 10);
}

TEST_F(AwardReleases, TellOfRevokedAwardsTogetherAlone) {
  AddMany(40, {});
  Release();
  const v1::VersionAwards before = Awards("m");
  ASSERT_EQ(before.award_count().value(), 40);
  Revoke(1, 1);
  Release();
  EXPECT_EQ(Awards("m").award_count().value(), 40) << "39 would tell whose was revoked";
  EXPECT_EQ(Awards("m").as_of_time().ShortDebugString(), before.as_of_time().ShortDebugString());
  Revoke(2, 8);
  Release();
  EXPECT_EQ(Awards("m").award_count().value(), 40) << "9";
  Revoke(10, 1);
  Release();
  EXPECT_EQ(Awards("m").award_count().value(), 30);
  ASSERT_OK_AND_ASSIGN(const auto list, List());
  EXPECT_EQ(Awards("m", "", 0, list.award_releases(list.award_releases_size() - 1).name())
                .award_count()
                .value(),
            40)
      << "what was told stays";
}

// A release may take minutes: what else is due meanwhile is done.
TEST_F(AwardReleases, HoldUpNoOtherWork) {
  AddMany(12, {});
  Release();
  sql::Connection lock(target_);
  MustExecute(lock, "LOCK TABLES figure_cell WRITE");
  v1::ReleaseAwardsRequest ask;
  ask.set_request_id(crypto::Uuid4());
  ASSERT_OK(Called(*releases_, &Stub::ReleaseAwards, ask));
  ASSERT_TRUE(Becomes([&] {
    return MustCount(other_,
                     "SELECT COUNT(*) FROM due WHERE kind = 'awards.release' AND holder > ''") == 1;
  }));
  MustExecute(other_, "UPDATE due SET claim_time = '2026-01-01' WHERE kind = 'persons.sweep'");
  EXPECT_TRUE(Becomes([&] {
    return MustCount(other_,
                     "SELECT COUNT(*) FROM due WHERE kind = 'persons.sweep'"
                     " AND claim_time > UTC_TIMESTAMP(6)") == 1;
  }));
  MustExecute(lock, "UNLOCK TABLES");
}

// A figure that others change while somebody's change waits is as new as what they changed, and so
// are the days until then.
TEST_F(AwardReleases, AreOfTheReleaseThatToldThemSo) {
  AddMany(12, {.assessed_after = -1});
  AddMany(12, {.state = "21", .assessed_after = -1}, 20);
  Release();
  MustExecute(other_, "UPDATE figure_release SET create_time = create_time - INTERVAL 30 DAY");
  MustExecute(other_, "UPDATE enrolment SET state = 3 WHERE id = 'r1'");
  AddMany(30, {.state = "21", .begin = LegalDay(absl::Now()), .assessed_after = -1}, 40);
  Release();
  const int64_t yesterday = absl::ToUnixSeconds(absl::Now() - absl::Hours(24));
  const v1::VersionWaiting all = Waiting("m");
  EXPECT_EQ(all.waiting_count().value(), 54) << "r1 waits";
  EXPECT_GT(all.as_of_time().seconds(), yesterday);
  EXPECT_EQ(all.half_within_days(), 7) << "this week";
  EXPECT_EQ(Waiting("m", "09").waiting_count().value(), 12);
  EXPECT_LT(Waiting("m", "09").as_of_time().seconds(), yesterday);
  // It is taken back: nothing waits any more.
  MustExecute(other_, "UPDATE enrolment SET state = 1 WHERE id = 'r1'");
  Release();
  EXPECT_EQ(Waiting("m", "09").waiting_count().value(), 12);
  EXPECT_GT(Waiting("m", "09").as_of_time().seconds(), yesterday);
}

// A made-up country, read wholly as anybody can, beside what it comes to.
class AwardFigures : public Releasing {
 protected:
  static constexpr int kVersions = 4, kStates = 5, kQuarters = 3, kSexes = 4;

  AwardFigures() {
    std::mt19937 random(15);
    const auto skewed = [&](int n) {
      return static_cast<int>(std::min(random() % n, random() % n));
    };
    for (int i = 0; i < 900; ++i) {
      const int state = skewed(kStates);
      all_.push_back({.person = absl::StrCat("p", random() % 600),
                      .version = Version(1 + skewed(kVersions)),
                      .state = state == kStates - 1 ? "" : State(1 + state),
                      .sex = static_cast<int>(random() % 40 == 0 ? 3 : random() % 2 + 1),
                      .begin = absl::CivilDay(2025, 1 + 3 * skewed(kQuarters), 1) +
                               static_cast<int>(random() % 20)});
    }
    Add(all_);
    Release();
  }

  // Of numbers; 0 is all.
  static std::string Version(int number) { return number == 0 ? "" : absl::StrCat("v", number); }
  static std::string State(int number) { return number == 0 ? "" : absl::StrCat("0", number); }

  struct Truth {
    int64_t awards = 0;
    std::set<std::string> persons;
  };
  Truth TruthOf(int version, int state, int sex, int quarter) const {
    Truth truth;
    for (const Learned& one : all_) {
      if (version != 0 && one.version != Version(version)) continue;
      if (state != 0 && one.state != State(state)) continue;
      if (sex != 0 && one.sex != sex) continue;
      if (quarter != 0 && (one.issued().month() - 1) / 3 + 1 != quarter) continue;
      ++truth.awards;
      truth.persons.insert(one.person);
    }
    return truth;
  }

  std::vector<Learned> all_;
};

TEST_F(AwardFigures, AreWhatCountingOneByOneGivesOrNotTold) {
  int told = 0;
  const auto check = [&](const type::v1::Figure& figure, const Truth& truth) {
    if (Suppressed(figure)) return;
    ++told;
    EXPECT_EQ(figure.value(), truth.awards);
    EXPECT_GE(truth.persons.size(), 10u);
  };
  for (int version = 0; version <= kVersions; ++version) {
    for (int state = 0; state < kStates; ++state) {
      for (int sex = 0; sex < kSexes; ++sex) {
        const v1::VersionAwards awards = Awards(Version(version), State(state), sex);
        check(awards.award_count(), TruthOf(version, state, sex, 0));
        for (const auto& period : awards.periods()) {
          check(period.award_count(), TruthOf(version, state, sex, period.period().back() - '0'));
        }
      }
    }
  }
  EXPECT_GT(told, 60);
}

// What a told total leaves when what is told of its states, or of its sexes, is taken off.
TEST_F(AwardFigures, LeaveNoFewWhenPartsAreTakenOffTheirTotal) {
  int checked = 0;
  const auto check = [&](int64_t total, const std::vector<v1::VersionAwards>& parts) {
    int hidden = 1;  // those of whom it is not known
    for (const v1::VersionAwards& part : parts) {
      hidden += Suppressed(part.award_count());
      total -= part.award_count().value();
    }
    ++checked;
    EXPECT_GE(total, 0);
    // Whoever is left is one of several groups, nobody knows which, or is of many.
    EXPECT_TRUE(hidden > 1 || total == 0 || total >= 10) << total;
  };
  for (int version = 0; version <= kVersions; ++version) {
    const v1::VersionAwards all = Awards(Version(version));
    ASSERT_FALSE(Suppressed(all.award_count())) << version;
    std::vector<v1::VersionAwards> states, sexes;
    for (int state = 1; state < kStates; ++state)
      states.push_back(Awards(Version(version), State(state)));
    for (int sex = 1; sex < kSexes; ++sex) sexes.push_back(Awards(Version(version), "", sex));
    check(all.award_count().value(), states);
    check(all.award_count().value(), sexes);
  }
  EXPECT_EQ(checked, 2 * (kVersions + 1));
}

TEST_F(AwardReleases, OfAThousandVersionsCostAsFewStatementsAsOfOne) {
  std::vector<Learned> all;
  for (int i = 0; i < 11'000; ++i) {
    all.push_back({.person = absl::StrCat("p", i), .version = absl::StrCat("v", i % 1000)});
  }
  Add(all);
  Release();
  const auto statements = [&](int versions) {
    v1::GetAwardSummaryRequest request;
    for (int i = 0; i < versions; ++i) {
      request.add_microcredential_versions(VersionName(absl::StrCat("v", i)));
    }
    MustExecute(other_, "TRUNCATE mysql.general_log");
    MustExecute(other_, "SET GLOBAL general_log = 1");
    const auto summary = Called(*releases_, &Stub::GetAwardSummary, request);
    MustExecute(other_, "SET GLOBAL general_log = 0");
    EXPECT_OK(summary);
    EXPECT_EQ(summary->versions_size(), versions);
    EXPECT_EQ(summary->versions(versions - 1).award_count().value(), 11);
    return MustCount(other_,
                     "SELECT COUNT(*) FROM mysql.general_log WHERE command_type = 'Execute' AND"
                     " thread_id IN (SELECT thread_id FROM mysql.general_log"
                     " WHERE argument LIKE '%FROM figure_cell%')");
  };
  MustExecute(other_, "SET GLOBAL log_output = 'TABLE'");
  const int64_t of_one = statements(1);
  EXPECT_GT(of_one, 0);
  EXPECT_EQ(statements(1000), of_one);
  EXPECT_LE(of_one, 10);
}

TEST_F(AwardReleases, AreKeptAndListedTheLastOneFirst) {
  AddMany(12, {});
  Release();
  AddMany(14, {.version = "n"}, 20);
  Release();
  ASSERT_OK_AND_ASSIGN(const auto all, List());
  ASSERT_GE(all.award_releases_size(), 2);
  const v1::AwardRelease& last = all.award_releases(0);
  v1::GetAwardReleaseRequest get;
  get.set_name(last.name());
  ASSERT_OK_AND_ASSIGN(const auto got, Called(*releases_, &Stub::GetAwardRelease, get));
  EXPECT_EQ(got.create_time().ShortDebugString(), last.create_time().ShortDebugString());
  EXPECT_EQ(got.record_kind(), type::v1::RECORD_KIND_REAL);
  EXPECT_EQ(Awards("n").award_count().value(), 14);
  const std::string first = all.award_releases(1).name();
  EXPECT_TRUE(Suppressed(Awards("n", "", 0, first).award_count()));
  ASSERT_OK_AND_ASSIGN(const auto page, List(1));
  ASSERT_OK_AND_ASSIGN(const auto next, List(1, page.next_page_token()));
  EXPECT_EQ(next.award_releases(0).name(), first);
  EXPECT_THAT(List(1, "edited"), HasReason("INVALID_PAGE_TOKEN"));
}

TEST_F(AwardReleases, ThatAreNotThereAreNotFound) {
  v1::GetAwardReleaseRequest get;
  get.set_name("awardReleases/1");
  EXPECT_THAT(Called(*releases_, &Stub::GetAwardRelease, get),
              HasReason("AWARD_RELEASE_NOT_FOUND"));
  v1::GetAwardSummaryRequest awards;
  awards.set_release("awardReleases/1");
  EXPECT_THAT(Called(*releases_, &Stub::GetAwardSummary, awards),
              HasReason("AWARD_RELEASE_NOT_FOUND"));
  v1::GetWaitingSummaryRequest waiting;
  waiting.set_release("awardReleases/1");
  EXPECT_THAT(Called(*releases_, &Stub::GetWaitingSummary, waiting),
              HasReason("AWARD_RELEASE_NOT_FOUND"));
}

TEST_F(AwardReleases, AreNotToldForATokenOfAnother) {
  v1::GetAwardSummaryRequest request;
  request.set_at_least("made up");
  EXPECT_THAT(Called(*releases_, &Stub::GetAwardSummary, request),
              HasReason("INVALID_FRESHNESS_TOKEN"));
}

TEST_F(AwardReleases, AreToldToAllWhoPlanAndMadeForTheMinistry) {
  for (const char* path : {"company/acme", "organization/a", "certifier/a", "gateway"}) {
    HostedModule reader(Education(), target_, path);
    const auto stub = v1::AwardReleaseService::NewStub(reader.channel());
    EXPECT_OK(Called(*stub, &Stub::GetAwardSummary, v1::GetAwardSummaryRequest())) << path;
    EXPECT_OK(Called(*stub, &Stub::GetWaitingSummary, v1::GetWaitingSummaryRequest())) << path;
    v1::ReleaseAwardsRequest ask;
    ask.set_request_id(crypto::Uuid4());
    EXPECT_THAT(Called(*stub, &Stub::ReleaseAwards, ask), HasReason("CALLER_REFUSED")) << path;
  }
}

}  // namespace
}  // namespace puente::education
