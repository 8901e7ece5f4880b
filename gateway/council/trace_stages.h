// How far the line of a trace comes: how many records have each kind of step, and how long it took.
#pragma once

#include "puente/gateway/v1/trace.pb.h"

namespace puente::council {

// Of the steps that it has, in the order of the line.
void AddStages(gateway::v1::DemandTrace& trace);

}  // namespace puente::council
