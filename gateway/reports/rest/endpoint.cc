#include "gateway/reports/rest/endpoint.h"

#include <httplib.h>
#include <sys/socket.h>

#include <algorithm>
#include <queue>
#include <thread>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "common/crypto/digest.h"
#include "common/http/answers.h"
#include "common/names/text.h"
#include "gateway/reports/rest/answer.h"
#include "gateway/reports/rest/cache.h"
#include "gateway/reports/rest/errors.h"

namespace puente::gateway::reports {
namespace {

// Of the request that this thread answers.
thread_local absl::Time request_begun = absl::InfiniteFuture();

// Threads with a bounded queue: whoever accepts connections waits while it is full.
class BoundedPool : public httplib::TaskQueue {
 public:
  BoundedPool(int threads, size_t most_waiting) : most_waiting_(most_waiting) {
    for (int i = 0; i < threads; ++i) {
      threads_.emplace_back([this] { Work(); });
    }
  }

  void enqueue(std::function<void()> task) override {
    absl::MutexLock lock(&mutex_);
    mutex_.Await(absl::Condition(this, &BoundedPool::HasRoom));
    tasks_.push(std::move(task));
  }
  void shutdown() override {
    {
      absl::MutexLock lock(&mutex_);
      is_over_ = true;
    }
    for (std::thread& thread : threads_) thread.join();
  }

 private:
  bool HasRoom() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    return tasks_.size() < most_waiting_ || is_over_;
  }
  bool HasWork() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) { return !tasks_.empty() || is_over_; }
  void Work() {
    for (;;) {
      std::function<void()> task;
      {
        absl::MutexLock lock(&mutex_);
        mutex_.Await(absl::Condition(this, &BoundedPool::HasWork));
        if (tasks_.empty()) return;
        task = std::move(tasks_.front());
        tasks_.pop();
      }
      task();
    }
  }

  const size_t most_waiting_;
  std::vector<std::thread> threads_;
  absl::Mutex mutex_;
  std::queue<std::function<void()>> tasks_ ABSL_GUARDED_BY(mutex_);
  bool is_over_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace

class Endpoint::Server {
 public:
  Server(Catalogue& catalogue, telemetry::HttpMetrics& metrics, const EndpointLimits& limits)
      : catalogue_(catalogue), cache_(limits.cache_bytes) {
    // The library calls this once an answer is sent, on the thread that took the request.
    http_.set_logger([&metrics](const httplib::Request&, const httplib::Response& answer) {
      const absl::Time begun = std::exchange(request_begun, absl::InfiniteFuture());
      metrics.Handled(answer.status,
                      std::max(absl::Now() - begun, absl::ZeroDuration()));  // refused unread: 0
    });
    http_.new_task_queue = [limits] {
      return new BoundedPool(limits.threads, limits.waiting_connections);
    };
    // Not the library's SO_REUSEPORT, by which another process could take half of the callers.
    http_.set_socket_options([](int socket) {
      const int on = 1;
      setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    });
    // One request a connection: what follows a request that has a body is never taken for the next.
    http_.set_keep_alive_max_count(1);
    http_.set_read_timeout(limits.read_seconds);
    http_.set_write_timeout(limits.write_seconds);
    http_.set_payload_max_length(0);
    http_.set_pre_routing_handler(
        [this](const httplib::Request& request, httplib::Response& answer) {
          request_begun = absl::Now();
          Serve(request, answer);
          return httplib::Server::HandlerResponse::Handled;
        });
    // What the library says of an exception is not for callers.
    http_.set_exception_handler([](const httplib::Request&, httplib::Response& answer,
                                   std::exception_ptr) { answer.status = 500; });
  }

  ~Server() {
    http_.stop();
    if (thread_.joinable()) thread_.join();
  }

