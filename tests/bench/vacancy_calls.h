// Clients of a server of vacancies, over so many connections.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "puente/labor/v1/vacancy.grpc.pb.h"
#include "tests/bench/client.h"
#include "tests/bench/site.h"

namespace puente::bench {

// Also of a client that keeps to a rate: a call that waits for its turn is late all the same. With
// many more, a server that stalls refuses some.
inline constexpr int kInFlight = 64;

// Who calls: the path in the certificate and, for the gateway, for whom.
struct Callers {
  std::string caller = "council/cce";
  std::string original = "";
};

template <class Request, class Response>
class VacancyCalls : public Flood<Request, Response> {
 public:
  using Stub = labor::v1::VacancyService::Stub;
  using Method = void (Stub::async::*)(grpc::ClientContext*, const Request*, Response*,
                                       std::function<void(grpc::Status)>);

  VacancyCalls(const std::string& address, Method method,
               typename Flood<Request, Response>::Make make, int connections,
               const Callers& callers = {})
      : Flood<Request, Response>(
            kInFlight,
            [this, method, callers](int i, auto* context, const auto* request, auto* response,
                                    auto done) {
              if (!callers.original.empty()) {
                context->AddMetadata("puente-original-caller", callers.original);
              }
              Stub& stub = *stubs_[i % stubs_.size()];
              (stub.async()->*method)(context, request, response, std::move(done));
            },
            std::move(make)) {
    for (int i = 0; i < connections; ++i) {
      stubs_.push_back(labor::v1::VacancyService::NewStub(
          Site::Shared().Channel(address, "labor", callers.caller)));
    }
  }

 private:
  std::vector<std::unique_ptr<Stub>> stubs_;
};

// Reads of vacancies by name.
class VacancyReads : public VacancyCalls<labor::v1::GetVacancyRequest, labor::v1::Vacancy> {
 public:
  VacancyReads(const std::string& address, const std::vector<std::string>& ids, int connections,
               const Callers& callers = {})
      : VacancyCalls(
            address, &Stub::async::GetVacancy,
            [&ids](int64_t i, labor::v1::GetVacancyRequest& request) {
              request.set_name(absl::StrCat("vacancies/", ids[i * 7919 % ids.size()]));
            },
            connections, callers) {}
};

// A module with so many vacancies, all of them loaded from a file, which its figures count.
struct FilledModule {
  explicit FilledModule(int64_t vacancies);
  const sql::Target database;
  const config::Server config;
  const std::unique_ptr<Process> process;
  const std::string address;
  const std::vector<std::string> ids;  // of some
};
// One with as many as the country has, loaded once for all who measure with it.
const FilledModule& WholeCountry(const Options& options);
// Of buffers, for them (record_load.h).
inline int64_t CountryGigabytes(const Options& options) { return options.large ? 8 : 2; }

// The echo server, answering with this.
std::unique_ptr<Process> StartEcho(const std::string& method,
                                   const google::protobuf::Message& answer);

}  // namespace puente::bench
