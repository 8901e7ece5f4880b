#include "gateway/council/service.h"

#include "common/calls/service.h"
#include "common/context/clock.h"
#include "gateway/compose/view.h"
#include "gateway/council/at_bodies.h"
#include "gateway/council/feasibility.h"
#include "gateway/council/gaps.h"
#include "gateway/council/overview.h"
#include "gateway/council/trace.h"
#include "gateway/council/trace_plan.h"
#include "gateway/council/value_chain.h"
#include "puente/gateway/v1/council.grpc.pb.h"

namespace puente::council {

using gateway::v1::CheckFeasibilityRequest;
using gateway::v1::DemandTrace;
using gateway::v1::Feasibility;
using gateway::v1::FindSchoolsRequest;
using gateway::v1::FindSchoolsResponse;
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

void AskForTrace(std::shared_ptr<calls::Composition<TraceDemandRequest, compose::Results>> call,
                 compose::Executor& executor) {
  const TraceDemandRequest& request = call->request();
  if (const absl::Status need = CheckNeed(request); !need.ok()) return call->Done(need);
  compose::AnswerView(executor, TracePlan(), std::move(call),
                      [](compose::Results results) { return results; });
}

// What the bodies do about the versions that were found.
absl::StatusOr<DemandTrace> TraceDemand(const Call& call, sql::Session& session,
                                        const TraceDemandRequest& request,
                                        const compose::Results& results) {
  return ComposeTrace(results, ReadAtBodies(call, session, results), request, LegalDay(call.start));
}

void GetValueChainGaps(
    std::shared_ptr<calls::Composition<GetValueChainGapsRequest, ValueChainGaps>> call,
    compose::Executor& executor) {
  compose::AnswerView(executor, ValueChainPlan(), std::move(call), &ComposeValueChain);
}

void CheckFeasibility(
    std::shared_ptr<calls::Composition<CheckFeasibilityRequest, Feasibility>> call,
    compose::Executor& executor) {
  const CheckFeasibilityRequest& request = call->request();
  if (const absl::Status one = CheckQuestion(request); !one.ok()) return call->Done(one);
  const absl::CivilDay day = LegalDay(call->call().start);
  compose::AnswerView(executor, FeasibilityPlan(), call,
                      [request, day](const compose::Results& results) {
                        return ComposeFeasibility(results, request, day);
                      });
}

void FindSchools(std::shared_ptr<calls::Composition<FindSchoolsRequest, FindSchoolsResponse>> call,
                 compose::Executor& executor) {
  const FindSchoolsRequest& request = call->request();
  if (const absl::Status one = CheckQuestion(request); !one.ok()) return call->Done(one);
  compose::AnswerView(executor, SchoolsPlan(), call, [request](const compose::Results& results) {
    return ComposeSchools(results, request);
  });
}

}  // namespace

void ServeCouncil(calls::Host& host, compose::Executor& executor) {
  calls::Service& council = host.Serve<gateway::v1::CouncilService>();
  council.Compose<&GetOverview>(executor);
  council.Compose<&ListSkillGaps>(executor);
  council.ComposeAndRead<&AskForTrace, &TraceDemand>(executor);
  council.Compose<&GetValueChainGaps>(executor);
  council.Compose<&CheckFeasibility>(executor);
  council.Compose<&FindSchools>(executor);
}

}  // namespace puente::council