  absl::StatusOr<int> Listen(const std::string& host, int port) {
    if (port == 0) {
      port = http_.bind_to_any_port(host);
    } else if (!http_.bind_to_port(host, port)) {
      port = -1;
    }
    if (port <= 0) {
      return absl::UnavailableError(absl::StrCat("cannot listen on ", host, " for SDMX"));
    }
    thread_ = std::thread([this] { http_.listen_after_bind(); });
    // Else stop() would come too early to be heard.
    while (!http_.is_running()) std::this_thread::yield();
    return port;
  }

 private:
  void Serve(const httplib::Request& request, httplib::Response& response) {
    if (request.method != "GET" && request.method != "HEAD") {
      response.status = 405;
      response.set_header("Allow", "GET, HEAD");
      return;
    }
    // An answer is sent whole, as HTTP allows; the library would cut it whatever its status.
    const_cast<httplib::Request&>(request).ranges.clear();
    const std::shared_ptr<const KeptAnswer> kept = AnswerOf(request);
    const Answer& answer = kept->answer;
    response.status = answer.status;
    response.set_header("Vary", "Accept, Accept-Encoding");
    response.set_header("X-Content-Type-Options", "nosniff");
    const bool zipped =
        !kept->zipped.empty() && http::TakesGzip(request.get_header_value("Accept-Encoding"));
    if (answer.status == 200) {
      const std::string tag = absl::StrCat("\"", kept->tag, zipped ? "-gzip" : "", "\"");
      response.set_header("ETag", tag);
      // It may be another one once something is published.
      response.set_header("Cache-Control", "no-cache");
      if (http::NamesTag(request.get_header_value("If-None-Match"), tag)) {
        response.status = 304;
        return;
      }
    }
    if (zipped) response.set_header("Content-Encoding", "gzip");
    response.set_content(zipped ? kept->zipped : answer.body, answer.media_type);
  }

  std::shared_ptr<const KeptAnswer> AnswerOf(const httplib::Request& request) {
    // What is not UTF-8 can't be told in an error.
    Question question{
        ReplaceNonUtf8(request.path), {}, ReplaceNonUtf8(request.get_header_value("Accept"))};
    for (const auto& [name, value] : request.params) {
      question.parameters.emplace(ReplaceNonUtf8(name), ReplaceNonUtf8(value));
    }
    const absl::StatusOr<PublishedReports> reports = catalogue_.Published();
    if (!reports.ok()) return Kept(ErrorAnswer(Error(error::kSdmxUnavailable)));
    const std::string key = KeyOf(*reports, question);
    if (auto found = cache_.Find(key); found != nullptr) return found;
    auto kept = Kept(AnswerTo(*reports, question));
    // Nobody fills the cache with what isn't there.
    if (kept->answer.status == 200) cache_.Keep(key, kept);
    return kept;
  }

  // A digest of all that an answer depends on, which is as long as a caller likes. Reports are
  // known by what they say of themselves: a version never changes.
  static std::string KeyOf(const PublishedReports& reports, const Question& question) {
    std::string key;
    const auto add = [&](absl::string_view text) { absl::StrAppend(&key, text.size(), ":", text); };
    for (const auto& report : reports) {
      add(report->view().content().report());
      add(report->view().content().version());
    }
    add(question.path);
    for (const auto& [name, value] : question.parameters) {
      add(name);
      add(value);
    }
    // Many ways to ask for a format are one answer.
    for (const bool data : {false, true}) {
      const auto format = FormatOf(question, data);
      add(format.ok() ? MediaTypeOf(*format) : question.accept);
    }
    return crypto::Sha256(key);
  }

  Catalogue& catalogue_;
  AnswerCache cache_;
  httplib::Server http_;
  std::thread thread_;
};

Endpoint::Endpoint(Catalogue& catalogue, telemetry::HttpMetrics& metrics, EndpointLimits limits)
    : server_(std::make_unique<Server>(catalogue, metrics, limits)) {}

Endpoint::~Endpoint() = default;

absl::StatusOr<int> Endpoint::Listen(const std::string& host, int port) {
  return server_->Listen(host, port);
}

}  // namespace puente::gateway::reports
