// What each kind of decision needs, and what it means.
#pragma once

#include <string>
#include <vector>

#include "common/status/violation.h"
#include "puente/education/v1/microcredential.pb.h"
#include "puente/gateway/v1/decision.pb.h"
#include "puente/gateway/v1/dossier.pb.h"
#include "puente/gateway/v1/submission.pb.h"

namespace puente::gateway {

// The section of a dossier without which nothing is certified.
inline constexpr char kDefinition[] = "definition";

// How long an organization may appeal.
inline constexpr int kAppealDays = 30;

// Whether decisions of a kind have something.
enum class Has { kNever, kMay, kMust };

struct KindOfDecision {
  v1::DecisionKind kind;
  v1::SubmissionState from;  // of the submission that it is about
  v1::SubmissionState to;
  Has reason, dossier, start_date, end_date, conditions;
  bool recorded;    // by Education
  bool appealable;  // by the organization
};

// Of a kind that the contract knows and that is said.
const KindOfDecision& KindOf(v1::DecisionKind kind);

// What a decision lacks or has too much for its kind. Paths begin with `under`.
std::vector<Violation> CheckKind(const v1::Decision& decision, const std::string& under);

// Whether a decision of this kind may take the place of one under appeal: never to the disadvantage
// of who appealed.
bool MayReplace(v1::DecisionKind kind, v1::DecisionKind appealed);

// What a dossier says of the version; empty where Education did not answer.
education::v1::MicrocredentialVersion DefinitionIn(const v1::Dossier& dossier);

// The sections of a dossier whose owners did not answer and for which the decision gives no reason,
// in its order; the definition can't be done without, whatever is given.
std::vector<std::string> UnexplainedGaps(const v1::Dossier& dossier, const v1::Decision& decision);

// NOT_MISSING of each reason that is given for a section whose owner answered, or was not asked.
std::vector<Violation> CheckOverrides(const v1::Dossier& dossier, const v1::Decision& decision,
                                      const std::string& under);

}  // namespace puente::gateway
