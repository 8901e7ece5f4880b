// Calls to schools, and what schools answer.
#include <gmock/gmock.h>

#include <thread>

#include "common/context/clock.h"
#include "common/context/values.h"
#include "google/rpc/error_details.pb.h"
#include "modules/economy/school_calls/rules.h"
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
using Calls = v1::SchoolCallService::Stub;
using Stub = v1::SchoolResponseService::Stub;

class Responses : public testing::Work {
 protected:
  Responses() {
    EXPECT_OK(Propose(economy, "one", "agency/economy"));
    EXPECT_OK(Decide(&v1::ProposalService::Stub::ReviewProposal, "one"));
  }
  absl::StatusOr<v1::SchoolCall> CallSchools(const std::string& id, const std::string& proposal,
                                             const std::string& end) {
    return economy.Ask(
        &Calls::CreateSchoolCall,
        absl::StrCat("school_call_id: '", id, "' school_call { proposal: 'proposals/", proposal,
                     "' text_es: '¿Quién puede?' end_date {", end, "}", kProvenance, "}"));
  }
  absl::StatusOr<v1::SchoolResponse> Answer(Party& party, const std::string& school_call,
                                            const std::string& id, const std::string& organization,
                                            const std::string& more = "can_do: CAN_DO_YES") {
    return party.Ask(&Stub::CreateSchoolResponse,
                     absl::StrCat("parent: 'schoolCalls/", school_call, "' school_response_id: '",
                                  id, "' school_response { organization: 'organizations/",
                                  organization, "' seats: 30 ", more,
                                  party.caller() == testing::kEconomy ? kProvenance : "", "}"));
  }
  absl::StatusOr<v1::SchoolCall> PutOff(const std::string& id, const std::string& end) {
    return economy.Ask(&Calls::UpdateSchoolCall,
                       absl::StrCat("school_call { name: 'schoolCalls/", id, "' end_date {", end,
                                    "} } update_mask { paths: 'end_date' }"));
  }
  v1::SchoolCall Get(const std::string& id) {
    const auto found =
        economy.Ask(&Calls::GetSchoolCall, absl::StrCat("name: 'schoolCalls/", id, "'"));
    EXPECT_OK(found);
    return found.value_or(v1::SchoolCall());
  }
  // As if its last day had passed, and due work looked.
  void LetPass(const std::string& id) {
    Execute(absl::StrCat("UPDATE school_call SET end_date = '2026-02-01' WHERE id = '", id, "'"));
    Wake(id);
  }
  void Wake(const std::string& id) {
    Execute(
        absl::StrCat("UPDATE due SET due_time = NOW(6), claim_time = '2026-01-01'"
                     " WHERE item_key = '",
                     id, "'"));
  }
  int64_t Waiting() { return Count("SELECT COUNT(*) FROM due WHERE kind = 'school_calls.over'"); }

  Party utt{database, "organization/utt"}, uaq{database, "organization/uaq"};
};

TEST_F(Responses, AreToCallsAboutProposalsThatAreReviewedOrAdopted) {
  EXPECT_OK(CallSchools("in-review", "one", Day(2199)));
  ASSERT_OK(Propose(economy, "two", "agency/economy"));
  EXPECT_THAT(CallSchools("submitted", "two", Day(2199)), HasReason("PROPOSAL_STATE_WRONG"));
  EXPECT_THAT(CallSchools("none", "none", Day(2199)), HasReason("PROPOSAL_NOT_FOUND"));
  ASSERT_OK(Decide(&v1::ProposalService::Stub::AdoptProposal, "one"));
  EXPECT_OK(CallSchools("adopted", "one", Day(2198)));
  ASSERT_OK_AND_ASSIGN(const auto open, utt.Ask(&Calls::ListSchoolCalls, "filter: 'state = OPEN'"));
  ASSERT_EQ(open.school_calls_size(), 2);
  EXPECT_EQ(open.school_calls(0).name(), "schoolCalls/adopted") << "whose last day is nearest";
}

