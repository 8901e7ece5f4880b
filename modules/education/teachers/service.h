// puente.education.v1.TeacherService.
#pragma once

#include "common/calls/host.h"

namespace puente::education {

void ServeTeachers(calls::Host& host);

}  // namespace puente::education
