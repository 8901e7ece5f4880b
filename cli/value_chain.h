// A value chain for people: what each stage needs, and who teaches it.
#pragma once

#include "cli/printer.h"
#include "puente/gateway/v1/value_chain.pb.h"

namespace puente::cli {

// The request says what was asked for.
void Print(Printer& printer, const gateway::v1::GetValueChainGapsRequest& request,
           const gateway::v1::ValueChainGaps& gaps);

}  // namespace puente::cli
