// What came of a need as each caller may know it: Economy, Education, Science and the gateway as
// they are.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/match.h"
#include "modules/economy/module.h"
#include "modules/science/module.h"
#include "puente/economy/v1/proposal.grpc.pb.h"
#include "puente/education/v1/cause.grpc.pb.h"
#include "puente/gateway/v1/council.grpc.pb.h"
#include "puente/science/v1/signal.grpc.pb.h"
#include "puente/science/v1/technology.grpc.pb.h"
#include "puente/science/v1/transfer_agreement.grpc.pb.h"
#include "tests/gateway/decisions.h"

namespace puente::gateway {
namespace {

using economy::v1::ProposalService;
using ::puente::testing::Called;
using ::puente::testing::CalledFor;
using ::puente::testing::Database;
using ::puente::testing::HostedModule;
using science::v1::SkillSignalService;
using science::v1::TechnologyService;
using science::v1::TransferAgreementService;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr char kVersion[] = "microcredentials/welding/versions/1";

class Traced : public Decisions {
 protected:
  Traced()
      : economy_schema_(Database::Shared().NewSchema(economy::Economy().migrations)),
        science_schema_(Database::Shared().NewSchema(science::Science().migrations)),
        economy_(economy::Economy(), economy_schema_, "gateway"),
        science_(science::Science(), science_schema_, "gateway") {
    Signal();
    Propose();
    education::v1::NameCauseRequest name;
    name.set_version(kVersion);
    name.set_proposal("proposals/p");
    name.set_act("acts/a");
    auto causes = education::v1::CauseService::NewStub(education_.channel());
    EXPECT_OK(
        CalledFor("agency/economy", *causes, &education::v1::CauseService::Stub::NameCause, name));
  }

  // A signal, and a transfer agreement that was signed.
  void Signal() {
    HostedModule science(science::Science(), science_schema_, "agency/science");
    auto technologies = TechnologyService::NewStub(science.channel());
    science::v1::CreateTechnologyRequest technology;
    technology.set_technology_id("t");
    technology.mutable_technology()->set_label_es("Soldadura láser");
    technology.mutable_technology()->set_label_en("Laser welding");
    technology.mutable_technology()->set_readiness_level(5);
    technology.mutable_technology()->set_evidence("Se usa en dos plantas.");
    technology.mutable_technology()->set_source("test");
    technology.mutable_technology()->set_record_kind(type::v1::RECORD_KIND_REAL);
    EXPECT_OK(Called(*technologies, &TechnologyService::Stub::CreateTechnology, technology));
    auto signals = SkillSignalService::NewStub(science.channel());
    science::v1::CreateSkillSignalRequest signal;
    signal.set_skill_signal_id("s");
    signal.mutable_skill_signal()->set_skill("skills/welding");
    signal.mutable_skill_signal()->set_technology("technologies/t");
    signal.mutable_skill_signal()->set_sector_table("sectorTables/automotive");
    *signal.mutable_skill_signal()->mutable_horizon_date() = Day(2030, 1, 1);
    signal.mutable_skill_signal()->set_confidence(50);
    signal.mutable_skill_signal()->set_source("test");
    signal.mutable_skill_signal()->set_record_kind(type::v1::RECORD_KIND_REAL);
    EXPECT_OK(Called(*signals, &SkillSignalService::Stub::CreateSkillSignal, signal));
    auto agreements = TransferAgreementService::NewStub(science.channel());
    science::v1::CreateTransferAgreementRequest create;
    create.set_transfer_agreement_id("t");
    auto& agreement = *create.mutable_transfer_agreement();
    agreement.set_title_es("Licencia");
    agreement.set_kind(science::v1::TRANSFER_KIND_LICENCE);
    agreement.add_parties("Centro");
    agreement.set_technology("technologies/t");
    *agreement.mutable_start_date() = Day(2026, 1, 1);
    *agreement.mutable_end_date() = Day(2030, 1, 1);
    agreement.set_source("test");
    agreement.set_record_kind(type::v1::RECORD_KIND_REAL);
    EXPECT_OK(
        Called(*agreements, &TransferAgreementService::Stub::CreateTransferAgreement, create));
    science::v1::SignTransferAgreementRequest sign;
    sign.set_name("transferAgreements/t");
    *sign.mutable_sign_date() = Day(2026, 2, 1);
    EXPECT_OK(Called(*agreements, &TransferAgreementService::Stub::SignTransferAgreement, sign));
  }
  // What was signed is the cause of an adopted proposal.
  void Propose() {
    HostedModule economy(economy::Economy(), economy_schema_, "agency/economy");
    auto proposals = ProposalService::NewStub(economy.channel());
    economy::v1::CreateProposalRequest create;
    create.set_proposal_id("p");
    economy::v1::Proposal& proposal = *create.mutable_proposal();
    proposal.set_author("agency/economy");
    proposal.set_kind(economy::v1::PROPOSAL_KIND_NEW_MICROCREDENTIAL);
    proposal.set_title_es("Soldadura");
    proposal.set_text("Que se enseñe.");
    proposal.add_skills("skills/welding");
    proposal.add_transfer_agreements("transferAgreements/t");
    proposal.add_transfer_agreements("transferAgreements/nobody-knows");
    proposal.add_signals("skillSignals/nobody-knows");
    proposal.set_source("test");
    proposal.set_record_kind(type::v1::RECORD_KIND_REAL);
    EXPECT_OK(Called(*proposals, &ProposalService::Stub::CreateProposal, create));
    economy::v1::ReviewProposalRequest review;
    review.set_name("proposals/p");
    EXPECT_OK(Called(*proposals, &ProposalService::Stub::ReviewProposal, review));
    economy::v1::AdoptProposalRequest adopt;
    adopt.set_name("proposals/p");
    EXPECT_OK(
        Called(*proposals, &ProposalService::Stub::AdoptProposal, adopt, nullptr, "", "officer-1"));
  }

