// The register of bodies changes by two: who proposes, and a registrar of Education who confirms.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/certifier_changes/rules.h"
#include "puente/education/v1/certification.grpc.pb.h"
#include "tests/gateway/certification.h"
#include "tests/testing/text.h"

namespace puente::gateway {
namespace {

using ::puente::testing::Becomes;
using ::puente::testing::Called;
using ::puente::testing::HasReason;
using ::puente::testing::HostedModule;
using ::puente::testing::MustExecute;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Stub = v1::CertifierChangeService::Stub;

// As text, of a change of which this is under "x".
std::vector<std::string> Violated(const std::string& text) {
  const auto change = testing::Of<v1::CertifierChange>(text);
  std::vector<std::string> violated;
  for (const Violation& one : CheckChange(change, "x")) {
    violated.push_back(absl::StrCat(one.field, " ", one.rule));
  }
  return violated;
}

TEST(CertifierChangeRules, AskOfEachKindWhatItNeeds) {
  constexpr char kScope[] = " scopes { microcredential: 'microcredentials/m' }";
  const auto text = [&](const char* rest) { return absl::StrCat(rest, kScope); };
  EXPECT_THAT(Violated(text("kind: CERTIFIER_CHANGE_KIND_ENTER label_es: 'A'")), IsEmpty());
  EXPECT_THAT(Violated(text("kind: CERTIFIER_CHANGE_KIND_AMEND label_es: 'A'")), IsEmpty());
  EXPECT_THAT(Violated("kind: CERTIFIER_CHANGE_KIND_LEAVE note: 'x' teach_out_date { year: 2030 }"),
              IsEmpty());
  EXPECT_THAT(Violated("kind: CERTIFIER_CHANGE_KIND_ENTER teach_out_date { year: 2030 }"),
              ElementsAre("x.label_es NEEDED_FOR_KIND", "x.scopes NEEDED_FOR_KIND",
                          "x.teach_out_date NOT_OF_KIND"));
  EXPECT_THAT(Violated(text("kind: CERTIFIER_CHANGE_KIND_LEAVE review_days: 3")),
              ElementsAre("x.scopes NOT_OF_KIND", "x.review_days NOT_OF_KIND",
                          "x.teach_out_date NEEDED_FOR_KIND", "x.note NEEDED_FOR_KIND"));
}

TEST(CertifierChangeRules, RefuseScopesOfNothing) {
  const auto of_scope = [](const char* scope) {
    return Violated(
        absl::StrCat("kind: CERTIFIER_CHANGE_KIND_ENTER label_es: 'A' scopes { ", scope, " }"));
  };
  EXPECT_THAT(of_scope(""), ElementsAre("x.scopes[0] SCOPE_OF_NOTHING"));
  EXPECT_THAT(of_scope("level: 'mnc:4'"), IsEmpty());
  EXPECT_THAT(of_scope("competence_standard: 'competenceStandards/e' later_versions: true"),
              ElementsAre("x.scopes[0].later_versions ONLY_WITH_MICROCREDENTIAL"));
  EXPECT_THAT(of_scope("level: 'mnc:4' first_version: 2"),
              ElementsAre("x.scopes[0].first_version ONLY_WITH_MICROCREDENTIAL"));
}

class CertifierChanges : public Certification {
 protected:
  // As one caller sees the register.
  struct Desk {
    Desk(const CertifierChanges& test, const std::string& caller,
         std::shared_ptr<grpc::Channel> education = Nobody())
        : hosted(GatewayTo(std::move(education)), test.gateway_schema_, caller),
          changes(v1::CertifierChangeService::NewStub(hosted.channel())),
          certifiers(v1::CertifierService::NewStub(hosted.channel())) {}

