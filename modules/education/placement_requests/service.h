// puente.education.v1.PlacementRequestService.
#pragma once

#include "common/calls/host.h"
#include "common/resource/record_writer.h"

namespace puente::education {

resource::RecordWriter ServePlacementRequests(calls::Host& host);

}  // namespace puente::education
