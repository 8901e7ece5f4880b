#pragma once

#include "common/resource/spec.h"
#include "puente/education/v1/dual_agreement.pb.h"

namespace puente::education {

// dualAgreements/{dual_agreement}
const resource::Resource<v1::DualAgreement>& DualAgreements();

}  // namespace puente::education
