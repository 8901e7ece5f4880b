// What awards rest on, for tests: organizations a and b, two learners of a, a published version
// that certifier/a certifies, and requests of enrolments, assessments and awards of it.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/context/values.h"
#include "google/rpc/error_details.pb.h"
#include "modules/education/module.h"
#include "puente/education/v1/assessment.grpc.pb.h"
#include "puente/education/v1/award.grpc.pb.h"
#include "puente/education/v1/award_rule.grpc.pb.h"
#include "puente/education/v1/enrolment.grpc.pb.h"
#include "puente/education/v1/learner.pb.h"
#include "tests/agencies/load_file.h"
#include "tests/education/earned.h"
#include "tests/testing/database.h"
#include "tests/testing/hosted.h"
#include "tests/testing/status.h"

namespace puente::education::testing {

using ::puente::testing::Called;
using ::puente::testing::HostedModule;

inline constexpr char kRegistrar[] = "registrar-1";
inline constexpr char kPurpose[] = "administration";

class Awarding : public ::testing::Test {
 protected:
  using Enrolments = v1::EnrolmentService::Stub;
  using Assessments = v1::AssessmentService::Stub;
  using Awards = v1::AwardService::Stub;
  using Rules = v1::AwardRuleService::Stub;

  Awarding()
      : target_(puente::testing::Database::Shared().NewSchema(Education().migrations)),
        other_(target_),
        ministry_(Education(), target_, "agency/education",
                  puente::testing::WithProfiles("education")),
        gateway_(Education(), target_, "gateway"),
        enrolments_(v1::EnrolmentService::NewStub(ministry_.channel())),
        assessments_(v1::AssessmentService::NewStub(ministry_.channel())),
        awards_(v1::AwardService::NewStub(ministry_.channel())),
        rules_(v1::AwardRuleService::NewStub(ministry_.channel())) {
    EXPECT_OK(MayAward(ministry_.channel(), gateway_.channel()));
    AddLearner("a", "ana");
    AddLearner("a", "eva");
    AddLearner("b", "luz");
  }

  void Publish(const std::string& microcredential) {
    EXPECT_OK(PublishVersion(ministry_.channel(), microcredential));
  }
  void AddLearner(const std::string& organization, const std::string& id, int state = 1) {
    puente::testing::MustExecute(
        other_,
        absl::StrCat("INSERT INTO learner (organization, id, version, person, state, duplicate_of,"
                     " identifier_scheme, sex, birth_years, state_code, sealed, source,"
                     " record_kind, create_time, update_time) VALUES ('",
                     organization, "', '", id, "', 1, 'persons/", id, "', ", state,
                     ", '', 1, 1, '2000-2004', '09', '', 'test', 1, NOW(6), NOW(6))"));
  }
  // From one day to another, counted from today.
  void Certify(const std::string& id, int first, int last, const std::string& version = kVersion,
               const std::vector<std::string>& states = {}, const std::string& certifier = "a") {
    EXPECT_OK(Record(gateway_.channel(), {id, first, last, version, states, certifier}));
  }

  // The fields at fault, each with the rule against which it is: "end_date REQUIRED".
  static std::vector<std::string> Wrong(const absl::Status& status) {
    std::vector<std::string> rules;
    const google::rpc::BadRequest bad = BadRequestOf(status);
    for (const auto& violation : bad.field_violations()) {
      rules.push_back(absl::StrCat(violation.field(), " ", violation.reason()));
    }
    return rules;
  }

  static std::string EnrolmentName(const std::string& id) {
    return "organizations/a/enrolments/" + id;
  }
  static std::string AssessmentName(const std::string& id) {
    return "organizations/a/assessments/" + id;
  }
  static std::string AwardName(const std::string& id) { return "organizations/a/awards/" + id; }

