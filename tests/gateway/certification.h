// A body that certifies, what organizations submit to it, and Education: the gateway and Education
// as they are, each on a schema of its own. All other agencies are away.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gateway/module.h"
#include "modules/education/module.h"
#include "puente/education/v1/microcredential.grpc.pb.h"
#include "puente/gateway/v1/act.grpc.pb.h"
#include "puente/gateway/v1/certifier.grpc.pb.h"
#include "puente/gateway/v1/certifier_change.grpc.pb.h"
#include "puente/gateway/v1/decision.grpc.pb.h"
#include "puente/gateway/v1/dossier.grpc.pb.h"
#include "puente/gateway/v1/finding.grpc.pb.h"
#include "puente/gateway/v1/submission.grpc.pb.h"
#include "tests/testing/database.h"
#include "tests/testing/hosted.h"
#include "tests/testing/status.h"
#include "tests/testing/wait.h"

namespace puente::gateway {

inline constexpr char kBody[] = "certifiers/a";
inline constexpr char kReviewer[] = "reviewer-1";

inline google::type::Date Day(int year, int month, int day) {
  google::type::Date date;
  date.set_year(year);
  date.set_month(month);
  date.set_day(day);
  return date;
}

inline std::shared_ptr<grpc::Channel> Nobody() {
  return grpc::CreateChannel("127.0.0.1:1", grpc::InsecureChannelCredentials());
}

// The gateway, where only these agencies may answer.
inline hosting::ModuleKind GatewayTo(std::shared_ptr<grpc::Channel> education,
                                     std::shared_ptr<grpc::Channel> economy = Nobody(),
                                     std::shared_ptr<grpc::Channel> science = Nobody()) {
  hosting::ModuleKind kind = Gateway();
  kind.make = [education, economy, science](const hosting::Surroundings& around) {
    const auto channel = [education, economy, science](absl::string_view agency) {
      if (agency == "education") return education;
      if (agency == "science") return science;
      return agency == "economy" ? economy : Nobody();
    };
    return Gateway().make({around.config, around.host, around.database, channel});
  };
  return kind;
}

class Certification : public ::testing::Test {
 protected:
  Certification()
      : education_schema_(testing::Database::Shared().NewSchema(education::Education().migrations)),
        gateway_schema_(testing::Database::Shared().NewSchema(Gateway().migrations)) {
    Publish("welding", 1);
    Register(Entry(v1::CERTIFIER_CHANGE_KIND_ENTER));
  }

  // A body's entry in the register as it is at first.
  static v1::CertifierChange Entry(v1::CertifierChangeKind kind, const std::string& body = "a") {
    v1::CertifierChange change;
    change.set_body("certifier/" + body);
    change.set_kind(kind);
    change.set_label_es("Organismo");
    v1::CertificationScope& scope = *change.add_scopes();
    scope.set_microcredential("microcredentials/welding");
    scope.set_later_versions(true);
    *scope.mutable_start_date() = Day(2020, 1, 1);
    change.add_conflicts("organizations/partial");
    change.set_source("test");
    change.set_record_kind(type::v1::RECORD_KIND_REAL);
    return change;
  }
  static v1::CertifierChange Leaving(const google::type::Date& teach_out) {
    v1::CertifierChange change;
    change.set_body("certifier/a");
    change.set_kind(v1::CERTIFIER_CHANGE_KIND_LEAVE);
    *change.mutable_teach_out_date() = teach_out;
    change.set_note("Cierra.");
    change.set_source("test");
    change.set_record_kind(type::v1::RECORD_KIND_REAL);
    return change;
  }
  // One registrar of Education proposes it, another confirms.
  void Register(const v1::CertifierChange& change,
                std::shared_ptr<grpc::Channel> education = Nobody()) {
    using Stub = v1::CertifierChangeService::Stub;
    testing::HostedModule as_education(GatewayTo(std::move(education)), gateway_schema_,
                                       "agency/education");
    auto stub = v1::CertifierChangeService::NewStub(as_education.channel());
    v1::CreateCertifierChangeRequest create;
    create.set_certifier_change_id(absl::StrCat("change-", ++changes_));
    *create.mutable_certifier_change() = change;
    const auto proposed =
        testing::Called(*stub, &Stub::CreateCertifierChange, create, nullptr, "", "registrar-1");
    ASSERT_OK(proposed);
    v1::ConfirmCertifierChangeRequest confirm;
    confirm.set_name(proposed->name());
    EXPECT_OK(
        testing::Called(*stub, &Stub::ConfirmCertifierChange, confirm, nullptr, "", "registrar-2"));
  }