  v1::DemandTrace Trace(const std::string& caller) {
    HostedModule gateway(GatewayTo(education_.channel(), economy_.channel(), science_.channel()),
                         gateway_schema_, caller);
    auto council = v1::CouncilService::NewStub(gateway.channel());
    v1::TraceDemandRequest request;
    request.set_skill("skills/welding");
    const auto trace = Called(*council, &v1::CouncilService::Stub::TraceDemand, request);
    EXPECT_OK(trace);
    return trace.ok() ? *trace : v1::DemandTrace();
  }
  // What bodies did: "SUBMITTED certifiers/a/submissions/s after …", and what the line waits for.
  std::vector<std::string> AtBodies(const std::string& caller) {
    std::vector<std::string> lines;
    const v1::DemandTrace trace = Trace(caller);
    for (const v1::TraceStep& step : trace.steps()) {
      if (step.by().empty()) continue;
      lines.push_back(absl::StrCat(v1::TraceStepKind_Name(step.kind()).substr(16), " ", step.name(),
                                   " after ", step.after()));
    }
    for (const v1::TraceEnd& end : trace.ends()) {
      lines.push_back(
          absl::StrCat(v1::TraceWait_Name(end.waits_for()).substr(11), " ", end.name()));
    }
    return lines;
  }
  void Withdraw(const std::string& id) {
    Seen school(*this, "organization/a");
    v1::WithdrawSubmissionRequest request;
    request.set_name(Name(id));
    ASSERT_OK(
        Called(*school.submissions, &v1::SubmissionService::Stub::WithdrawSubmission, request));
  }

