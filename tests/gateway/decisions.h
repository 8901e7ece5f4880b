// Decisions of the body of certification.h, and what an organization does about them.
#pragma once

#include <string>

#include "absl/strings/str_cat.h"
#include "puente/education/v1/certification.grpc.pb.h"
#include "tests/gateway/certification.h"

namespace puente::gateway {

inline constexpr char kOther[] = "reviewer-2";
inline constexpr char kOfficer[] = "registrar-1";

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
    return testing::Called(*school.decisions, &v1::DecisionService::Stub::AppealDecision, request,
                           nullptr, "", kOfficer);
  }
  absl::StatusOr<v1::Decision> Uphold(Seen& body, const std::string& id, const std::string& actor) {
    v1::UpholdDecisionRequest request;
    request.set_name(absl::StrCat(kBody, "/decisions/", id));
    request.set_reason("Así es.");
    return testing::Called(*body.decisions, &v1::DecisionService::Stub::UpholdDecision, request,
                           nullptr, "", actor);
  }
  v1::Decision Replacing(v1::Decision decision, const std::string& appealed) {
    decision.set_replaces(absl::StrCat(kBody, "/decisions/", appealed));
    return decision;
  }
  education::v1::CertificationState Held(const std::string& certification) {
    auto stub = education::v1::CertificationService::NewStub(education_.channel());
    education::v1::GetCertificationRequest request;
    request.set_name(certification);
    const auto held = testing::Called(
        *stub, &education::v1::CertificationService::Stub::GetCertification, request);
    EXPECT_OK(held);
    return held.ok() ? held->state() : education::v1::CERTIFICATION_STATE_UNSPECIFIED;
  }
  void AcknowledgedBy(const std::string& caller, const std::string& id,
                      ::testing::Matcher<const absl::StatusOr<v1::Decision>&> matcher) {
    Seen school(*this, caller);
    v1::AcknowledgeDecisionRequest request;
    request.set_name(absl::StrCat(kBody, "/decisions/", id));
    EXPECT_THAT(testing::Called(*school.decisions, &v1::DecisionService::Stub::AcknowledgeDecision,
                                request, nullptr, "", caller == "organization/a" ? kOfficer : ""),
                matcher);
  }

  testing::HostedModule education_;
};

}  // namespace puente::gateway
