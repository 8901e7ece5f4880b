// Vacancies read as JSON over HTTP, through puente-http, beside the same reads by gRPC: the hop and
// the JSON are what it costs.
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <fstream>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "tests/bench/benchmarks.h"
#include "tests/bench/vacancy_calls.h"

namespace puente::bench {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;

constexpr int64_t kVacancies = 10'000;
constexpr int kCallers = 16;
constexpr int kIdle = 500;

// puente-http beside a module, as its caller council/cce.
std::unique_ptr<Process> StartHttp(const std::string& labor) {
  Site& site = Site::Shared();
  const identity::TlsFiles files = site.Files("council/cce");
  const nlohmann::json federation = {
      {"gateway", {{"address", ""}}},
      {"modules", {{"labor", {{"address", labor}}}}},
      {"callers",
       {{"council/cce",
         {{"ca", files.ca}, {"certificate", files.certificate}, {"key", files.key}}}}}};
  const std::string file = site.folder() / "federation.json";
  std::ofstream(file) << federation.dump();
  return std::make_unique<Process>(
      std::vector<std::string>{Sibling("puente-http"), "--federation", file, "--as", "council/cce"},
      site.log());
}

asio::ip::tcp::socket Connected(asio::io_context& context, const std::string& address) {
  const size_t colon = address.rfind(':');
  asio::ip::tcp::socket socket(context);
  beast::error_code error;
  socket.connect({asio::ip::make_address(address.substr(0, colon)),
                  static_cast<uint16_t>(std::stoi(address.substr(colon + 1)))},
                 error);
  if (error) Die("cannot connect to puente-http: " + error.message());
  socket.set_option(asio::ip::tcp::no_delay(true), error);
  return socket;
}

// So many callers, each with a connection that it keeps, on one thread.
class JsonReads {
 public:
  JsonReads(const std::string& address, const std::vector<std::string>& ids) : ids_(ids) {
    for (int i = 0; i < kCallers; ++i) {
      callers_.push_back(std::make_unique<One>(Connected(context_, address)));
    }
  }

  double Rate(double seconds) {
    const absl::Time start = absl::Now();
    end_ = start + absl::Seconds(seconds);
    answers_ = 0;
    for (const auto& caller : callers_) Ask(*caller);
    context_.restart();
    context_.run();
    return static_cast<double>(answers_) / absl::ToDoubleSeconds(absl::Now() - start);
  }

 private:
  struct One {
    explicit One(asio::ip::tcp::socket connected) : socket(std::move(connected)) {}
    asio::ip::tcp::socket socket;
    beast::flat_buffer buffer;
    std::string request;
    http::response<http::string_body> answer;
  };

  void Ask(One& one) {
    const std::string body =
        absl::StrCat(R"({"name":"vacancies/)", ids_[next_++ * 7919 % ids_.size()], "\"}");
    one.request = absl::StrCat(
        "POST /puente.labor.v1.VacancyService/GetVacancy HTTP/1.1\r\nHost: localhost\r\n"
        "Content-Type: application/json\r\nConnect-Protocol-Version: 1\r\n"
        "Connect-Timeout-Ms: 20000\r\nContent-Length: ",
        body.size(), "\r\n\r\n", body);
    asio::async_write(one.socket, asio::buffer(one.request),
                      [this, &one](beast::error_code error, size_t) {
                        if (error) Die("puente-http does not read: " + error.message());
                        Read(one);
                      });
  }

  void Read(One& one) {
    one.answer = {};
    http::async_read(one.socket, one.buffer, one.answer,
                     [this, &one](beast::error_code error, size_t) {
                       if (error || one.answer.result_int() != 200) {
                         Die("puente-http does not answer: " + one.answer.body());
                       }
                       ++answers_;
                       if (absl::Now() < end_) Ask(one);
                     });
  }

  const std::vector<std::string>& ids_;
  asio::io_context context_;
  std::vector<std::unique_ptr<One>> callers_;
  size_t next_ = 0;
  int64_t answers_ = 0;
  absl::Time end_;
};

// The same by gRPC.
class GrpcReads : public Flood<labor::v1::GetVacancyRequest, labor::v1::Vacancy> {
 public:
  GrpcReads(const std::string& address, const std::vector<std::string>& ids)
      : Flood(
            kCallers,
            [this](int, auto* context, const auto* request, auto* response, auto done) {
              stub_->async()->GetVacancy(context, request, response, std::move(done));
            },
            [&ids](int64_t i, labor::v1::GetVacancyRequest& request) {
              request.set_name(absl::StrCat("vacancies/", ids[i * 7919 % ids.size()]));
            }),
        stub_(labor::v1::VacancyService::NewStub(
            Site::Shared().Channel(address, "labor", "council/cce"))) {}

 private:
  const std::unique_ptr<labor::v1::VacancyService::Stub> stub_;
};

}  // namespace

void MeasureHttpJson(const Options& options) {
  const FilledModule module(kVacancies);
  const auto process = StartHttp(module.address);
  const std::string& address = process->address("http");
  JsonReads json(address, module.ids);
  GrpcReads grpc(module.address, module.ids);
  const double seconds = options.round_seconds();
  json.Rate(seconds / 2);
  grpc.Rate(seconds / 2);
  auto figures = Interleave(
      {[&] { return json.Rate(seconds); }, [&] { return grpc.Rate(seconds); }}, options.pairs());
  Print(options, {"http.json", "1/s", AtLeast(0.6)}, Pairs(figures[0], figures[1]));

  // Browsers that are there and ask nothing.
  asio::io_context context;
  std::vector<asio::ip::tcp::socket> idle;
  figures = Interleave({[&] {
                          for (int i = 0; i < kIdle; ++i) {
                            idle.push_back(Connected(context, address));
                          }
                          const double rate = json.Rate(seconds);
                          idle.clear();
                          return rate;
                        },
                        [&] { return json.Rate(seconds); }},
                       options.pairs());
  Print(options, {"http.idle", "1/s", AtLeast(0.95)}, Pairs(figures[0], figures[1]));
}

}  // namespace puente::bench
