#include "modules/education/microcredential_versions/resource.h"

#include "modules/education/errors.h"

namespace puente::education {

const resource::Resource<v1::MicrocredentialVersion>& MicrocredentialVersions() {
  static const resource::Resource<v1::MicrocredentialVersion> versions({
      .table = "microcredential_version",
      .lists = {{.by = {"state"}, .index = "by_state"},
                {.by = {"organization"}, .index = "by_organization"}},
      .numbered = true,
      .guarded = true,
      .states = {{.verb = "CreateMicrocredentialVersion", .to = v1::MICROCREDENTIAL_STATE_DRAFT},
                 {.verb = "UpdateMicrocredentialVersion",
                  .from = {v1::MICROCREDENTIAL_STATE_DRAFT}},
                 {.verb = "DeleteMicrocredentialVersion",
                  .from = {v1::MICROCREDENTIAL_STATE_DRAFT}},
                 {.verb = "PublishMicrocredentialVersion",
                  .from = {v1::MICROCREDENTIAL_STATE_DRAFT},
                  .to = v1::MICROCREDENTIAL_STATE_PUBLISHED}},
      .refusal = &error::kMicrocredentialVersionNotDraft,
  });
  return versions;
}

}  // namespace puente::education
