// A module with everything around it, for tests that look at it from outside.
#pragma once

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "common/hosting/hosted.h"
#include "common/status/grpc_status.h"
#include "puente/labor/v1/vacancy.grpc.pb.h"
#include "tests/testing/certificates.h"
#include "tests/testing/http.h"
#include "tests/testing/registry.h"
#include "tests/testing/server_config.h"
#include "tests/testing/service.h"
#include "tests/testing/status.h"
#include "tests/testing/wait.h"

namespace puente::hosting {

using labor::v1::GetVacancyRequest;
using labor::v1::Vacancy;
using labor::v1::VacancyService;
using testing::Ask;
using testing::Becomes;
using testing::HttpGet;

// Answers with the caller; of the gateway, with what Labor answered it.
class EchoModule final : public Module {
 public:
  explicit EchoModule(const Surroundings& around) {
    calls::Service& service = around.host.Serve<VacancyService>();
    service.Read([this](const Call& call, sql::Session*, const GetVacancyRequest& asked) {
      return Answer(call, asked);
    });
    testing::AnswerTheRest(service);
    auto channel = around.channel("labor");
    if (channel.ok()) labor_ = VacancyService::NewStub(*channel);
  }
  absl::Status Ready() override { return ready; }

  static inline absl::Status ready = absl::OkStatus();

 private:
  absl::StatusOr<Vacancy> Answer(const Call& call, const GetVacancyRequest& asked) {
    Vacancy vacancy;
    if (labor_ == nullptr) {
      vacancy.set_supplier(absl::StrCat(call.caller.path, " via ", call.delegate));
      return vacancy;
    }
    grpc::ClientContext context;
    context.AddMetadata("puente-original-caller", call.caller.path);
    const grpc::Status status = labor_->GetVacancy(&context, asked, &vacancy);
    if (!status.ok()) return FromGrpc(status);
    return vacancy;
  }

  std::unique_ptr<VacancyService::Stub> labor_;
};

inline ModuleKind Kind(const std::string& agency) {
  return {.agency = agency,
          .migrations = {},
          .make = [](const Surroundings& around) -> absl::StatusOr<std::unique_ptr<Module>> {
            return std::make_unique<EchoModule>(around);
          }};
}

class HostedTest : public ::testing::Test {
 protected:
  config::Server Config(const std::string& agency, const std::string& path) {
    config::Server config = testing::ServerConfig(agency, ca_.For(path), registry_.files());
    config.set_workers(2);
    return config;
  }

  absl::StatusOr<std::string> Supplier(const std::string& address, const std::string& server) {
    auto stub = VacancyService::NewStub(
        grpc::CreateChannel(address, identity::ClientTls(council_, testing::kTrustDomain, server)));
    grpc::ClientContext context;
    GetVacancyRequest request;
    request.set_name("vacancies/a");
    Vacancy vacancy;
    const grpc::Status status = stub->GetVacancy(&context, request, &vacancy);
    if (!status.ok()) return FromGrpc(status);
    return vacancy.supplier();
  }

  testing::CertificateAuthority ca_;
  const identity::TlsFiles council_ = ca_.For("council/cce");
  testing::SignedRegistry registry_{ca_.folder()};
};

}  // namespace puente::hosting
