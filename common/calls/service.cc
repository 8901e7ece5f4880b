#include "common/calls/service.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "common/journal/sequencer.h"
#include "common/status/macros.h"
#include "common/telemetry/mistake.h"

namespace puente::calls {
namespace {

using google::protobuf::FieldDescriptor;
using Bytes = grpc::ByteBuffer;

class ReadCall final : public UnaryCall {
 public:
  ReadCall(const Opening& opening, const Service::ReadBody& body)
      : UnaryCall(opening), body_(body) {}

 private:
  void Body(sql::Session* session) override {
    End(body_(call(), session, request(), answer()).status());
  }
  const Service::ReadBody& body_;
};

// A read that is answered together with others of its method.
class ManyReadsCall final : public UnaryCall {
 public:
  ManyReadsCall(const Opening& opening, const Service::ReadManyBody& body)
      : UnaryCall(opening), body_(body) {}

 private:
  const void* batch() const override { return &body_; }
  void RunBatch(sql::Session* session, absl::Span<Task* const> tasks) override {
    const Service::ReadManyBody& body = body_;  // this call may be gone before the others
    std::vector<ManyReadsCall*> calls;
    std::vector<Service::Asked> asked;
    for (Task* const task : tasks) {
      auto* call = static_cast<ManyReadsCall*>(task);
      if (call->claimed()) {
        call->Unref();
        continue;
      }
      calls.push_back(call);
      asked.push_back({call->call(), call->request(), call->answer(), absl::UnknownError("")});
    }
    if (calls.empty()) return;
    body(session, absl::MakeSpan(asked));
    for (size_t i = 0; i < calls.size(); ++i) {
      calls[i]->End(asked[i].outcome.status());
      calls[i]->Unref();
    }
  }
  const Service::ReadManyBody& body_;
};

// A read that waits for the position that its request names.
class WaitingReadCall final : public UnaryCall {
 public:
  WaitingReadCall(const Opening& opening, const Service::ReadBody& body)
      : UnaryCall(opening), body_(body) {}

 private:
  void Begin() override { QueueWhenReached(request(), Lane::kNormal); }
  void Body(sql::Session* session) override {
    const absl::Status known = host().StillKnown(call());  // it may have waited for long
    End(known.ok() ? body_(call(), session, request(), answer()).status() : known);
  }

  const Service::ReadBody& body_;
};

class MutateCall final : public UnaryCall {
 public:
  MutateCall(const Opening& opening, const Service::MutateBody& body)
      : UnaryCall(opening), body_(body) {}

