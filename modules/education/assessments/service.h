// puente.education.v1.AssessmentService.
#pragma once

#include "common/calls/host.h"
#include "common/resource/record_writer.h"

namespace puente::education {

resource::RecordWriter ServeAssessments(calls::Host& host);

}  // namespace puente::education
