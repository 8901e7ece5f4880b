#include "modules/education/teacher_trainings/resource.h"

namespace puente::education {

const resource::Resource<v1::TeacherTraining>& TeacherTrainings() {
  static const resource::Resource<v1::TeacherTraining> trainings({
      .table = "teacher_training",
      .lists = {{.by = {"teacher"}, .index = "by_teacher"}, {.by = {"skill"}, .index = "by_skill"}},
      .hides = true,
      .states = {{.verb = "CreateTeacherTraining", .to = v1::TEACHER_TRAINING_STATE_RECORDED},
                 {.verb = "VoidTeacherTraining",
                  .from = {v1::TEACHER_TRAINING_STATE_RECORDED},
                  .to = v1::TEACHER_TRAINING_STATE_VOIDED}},
      .over = {v1::TEACHER_TRAINING_STATE_VOIDED},
  });
  return trainings;
}

}  // namespace puente::education
