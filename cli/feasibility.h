// Who could teach something, and who teaches it, for people.
#pragma once

#include "cli/printer.h"
#include "puente/gateway/v1/feasibility.pb.h"

namespace puente::cli {

// The request says what was asked for.
void Print(Printer& printer, const gateway::v1::CheckFeasibilityRequest& request,
           const gateway::v1::Feasibility& told);
void Print(Printer& printer, const gateway::v1::FindSchoolsRequest& request,
           const gateway::v1::FindSchoolsResponse& found);

}  // namespace puente::cli
