#pragma once

#include "common/resource/spec.h"
#include "puente/economy/v1/training_place.pb.h"

namespace puente::economy {

// companies/{company}/trainingPlaces/{training_place}
const resource::Resource<v1::TrainingPlace>& TrainingPlaces();

}  // namespace puente::economy
