// A body certifies what an organization submitted: the gateway and Education as they are, each on a
// schema of its own, and the acts between them, with an owner that is away, refuses or was killed.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <set>

#include "absl/strings/str_cat.h"
#include "modules/economy/module.h"
#include "puente/economy/v1/proposal.grpc.pb.h"
#include "puente/education/v1/cause.grpc.pb.h"
#include "puente/education/v1/certification.grpc.pb.h"
#include "tests/gateway/certification.h"

namespace puente::gateway {
namespace {

using economy::v1::ProposalService;
using education::v1::CauseService;
using education::v1::CertificationService;
using ::puente::testing::Becomes;
using ::puente::testing::Called;
using ::puente::testing::Database;
using ::puente::testing::HasReason;
using ::puente::testing::HostedModule;
using ::puente::testing::MustExecute;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;
using v1::ActService;
using v1::Submission;
using v1::SubmissionService;

using CertificationActs = Certification;

TEST_F(CertificationActs, EndInBoth) {
  HostedModule education(education::Education(), education_schema_, "gateway");
  Seen body(*this, "certifier/a", education.channel());
  ASSERT_OK(Submit("s"));
  ASSERT_OK(Assign(body, "s"));
  const auto deciding = Certify(body, "s");
  ASSERT_OK(deciding);
  EXPECT_EQ(deciding->state(), v1::DECISION_STATE_RECORDING);
  EXPECT_EQ(Get(body, "s").state(), v1::SUBMISSION_STATE_CERTIFYING);
  ASSERT_TRUE(Reaches(body, "s", v1::SUBMISSION_STATE_CERTIFIED));
  education::v1::GetCertificationRequest request;
  request.set_name(Get(body, "s").certification());
  auto stub = CertificationService::NewStub(education.channel());
  const auto recorded = Called(*stub, &CertificationService::Stub::GetCertification, request);
  ASSERT_OK(recorded);
  EXPECT_EQ(recorded->certifier(), kBody);
  EXPECT_EQ(recorded->submission(), "certifiers/a/submissions/s");
  EXPECT_EQ(recorded->conditions(), "Dos evaluadores por centro.");
  // The act is over, and seen by agencies.
  Seen agency(*this, "agency/education");
  v1::GetActRequest act;
  act.set_name(deciding->act());
  const auto over = Called(*agency.acts, &ActService::Stub::GetAct, act);
  ASSERT_OK(over);
  EXPECT_EQ(over->state(), v1::ACT_STATE_DONE);
  EXPECT_EQ(over->caller(), "certifier/a");
  EXPECT_EQ(over->actor(), kReviewer);
  EXPECT_EQ(GetDecision(body, "s").state(), v1::DECISION_STATE_IN_FORCE);
}

TEST_F(CertificationActs, WaitForAnOwnerThatIsAway) {
  ASSERT_OK(Submit("s"));
  {
    Seen body(*this, "certifier/a");
    ASSERT_OK(Assign(body, "s"));
    ASSERT_OK(Certify(body, "s"));
    EXPECT_THAT(Decide(body, "again", Certifying("s", "s")), HasReason("SUBMISSION_STATE_WRONG"));
  }
  HostedModule education(education::Education(), education_schema_, "gateway");
  Seen body(*this, "certifier/a", education.channel());
  EXPECT_TRUE(Reaches(body, "s", v1::SUBMISSION_STATE_CERTIFIED));
  EXPECT_EQ(Recorded(), 1);
}

// What an operator has to mend refuses nothing, though its code is that of refusals.
TEST_F(CertificationActs, WaitForAnOwnerWhoseDatabaseIsReadOnlyOrOfAnotherVersion) {
  HostedModule education(education::Education(), education_schema_, "gateway");
  Seen body(*this, "certifier/a", education.channel());
  ASSERT_OK(Submit("s"));
  ASSERT_OK(Assign(body, "s"));
  sql::Connection owner(education_schema_), own(gateway_schema_);
  const auto ends_with = [&](const char* reason) {
    return Becomes([&] {
      return testing::MustCount(own, absl::StrCat("SELECT COUNT(*) FROM due WHERE kind ="
                                                  " 'acts.run' AND last_error = '",
                                                  reason, "'")) == 1;
    });
  };
  MustExecute(owner,
              "CREATE TRIGGER read_only BEFORE INSERT ON certification FOR EACH ROW"
              " SIGNAL SQLSTATE 'HY000' SET MYSQL_ERRNO = 1290, MESSAGE_TEXT = '--read-only'");
  ASSERT_OK(Certify(body, "s"));
  EXPECT_TRUE(ends_with("DATABASE_READ_ONLY"));
  MustExecute(owner, "RENAME TABLE certification TO certification_of_later");
  MustExecute(owner, "DROP TRIGGER read_only");
  EXPECT_TRUE(ends_with("SCHEMA_VERSION_MISMATCH"));
  EXPECT_EQ(Get(body, "s").state(), v1::SUBMISSION_STATE_CERTIFYING);
  MustExecute(owner, "RENAME TABLE certification_of_later TO certification");
  EXPECT_TRUE(Reaches(body, "s", v1::SUBMISSION_STATE_CERTIFIED));
  EXPECT_EQ(Recorded(), 1);
}

TEST_F(CertificationActs, EndInNeitherWhereEducationRefuses) {
  HostedModule education(education::Education(), education_schema_, "gateway");
  Seen body(*this, "certifier/a", education.channel());
  for (const char* id : {"s", "t"}) {
    ASSERT_OK(Submit(id));
    ASSERT_OK(Assign(body, id));
    ASSERT_OK(Certify(body, id));
    ASSERT_TRUE(
        Becomes([&] { return GetDecision(body, id).state() != v1::DECISION_STATE_RECORDING; }));
  }
  const Submission again = Get(body, "t");
  EXPECT_EQ(again.state(), v1::SUBMISSION_STATE_IN_REVIEW);
  EXPECT_EQ(again.state_reason(), "CERTIFICATION_OVERLAPS");
  EXPECT_EQ(again.certification(), "");
  EXPECT_EQ(GetDecision(body, "t").state(), v1::DECISION_STATE_NOT_RECORDED);
  const auto refused = GetDecision(body, "t");
  EXPECT_EQ(refused.refusal(), "CERTIFICATION_OVERLAPS");
  EXPECT_THAT(refused.refusal_es(), HasSubstr("certificación"));
  EXPECT_THAT(refused.refusal_en(), HasSubstr("certification"));
  EXPECT_EQ(Recorded(), 1);
}

TEST_F(CertificationActs, AreSeenByTheBodyAndTheOrganizationAlone) {
  ASSERT_OK(Submit("s"));
  ASSERT_OK(Submit("t", "b"));
  v1::GetSubmissionRequest get;
  get.set_name("certifiers/a/submissions/s");
  v1::ListSubmissionsRequest list;
  list.set_parent("certifiers/-");
  for (const char* other : {"certifier/b", "organization/b"}) {
    Seen seen(*this, other);
    EXPECT_THAT(Called(*seen.submissions, &SubmissionService::Stub::GetSubmission, get),
                HasReason("SUBMISSION_NOT_FOUND"))
        << other;
    EXPECT_THAT(Called(*seen.submissions, &SubmissionService::Stub::ListSubmissions, list),
                HasReason("OWNER_LIST_REFUSED"))
        << other;
  }
  Seen school(*this, "organization/a");
  EXPECT_OK(Called(*school.submissions, &SubmissionService::Stub::GetSubmission, get));
  list.set_filter("organization = \"organizations/a\"");
  const auto own = Called(*school.submissions, &SubmissionService::Stub::ListSubmissions, list);
  ASSERT_OK(own);
  ASSERT_EQ(own->submissions_size(), 1);
  EXPECT_EQ(own->submissions(0).name(), get.name());
  Seen body(*this, "certifier/a");
  list.set_parent("certifiers/a");
  list.set_filter("state = SUBMITTED");
  const auto queue = Called(*body.submissions, &SubmissionService::Stub::ListSubmissions, list);
  ASSERT_OK(queue);
  EXPECT_EQ(queue->submissions_size(), 2);
}

TEST_F(CertificationActs, OfAnotherOrganizationAreRefused) {
  Seen school(*this, "organization/a");
  v1::CreateSubmissionRequest request;
  request.set_parent(kBody);
  request.set_submission_id("s");
  request.mutable_submission()->set_organization("organizations/b");
  request.mutable_submission()->set_microcredential_version("microcredentials/welding/versions/1");
  EXPECT_THAT(Called(*school.submissions, &SubmissionService::Stub::CreateSubmission, request),
              HasReason("OWNER_MISMATCH"));
}

TEST_F(CertificationActs, BeginWithOneOpenSubmissionOfAVersion) {
  ASSERT_OK(Submit("s"));
  const auto second = Submit("t");
  EXPECT_THAT(second, HasReason("SUBMISSION_OPEN"));
  EXPECT_THAT(second.status().message(), ::testing::HasSubstr("certifiers/a/submissions/s"));
  Seen body(*this, "certifier/a");
  ASSERT_OK(Assign(body, "s"));
  EXPECT_THAT(Submit("t"), HasReason("SUBMISSION_OPEN"));
  EXPECT_OK(Submit("u", "b"));
  EXPECT_OK(Submit("v", "a", "welding/versions/2"));
  ASSERT_OK(Decide(body, "return", Deciding("s", v1::DECISION_KIND_RETURN)));
  EXPECT_OK(Submit("t"));
}

TEST_F(CertificationActs, AreNotOfWhatTheBodyMayNotCertify) {
  EXPECT_THAT(Submit("s", "a", "cooking/versions/1"), HasReason("NOT_IN_SCOPE"));
  EXPECT_THAT(Submit("s", "partial"), HasReason("CONFLICT_DECLARED"));
}

// An owner looks at rights before it looks whether it has stored the request: what it says to a
// repeated one says nothing of the first.
TEST_F(CertificationActs, AreNotUndoneBecauseARepeatedStepIsRefusedForItsRights) {
  ASSERT_OK(Submit("s"));
  {
    Seen body(*this, "certifier/a");
    ASSERT_OK(Assign(body, "s"));
    ASSERT_OK(Certify(body, "s"));
    sql::Connection connection(gateway_schema_);
    ASSERT_TRUE(Becomes([&] {  // tried, and not answered
      return testing::MustCount(connection,
                                "SELECT COUNT(*) FROM due WHERE kind = 'acts.run' AND attempts > 0"
                                " AND last_error = 'UNAVAILABLE'") == 1;
    }));
  }
  // An attempt that was interrupted is not counted; of one that was killed nothing is said.
  for (const char* before :
       {"attempts = 1, last_error = 'UNAVAILABLE'", "attempts = 0, last_error = 'UNAVAILABLE'",
        "attempts = 1, last_error = ''"}) {
    SCOPED_TRACE(before);
    sql::Connection connection(gateway_schema_);
    MustExecute(connection, absl::StrCat("UPDATE due SET claim_time = UTC_TIMESTAMP(6), ", before,
                                         " WHERE kind = 'acts.run'"));
    HostedModule refusing(education::Education(), education_schema_, "agency/labor");
    Seen body(*this, "certifier/a", refusing.channel());
    ASSERT_TRUE(Becomes([&] {
      return testing::MustCount(connection,
                                "SELECT COUNT(*) FROM due WHERE kind = 'acts.run'"
                                " AND last_error = 'DELEGATION_REFUSED'") == 1;
    }));
    EXPECT_EQ(Get(body, "s").state(), v1::SUBMISSION_STATE_CERTIFYING);
  }
  HostedModule education(education::Education(), education_schema_, "gateway");
  Seen body(*this, "certifier/a", education.channel());
  EXPECT_TRUE(Reaches(body, "s", v1::SUBMISSION_STATE_CERTIFIED));
}

TEST_F(CertificationActs, AreUndoneWhereTheFirstStepIsRefusedForItsRights) {
  HostedModule refusing(education::Education(), education_schema_, "agency/labor");
  Seen body(*this, "certifier/a", refusing.channel());
  ASSERT_OK(Submit("s"));
  ASSERT_OK(Assign(body, "s"));
  ASSERT_OK(Certify(body, "s"));
  ASSERT_TRUE(Reaches(body, "s", v1::SUBMISSION_STATE_IN_REVIEW));
  EXPECT_EQ(Get(body, "s").state_reason(), "DELEGATION_REFUSED");
}

TEST_F(CertificationActs, AreNotBegunAtABodyThatHasLeft) {
  Register(Leaving(Day(2099, 12, 31)));
  EXPECT_THAT(Submit("s"), HasReason("CERTIFIER_STATE_WRONG"));
}

// A proposal that is implemented by versions of microcredentials: Education's record and Economy's.
class ImplementationActs : public CertificationActs {
 protected:
  ImplementationActs()
      : economy_schema_(Database::Shared().NewSchema(economy::Economy().migrations)),
        education_(education::Education(), education_schema_, "gateway"),
        economy_(economy::Economy(), economy_schema_, "gateway") {}

