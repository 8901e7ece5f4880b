// The ledger of hours: who claims, confirms, disputes and voids, what counts, and files of it.
#include <gmock/gmock.h>

#include <thread>

#include "tests/agencies/load_file.h"
#include "tests/education/dual/dual.h"

namespace puente::education {
namespace {

using puente::testing::HasReason;
using puente::testing::RowsOf;
using puente::testing::SendFile;
using ::testing::AnyOf;
using ::testing::ElementsAre;
using testing::Hours;
using testing::In;
using testing::Party;
using testing::Plans;
using testing::Today;

class HourEntries : public testing::Dual {
 protected:
  std::string Running(const std::string& id = "one", const std::string& outcomes = "") {
    Draft draft = {Learner()};
    if (!outcomes.empty()) draft.outcomes = outcomes;
    return Plan(id, draft);
  }
  std::vector<std::string> Listed(Party& party, const std::string& parent,
                                  const std::string& filter) {
    const auto page = party.Ask(&Hours::ListHourEntries,
                                absl::StrCat("parent: '", parent, "' filter: '", filter, "'"));
    EXPECT_OK(page);
    std::vector<std::string> ids;
    if (!page.ok()) return ids;
    for (const auto& one : page->hour_entries()) ids.push_back(IdOf(one.name()));
    return ids;
  }
};

TEST_F(HourEntries, CountOnceBothSidesHaveSaidSo) {
  const std::string plan = Running();
  ASSERT_OK_AND_ASSIGN(const auto claimed, Claim(a, plan, "e", -1, 120));
  EXPECT_EQ(claimed.state(), v1::HOUR_ENTRY_STATE_CLAIMED);
  EXPECT_EQ(claimed.claimed_by(), v1::DUAL_PARTY_ORGANIZATION);
  EXPECT_EQ(claimed.source(), "organization.a");
  EXPECT_EQ(MinutesOf(a, plan)[0], "1: 600 planned, 0 carried, 120 claimed, 0 confirmed");
  EXPECT_THAT(Confirm(a, claimed.name()), HasReason("HOUR_ENTRY_OWN"));
  ASSERT_OK_AND_ASSIGN(const auto confirmed, Confirm(acme, claimed.name()));
  EXPECT_EQ(confirmed.state(), v1::HOUR_ENTRY_STATE_CONFIRMED);
  EXPECT_TRUE(confirmed.has_confirm_time());
  EXPECT_EQ(MinutesOf(acme, plan)[0], "1: 600 planned, 0 carried, 0 claimed, 120 confirmed");
  ASSERT_OK_AND_ASSIGN(const auto of_company, Claim(acme, plan, "f", -1, 30));
  EXPECT_EQ(of_company.claimed_by(), v1::DUAL_PARTY_COMPANY);
  EXPECT_EQ(of_company.source(), "company.acme");
  EXPECT_THAT(Confirm(acme, of_company.name()), HasReason("HOUR_ENTRY_OWN"));
  const auto hours = a.Ask(&Plans::GetDualPlanHours, Named(plan));
  ASSERT_OK(hours);
  EXPECT_EQ(hours->organization_owed_count(), 1);
  EXPECT_EQ(hours->company_owed_count(), 0);
  EXPECT_OK(Confirm(a, of_company.name()));
}

TEST_F(HourEntries, AreNeverMoreThanThePlan) {
  const std::string plan = Running("one", Outcome(1, 100));
  ASSERT_OK(Claim(a, plan, "e", -1, 60));
  ASSERT_OK(Claim(a, plan, "f", -1, 60));
  ASSERT_OK(Confirm(acme, EntryName(plan, "e")));
  EXPECT_THAT(Confirm(acme, EntryName(plan, "f")), HasReason("DUAL_MINUTES_OVER_PLAN"));
  ASSERT_OK(Claim(a, plan, "g", -1, 40));
  ASSERT_OK(Confirm(acme, EntryName(plan, "g")));
  EXPECT_THAT(MinutesOf(a, plan),
              ElementsAre("1: 100 planned, 0 carried, 60 claimed, 100 confirmed"));
}

TEST_F(HourEntries, ChangeByTheSideThatMay) {
  const std::string plan = Running();
  const std::function<absl::Status(Party&, const std::string&)> verbs[] = {
      [&](Party& party, const std::string& name) { return Confirm(party, name).status(); },
      [&](Party& party, const std::string& name) { return Dispute(party, name).status(); },
      [&](Party& party, const std::string& name) { return Void(party, name).status(); }};
  constexpr int kConfirm = 0, kDispute = 1, kVoid = 2;
  int number = 0;
  for (int state = v1::HOUR_ENTRY_STATE_CLAIMED; state <= v1::HOUR_ENTRY_STATE_VOIDED; ++state) {
    for (const int verb : {kConfirm, kDispute, kVoid}) {
      for (Party* claimer : {&a, &acme}) {
        Party& other = claimer == &a ? acme : a;
        const std::string id = absl::StrCat("e", ++number), name = EntryName(plan, id);
        ASSERT_OK(Claim(*claimer, plan, id, -1, 1));
        if (state == v1::HOUR_ENTRY_STATE_CONFIRMED) {
          ASSERT_OK(Confirm(other, name));
        }
        if (state == v1::HOUR_ENTRY_STATE_DISPUTED) {
          ASSERT_OK(Dispute(other, name));
        }
        if (state == v1::HOUR_ENTRY_STATE_VOIDED) {
          ASSERT_OK(Void(*claimer, name));
        }
        const bool open = state == v1::HOUR_ENTRY_STATE_CLAIMED ||
                          (state == v1::HOUR_ENTRY_STATE_DISPUTED && verb != kDispute);
        Party& right = verb == kVoid ? *claimer : other;
        Party& wrong = verb == kVoid ? other : *claimer;
        const absl::Status refused = verbs[verb](wrong, name);
        const std::string of_side = verb == kVoid ? "HOUR_ENTRY_NOT_OWN" : "HOUR_ENTRY_OWN";
        EXPECT_EQ(Reason(refused), open ? of_side : "HOUR_ENTRY_STATE_WRONG");
        const absl::Status done = verbs[verb](right, name);
        EXPECT_EQ(done.ok() ? "OK" : Reason(done), open ? "OK" : "HOUR_ENTRY_STATE_WRONG")
            << v1::HourEntryState_Name(state) << " " << verb;
      }
    }
  }
}

TEST_F(HourEntries, FreeTheirDayOnceTheyAreVoid) {
  const std::string plan = Running();
  ASSERT_OK(Claim(a, plan, "e", -1, 1440));
  EXPECT_THAT(Claim(acme, plan, "f", -1, 1), HasReason("DUAL_DAY_FULL"));
  ASSERT_OK(Dispute(acme, EntryName(plan, "e")));
  EXPECT_THAT(Claim(acme, plan, "f", -1, 1), HasReason("DUAL_DAY_FULL")) << "disputed is not void";
  ASSERT_OK(Void(a, EntryName(plan, "e")));
  EXPECT_OK(Claim(acme, plan, "f", -1, 1440));
  EXPECT_EQ(MinutesOf(a, plan)[0], "1: 600 planned, 0 carried, 1440 claimed, 0 confirmed");
}

TEST_F(HourEntries, KeepAMinorsDayAndWeek) {
  Limit("later", -300, 15, 17);
  Execute("UPDATE minor_limit SET weekly_minutes_most = 700 WHERE id = 'later'");
  const std::string plan = Plan("one", {.learner = Learner(16), .minor = true, .weekly_hours = 11});
  const int monday = static_cast<int>(absl::PrevWeekday(Today() - 6, absl::Weekday::monday) -
                                      Today());  // of a week that is over
  ASSERT_OK(Claim(a, plan, "one", monday, 300));
  EXPECT_THAT(Claim(acme, plan, "two", monday, 61), HasReason("DUAL_DAY_FULL"));
  ASSERT_OK(Claim(acme, plan, "two", monday, 60));
  ASSERT_OK(Claim(acme, plan, "three", monday + 6, 340));
  EXPECT_THAT(Claim(acme, plan, "four", monday + 3, 1), HasReason("DUAL_WEEK_FULL"));
  EXPECT_OK(Claim(acme, plan, "four", monday - 1, 1)) << "of the week before";
}

TEST_F(HourEntries, AreOfDaysOnWhichThePlanWentOn) {
  const std::string plan = Running();
  EXPECT_THAT(Wrong(Claim(a, plan, "e", 1, 60).status()),
              ElementsAre("hour_entry.work_date AFTER_TODAY"));
  EXPECT_THAT(Wrong(Claim(a, plan, "e", -31, 60).status()),
              ElementsAre("hour_entry.work_date OUTSIDE_PLAN"));
  EXPECT_THAT(Wrong(Claim(a, plan, "e", -1, 60, 3).status()),
              ElementsAre("hour_entry.outcome NOT_IN_PLAN"));
  EXPECT_THAT(Wrong(Claim(a, plan, "e", -1, 1441).status()),
              ElementsAre("hour_entry.minutes TOO_LARGE"));
  ASSERT_OK(a.Ask(&Plans::PauseDualPlan,
                  Named(plan, absl::StrCat("pause { cause: DUAL_PAUSE_CAUSE_OTHER until_date {",
                                           In(2), "} }"))));
  EXPECT_THAT(Wrong(Claim(a, plan, "e", 0, 60).status()),
              ElementsAre("hour_entry.work_date IN_PAUSE"));
  EXPECT_OK(Claim(a, plan, "e", -1, 60));
  ASSERT_OK(a.Ask(&Plans::EndDualPlan, Named(plan, "cause: DUAL_END_CAUSE_OTHER")));
  EXPECT_OK(Claim(a, plan, "f", -2, 60)) << "what was learned before";
  EXPECT_OK(Confirm(acme, EntryName(plan, "f")));
  const std::string learner = Learner();
  ASSERT_OK(DraftOne("two", {learner}));
  EXPECT_THAT(Claim(a, PlanName("two"), "e", -1, 60), HasReason("DUAL_PLAN_STATE_WRONG"));
}

TEST_F(HourEntries, AreOfThePlansTwoSidesAlone) {
  const std::string plan = Running();
  ASSERT_OK(Claim(a, plan, "e", -1, 60));
  EXPECT_THAT(Claim(globex, plan, "f", -1, 60, 1, "globex"), HasReason("DUAL_PLAN_NOT_FOUND"));
  EXPECT_THAT(Claim(globex, plan, "f", -1, 60), HasReason("OWNER_MISMATCH"));
  EXPECT_THAT(Claim(b, plan, "f", -1, 60), HasReason("OWNER_MISMATCH"));
  EXPECT_THAT(Wrong(Claim(a, plan, "f", -1, 60, 1, "globex").status()),
              ElementsAre("hour_entry.company COMPANY_OF_ANOTHER_PLAN"));
  for (Party* stranger : {&b, &globex}) {
    EXPECT_THAT(Confirm(*stranger, EntryName(plan, "e")), HasReason("HOUR_ENTRY_NOT_FOUND"));
    EXPECT_THAT(stranger->Ask(&Hours::GetHourEntry, Named(EntryName(plan, "e"))),
                HasReason("HOUR_ENTRY_NOT_FOUND"));
  }
  ASSERT_OK(Claim(acme, plan, "f", -1, 60));
  ASSERT_OK(Dispute(a, EntryName(plan, "f")));
  EXPECT_THAT(Listed(a, plan, ""), ElementsAre("e", "f"));
  EXPECT_THAT(Listed(a, plan, "state = DISPUTED"), ElementsAre("f"));
  const std::string all = absl::StrCat(plan.substr(0, plan.rfind('/')), "/-");
  EXPECT_THAT(Listed(a, all, "state = CLAIMED"), ElementsAre("e")) << "of all plans of one school";
  EXPECT_THAT(Listed(acme, "organizations/-/dualPlans/-",
                     "company = \"companies/acme\" AND state = CLAIMED"),
              ElementsAre("e"));
  EXPECT_THAT(Listed(acme, plan, "company = \"companies/acme\""), ElementsAre("e", "f"));
  EXPECT_THAT(acme.Ask(&Hours::ListHourEntries, absl::StrCat("parent: '", plan, "'")),
              HasReason("OWNER_LIST_REFUSED"));
}

TEST_F(HourEntries, AreConfirmedOnceByTwoAtOnce) {
  const std::string plan = Running("one", Outcome(1, 60));
  ASSERT_OK(Claim(a, plan, "e", -1, 60));
  ASSERT_OK(Claim(a, plan, "f", -2, 60));
  absl::Status one, two, again;
  std::thread first([&] { one = Confirm(acme, EntryName(plan, "e")).status(); });
  std::thread second([&] { two = Confirm(acme, EntryName(plan, "f")).status(); });
  again = Confirm(acme, EntryName(plan, "e")).status();
  first.join();
  second.join();
  EXPECT_EQ(one.ok() + two.ok() + again.ok(), 1) << one << two << again;
  EXPECT_THAT(MinutesOf(a, plan),
              ElementsAre("1: 60 planned, 0 carried, 60 claimed, 60 confirmed"));
}

TEST_F(HourEntries, ComeFromFiles) {
  const std::string plan = Running();
  Running("two");
  const auto sent = [&](Party& party, const std::string& rows) {
    api::v1::LoadRecordsHeader header;
    header.set_profile("puente-hours");
    header.set_parent("organizations/a");
    const auto done =
        SendFile(party.channel(), header,
                 "dual_plan,hour_entry_id,company,work_date,outcome,minutes\n" + rows);
    EXPECT_OK(done);
    return done.ok() ? RowsOf(party.channel(), done->load().name()) : std::vector<std::string>();
  };
  const auto row = [](const std::string& plan_id, const std::string& id, int day, int outcome,
                      int minutes) {
    return absl::StrCat(plan_id, ",", id, ",companies/acme,", absl::FormatCivilTime(Today() + day),
                        ",", outcome, ",", minutes, "\n");
  };
  EXPECT_THAT(sent(acme, row("one", "", -1, 1, 60) + row("one", "x", -1, 1, 1400) +
                             row("two", "", -2, 2, 30) + row("one", "", 1, 1, 5) +
                             row("none", "", -1, 1, 5) + row("one", "", -1, 3, 5)),
              ElementsAre("1 TAKEN", "2 REFUSED minutes DUAL_DAY_FULL", "3 TAKEN",
                          "4 REFUSED work_date AFTER_TODAY", "5 REFUSED parent DUAL_PLAN_NOT_FOUND",
                          "6 REFUSED outcome NOT_IN_PLAN"));
  EXPECT_EQ(MinutesOf(a, plan)[0], "1: 600 planned, 0 carried, 60 claimed, 0 confirmed");
  EXPECT_EQ(Count("dual_plan_day WHERE minutes > 0"), 2) << "nothing of what was refused stays";
  EXPECT_THAT(sent(acme, row("one", "", -1, 1, 60) + row("two", "", -2, 2, 30)),
              ElementsAre("1 UNCHANGED", "2 UNCHANGED"));
  Execute(absl::StrCat("UPDATE hour_entry SET state = ",
                       static_cast<int>(v1::HOUR_ENTRY_STATE_VOIDED), " WHERE outcome = 1"));
  EXPECT_THAT(sent(acme, row("one", "", -1, 1, 60) + row("one", "again", -1, 1, 60)),
              ElementsAre("1 REFUSED  RECORD_OVER", "2 TAKEN"));
}

}  // namespace
}  // namespace puente::education
