#include "gateway/council/service.h"

#include "common/calls/service.h"
#include "common/context/clock.h"
#include "gateway/compose/view.h"
#include "gateway/council/gaps.h"
#include "gateway/council/overview.h"
#include "gateway/council/trace.h"
#include "gateway/council/value_chain.h"
#include "puente/gateway/v1/council.grpc.pb.h"

namespace puente::council {

using gateway::v1::DemandTrace;
using gateway::v1::GetOverviewRequest;
using gateway::v1::GetValueChainGapsRequest;
using gateway::v1::ListSkillGapsRequest;
using gateway::v1::ListSkillGapsResponse;
using gateway::v1::Overview;
using gateway::v1::TraceDemandRequest;
using gateway::v1::ValueChainGaps;

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

void TraceDemand(std::shared_ptr<calls::Composition<TraceDemandRequest, DemandTrace>> call,
                 compose::Executor& executor) {
  const TraceDemandRequest& request = call->request();
  if (const absl::Status need = CheckNeed(request); !need.ok()) return call->Done(need);
  const absl::CivilDay day = LegalDay(call->call().start);
  compose::AnswerView(executor, TracePlan(), call, [request, day](const compose::Results& results) {
    return ComposeTrace(results, request, day);
  });
}

void GetValueChainGaps(
    std::shared_ptr<calls::Composition<GetValueChainGapsRequest, ValueChainGaps>> call,
    compose::Executor& executor) {
  compose::AnswerView(executor, ValueChainPlan(), std::move(call), &ComposeValueChain);
}

}  // namespace

void ServeCouncil(calls::Host& host, compose::Executor& executor) {
  calls::Service& council = host.Serve<gateway::v1::CouncilService>();
  council.Compose<&GetOverview>(executor);
  council.Compose<&ListSkillGaps>(executor);
  council.Compose<&TraceDemand>(executor);
  council.Compose<&GetValueChainGaps>(executor);
}

}  // namespace puente::council
