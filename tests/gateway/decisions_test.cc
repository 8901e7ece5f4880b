// What a body decides: in every state, by whom, on which days, and what it comes to.
#include "tests/gateway/decisions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <set>
#include <thread>

#include "absl/strings/str_cat.h"
#include "gateway/decisions/rules.h"
#include "puente/gateway/v1/agenda.grpc.pb.h"

namespace puente::gateway {
namespace {

using ::puente::testing::Becomes;
using ::puente::testing::Called;
using ::puente::testing::HasReason;
using ::puente::testing::HostedModule;
using ::puente::testing::MustExecute;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

// What of a kind waits in the caller's agenda.
std::vector<v1::AgendaItem> Waiting(HostedModule& seen, v1::AgendaKind kind) {
  auto stub = v1::AgendaService::NewStub(seen.channel());
  const auto agenda = Called(*stub, &v1::AgendaService::Stub::GetAgenda, v1::GetAgendaRequest(),
                             nullptr, "administration");
  EXPECT_OK(agenda);
  std::vector<v1::AgendaItem> items;
  if (!agenda.ok()) return items;
  for (const v1::AgendaItem& item : agenda->items()) {
    if (item.kind() == kind) items.push_back(item);
  }
  return items;
}
std::vector<std::string> NamesWaiting(HostedModule& seen, v1::AgendaKind kind) {
  std::vector<std::string> names;
  for (const v1::AgendaItem& item : Waiting(seen, kind)) names.push_back(item.name());
  return names;
}

TEST_F(Decisions, AreTakenInTheStatesOfTheirKindAlone) {
  Seen body(*this, "certifier/a");
  InReview(body, "s");
  ASSERT_OK(Open("s", "d"));
  const auto dated = [&](v1::DecisionKind kind) {
    v1::Decision decision = Deciding("s", kind);
    if (kind == v1::DECISION_KIND_REJECT || kind == v1::DECISION_KIND_RENEW) {
      decision.set_dossier("dossiers/d");
    }
    if (kind == v1::DECISION_KIND_RENEW) *decision.mutable_end_date() = Day(2099, 12, 31);
    return decision;
  };
  sql::Connection connection(gateway_schema_);
  for (int state = v1::SUBMISSION_STATE_SUBMITTED; state <= v1::SUBMISSION_STATE_WITHDRAWN;
       ++state) {
    MustExecute(
        connection,
        absl::StrCat("UPDATE submission SET certification = 'certifications/c', reviewer = '",
                     kReviewer, "', state = ", state));
    for (int kind = v1::DECISION_KIND_CERTIFY; kind <= v1::DECISION_KIND_WITHDRAW; ++kind) {
      SCOPED_TRACE(absl::StrCat(kind, " in ", v1::SubmissionState_Name(state)));
      const v1::Decision decision = kind == v1::DECISION_KIND_CERTIFY
                                        ? Certifying("s", "d")
                                        : dated(static_cast<v1::DecisionKind>(kind));
      const auto checked = Decide(body, "x", decision, kReviewer, true);
      if (KindOf(decision.kind()).from == state) {
        EXPECT_OK(checked);
      } else {
        EXPECT_THAT(checked, HasReason("SUBMISSION_STATE_WRONG"));
      }
    }
  }
}

TEST_F(Decisions, AreMadeByTheReviewerAlone) {
  Seen body(*this, "certifier/a");
  ASSERT_OK(Submit("s"));
  EXPECT_THAT(Assign(body, "s", "nobody"), HasReason("INVALID_FIELDS"));
  EXPECT_THAT(Assign(body, "s", "clerk-1"), HasReason("INVALID_FIELDS"));
  ASSERT_OK(Assign(body, "s"));
  const v1::Decision returned = Deciding("s", v1::DECISION_KIND_RETURN);
  EXPECT_THAT(Decide(body, "x", returned, kOther), HasReason("NOT_THE_REVIEWER"));
  EXPECT_THAT(Decide(body, "x", returned, "clerk-1"), HasReason("ACTOR_REFUSED"));
  EXPECT_OK(Decide(body, "x", returned));
}

TEST_F(Decisions, AreNotMadeWhereAReviewerIsPartial) {
  {
    Seen body(*this, "certifier/a");
    InReview(body, "s");
  }
  sql::Connection connection(gateway_schema_);
  v1::CertifierChange change = Entry(v1::CERTIFIER_CHANGE_KIND_AMEND);
  v1::ReviewerConflict& conflict = *change.add_reviewer_conflicts();
  conflict.set_reviewer(kReviewer);
  conflict.set_organization("organizations/a");
  Register(change);
  Seen body(*this, "certifier/a");
  EXPECT_THAT(Decide(body, "x", Deciding("s", v1::DECISION_KIND_RETURN)),
              HasReason("CONFLICT_DECLARED"));
  EXPECT_THAT(Open("s", "d"), HasReason("CONFLICT_DECLARED"));
  EXPECT_THAT(Assign(body, "s", kOther), HasReason("CONFLICT_DECLARED"));
}

TEST_F(Decisions, AreNotDatedBack) {
  Seen body(*this, "certifier/a");
  InReview(body, "s");
  ASSERT_OK(Open("s", "d"));
  v1::Decision decision = Certifying("s", "d");
  *decision.mutable_start_date() = Day(2026, 1, 1);
  EXPECT_THAT(Decide(body, "x", decision), HasReason("INVALID_FIELDS"));
  decision.clear_start_date();
  *decision.mutable_end_date() = Day(2026, 1, 2);
  EXPECT_THAT(Decide(body, "x", decision), HasReason("INVALID_FIELDS"));
  EXPECT_EQ(Get(body, "s").state(), v1::SUBMISSION_STATE_IN_REVIEW);
}

TEST_F(Decisions, ChangeACertificationAsLongAsItLasts) {
  Seen body(*this, "certifier/a", education_.channel());
  Certified(body, "s");
  const std::string certification = Get(body, "s").certification();
  const auto decide = [&](const char* id, v1::Decision decision) {
    ASSERT_OK(Decide(body, id, decision, kOther));
    ASSERT_TRUE(Reaches(body, id, v1::DECISION_STATE_IN_FORCE));
    EXPECT_EQ(GetDecision(body, id).certification(), certification);
  };
  decide("suspend", Deciding("s", v1::DECISION_KIND_SUSPEND));
  EXPECT_EQ(Held(certification), education::v1::CERTIFICATION_STATE_SUSPENDED);
  decide("resume", Deciding("s", v1::DECISION_KIND_RESUME));
  EXPECT_EQ(Held(certification), education::v1::CERTIFICATION_STATE_ACTIVE);
  v1::Decision renew = Deciding("s", v1::DECISION_KIND_RENEW);
  renew.set_dossier("dossiers/s");
  *renew.mutable_end_date() = Day(2100, 12, 31);
  decide("renew", renew);
  decide("withdraw", Deciding("s", v1::DECISION_KIND_WITHDRAW));
  EXPECT_EQ(Held(certification), education::v1::CERTIFICATION_STATE_WITHDRAWN);
  // What can't be is refused by Education, and changes nothing.
  ASSERT_OK(Decide(body, "again", Deciding("s", v1::DECISION_KIND_SUSPEND)));
  ASSERT_TRUE(Reaches(body, "again", v1::DECISION_STATE_NOT_RECORDED));
  EXPECT_EQ(GetDecision(body, "again").refusal(), "CERTIFICATION_STATE_WRONG");
  EXPECT_EQ(Get(body, "s").state_reason(), "");
  // The body is told, for a while, unless it has decided since.
  const auto told = Waiting(body.hosted, v1::AGENDA_KIND_DECISION);
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0].name(), "certifiers/a/decisions/again");
  EXPECT_EQ(told[0].text_en(), GetDecision(body, "again").refusal_en());
  ASSERT_OK(Decide(body, "more", Deciding("s", v1::DECISION_KIND_SUSPEND)));
  ASSERT_TRUE(Reaches(body, "more", v1::DECISION_STATE_NOT_RECORDED));
  EXPECT_THAT(NamesWaiting(body.hosted, v1::AGENDA_KIND_DECISION),
              ElementsAre("certifiers/a/decisions/more"));
  sql::Connection connection(gateway_schema_);
  MustExecute(connection, "UPDATE decision SET create_time = create_time - INTERVAL 31 DAY");
  EXPECT_THAT(NamesWaiting(body.hosted, v1::AGENDA_KIND_DECISION), IsEmpty());
  EXPECT_EQ(Get(body, "s").state(), v1::SUBMISSION_STATE_CERTIFIED);
}