  const sql::Target economy_schema_, science_schema_;
  HostedModule economy_, science_;
};

// Who may read what organization a submits to body a, and who not.
constexpr const char* kReaders[] = {"organization/a", "certifier/a", "auditor/asf",
                                    "agency/education"};
constexpr const char* kOthers[] = {"organization/b", "certifier/b", "council/cce",
                                   "company/acme",   "chamber/c",   "agency/economy"};

TEST_F(Traced, FollowsFromWhatScienceSigned) {
  std::vector<std::string> lines;
  const v1::DemandTrace trace = Trace("council/cce");
  for (const v1::TraceStep& step : trace.steps()) {
    lines.push_back(absl::StrCat(v1::TraceStepKind_Name(step.kind()).substr(16), " ", step.name(),
                                 step.after().empty() ? "" : " after ", step.after()));
  }
  EXPECT_THAT(lines, ::testing::UnorderedElementsAre(
                         "SIGNALLED skillSignals/s", "TRANSFERRED transferAgreements/t",
                         "PROPOSED proposals/p after transferAgreements/t",
                         "ADOPTED proposals/p after proposals/p",
                         absl::StrCat("PUBLISHED ", kVersion, " after proposals/p")));
  for (const auto* section :
       {&trace.proposals(), &trace.skill_signals(), &trace.versions(), &trace.signal_versions(),
        &trace.transfer_agreements(), &trace.signals(), &trace.submissions()}) {
    EXPECT_EQ(section->state(), v1::SECTION_STATE_FRESH) << section->ShortDebugString();
  }
  for (const auto* section :
       {&trace.agreements(), &trace.sessions(), &trace.agreement_sessions()}) {
    EXPECT_EQ(section->state(), v1::SECTION_STATE_NOT_ASKED) << section->ShortDebugString();
  }
}

TEST_F(Traced, TellsOfBodiesOnlyWhatTheReaderMayKnow) {
  const std::string waits = absl::StrCat("BODY ", kVersion);
  const std::string unsubmitted = absl::StrCat("SUBMISSION ", kVersion);
  EXPECT_THAT(AtBodies("council/cce"), ElementsAre(unsubmitted));
  struct Case {
    const char* name;
    std::function<void(const std::string& id, Seen& body)> decide;
    std::vector<std::string> steps;
    std::string others_end;
  };
  const auto decided = [&](v1::DecisionKind kind) {
    return [this, kind](const std::string& id, Seen& body) {
      ASSERT_OK(Assign(body, id));
      v1::Decision decision = Deciding(id, kind);
      if (kind == v1::DECISION_KIND_REJECT) {
        ASSERT_OK(Open(id, id));
        decision.set_dossier("dossiers/" + id);
      }
      ASSERT_OK(Decide(body, id, decision));
    };
  };
  int n = 0;
  for (const Case& c : std::vector<Case>{
           {"submitted", [](const std::string&, Seen&) {}, {"SUBMITTED"}, waits},
           {"in review",
            [this](const std::string&id, Seen&body) { ASSERT_OK(Assign(body, id)); },
            {"SUBMITTED"},
            waits},
           {"returned", decided(v1::DECISION_KIND_RETURN), {"SUBMITTED", "RETURNED"}, unsubmitted},
           {"rejected", decided(v1::DECISION_KIND_REJECT), {"SUBMITTED", "REJECTED"}, unsubmitted},
           {"withdrawn",
            [this](const std::string&id, Seen&) { Withdraw(id); },
            {"SUBMITTED", "WITHDRAWN"},
            unsubmitted}}) {
    SCOPED_TRACE(c.name);
    const std::string id = absl::StrCat("s", ++n);
    ASSERT_OK(Submit(id));
    {
      Seen body(*this, "certifier/a");
      c.decide(id, body);
    }
    std::vector<std::string> told;
    for (const std::string& step : c.steps) {
      told.push_back(
          absl::StrCat(step, " ", Name(id), " after ", step == "SUBMITTED" ? kVersion : Name(id)));
    }
    told.push_back(c.others_end);
    for (const char* reader : kReaders) {
      EXPECT_THAT(AtBodies(reader), ::testing::ElementsAreArray(told)) << reader;
    }
    for (const char* other : kOthers) {
      const std::string all = Trace(other).DebugString();
      EXPECT_THAT(all, Not(::testing::HasSubstr("certifiers/"))) << other;
      EXPECT_THAT(AtBodies(other), ElementsAre(c.others_end)) << other;
    }
    sql::Connection connection(gateway_schema_);
    testing::MustExecute(connection, "DELETE FROM submission");
  }
}

// Certifications are Education's, and everybody reads them.
TEST_F(Traced, TellsEverybodyOfCertifications) {
  {
    Seen body(*this, "certifier/a", education_.channel());
    Certified(body, "s");
  }
  for (const char* reader : kReaders) {
    const auto lines = AtBodies(reader);
    ASSERT_EQ(lines.size(), 3u) << reader;
    EXPECT_EQ(lines[0], absl::StrCat("SUBMITTED ", Name("s"), " after ", kVersion));
    EXPECT_TRUE(absl::EndsWith(lines[1], absl::StrCat(" after ", Name("s")))) << lines[1];
    EXPECT_EQ(lines[2], absl::StrCat("AWARD ", kVersion));
  }
  for (const char* other : kOthers) {
    const auto lines = AtBodies(other);
    ASSERT_EQ(lines.size(), 2u) << other;
    EXPECT_TRUE(absl::StartsWith(lines[0], "CERTIFIED certifications/")) << lines[0];
    EXPECT_TRUE(absl::EndsWith(lines[0], absl::StrCat(" after ", kVersion))) << lines[0];
  }
}

// Nobody makes another's version look as if a body had it.
TEST_F(Traced, WaitsForABodyByWhatItsOwnerSubmitted) {
  sql::Connection education(education_schema_);
  testing::MustExecute(education,
                       "UPDATE microcredential_version SET organization = 'organizations/a'");
  const std::string unsubmitted = absl::StrCat("SUBMISSION ", kVersion);
  ASSERT_OK(Submit("t", "b"));
  EXPECT_THAT(AtBodies("council/cce"), ElementsAre(unsubmitted));
  ASSERT_OK(Submit("s"));
  EXPECT_THAT(AtBodies("council/cce"), ElementsAre(absl::StrCat("BODY ", kVersion)));
  sql::Connection gateway(gateway_schema_);
  testing::MustExecute(gateway, "UPDATE certifier SET state = 2");  // nobody decides there any more
  EXPECT_THAT(AtBodies("council/cce"), ElementsAre(unsubmitted));
}

TEST_F(Traced, WaitsForABodyThatIsToAnswerAnAppeal) {
  for (const auto kind : {v1::DECISION_KIND_RETURN, v1::DECISION_KIND_REJECT}) {
    const std::string id = absl::StrCat("s", kind);
    Seen body(*this, "certifier/a");
    InReview(body, id);
    v1::Decision decision = Deciding(id, kind);
    if (kind == v1::DECISION_KIND_REJECT) {
      ASSERT_OK(Open(id, id));
      decision.set_dossier("dossiers/" + id);
    }
    ASSERT_OK(Decide(body, id, decision));
    EXPECT_THAT(AtBodies("council/cce"), ElementsAre(absl::StrCat("SUBMISSION ", kVersion)));
    ASSERT_OK(Appeal(id));
    EXPECT_THAT(AtBodies("council/cce"), ElementsAre(absl::StrCat("BODY ", kVersion)));
    ASSERT_OK(Uphold(body, id, kOther));
    EXPECT_THAT(AtBodies("council/cce"), ElementsAre(absl::StrCat("SUBMISSION ", kVersion)));
  }
}

// What the gateway can't read of its own ends nothing else.
TEST_F(Traced, IsToldWithoutWhatCanNotBeRead) {
  ASSERT_OK(Submit("s"));
  sql::Connection connection(gateway_schema_);
  testing::MustExecute(connection, "UPDATE submission SET record_kind = 99");
  const v1::DemandTrace trace = Trace("auditor/asf");
  EXPECT_EQ(trace.submissions().state(), v1::SECTION_STATE_MISSING);
  EXPECT_EQ(trace.submissions().failure().reason(), "ROW_CORRUPT");
  EXPECT_EQ(trace.versions().state(), v1::SECTION_STATE_FRESH);
  EXPECT_THAT(AtBodies("auditor/asf"), ElementsAre(absl::StrCat("CERTIFICATION ", kVersion)));
}

// Of two bodies each knows its own submission, and as all do that the version waits.
TEST_F(Traced, CountsNothingThatItDoesNotShow) {
  ASSERT_OK(Submit("s"));
  ASSERT_OK(Submit("t", "b"));
  const auto counted = [&](const char* caller) {
    const v1::DemandTrace trace = Trace(caller);
    for (const v1::TraceStage& stage : trace.stages()) {
      if (stage.kind() == v1::TRACE_STEP_KIND_SUBMITTED) return stage.count();
    }
    return 0;
  };
  sql::Connection connection(gateway_schema_);
  EXPECT_EQ(counted("organization/a"), 1);
  EXPECT_EQ(counted("organization/b"), 1);
  EXPECT_EQ(counted("certifier/a"), 2);
  testing::MustExecute(connection, "UPDATE submission SET certifier = 'b' WHERE id = 't'");
  EXPECT_EQ(counted("certifier/a"), 1);
  EXPECT_EQ(counted("certifier/b"), 1);
  EXPECT_EQ(counted("auditor/asf"), 2);
}

}  // namespace
}  // namespace puente::gateway
