#include "common/telemetry/log.h"

#include <unistd.h>

#include <random>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/names/text.h"
#include "common/sql/error.h"
#include "google/protobuf/stubs/logging.h"

namespace puente::telemetry {
namespace {

constexpr absl::Duration kSlow = absl::Seconds(2);
constexpr size_t kMostValueBytes = 600;
// The reason of what is refused in a drain (common/workers/errors.h, which is above this).
constexpr absl::string_view kShuttingDown = "SHUTTING_DOWN";

void AppendQuoted(std::string& line, absl::string_view text) {
  line += '"';
  for (const char c : ReplaceNonUtf8(text.substr(0, kMostValueBytes))) {
    if (c == '"' || c == '\\') {
      line += '\\';
      line += c;
    } else if (c == '\n') {
      line += "\\n";
    } else if (absl::ascii_iscntrl(static_cast<unsigned char>(c))) {
      absl::StrAppend(&line, "\\u00", absl::Hex(static_cast<unsigned char>(c), absl::kZeroPad2));
    } else {
      line += c;
    }
  }
  line += '"';
}

void AppendField(std::string& line, absl::string_view name, absl::string_view value) {
  line += line.empty() ? '{' : ',';
  AppendQuoted(line, name);
  line += ':';
  AppendQuoted(line, value);
}

// One write, so that lines of several threads and processes don't mix.
void WriteLine(int file, std::string line) {
  line += "}\n";
  for (absl::string_view rest = line; !rest.empty();) {
    const ssize_t written = write(file, rest.data(), rest.size());
    if (written <= 0) return;
    rest.remove_prefix(static_cast<size_t>(written));
  }
}

bool IsHex(absl::string_view text) {
  for (const char c : text) {
    if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'f')) return false;
  }
  return true;
}

// 16 digits. Ids have to differ; nobody gains by guessing one.
std::string RandomHex() {
  thread_local std::mt19937_64 generator(std::random_device{}() |
                                         static_cast<uint64_t>(std::random_device{}()) << 32);
  return absl::StrCat(absl::Hex(generator() | 1, absl::kZeroPad16));
}

// Load that was shed is counted, not logged: lines would only add to it.
bool IsServerFault(const Call& call, const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kUnknown:
    case absl::StatusCode::kInternal:
    case absl::StatusCode::kDataLoss:
      return true;
    case absl::StatusCode::kDeadlineExceeded:
      return !call.own_deadline;
    case absl::StatusCode::kUnavailable:
      return Reason(status) != kShuttingDown;
    default:
      return false;
  }
}

}  // namespace

void Log(Severity severity, absl::string_view event, LogFields fields) {
  std::string line;
  AppendField(line, "time", absl::FormatTime(absl::RFC3339_full, absl::Now(), absl::UTCTimeZone()));
  AppendField(line, "severity",
              severity == Severity::kInfo      ? "info"
              : severity == Severity::kWarning ? "warning"
                                               : "error");
  AppendField(line, "event", event);
  for (const auto& [name, value] : fields) AppendField(line, name, value);
  WriteLine(STDERR_FILENO, std::move(line));
}

void LogForProtobuf() {
  google::protobuf::SetLogHandler(
      [](google::protobuf::LogLevel, const char*, int, const std::string& text) {
        Log(Severity::kWarning, "protobuf", {{"text", text}});
      });
}

std::string DebugText(const absl::Status& status) {
  if (const auto payload = status.GetPayload(sql::kDebugPayload)) return std::string(*payload);
  return Reason(status).empty() ? std::string(status.message()) : "";
}

std::optional<int64_t> LineLimit::Take(absl::Time now) {
  absl::MutexLock lock(&mutex_);
  if (absl::AbsDuration(now - second_) >= absl::Seconds(1)) {
    second_ = now;
    taken_ = 0;
  }
  if (taken_ == most_) {
    ++left_out_;
    return std::nullopt;
  }
  ++taken_;
  return std::exchange(left_out_, 0);
}

void LogCall(const Call& call, const absl::Status& status, absl::Duration took) {
  const bool fault = IsServerFault(call, status);
  const bool asked = !call.purpose.empty();
  if (!fault && !asked && took < kSlow) return;
  const bool slow = took >= kSlow;
  Log(fault  ? Severity::kError
      : slow ? Severity::kWarning
             : Severity::kInfo,
      fault  ? "call_failed"
      : slow ? "call_slow"
             : "call_for_purpose",
      {{"method", call.method},
       {"caller", call.caller.path},
       {"delegate", call.delegate},
       {"actor", call.actor},
       {"purpose", call.purpose},
       {"trace", call.trace},
       {"code", absl::StatusCodeToString(status.code())},
       {"reason", Reason(status)},
       {"debug", DebugText(status)},
       {"milliseconds", absl::StrCat(absl::ToInt64Milliseconds(took))}});
}

void PrintReady(absl::string_view agency, absl::string_view address, absl::string_view admin) {
  std::string line;
  AppendField(line, "event", "ready");
  AppendField(line, "agency", agency);
  AppendField(line, "address", address);
  AppendField(line, "admin", admin);
  WriteLine(STDOUT_FILENO, std::move(line));
}

std::string TraceId(absl::string_view traceparent) {
  // "00-<32 hex digits>-<16 hex digits>-<2 hex digits>"
  constexpr size_t kSize = 55;
  if (traceparent.size() >= kSize && traceparent[2] == '-' && traceparent[35] == '-' &&
      traceparent[52] == '-' && traceparent.substr(0, 2) != "ff") {
    const absl::string_view id = traceparent.substr(3, 32);
    if (IsHex(id) && id != std::string(32, '0')) return std::string(id);
  }
  return absl::StrCat(RandomHex(), RandomHex());
}

std::string Traceparent(absl::string_view trace_id) {
  return absl::StrCat("00-", trace_id, "-", RandomHex(), "-01");
}

}  // namespace puente::telemetry
