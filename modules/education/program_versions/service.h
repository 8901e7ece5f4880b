// puente.education.v1.ProgramService.
#pragma once

#include "common/calls/host.h"
#include "common/resource/record_writer.h"

namespace puente::education {

resource::RecordWriter ServeProgramVersions(calls::Host& host);

}  // namespace puente::education
