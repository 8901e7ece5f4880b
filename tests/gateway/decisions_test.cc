// What a body decides: in every state, on what evidence, by whom, and what an appeal comes to.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <set>

#include "absl/strings/str_cat.h"
#include "common/crypto/digest.h"
#include "gateway/decisions/rules.h"
#include "puente/education/v1/certification.grpc.pb.h"
#include "puente/education/v1/organization.grpc.pb.h"
#include "tests/gateway/certification.h"

namespace puente::gateway {
namespace {

using education::v1::CertificationService;
using ::puente::testing::Becomes;
using ::puente::testing::Called;
using ::puente::testing::HasReason;
using ::puente::testing::HostedModule;
using ::puente::testing::MustExecute;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kOther[] = "reviewer-2";
constexpr char kOfficer[] = "registrar-1";

class Decisions : public Certification {
 protected:
  Decisions() : education_(education::Education(), education_schema_, "gateway") {}

  // In review by kReviewer.
  void InReview(Seen& body, const std::string& id) {
    ASSERT_OK(Submit(id));
    ASSERT_OK(Assign(body, id));
  }
  // Certified by the decision of that id.
  void Certified(Seen& body, const std::string& id) {
    InReview(body, id);
    ASSERT_OK(Certify(body, id));
    ASSERT_TRUE(Reaches(body, id, v1::SUBMISSION_STATE_CERTIFIED));
  }
  absl::StatusOr<v1::Decision> Appeal(const std::string& id) {
    Seen school(*this, "organization/a");
    v1::AppealDecisionRequest request;
    request.set_name(absl::StrCat(kBody, "/decisions/", id));
    request.set_grounds("No es así.");
    return Called(*school.decisions, &v1::DecisionService::Stub::AppealDecision, request, nullptr,
                  "", kOfficer);
  }
  absl::StatusOr<v1::Decision> Uphold(Seen& body, const std::string& id, const std::string& actor) {
    v1::UpholdDecisionRequest request;
    request.set_name(absl::StrCat(kBody, "/decisions/", id));
    request.set_reason("Así es.");
    return Called(*body.decisions, &v1::DecisionService::Stub::UpholdDecision, request, nullptr, "",
                  actor);
  }
  v1::Decision Replacing(v1::Decision decision, const std::string& appealed) {
    decision.set_replaces(absl::StrCat(kBody, "/decisions/", appealed));
    return decision;
  }
  education::v1::CertificationState Held(const std::string& certification) {
    auto stub = CertificationService::NewStub(education_.channel());
    education::v1::GetCertificationRequest request;
    request.set_name(certification);
    const auto held = Called(*stub, &CertificationService::Stub::GetCertification, request);
    EXPECT_OK(held);
    return held.ok() ? held->state() : education::v1::CERTIFICATION_STATE_UNSPECIFIED;
  }
  void AcknowledgedBy(const std::string& caller, const std::string& id,
                      ::testing::Matcher<const absl::StatusOr<v1::Decision>&> matcher) {
    Seen school(*this, caller);
    v1::AcknowledgeDecisionRequest request;
    request.set_name(absl::StrCat(kBody, "/decisions/", id));
    EXPECT_THAT(Called(*school.decisions, &v1::DecisionService::Stub::AcknowledgeDecision, request,
                       nullptr, "", caller == "organization/a" ? kOfficer : ""),
                matcher);
  }