    absl::StatusOr<v1::CertifierChange> Propose(const std::string& id,
                                                const v1::CertifierChange& change,
                                                const std::string& actor = "registrar-1") {
      v1::CreateCertifierChangeRequest request;
      request.set_certifier_change_id(id);
      *request.mutable_certifier_change() = change;
      return Called(*changes, &Stub::CreateCertifierChange, request, nullptr, "", actor);
    }
    absl::StatusOr<v1::CertifierChange> Confirm(const std::string& id,
                                                const std::string& actor = "registrar-2") {
      return Called(*changes, &Stub::ConfirmCertifierChange,
                    Of<v1::ConfirmCertifierChangeRequest>(id), nullptr, "", actor);
    }
    absl::StatusOr<v1::CertifierChange> Decline(const std::string& id) {
      auto request = Of<v1::DeclineCertifierChangeRequest>(id);
      request.set_reason("No procede.");
      return Called(*changes, &Stub::DeclineCertifierChange, request, nullptr, "", "registrar-1");
    }
    absl::StatusOr<v1::CertifierChange> Withdraw(const std::string& id) {
      return Called(*changes, &Stub::WithdrawCertifierChange,
                    Of<v1::WithdrawCertifierChangeRequest>(id), nullptr, "", "registrar-1");
    }
    absl::StatusOr<v1::CertifierChange> Get(const std::string& id) {
      return Called(*changes, &Stub::GetCertifierChange, Of<v1::GetCertifierChangeRequest>(id));
    }
    absl::StatusOr<v1::Certifier> Entry(const std::string& id = "a") {
      v1::GetCertifierRequest request;
      request.set_name("certifiers/" + id);
      return Called(*certifiers, &v1::CertifierService::Stub::GetCertifier, request);
    }
    template <class Request>
    static Request Of(const std::string& id) {
      Request request;
      request.set_name("certifierChanges/" + id);
      return request;
    }

    HostedModule hosted;
    std::unique_ptr<Stub> changes;
    std::unique_ptr<v1::CertifierService::Stub> certifiers;
  };