  void Propose() {
    HostedModule economy(economy::Economy(), economy_schema_, "agency/economy");
    auto proposals = ProposalService::NewStub(economy.channel());
    economy::v1::CreateProposalRequest request;
    request.set_proposal_id("p");
    economy::v1::Proposal& proposal = *request.mutable_proposal();
    proposal.set_author("agency/economy");
    proposal.set_kind(economy::v1::PROPOSAL_KIND_NEW_MICROCREDENTIAL);
    proposal.set_title_es("Soldadura");
    proposal.set_text("Que se enseñe.");
    proposal.set_source("test");
    proposal.set_record_kind(type::v1::RECORD_KIND_REAL);
    ASSERT_OK(Called(*proposals, &ProposalService::Stub::CreateProposal, request));
    economy::v1::ReviewProposalRequest review;
    review.set_name("proposals/p");
    ASSERT_OK(Called(*proposals, &ProposalService::Stub::ReviewProposal, review));
    economy::v1::AdoptProposalRequest adopt;
    adopt.set_name("proposals/p");
    ASSERT_OK(
        Called(*proposals, &ProposalService::Stub::AdoptProposal, adopt, nullptr, "", "officer-1"));
  }
  // The act, once it is over.
  v1::Act Implement(const std::vector<std::string>& versions) {
    HostedModule gateway(GatewayTo(education_.channel(), economy_.channel()), gateway_schema_,
                         "agency/economy");
    auto acts = ActService::NewStub(gateway.channel());
    v1::ImplementProposalRequest request;
    request.set_proposal("proposals/p");
    for (const std::string& version : versions) {
      request.add_versions("microcredentials/" + version);
    }
    auto act =
        Called(*acts, &ActService::Stub::ImplementProposal, request, nullptr, "", "officer-1");
    EXPECT_OK(act);
    if (!act.ok()) return v1::Act();
    v1::GetActRequest get;
    get.set_name(act->name());
    EXPECT_TRUE(Becomes([&] {
      act = Called(*acts, &ActService::Stub::GetAct, get);
      return act.ok() &&
             (act->state() == v1::ACT_STATE_DONE || act->state() == v1::ACT_STATE_UNDONE);
    }));
    return act.ok() ? *act : v1::Act();
  }
  // The versions that name the proposal, as Education knows them.
  std::vector<std::string> Naming() {
    auto causes = CauseService::NewStub(education_.channel());
    education::v1::FollowCausesRequest request;
    request.add_causes("proposals/p");
    const auto followed = Called(*causes, &CauseService::Stub::FollowCauses, request);
    EXPECT_OK(followed);
    std::vector<std::string> names;
    if (!followed.ok()) return names;
    for (const auto& one : followed->versions()) names.push_back(one.version().version());
    return names;
  }
  economy::v1::Proposal Proposal() {
    auto proposals = ProposalService::NewStub(economy_.channel());
    economy::v1::GetProposalRequest request;
    request.set_name("proposals/p");
    const auto found = Called(*proposals, &ProposalService::Stub::GetProposal, request);
    EXPECT_OK(found);
    return found.ok() ? *found : economy::v1::Proposal();
  }

