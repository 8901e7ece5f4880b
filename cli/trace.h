// What came of a need, for people.
#pragma once

#include "cli/printer.h"
#include "puente/gateway/v1/trace.pb.h"

namespace puente::cli {

void Print(Printer& printer, const gateway::v1::TraceDemandRequest& request,
           const gateway::v1::DemandTrace& trace);

}  // namespace puente::cli
