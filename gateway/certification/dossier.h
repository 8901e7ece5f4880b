// The evidence about one version of a microcredential.
#pragma once

#include <string>
#include <vector>

#include "common/status/error.h"
#include "gateway/compose/plan.h"
#include "gateway/compose/results.h"
#include "puente/economy/v1/demand.pb.h"
#include "puente/education/v1/microcredential.pb.h"
#include "puente/gateway/v1/certification.pb.h"

namespace puente::certification {

// Most skills that agencies take in one request (max_items of their `skills`).
inline constexpr int kMostSkills = 50;

// The request is a PreviewDossierRequest.
const compose::Plan& DossierPlan();

// Unsigned, which it says; words are in the language asked for.
gateway::v1::DossierPreview ComposeDossier(const compose::Results& results,
                                           absl::string_view version, absl::Time now,
                                           Locale locale);

// The skills that any outcome shows, each once, in order.
std::vector<std::string> SkillsOf(const education::v1::MicrocredentialVersion& version);

// The states with published demand that is not 0, by code. A suppressed state is not among them.
std::vector<std::string> PublishedStates(const economy::v1::DemandSummary& demand);

}  // namespace puente::certification
