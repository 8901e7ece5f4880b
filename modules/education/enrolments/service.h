// puente.education.v1.EnrolmentService.
#pragma once

#include "common/calls/host.h"
#include "common/resource/record_writer.h"

namespace puente::education {

resource::RecordWriter ServeEnrolments(calls::Host& host);

}  // namespace puente::education
