#pragma once

#include "common/resource/spec.h"
#include "puente/science/v1/signal.pb.h"

namespace puente::science {

// skillSignals/{skill_signal}
const resource::Resource<v1::SkillSignal>& SkillSignals();

}  // namespace puente::science
