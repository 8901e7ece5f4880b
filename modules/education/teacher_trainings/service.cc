#include "modules/education/teacher_trainings/service.h"

#include <string>

#include "common/context/clock.h"
#include "common/resource/serve.h"
#include "modules/education/teacher_trainings/resource.h"
#include "modules/education/teacher_trainings/rules.h"
#include "modules/education/teachers/resource.h"
#include "puente/education/v1/teacher_training.grpc.pb.h"

namespace puente::education {
namespace {

// There is no update: what is prepared is new. The teacher does not leave meanwhile.
absl::Status Prepare(const Call& call, journal::Transaction& tx, const v1::TeacherTraining*,
                     v1::TeacherTraining& training) {
  RETURN_IF_ERROR(InvalidFields(CheckEnded(training, LegalDay(call.start))));
  const std::string name = training.name().substr(0, training.name().find("/trainings/"));
  ASSIGN_OR_RETURN(const v1::Teacher teacher, resource::Guard(tx, Teachers(), name, "parent"));
  if (teacher.state() == v1::TEACHER_STATE_ACTIVE) return absl::OkStatus();
  return resource::StateWrong(Teachers(), Teachers().state_wrong(), call.verb(), teacher,
                              {v1::TEACHER_STATE_ACTIVE});
}

}  // namespace

void ServeTeacherTrainings(calls::Host& host) {
  resource::Serve(host, TeacherTrainings(), {.check = &CheckTraining, .prepare = &Prepare});
}

}  // namespace puente::education
