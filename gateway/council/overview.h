// What companies need, what is taught, what jobs are offered and what is coming, side by side.
#pragma once

#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "gateway/compose/plan.h"
#include "gateway/compose/results.h"
#include "puente/economy/v1/sector_table.pb.h"
#include "puente/gateway/v1/council.pb.h"

namespace puente::council {

// The request is a GetOverviewRequest.
const compose::Plan& OverviewPlan();

gateway::v1::Overview ComposeOverview(const compose::Results& results);

// The SCIAN prefixes of a sector table that are in force on that day, each once, in order.
std::vector<std::string> PrefixesInForce(const economy::v1::SectorTable& table, absl::CivilDay day);

}  // namespace puente::council
