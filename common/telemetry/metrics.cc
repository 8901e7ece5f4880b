#include "common/telemetry/metrics.h"

#include <sstream>

#include "prometheus/text_serializer.h"

namespace puente::telemetry {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;

}  // namespace

void MethodMetrics::Handled(absl::StatusCode code, absl::Duration took) {
  const size_t index = static_cast<size_t>(code) < codes_.size() ? static_cast<size_t>(code) : 2;
  codes_[index].fetch_add(1, std::memory_order_relaxed);
  const double seconds = absl::ToDoubleSeconds(took);
  size_t bucket = 0;
  while (bucket < kBounds.size() && seconds > kBounds[bucket]) ++bucket;
  buckets_[bucket].fetch_add(1, std::memory_order_relaxed);
  nanoseconds_.fetch_add(static_cast<uint64_t>(absl::ToInt64Nanoseconds(took)),
                         std::memory_order_relaxed);
}

void MethodMetrics::AppendTo(MetricFamily& handled, MetricFamily& seconds) const {
  for (size_t code = 0; code < codes_.size(); ++code) {
    const uint64_t count = codes_[code].load(std::memory_order_relaxed);
    if (count == 0) continue;
    ClientMetric& metric = handled.metric.emplace_back();
    metric.label = {{"method", method_},
                    {"code", absl::StatusCodeToString(static_cast<absl::StatusCode>(code))}};
    metric.counter.value = static_cast<double>(count);
  }
  ClientMetric metric;
  metric.label = {{"method", method_}};
  uint64_t so_far = 0;
  for (size_t i = 0; i < buckets_.size(); ++i) {
    so_far += buckets_[i].load(std::memory_order_relaxed);
    const double bound = i < kBounds.size() ? kBounds[i] : std::numeric_limits<double>::infinity();
    metric.histogram.bucket.push_back({so_far, bound});
  }
  if (so_far == 0) return;
  metric.histogram.sample_count = so_far;
  metric.histogram.sample_sum =
      static_cast<double>(nanoseconds_.load(std::memory_order_relaxed)) / 1e9;
  seconds.metric.push_back(std::move(metric));
}

MetricFamily SimpleMetric(const std::string& name, const std::string& help,
                          prometheus::MetricType type, double value) {
  MetricFamily family{name, help, type, {}};
  ClientMetric& metric = family.metric.emplace_back();
  metric.counter.value = value;
  metric.gauge.value = value;
  return family;
}

void Metrics::Add(Source source) {
  absl::MutexLock lock(&mutex_);
  sources_.push_back(std::move(source));
}

std::string Metrics::Text() const {
  std::vector<MetricFamily> families;
  {
    absl::MutexLock lock(&mutex_);
    for (const Source& source : sources_) {
      for (MetricFamily& family : source()) families.push_back(std::move(family));
    }
  }
  std::ostringstream text;
  prometheus::TextSerializer().Serialize(text, families);
  return text.str();
}

}  // namespace puente::telemetry
