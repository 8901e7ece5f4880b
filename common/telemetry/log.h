// Structured logs: a JSON object a line on stderr, without payloads or personal data.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "common/context/call.h"

namespace puente::telemetry {

enum class Severity { kInfo, kWarning, kError };

using LogFields = std::initializer_list<std::pair<absl::string_view, absl::string_view>>;

// {"time":...,"severity":"info","event":"handshake_refused","cause":"..."}. Thread-safe; a line is
// written whole. Bytes that are no UTF-8 become U+FFFD.
void Log(Severity severity, absl::string_view event, LogFields fields);

// From now on what Protobuf has to say, for example of a request that is not UTF-8, is such a line:
// "protobuf".
void LogForProtobuf();

// What the log alone says of an error: the database's own words, or the text of a status without a
// reason, which is a fault of ours.
std::string DebugText(const absl::Status& status);

// For lines that anybody can cause: lets so many a second through. Thread-safe.
class LineLimit {
 public:
  explicit LineLimit(int most) : most_(most) {}
  // Whether a line may be written now: how many were left out since the last one that was.
  std::optional<int64_t> Take(absl::Time now);

 private:
  const int most_;
  absl::Mutex mutex_;
  absl::Time second_ ABSL_GUARDED_BY(mutex_) = absl::InfinitePast();
  int taken_ ABSL_GUARDED_BY(mutex_) = 0;
  int64_t left_out_ ABSL_GUARDED_BY(mutex_) = 0;
};

// The line of a call that failed by the server's fault, was slow, or said what for; others are only
// counted. Writes that said so are in the journal as well. A deadline that the caller set is his
// own, and a drain is no fault.
void LogCall(const Call& call, const absl::Status& status, absl::Duration took);

// {"event":"ready","agency":...} on stdout: what the starter of a server waits for.
void PrintReady(absl::string_view agency, absl::string_view address, absl::string_view admin);

// The trace id of a W3C traceparent header; a new random one if there is none or it is not valid.
std::string TraceId(absl::string_view traceparent);

// A traceparent for a call made on behalf of the trace.
std::string Traceparent(absl::string_view trace_id);

}  // namespace puente::telemetry