  static v1::CertifierChange Amendment(const std::string& label) {
    v1::CertifierChange change = Entry(v1::CERTIFIER_CHANGE_KIND_AMEND);
    change.set_label_es(label);
    return change;
  }
};

TEST_F(CertifierChanges, NeedTwoPeople) {
  Desk ministry(*this, "agency/education");
  ASSERT_OK(ministry.Propose("enter", Entry(v1::CERTIFIER_CHANGE_KIND_ENTER, "b")));
  EXPECT_THAT(ministry.Entry("b"), HasReason("CERTIFIER_NOT_FOUND"));
  EXPECT_THAT(ministry.Confirm("enter", "registrar-1"), HasReason("SAME_PROPOSER"));
  EXPECT_THAT(ministry.Confirm("enter", "nobody-1"), HasReason("ACTOR_UNKNOWN"));
  const auto confirmed = ministry.Confirm("enter");
  ASSERT_OK(confirmed);
  EXPECT_EQ(confirmed->state(), v1::CERTIFIER_CHANGE_STATE_CONFIRMED);
  EXPECT_EQ(confirmed->proposer(), "agency/education");
  EXPECT_EQ(confirmed->proposer_actor(), "registrar-1");
  EXPECT_EQ(confirmed->decision_actor(), "registrar-2");
  EXPECT_TRUE(confirmed->has_confirm_time());
  EXPECT_EQ(ministry.Entry("b")->state(), v1::CERTIFIER_STATE_ACTIVE);
  EXPECT_THAT(ministry.Entry("b")->scope_keys(), ElementsAre("microcredentials/welding"));
  EXPECT_THAT(ministry.Confirm("enter"), HasReason("CERTIFIER_CHANGE_STATE_WRONG"));
  EXPECT_THAT(ministry.Propose("again", Entry(v1::CERTIFIER_CHANGE_KIND_ENTER, "b")),
              HasReason("INVALID_FIELDS"));
}

TEST_F(CertifierChanges, AreProposedByTheBodyItselfAndSeenByNoOther) {
  v1::CertifierChange amendment = Amendment("Organismo A");
  amendment.clear_source();
  amendment.clear_record_kind();
  {
    Desk body(*this, "certifier/a");
    const auto proposed = body.Propose("amend", amendment);
    ASSERT_OK(proposed);
    EXPECT_THAT(proposed->changed_fields(), ElementsAre("label_es"));
    EXPECT_EQ(proposed->proposer(), "certifier/a");
    EXPECT_THAT(body.Propose("reviewer", amendment, "reviewer-1"), HasReason("ACTOR_REFUSED"));
    EXPECT_THAT(body.Confirm("amend", "registrar-1"), HasReason("CALLER_REFUSED"));
    amendment.set_body("certifier/ceneval");
    EXPECT_THAT(body.Propose("other", amendment), HasReason("OWNER_MISMATCH"));
  }
  {
    Desk other(*this, "certifier/ceneval");
    EXPECT_THAT(other.Get("amend"), HasReason("CERTIFIER_CHANGE_NOT_FOUND"));
  }
  Desk ministry(*this, "agency/education");
  EXPECT_THAT(ministry.Withdraw("amend"), HasReason("NOT_THE_PROPOSER"));
  ASSERT_OK(ministry.Confirm("amend", "registrar-1"));  // an actor of another
  EXPECT_EQ(ministry.Entry()->label_es(), "Organismo A");
}

TEST_F(CertifierChanges, AreOfTheEntryAsItWas) {
  Desk ministry(*this, "agency/education");
  EXPECT_THAT(ministry.Propose("same", Amendment("Organismo")), HasReason("INVALID_FIELDS"));
  ASSERT_OK(ministry.Propose("first", Amendment("Uno")));
  ASSERT_OK(ministry.Propose("second", Amendment("Dos")));
  ASSERT_OK(ministry.Confirm("first"));
  EXPECT_THAT(ministry.Confirm("second"), HasReason("CERTIFIER_CHANGED_SINCE"));
  EXPECT_EQ(ministry.Entry()->label_es(), "Uno");
  ASSERT_OK(ministry.Propose("enter-1", Entry(v1::CERTIFIER_CHANGE_KIND_ENTER, "b")));
  ASSERT_OK(ministry.Propose("enter-2", Entry(v1::CERTIFIER_CHANGE_KIND_ENTER, "b")));
  ASSERT_OK(ministry.Confirm("enter-2"));
  EXPECT_THAT(ministry.Confirm("enter-1"), HasReason("CERTIFIER_CHANGED_SINCE"));
}

TEST_F(CertifierChanges, AreDeclinedOrWithdrawnAsLongAsTheyAreProposed) {
  Desk ministry(*this, "agency/education");
  ASSERT_OK(ministry.Propose("declined", Amendment("Uno")));
  ASSERT_OK(ministry.Propose("withdrawn", Amendment("Dos")));
  const auto declined = ministry.Decline("declined");
  ASSERT_OK(declined);
  EXPECT_EQ(declined->state_reason(), "No procede.");
  ASSERT_OK(ministry.Withdraw("withdrawn"));
  for (const char* id : {"declined", "withdrawn"}) {
    EXPECT_THAT(ministry.Confirm(id), HasReason("CERTIFIER_CHANGE_STATE_WRONG"));
    EXPECT_THAT(ministry.Decline(id), HasReason("CERTIFIER_CHANGE_STATE_WRONG"));
    EXPECT_THAT(ministry.Withdraw(id), HasReason("CERTIFIER_CHANGE_STATE_WRONG"));
  }
  EXPECT_EQ(ministry.Entry()->label_es(), "Organismo");
}

// What Education says of a certification once its body has left.
class LeavingBodies : public CertifierChanges {
 protected:
  static education::v1::Certification Certified(HostedModule& education, const std::string& name) {
    education::v1::GetCertificationRequest request;
    request.set_name(name);
    auto stub = education::v1::CertificationService::NewStub(education.channel());
    auto found =
        testing::CalledFor("agency/education", *stub,
                           &education::v1::CertificationService::Stub::GetCertification, request);
    EXPECT_OK(found);
    return found.ok() ? *std::move(found) : education::v1::Certification();
  }
};

TEST_F(LeavingBodies, EndTheirCertificationsAndLetThoseFinishWhoBegan) {
  HostedModule education(education::Education(), education_schema_, "gateway");
  std::string name;
  {
    ASSERT_OK(Submit("s"));
    Seen body(*this, "certifier/a", education.channel());
    ASSERT_OK(Assign(body, "s"));
    ASSERT_OK(Certify(body, "s"));
    ASSERT_TRUE(Reaches(body, "s", v1::SUBMISSION_STATE_CERTIFIED));
    name = Get(body, "s").certification();
  }
  ASSERT_OK(Submit("waits", "b"));
  Desk ministry(*this, "agency/education", education.channel());
  EXPECT_THAT(ministry.Propose("late", Leaving(Day(2020, 1, 1))), HasReason("INVALID_FIELDS"));
  ASSERT_OK(ministry.Propose("leave", Leaving(Day(2090, 6, 30))));
  ASSERT_OK(ministry.Propose("leave-too", Leaving(Day(2090, 6, 30))));
  const auto confirmed = ministry.Confirm("leave");
  ASSERT_OK(confirmed);
  EXPECT_FALSE(confirmed->act().empty());
  EXPECT_EQ(ministry.Entry()->state(), v1::CERTIFIER_STATE_LEFT);
  EXPECT_EQ(ministry.Entry()->teach_out_date().year(), 2090);
  EXPECT_THAT(ministry.Confirm("leave-too"), HasReason("CERTIFIER_STATE_WRONG"));
  ASSERT_TRUE(Becomes([&] {
    return Certified(education, name).state() == education::v1::CERTIFICATION_STATE_TEACH_OUT;
  }));
  const education::v1::Certification ended = Certified(education, name);
  EXPECT_EQ(ended.teach_out_date().year(), 2090);
  EXPECT_EQ(ended.state_reason(), "Cierra.");
  EXPECT_THAT(Submit("t"), HasReason("CERTIFIER_STATE_WRONG"));
  // What it has not decided is given back.
  Seen body(*this, "certifier/a", education.channel());
  ASSERT_TRUE(Reaches(body, "waits", v1::SUBMISSION_STATE_RETURNED));
  EXPECT_EQ(Get(body, "waits").state_reason(), "CERTIFIER_LEFT");
  EXPECT_EQ(Get(body, "s").state(), v1::SUBMISSION_STATE_CERTIFIED);
}

// What was decided before, and comes to Education after it, is given back too.
TEST_F(LeavingBodies, CertifyNothingThatEducationHasNotRecordedBefore) {
  HostedModule education(education::Education(), education_schema_, "gateway");
  ASSERT_OK(Submit("s"));
  {
    Seen away(*this, "certifier/a");
    ASSERT_OK(Assign(away, "s"));
    ASSERT_OK(Certify(away, "s"));
  }
  sql::Connection connection(gateway_schema_);
  MustExecute(connection, "UPDATE due SET claim_time = '2099-01-01' WHERE kind = 'acts.run'");
  Desk ministry(*this, "agency/education", education.channel());
  ASSERT_OK(ministry.Propose("leave", Leaving(Day(2090, 6, 30))));
  ASSERT_OK(ministry.Confirm("leave"));
  sql::Connection records(education_schema_);
  ASSERT_TRUE(Becomes([&] {
    return testing::MustCount(records,
                              "SELECT COUNT(*) FROM certifier WHERE state_date IS NOT"
                              " NULL") == 1;
  }));
  MustExecute(connection, "UPDATE due SET claim_time = '2026-01-01' WHERE kind = 'acts.run'");
  Seen body(*this, "certifier/a", education.channel());
  ASSERT_TRUE(Reaches(body, "s", v1::DECISION_STATE_NOT_RECORDED));
  EXPECT_EQ(GetDecision(body, "s").refusal(), "CERTIFIER_LEFT");
  EXPECT_EQ(Get(body, "s").state(), v1::SUBMISSION_STATE_RETURNED);
  EXPECT_EQ(Recorded(), 0);
}

TEST_F(LeavingBodies, StayWhereEducationRefuses) {
  HostedModule education(education::Education(), education_schema_, "gateway");
  sql::Connection connection(education_schema_);
  MustExecute(connection,
              "INSERT INTO certifier VALUES"
              " ('certifiers/a', 1, '2026-01-01', '2026-01-01', 'antes')");
  Desk ministry(*this, "agency/education", education.channel());
  ASSERT_OK(ministry.Propose("leave", Leaving(Day(2090, 6, 30))));
  ASSERT_OK(ministry.Confirm("leave"));
  ASSERT_TRUE(Becomes(
      [&] { return ministry.Get("leave")->state() == v1::CERTIFIER_CHANGE_STATE_NOT_RECORDED; }));
  EXPECT_EQ(ministry.Get("leave")->refusal(), "CERTIFIER_LEFT");
  EXPECT_THAT(ministry.Get("leave")->refusal_en(), ::testing::HasSubstr("go to another body"));
  EXPECT_EQ(ministry.Entry()->state(), v1::CERTIFIER_STATE_ACTIVE);
  EXPECT_FALSE(ministry.Entry()->has_teach_out_date());
}

}  // namespace
}  // namespace puente::gateway
