#include "modules/education/teachers/resource.h"

namespace puente::education {
namespace {

std::vector<std::string> Programs(const v1::Teacher& teacher) {
  return {teacher.programs().begin(), teacher.programs().end()};
}
std::vector<std::string> Skills(const v1::Teacher& teacher) {
  return {teacher.skills().begin(), teacher.skills().end()};
}

}  // namespace

const resource::Resource<v1::Teacher>& Teachers() {
  static const resource::Resource<v1::Teacher> teachers({
      .table = "teacher",
      .elements = {{.by = "program", .table = "teacher_program", .of = &Programs},
                   {.by = "skill", .table = "teacher_skill", .of = &Skills}},
      .hides = true,
      .guarded = true,
      .states = {{.verb = "CreateTeacher", .to = v1::TEACHER_STATE_ACTIVE},
                 {.verb = "UpdateTeacher", .from = {v1::TEACHER_STATE_ACTIVE}},
                 {.verb = "LeaveTeacher",
                  .from = {v1::TEACHER_STATE_ACTIVE},
                  .to = v1::TEACHER_STATE_LEFT}},
      .over = {v1::TEACHER_STATE_LEFT},
  });
  return teachers;
}

}  // namespace puente::education
