// puente.economy.v1.PlaceReservationService, and the due work that gives back what nobody
// confirmed.
#pragma once

#include "common/calls/host.h"
#include "common/due/scheduler.h"
#include "common/resource/record_writer.h"

namespace puente::economy {

class ServedPlaceReservations {
 public:
  // It must outlive the server.
  ServedPlaceReservations(calls::Host& host, due::Scheduler& due);

 private:
  const resource::RecordWriter writer_;
};

}  // namespace puente::economy