TEST_F(Responses, AreTheSchoolsOwn) {
  ASSERT_OK(CallSchools("c", "one", Day(2199)));
  ASSERT_OK_AND_ASSIGN(const auto made, Answer(utt, "c", "utts", "utt"));
  EXPECT_EQ(made.name(), "schoolCalls/c/responses/utts");
  EXPECT_EQ(made.seats(), 30);
  EXPECT_THAT(Answer(utt, "c", "not", "uaq"), HasReason("OWNER_MISMATCH"));
  EXPECT_OK(Answer(economy, "c", "on-paper", "itq"));
  Party acme(database, "company/acme");
  EXPECT_THAT(Answer(acme, "c", "not", "utt"), HasReason("CALLER_REFUSED"));
  const std::string change = absl::StrCat("school_response { name: '", made.name(),
                                          "' seats: 25 } update_mask { paths: 'seats' }");
  EXPECT_THAT(uaq.Ask(&Stub::UpdateSchoolResponse, change), HasReason("OWNER_MISMATCH"));
  ASSERT_OK_AND_ASSIGN(const auto changed, utt.Ask(&Stub::UpdateSchoolResponse, change));
  EXPECT_EQ(changed.seats(), 25);
  ASSERT_OK_AND_ASSIGN(const auto own,
                       utt.Ask(&Stub::ListSchoolResponses,
                               "parent: 'schoolCalls/-'"
                               " filter: 'organization = \\\"organizations/utt\\\"'"));
  EXPECT_EQ(own.school_responses_size(), 1);
}

TEST_F(Responses, SayWhatIsMissing) {
  ASSERT_OK(CallSchools("c", "one", Day(2199)));
  for (const char* can : {"CAN_DO_NO", "CAN_DO_IF_HELPED"}) {
    const auto silent = Answer(utt, "c", "a", "utt", absl::StrCat("can_do: ", can));
    EXPECT_THAT(silent, HasReason("INVALID_FIELDS"));
    EXPECT_THAT(silent.status().message(), ::testing::HasSubstr("school_response.missing"));
  }
  EXPECT_OK(Answer(utt, "c", "a", "utt", "can_do: CAN_DO_IF_HELPED missing: 'Dos soldadoras'"));
  const absl::Status seats_of_none =
      Answer(uaq, "c", "b", "uaq", "can_do: CAN_DO_NO missing: 'Todo'").status();
  EXPECT_EQ(MetadataOf(seats_of_none, "field"), "school_response.seats");
  EXPECT_EQ(MetadataOf(seats_of_none, "rule"), "SEATS_THOUGH_IT_CANNOT");
}

TEST_F(Responses, NameTheCheckThatTheyRestOn) {
  ASSERT_OK(CallSchools("c", "one", Day(2199)));
  const auto resting = [](const std::string& campus, int64_t seconds) {
    return absl::StrCat("can_do: CAN_DO_YES feasibility { campus: '", campus,
                        "' as_of_time { seconds: ", seconds, " } freshness_token: 'abc-_1' }");
  };
  const std::string own = "organizations/utt/campuses/norte";
  const int64_t now = absl::ToUnixSeconds(absl::Now());
  for (const auto& [wrong, rule] :
       {std::pair(resting("organizations/uaq/campuses/sur", now), "CAMPUS_OF_OTHER_SCHOOL"),
        std::pair(resting("organizations/utt2/campuses/norte", now), "CAMPUS_OF_OTHER_SCHOOL"),
        std::pair(resting(own, now + 3600), "CHECK_TO_COME"),
        std::pair(std::string("can_do: CAN_DO_YES feasibility { as_of_time { seconds: 1 } }"),
                  "REQUIRED")}) {
    const auto refused = Answer(utt, "c", "a", "utt", wrong);
    EXPECT_THAT(refused, HasReason("INVALID_FIELDS"));
    EXPECT_THAT(BadRequestOf(refused.status()).ShortDebugString(), ::testing::HasSubstr(rule));
  }
  ASSERT_OK_AND_ASSIGN(const auto made, Answer(utt, "c", "a", "utt", resting(own, now)));
  ASSERT_OK_AND_ASSIGN(const auto found, uaq.Ask(&Stub::GetSchoolResponse,
                                                 absl::StrCat("name: '", made.name(), "'")));
  EXPECT_EQ(found.feasibility().campus(), own);
  EXPECT_EQ(found.feasibility().as_of_time().seconds(), now);
  EXPECT_EQ(found.feasibility().freshness_token(), "abc-_1");
}

