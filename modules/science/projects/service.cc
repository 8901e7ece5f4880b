#include "modules/science/projects/service.h"

#include "common/resource/serve.h"
#include "modules/science/projects/rules.h"
#include "modules/science/projects/store.h"
#include "modules/science/technologies/store.h"
#include "puente/science/v1/innovation_project.grpc.pb.h"
#include "puente/science/v1/technology.pb.h"

namespace puente::science {
namespace {

absl::Status Prepare(const Call& call, journal::Transaction& tx,
                     const v1::InnovationProject* before, v1::InnovationProject& after) {
  if (before != nullptr) RETURN_IF_ERROR(CheckRuns(*before));
  after.set_state(v1::INNOVATION_PROJECT_STATE_RUNNING);
  // Technologies are never deleted, so those that were seen stay.
  return resource::BatchGet<v1::Technology>(tx, store::TechnologySpec(), after.technologies(),
                                            "innovation_project.technologies")
      .status();
}

// The body of a verb that ends a project.
template <class Request>
auto Ending(v1::InnovationProjectState state) {
  return [state](const Call& call, journal::Transaction& tx, const Request& request) {
    return resource::Change<v1::InnovationProject>(
        call, tx, store::ProjectSpec(), request,
        [&](const v1::InnovationProject& before) { return End(before, state, request.result()); });
  };
}

}  // namespace

void ServeInnovationProjects(calls::Host& host) {
  calls::Service& service = host.Serve<v1::InnovationProjectService>();
  service.Mutate(Ending<v1::FinishInnovationProjectRequest>(v1::INNOVATION_PROJECT_STATE_FINISHED));
  service.Mutate(
      Ending<v1::CancelInnovationProjectRequest>(v1::INNOVATION_PROJECT_STATE_CANCELLED));
  resource::Serve(
      service, store::ProjectSpec(),
      resource::HooksOf<v1::InnovationProject>({.check = &CheckDates, .store = &Prepare}));
}

}  // namespace puente::science
