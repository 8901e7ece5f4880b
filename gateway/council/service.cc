#include "gateway/council/service.h"

#include "common/calls/service.h"
#include "gateway/compose/view.h"
#include "gateway/council/overview.h"
#include "puente/gateway/v1/council.grpc.pb.h"

namespace puente::council {

using gateway::v1::GetOverviewRequest;
using gateway::v1::Overview;

namespace {

void GetOverview(std::shared_ptr<calls::Composition<GetOverviewRequest, Overview>> call,
                 compose::Executor& executor) {
  compose::AnswerView(executor, OverviewPlan(), std::move(call), &ComposeOverview);
}

}  // namespace

void ServeCouncil(calls::Host& host, compose::Executor& executor) {
  host.Serve<gateway::v1::CouncilService>().Compose<&GetOverview>(executor);
}

}  // namespace puente::council
