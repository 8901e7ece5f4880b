#include "common/telemetry/http_metrics.h"

#include <utility>

#include "absl/strings/str_cat.h"

namespace puente::telemetry {

using prometheus::ClientMetric;
using prometheus::MetricFamily;

void HttpMetrics::Handled(int status, absl::Duration took) {
  const int index = status - kFirstStatus;
  if (index < 0 || index >= static_cast<int>(statuses_.size())) return;  // no answer was sent
  statuses_[index].fetch_add(1, std::memory_order_relaxed);
  durations_.Handled(absl::StatusCode::kOk, took);
}

std::vector<MetricFamily> HttpMetrics::Families() const {
  MetricFamily requests{name_ + "_requests_total",
                        "Requests that were answered, by HTTP's status",
                        prometheus::MetricType::Counter,
                        {}};
  for (size_t i = 0; i < statuses_.size(); ++i) {
    const uint64_t count = statuses_[i].load(std::memory_order_relaxed);
    if (count == 0) continue;
    ClientMetric& metric = requests.metric.emplace_back();
    metric.label = {{"status", absl::StrCat(i + kFirstStatus)}};
    metric.counter.value = static_cast<double>(count);
  }
  MetricFamily seconds{name_ + "_request_seconds",
                       "From a request's head until its answer was sent",
                       prometheus::MetricType::Histogram,
                       {}};
  MetricFamily codes;
  durations_.AppendTo(codes, seconds);
  for (ClientMetric& metric : seconds.metric) metric.label.clear();
  return {std::move(requests), std::move(seconds)};
}

}  // namespace puente::telemetry
