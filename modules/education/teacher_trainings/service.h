// puente.education.v1.TeacherTrainingService.
#pragma once

#include "common/calls/host.h"

namespace puente::education {

void ServeTeacherTrainings(calls::Host& host);

}  // namespace puente::education
