// puente.science.v1.TransferAgreementService.
#pragma once

#include "common/calls/host.h"

namespace puente::science {

void ServeTransferAgreements(calls::Host& host);

}  // namespace puente::science