  static v1::CreateEnrolmentRequest NewEnrolment(const std::string& id,
                                                 const std::string& learner = "ana",
                                                 int begin = -30) {
    v1::CreateEnrolmentRequest request;
    request.set_parent("organizations/a");
    request.set_enrolment_id(id);
    v1::Enrolment& enrolment = *request.mutable_enrolment();
    enrolment.set_learner("organizations/a/learners/" + learner);
    enrolment.set_microcredential_version(kVersion);
    *enrolment.mutable_begin_date() = ToProto(InDays(begin));
    enrolment.set_source("test");
    enrolment.set_record_kind(type::v1::RECORD_KIND_REAL);
    return request;
  }
  absl::StatusOr<v1::Enrolment> Do(const v1::CreateEnrolmentRequest& request) {
    return Called(*enrolments_, &Enrolments::CreateEnrolment, request);
  }
  absl::StatusOr<v1::Enrolment> Complete(const std::string& id, int last = 0) {
    v1::CompleteEnrolmentRequest request;
    request.set_name(EnrolmentName(id));
    *request.mutable_end_date() = ToProto(InDays(last));
    return Called(*enrolments_, &Enrolments::CompleteEnrolment, request);
  }
  absl::StatusOr<v1::Enrolment> Withdraw(const std::string& id, int last = 0) {
    v1::WithdrawEnrolmentRequest request;
    request.set_name(EnrolmentName(id));
    *request.mutable_end_date() = ToProto(InDays(last));
    request.set_reason("Se mudó.");
    return Called(*enrolments_, &Enrolments::WithdrawEnrolment, request);
  }
  absl::StatusOr<v1::Enrolment> Begin(const std::string& id, int begin) {
    v1::UpdateEnrolmentRequest request;
    request.mutable_enrolment()->set_name(EnrolmentName(id));
    *request.mutable_enrolment()->mutable_begin_date() = ToProto(InDays(begin));
    return Called(*enrolments_, &Enrolments::UpdateEnrolment, request);
  }
  absl::StatusOr<v1::Enrolment> GetEnrolment(const std::string& id) {
    v1::GetEnrolmentRequest request;
    request.set_name(EnrolmentName(id));
    return Called(*enrolments_, &Enrolments::GetEnrolment, request, nullptr, kPurpose);
  }

  static v1::CreateAssessmentRequest NewAssessment(const std::string& id,
                                                   const std::string& enrolment, int attempt = 1,
                                                   int day = -10) {
    v1::CreateAssessmentRequest request;
    request.set_parent("organizations/a");
    request.set_assessment_id(id);
    v1::Assessment& assessment = *request.mutable_assessment();
    assessment.set_enrolment(EnrolmentName(enrolment));
    assessment.set_evaluator("e-7");
    assessment.set_instrument("Prueba 3");
    assessment.set_supervision(v1::SUPERVISION_IN_PERSON);
    assessment.set_identity_check(v1::IDENTITY_CHECK_DOCUMENT);
    assessment.set_attempt(attempt);
    *assessment.mutable_assess_date() = ToProto(InDays(day));
    assessment.set_source("test");
    assessment.set_record_kind(type::v1::RECORD_KIND_REAL);
    return request;
  }
  absl::StatusOr<v1::Assessment> Do(const v1::CreateAssessmentRequest& request) {
    return Called(*assessments_, &Assessments::CreateAssessment, request);
  }
  absl::StatusOr<v1::Assessment> Pass(const std::string& id, const std::string& grade = "9") {
    v1::PassAssessmentRequest request;
    request.set_name(AssessmentName(id));
    request.set_grade(grade);
    return Called(*assessments_, &Assessments::PassAssessment, request, nullptr, "", kRegistrar);
  }
  absl::StatusOr<v1::Assessment> Fail(const std::string& id) {
    v1::FailAssessmentRequest request;
    request.set_name(AssessmentName(id));
    request.set_reason("Faltó la práctica.");
    return Called(*assessments_, &Assessments::FailAssessment, request, nullptr, "", kRegistrar);
  }
  absl::StatusOr<v1::Assessment> WithdrawAssessment(const std::string& id) {
    v1::WithdrawAssessmentRequest request;
    request.set_name(AssessmentName(id));
    request.set_reason("No se presentó.");
    return Called(*assessments_, &Assessments::WithdrawAssessment, request, nullptr, "",
                  kRegistrar);
  }
  absl::StatusOr<v1::Assessment> GetAssessment(const std::string& id) {
    v1::GetAssessmentRequest request;
    request.set_name(AssessmentName(id));
    return Called(*assessments_, &Assessments::GetAssessment, request, nullptr, kPurpose);
  }

