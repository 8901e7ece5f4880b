// What the services of one module share: methods with their rights and checks, workers, metrics.
#pragma once

#include <grpcpp/grpcpp.h>

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "common/context/call.h"
#include "common/context/clock.h"
#include "common/identity/access.h"
#include "common/rpc/fields.h"
#include "common/rpc/metrics.h"
#include "common/rpc/pool.h"
#include "google/protobuf/descriptor.h"
#include "puente/api/v1/server.pb.h"

namespace puente::journal {
class Sequencer;
}

namespace puente::rpc {

// A method as the servers see it.
struct Method {
  explicit Method(const google::protobuf::MethodDescriptor& descriptor)
      : access(descriptor), fields(descriptor.input_type()), metrics(access.method()) {}
  const identity::MethodAccess access;
  const FieldChecker fields;
  MethodMetrics metrics;
};

class Host {
 public:
  struct Options {
    std::string agency;
    api::v1::Hosting hosting = api::v1::HOSTING_OWN_PROCESS;
    std::string trust_domain = "puente.local";
    Pool::Options pool;
    const Clock* clock = &Clock::System();
    // For calls that set none.
    absl::Duration default_deadline = absl::Seconds(10);
    absl::Duration default_upload_deadline = absl::Minutes(10);
    // Who a call without a certificate is: "gateway" for the in-process channel of embedded
    // hosting, a path to call as in tests. Empty: such calls are refused.
    std::string in_process_caller;
  };

  explicit Host(Options options);
  ~Host();
  Host(const Host&) = delete;
  Host& operator=(const Host&) = delete;

  // Has `service` served: host.Serve<labor::v1::VacancyService>(vacancies). Before the server
  // starts; the service must outlive it.
  template <class Contract>
  void Serve(grpc::Service& service) {
    Register(Contract::service_full_name());
    services_.push_back(&service);
  }
  const std::vector<grpc::Service*>& services() const { return services_; }

  // Where at_least waits; before the server starts. It must outlive the server.
  void set_sequencer(journal::Sequencer* sequencer) { sequencer_ = sequencer; }
  journal::Sequencer* sequencer() const { return sequencer_; }

  // The method that takes this type of request; each type is the request of one method. Aborts if
  // its service is not served.
  Method& MethodOf(const google::protobuf::Descriptor* request);

  // The call behind `context` with its deadline, or why it is not let in. `call` has its method,
  // locale and trace either way.
  absl::Status Open(const grpc::CallbackServerContext& context, const Method& method,
                    absl::Duration default_deadline, Call& call) const;

  const Options& options() const { return options_; }
  const Clock& clock() const { return *options_.clock; }
  Pool& pool() { return pool_; }
  Metrics& metrics() { return metrics_; }
  absl::Time start_time() const { return start_time_; }

 private:
  void Register(absl::string_view service);

  const Options options_;
  const absl::Time start_time_;
  Pool pool_;
  journal::Sequencer* sequencer_ = nullptr;
  std::vector<grpc::Service*> services_;
  absl::flat_hash_map<const google::protobuf::Descriptor*, std::unique_ptr<Method>> methods_;
  Metrics metrics_;
};

}  // namespace puente::rpc