TEST_F(Responses, AreTakenUntilTheLastDay) {
  ASSERT_OK(CallSchools("past", "one", Day(2026)));
  const auto late = Answer(utt, "past", "a", "utt");
  EXPECT_THAT(late, HasReason("SCHOOL_CALL_OVER"));
  EXPECT_EQ(MetadataOf(late.status(), "end_date"), "2026-01-01");
  ASSERT_OK(CallSchools("c", "one", Day(2199)));
  ASSERT_OK(Answer(utt, "c", "a", "utt"));
  ASSERT_OK(economy.Ask(&Calls::CloseSchoolCall, "name: 'schoolCalls/c'"));
  EXPECT_THAT(Answer(uaq, "c", "b", "uaq"), HasReason("SCHOOL_CALL_OVER"));
  EXPECT_THAT(utt.Ask(&Stub::UpdateSchoolResponse,
                      "school_response { name: 'schoolCalls/c/responses/a' seats: 1 }"),
              HasReason("SCHOOL_CALL_OVER"));
  EXPECT_EQ(Count("SELECT COUNT(*) FROM school_answer"), 1) << "nothing is left of the refused";
}

// Each party hosts the module, and with it a scheduler of its due work.
TEST_F(Responses, AreToCallsThatCloseByThemselvesOnceWhoeverLooks) {
  ASSERT_OK(CallSchools("over", "one", Day(2199)));
  ASSERT_OK(CallSchools("early", "one", Day(2199)));
  ASSERT_EQ(Waiting(), 2);
  LetPass("over");
  ASSERT_TRUE(Becomes([&] { return Get("over").state() == v1::SCHOOL_CALL_STATE_CLOSED; }));
  EXPECT_EQ(Get("over").etag(), "v2") << "closed once";
  EXPECT_THAT(Answer(utt, "over", "a", "utt"), HasReason("SCHOOL_CALL_OVER"));
  // The row says that it is due, the day that it is not.
  Wake("early");
  // It waits for its day again, however early it was looked at.
  ASSERT_TRUE(Becomes([&] {
    return Count("SELECT COUNT(*) FROM due WHERE item_key = 'early' AND due_time > '2199-01-01'") ==
           1;
  }));
  EXPECT_EQ(Get("early").state(), v1::SCHOOL_CALL_STATE_OPEN);
  EXPECT_EQ(Get("early").etag(), "v1");
}

TEST_F(Responses, AreTakenAgainByACallThatIsPutOff) {
  ASSERT_OK_AND_ASSIGN(const auto past, CallSchools("past", "one", Day(2026)));
  EXPECT_EQ(past.state(), v1::SCHOOL_CALL_STATE_CLOSED);
  EXPECT_EQ(Waiting(), 0);
  ASSERT_OK_AND_ASSIGN(const auto still, PutOff("past", Day(2026, 2)));
  EXPECT_EQ(still.state(), v1::SCHOOL_CALL_STATE_CLOSED) << "that day is past as well";
  ASSERT_OK_AND_ASSIGN(const auto open, PutOff("past", Day(2199)));
  EXPECT_EQ(open.state(), v1::SCHOOL_CALL_STATE_OPEN);
  EXPECT_EQ(Waiting(), 1);
  EXPECT_OK(Answer(utt, "past", "a", "utt"));
  ASSERT_OK(economy.Ask(&Calls::CloseSchoolCall, "name: 'schoolCalls/past'"));
  EXPECT_EQ(Waiting(), 0) << "what is closed is not closed again";
  ASSERT_OK_AND_ASSIGN(const auto sooner, PutOff("past", Day(2198)));
  EXPECT_EQ(sooner.state(), v1::SCHOOL_CALL_STATE_CLOSED) << "Economy has closed it";
}

