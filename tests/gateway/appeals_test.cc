// What an organization appeals, who answers, and what comes of it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/context/values.h"
#include "tests/gateway/decisions.h"

namespace puente::gateway {
namespace {

using ::puente::testing::Called;
using ::puente::testing::HasReason;
using ::puente::testing::MustExecute;

TEST_F(Decisions, AreAppealedByTheOrganizationAndAnsweredByAnother) {
  Seen body(*this, "certifier/a", education_.channel());
  InReview(body, "s");
  ASSERT_OK(Decide(body, "return", Deciding("s", v1::DECISION_KIND_RETURN)));
  ASSERT_OK(Appeal("return"));
  EXPECT_THAT(Appeal("return"), HasReason("DECISION_STATE_WRONG"));
  EXPECT_THAT(Uphold(body, "return", kReviewer), HasReason("SAME_ACTOR"));
  ASSERT_OK(Uphold(body, "return", kOther));
  EXPECT_EQ(GetDecision(body, "return").appeal_actor(), kOther);
  EXPECT_THAT(Appeal("return"), HasReason("DECISION_STATE_WRONG"));
}

TEST_F(Decisions, AreAppealedInTimeAndOnlyIfTheyRefuse) {
  Seen body(*this, "certifier/a", education_.channel());
  Certified(body, "s");
  EXPECT_THAT(Appeal("s"), HasReason("NOT_APPEALABLE"));
  InReview(body, "t");
  ASSERT_OK(Decide(body, "t", Deciding("t", v1::DECISION_KIND_RETURN)));
  sql::Connection connection(gateway_schema_);
  MustExecute(connection, "UPDATE decision SET appeal_due_date = '2026-01-01' WHERE id = 't'");
  EXPECT_THAT(Appeal("t"), HasReason("APPEAL_TOO_LATE"));
}

TEST_F(Decisions, ReplaceTheOneUnderAppeal) {
  Seen body(*this, "certifier/a", education_.channel());
  InReview(body, "s");
  ASSERT_OK(Open("s", "d"));
  v1::Decision reject = Deciding("s", v1::DECISION_KIND_REJECT);
  reject.set_dossier("dossiers/d");
  ASSERT_OK(Decide(body, "reject", reject));
  const v1::Decision certify = Replacing(Certifying("s", "d"), "reject");
  EXPECT_THAT(Decide(body, "x", certify, kOther), HasReason("DECISION_STATE_WRONG"));
  ASSERT_OK(Appeal("reject"));
  EXPECT_THAT(Decide(body, "x", certify), HasReason("SAME_ACTOR"));
  EXPECT_THAT(Decide(body, "x", Replacing(reject, "reject"), kOther), HasReason("INVALID_FIELDS"));
  ASSERT_OK(Decide(body, "certify", certify, kOther));
  ASSERT_TRUE(Reaches(body, "s", v1::SUBMISSION_STATE_CERTIFIED));
  EXPECT_EQ(GetDecision(body, "reject").state(), v1::DECISION_STATE_REPLACED);
  EXPECT_EQ(GetDecision(body, "reject").replaced_by(), "certifiers/a/decisions/certify");
}

TEST_F(Decisions, LeaveTheAppealOpenWhereEducationRefusesWhatWasToReplace) {
  Seen body(*this, "certifier/a", education_.channel());
  Certified(body, "first");
  InReview(body, "s");
  ASSERT_OK(Open("s", "d"));
  ASSERT_OK(Decide(body, "return", Deciding("s", v1::DECISION_KIND_RETURN)));
  ASSERT_OK(Appeal("return"));
  ASSERT_OK(Decide(body, "certify", Replacing(Certifying("s", "d"), "return"), kOther));
  ASSERT_TRUE(Reaches(body, "certify", v1::DECISION_STATE_NOT_RECORDED));
  EXPECT_EQ(GetDecision(body, "return").state(), v1::DECISION_STATE_UNDER_APPEAL);
  EXPECT_EQ(GetDecision(body, "return").replaced_by(), "");
  EXPECT_EQ(Get(body, "s").state(), v1::SUBMISSION_STATE_RETURNED);
  EXPECT_EQ(Get(body, "s").state_reason(), "Porque sí.") << "why it was returned";
  EXPECT_EQ(GetDecision(body, "certify").refusal(), "CERTIFICATION_OVERLAPS");
  EXPECT_EQ(Get(body, "s").certification(), "");
}

TEST_F(Decisions, ThatReplaceAnswerWhatWasFound) {
  Seen body(*this, "certifier/a");
  InReview(body, "s");
  ASSERT_OK(Open("s", "d"));
  v1::CreateFindingRequest create;
  create.set_parent(kBody);
  create.set_finding_id("f");
  create.mutable_finding()->set_submission(Name("s"));
  create.mutable_finding()->set_target("workload_hours");
  create.mutable_finding()->set_kind(v1::FINDING_KIND_REQUIRED);
  create.mutable_finding()->set_text("Pocas.");
  ASSERT_OK(Called(*body.findings, &v1::FindingService::Stub::CreateFinding, create, nullptr, "",
                   kReviewer));
  ASSERT_OK(Decide(body, "return", Deciding("s", v1::DECISION_KIND_RETURN)));
  ASSERT_OK(Appeal("return"));
  EXPECT_OK(Decide(body, "certify", Replacing(Certifying("s", "d"), "return"), kOther));
}

TEST_F(Decisions, AreNotMadeAroundAnAppeal) {
  Seen body(*this, "certifier/a", education_.channel());
  Certified(body, "s");
  ASSERT_OK(Decide(body, "suspend", Deciding("s", v1::DECISION_KIND_SUSPEND)));
  ASSERT_TRUE(Reaches(body, "suspend", v1::DECISION_STATE_IN_FORCE));
  ASSERT_OK(Appeal("suspend"));
  EXPECT_THAT(Decide(body, "withdraw", Deciding("s", v1::DECISION_KIND_WITHDRAW)),
              HasReason("APPEAL_OPEN"));
  ASSERT_OK(Uphold(body, "suspend", kOther));
  ASSERT_OK(Decide(body, "resume", Deciding("s", v1::DECISION_KIND_RESUME)));
  ASSERT_TRUE(Reaches(body, "resume", v1::DECISION_STATE_IN_FORCE));
}

TEST_F(Decisions, AreNotAppealedOnceAnotherCameAfter) {
  Seen body(*this, "certifier/a", education_.channel());
  Certified(body, "s");
  ASSERT_OK(Decide(body, "suspend", Deciding("s", v1::DECISION_KIND_SUSPEND)));
  ASSERT_TRUE(Reaches(body, "suspend", v1::DECISION_STATE_IN_FORCE));
  ASSERT_OK(Decide(body, "resume", Deciding("s", v1::DECISION_KIND_RESUME)));
  ASSERT_TRUE(Reaches(body, "resume", v1::DECISION_STATE_IN_FORCE));
  EXPECT_THAT(Appeal("suspend"), HasReason("DECIDED_SINCE"));
}

TEST_F(Decisions, TakeBackASuspensionUnderAppeal) {
  Seen body(*this, "certifier/a", education_.channel());
  Certified(body, "s");
  ASSERT_OK(Decide(body, "suspend", Deciding("s", v1::DECISION_KIND_SUSPEND)));
  ASSERT_TRUE(Reaches(body, "suspend", v1::DECISION_STATE_IN_FORCE));
  ASSERT_OK(Appeal("suspend"));
  ASSERT_OK(Decide(body, "resume", Replacing(Deciding("s", v1::DECISION_KIND_RESUME), "suspend"),
                   kOther));
  ASSERT_TRUE(Reaches(body, "resume", v1::DECISION_STATE_IN_FORCE));
  EXPECT_EQ(Held(Get(body, "s").certification()), education::v1::CERTIFICATION_STATE_ACTIVE);
}

// What has ended meanwhile can't be resumed.
TEST_F(Decisions, CertifyAnewWhereASuspensionUnderAppealHasOutlastedItsCertification) {
  Seen body(*this, "certifier/a", education_.channel());
  Certified(body, "s");
  const std::string first = Get(body, "s").certification();
  ASSERT_OK(Decide(body, "suspend", Deciding("s", v1::DECISION_KIND_SUSPEND)));
  ASSERT_TRUE(Reaches(body, "suspend", v1::DECISION_STATE_IN_FORCE));
  ASSERT_OK(Appeal("suspend"));
  const v1::Decision anew = Replacing(Certifying("s", "s"), "suspend");
  v1::Decision later = anew;
  *later.mutable_start_date() = puente::ToProto(absl::CivilDay(2099, 1, 1));
  later.clear_end_date();
  EXPECT_THAT(Decide(body, "later", later, kOther), HasReason("INVALID_FIELDS"));
  ASSERT_OK(Decide(body, "early", anew, kOther));
  ASSERT_TRUE(Reaches(body, "early", v1::DECISION_STATE_NOT_RECORDED)) << "it could be resumed";
  EXPECT_EQ(GetDecision(body, "suspend").state(), v1::DECISION_STATE_UNDER_APPEAL);
  EXPECT_EQ(Get(body, "s").state(), v1::SUBMISSION_STATE_CERTIFIED);
  EXPECT_EQ(Get(body, "s").certification(), first);
  sql::Connection education(education_schema_);
  MustExecute(education,
              "UPDATE certification SET start_date = '2026-01-01', end_date = '2026-01-31'");
  ASSERT_OK(Decide(body, "anew", anew, kOther));
  ASSERT_TRUE(Reaches(body, "anew", v1::DECISION_STATE_IN_FORCE));
  EXPECT_EQ(GetDecision(body, "suspend").state(), v1::DECISION_STATE_REPLACED);
  EXPECT_NE(Get(body, "s").certification(), first);
  EXPECT_EQ(Held(Get(body, "s").certification()), education::v1::CERTIFICATION_STATE_ACTIVE);
}

}  // namespace
}  // namespace puente::gateway