 private:
  void Body(sql::Session* session) override {
    Write(*session, [this](journal::Transaction& tx) {
      return body_(call(), tx, request(), answer()).status();
    });
  }
  const Service::MutateBody& body_;
};

}  // namespace

std::string internal::PlainName(absl::string_view pretty) {
  // "… [with auto fn = puente::labor::{anonymous}::GetStandards]", or clang's "[fn = &puente::…]".
  pretty.remove_prefix(std::min(pretty.size(), pretty.rfind(" = ") + 3));
  pretty = absl::StripPrefix(pretty.substr(0, pretty.find_first_of("];")), "&");
  return absl::StrReplaceAll(pretty, {{"{anonymous}::", ""}, {"(anonymous namespace)::", ""}});
}

Service::Service(Host& host, const google::protobuf::ServiceDescriptor& descriptor)
    : host_(host), descriptor_(descriptor), functions_(descriptor.method_count()) {
  for (int i = 0; i < descriptor.method_count(); ++i) {
    const auto& method = *descriptor.method(i);
    const auto type = method.client_streaming()   ? grpc::internal::RpcMethod::CLIENT_STREAMING
                      : method.server_streaming() ? grpc::internal::RpcMethod::SERVER_STREAMING
                                                  : grpc::internal::RpcMethod::NORMAL_RPC;
    AddMethod(new grpc::internal::RpcServiceMethod(
        host.MethodOf(method.input_type()).access.method().c_str(), type, nullptr));
  }
}

void Service::Named(const Method& method, absl::string_view function) {
  if (function.empty()) {
    functions_[IndexOf(method)] = "unnamed";
    return;
  }
  std::string name = internal::PlainName(function);
  if (!absl::EndsWith(name, absl::StrCat("::", method.descriptor.name()))) {
    telemetry::Mistake("a method's function has its name", method.access.method());
  }
  functions_[IndexOf(method)] = std::move(name);
}

void Service::Answers(const Method& method, Streams streams) {
  const auto& said = method.descriptor;
  if (said.client_streaming() != (streams == Streams::kIn) ||
      said.server_streaming() != (streams == Streams::kOut)) {
    telemetry::Mistake("a function of another kind than the method", method.access.method());
  }
  std::string& function = functions_[IndexOf(method)];
  if (function.empty()) function = "standard";
}

void Service::Answer(Method& method, MakeCall make) {
  Answers(method, Streams::kNone);
  MarkMethodRawCallback(
      IndexOf(method),
      new grpc::internal::CallbackUnaryHandler<Bytes, Bytes>(
          [this, &method, make = std::move(make)](grpc::CallbackServerContext* context,
                                                  const Bytes* request, Bytes* answer) {
            UnaryCall* call = make({host_, method, context, answer});
            call->Start(*request);
            return call;
          }));
}

void Service::Upload(Method& method, MakeUploader make) {
  Answers(method, Streams::kIn);
  RefuseOwners(method);
  MarkMethodRawCallback(
      IndexOf(method), new grpc::internal::CallbackClientStreamingHandler<Bytes, Bytes>(
                           [this, &method, make = std::move(make)](
                               grpc::CallbackServerContext* context, Bytes* answer) {
                             return internal::StartUpload({host_, method, context, answer}, make());
                           }));
}

void Service::Stream(Method& method, MakeSlicer make) {
  Answers(method, Streams::kOut);
  RefuseOwners(method);
  MarkMethodRawCallback(
      IndexOf(method),
      new grpc::internal::CallbackServerStreamingHandler<Bytes, Bytes>(
          [this, &method, make = std::move(make)](grpc::CallbackServerContext* context,
                                                  const Bytes* request) {
            return internal::StartStream({host_, method, context, nullptr}, *request, make);
          }));
}

void Service::Read(Method& method, ReadBody body) {
  auto shared = std::make_shared<const ReadBody>(std::move(body));
  Answer(method,
         [shared,
          waits = method.at_least != nullptr](const UnaryCall::Opening& opening) -> UnaryCall* {
           if (waits) return new WaitingReadCall(opening, *shared);
           return new ReadCall(opening, *shared);
         });
}

void Service::ReadFigures(Method& method, Figures::Body body, Figures::Token token) {
  auto kind = std::make_shared<const Figures::Kind>(method, std::move(body), token);
  Answer(method, [this, kind](const UnaryCall::Opening& opening) {
    return host_.figures().NewCall(opening, *kind);
  });
}

void Service::ReadMany(Method& method, ReadManyBody body) {
  if (method.at_least != nullptr) {
    telemetry::Mistake("reads that are answered together wait for no position",
                       method.access.method());
  }
  auto shared = std::make_shared<const ReadManyBody>(std::move(body));
  Answer(method, [shared](const UnaryCall::Opening& opening) -> UnaryCall* {
    return new ManyReadsCall(opening, *shared);
  });
}

void Service::Mutate(Method& method, MutateBody body) {
  auto shared = std::make_shared<const MutateBody>(std::move(body));
  Answer(method, [shared](const UnaryCall::Opening& opening) -> UnaryCall* {
    return new MutateCall(opening, *shared);
  });
}

void Service::MutateTogether(Method& method, MutateBody alone, Gathering::Together together,
                             Gathering::Wanted wanted) {
  const auto& answer = *method.descriptor.output_type();
  if (method.may_hold_personal || answer.FindFieldByName("name") == nullptr) {
    telemetry::Mistake("what is stored together answers a resource without personal fields",
                       method.access.method());
  }
  auto gathering =
      std::make_shared<Gathering>(host_, std::move(alone), std::move(together), std::move(wanted));
  Answer(method, [gathering](const UnaryCall::Opening& opening) -> UnaryCall* {
    return new JoiningCall(opening, gathering);
  });
}

Method* Service::Find(absl::string_view name) const {
  const auto* found = descriptor_.FindMethodByName(std::string(name));
  return found == nullptr ? nullptr : &host_.MethodOf(found->input_type());
}

void Service::RefuseOwners(const Method& method) {
  if (method.access.has_owners())
    telemetry::Mistake("nobody checks its owners", method.access.method());
}

void Service::CheckComplete() const {
  for (int i = 0; i < descriptor_.method_count(); ++i) {
    if (functions_[i].empty())
      telemetry::Mistake("method without a function", descriptor_.method(i)->full_name());
  }
}

}  // namespace puente::calls