TEST_F(Decisions, LeaveNoFindingThatWaits) {
  Seen body(*this, "certifier/a", education_.channel());
  Publish("welding", 2);
  InReview(body, "s");
  ASSERT_OK(Submit("t", "a", "welding/versions/2"));
  ASSERT_OK(Assign(body, "t"));
  for (const char* id : {"s", "t"}) {
    v1::CreateFindingRequest create;
    create.set_parent(kBody);
    create.set_finding_id(id);
    create.mutable_finding()->set_submission(Name(id));
    create.mutable_finding()->set_target("workload_hours");
    create.mutable_finding()->set_kind(v1::FINDING_KIND_REQUIRED);
    create.mutable_finding()->set_text("Pocas.");
    ASSERT_OK(Called(*body.findings, &v1::FindingService::Stub::CreateFinding, create, nullptr, "",
                     kReviewer));
  }
  ASSERT_OK(Decide(body, "return", Deciding("s", v1::DECISION_KIND_RETURN)));
  Seen school(*this, "organization/a");
  EXPECT_THAT(NamesWaiting(school.hosted, v1::AGENDA_KIND_FINDING),
              ElementsAre("certifiers/a/findings/t"));
}

// A school is not asked for what a body says.
TEST_F(Decisions, OnLearnersAreAskedOfWhoAssesses) {
  sql::Connection education(education_schema_);
  for (const std::string of : {"", "certifiers/a"}) {
    const std::string id = of.empty() ? "own" : "of-body";
    MustExecute(education,
                absl::StrCat("INSERT INTO assessment (organization, id, version, enrolment,"
                             " learner, microcredential_version, certifier, centre, evaluator,"
                             " instrument, supervision, identity_check, attempt, assess_date,"
                             " state, grade, state_reason, source, record_kind, create_time,"
                             " update_time) VALUES ('a', '",
                             id, "', 1, 'organizations/a/enrolments/", id,
                             "', 'organizations/a/learners/l',"
                             " 'microcredentials/welding/versions/1', '",
                             of,
                             "', '', 'e', 'i', 2, 3, 1, '2026-01-01', 1, '', '', 'test', 1,"
                             " NOW(6), NOW(6))"));
  }
  Seen school(*this, "organization/a", education_.channel());
  EXPECT_THAT(NamesWaiting(school.hosted, v1::AGENDA_KIND_ASSESSMENT),
              ElementsAre("organizations/a/assessments/own"));
  Seen body(*this, "certifier/a", education_.channel());
  EXPECT_THAT(NamesWaiting(body.hosted, v1::AGENDA_KIND_ASSESSMENT),
              ElementsAre("organizations/a/assessments/of-body"));
}

