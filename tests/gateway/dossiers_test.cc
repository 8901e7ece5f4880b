// On what a body decides: dossiers, and what its reviewers find.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/crypto/digest.h"
#include "gateway/decisions/rules.h"
#include "puente/education/v1/organization.grpc.pb.h"
#include "tests/gateway/decisions.h"

namespace puente::gateway {
namespace {

using ::puente::testing::Becomes;
using ::puente::testing::Called;
using ::puente::testing::HasReason;
using ::puente::testing::HostedModule;
using ::puente::testing::MustExecute;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST_F(Decisions, RestOnADossierOfTheirSubmission) {
  Seen body(*this, "certifier/a");
  InReview(body, "s");
  ASSERT_OK(Submit("t", "b"));
  ASSERT_OK(Assign(body, "t"));
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

// A body reviews a draft, too; what it certifies is the text that is final.
TEST_F(Decisions, CertifyNoTextThatCouldStillChange) {
  Seen body(*this, "certifier/a");
  InReview(body, "s");
  sql::Connection education(education_schema_);
  const auto set_state = [&](education::v1::MicrocredentialState state) {
    MustExecute(education, absl::StrCat("UPDATE microcredential_version SET state = ", int{state}));
  };
  set_state(education::v1::MICROCREDENTIAL_STATE_DRAFT);
  ASSERT_OK(Open("s", "draft"));
  set_state(education::v1::MICROCREDENTIAL_STATE_PUBLISHED);
  EXPECT_THAT(Decide(body, "x", Certifying("s", "draft")), HasReason("DOSSIER_OF_DRAFT"));
  ASSERT_OK(Open("s", "final"));
  EXPECT_OK(Decide(body, "x", Certifying("s", "final")));
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
  v1::Decision superfluous = Certifying("s", "d");
  superfluous.mutable_overrides(0)->set_section("seats");
  EXPECT_THAT(Decide(body, "x", superfluous), HasReason("INVALID_FIELDS"));
  EXPECT_OK(Decide(body, "x", Certifying("s", "d")));
}

TEST_F(Decisions, ReadWhatADossierHoldsAsItWasAnswered) {
  Seen body(*this, "certifier/a");
  InReview(body, "s");
  const auto dossier = Open("s", "d");
  ASSERT_OK(dossier);
  v1::GetDossierContentRequest request;
  request.set_name("dossiers/d");
  const auto read = [&](Seen& reader) {
    return Called(*reader.dossiers, &v1::DossierService::Stub::GetDossierContent, request);
  };
  const auto content = read(body);
  ASSERT_OK(content);
  EXPECT_EQ(content->microcredential_version(), dossier->microcredential_version());
  EXPECT_EQ(content->compose_time().seconds(), dossier->create_time().seconds());
  // Each section's answer is that of the dossier, and so is where it comes from or why it is
  // missing.
  for (const v1::DossierSection& kept : dossier->sections()) {
    SCOPED_TRACE(kept.section());
    const auto* field = content->GetDescriptor()->FindFieldByName(kept.section());
    ASSERT_NE(field, nullptr);
    const auto& section = content->GetReflection()->GetMessage(*content, field);
    const auto& of = *section.GetReflection();
    const auto* from = section.GetDescriptor()->FindFieldByName("provenance");
    EXPECT_EQ(of.GetMessage(section, from).SerializeAsString(),
              kept.provenance().SerializeAsString());
    std::string answer;
    for (int i = 0; i < section.GetDescriptor()->field_count(); ++i) {
      const auto* part = section.GetDescriptor()->field(i);
      if (part != from && part->message_type() != nullptr && of.HasField(section, part)) {
        answer = crypto::Canonical(of.GetMessage(section, part));
      }
    }
    EXPECT_EQ(answer, kept.answer());
  }
  Seen other(*this, "organization/b");
  EXPECT_THAT(read(other), HasReason("DOSSIER_NOT_FOUND"));
  sql::Connection connection(gateway_schema_);
  MustExecute(connection, "UPDATE dossier SET sections = REPLACE(sections, 'welding', 'molding')");
  EXPECT_THAT(read(body), HasReason("ROW_CORRUPT"));
}

TEST(UnexplainedGaps, AreOfOwnersThatDidNotAnswerAndOfTheDefinitionAlways) {
  v1::Dossier dossier;
  const auto add = [&](const char* name, v1::SectionState state) {
    v1::DossierSection& section = *dossier.add_sections();
    section.set_section(name);
    section.mutable_provenance()->set_state(state);
  };
  add("definition", v1::SECTION_STATE_MISSING);
  add("demand", v1::SECTION_STATE_DENIED);
  add("technology", v1::SECTION_STATE_STALE);
  add("seats", v1::SECTION_STATE_FRESH);
  add("employment", v1::SECTION_STATE_NOT_ASKED);
  v1::Decision decision;
  EXPECT_THAT(UnexplainedGaps(dossier, decision), ElementsAre("definition", "demand"));
  decision.add_overrides()->set_section("demand");
  decision.add_overrides()->set_section("definition");
  EXPECT_THAT(UnexplainedGaps(dossier, decision), ElementsAre("definition"));
  EXPECT_THAT(CheckOverrides(dossier, decision, "decision"), IsEmpty());
  // What is there, or could not be asked for, is no reason to give.
  for (const char* there : {"technology", "seats", "employment"}) {
    SCOPED_TRACE(there);
    decision.mutable_overrides(0)->set_section(there);
    const auto violations = CheckOverrides(dossier, decision, "decision");
    ASSERT_EQ(violations.size(), 1u);
    EXPECT_EQ(violations[0].field, "decision.overrides[0].section");
    EXPECT_EQ(violations[0].rule, "NOT_MISSING");
  }
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
