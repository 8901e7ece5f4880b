// A service of the contract as a table: which function answers which method. A module's service
// is one line a method; a method's function has its name, and is found by the type of its request.
//
//   calls::Service& vacancies = host.Serve<v1::VacancyService>();
//   vacancies.Read<&ExplainVacancyQuality>(standards);
//
//   absl::StatusOr<QualityVerdict> ExplainVacancyQuality(
//       const Call&, sql::Session&, const ExplainVacancyQualityRequest&, const Standards&);
//
// Functions get a request that was let in and checked (fields/field_checker.h); they run on a
// worker and must not wait for anything but the database. What they are given besides (`bound`)
// must outlive the server.
#pragma once

#include <grpcpp/grpcpp.h>
#include <grpcpp/impl/codegen/server_callback_handlers.h>
#include <grpcpp/impl/service_type.h>

#include <functional>
#include <memory>
#include <type_traits>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "common/calls/compose.h"
#include "common/calls/figures.h"
#include "common/calls/host.h"
#include "common/calls/stream.h"
#include "common/calls/together.h"
#include "common/calls/upload.h"
#include "common/journal/write.h"

namespace puente::calls {

namespace internal {

// What the compiler calls a function or a type.
template <auto fn>
absl::string_view FunctionName() {
  return __PRETTY_FUNCTION__;
}
template <class T>
absl::string_view TypeName() {
  return __PRETTY_FUNCTION__;
}
// "puente::labor::ExplainVacancyQuality" of what the two above give.
std::string PlainName(absl::string_view pretty);

}  // namespace internal

class Service final : public grpc::Service {
 public:
  // Every method of `descriptor`, none of which has a function yet. By Host::Serve().
  Service(Host& host, const google::protobuf::ServiceDescriptor& descriptor);