TEST_F(Decisions, AreMadeOneAtATime) {
  Seen body(*this, "certifier/a");
  InReview(body, "s");
  sql::Connection connection(gateway_schema_);
  MustExecute(connection, "UPDATE submission SET certification = 'certifications/c', state = 4");
  ASSERT_OK(Decide(body, "suspend", Deciding("s", v1::DECISION_KIND_SUSPEND)));
  EXPECT_THAT(Decide(body, "withdraw", Deciding("s", v1::DECISION_KIND_WITHDRAW)),
              HasReason("ACT_UNDER_WAY"));
}

TEST_F(Decisions, WaitForNoticeOnceTheyCount) {
  Seen body(*this, "certifier/a");
  InReview(body, "s");
  ASSERT_OK(Certify(body, "s"));  // Education is away
  EXPECT_EQ(GetDecision(body, "s").acknowledgement(), v1::ACKNOWLEDGEMENT_UNSPECIFIED);
  Seen seeing(*this, "certifier/a", education_.channel());
  ASSERT_TRUE(Reaches(seeing, "s", v1::DECISION_STATE_IN_FORCE));
  EXPECT_EQ(GetDecision(seeing, "s").acknowledgement(), v1::ACKNOWLEDGEMENT_PENDING);
}

TEST_F(Decisions, RenewNothingOutsideTheScope) {
  Seen body(*this, "certifier/a", education_.channel());
  Certified(body, "s");
  sql::Connection connection(gateway_schema_);
  MustExecute(connection,
              absl::StrCat("UPDATE certifier SET state = ", int{v1::CERTIFIER_STATE_LEFT}));
  v1::Decision renew = Deciding("s", v1::DECISION_KIND_RENEW);
  renew.set_dossier("dossiers/s");
  *renew.mutable_end_date() = Day(2100, 12, 31);
  EXPECT_THAT(Decide(body, "renew", renew), HasReason("CERTIFIER_STATE_WRONG"));
}

