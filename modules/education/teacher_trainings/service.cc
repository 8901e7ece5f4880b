#include "modules/education/teacher_trainings/service.h"

#include "common/context/clock.h"
#include "common/resource/serve.h"
#include "modules/education/ids.h"
#include "modules/education/organizations/service.h"
#include "modules/education/teacher_trainings/resource.h"
#include "modules/education/teacher_trainings/rules.h"
#include "puente/education/v1/teacher_training.grpc.pb.h"

namespace puente::education {
namespace {

// There is no update: what is prepared is new.
absl::Status Prepare(const Call& call, journal::Transaction& tx, const v1::TeacherTraining*,
                     v1::TeacherTraining& training) {
  RETURN_IF_ERROR(CheckMayWrite(call, tx, OrganizationOf(training.name()), "parent"));
  return InvalidFields(CheckNew(training, LegalDay(call.start)));
}

absl::Status VoidTeacherTraining(const Call& call, journal::Transaction& tx,
                                 const v1::TeacherTraining& before, v1::TeacherTraining&) {
  return CheckMayWrite(call, tx, OrganizationOf(before.name()), "name");
}

}  // namespace

void ServeTeacherTrainings(calls::Host& host) {
  resource::Serve(host, TeacherTrainings(),
                  {.check = &CheckTraining,
                   .prepare = &Prepare,
                   .verbs = {{.verb = "VoidTeacherTraining", .prepare = &VoidTeacherTraining}}});
}

}  // namespace puente::education
