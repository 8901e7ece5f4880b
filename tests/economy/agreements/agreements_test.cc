// Agreements: whose they are to do, and that they are overdue by themselves.
#include <gmock/gmock.h>

#include "tests/economy/work.h"
#include "tests/testing/wait.h"

namespace puente::economy {
namespace {

using puente::testing::Becomes;
using puente::testing::HasReason;
using testing::Day;
using ::testing::ElementsAre;
using testing::kProvenance;
using testing::Party;
using Stub = v1::AgreementService::Stub;

class AgreementsTest : public testing::Work {
 protected:
  AgreementsTest() {
    EXPECT_OK(Plan("held", Day(2026, 1, 15)));
    EXPECT_OK(Hold("held"));
  }
  absl::StatusOr<v1::Agreement> Agree(const std::string& id, const std::string& due,
                                      const std::string& owner = "organization/utt",
                                      const std::string& session = "held") {
    return economy.Ask(
        &Stub::CreateAgreement,
        absl::StrCat("agreement_id: '", id, "' agreement { session: 'sectorTables/auto/sessions/",
                     session, "' text_es: 'Abrir un taller' owner: '", owner, "' due_date {", due,
                     "}", kProvenance, "}"));
  }
  absl::StatusOr<v1::Agreement> Get(const std::string& id) {
    return economy.Ask(&Stub::GetAgreement, absl::StrCat("name: 'agreements/", id, "'"));
  }
  static std::string Named(const std::string& id, const std::string& more = "") {
    return absl::StrCat("name: 'agreements/", id, "' ", more);
  }
  // As if its last day had passed; due work finds out only where it is `woken`.
  void LetPass(const std::string& id, bool woken) {
    Execute(absl::StrCat("UPDATE agreement SET due_date = '2026-02-01' WHERE id = '", id, "'"));
    const std::string key = absl::StrCat(" WHERE item_key = '", id, "'");
    if (woken) Execute("UPDATE due SET due_time = NOW(6), claim_time = '2026-01-01'" + key);
  }
  bool IsOverdue(const std::string& id) {
    const auto agreement = Get(id);
    return agreement.ok() && agreement->state() == v1::AGREEMENT_STATE_OVERDUE;
  }
  int64_t Waiting() { return Count("SELECT COUNT(*) FROM due WHERE kind = 'agreements.late'"); }
};

TEST_F(AgreementsTest, AreOfASessionThatWasHeldAndDueAfterIt) {
  ASSERT_OK(Plan("planned", Day(2026)));
  const auto not_held = Agree("one", Day(2199), "agency/labor", "planned");
  EXPECT_THAT(not_held, HasReason("TABLE_SESSION_STATE_WRONG"));
  EXPECT_EQ(MetadataOf(not_held.status(), "wanted"), "TABLE_SESSION_STATE_HELD");
  EXPECT_THAT(Agree("one", Day(2199), "agency/labor", "none"),
              HasReason("TABLE_SESSION_NOT_FOUND"));
  const auto too_early = Agree("one", Day(2026, 1, 14));
  EXPECT_THAT(too_early, HasReason("INVALID_FIELDS"));
  EXPECT_THAT(too_early.status().message(), ::testing::HasSubstr("2026-01-15"));
  EXPECT_EQ(Count("SELECT COUNT(*) FROM agreement"), 0);
  EXPECT_EQ(Waiting(), 0) << "nothing is left of what was refused";
  EXPECT_OK(Agree("one", Day(2026, 1, 15)));
  EXPECT_THAT(
      economy.Ask(&Stub::UpdateAgreement, "agreement { name: 'agreements/one' due_date {" +
                                              Day(2025) + "} } update_mask { paths: 'due_date' }"),
      HasReason("INVALID_FIELDS"));
}

TEST_F(AgreementsTest, AreBegunAndFinishedByTheirOwnersAlone) {
  Party utt(database, "organization/utt"), other(database, "organization/other"),
      labor(database, "agency/labor"), acme(database, "company/acme");
  ASSERT_OK(Agree("school", Day(2199)));
  ASSERT_OK(Agree("ministry", Day(2199), "agency/labor"));
  for (Party* party : {&other, &labor}) {
    EXPECT_THAT(party->Ask(&Stub::BeginAgreement, Named("school")), HasReason("OWNER_MISMATCH"));
    EXPECT_THAT(party->Ask(&Stub::FinishAgreement, Named("school", "evidence: 'Fotos'")),
                HasReason("OWNER_MISMATCH"));
  }
  EXPECT_THAT(utt.Ask(&Stub::BeginAgreement, Named("ministry")), HasReason("OWNER_MISMATCH"));
  EXPECT_THAT(acme.Ask(&Stub::BeginAgreement, Named("school")), HasReason("CALLER_REFUSED"));
  EXPECT_THAT(utt.Ask(&Stub::DropAgreement, Named("school", "reason: 'No'")),
              HasReason("CALLER_REFUSED"));
  ASSERT_OK_AND_ASSIGN(const auto begun, utt.Ask(&Stub::BeginAgreement, Named("school")));
  EXPECT_EQ(begun.state(), v1::AGREEMENT_STATE_IN_PROGRESS);
  EXPECT_TRUE(begun.has_begin_time());
  EXPECT_THAT(utt.Ask(&Stub::FinishAgreement, Named("school")), HasReason("INVALID_FIELDS"));
  ASSERT_OK_AND_ASSIGN(const auto done,
                       utt.Ask(&Stub::FinishAgreement, Named("school", "evidence: 'Fotos'")));
  EXPECT_EQ(done.state(), v1::AGREEMENT_STATE_DONE);
  EXPECT_EQ(done.evidence(), "Fotos");
  EXPECT_OK(labor.Ask(&Stub::FinishAgreement, Named("ministry", "evidence: 'DOF'")));
  EXPECT_EQ(Waiting(), 0) << "what is done is never late";
  EXPECT_THAT(utt.Ask(&Stub::ReviewAgreement, Named("school", "fulfilment: FULFILMENT_FULLY")),
              HasReason("CALLER_REFUSED"));
  ASSERT_OK_AND_ASSIGN(
      const auto reviewed,
      economy.Ask(&Stub::ReviewAgreement, Named("school", "fulfilment: FULFILMENT_PARTLY")));
  EXPECT_EQ(reviewed.fulfilment(), v1::FULFILMENT_PARTLY);
  EXPECT_EQ(reviewed.state(), v1::AGREEMENT_STATE_DONE);
}

// Each party hosts the module, and with it a scheduler of its due work.
TEST_F(AgreementsTest, AreOverdueByThemselvesOnceWhoeverLooks) {
  Party second(database, "agency/labor");
  ASSERT_OK(Agree("late", Day(2199)));
  ASSERT_OK(Agree("in-time", Day(2199)));
  ASSERT_EQ(Waiting(), 2);
  LetPass("late", true);
  ASSERT_TRUE(Becomes([&] { return IsOverdue("late"); }));
  ASSERT_OK_AND_ASSIGN(const auto late, Get("late"));
  EXPECT_EQ(late.etag(), "v2") << "marked once";
  EXPECT_EQ(late.overdue_date().month(), 2);
  EXPECT_EQ(late.overdue_date().day(), 2);
  ASSERT_TRUE(Becomes([&] { return Waiting() == 1; }));
  ASSERT_OK_AND_ASSIGN(const auto in_time, Get("in-time"));
  EXPECT_EQ(in_time.state(), v1::AGREEMENT_STATE_OPEN);
}

// The row says that it is due, the day that it is not.
TEST_F(AgreementsTest, AreNotOverdueBecauseDueWorkLooks) {
  ASSERT_OK(Agree("early", Day(2199)));
  Execute("UPDATE due SET due_time = NOW(6), claim_time = '2026-01-01' WHERE item_key = 'early'");
  // It waits for its day again, however early it was looked at.
  ASSERT_TRUE(Becomes([&] {
    return Count("SELECT COUNT(*) FROM due WHERE item_key = 'early' AND due_time > '2199-01-01'") ==
           1;
  }));
  ASSERT_OK_AND_ASSIGN(const auto early, Get("early"));
  EXPECT_EQ(early.state(), v1::AGREEMENT_STATE_OPEN);
  EXPECT_EQ(early.etag(), "v1");
}

TEST_F(AgreementsTest, AreLateByTheirDayWhateverDueWorkHasDone) {
  Party utt(database, "organization/utt");
  for (const bool marked : {false, true}) {
    SCOPED_TRACE(marked);
    const std::string begun = marked ? "begun-1" : "begun-0", done = marked ? "done-1" : "done-0";
    ASSERT_OK(Agree(begun, Day(2199)));
    ASSERT_OK(Agree(done, Day(2199)));
    for (const std::string& id : {begun, done}) LetPass(id, marked);
    if (marked) {
      ASSERT_TRUE(Becomes([&] { return IsOverdue(begun) && IsOverdue(done); }));
    }
    ASSERT_OK_AND_ASSIGN(const auto after, utt.Ask(&Stub::BeginAgreement, Named(begun)));
    EXPECT_EQ(after.state(), v1::AGREEMENT_STATE_IN_PROGRESS);
    EXPECT_EQ(after.overdue_date().day(), 2);
    ASSERT_OK_AND_ASSIGN(const auto finished,
                         utt.Ask(&Stub::FinishAgreement, Named(done, "evidence: 'Al fin'")));
    EXPECT_EQ(finished.state(), v1::AGREEMENT_STATE_DONE);
    EXPECT_EQ(finished.overdue_date().day(), 2);
  }
  // Due work that comes behind who has begun changes nothing.
  Execute(
      "UPDATE due SET due_time = NOW(6), claim_time = '2026-01-01' WHERE kind = 'agreements.late'");
  ASSERT_TRUE(Becomes([&] { return Waiting() == 0; }));
  ASSERT_OK_AND_ASSIGN(const auto begun, Get("begun-0"));
  EXPECT_EQ(begun.state(), v1::AGREEMENT_STATE_IN_PROGRESS);
}

TEST_F(AgreementsTest, ArePutOffByALaterLastDay) {
  ASSERT_OK_AND_ASSIGN(const auto made, Agree("one", Day(2026, 1, 20)));
  EXPECT_EQ(made.state(), v1::AGREEMENT_STATE_OVERDUE) << "its day was past when it was recorded";
  EXPECT_EQ(Waiting(), 0);
  ASSERT_OK_AND_ASSIGN(
      const auto put_off,
      economy.Ask(&Stub::UpdateAgreement, "agreement { name: 'agreements/one' due_date {" +
                                              Day(2199) + "} } update_mask { paths: 'due_date' }"));
  EXPECT_EQ(put_off.state(), v1::AGREEMENT_STATE_OPEN);
  EXPECT_FALSE(put_off.has_overdue_date());
  EXPECT_EQ(Waiting(), 1);
}

TEST_F(AgreementsTest, AreListedByTheirLastDays) {
  ASSERT_OK(Agree("a", Day(2199)));
  ASSERT_OK(Agree("b", Day(2197)));
  ASSERT_OK(Agree("c", Day(2198), "agency/labor"));
  const auto ids = [&](const std::string& filter) {
    std::vector<std::string> found;
    const auto page = economy.Ask(&Stub::ListAgreements, absl::StrCat("filter: '", filter, "'"));
    EXPECT_OK(page);
    for (const v1::Agreement& agreement : page->agreements()) found.push_back(agreement.name());
    return found;
  };
  EXPECT_THAT(ids("state = OPEN"), ElementsAre("agreements/b", "agreements/c", "agreements/a"));
  EXPECT_THAT(ids("owner = \\\"organization/utt\\\" AND state = OPEN"),
              ElementsAre("agreements/b", "agreements/a"));
  EXPECT_THAT(ids("owner = \\\"agency/labor\\\""), ElementsAre("agreements/c"));
  EXPECT_THAT(ids("session = \\\"sectorTables/auto/sessions/held\\\""),
              ElementsAre("agreements/a", "agreements/b", "agreements/c"));
}

}  // namespace
}  // namespace puente::economy