TEST_F(Decisions, RenewNothingThatOnlyAnotherLevelsScopeCouldCover) {
  Seen body(*this, "certifier/a", education_.channel());
  Certified(body, "s");
  v1::CertifierChange change = Entry(v1::CERTIFIER_CHANGE_KIND_AMEND);
  change.mutable_scopes(0)->clear_microcredential();
  change.mutable_scopes(0)->clear_later_versions();
  change.mutable_scopes(0)->set_level("mnc:7");
  Register(change);
  v1::Decision renew = Deciding("s", v1::DECISION_KIND_RENEW);
  *renew.mutable_end_date() = Day(2100, 12, 31);
  EXPECT_THAT(Decide(body, "renew", renew), HasReason("INVALID_FIELDS"));  // without a dossier
  renew.set_dossier("dossiers/s");
  EXPECT_THAT(Decide(body, "renew", renew), HasReason("NOT_IN_SCOPE"));
}

TEST_F(Decisions, RenewInAllStatesOrNone) {
  Seen body(*this, "certifier/a", education_.channel());
  Certified(body, "s");  // in the whole country
  v1::CertifierChange change = Entry(v1::CERTIFIER_CHANGE_KIND_AMEND);
  change.mutable_scopes(0)->add_state_codes("14");
  Register(change);
  v1::Decision renew = Deciding("s", v1::DECISION_KIND_RENEW);
  renew.set_dossier("dossiers/s");
  *renew.mutable_end_date() = Day(2100, 12, 31);
  ASSERT_OK(Decide(body, "renew", renew));
  ASSERT_TRUE(Reaches(body, "renew", v1::DECISION_STATE_NOT_RECORDED));
  EXPECT_THAT(GetDecision(body, "renew").refusal_en(), ::testing::HasSubstr("states"));
  // What it certifies from now on holds there alone.
  Publish("welding", 2);
  v1::CarryOverSubmissionRequest carry_over;
  carry_over.set_name(Name("s"));
  carry_over.set_microcredential_version("microcredentials/welding/versions/2");
  carry_over.set_submission_id("t");
  ASSERT_OK(Called(*body.submissions, &v1::SubmissionService::Stub::CarryOverSubmission, carry_over,
                   nullptr, "", kOther));
  EXPECT_THAT(GetDecision(body, "t").state_codes(), ::testing::ElementsAre("14"));
}

TEST_F(Decisions, ThatEducationRefusesAtALaterAttemptEndToo) {
  {
    Seen body(*this, "certifier/a", education_.channel());
    Certified(body, "s");
  }
  v1::Decision renew = Deciding("s", v1::DECISION_KIND_RENEW);
  renew.set_dossier("dossiers/s");
  *renew.mutable_end_date() = Day(2098, 12, 31);  // it lasts longer already
  {
    Seen away(*this, "certifier/a");
    ASSERT_OK(Decide(away, "renew", renew));
    sql::Connection connection(gateway_schema_);
    ASSERT_TRUE(Becomes([&] {
      return testing::MustCount(connection,
                                "SELECT COUNT(*) FROM due WHERE kind = 'acts.run' AND attempts > 0"
                                " AND last_error = 'UNAVAILABLE'") == 1;
    }));
  }
  Seen body(*this, "certifier/a", education_.channel());
  ASSERT_TRUE(Reaches(body, "renew", v1::DECISION_STATE_NOT_RECORDED));
  EXPECT_EQ(GetDecision(body, "renew").refusal(), "INVALID_FIELDS");
  EXPECT_EQ(Get(body, "s").decision(), "certifiers/a/decisions/s");
}

