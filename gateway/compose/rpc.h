// A method of an agency's, reached through its generated stub and nothing else.
#pragma once

#include <grpcpp/grpcpp.h>

#include <functional>
#include <memory>
#include <string>

#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"

namespace puente::compose {

// A method without its types. Messages must be of the method's types.
struct AnyRpc {
  // Starts a call on a bound channel; context and both messages live until the callback.
  using Starter =
      std::function<void(grpc::ClientContext*, const google::protobuf::Message& request,
                         google::protobuf::Message* answer, std::function<void(grpc::Status)>)>;

  std::string name;  // "/puente.labor.v1.VacancyStatisticsService/GetVacancyStatistics"
  const google::protobuf::Message* empty_answer = nullptr;
  std::function<Starter(const std::shared_ptr<grpc::Channel>&)> bind;
};

template <class Request, class Answer>
struct TypedRpc : AnyRpc {};

namespace internal {

// The method of a service that takes this request; a request type belongs to one method.
std::string MethodName(const char* service, const google::protobuf::Descriptor* request);

}  // namespace internal

// Rpc<SectorTableService>(&SectorTableService::Stub::async::GetSectorTable)
template <class Service, class Async, class Request, class Answer>
TypedRpc<Request, Answer> Rpc(void (Async::*start)(grpc::ClientContext*, const Request*, Answer*,
                                                   std::function<void(grpc::Status)>)) {
  TypedRpc<Request, Answer> rpc;
  rpc.name = internal::MethodName(Service::service_full_name(), Request::descriptor());
  rpc.empty_answer = &Answer::default_instance();
  rpc.bind = [start](const std::shared_ptr<grpc::Channel>& channel) -> AnyRpc::Starter {
    std::shared_ptr<typename Service::Stub> stub = Service::NewStub(channel);
    return
        [stub, start](grpc::ClientContext* context, const google::protobuf::Message& request,
                      google::protobuf::Message* answer, std::function<void(grpc::Status)> done) {
          (stub->async()->*start)(context, static_cast<const Request*>(&request),
                                  static_cast<Answer*>(answer), std::move(done));
        };
  };
  return rpc;
}

}  // namespace puente::compose
