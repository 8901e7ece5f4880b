#pragma once

#include "common/resource/spec.h"
#include "puente/economy/v1/place_rule.pb.h"

namespace puente::economy {

// placeRules/{place_rule}
const resource::Resource<v1::PlaceRule>& PlaceRules();

}  // namespace puente::economy