  const sql::Target economy_schema_;
  HostedModule education_, economy_;
};

TEST_F(ImplementationActs, EndInBoth) {
  Propose();
  EXPECT_EQ(Implement({"welding/versions/1"}).state(), v1::ACT_STATE_DONE);
  EXPECT_THAT(Naming(), ElementsAre("microcredentials/welding/versions/1"));
  EXPECT_EQ(Proposal().state(), economy::v1::PROPOSAL_STATE_IMPLEMENTED);
  EXPECT_THAT(Proposal().versions(), ElementsAre("microcredentials/welding/versions/1"));
}

TEST_F(ImplementationActs, UndoWhatEducationDidWhereItRefusesTheNext) {
  Propose();
  const v1::Act act = Implement({"welding/versions/1", "cooking/versions/1"});
  EXPECT_EQ(act.state(), v1::ACT_STATE_UNDONE);
  EXPECT_EQ(act.refusal(), "MICROCREDENTIAL_VERSION_NOT_FOUND");
  EXPECT_THAT(act.refusal_es(), StartsWith("No existe"));
  EXPECT_THAT(act.refusal_en(), StartsWith("There is no"));
  EXPECT_THAT(Naming(), IsEmpty());
  EXPECT_EQ(Proposal().state(), economy::v1::PROPOSAL_STATE_ADOPTED);
}

TEST_F(ImplementationActs, UndoWhatEducationDidWhereEconomyRefuses) {
  const v1::Act act = Implement({"welding/versions/1"});
  EXPECT_EQ(act.state(), v1::ACT_STATE_UNDONE);
  EXPECT_EQ(act.refusal(), "PROPOSAL_NOT_FOUND");
  EXPECT_THAT(Naming(), IsEmpty());
}

TEST_F(ImplementationActs, AreOneAtATimeOfAProposal) {
  HostedModule gateway(GatewayTo(Nobody()), gateway_schema_, "agency/economy");
  auto acts = ActService::NewStub(gateway.channel());
  v1::ImplementProposalRequest request;
  request.set_proposal("proposals/p");
  request.add_versions("microcredentials/welding/versions/1");
  const auto implement = [&] {
    return Called(*acts, &ActService::Stub::ImplementProposal, request, nullptr, "", "officer-1");
  };
  ASSERT_OK(implement());
  EXPECT_THAT(implement(), HasReason("ACT_UNDER_WAY"));
  request.set_proposal("proposals/q");
  EXPECT_OK(implement());
}

}  // namespace
}  // namespace puente::gateway