  // fn: absl::StatusOr<Resp>(const Call&, sql::Session&, const Req&, bound...); or with
  // sql::Session*, which is null in a host without a database. If the request has a field
  // `at_least`, the function runs once everything up to that token is in the figures; waiting holds
  // no worker.
  template <auto fn, class... Bound>
  void Read(Bound&... bound) {
    ReadTyped(Bind<fn>(fn, bound...), internal::FunctionName<fn>());
  }
  // Of figures (see figures.h). fn: absl::StatusOr<Resp>(sql::Session& snapshot, absl::CivilDay,
  // const Req&, bound...); it isn't told who asks.
  template <auto fn, class... Bound>
  void ReadFigures(Bound&... bound) {
    ReadFiguresTyped(Bind<fn>(fn, bound...), internal::FunctionName<fn>(),
                     Figures::Token::kAwaited);
  }
  // The same for a function to which at_least is a part of the question.
  template <auto fn, class... Bound>
  void ReadFiguresWithToken(Bound&... bound) {
    ReadFiguresTyped(Bind<fn>(fn, bound...), internal::FunctionName<fn>(), Figures::Token::kAsked);
  }
  // The same for a method that has owners: absl::StatusOr<OwnerProof>(const Call&, sql::Session&,
  // const Req&, Resp& answer).
  template <auto fn>
  void ReadOwned() {
    ReadOwnedTyped(std::function(fn), internal::FunctionName<fn>());
  }
  // fn: absl::StatusOr<Resp>(const Call&, journal::Transaction&, const Req&, bound...), perhaps
  // several times (see journal/write.h). Answers with kFreshnessKey.
  template <auto fn, class... Bound>
  void Mutate(Bound&... bound) {
    MutateTyped(Bind<fn>(fn, bound...), internal::FunctionName<fn>());
  }
  // The same for a method that has owners: absl::StatusOr<OwnerProof>(const Call&,
  // journal::Transaction&, const Req&, Resp& answer, bound...).
  template <auto fn, class... Bound>
  void MutateOwned(Bound&... bound) {
    MutateOwnedTyped(BindOwned<fn>(fn, bound...), internal::FunctionName<fn>());
  }
  // The same for a method whose calls would wait for one another (see together.h), and which
  // answers the one resource that it changes. together: absl::Status(journal::Transaction&,
  // absl::Span<Asked>, bound...), of what is stored as by `fn` of each; wanted: std::string(const
  // Req&), what they would wait for.
  template <auto fn, auto together, auto wanted, class... Bound>
  void MutateOwnedTogether(Bound&... bound) {
    MutateTogetherTyped(
        BindOwned<fn>(fn, bound...), internal::FunctionName<fn>(),
        [&bound...](journal::Transaction& tx, absl::Span<Asked> asked) {
          return together(tx, asked, bound...);
        },
        std::function(wanted));
  }
  // fn: void(std::shared_ptr<Composition<Req, Resp>>, bound...), on a gRPC thread; it must not
  // block.
  template <auto fn, class... Bound>
  void Compose(Bound&... bound) {
    ComposeTyped(BindOne<fn>(fn, bound...), internal::FunctionName<fn>());
  }
  // The same where the database comes first. read: absl::StatusOr<Composer<Req, Resp>>(const Call&,
  // sql::Session&, const Req&, bound...), on a worker; others are then asked by what it gives.
  template <auto read, class... Bound>
  void ReadAndCompose(Bound&... bound) {
    ReadAndComposeTyped(Bind<read>(read, bound...), internal::FunctionName<read>());
  }
  // The same where the database comes last. ask: as of Compose(), giving a Given; read:
  // absl::StatusOr<Resp>(const Call&, sql::Session&, const Req&, const Given&), on a worker.
  template <auto ask, auto read, class... Bound>
  void ComposeAndRead(Bound&... bound) {
    ComposeAndReadTyped(BindOne<ask>(ask, bound...), std::function(read),
                        internal::FunctionName<read>());
  }
  // The same where what others gave is what a mutation needs. mutate: absl::StatusOr<OwnerProof>(
  // const Call&, journal::Transaction&, const Req&, const Given&, Resp& answer). When a call is
  // repeated others are asked again, and the answer is the first one's, whatever they say.
  template <auto read, auto mutate, class... Bound>
  void ComposeAndMutateOwned(Bound&... bound) {
    ComposeAndMutateTyped(Bind<read>(read, bound...), std::function(mutate),
                          internal::FunctionName<mutate>());
  }
  // fn: std::unique_ptr<Slicer<Resp>>(const Req&), for each call (see stream.h). If the request has
  // a field `at_least`, the first slice waits for it as a read does.
  template <auto fn>
  void Stream() {
    StreamTyped(std::function(fn), internal::FunctionName<fn>());
  }
  // An Uploader<Req, Resp> of the method's name, made of what is bound, for each call.
  template <class U, class... Bound>
  void Upload(Bound&... bound) {
    Named(host_.MethodOf(U::Request::descriptor()), internal::TypeName<U>());
    Upload(host_.MethodOf(U::Request::descriptor()),
           [&bound...]() -> std::unique_ptr<AnyUploader> { return std::make_unique<U>(bound...); });
  }
  // The same with functions that have no name, for tests.
  template <class Fn>
  void Read(Fn fn) {
    ReadTyped(std::function(std::move(fn)), "");
  }
  template <class Fn>
  void ReadFigures(Fn fn) {
    ReadFiguresTyped(std::function(std::move(fn)), "", Figures::Token::kAwaited);
  }
  template <class Fn>
  void Mutate(Fn fn) {
    MutateTyped(std::function(std::move(fn)), "");
  }
  template <class Fn>
  void Compose(Fn fn) {
    ComposeTyped(std::function(std::move(fn)), "");
  }
  template <class Fn>
  void Stream(Fn fn) {
    StreamTyped(std::function(std::move(fn)), "");
  }
  template <class Req, class Resp>
  void Upload(std::function<std::unique_ptr<Uploader<Req, Resp>>()> make) {
    Upload(host_.MethodOf(Req::descriptor()), std::move(make));
  }

  // The same for messages whose types are known only by their descriptors. The answer is a fresh
  // message of the method's output type. Only these, ReadOwned() and MutateOwned() answer methods
  // that have owners.
  using ReadBody = std::function<absl::StatusOr<OwnerProof>(
      const Call&, sql::Session*, const Message& request, Message& answer)>;
  using MutateBody = std::function<absl::StatusOr<OwnerProof>(
      const Call&, journal::Transaction&, const Message& request, Message& answer)>;
  void Read(Method& method, ReadBody body);
  void ReadFigures(Method& method, Figures::Body body, Figures::Token token);
  using Asked = calls::Asked;
  // A read that costs less for many calls at once: the body answers all that were waiting when a
  // worker was free, at least one.
  using ReadManyBody = std::function<void(sql::Session*, absl::Span<Asked> asked)>;
  void ReadMany(Method& method, ReadManyBody body);
  void Mutate(Method& method, MutateBody body);
  void MutateTogether(Method& method, MutateBody alone, Gathering::Together together,
                      Gathering::Wanted wanted);
  using MakeUploader = std::function<std::unique_ptr<AnyUploader>()>;
  void Upload(Method& method, MakeUploader make);
  void Stream(Method& method, MakeSlicer make);

