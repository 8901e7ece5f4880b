#pragma once

#include "common/resource/spec.h"
#include "puente/economy/v1/consent.pb.h"

namespace puente::economy {

// companies/{company}/consents/{consent}
const resource::Resource<v1::Consent>& Consents();

}  // namespace puente::economy
