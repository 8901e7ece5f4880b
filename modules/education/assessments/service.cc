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
#include "modules/education/certifications/rules.h"
#include "modules/education/certifications/store.h"
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

bool IsBody(const Call& call) { return call.caller.kind() == "certifier"; }

// Takes the attempt that an assessment says. ASSESSMENT_ATTEMPT_TAKEN; a body is not told by which.
absl::Status TakeAttempt(const Call& call, const v1::Assessment& assessment, Attempts& attempts) {
  auto& of_enrolment = attempts[assessment.enrolment()];
  const std::string& other =
      of_enrolment.emplace(assessment.attempt(), assessment.name()).first->second;
  if (other == assessment.name()) return absl::OkStatus();  // perhaps stored, as Create will say
  int next = 1;
  while (of_enrolment.contains(next)) ++next;
  const std::string told =
      IsBody(call) ? absl::StrCat(OrganizationOf(assessment.name()), "/assessments/-") : other;
  return Error(error::kAssessmentAttemptTaken, "attempt"_is(assessment.attempt()),
               "enrolment"_is(assessment.enrolment()), "other"_is(told), "next"_is(next),
               "field"_is("assessment.attempt"));
}

// What is certified of versions, as far as a body asks.
using CertificationsByVersion = std::map<std::string, std::vector<v1::Certification>>;

absl::StatusOr<CertificationsByVersion> CertificationsFor(
    const Call& call, sql::Session& session,
    const std::map<std::string, v1::Enrolment>& enrolments) {
  CertificationsByVersion all;
  if (!IsBody(call)) return all;
  for (const auto& [name, enrolment] : enrolments) {
    const std::string& version = enrolment.microcredential_version();
    if (all.contains(version)) continue;
    ASSIGN_OR_RETURN(all[version], store::CertificationsOf(session, version));
  }
  return all;
}

// A body assesses whom an award may rest on its certification: it certified the version on the day
// on which the learner began. Of anybody else it is not told that they are there.
bool MayAssess(const v1::Assessment& assessment, const v1::Enrolment& enrolment,
               const CertificationsByVersion& certifications) {
  const absl::CivilDay began = ToCivilDay(enrolment.begin_date());
  return absl::c_any_of(certifications.at(enrolment.microcredential_version()),
                        [&](const v1::Certification& one) {
                          return one.certifier() == assessment.certifier() && HoldsOn(one, began);
                        });
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
    if (found == plans.end() || (is_of_another && IsBody(call))) {
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
  ASSIGN_OR_RETURN(const auto certifications, CertificationsFor(call, tx, enrolments));
  ASSIGN_OR_RETURN(Attempts attempts, AttemptsOf(tx, names));
  std::vector<std::string> named;
  many.Check([&](const v1::Assessment& one) {
    named.insert(named.end(), one.dual_plans().begin(), one.dual_plans().end());
    return absl::OkStatus();
  });
  ASSIGN_OR_RETURN(const PlansByName plans, resource::FindMany(tx, DualPlans(), named));
  many.Check([&](v1::Assessment& one) {
    const auto found = enrolments.find(one.enrolment());
    if (found == enrolments.end() ||
        (IsBody(call) && !MayAssess(one, found->second, certifications))) {
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
    return TakeAttempt(call, one, attempts);
  });
  return absl::OkStatus();
}

// An organization does not say for a body how its own learners did, nor how they were assessed.
absl::Status CheckMaker(const Call& call, const v1::Assessment& assessment) {
  if (assessment.certifier().empty() || call.caller.kind() != "organization") {
    return absl::OkStatus();
  }
  return Error(error::kAssessmentOfBody, "name"_is(assessment.name()),
               "certifier"_is(assessment.certifier()));
}

// Whether nothing else changes but the plans, which the organization names.
bool ChangesPlansAlone(v1::Assessment before, v1::Assessment after) {
  for (v1::Assessment* one : {&before, &after}) {
    one->clear_dual_plans();
    one->clear_etag();
    one->clear_update_time();
  }
  return crypto::Canonical(before) == crypto::Canonical(after);
}

absl::Status PrepareChanged(const Call& call, journal::Transaction& tx,
                            const v1::Assessment* before, v1::Assessment& after) {
  if (!ChangesPlansAlone(*before, after)) RETURN_IF_ERROR(CheckMaker(call, *before));
  const std::vector<std::string> named(after.dual_plans().begin(), after.dual_plans().end());
  ASSIGN_OR_RETURN(const PlansByName plans, resource::FindMany(tx, DualPlans(), named));
  RETURN_IF_ERROR(CheckPlans(call, after, plans));
  if (after.attempt() == before->attempt()) return absl::OkStatus();
  RETURN_IF_ERROR(
      resource::GuardFirst(tx, Enrolments(), after.enrolment(), "assessment.enrolment").status());
  ASSIGN_OR_RETURN(Attempts attempts, AttemptsOf(tx, {after.enrolment()}));
  attempts[after.enrolment()].erase(before->attempt());
  return TakeAttempt(call, after, attempts);
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
  RETURN_IF_ERROR(CheckMaker(call, before));
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

absl::Status PrepareWithdrawal(const Call& call, journal::Transaction&,
                               const v1::Assessment& before, v1::Assessment&) {
  return CheckMaker(call, before);
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
                                    {.verb = "FailAssessment", .prepare = &PrepareResult},
                                    {.verb = "WithdrawAssessment", .prepare = &PrepareWithdrawal}},
                          .in_files = {.id = &IdInFiles,
                                       .check_id = &CheckIdOfRecord,
                                       .verbs = {"PassAssessment", "FailAssessment"}}});
}

}  // namespace puente::education
