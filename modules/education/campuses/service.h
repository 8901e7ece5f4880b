// puente.education.v1.CampusService.
#pragma once

#include "common/calls/host.h"
#include "common/resource/record_writer.h"

namespace puente::education {

resource::RecordWriter ServeCampuses(calls::Host& host);

}  // namespace puente::education
