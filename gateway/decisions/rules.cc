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

// clang-format off
constexpr KindOfDecision kKinds[] = {
    //                      from                        to                           reason dossier start_date end_date conditions recorded appealable
    {DECISION_KIND_CERTIFY,  SUBMISSION_STATE_IN_REVIEW, SUBMISSION_STATE_CERTIFYING, kMay,  kMust,  kMay,      kMust,   kMay,      true,    false},
    {DECISION_KIND_RETURN,   SUBMISSION_STATE_IN_REVIEW, SUBMISSION_STATE_RETURNED,   kMust, kMay,   kNever,    kNever,  kNever,    false,   true},
    {DECISION_KIND_REJECT,   SUBMISSION_STATE_IN_REVIEW, SUBMISSION_STATE_REJECTED,   kMust, kMust,  kNever,    kNever,  kNever,    false,   true},
    {DECISION_KIND_SUSPEND,  SUBMISSION_STATE_CERTIFIED, SUBMISSION_STATE_CERTIFIED,  kMust, kMay,   kMay,      kNever,  kNever,    true,    true},
    {DECISION_KIND_RESUME,   SUBMISSION_STATE_CERTIFIED, SUBMISSION_STATE_CERTIFIED,  kMay,  kMay,   kMay,      kNever,  kNever,    true,    false},
    {DECISION_KIND_RENEW,    SUBMISSION_STATE_CERTIFIED, SUBMISSION_STATE_CERTIFIED,  kMay,  kMust,  kNever,    kMust,   kNever,    true,    false},
    {DECISION_KIND_WITHDRAW, SUBMISSION_STATE_CERTIFIED, SUBMISSION_STATE_CERTIFIED,  kMust, kMay,   kMay,      kNever,  kNever,    true,    true},
};
// clang-format on

// An owner did not answer. That there was nothing to ask it is something else.
bool IsMissing(const v1::DossierSection& section) {
  return section.provenance().state() == v1::SECTION_STATE_MISSING ||
         section.provenance().state() == v1::SECTION_STATE_DENIED;
}

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
      // Once what was suspended has ended, which can't be resumed; before that Education refuses
      // it, as the two would overlap.
      {DECISION_KIND_CERTIFY, DECISION_KIND_SUSPEND},
  };
  return pairs->contains({kind, appealed});
}

education::v1::MicrocredentialVersion DefinitionIn(const v1::Dossier& dossier) {
  education::v1::MicrocredentialVersion version;
  for (const v1::DossierSection& section : dossier.sections()) {
    if (section.section() == kDefinition && !version.ParseFromString(section.answer())) {
      telemetry::Mistake("a dossier's definition is none", dossier.name());
    }
  }
  return version;
}

std::vector<std::string> UnexplainedGaps(const v1::Dossier& dossier, const v1::Decision& decision) {
  std::vector<std::string> gaps;
  for (const v1::DossierSection& section : dossier.sections()) {
    const bool explained = section.section() != kDefinition &&
                           absl::c_any_of(decision.overrides(), [&](const v1::Override& given) {
                             return given.section() == section.section();
                           });
    if (IsMissing(section) && !explained) gaps.push_back(section.section());
  }
  return gaps;
}

std::vector<Violation> CheckOverrides(const v1::Dossier& dossier, const v1::Decision& decision,
                                      const std::string& under) {
  std::vector<Violation> violations;
  for (int i = 0; i < decision.overrides_size(); ++i) {
    const bool missing = absl::c_any_of(dossier.sections(), [&](const v1::DossierSection& section) {
      return section.section() == decision.overrides(i).section() && IsMissing(section);
    });
    if (missing) continue;
    violations.push_back(Against(rule::kNotMissing, "dossier"_is(dossier.name()))
                             .At(absl::StrCat(under, ".overrides[", i, "].section")));
  }
  return violations;
}

}  // namespace puente::gateway
