#include "modules/science/innovation_projects/service.h"

#include "common/context/clock.h"
#include "common/context/values.h"
#include "common/resource/serve.h"
#include "modules/science/errors.h"
#include "modules/science/innovation_projects/resource.h"

namespace puente::science {
namespace {

absl::Status CheckBegun(const Call& call, journal::Transaction&,
                        const v1::InnovationProject& before, v1::InnovationProject&) {
  const absl::CivilDay day = ToCivilDay(before.start_date());
  if (day <= LegalDay(call.start)) return absl::OkStatus();
  return Error(error::kInnovationProjectToCome, "name"_is(before.name()),
               "start_date"_is(absl::FormatCivilTime(day)));
}

}  // namespace

void ServeInnovationProjects(calls::Host& host) {
  resource::Serve(host, InnovationProjects(),
                  {.verbs = {{.verb = "FinishInnovationProject", .prepare = &CheckBegun}}});
}

}  // namespace puente::science