TEST_F(Decisions, CarryOverWhatIsEqual) {
  Seen body(*this, "certifier/a", education_.channel());
  Certified(body, "s");
  Publish("welding", 2);
  Publish("welding", 3, 60);
  const auto carry_over = [&](const char* version, const char* id) {
    v1::CarryOverSubmissionRequest request;
    request.set_name(Name("s"));
    request.set_microcredential_version(version);
    request.set_submission_id(id);
    return Called(*body.submissions, &v1::SubmissionService::Stub::CarryOverSubmission, request,
                  nullptr, "", kOther);
  };
  EXPECT_THAT(carry_over("microcredentials/welding/versions/1", "t"), HasReason("INVALID_FIELDS"));
  EXPECT_THAT(carry_over("microcredentials/cooking/versions/2", "t"), HasReason("INVALID_FIELDS"));
  EXPECT_THAT(carry_over("microcredentials/welding/versions/9", "t"),
              HasReason("MICROCREDENTIAL_VERSION_NOT_FOUND"));
  const auto differs = carry_over("microcredentials/welding/versions/3", "t");
  EXPECT_THAT(differs, HasReason("VERSIONS_DIFFER"));
  EXPECT_THAT(differs.status().message(), ::testing::HasSubstr("workload_hours"));
  const auto carried = carry_over("microcredentials/welding/versions/2", "t");
  ASSERT_OK(carried);
  EXPECT_EQ(carried->state(), v1::SUBMISSION_STATE_CERTIFYING);
  ASSERT_TRUE(Reaches(body, "t", v1::SUBMISSION_STATE_CERTIFIED));
  const v1::Decision decision = GetDecision(body, "t");
  EXPECT_EQ(decision.carries_over(), Get(body, "s").certification());
  EXPECT_EQ(decision.end_date().year(), 2099);
  EXPECT_THAT(carry_over("microcredentials/welding/versions/2", "t"),
              HasReason("SUBMISSION_ALREADY_EXISTS"));
  // What does not hold any more is not carried over.
  ASSERT_OK(Decide(body, "withdraw", Deciding("s", v1::DECISION_KIND_WITHDRAW)));
  ASSERT_TRUE(Reaches(body, "withdraw", v1::DECISION_STATE_IN_FORCE));
  EXPECT_THAT(carry_over("microcredentials/welding/versions/2", "u"),
              HasReason("CERTIFICATION_NOT_HELD"));
}

TEST_F(Decisions, AndFindingsGoTheWaysOfTheirTables) {
  Seen body(*this, "certifier/a");
  Seen school(*this, "organization/a");
  InReview(body, "s");
  ASSERT_OK(Decide(body, "d", Deciding("s", v1::DECISION_KIND_RETURN)));
  sql::Connection connection(gateway_schema_);
  MustExecute(connection,
              absl::StrCat("UPDATE submission SET state = ", int{v1::SUBMISSION_STATE_IN_REVIEW}));
  v1::CreateFindingRequest create;
  create.set_parent(kBody);
  create.set_finding_id("f");
  create.mutable_finding()->set_submission(Name("s"));
  create.mutable_finding()->set_target("workload_hours");
  create.mutable_finding()->set_kind(v1::FINDING_KIND_ADVICE);
  create.mutable_finding()->set_text("Pocas.");
  ASSERT_OK(Called(*body.findings, &v1::FindingService::Stub::CreateFinding, create, nullptr, "",
                   kReviewer));
  const auto checked = [](auto request, const char* name) {
    request.set_name(name);
    request.set_validate_only(true);
    return request;
  };
  constexpr char kDecision[] = "certifiers/a/decisions/d", kFinding[] = "certifiers/a/findings/f";
  struct Verb {
    const char* name;
    std::set<int> from;
    std::function<absl::Status()> call;
  };
  v1::AppealDecisionRequest appeal;
  appeal.set_grounds("No.");
  v1::UpholdDecisionRequest uphold;
  uphold.set_reason("Sí.");
  using Decides = v1::DecisionService::Stub;
  using Finds = v1::FindingService::Stub;
  const auto walk = [&](const char* table, int last, const char* wrong,
                        const std::vector<Verb>& verbs) {
    for (int state = 1; state <= last; ++state) {
      MustExecute(connection, absl::StrCat("UPDATE ", table, " SET state = ", state));
      for (const Verb& verb : verbs) {
        SCOPED_TRACE(absl::StrCat(verb.name, " in ", state));
        if (verb.from.contains(state)) {
          EXPECT_OK(verb.call());
        } else {
          EXPECT_THAT(verb.call(), HasReason(wrong));
        }
      }
    }
  };
  walk("decision", v1::DECISION_STATE_REPLACED, "DECISION_STATE_WRONG",
       {{"Appeal",
         {v1::DECISION_STATE_IN_FORCE},
         [&] {
           return Called(*school.decisions, &Decides::AppealDecision, checked(appeal, kDecision),
                         nullptr, "", kOfficer)
               .status();
         }},
        {"Uphold",
         {v1::DECISION_STATE_UNDER_APPEAL},
         [&] {
           return Called(*body.decisions, &Decides::UpholdDecision, checked(uphold, kDecision),
                         nullptr, "", kOther)
               .status();
         }},
        {"Acknowledge",
         {v1::DECISION_STATE_IN_FORCE, v1::DECISION_STATE_UNDER_APPEAL, v1::DECISION_STATE_UPHELD,
          v1::DECISION_STATE_REPLACED},
         [&] {
           return Called(*school.decisions, &Decides::AcknowledgeDecision,
                         checked(v1::AcknowledgeDecisionRequest(), kDecision), nullptr, "",
                         kOfficer)
               .status();
         }}});
  v1::AnswerFindingRequest answer;
  answer.set_answer("Bastan.");
  walk("finding", v1::FINDING_STATE_CLOSED, "FINDING_STATE_WRONG",
       {{"Answer",
         {v1::FINDING_STATE_OPEN, v1::FINDING_STATE_ANSWERED},
         [&] {
           return Called(*school.findings, &Finds::AnswerFinding, checked(answer, kFinding))
               .status();
         }},
        {"Close", {v1::FINDING_STATE_OPEN, v1::FINDING_STATE_ANSWERED}, [&] {
           return Called(*body.findings, &Finds::CloseFinding,
                         checked(v1::CloseFindingRequest(), kFinding), nullptr, "", kReviewer)
               .status();
         }}});
}