TEST_F(Responses, AreToNothingThatWasDeclined) {
  ASSERT_OK(CallSchools("c", "one", Day(2199)));
  ASSERT_OK(CallSchools("closed", "one", Day(2026)));
  ASSERT_OK(Answer(uaq, "c", "b", "uaq"));
  ASSERT_OK(Decide(&v1::ProposalService::Stub::DeclineProposal, "one", "reason: 'Ya existe'"));
  const auto late = Answer(utt, "c", "a", "utt");
  EXPECT_THAT(late, HasReason("PROPOSAL_STATE_WRONG"));
  EXPECT_EQ(MetadataOf(late.status(), "name"), "proposals/one");
  EXPECT_THAT(uaq.Ask(&Stub::UpdateSchoolResponse,
                      "school_response { name: 'schoolCalls/c/responses/b' seats: 1 }"),
              HasReason("PROPOSAL_STATE_WRONG"));
  for (const char* id : {"c", "closed"}) {
    EXPECT_THAT(PutOff(id, Day(2199, 2)), HasReason("PROPOSAL_STATE_WRONG")) << id;
  }
  EXPECT_OK(economy.Ask(&Calls::CloseSchoolCall, "name: 'schoolCalls/c'"));
}

// Mexico City is six hours behind UTC.
TEST(SchoolCalls, AreOverAsTheNextDayBeginsInMexicoCity) {
  v1::SchoolCall school_call;
  school_call.set_state(v1::SCHOOL_CALL_STATE_OPEN);
  *school_call.mutable_end_date() = ToProto(absl::CivilDay(2026, 11, 30));
  const absl::Time over = OverFrom(school_call);
  EXPECT_EQ(over, absl::FromCivil(absl::CivilHour(2026, 12, 1, 6), absl::UTCTimeZone()));
  const absl::CivilDay last = LegalDay(over - absl::Microseconds(1));
  CloseIfOver(last, school_call);
  EXPECT_TRUE(TakesAnswers(school_call, last));
  EXPECT_FALSE(TakesAnswers(school_call, LegalDay(over))) << "closed or not";
  CloseIfOver(LegalDay(over), school_call);
  EXPECT_EQ(school_call.state(), v1::SCHOOL_CALL_STATE_CLOSED);
}

TEST_F(Responses, AreGivenOnceWhoeverRaces) {
  ASSERT_OK(CallSchools("c", "one", Day(2199)));
  constexpr int kRacers = 6;
  std::vector<std::thread> racers;
  for (int i = 0; i < kRacers; ++i) {
    racers.emplace_back([this, i] {
      const auto answered = Answer(utt, "c", absl::StrCat("r", i), "utt");
      EXPECT_TRUE(answered.ok() || Reason(answered.status()) == "SCHOOL_CALL_ANSWERED")
          << answered.status();
    });
  }
  for (std::thread& racer : racers) racer.join();
  EXPECT_EQ(Count("SELECT COUNT(*) FROM school_response"), 1);
  EXPECT_THAT(Answer(utt, "c", "more", "utt"), HasReason("SCHOOL_CALL_ANSWERED"));
  EXPECT_OK(Answer(uaq, "c", "uaqs", "uaq"));
}

}  // namespace
}  // namespace puente::economy
