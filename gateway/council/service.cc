#include "gateway/council/service.h"

#include "common/calls/service.h"
#include "gateway/compose/view.h"
#include "gateway/council/overview.h"
#include "puente/gateway/v1/council.grpc.pb.h"

namespace puente::council {

using gateway::v1::GetOverviewRequest;
using gateway::v1::Overview;

void ServeCouncil(calls::Host& host, compose::Executor& executor) {
  calls::Service& service = host.Serve<gateway::v1::CouncilService>();
  service.Compose([&](std::shared_ptr<calls::Composition<GetOverviewRequest, Overview>> call) {
    compose::AnswerView(executor, OverviewPlan(), std::move(call), &ComposeOverview);
  });
}

}  // namespace puente::council
