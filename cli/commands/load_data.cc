#include <algorithm>
#include <atomic>
#include <thread>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "cli/commands.h"
#include "cli/data_file.h"
#include "cli/figures.h"
#include "cli/format.h"
#include "common/federation/contract.h"
#include "common/status/error.h"
#include "google/protobuf/struct.pb.h"

namespace puente::cli {
namespace {

using google::protobuf::Message;

constexpr size_t kInFlight = 16;
constexpr int kMostTries = 6;
constexpr size_t kMostErrors = 3;
constexpr Label kStopped{"the files after this one were not sent",
                         "los archivos siguientes no se enviaron"};
constexpr Label kRequest{"request", "solicitud"};

struct Failure {
  size_t index;
  absl::Status status;
};

struct Outcome {
  std::atomic<int64_t> added = 0;
  std::atomic<int64_t> kept = 0;
  absl::Mutex mutex;
  std::vector<Failure> failures ABSL_GUARDED_BY(mutex);
};

// The record was there before: made by another request, or by this one so long ago that the server
// no longer keeps its answer.
bool IsKept(const absl::Status& status) {
  return status.code() == absl::StatusCode::kAlreadyExists ||
         Reason(status) == "REQUEST_ID_EXPIRED" || absl::EndsWith(Reason(status), "_NOT_DRAFT");
}

// Repeating is safe: every request has an id.
bool IsRetried(const absl::Status& status) {
  return status.code() == absl::StatusCode::kUnavailable ||
         status.code() == absl::StatusCode::kResourceExhausted ||
         status.code() == absl::StatusCode::kAborted;
}

// When the record last changed; a repeated call gets the answer of the first, whose time is past.
absl::Time ChangeTime(const Message& record) {
  for (const char* name : {"update_time", "create_time"}) {
    const auto* field = record.GetDescriptor()->FindFieldByName(name);
    if (field == nullptr || field->cpp_type() != field->CPPTYPE_MESSAGE) continue;
    const Message& value = record.GetReflection()->GetMessage(record, field);
    if (value.GetDescriptor() != google::protobuf::Timestamp::descriptor()) continue;
    const auto& time = static_cast<const google::protobuf::Timestamp&>(value);
    if (time.seconds() == 0) continue;
    return absl::FromUnixSeconds(time.seconds()) + absl::Nanoseconds(time.nanos());
  }
  return absl::InfiniteFuture();
}

class Sender {
 public:
  Sender(Client& client, const DataFile& file, absl::Duration timeout)
      : client_(client), file_(file), timeout_(timeout) {}

  // Several threads take the next request each, until none is left. Then waits until figures
  // contain the last write of each thread, and with it those before.
  absl::Status Run() {
    const size_t threads = file_.ordered ? 1 : std::min(kInFlight, file_.requests.size());
    std::vector<std::string> tokens(threads);
    std::vector<std::thread> running;
    for (std::string& token : tokens) {
      running.emplace_back([this, &token] { TakeRequests(token); });
    }
    for (std::thread& thread : running) thread.join();
    return AwaitFigures(client_, MethodName(*file_.method), tokens);
  }

  Outcome& outcome() { return outcome_; }

 private:
  void TakeRequests(std::string& token) {
    for (size_t i = next_++; i < file_.requests.size() && !stopped_; i = next_++) Send(i, token);
  }

  void Send(size_t index, std::string& token) {
    const auto response = NewMessage(file_.method->output_type());
    absl::Status status;
    absl::Duration wait = absl::Milliseconds(50);
    for (int tries = 1;; ++tries, wait *= 2) {
      status = client_.Call(file_.server, MethodName(*file_.method), *file_.requests[index],
                            response.get(), timeout_, &token);
      if (!IsRetried(status) || tries == kMostTries) break;
      absl::SleepFor(wait);
    }
    if (status.ok()) {
      ++(ChangeTime(*response) < start_ ? outcome_.kept : outcome_.added);
    } else if (IsKept(status)) {
      ++outcome_.kept;
    } else {
      absl::MutexLock lock(&outcome_.mutex);
      outcome_.failures.push_back({index, std::move(status)});
      // What follows in order rests on this one; a server that is not there fails all alike.
      stopped_ = file_.ordered || outcome_.failures.size() >= kMostErrors;
    }
  }

