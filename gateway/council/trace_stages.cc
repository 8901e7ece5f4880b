#include "gateway/council/trace_stages.h"

#include <cstdint>
#include <vector>

#include "absl/algorithm/container.h"

namespace puente::council {
namespace {

using gateway::v1::DemandTrace;
using gateway::v1::TraceStep;
using gateway::v1::TraceStepKind;

constexpr TraceStepKind kLine[] = {
    gateway::v1::TRACE_STEP_KIND_STATED,      gateway::v1::TRACE_STEP_KIND_SIGNALLED,
    gateway::v1::TRACE_STEP_KIND_TRANSFERRED, gateway::v1::TRACE_STEP_KIND_MET,
    gateway::v1::TRACE_STEP_KIND_AGREED,      gateway::v1::TRACE_STEP_KIND_PROPOSED,
    gateway::v1::TRACE_STEP_KIND_DECLINED,    gateway::v1::TRACE_STEP_KIND_ADOPTED,
    gateway::v1::TRACE_STEP_KIND_PUBLISHED,   gateway::v1::TRACE_STEP_KIND_IMPLEMENTED,
    gateway::v1::TRACE_STEP_KIND_SUBMITTED,   gateway::v1::TRACE_STEP_KIND_WITHDRAWN,
    gateway::v1::TRACE_STEP_KIND_RETURNED,    gateway::v1::TRACE_STEP_KIND_REJECTED,
    gateway::v1::TRACE_STEP_KIND_CERTIFIED,   gateway::v1::TRACE_STEP_KIND_LAPSED,
    gateway::v1::TRACE_STEP_KIND_AWARDED};

void AddStage(TraceStepKind kind, DemandTrace& trace) {
  int count = 0;
  std::vector<int32_t> days;
  for (const TraceStep& step : trace.steps()) {
    if (step.kind() != kind) continue;
    ++count;
    if (step.has_days()) days.push_back(step.days());
  }
  if (count == 0) return;
  gateway::v1::TraceStage& stage = *trace.add_stages();
  stage.set_kind(kind);
  stage.set_count(count);
  if (days.empty()) return;
  absl::c_sort(days);
  stage.set_median_days(days[(days.size() - 1) / 2]);
}

}  // namespace

void AddStages(DemandTrace& trace) {
  for (const TraceStepKind kind : kLine) AddStage(kind, trace);
}

}  // namespace puente::council