TEST_F(Decisions, AreNotOvertakenByACarryOver) {
  {
    Seen body(*this, "certifier/a", education_.channel());
    Certified(body, "s");
    Publish("welding", 2);
  }
  {
    Seen away(*this, "certifier/a");
    ASSERT_OK(Decide(away, "withdraw", Deciding("s", v1::DECISION_KIND_WITHDRAW)));
  }
  // Education still says that the certification holds.
  sql::Connection connection(gateway_schema_);
  MustExecute(connection, "UPDATE due SET claim_time = '2099-01-01' WHERE kind = 'acts.run'");
  Seen body(*this, "certifier/a", education_.channel());
  v1::CarryOverSubmissionRequest request;
  request.set_name(Name("s"));
  request.set_microcredential_version("microcredentials/welding/versions/2");
  request.set_submission_id("t");
  EXPECT_THAT(Called(*body.submissions, &v1::SubmissionService::Stub::CarryOverSubmission, request,
                     nullptr, "", kOther),
              HasReason("ACT_UNDER_WAY"));
}

TEST_F(Decisions, OfTwoReviewersAtOnceOneIsMade) {
  Seen body(*this, "certifier/a");
  InReview(body, "s");
  sql::Connection connection(gateway_schema_);
  MustExecute(connection, "UPDATE submission SET certification = 'certifications/c', state = 4");
  absl::Status suspended, withdrawn;
  std::thread other([&] {
    withdrawn =
        Decide(body, "withdraw", Deciding("s", v1::DECISION_KIND_WITHDRAW), kOther).status();
  });
  suspended = Decide(body, "suspend", Deciding("s", v1::DECISION_KIND_SUSPEND)).status();
  other.join();
  EXPECT_NE(suspended.ok(), withdrawn.ok());
  EXPECT_THAT(suspended.ok() ? withdrawn : suspended, HasReason("ACT_UNDER_WAY"));
}

TEST_F(Decisions, AreTakenNoticeOf) {
  Seen body(*this, "certifier/a");
  InReview(body, "s");
  ASSERT_OK(Decide(body, "return", Deciding("s", v1::DECISION_KIND_RETURN)));
  const auto waiting = [&] {
    Seen school(*this, "organization/a");
    v1::ListDecisionsRequest list;
    list.set_parent("certifiers/-");
    list.set_filter("organization = \"organizations/a\" AND acknowledgement = PENDING");
    const auto found = Called(*school.decisions, &v1::DecisionService::Stub::ListDecisions, list);
    EXPECT_OK(found);
    return found.ok() ? found->decisions_size() : -1;
  };
  EXPECT_EQ(waiting(), 1);
  AcknowledgedBy("organization/b", "return", HasReason("ACTOR_REFUSED"));
  AcknowledgedBy("organization/a", "return",
                 ::testing::ResultOf([](const auto& a) { return a.ok(); }, true));
  EXPECT_EQ(waiting(), 0);
  EXPECT_EQ(GetDecision(body, "return").acknowledge_actor(), kOfficer);
}

}  // namespace
}  // namespace puente::gateway
