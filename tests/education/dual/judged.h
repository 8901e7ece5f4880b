// Assessments and awards that rest on plans, as their tests call them.
#pragma once

#include <string>
#include <vector>

#include "puente/education/v1/assessment.grpc.pb.h"
#include "puente/education/v1/award.grpc.pb.h"
#include "tests/education/dual/plans.h"

namespace puente::education::testing {

using Assessments = v1::AssessmentService::Stub;

class JudgedPlans : public DualPlans {
 protected:
  static std::string AssessmentName(const std::string& id) {
    return "organizations/a/assessments/" + id;
  }
  static std::string Resting(const std::vector<std::string>& plans) {
    std::string text;
    for (const std::string& plan : plans) absl::StrAppend(&text, "dual_plans: '", plan, "' ");
    return text;
  }
  // By the organization of a learner, ten days ago.
  absl::StatusOr<v1::Assessment> Assess(Party& party, const std::string& id,
                                        const std::string& learner,
                                        const std::vector<std::string>& plans, int attempt = 1,
                                        const std::string& more = "") {
    return party.Ask(
        &Assessments::CreateAssessment,
        absl::StrCat("parent: 'organizations/a' assessment_id: '", id,
                     "' assessment { enrolment: '", EnrolmentOf(learner),
                     "' evaluator: 'e-1' instrument: 'Prueba' supervision: SUPERVISION_IN_PERSON"
                     " identity_check: IDENTITY_CHECK_KNOWN attempt: ",
                     attempt, " assess_date {", In(-10), "} ", Resting(plans), more, "}"));
  }
  absl::StatusOr<v1::Assessment> Pass(const std::string& id, const std::string& more = "") {
    return a.Ask(&Assessments::PassAssessment, Named(AssessmentName(id), more));
  }
  absl::StatusOr<v1::Assessment> Fail(const std::string& id, const std::string& more = "") {
    return a.Ask(&Assessments::FailAssessment, Named(AssessmentName(id), "reason: 'r' " + more));
  }
  void Judge(const std::string& plan, int outcome, const std::string& result = "ACHIEVED",
             int day = -1, Party* company = nullptr) {
    EXPECT_OK((company == nullptr ? acme : *company)
                  .Ask(&Plans::JudgeOutcome,
                       Named(plan, absl::StrCat("outcome: ", outcome, " result: DUAL_RESULT_",
                                                result, " judge_date {", In(day), "}"))));
  }
  void Learn(const std::string& plan, const std::string& id, int day, int minutes,
             int outcome = 1) {
    EXPECT_OK(Claim(a, plan, id, day, minutes, outcome));
    EXPECT_OK(Confirm(acme, EntryName(plan, id)));
  }
  // "1: 200 of 600, ACHIEVED" for each.
  template <class List>
  static std::vector<std::string> Said(const List& evidence) {
    std::vector<std::string> said;
    for (const v1::DualEvidence& one : evidence) {
      const std::string result = v1::DualResult_Name(one.result()).substr(12);
      said.push_back(absl::StrCat(one.outcome(), ": ", one.confirmed_minutes(), " of ",
                                  one.planned_minutes(),
                                  one.has_judge_date() ? ", " + result : ""));
    }
    return said;
  }
};

}  // namespace puente::education::testing
