#include "gateway/decisions/rules.h"

#include <map>
#include <set>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/telemetry/mistake.h"
#include "gateway/errors.h"

namespace puente::gateway {
namespace {

using enum v1::SubmissionState;
using enum v1::DecisionKind;
using enum Has;

constexpr char kDefinition[] = "definition";

constexpr KindOfDecision kKinds[] = {
    {.kind = DECISION_KIND_CERTIFY,
     .from = SUBMISSION_STATE_IN_REVIEW,
     .to = SUBMISSION_STATE_CERTIFYING,
     .reason = kMay,
     .dossier = kMust,
     .start_date = kMay,
     .end_date = kMust,
     .conditions = kMay,
     .recorded = true,
     .appealable = false},
    {.kind = DECISION_KIND_RETURN,
     .from = SUBMISSION_STATE_IN_REVIEW,
     .to = SUBMISSION_STATE_RETURNED,
     .reason = kMust,
     .dossier = kMay,
     .start_date = kNever,
     .end_date = kNever,
     .conditions = kNever,
     .recorded = false,
     .appealable = true},
    {.kind = DECISION_KIND_REJECT,
     .from = SUBMISSION_STATE_IN_REVIEW,
     .to = SUBMISSION_STATE_REJECTED,
     .reason = kMust,
     .dossier = kMust,
     .start_date = kNever,
     .end_date = kNever,
     .conditions = kNever,
     .recorded = false,
     .appealable = true},
    {.kind = DECISION_KIND_SUSPEND,
     .from = SUBMISSION_STATE_CERTIFIED,
     .to = SUBMISSION_STATE_CERTIFIED,
     .reason = kMust,
     .dossier = kMay,
     .start_date = kMay,
     .end_date = kNever,
     .conditions = kNever,
     .recorded = true,
     .appealable = true},
    {.kind = DECISION_KIND_RESUME,
     .from = SUBMISSION_STATE_CERTIFIED,
     .to = SUBMISSION_STATE_CERTIFIED,
     .reason = kMay,
     .dossier = kMay,
     .start_date = kMay,
     .end_date = kNever,
     .conditions = kNever,
     .recorded = true,
     .appealable = false},
    {.kind = DECISION_KIND_RENEW,
     .from = SUBMISSION_STATE_CERTIFIED,
     .to = SUBMISSION_STATE_CERTIFIED,
     .reason = kMay,
     .dossier = kMay,
     .start_date = kNever,
     .end_date = kMust,
     .conditions = kNever,
     .recorded = true,
     .appealable = false},
    {.kind = DECISION_KIND_WITHDRAW,
     .from = SUBMISSION_STATE_CERTIFIED,
     .to = SUBMISSION_STATE_CERTIFIED,
     .reason = kMust,
     .dossier = kMay,
     .start_date = kMay,
     .end_date = kNever,
     .conditions = kNever,
     .recorded = true,
     .appealable = true},
};

// "CERTIFY"
std::string Text(v1::DecisionKind kind) {
  return std::string(absl::StripPrefix(v1::DecisionKind_Name(kind), "DECISION_KIND_"));
}

}  // namespace

const KindOfDecision& KindOf(v1::DecisionKind kind) {
  const auto* const found =
      absl::c_find_if(kKinds, [kind](const KindOfDecision& one) { return one.kind == kind; });
  if (found == std::end(kKinds)) telemetry::Mistake("no such kind of decision", Text(kind));
  return *found;
}

std::vector<Violation> CheckKind(const v1::Decision& decision, const std::string& under) {
  // That a kind is missing or unknown is said by the field's own rules.
  if (decision.kind() == DECISION_KIND_UNSPECIFIED || !v1::DecisionKind_IsValid(decision.kind())) {
    return {};
  }
  const KindOfDecision& kind = KindOf(decision.kind());
  std::vector<Violation> violations;
  const auto check = [&](Has has, bool given, absl::string_view field) {
    const auto name = "kind"_is(Text(decision.kind()));
    const std::string path = absl::StrCat(under, ".", field);
    if (given && has == kNever) violations.push_back(Against(rule::kNotOfKind, name).At(path));
    if (!given && has == kMust) violations.push_back(Against(rule::kNeededForKind, name).At(path));
  };
  check(kind.reason, !decision.reason().empty(), "reason");
  check(kind.dossier, !decision.dossier().empty(), "dossier");
  check(kind.start_date, decision.has_start_date(), "start_date");
  check(kind.end_date, decision.has_end_date(), "end_date");
  check(kind.conditions, !decision.conditions().empty(), "conditions");
  const bool certifies = decision.kind() == DECISION_KIND_CERTIFY;
  check(certifies ? kMay : kNever, !decision.overrides().empty(), "overrides");
  return violations;
}

bool MayReplace(v1::DecisionKind kind, v1::DecisionKind appealed) {
  static const auto* const pairs = new std::set<std::pair<v1::DecisionKind, v1::DecisionKind>>{
      {DECISION_KIND_CERTIFY, DECISION_KIND_RETURN},
      {DECISION_KIND_CERTIFY, DECISION_KIND_REJECT},
      {DECISION_KIND_CERTIFY, DECISION_KIND_WITHDRAW},
      {DECISION_KIND_RETURN, DECISION_KIND_REJECT},
      {DECISION_KIND_RESUME, DECISION_KIND_SUSPEND},
  };
  return pairs->contains({kind, appealed});
}

std::vector<std::string> UnexplainedGaps(const v1::Dossier& dossier, const v1::Decision& decision) {
  std::vector<std::string> gaps;
  for (const v1::DossierSection& section : dossier.sections()) {
    const bool explained = section.section() != kDefinition &&
                           absl::c_any_of(decision.overrides(), [&](const v1::Override& given) {
                             return given.section() == section.section();
                           });
    if (section.answer_type().empty() && !explained) gaps.push_back(section.section());
  }
  return gaps;
}

}  // namespace puente::gateway
