// What requests that never come whole may cost the others.
#include <gtest/gtest.h>
#include <malloc.h>

#include <memory>
#include <thread>
#include <vector>

#include "common/calls/service.h"
#include "common/serving/server.h"
#include "common/status/grpc_status.h"
#include "puente/labor/v1/vacancy.grpc.pb.h"
#include "tests/testing/certificates.h"
#include "tests/testing/half_sender.h"
#include "tests/testing/registry.h"
#include "tests/testing/service.h"
#include "tests/testing/status.h"
#include "tests/testing/wait.h"

namespace puente::serving {
namespace {

using labor::v1::VacancyService;

constexpr int64_t kMegabyte = int64_t{1} << 20;

int64_t InUse() { return static_cast<int64_t>(mallinfo2().uordblks + mallinfo2().hblkhd); }

// Waits until what malloc() has given out since `before` is less. (What was given back stays with
// the process: glibc's heaps are fragmented.)
bool HoldsLessThan(int64_t bytes, int64_t before) {
  return testing::Becomes([&] { return InUse() - before < bytes; });
}

class UnfinishedTest : public ::testing::Test {
 protected:
  UnfinishedTest() : host_(Options()) {
    calls::Service& service = host_.Serve<VacancyService>();
    service.Read(
        [](const Call&, sql::Session*,
           const labor::v1::GetVacancyRequest& asked) -> absl::StatusOr<labor::v1::Vacancy> {
          labor::v1::Vacancy vacancy;
          vacancy.set_name(asked.name());
          return vacancy;
        });
    testing::AnswerTheRest(service);
    auto server = Server::Start(host_, "127.0.0.1:0", ca_.For("agency/labor"));
    if (!server.ok()) std::abort();
    server_ = *std::move(server);
  }

  static calls::Host::Options Options() {
    calls::Host::Options options;
    options.agency = "labor";
    options.principals = &testing::Everybody;
    options.pool.workers = 1;
    return options;
  }

  absl::Status Get() {
    const auto channel = grpc::CreateChannel(
        server_->address(),
        identity::ClientTls(ca_.For("council/cce"), testing::kTrustDomain, "agency/labor"));
    grpc::ClientContext context;
    context.set_deadline(absl::ToChronoTime(absl::Now() + absl::Seconds(20)));
    labor::v1::GetVacancyRequest request;
    request.set_name("vacancies/a");
    labor::v1::Vacancy answer;
    return FromGrpc(VacancyService::NewStub(channel)->GetVacancy(&context, request, &answer));
  }

  // How many bytes the server took in all of so many half requests, on a connection each `calls`.
  size_t SendHalves(int connections, int calls) {
    std::vector<size_t> taken(connections);
    std::vector<std::thread> threads;
    for (int i = 0; i < connections; ++i) {
      senders_.push_back(
          std::make_unique<testing::HalfSender>(server_->address(), ca_.For("supplier/portal")));
      threads.emplace_back([&, i] {
        taken[i] = senders_[i]->Send("/puente.labor.v1.VacancyService/GetVacancy", calls, 900'000);
      });
    }
    size_t all = 0;
    for (int i = 0; i < connections; ++i) {
      threads[i].join();
      all += taken[i];
    }
    return all;
  }

  testing::CertificateAuthority ca_;
  calls::Host host_;
  std::unique_ptr<Server> server_;
  std::vector<std::unique_ptr<testing::HalfSender>> senders_;
};

TEST_F(UnfinishedTest, RequestsOfOneConnectionHoldAHundredthOfWhatItAsksFor) {
  ASSERT_OK(Get());
  const int64_t before = InUse();
  const size_t taken = SendHalves(1, 10'000);
  EXPECT_LT(InUse() - before, 150 * kMegabyte) << taken;
  EXPECT_GT(taken, 0u);
  EXPECT_OK(Get());
}

TEST_F(UnfinishedTest, RequestsOfAllConnectionsEndWhenTheyHoldTooMuch) {
  ASSERT_OK(Get());
  const int64_t before = InUse();
  const size_t taken = SendHalves(10, 10'000);
  EXPECT_GT(taken, size_t{400} << 20);
  EXPECT_TRUE(HoldsLessThan(300 * kMegabyte, before)) << (InUse() - before);
  EXPECT_OK(Get());
}

}  // namespace
}  // namespace puente::serving
