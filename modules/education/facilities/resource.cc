#include "modules/education/facilities/resource.h"

namespace puente::education {
namespace {

std::vector<std::string> Skills(const v1::Facility& facility) {
  return {facility.skills().begin(), facility.skills().end()};
}

}  // namespace

const resource::Resource<v1::Facility>& Facilities() {
  static const resource::Resource<v1::Facility> facilities({
      .table = "facility",
      .lists = {{.by = {"owner"}, .index = "by_owner"},
                {.by = {"state_code", "state"}, .index = "by_state_code"}},
      .elements = {{.by = "skill", .table = "facility_skill", .of = &Skills}},
      .guarded = true,
      .states = {{.verb = "CreateFacility", .to = v1::FACILITY_STATE_OPEN},
                 {.verb = "UpdateFacility",
                  .from = {v1::FACILITY_STATE_OPEN, v1::FACILITY_STATE_PAUSED}},
                 {.verb = "PauseFacility",
                  .from = {v1::FACILITY_STATE_OPEN},
                  .to = v1::FACILITY_STATE_PAUSED},
                 {.verb = "OpenFacility",
                  .from = {v1::FACILITY_STATE_PAUSED},
                  .to = v1::FACILITY_STATE_OPEN},
                 {.verb = "CloseFacility",
                  .from = {v1::FACILITY_STATE_OPEN, v1::FACILITY_STATE_PAUSED},
                  .to = v1::FACILITY_STATE_CLOSED}},
      .over = {v1::FACILITY_STATE_CLOSED},
  });
  return facilities;
}

}  // namespace puente::education
