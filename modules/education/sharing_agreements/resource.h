#pragma once

#include "common/resource/spec.h"
#include "puente/education/v1/sharing_agreement.pb.h"

namespace puente::education {

// sharingAgreements/{sharing_agreement}
const resource::Resource<v1::SharingAgreement>& SharingAgreements();

}  // namespace puente::education