  // A version of a microcredential; of an organization, or of the country.
  void Publish(const std::string& microcredential, int number, int hours = 40,
               const std::string& organization = "") {
    const std::string parent = "microcredentials/" + microcredential;
    testing::HostedModule education(education::Education(), education_schema_, "agency/education");
    auto versions = education::v1::MicrocredentialService::NewStub(education.channel());
    education::v1::CreateMicrocredentialVersionRequest request;
    request.set_parent(parent);
    request.set_microcredential_version_id(absl::StrCat(number));
    auto& version = *request.mutable_microcredential_version();
    version.set_title_es("Soldadura");
    version.set_country_code("MX");
    version.set_awarding_body("Instituto");
    *version.mutable_issue_date() = Day(2026, 1, 1);
    version.add_outcomes()->set_statement("Suelda.");
    version.mutable_outcomes(0)->add_skills("skills/welding");
    version.set_workload_hours(hours);
    version.set_organization(organization);
    version.set_assessment_type(education::v1::ASSESSMENT_TYPE_PERFORMANCE);
    version.set_participation_form(education::v1::PARTICIPATION_FORM_ON_SITE);
    version.set_quality_assurance("Interna");
    version.set_source("test");
    version.set_record_kind(type::v1::RECORD_KIND_REAL);
    ASSERT_OK(testing::Called(
        *versions, &education::v1::MicrocredentialService::Stub::CreateMicrocredentialVersion,
        request));
    education::v1::PublishMicrocredentialVersionRequest publish;
    publish.set_name(absl::StrCat(parent, "/versions/", number));
    ASSERT_OK(testing::Called(
        *versions, &education::v1::MicrocredentialService::Stub::PublishMicrocredentialVersion,
        publish));
  }

  // A gateway as one caller sees it.
  struct Seen {
    Seen(const Certification& test, const std::string& caller,
         std::shared_ptr<grpc::Channel> education = Nobody())
        : hosted(GatewayTo(std::move(education)), test.gateway_schema_, caller),
          submissions(v1::SubmissionService::NewStub(hosted.channel())),
          findings(v1::FindingService::NewStub(hosted.channel())),
          dossiers(v1::DossierService::NewStub(hosted.channel())),
          decisions(v1::DecisionService::NewStub(hosted.channel())),
          acts(v1::ActService::NewStub(hosted.channel())) {}
    testing::HostedModule hosted;
    std::unique_ptr<v1::SubmissionService::Stub> submissions;
    std::unique_ptr<v1::FindingService::Stub> findings;
    std::unique_ptr<v1::DossierService::Stub> dossiers;
    std::unique_ptr<v1::DecisionService::Stub> decisions;
    std::unique_ptr<v1::ActService::Stub> acts;
  };