  const google::protobuf::ServiceDescriptor& descriptor() const { return descriptor_; }
  Host& host() const { return host_; }
  // The method of this service, null if there is none of this name.
  Method* Find(absl::string_view name) const;
  bool Answers(const Method& method) const { return !FunctionOf(method).empty(); }
  // Who answers the method: "puente::labor::ExplainVacancyQuality", "standard" for what a
  // resource's template answers, "unnamed" for a test's function, "" if nobody does yet.
  const std::string& FunctionOf(const Method& method) const { return functions_[IndexOf(method)]; }
  // Aborts if a method has no function: a server must do what its contract says.
  void CheckComplete() const;

 private:
  // The function of three arguments that a method needs, with the others given.
  template <auto fn, class R, class A, class B, class C, class... More, class... Bound>
  static std::function<R(A, B, C)> Bind(R (*)(A, B, C, More...), Bound&... bound) {
    return [&bound...](A a, B b, C c) { return fn(a, b, c, bound...); };
  }
  template <auto fn, class R, class A, class B, class C, class D, class... More, class... Bound>
  static std::function<R(A, B, C, D)> BindOwned(R (*)(A, B, C, D, More...), Bound&... bound) {
    return [&bound...](A a, B b, C c, D d) { return fn(a, b, c, d, bound...); };
  }
  template <auto fn, class A, class... More, class... Bound>
  static std::function<void(A)> BindOne(void (*)(A, More...), Bound&... bound) {
    return [&bound...](A a) { fn(std::move(a), bound...); };
  }

