// How calls reach the agencies.
#pragma once

#include <functional>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/status/error.h"
#include "gateway/compose/plan.h"
#include "google/protobuf/message.h"

namespace puente::compose {

// Ends what it was returned for. May be called at any time, on any thread, more than once.
using Cancel = std::function<void()>;

// What travels beside the request.
struct CallOptions {
  absl::Time deadline;
  std::string caller;   // who asked the gateway: "council/cce"
  std::string actor;    // the person who acts for it, or ""
  std::string purpose;  // what it asks for, or ""
  Locale locale = Locale::kSpanish;
  std::string trace;  // W3C trace id, 32 hex digits
};

class Transport {
 public:
  virtual ~Transport() = default;
  // Starts one call. `done` comes exactly once, on any thread, perhaps before Start() returns, and
  // also after a cancellation. Both messages live until then.
  virtual Cancel Start(const Section& section, const google::protobuf::Message& request,
                       google::protobuf::Message* answer, const CallOptions& options,
                       std::function<void(absl::Status)> done) = 0;
};

}  // namespace puente::compose