  absl::StatusOr<v1::Submission> Submit(const std::string& id,
                                        const std::string& organization = "a",
                                        const std::string& version = "welding/versions/1") {
    Seen school(*this, "organization/" + organization);
    v1::CreateSubmissionRequest request;
    request.set_parent(kBody);
    request.set_submission_id(id);
    request.mutable_submission()->set_organization("organizations/" + organization);
    request.mutable_submission()->set_microcredential_version("microcredentials/" + version);
    return testing::Called(*school.submissions, &v1::SubmissionService::Stub::CreateSubmission,
                           request);
  }
  absl::StatusOr<v1::Submission> Assign(Seen& body, const std::string& id,
                                        const std::string& reviewer = kReviewer) {
    v1::AssignSubmissionRequest request;
    request.set_name(absl::StrCat(kBody, "/submissions/", id));
    request.set_reviewer(reviewer);
    return testing::Called(*body.submissions, &v1::SubmissionService::Stub::AssignSubmission,
                           request, nullptr, "", kReviewer);
  }
  static std::string Name(const std::string& id) {
    return absl::StrCat(kBody, "/submissions/", id);
  }
  // "dossiers/{id}", with what Education knows: Education answers, whether it does afterwards or
  // not.
  absl::StatusOr<v1::Dossier> Open(const std::string& submission, const std::string& id,
                                   const std::string& actor = kReviewer) {
    testing::HostedModule education(education::Education(), education_schema_, "gateway");
    Seen body(*this, "certifier/a", education.channel());
    v1::OpenDossierRequest request;
    request.set_submission(Name(submission));
    request.set_dossier_id(id);
    return testing::Called(*body.dossiers, &v1::DossierService::Stub::OpenDossier, request, nullptr,
                           "", actor);
  }
  absl::StatusOr<v1::Decision> Decide(Seen& body, const std::string& id,
                                      const v1::Decision& decision,
                                      const std::string& actor = kReviewer,
                                      bool validate_only = false) {
    v1::CreateDecisionRequest request;
    request.set_parent(kBody);
    request.set_decision_id(id);
    *request.mutable_decision() = decision;
    request.set_validate_only(validate_only);
    return testing::Called(*body.decisions, &v1::DecisionService::Stub::CreateDecision, request,
                           nullptr, "", actor);
  }
  // On a dossier in which all but Education's answers are missing.
  static v1::Decision Certifying(const std::string& submission, const std::string& dossier) {
    v1::Decision decision = Deciding(submission, v1::DECISION_KIND_CERTIFY, "");
    decision.set_dossier("dossiers/" + dossier);
    *decision.mutable_end_date() = Day(2099, 12, 31);
    decision.set_conditions("Dos evaluadores por centro.");
    for (const char* section : {"demand", "technology", "employment"}) {
      v1::Override& given = *decision.add_overrides();
      given.set_section(section);
      given.set_reason("Se conoce por otra vía.");
    }
    return decision;
  }
  static v1::Decision Deciding(const std::string& submission, v1::DecisionKind kind,
                               const std::string& reason = "Porque sí.") {
    v1::Decision decision;
    decision.set_submission(Name(submission));
    decision.set_kind(kind);
    decision.set_reason(reason);
    return decision;
  }
  // Opens a dossier and decides on it, under the id of the submission.
  absl::StatusOr<v1::Decision> Certify(Seen& body, const std::string& submission) {
    const auto dossier = Open(submission, submission);
    if (!dossier.ok()) return dossier.status();
    return Decide(body, submission, Certifying(submission, submission));
  }
  v1::Decision GetDecision(Seen& seen, const std::string& id) {
    v1::GetDecisionRequest request;
    request.set_name(absl::StrCat(kBody, "/decisions/", id));
    auto found = testing::Called(*seen.decisions, &v1::DecisionService::Stub::GetDecision, request);
    EXPECT_OK(found);
    return found.ok() ? *std::move(found) : v1::Decision();
  }
  bool Reaches(Seen& seen, const std::string& decision, v1::DecisionState state) {
    return testing::Becomes([&] { return GetDecision(seen, decision).state() == state; });
  }
  v1::Submission Get(Seen& body, const std::string& id) {
    v1::GetSubmissionRequest request;
    request.set_name(absl::StrCat(kBody, "/submissions/", id));
    auto found =
        testing::Called(*body.submissions, &v1::SubmissionService::Stub::GetSubmission, request);
    EXPECT_OK(found);
    return found.ok() ? *std::move(found) : v1::Submission();
  }
  bool Reaches(Seen& body, const std::string& id, v1::SubmissionState state) {
    return testing::Becomes([&] { return Get(body, id).state() == state; });
  }
  int64_t Recorded() {
    sql::Connection connection(education_schema_);
    return testing::MustCount(connection, "SELECT COUNT(*) FROM certification");
  }

  const sql::Target education_schema_, gateway_schema_;
  int changes_ = 0;  // of the register
};

}  // namespace puente::gateway
