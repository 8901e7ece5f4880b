// puente.economy.v1.TrainingPlaceService, and the due work that asks about offers, pauses and
// closes them.
#pragma once

#include "common/calls/host.h"
#include "common/due/scheduler.h"
#include "common/resource/record_writer.h"

namespace puente::economy {

resource::RecordWriter ServeTrainingPlaces(calls::Host& host, due::Scheduler& due);

}  // namespace puente::economy
