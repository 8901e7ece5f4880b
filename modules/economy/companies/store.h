// Companies and chambers as they are stored.
#pragma once

#include "common/resource/spec.h"

namespace puente::economy::store {

// chambers/{chamber}
const resource::Spec& ChamberSpec();
// companies/{company}
const resource::Spec& CompanySpec();

}  // namespace puente::economy::store
