#include "modules/education/program_versions/resource.h"

#include "modules/education/errors.h"

namespace puente::education {

const resource::Resource<v1::ProgramVersion>& ProgramVersions() {
  static const resource::Resource<v1::ProgramVersion> versions({
      .table = "program_version",
      .lists = {{.by = {"state"}, .index = "by_state"},
                {.by = {"organization"}, .index = "by_organization"}},
      .numbered = true,
      .guarded = true,
      .states = {{.verb = "CreateProgramVersion", .to = v1::PROGRAM_STATE_DRAFT},
                 {.verb = "UpdateProgramVersion", .from = {v1::PROGRAM_STATE_DRAFT}},
                 {.verb = "DeleteProgramVersion", .from = {v1::PROGRAM_STATE_DRAFT}},
                 {.verb = "PublishProgramVersion",
                  .from = {v1::PROGRAM_STATE_DRAFT},
                  .to = v1::PROGRAM_STATE_PUBLISHED}},
      .refusal = &error::kProgramVersionNotDraft,
  });
  return versions;
}

}  // namespace puente::education
