#pragma once

#include "common/resource/spec.h"
#include "puente/science/v1/transfer_agreement.pb.h"

namespace puente::science {

// transferAgreements/{transfer_agreement}
const resource::Resource<v1::TransferAgreement>& TransferAgreements();

}  // namespace puente::science
