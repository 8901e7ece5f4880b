// How services answer unary calls: one line a method.
//
//   grpc::ServerUnaryReactor* GetVacancy(Context* c, const GetVacancyRequest* q, Vacancy* r) {
//     return rpc::Read(host_, c, q, r, &Get);
//   }
//   absl::StatusOr<Vacancy> Get(const Call&, sql::Session&, const GetVacancyRequest&);
//
// Functions get a request that is let in and checked (see fields.h); they run on a worker and must
// not wait for anything but the database. What they capture must outlive the server.
#pragma once

#include <type_traits>
#include <utility>

#include "absl/status/statusor.h"
#include "common/journal/sequencer.h"
#include "common/journal/write.h"
#include "common/rpc/unary.h"

namespace puente::rpc {

// Response metadata of a mutation: the freshness token of its last journal entry.
inline constexpr char kFreshnessKey[] = "puente-freshness";

namespace internal {

template <class Req, class Resp, class Fn>
class TypedCall : public UnaryCall {
 public:
  TypedCall(Host& host, grpc::CallbackServerContext* context, const Req* request, Resp* response,
            Fn fn)
      : UnaryCall(host, context, host.MethodOf(Req::descriptor())),
        request_(*request),
        response_(response),
        fn_(std::move(fn)) {}

 protected:
  // Moves the answer out, unless the call has ended meanwhile.
  void Give(absl::StatusOr<Resp> answer) {
    if (!Claim()) return;
    if (answer.ok()) *response_ = *std::move(answer);
    Answer(answer.status());
  }

  Req request_;  // gRPC's own ends with the call, even while a worker still reads
  Resp* const response_;
  Fn fn_;
};

template <class Req, class Resp, class Fn>
class ComputeCall final : public TypedCall<Req, Resp, Fn> {
 public:
  using TypedCall<Req, Resp, Fn>::TypedCall;
  void Start() {
    if (this->Open(this->request_)) this->Queue();
  }

 private:
  void Body(sql::Session* session) override {
    if constexpr (std::is_invocable_v<Fn&, const Call&, sql::Session*, const Req&>) {
      this->Give(this->fn_(this->call(), session, this->request_));
    } else {
      this->Give(this->fn_(this->call(), *session, this->request_));
    }
  }
};

template <class Req, class Resp, class Fn>
class MutateCall final : public TypedCall<Req, Resp, Fn> {
 public:
  using TypedCall<Req, Resp, Fn>::TypedCall;
  void Start() {
    if (this->Open(this->request_)) this->Queue();
  }

 private:
  void Body(sql::Session* session) override {
    auto written = journal::Mutate<Resp>(this->host().options().agency, *session, this->call(),
                                         this->request_, this->fn_);
    if (!written.ok()) return this->End(written.status());
    this->Wrote();
    if (!this->Claim()) return;
    this->context()->AddInitialMetadata(kFreshnessKey, written->freshness);
    *this->response_ = std::move(written->answer);
    this->Answer(absl::OkStatus());
  }
};

template <class Req, class Resp, class Fn>
class ReadAtLeastCall final : public TypedCall<Req, Resp, Fn> {
 public:
  using TypedCall<Req, Resp, Fn>::TypedCall;
  void Start() {
    if (!this->Open(this->request_)) return;
    if (this->request_.at_least().empty()) return this->Queue();
    this->Ref();
    this->host().sequencer()->WhenReached(this->request_.at_least(), this->call().deadline,
                                          [this](absl::Status reached) {
                                            if (reached.ok()) {
                                              this->Queue();
                                            } else {
                                              this->End(reached);
                                            }
                                            this->Unref();
                                          });
  }

 private:
  void Body(sql::Session* session) override {
    this->Give(this->fn_(this->call(), *session, this->request_));
  }
};

}  // namespace internal

// fn: absl::StatusOr<Resp>(const Call&, sql::Session&, const Req&).
template <class Req, class Resp, class Fn>
grpc::ServerUnaryReactor* Read(Host& host, grpc::CallbackServerContext* context, const Req* request,
                               Resp* response, Fn fn) {
  auto* call =
      new internal::ComputeCall<Req, Resp, Fn>(host, context, request, response, std::move(fn));
  call->Start();
  return call;
}

// The same for hosts that may have no database. fn: absl::StatusOr<Resp>(const Call&,
// sql::Session*, const Req&), where the session is null without one.
template <class Req, class Resp, class Fn>
grpc::ServerUnaryReactor* Compute(Host& host, grpc::CallbackServerContext* context,
                                  const Req* request, Resp* response, Fn fn) {
  return Read(host, context, request, response, std::move(fn));
}

// fn: absl::StatusOr<Resp>(const Call&, journal::Transaction&, const Req&), perhaps several times
// (see journal/write.h). Answers with kFreshnessKey.
template <class Req, class Resp, class Fn>
grpc::ServerUnaryReactor* Mutate(Host& host, grpc::CallbackServerContext* context,
                                 const Req* request, Resp* response, Fn fn) {
  auto* call =
      new internal::MutateCall<Req, Resp, Fn>(host, context, request, response, std::move(fn));
  call->Start();
  return call;
}

// As Read(), once everything up to request.at_least() is in the figures. Waiting holds no worker.
template <class Req, class Resp, class Fn>
grpc::ServerUnaryReactor* ReadAtLeast(Host& host, grpc::CallbackServerContext* context,
                                      const Req* request, Resp* response, Fn fn) {
  auto* call =
      new internal::ReadAtLeastCall<Req, Resp, Fn>(host, context, request, response, std::move(fn));
  call->Start();
  return call;
}

}  // namespace puente::rpc
