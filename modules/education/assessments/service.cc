#include "modules/education/assessments/service.h"

#include <algorithm>
#include <map>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "common/context/clock.h"
#include "common/context/values.h"
#include "common/crypto/digest.h"
#include "common/resource/serve.h"
#include "modules/education/assessments/resource.h"
#include "modules/education/assessments/rules.h"
#include "modules/education/dual_plans/evidence.h"
#include "modules/education/dual_plans/resource.h"
#include "modules/education/enrolments/resource.h"
#include "modules/education/enrolments/rules.h"
#include "modules/education/errors.h"
#include "modules/education/ids.h"
#include "modules/education/many.h"

namespace puente::education {
namespace {

using NewAssessments = Many<v1::Assessment>;

// Of enrolments, their attempts and whose those are.
using Attempts = std::map<std::string, std::map<int, std::string>>;

absl::StatusOr<Attempts> AttemptsOf(sql::Session& session,
                                    const std::vector<std::string>& enrolments) {
  Attempts attempts;
  if (enrolments.empty()) return attempts;
  ASSIGN_OR_RETURN(const auto all,
                   resource::Select(session, Assessments(), "education.assessment.of_enrolments",
                                    absl::StrCat("FORCE INDEX (attempts) WHERE enrolment IN ",
                                                 sql::InList(enrolments.size())),
                                    ListOf(enrolments)));
  for (const v1::Assessment& one : all) attempts[one.enrolment()][one.attempt()] = one.name();
  return attempts;
}

// Takes the attempt that an assessment says. ASSESSMENT_ATTEMPT_TAKEN.
absl::Status TakeAttempt(const v1::Assessment& assessment, Attempts& attempts) {
  auto& of_enrolment = attempts[assessment.enrolment()];
  const int last = of_enrolment.empty() ? 0 : of_enrolment.rbegin()->first;
  const std::string& other =
      of_enrolment.emplace(assessment.attempt(), assessment.name()).first->second;
  if (other == assessment.name()) return absl::OkStatus();  // perhaps stored, as Create will say
  return Error(error::kAssessmentAttemptTaken, "attempt"_is(assessment.attempt()),
               "enrolment"_is(assessment.enrolment()), "other"_is(other), "next"_is(last + 1),
               "field"_is("assessment.attempt"));
}

// The plans that assessments name, of those that there are: their enrolments never change.
using PlansByName = std::map<std::string, v1::DualPlan>;

// That the plans are of the assessment's enrolment, and agreed: else nothing that they say is
// anybody's word. A body is not told that there is another's.
absl::Status CheckPlans(const Call& call, const v1::Assessment& assessment,
                        const PlansByName& plans) {
  std::vector<Violation> violations;
  for (int i = 0; i < assessment.dual_plans_size(); ++i) {
    const std::string& name = assessment.dual_plans(i);
    const std::string field = absl::StrCat("assessment.dual_plans[", i, "]");
    const auto found = plans.find(name);
    const bool is_of_another =
        found != plans.end() && found->second.enrolment() != assessment.enrolment();
    if (found == plans.end() || (is_of_another && call.caller.kind() == "certifier")) {
      return DualPlans().NotFound(name, field);
    }
    if (is_of_another) {
      violations.push_back(
          Against(rule::kPlanOfAnotherEnrolment, "enrolment"_is(assessment.enrolment()))
              .At(field)
              .Reading({"assessment.enrolment"}));
    } else if (!found->second.has_agree_time()) {
      violations.push_back(Against(rule::kNotAgreed).At(field));
    }
  }
  return InvalidFields(std::move(violations));
}

// Enrolments are guarded first, so that none is ended, nor assessed by another, meanwhile.
absl::Status PrepareNew(const Call& call, journal::Transaction& tx,
                        absl::Span<v1::Assessment* const> fresh,
                        absl::Span<absl::Status> refusals) {
  NewAssessments many(fresh, refusals);
  many.Check([](const v1::Assessment& one) { return InvalidFields(CheckNew(one)); });
  const auto names = many.Stated([](const auto& one) { return one.enrolment(); });
  RETURN_IF_ERROR(resource::internal::GuardEachFirst(tx, Enrolments(), names));
  ASSIGN_OR_RETURN(const auto enrolments, resource::FindMany(tx, Enrolments(), names));
  ASSIGN_OR_RETURN(Attempts attempts, AttemptsOf(tx, names));
  std::vector<std::string> named;
  many.Check([&](const v1::Assessment& one) {
    named.insert(named.end(), one.dual_plans().begin(), one.dual_plans().end());
    return absl::OkStatus();
  });
  ASSIGN_OR_RETURN(const PlansByName plans, resource::FindMany(tx, DualPlans(), named));
  many.Check([&](v1::Assessment& one) {
    const auto found = enrolments.find(one.enrolment());
    if (found == enrolments.end()) {
      return Enrolments().NotFound(one.enrolment(), "assessment.enrolment");
    }
    const v1::Enrolment& enrolment = found->second;
    if (!absl::c_linear_search(kMayBeAssessed, enrolment.state())) {
      return resource::StateWrong(Enrolments(), Enrolments().state_wrong(), call.verb(), enrolment,
                                  kMayBeAssessed);
    }
    one.set_learner(enrolment.learner());
    one.set_microcredential_version(enrolment.microcredential_version());
    RETURN_IF_ERROR(CheckPlans(call, one, plans));
    return TakeAttempt(one, attempts);
  });
  return absl::OkStatus();
}

absl::Status PrepareChanged(const Call& call, journal::Transaction& tx,
                            const v1::Assessment* before, v1::Assessment& after) {
  const std::vector<std::string> named(after.dual_plans().begin(), after.dual_plans().end());
  ASSIGN_OR_RETURN(const PlansByName plans, resource::FindMany(tx, DualPlans(), named));
  RETURN_IF_ERROR(CheckPlans(call, after, plans));
  if (after.attempt() == before->attempt()) return absl::OkStatus();
  RETURN_IF_ERROR(
      resource::GuardFirst(tx, Enrolments(), after.enrolment(), "assessment.enrolment").status());
  ASSIGN_OR_RETURN(Attempts attempts, AttemptsOf(tx, {after.enrolment()}));
  attempts[after.enrolment()].erase(before->attempt());
  return TakeAttempt(after, attempts);
}

// Keeps what the plans say now. Passed is who has achieved all of their outcomes.
absl::Status KeepEvidence(journal::Transaction& tx, v1::Assessment& assessment) {
  if (assessment.dual_plans().empty()) return absl::OkStatus();
  const std::vector<std::string> plans(assessment.dual_plans().begin(),
                                       assessment.dual_plans().end());
  ASSIGN_OR_RETURN(const auto evidence, TakeEvidence(tx, plans));
  assessment.mutable_evidence()->Assign(evidence.begin(), evidence.end());
  if (assessment.state() != v1::ASSESSMENT_STATE_PASSED) return absl::OkStatus();
  for (const v1::DualEvidence& one : evidence) {
    if (one.result() == v1::DUAL_RESULT_ACHIEVED) continue;
    return Error(error::kDualOutcomeNotAchieved, "name"_is(assessment.name()),
                 "outcome"_is(one.outcome()), "field"_is("assessment.dual_plans"));
  }
  return absl::OkStatus();
}

absl::Status PrepareResult(const Call& call, journal::Transaction& tx, const v1::Assessment& before,
                           v1::Assessment& after) {
  // An organization does not say for a body how its own learners did.
  if (!before.certifier().empty() && call.caller.kind() == "organization") {
    return Error(error::kAssessmentOfBody, "name"_is(before.name()),
                 "certifier"_is(before.certifier()));
  }
  const absl::CivilDay today = LegalDay(call.start);
  if (!MayHaveResult(before, today)) {
    return Error(error::kAssessmentToCome, "name"_is(before.name()),
                 "day"_is(absl::FormatCivilTime(ToCivilDay(before.assess_date()))),
                 "field"_is("assessment.assess_date"));
  }
  if (!after.has_result_date()) *after.mutable_result_date() = ToProto(today);
  RETURN_IF_ERROR(InvalidFields(CheckResultDate(after, today, "result_date")));
  return KeepEvidence(tx, after);
}

// Of which enrolment it is which attempt.
std::string IdInFiles(const v1::Assessment& assessment) {
  return crypto::UuidOf(crypto::TaggedSha256(
      "puente-assessment/1", {assessment.enrolment(), absl::StrCat(assessment.attempt())}));
}

}  // namespace

resource::RecordWriter ServeAssessments(calls::Host& host) {
  return resource::Serve(host, Assessments(),
                         {.check = &CheckEvaluator,
                          .prepare = &PrepareChanged,
                          .prepare_many = &PrepareNew,
                          .verbs = {{.verb = "PassAssessment", .prepare = &PrepareResult},
                                    {.verb = "FailAssessment", .prepare = &PrepareResult}},
                          .in_files = {.id = &IdInFiles,
                                       .check_id = &CheckIdOfRecord,
                                       .verbs = {"PassAssessment", "FailAssessment"}}});
}

}  // namespace puente::education