  // An enrolment and a passed assessment of these ids.
  void Earn(const std::string& id, const std::string& learner = "ana", int begin = -30,
            int assessed = -10) {
    EXPECT_OK(Do(NewEnrolment(id, learner, begin)));
    EXPECT_OK(Do(NewAssessment(id, id, 1, assessed)));
    EXPECT_OK(Pass(id));
  }

  static v1::CreateAwardRequest NewAward(const std::string& id, const std::string& assessment,
                                         int day = -5) {
    v1::CreateAwardRequest request;
    request.set_parent("organizations/a");
    request.set_award_id(id);
    v1::Award& award = *request.mutable_award();
    award.set_assessment(AssessmentName(assessment));
    *award.mutable_issue_date() = ToProto(InDays(day));
    award.set_grade("9");
    award.set_source("test");
    award.set_record_kind(type::v1::RECORD_KIND_REAL);
    return request;
  }
  absl::StatusOr<v1::Award> Do(const v1::CreateAwardRequest& request) {
    return Called(*awards_, &Awards::CreateAward, request, nullptr, "", kRegistrar);
  }
  template <class Request>
  absl::StatusOr<v1::Award> Turn(const std::string& id,
                                 grpc::Status (Awards::*method)(grpc::ClientContext*,
                                                                const Request&, v1::Award*)) {
    Request request;
    request.set_name(AwardName(id));
    request.set_reason("acta 7");
    return Called(*awards_, method, request, nullptr, "", kRegistrar);
  }
  absl::StatusOr<v1::Award> Suspend(const std::string& id) {
    return Turn<v1::SuspendAwardRequest>(id, &Awards::SuspendAward);
  }
  absl::StatusOr<v1::Award> Resume(const std::string& id) {
    return Turn<v1::ResumeAwardRequest>(id, &Awards::ResumeAward);
  }
  absl::StatusOr<v1::Award> Revoke(const std::string& id) {
    return Turn<v1::RevokeAwardRequest>(id, &Awards::RevokeAward);
  }
  // Puts the award of a request in the place of one of this id.
  absl::StatusOr<v1::Award> Correct(const std::string& id, const v1::CreateAwardRequest& by) {
    v1::CorrectAwardRequest request;
    request.set_name(AwardName(id));
    request.set_award_id(by.award_id());
    *request.mutable_award() = by.award();
    request.set_reason("El día estaba mal.");
    return Called(*awards_, &Awards::CorrectAward, request, nullptr, "", kRegistrar);
  }
  absl::StatusOr<v1::Award> GetAward(const std::string& id) {
    v1::GetAwardRequest request;
    request.set_name(AwardName(id));
    return Called(*awards_, &Awards::GetAward, request, nullptr, kPurpose);
  }
  v1::AwardState StateOf(const std::string& id) {
    const auto award = GetAward(id);
    EXPECT_OK(award);
    return award.ok() ? award->state() : v1::AWARD_STATE_UNSPECIFIED;
  }

  absl::StatusOr<v1::AwardRule> AddRule(const std::string& id, int begin, int hours_a_day,
                                        int least_days = 0) {
    v1::CreateAwardRuleRequest request;
    request.set_award_rule_id(id);
    v1::AwardRule& rule = *request.mutable_award_rule();
    rule.set_label_es("Regla");
    *rule.mutable_begin_date() = ToProto(InDays(begin));
    rule.set_most_hours_a_day(hours_a_day);
    rule.set_least_days(least_days);
    rule.set_source("test");
    rule.set_record_kind(type::v1::RECORD_KIND_REAL);
    return Called(*rules_, &Rules::CreateAwardRule, request);
  }
  int64_t Count(const std::string& rest) {
    return puente::testing::MustCount(other_, "SELECT COUNT(*) FROM " + rest);
  }

  const sql::Target target_;
  sql::Connection other_;
  HostedModule ministry_;
  HostedModule gateway_;
  const std::unique_ptr<Enrolments> enrolments_;
  const std::unique_ptr<Assessments> assessments_;
  const std::unique_ptr<Awards> awards_;
  const std::unique_ptr<Rules> rules_;
};

}  // namespace puente::education::testing