  Client& client_;
  const DataFile& file_;
  const absl::Duration timeout_;
  const absl::Time start_ = absl::Now();
  std::atomic<size_t> next_ = 0;
  std::atomic<bool> stopped_ = false;
  Outcome outcome_;
};

void PrintFailures(Session& session, const Client& client, const DataFile& file, Outcome& outcome) {
  absl::MutexLock lock(&outcome.mutex);
  std::sort(outcome.failures.begin(), outcome.failures.end(),
            [](const Failure& a, const Failure& b) { return a.index < b.index; });
  for (const Failure& failure : outcome.failures) {
    session.err() << file.path << ", " << session.Say(kRequest) << " " << failure.index << ": ";
    session.PrintError(failure.status, client, file.server, session.TimeoutOr(kCallTimeout));
  }
}

void PrintLine(Session& session, const DataFile& file, const Outcome& outcome) {
  if (session.options().format == Format::kTable) {
    session.out() << file.path << ": " << CountText(outcome.added) << " "
                  << session.Say(label::kAdded) << ", " << CountText(outcome.kept) << " "
                  << session.Say(label::kKept) << std::endl;
  } else if (session.options().format == Format::kCsv) {
    session.out() << CsvField(file.path) << "," << outcome.added << "," << outcome.kept << "\n";
  } else {
    google::protobuf::Struct line;
    (*line.mutable_fields())["file"].set_string_value(file.path);
    (*line.mutable_fields())["added"].set_number_value(static_cast<double>(outcome.added));
    (*line.mutable_fields())["kept"].set_number_value(static_cast<double>(outcome.kept));
    session.out() << ToJson(line, false) << "\n";
  }
}

ExitCode SendFile(Session& session, const DataFile& file) {
  const std::string& caller =
      session.options().caller.empty() ? file.caller : session.options().caller;
  const std::unique_ptr<Client> client = session.ClientAs(caller, file.actor);
  if (client == nullptr) return kFailure;
  if (session.options().explain) {
    for (const auto& request : file.requests) {
      session.Explain(*client, file.server, MethodName(*file.method), *request);
    }
    return kOk;
  }
  Sender sender(*client, file, session.TimeoutOr(kCallTimeout));
  const absl::Status figures = sender.Run();
  PrintLine(session, file, sender.outcome());
  PrintFailures(session, *client, file, sender.outcome());
  if (!figures.ok()) {
    session.PrintError(figures, *client, file.server, kCallTimeout);
    return kFailure;
  }
  absl::MutexLock lock(&sender.outcome().mutex);
  return sender.outcome().failures.empty() ? kOk : kFailure;
}

}  // namespace

ExitCode LoadData(Session& session, const std::string& folder) {
  const auto paths = DataFiles(folder);
  if (!paths.ok()) return session.Fail(kFailure, paths.status().message());
  // All files are read before the first is sent, so that a wrong one changes nothing.
  std::vector<DataFile> files;
  for (const std::string& path : *paths) {
    absl::StatusOr<DataFile> file = ReadDataFile(path);
    if (!file.ok()) return session.Fail(kFailure, file.status().message());
    files.push_back(*std::move(file));
  }
  if (const ExitCode code = session.Open(files.front().caller); code != kOk) return code;
  if (session.options().format == Format::kCsv) session.out() << "file,added,kept\n";
  for (const DataFile& file : files) {
    if (const ExitCode code = SendFile(session, file); code != kOk) {
      session.Fail(code, absl::StrCat(file.path, ": ", session.Say(kStopped)));
      return code;
    }
  }
  return kOk;
}

}  // namespace puente::cli
