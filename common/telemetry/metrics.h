// Metrics of one server, in Prometheus' terms. Counting takes no lock and looks nothing up.
#pragma once

#include <array>
#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "prometheus/metric_family.h"

namespace puente::telemetry {

// grpc_server_handled_total{method,code} and grpc_server_handling_seconds{method} of one method.
class MethodMetrics {
 public:
  explicit MethodMetrics(std::string method) : method_(std::move(method)) {}
  void Handled(absl::StatusCode code, absl::Duration took);
  void AppendTo(prometheus::MetricFamily& handled, prometheus::MetricFamily& seconds) const;

 private:
  static constexpr int kCodes = 17;
  static constexpr std::array<double, 14> kBounds = {.0005, .001, .0025, .005, .01, .025, .05,
                                                     .1,    .25,  .5,    1,    2.5, 5,    10};
  const std::string method_;
  std::array<std::atomic<uint64_t>, kCodes> codes_ = {};
  std::array<std::atomic<uint64_t>, kBounds.size() + 1> buckets_ = {};
  std::atomic<uint64_t> nanoseconds_ = 0;
};

// A counter or a gauge without labels.
prometheus::MetricFamily SimpleMetric(const std::string& name, const std::string& help,
                                      prometheus::MetricType type, double value);

// Everything that one server tells.
class Metrics {
 public:
  using Source = std::function<std::vector<prometheus::MetricFamily>()>;
  // Is asked at every scrape, on the scraper's thread, until the end.
  void Add(Source source);
  // Prometheus' text format.
  std::string Text() const;

 private:
  mutable absl::Mutex mutex_;
  std::vector<Source> sources_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace puente::telemetry