  HostedModule education_;
};

TEST_F(Decisions, AreTakenInTheStatesOfTheirKindAlone) {
  Seen body(*this, "certifier/a");
  InReview(body, "s");
  ASSERT_OK(Open("s", "d"));
  const auto dated = [&](v1::DecisionKind kind) {
    v1::Decision decision = Deciding("s", kind);
    if (kind == v1::DECISION_KIND_REJECT) decision.set_dossier("dossiers/d");
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
  v1::Certifier conflicts;
  v1::ReviewerConflict& conflict = *conflicts.add_reviewer_conflicts();
  conflict.set_reviewer(kReviewer);
  conflict.set_organization("organizations/a");
  {
    HostedModule as_education(GatewayTo(Nobody()), gateway_schema_, "agency/education");
    auto stub = v1::CertifierService::NewStub(as_education.channel());
    v1::UpdateCertifierRequest request;
    *request.mutable_certifier() = conflicts;
    request.mutable_certifier()->set_name(kBody);
    request.mutable_update_mask()->add_paths("reviewer_conflicts");
    ASSERT_OK(Called(*stub, &v1::CertifierService::Stub::UpdateCertifier, request, nullptr, "",
                     "registrar-1"));
  }
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

TEST_F(Decisions, RestOnADossierOfTheirSubmission) {
  Seen body(*this, "certifier/a");
  InReview(body, "s");
  InReview(body, "t");
  const auto dossier = Open("s", "d");
  ASSERT_OK(dossier);
  EXPECT_THAT(Open("s", "d"), HasReason("DOSSIER_ALREADY_EXISTS"));
  EXPECT_THAT(Decide(body, "x", Certifying("s", "absent")), HasReason("DOSSIER_NOT_FOUND"));
  EXPECT_THAT(Decide(body, "x", Certifying("t", "d")), HasReason("INVALID_FIELDS"));
  v1::Decision none = Certifying("s", "d");
  none.clear_dossier();
  EXPECT_THAT(Decide(body, "x", none), HasReason("INVALID_FIELDS"));
  sql::Connection connection(gateway_schema_);
  MustExecute(connection, "UPDATE dossier SET expire_time = '2026-01-01'");
  EXPECT_THAT(Decide(body, "x", Certifying("s", "d")), HasReason("DOSSIER_EXPIRED"));
}

TEST_F(Decisions, SayWhyTheyDoWithoutWhatIsMissing) {
  Seen body(*this, "certifier/a");
  InReview(body, "s");
  const auto dossier = Open("s", "d");
  ASSERT_OK(dossier);
  ASSERT_EQ(dossier->sections_size(), 5);
  for (const v1::DossierSection& section : dossier->sections()) {
    SCOPED_TRACE(section.section());
    const bool there = section.section() == "definition" || section.section() == "seats";
    EXPECT_EQ(!section.answer_type().empty(), there);
    EXPECT_EQ(section.provenance().state() == v1::SECTION_STATE_MISSING, !there);
    // As the agency stated it, byte for byte.
    if (!there) continue;
    EXPECT_EQ(crypto::Sha256(section.answer()), section.provenance().digest());
  }
  v1::Decision decision = Certifying("s", "d");
  decision.mutable_overrides()->DeleteSubrange(1, 1);
  EXPECT_THAT(Decide(body, "x", decision), HasReason("SECTIONS_MISSING"));
  EXPECT_OK(Decide(body, "x", Certifying("s", "d")));
}

TEST(UnexplainedGaps, AreAllThatIsMissingAndTheDefinitionAlways) {
  v1::Dossier dossier;
  dossier.add_sections()->set_section("definition");
  dossier.add_sections()->set_section("demand");
  v1::DossierSection& seats = *dossier.add_sections();
  seats.set_section("seats");
  seats.set_answer_type("puente.education.v1.ListSkillSeatsResponse");
  v1::Decision decision;
  EXPECT_THAT(UnexplainedGaps(dossier, decision), ElementsAre("definition", "demand"));
  decision.add_overrides()->set_section("demand");
  decision.add_overrides()->set_section("definition");
  EXPECT_THAT(UnexplainedGaps(dossier, decision), ElementsAre("definition"));
  dossier.mutable_sections(0)->set_answer_type("x");
  EXPECT_THAT(UnexplainedGaps(dossier, decision), IsEmpty());
}

TEST_F(Decisions, WaitForFindingsToBeSettled) {
  Seen body(*this, "certifier/a");
  InReview(body, "s");
  ASSERT_OK(Open("s", "d"));
  v1::CreateFindingRequest create;
  create.set_parent(kBody);
  create.set_finding_id("f");
  v1::Finding& finding = *create.mutable_finding();
  finding.set_submission(Name("s"));
  finding.set_target("outcomes[0].statement");
  finding.set_kind(v1::FINDING_KIND_REQUIRED);
  finding.set_text("No dice con qué proceso.");
  EXPECT_THAT(
      Called(*body.findings, &v1::FindingService::Stub::CreateFinding, create, nullptr, "", kOther),
      HasReason("NOT_THE_REVIEWER"));
  ASSERT_OK(Called(*body.findings, &v1::FindingService::Stub::CreateFinding, create, nullptr, "",
                   kReviewer));
  EXPECT_THAT(Decide(body, "x", Certifying("s", "d")), HasReason("FINDINGS_OPEN"));
  {
    Seen school(*this, "organization/a");
    v1::AnswerFindingRequest answer;
    answer.set_name("certifiers/a/findings/f");
    answer.set_answer("Con arco eléctrico.");
    ASSERT_OK(Called(*school.findings, &v1::FindingService::Stub::AnswerFinding, answer));
    v1::ListFindingsRequest list;
    list.set_parent("certifiers/-");
    list.set_filter("organization = \"organizations/a\" AND state = ANSWERED");
    const auto own = Called(*school.findings, &v1::FindingService::Stub::ListFindings, list);
    ASSERT_OK(own);
    EXPECT_EQ(own->findings_size(), 1);
  }
  EXPECT_THAT(Decide(body, "x", Certifying("s", "d")), HasReason("FINDINGS_OPEN"));
  v1::CloseFindingRequest close;
  close.set_name("certifiers/a/findings/f");
  ASSERT_OK(Called(*body.findings, &v1::FindingService::Stub::CloseFinding, close, nullptr, "",
                   kReviewer));
  EXPECT_OK(Decide(body, "x", Certifying("s", "d")));
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
  *renew.mutable_end_date() = Day(2100, 12, 31);
  decide("renew", renew);
  decide("withdraw", Deciding("s", v1::DECISION_KIND_WITHDRAW));
  EXPECT_EQ(Held(certification), education::v1::CERTIFICATION_STATE_WITHDRAWN);
  // What can't be is refused by Education, and changes nothing.
  ASSERT_OK(Decide(body, "again", Deciding("s", v1::DECISION_KIND_SUSPEND)));
  ASSERT_TRUE(Reaches(body, "again", v1::DECISION_STATE_NOT_RECORDED));
  EXPECT_EQ(GetDecision(body, "again").refusal(), "CERTIFICATION_STATE_WRONG");
  EXPECT_EQ(Get(body, "s").state(), v1::SUBMISSION_STATE_CERTIFIED);
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

TEST_F(Decisions, WaitForNoticeOnceTheyCount) {
  Seen body(*this, "certifier/a");
  InReview(body, "s");
  ASSERT_OK(Certify(body, "s"));  // Education is away
  EXPECT_EQ(GetDecision(body, "s").acknowledgement(), v1::ACKNOWLEDGEMENT_UNSPECIFIED);
  Seen seeing(*this, "certifier/a", education_.channel());
  ASSERT_TRUE(Reaches(seeing, "s", v1::DECISION_STATE_IN_FORCE));
  EXPECT_EQ(GetDecision(seeing, "s").acknowledgement(), v1::ACKNOWLEDGEMENT_PENDING);
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

TEST_F(Decisions, RenewNothingOutsideTheScope) {
  Seen body(*this, "certifier/a", education_.channel());
  Certified(body, "s");
  sql::Connection connection(gateway_schema_);
  MustExecute(connection,
              absl::StrCat("UPDATE certifier SET state = ", int{v1::CERTIFIER_STATE_LEFT}));
  v1::Decision renew = Deciding("s", v1::DECISION_KIND_RENEW);
  *renew.mutable_end_date() = Day(2100, 12, 31);
  EXPECT_THAT(Decide(body, "renew", renew), HasReason("CERTIFIER_STATE_WRONG"));
}

TEST_F(Decisions, ThatEducationRefusesAtALaterAttemptEndToo) {
  {
    Seen body(*this, "certifier/a", education_.channel());
    Certified(body, "s");
  }
  v1::Decision renew = Deciding("s", v1::DECISION_KIND_RENEW);
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

TEST_F(Decisions, AreNotOnWhatBelongsToAnother) {
  {
    HostedModule as_education(education::Education(), education_schema_, "agency/education");
    auto organizations = education::v1::OrganizationService::NewStub(as_education.channel());
    education::v1::CreateOrganizationRequest create;
    create.set_organization_id("b");
    education::v1::Organization& organization = *create.mutable_organization();
    organization.set_legal_name("B");
    organization.set_kind(education::v1::ORGANIZATION_KIND_UNIVERSITY);
    organization.set_control(education::v1::ORGANIZATION_CONTROL_PUBLIC);
    organization.set_state_code("09");
    organization.set_source("test");
    organization.set_record_kind(type::v1::RECORD_KIND_REAL);
    ASSERT_OK(Called(*organizations, &education::v1::OrganizationService::Stub::CreateOrganization,
                     create, nullptr, "", "registrar-1"));
  }
  Publish("welding-pipes", 1, 40, "organizations/b");
  sql::Connection connection(gateway_schema_);
  Seen body(*this, "certifier/a", education_.channel());
  InReview(body, "s");
  MustExecute(connection,
              "UPDATE submission SET microcredential_version ="
              " 'microcredentials/welding-pipes/versions/1'");
  EXPECT_THAT(Open("s", "d"), HasReason("NOT_ITS_VERSION"));
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

TEST_F(Decisions, KeepTheirDossierAndOthersGo) {
  Seen body(*this, "certifier/a");
  InReview(body, "s");
  ASSERT_OK(Open("s", "kept"));
  ASSERT_OK(Open("s", "gone"));
  v1::Decision reject = Deciding("s", v1::DECISION_KIND_REJECT);
  reject.set_dossier("dossiers/kept");
  ASSERT_OK(Decide(body, "reject", reject));
  sql::Connection connection(gateway_schema_);
  MustExecute(connection,
              "UPDATE due SET claim_time = '2026-01-01' WHERE kind = 'dossiers.expire'");
  ASSERT_TRUE(Becomes([&] {
    return testing::MustCount(connection,
                              "SELECT COUNT(*) FROM due WHERE kind = 'dossiers.expire'") == 0;
  }));
  v1::GetDossierRequest get;
  get.set_name("dossiers/kept");
  EXPECT_OK(Called(*body.dossiers, &v1::DossierService::Stub::GetDossier, get));
  get.set_name("dossiers/gone");
  EXPECT_THAT(Called(*body.dossiers, &v1::DossierService::Stub::GetDossier, get),
              HasReason("DOSSIER_NOT_FOUND"));
}

TEST_F(Decisions, AreOpenedOnceHoweverOftenAsked) {
  Seen body(*this, "certifier/a", education_.channel());
  InReview(body, "s");
  v1::OpenDossierRequest request;
  request.set_submission(Name("s"));
  request.set_dossier_id("d");
  request.set_request_id("7c0a2ad4-5a5b-4f57-8f36-0a4e62ae1c11");
  const auto open = [&] {
    return Called(*body.dossiers, &v1::DossierService::Stub::OpenDossier, request, nullptr, "",
                  kReviewer);
  };
  const auto first = open();
  ASSERT_OK(first);
  const auto again = open();
  ASSERT_OK(again);
  EXPECT_EQ(first->SerializeAsString(), again->SerializeAsString());
}

}  // namespace
}  // namespace puente::gateway
