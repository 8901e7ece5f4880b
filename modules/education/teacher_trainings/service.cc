#include "modules/education/teacher_trainings/service.h"

#include "common/context/clock.h"
#include "common/resource/serve.h"
#include "modules/education/teacher_trainings/resource.h"
#include "modules/education/teacher_trainings/rules.h"
#include "puente/education/v1/teacher_training.grpc.pb.h"

namespace puente::education {
namespace {

// There is no update: what is prepared is new.
absl::Status Prepare(const Call& call, journal::Transaction&, const v1::TeacherTraining*,
                     v1::TeacherTraining& training) {
  return InvalidFields(CheckNew(training, LegalDay(call.start)));
}

}  // namespace

void ServeTeacherTrainings(calls::Host& host) {
  resource::Serve(host, TeacherTrainings(), {.check = &CheckTraining, .prepare = &Prepare});
}

}  // namespace puente::education
