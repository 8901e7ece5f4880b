#include "common/calls/host.h"

#include "common/calls/figures.h"
#include "common/calls/service.h"
#include "common/identity/errors.h"
#include "common/identity/peer.h"
#include "common/identity/spiffe.h"
#include "common/journal/sequencer.h"
#include "common/personal/fields.h"
#include "common/status/macros.h"
#include "common/telemetry/log.h"
#include "common/telemetry/mistake.h"
#include "common/workers/errors.h"
#include "puente/api/v1/options.pb.h"

namespace puente::calls {
namespace {

constexpr char kOriginalCaller[] = "puente-original-caller";
constexpr char kActor[] = "puente-actor";
constexpr char kPurpose[] = "puente-purpose";
constexpr char kAcceptLanguage[] = "accept-language";
constexpr char kTraceparent[] = "traceparent";

// For the last answers to be taken.
constexpr absl::Duration kLastAnswers = absl::Seconds(1);

using grpc::CallbackServerContext;

// "" if the caller sent none.
absl::string_view Header(const CallbackServerContext& context, const char* key) {
  const auto& metadata = context.client_metadata();
  const auto found = metadata.find(key);
  return found == metadata.end() ? absl::string_view()
                                 : absl::string_view(found->second.data(), found->second.size());
}

const google::protobuf::Message& Prototype(const google::protobuf::Descriptor* type) {
  return *google::protobuf::MessageFactory::generated_factory()->GetPrototype(type);
}

}  // namespace

Method::Method(const google::protobuf::MethodDescriptor& method, absl::string_view self)
    : descriptor(method),
      request(Prototype(method.input_type())),
      answer(Prototype(method.output_type())),
      access(method, self),
      fields(method.input_type()),
      metrics(access.method()),
      at_least(method.input_type()->FindFieldByName("at_least")),
      may_hold_personal(personal::MayHoldPersonal(*method.output_type())) {
  const bool needs_both =
      access.needs_actor() && !method.options().GetExtension(api::v1::access).purposes().empty();
  if (access.opens_personal() && !needs_both) {
    telemetry::Mistake("who opens personal fields says who acts, and why", access.method());
  }
  if (access.opens_personal() && !personal::HasPersonal(*method.output_type())) {
    telemetry::Mistake("personal fields are opened of one record", access.method());
  }
  if (may_hold_personal && method.server_streaming()) {
    telemetry::Mistake("nothing leaves personal fields out of a stream", access.method());
  }
}

Host::Host(Options options)
    : options_(std::move(options)),
      start_time_(absl::Now()),
      figures_(std::make_unique<Figures>(*this, options_.figures_memory)),
      pool_(options_.pool) {
  if (!options_.principals) telemetry::Mistake("no registry of principals", options_.agency);
  metrics_.Add([this] { return CollectMetrics(); });
  metrics_.Add([this] { return figures_->Metrics(); });
}

Host::~Host() { pool_.Stop(); }

void Host::set_sequencer(journal::Sequencer* sequencer) {
  sequencer_ = sequencer;
  if (sequencer != nullptr) tokens_ = sequencer->tokens();
}

Service& Host::Register(absl::string_view service) {
  const auto* pool = google::protobuf::DescriptorPool::generated_pool();
  const auto* descriptor = pool->FindServiceByName(std::string(service));
  if (descriptor == nullptr) telemetry::Mistake("no such service", service);
  return Serve(*descriptor);
}

Service& Host::Serve(const google::protobuf::ServiceDescriptor& service) {
  for (const std::unique_ptr<Service>& served : services_) {
    if (&served->descriptor() == &service) return *served;
  }
  service_names_.push_back(service.full_name());
  const std::string self = identity::ServerPath(options_.agency);
  for (int i = 0; i < service.method_count(); ++i) {
    const auto& method = *service.method(i);
    const bool fresh =
        methods_.emplace(method.input_type(), std::make_unique<Method>(method, self)).second;
    if (!fresh) telemetry::Mistake("two methods take the same request", method.full_name());
  }
  return *services_.emplace_back(std::make_unique<Service>(*this, service));
}

Method& Host::MethodOf(const google::protobuf::Descriptor* request) {
  const auto found = methods_.find(request);
  if (found == methods_.end()) telemetry::Mistake("service not served", request->full_name());
  return *found->second;
}

absl::Status Host::LetIn(const CallbackServerContext& context, const Method& method,
                         Call& call) const {
  call.method = method.access.method();
  call.start = options_.clock->Now();
  call.locale = ParseLocale(Header(context, kAcceptLanguage));
  call.trace = telemetry::TraceId(Header(context, kTraceparent));
  const std::shared_ptr<const grpc::AuthContext> auth = context.auth_context();
  Caller peer;
  if (auth != nullptr && !identity::IsInProcess(*auth)) {
    ASSIGN_OR_RETURN(peer, identity::PeerOf(*auth, options_.trust_domain));
  } else if (!options_.in_process_caller.empty()) {
    peer.path = options_.in_process_caller;
  } else {
    return Error(puente::error::kCallerUnknown, "why"_is("there is none"),
                 "trust_domain"_is(options_.trust_domain));
  }
  const absl::string_view original = Header(context, kOriginalCaller);
  const identity::Claims claims{peer.path, original, Header(context, kActor),
                                Header(context, kPurpose)};
  const std::shared_ptr<const identity::Principals> known = options_.principals();
  RETURN_IF_ERROR(method.access.Check(claims, *known));
  call.actor = std::string(claims.actor);
  call.purpose = std::string(claims.purpose);
  if (original.empty()) {
    call.caller = std::move(peer);
  } else {
    call.delegate = std::move(peer.path);
    call.caller.path = std::string(original);
  }
  call.standing = known->StandingOf(call.caller.path);
  call.owner_only = method.access.OwnerOnly(call.caller.path);
  call.agent = method.access.Agent(call.caller.path);
  return absl::OkStatus();
}

absl::Status Host::StillKnown(const Call& call) const {
  const auto known = options_.principals();
  RETURN_IF_ERROR(known->CheckCaller(call.caller.path));
  if (!call.delegate.empty()) RETURN_IF_ERROR(known->CheckCaller(call.delegate));
  if (call.actor.empty()) return absl::OkStatus();
  return known->RolesOf(call.caller.path, call.actor).status();
}

void Host::EndStreams(absl::FunctionRef<absl::Status(const OpenStream&)> why) {
  std::vector<std::pair<OpenStream*, absl::Status>> ended;
  {
    absl::MutexLock lock(&streams_mutex_);
    for (OpenStream* stream : streams_) {
      absl::Status status = why(*stream);
      if (status.ok()) continue;
      stream->Ref();
      ended.emplace_back(stream, std::move(status));
    }
  }
  for (const auto& [stream, status] : ended) {
    stream->End(status);
    stream->Unref();
  }
}

void Host::EndUnknown() {
  EndStreams([this](const OpenStream& stream) { return StillKnown(stream.call()); });
}

void Host::Drain(absl::Duration grace) {
  in_flight_->StartDraining();
  const auto end = [](bool all) {
    return [all](const OpenStream& stream) {
      return all || stream.resumable() ? Error(error::kShuttingDown) : absl::OkStatus();
    };
  };
  EndStreams(end(false));
  in_flight_->AwaitAnswered(grace);
  EndStreams(end(true));
  in_flight_->AwaitGone(std::min(grace, kLastAnswers));
}

absl::Status Host::BeginStream(OpenStream& stream) {
  absl::MutexLock lock(&streams_mutex_);
  if (in_flight_->draining()) return Error(error::kShuttingDown);
  // Once more, since the registry may have changed after the call was let in, and before the list
  // had it.
  RETURN_IF_ERROR(StillKnown(stream.call()));
  int& of_caller = streams_by_caller_[stream.call().caller.path];
  if (streams_.size() >= options_.most_streams || of_caller >= options_.most_streams_of_caller) {
    if (of_caller == 0) streams_by_caller_.erase(stream.call().caller.path);
    return RetryableError(error::kOverloaded, absl::Seconds(5),
                          "what"_is("too many streams at a time"));
  }
  ++of_caller;
  streams_.insert(&stream);
  return absl::OkStatus();
}

void Host::EndStream(OpenStream& stream) {
  absl::MutexLock lock(&streams_mutex_);
  streams_.erase(&stream);
  const auto found = streams_by_caller_.find(stream.call().caller.path);
  if (--found->second == 0) streams_by_caller_.erase(found);
}

std::vector<prometheus::MetricFamily> Host::CollectMetrics() const {
  using prometheus::MetricType;
  std::vector<prometheus::MetricFamily> families = {
      {"grpc_server_handled_total", "Calls ended, by method and status.", MetricType::Counter, {}},
      {"grpc_server_handling_seconds",
       "Time from a call's arrival to its status.",
       MetricType::Histogram,
       {}}};
  for (const auto& [request, method] : methods_) {
    method->metrics.AppendTo(families[0], families[1]);
  }
  const workers::Pool::Load load = pool_.load();
  const auto gauge = [&](const char* name, const char* help, double value) {
    families.push_back(telemetry::SimpleMetric(name, help, MetricType::Gauge, value));
  };
  const auto counter = [&](const char* name, const char* help, int64_t value) {
    families.push_back(
        telemetry::SimpleMetric(name, help, MetricType::Counter, static_cast<double>(value)));
  };
  gauge("puente_pool_waiting", "Tasks that wait for a worker.", load.waiting);
  gauge("puente_pool_oldest_seconds", "Age of the oldest waiting call.",
        absl::ToDoubleSeconds(load.oldest));
  gauge("puente_pool_busy", "Workers at work.", load.busy);
  gauge("puente_pool_workers", "Workers.", load.workers);
  counter("puente_pool_refused_total", "Calls refused since the queue was too old or too long.",
          load.refused);
  counter("puente_pool_dropped_total", "Calls whose deadline passed in the queue.", load.dropped);
  absl::MutexLock lock(&streams_mutex_);
  gauge("puente_open_streams", "Uploads and server streams that have begun and not ended.",
        static_cast<double>(streams_.size()));
  return families;
}

}  // namespace puente::calls