  template <class Resp, class Session, class Req>
  void ReadTyped(std::function<absl::StatusOr<Resp>(const Call&, Session, const Req&)> fn,
                 absl::string_view function) {
    Method& method = host_.MethodOf(Req::descriptor());
    RefuseOwners(method);
    Named(method, function);
    Read(method, [fn = std::move(fn)](const Call& call, sql::Session* session,
                                      const Message& request, Message& answer) {
      const auto& asked = static_cast<const Req&>(request);
      if constexpr (std::is_pointer_v<Session>) {
        return Take(fn(call, session, asked), static_cast<Resp&>(answer));
      } else {
        return Take(fn(call, *session, asked), static_cast<Resp&>(answer));
      }
    });
  }
  template <class Resp, class Req>
  void ReadFiguresTyped(
      std::function<absl::StatusOr<Resp>(sql::Session&, absl::CivilDay, const Req&)> fn,
      absl::string_view function, Figures::Token token) {
    Method& method = host_.MethodOf(Req::descriptor());
    RefuseOwners(method);
    Named(method, function);
    ReadFigures(
        method,
        [fn = std::move(fn)](sql::Session& snapshot, absl::CivilDay day, const Message& request,
                             Message& answer) {
          return Take(fn(snapshot, day, static_cast<const Req&>(request)),
                      static_cast<Resp&>(answer))
              .status();
        },
        token);
  }
  template <class Req, class Resp>
  void ReadOwnedTyped(
      std::function<absl::StatusOr<OwnerProof>(const Call&, sql::Session&, const Req&, Resp&)> fn,
      absl::string_view function) {
    Method& method = host_.MethodOf(Req::descriptor());
    Named(method, function);
    Read(method, [fn = std::move(fn)](const Call& call, sql::Session* session,
                                      const Message& request, Message& answer) {
      return fn(call, *session, static_cast<const Req&>(request), static_cast<Resp&>(answer));
    });
  }
  template <class Resp, class Req>
  void MutateTyped(
      std::function<absl::StatusOr<Resp>(const Call&, journal::Transaction&, const Req&)> fn,
      absl::string_view function) {
    Method& method = host_.MethodOf(Req::descriptor());
    RefuseOwners(method);
    Named(method, function);
    Mutate(method, [fn = std::move(fn)](const Call& call, journal::Transaction& tx,
                                        const Message& request, Message& answer) {
      return Take(fn(call, tx, static_cast<const Req&>(request)), static_cast<Resp&>(answer));
    });
  }
  template <class Resp, class Req>
  void MutateOwnedTyped(std::function<absl::StatusOr<OwnerProof>(const Call&, journal::Transaction&,
                                                                 const Req&, Resp&)>
                            fn,
                        absl::string_view function) {
    Method& method = host_.MethodOf(Req::descriptor());
    Named(method, function);
    Mutate(method, [fn = std::move(fn)](const Call& call, journal::Transaction& tx,
                                        const Message& request, Message& answer) {
      return fn(call, tx, static_cast<const Req&>(request), static_cast<Resp&>(answer));
    });
  }
  template <class Req, class Resp>
  void MutateTogetherTyped(std::function<absl::StatusOr<OwnerProof>(
                               const Call&, journal::Transaction&, const Req&, Resp&)>
                               fn,
                           absl::string_view function, Gathering::Together together,
                           std::function<std::string(const Req&)> wanted) {
    Method& method = host_.MethodOf(Req::descriptor());
    Named(method, function);
    MutateTogether(
        method,
        [fn = std::move(fn)](const Call& call, journal::Transaction& tx, const Message& request,
                             Message& answer) {
          return fn(call, tx, static_cast<const Req&>(request), static_cast<Resp&>(answer));
        },
        std::move(together),
        [wanted = std::move(wanted)](const Message& request) {
          return wanted(static_cast<const Req&>(request));
        });
  }
  template <class Req, class Resp>
  void ComposeTyped(std::function<void(std::shared_ptr<Composition<Req, Resp>>)> fn,
                    absl::string_view function) {
    RefuseOwners(host_.MethodOf(Req::descriptor()));
    Named(host_.MethodOf(Req::descriptor()), function);
    AnswerComposed<internal::ComposeCall<Req, Resp>>(
        host_.MethodOf(Req::descriptor()),
        typename internal::ComposeCall<Req, Resp>::Asking{std::move(fn), {}});
  }
  template <class Req, class Resp>
  void ReadAndComposeTyped(
      std::function<absl::StatusOr<Composer<Req, Resp>>(const Call&, sql::Session&, const Req&)>
          read,
      absl::string_view function) {
    Method& method = host_.MethodOf(Req::descriptor());
    RefuseOwners(method);
    Named(method, function);
    AnswerComposed<internal::ComposeCall<Req, Resp>>(
        method, typename internal::ComposeCall<Req, Resp>::Asking{{}, std::move(read)});
  }
  template <class Req, class Given, class Resp>
  void ComposeAndReadTyped(
      std::function<void(std::shared_ptr<Composition<Req, Given>>)> ask,
      std::function<absl::StatusOr<Resp>(const Call&, sql::Session&, const Req&, const Given&)>
          read,
      absl::string_view function) {
    using Composed = internal::ComposeAndReadCall<Req, Given, Resp>;
    Method& method = host_.MethodOf(Req::descriptor());
    RefuseOwners(method);
    Named(method, function);
    AnswerComposed<Composed>(method,
                             typename Composed::Functions{{std::move(ask), {}}, std::move(read)});
  }
  template <class Req, class Given, class Resp>
  void ComposeAndMutateTyped(
      std::function<absl::StatusOr<Composer<Req, Given>>(const Call&, sql::Session&, const Req&)>
          read,
      std::function<absl::StatusOr<OwnerProof>(const Call&, journal::Transaction&, const Req&,
                                               const Given&, Resp&)>
          mutate,
      absl::string_view function) {
    using Composed = internal::ComposeAndMutateCall<Req, Given, Resp>;
    Method& method = host_.MethodOf(Req::descriptor());
    Named(method, function);
    AnswerComposed<Composed>(
        method, typename Composed::Functions{{{}, std::move(read)}, std::move(mutate)});
  }
  // Calls of type C refer to these functions.
  template <class C, class Functions>
  void AnswerComposed(Method& method, Functions functions) {
    auto shared = std::make_shared<const Functions>(std::move(functions));
    Answer(method, [shared](const UnaryCall::Opening& opening) -> UnaryCall* {
      return new C(opening, *shared);
    });
  }
  template <class Resp, class Req>
  void StreamTyped(std::function<std::unique_ptr<Slicer<Resp>>(const Req&)> fn,
                   absl::string_view function) {
    Named(host_.MethodOf(Req::descriptor()), function);
    Stream(host_.MethodOf(Req::descriptor()), [fn = std::move(fn)](const Message& request) {
      return fn(static_cast<const Req&>(request));
    });
  }
  template <class Resp>
  static absl::StatusOr<OwnerProof> Take(absl::StatusOr<Resp> given, Resp& answer) {
    if (!given.ok()) return std::move(given).status();
    answer = *std::move(given);
    return OwnerProof::Give();
  }

  using MakeCall = std::function<UnaryCall*(const UnaryCall::Opening&)>;
  void Answer(Method& method, MakeCall make);
  // Notes the function's name; aborts if that is not the method's.
  void Named(const Method& method, absl::string_view function);
  // Notes that the method has a function; aborts if it is one of another kind.
  enum class Streams { kNone, kIn, kOut };
  void Answers(const Method& method, Streams streams);
  // Aborts if the method has owners: a typed function gives no proof that they were checked.
  static void RefuseOwners(const Method& method);
  int IndexOf(const Method& method) const { return method.descriptor.index(); }

  Host& host_;
  const google::protobuf::ServiceDescriptor& descriptor_;
  std::vector<std::string> functions_;  // by the methods' index
};

}  // namespace puente::calls
