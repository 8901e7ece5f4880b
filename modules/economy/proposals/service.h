// puente.economy.v1.ProposalService.
#pragma once

#include "common/calls/host.h"

namespace puente::economy {

void ServeProposals(calls::Host& host);

}  // namespace puente::economy
