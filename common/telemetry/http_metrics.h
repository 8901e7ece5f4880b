// Metrics of what is served over HTTP.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "common/telemetry/metrics.h"
#include "prometheus/metric_family.h"

namespace puente::telemetry {

// NAME_requests_total{status} and NAME_request_seconds.
class HttpMetrics {
 public:
  explicit HttpMetrics(std::string name) : name_(std::move(name)) {}
  // `took`: from the request's head until the answer was sent.
  void Handled(int status, absl::Duration took);
  std::vector<prometheus::MetricFamily> Families() const;

 private:
  static constexpr int kFirstStatus = 100;
  const std::string name_;
  std::array<std::atomic<uint64_t>, 500> statuses_ = {};
  MethodMetrics durations_{""};  // its codes are not told
};

}  // namespace puente::telemetry
