// Need and teaching side by side, skill by skill. docs/gap-method.md says what is compared.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "common/status/error.h"
#include "gateway/compose/plan.h"
#include "gateway/compose/results.h"
#include "puente/gateway/v1/council.pb.h"

namespace puente::council {

// Where a page begins: after which skill, and of which release of demand and school cycle; empty at
// the first page, and where the agency that says it was missing.
struct GapsCursor {
  std::string after;
  std::string release;
  std::string period;
};
// INVALID_PAGE_TOKEN. A token is every caller's who asks the same.
absl::StatusOr<GapsCursor> CursorOf(const gateway::v1::ListSkillGapsRequest& request);

// Both agencies are asked for the page that follows in their own lists, which have the same order:
// what is first of the two together is on the page of one of them.
const compose::Plan& GapsPlan();
// Economy knows which skills are transversal; Education is asked for those.
const compose::Plan& TransversalGapsPlan();
// The one that answers a request.
const compose::Plan& PlanOf(const gateway::v1::ListSkillGapsRequest& request);

// The request's token must be good.
gateway::v1::ListSkillGapsResponse ComposeGaps(const compose::Results& results,
                                               const gateway::v1::ListSkillGapsRequest& request,
                                               Locale locale);

}  // namespace puente::council
