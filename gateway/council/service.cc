#include "gateway/council/service.h"

#include "gateway/compose/view.h"
#include "gateway/council/overview.h"

namespace puente::council {

grpc::ServerUnaryReactor* CouncilService::GetOverview(
    grpc::CallbackServerContext* context, const gateway::v1::GetOverviewRequest* request,
    gateway::v1::Overview* answer) {
  return compose::View(host_, executor_, context, request, answer, OverviewPlan(),
                       &ComposeOverview);
}

}  // namespace puente::council
