// What the services of one module share: methods with their rights and checks, workers, metrics.
#pragma once

#include <grpcpp/grpcpp.h>

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/functional/function_ref.h"
#include "common/calls/in_flight.h"
#include "common/context/call.h"
#include "common/context/clock.h"
#include "common/fields/field_checker.h"
#include "common/identity/access.h"
#include "common/journal/journal.h"
#include "common/personal/key_store.h"
#include "common/telemetry/metrics.h"
#include "common/workers/pool.h"
#include "google/protobuf/descriptor.h"
#include "puente/api/v1/server.pb.h"

namespace puente::calls {

class Figures;
class Service;

// A method as the servers see it.
struct Method {
  // `self` is who serves it, as the path of its SPIFFE id.
  Method(const google::protobuf::MethodDescriptor& descriptor, absl::string_view self);
  const google::protobuf::MethodDescriptor& descriptor;
  const google::protobuf::Message& request;  // prototypes
  const google::protobuf::Message& answer;
  const identity::MethodAccess access;
  fields::FieldChecker fields;
  // What else is wrong with a request, by who calls; null for nothing. Before the server starts.
  std::function<std::vector<Violation>(const Call&, const google::protobuf::Message& request)>
      of_caller;
  telemetry::MethodMetrics metrics;
  // The field of the request that names a position to wait for; null if there is none.
  const google::protobuf::FieldDescriptor* const at_least;
  // Whether its answer can hold something personal, which is left out unless `access` says that the
  // method opens it.
  const bool may_hold_personal;
  // The resource that it is about, "labor.puente/Vacancy", if that is known.
  std::string resource;
  // Whatever it answers leaves so long after the call came, or a multiple of it, so that how long
  // it took does not tell what it found. 0: at once. Before the server starts.
  absl::Duration answers_every;
};

// A stream that may have to be ended from outside.
class OpenStream {
 public:
  virtual const Call& call() const = 0;
  // Keeps it from going away; while it is in the host's list.
  virtual void Ref() = 0;
  virtual void Unref() = 0;
  virtual void End(const absl::Status& why) = 0;
  // Whether the caller can go on elsewhere from where this one ends, so that a drain need not wait.
  virtual bool resumable() const { return false; }

 protected:
  ~OpenStream() = default;
};

class Host {
 public:
  struct Options {
    std::string agency;
    api::v1::Hosting hosting = api::v1::HOSTING_OWN_PROCESS;
    std::string trust_domain = "puente.local";
    workers::Pool::Options pool;
    const Clock* clock = &Clock::System();
    // Most bytes of answers with figures that are remembered.
    size_t figures_memory = 16 << 20;
    // For calls that set none.
    absl::Duration default_deadline = absl::Seconds(10);
    absl::Duration default_stream_deadline = absl::Minutes(10);
    // Streams open at a time, of all callers and of one: each may buffer 1 MB.
    size_t most_streams = 32;
    int most_streams_of_caller = 4;
    // The registry of principals as it is now. A host without one ends the process.
    std::function<std::shared_ptr<const identity::Principals>()> principals;
    // Who a call without a certificate is: "gateway" for the in-process channel of embedded
    // hosting, a path to call as in tests. Empty: such calls are refused.
    std::string in_process_caller;
  };

  explicit Host(Options options);
  ~Host();
  Host(const Host&) = delete;
  Host& operator=(const Host&) = delete;

  // A service to serve: host.Serve<labor::v1::VacancyService>(); each of its methods must be given
  // a function before the server starts.
  template <class Contract>
  Service& Serve() {
    return Register(Contract::service_full_name());
  }
  // The same by its descriptor. A service that is served already is given once more.
  Service& Serve(const google::protobuf::ServiceDescriptor& service);
  const std::vector<std::unique_ptr<Service>>& services() const { return services_; }
  const std::vector<std::string>& service_names() const { return service_names_; }

  // Where at_least waits, and who is woken by writes; before the server starts. It must outlive the
  // server.
  void set_sequencer(journal::Sequencer* sequencer);
  journal::Sequencer* sequencer() const { return sequencer_; }
  // Of a module that keeps persons; before the server starts. It must outlive the server.
  void set_persons(personal::KeyStore* persons) { persons_ = persons; }
  // Null for others.
  personal::KeyStore* persons() const { return persons_; }
  journal::Journal journal() const { return {tokens_, sequencer_, persons_}; }

  // The method that takes this type of request; each type is the request of one method. Aborts if
  // its service is not served.
  Method& MethodOf(const google::protobuf::Descriptor* request);

  // Fills in `call`, all but its deadline, and says whether its caller may make it. Method, locale
  // and trace are there either way.
  absl::Status LetIn(const grpc::CallbackServerContext& context, const Method& method,
                     Call& call) const;

  // Whether caller, delegate and actor of a call that was let in still take part: for those that go
  // on for long. Its rights as such are those of its beginning.
  absl::Status StillKnown(const Call& call) const;
  // Ends the open streams of those whom the registry no longer lets in.
  void EndUnknown() ABSL_LOCKS_EXCLUDED(streams_mutex_);

  // From now on calls are refused with SHUTTING_DOWN, and resumable streams end with it. Waits
  // until all calls are answered, `grace` at most; then ends the other streams, and waits a little
  // until the callers have been told.
  void Drain(absl::Duration grace) ABSL_LOCKS_EXCLUDED(streams_mutex_);
  const std::shared_ptr<InFlight>& in_flight() const { return in_flight_; }

  // Whether one more stream may begin for its caller; if so, EndStream() when it has ended.
  absl::Status BeginStream(OpenStream& stream) ABSL_LOCKS_EXCLUDED(streams_mutex_);
  void EndStream(OpenStream& stream) ABSL_LOCKS_EXCLUDED(streams_mutex_);

  const Options& options() const { return options_; }
  const Clock& clock() const { return *options_.clock; }
  workers::Pool& pool() { return pool_; }
  Figures& figures() { return *figures_; }
  telemetry::Metrics& metrics() { return metrics_; }
  absl::Time start_time() const { return start_time_; }

 private:
  Service& Register(absl::string_view service);
  // Ends each open stream for which `why` gives an error, with that error.
  void EndStreams(absl::FunctionRef<absl::Status(const OpenStream&)> why)
      ABSL_LOCKS_EXCLUDED(streams_mutex_);
  std::vector<prometheus::MetricFamily> CollectMetrics() const ABSL_LOCKS_EXCLUDED(streams_mutex_);

  const Options options_;
  const absl::Time start_time_;
  const std::unique_ptr<Figures> figures_;  // before the pool, which computes them
  workers::Pool pool_;
  journal::Sequencer* sequencer_ = nullptr;
  personal::KeyStore* persons_ = nullptr;
  journal::Tokens tokens_;  // of the sequencer, the last one if it has gone
  std::vector<std::unique_ptr<Service>> services_;
  std::vector<std::string> service_names_;
  absl::flat_hash_map<const google::protobuf::Descriptor*, std::unique_ptr<Method>> methods_;
  telemetry::Metrics metrics_;
  const std::shared_ptr<InFlight> in_flight_ = std::make_shared<InFlight>();
  mutable absl::Mutex streams_mutex_;
  absl::flat_hash_set<OpenStream*> streams_ ABSL_GUARDED_BY(streams_mutex_);
  absl::flat_hash_map<std::string, int> streams_by_caller_ ABSL_GUARDED_BY(streams_mutex_);
};

}  // namespace puente::calls
