#include "modules/science/innovation_projects/resource.h"

#include "modules/science/errors.h"

namespace puente::science {

const resource::Resource<v1::InnovationProject>& InnovationProjects() {
  static const resource::Resource<v1::InnovationProject> projects({
      .table = "innovation_project",
      .lists = {{.by = {"sector_table"}, .index = "by_sector"},
                {.by = {"sector_table"},
                 .order = {"end_date desc"},
                 .index = "by_end",
                 .order_by = "end_date desc"}},
      .states = {{.verb = "CreateInnovationProject", .to = v1::INNOVATION_PROJECT_STATE_RUNNING},
                 {.verb = "UpdateInnovationProject",
                  .from = {v1::INNOVATION_PROJECT_STATE_RUNNING}},
                 {.verb = "FinishInnovationProject",
                  .from = {v1::INNOVATION_PROJECT_STATE_RUNNING},
                  .to = v1::INNOVATION_PROJECT_STATE_FINISHED},
                 {.verb = "CancelInnovationProject",
                  .from = {v1::INNOVATION_PROJECT_STATE_RUNNING},
                  .to = v1::INNOVATION_PROJECT_STATE_CANCELLED}},
      .over = {v1::INNOVATION_PROJECT_STATE_FINISHED, v1::INNOVATION_PROJECT_STATE_CANCELLED},
      .refusal = &error::kInnovationProjectEnded,
  });
  return projects;
}

}  // namespace puente::science
