#include "gateway/council/service.h"

#include "common/calls/service.h"
#include "gateway/compose/view.h"
#include "gateway/council/gaps.h"
#include "gateway/council/overview.h"
#include "puente/gateway/v1/council.grpc.pb.h"

namespace puente::council {

using gateway::v1::GetOverviewRequest;
using gateway::v1::ListSkillGapsRequest;
using gateway::v1::ListSkillGapsResponse;
using gateway::v1::Overview;

namespace {

void GetOverview(std::shared_ptr<calls::Composition<GetOverviewRequest, Overview>> call,
                 compose::Executor& executor) {
  compose::AnswerView(executor, OverviewPlan(), std::move(call), &ComposeOverview);
}

void ListSkillGaps(
    std::shared_ptr<calls::Composition<ListSkillGapsRequest, ListSkillGapsResponse>> call,
    compose::Executor& executor) {
  const ListSkillGapsRequest& request = call->request();
  if (const auto cursor = CursorOf(request); !cursor.ok()) return call->Done(cursor.status());
  compose::AnswerView(executor, PlanOf(request), call,
                      [request, locale = call->call().locale](const compose::Results& results) {
                        return ComposeGaps(results, request, locale);
                      });
}

}  // namespace

void ServeCouncil(calls::Host& host, compose::Executor& executor) {
  calls::Service& council = host.Serve<gateway::v1::CouncilService>();
  council.Compose<&GetOverview>(executor);
  council.Compose<&ListSkillGaps>(executor);
}

}  // namespace puente::council
