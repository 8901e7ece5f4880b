// The life of calls: deadlines, waiting, uploads, composition, health, reflection, drain.
#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <atomic>
#include <deque>
#include <thread>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "common/calls/service.h"
#include "common/crypto/digest.h"
#include "common/hosting/server_service.h"
#include "common/journal/sequencer.h"
#include "common/journal/token.h"
#include "common/serving/server.h"
#include "common/status/grpc_status.h"
#include "grpc/health/v1/health.grpc.pb.h"
#include "puente/api/v1/server.grpc.pb.h"
#include "puente/economy/v1/demand.grpc.pb.h"
#include "puente/labor/v1/statistics.grpc.pb.h"
#include "puente/labor/v1/vacancy.grpc.pb.h"
#include "schema/journal.h"
#include "tests/testing/certificates.h"
#include "tests/testing/database.h"
#include "tests/testing/registry.h"
#include "tests/testing/service.h"
#include "tests/testing/status.h"
#include "tests/testing/wait.h"

namespace puente::calls {
namespace {

using labor::v1::BatchGetVacanciesRequest;
using labor::v1::BatchGetVacanciesResponse;
using labor::v1::ExplainVacancyQualityRequest;
using labor::v1::GetVacancyRequest;
using labor::v1::GetVacancyStatisticsRequest;
using labor::v1::LoadVacanciesRequest;
using labor::v1::LoadVacanciesResponse;
using labor::v1::QualityVerdict;
using labor::v1::Vacancy;
using labor::v1::VacancyService;
using labor::v1::VacancyStatistics;
using labor::v1::VacancyStatisticsService;
using testing::Becomes;
using testing::HasReason;

constexpr absl::Duration kLimit = absl::Seconds(20);

// Counts bytes, and how many uploads were finished; a chunk that begins with "!" is an error.
class Counter final : public Uploader<LoadVacanciesRequest, LoadVacanciesResponse> {
 public:
  explicit Counter(std::atomic<int>& finished) : finished_(finished) {}

  absl::Status Consume(const Call&, sql::Session&, const LoadVacanciesRequest& message) override {
    if (message.content().rfind('!', 0) == 0) return absl::InternalError("secret");
    answer_.set_read_count(answer_.read_count() + static_cast<int64_t>(message.content().size()));
    digest_.Add(message.content());
    return absl::OkStatus();
  }
  absl::StatusOr<LoadVacanciesResponse> Finish(const Call&, sql::Session&) override {
    ++finished_;
    answer_.set_content_digest(digest_.Digest());
    return answer_;
  }

 private:
  std::atomic<int>& finished_;
  LoadVacanciesResponse answer_;
  crypto::Sha256Stream digest_;
};

using BatchCall = Composition<BatchGetVacanciesRequest, BatchGetVacanciesResponse>;

// A worker blocks until `stall` is over where the name asks for it; batches are composed by the
// test.
struct Vacancies {
  explicit Vacancies(Host& host) {
    Service& service = host.Serve<VacancyService>();
    service.Read([this](const Call& call, sql::Session&,
                        const GetVacancyRequest& asked) -> absl::StatusOr<Vacancy> {
      if (asked.name() == "vacancies/stall") stall.WaitForNotification();
      if (asked.name() == "vacancies/fault") return absl::InternalError("secret");
      Vacancy vacancy;
      vacancy.set_name(asked.name());
      vacancy.set_source(call.trace);
      return vacancy;
    });
    service.ReadMany(*service.Find("ExplainVacancyQuality"),
                     [this](sql::Session*, absl::Span<Service::Asked> asked) {
                       for (Service::Asked& one : asked) Explain(one, asked.size());
                     });
    service.Compose([this](std::shared_ptr<BatchCall> batch) { compose(std::move(batch)); });
    service.Upload<LoadVacanciesRequest, LoadVacanciesResponse>(
        [this] { return std::make_unique<Counter>(finished_uploads); });
    testing::AnswerTheRest(service);
  }

  // Says of how many it is one.
  void Explain(Service::Asked& one, size_t together) {
    ++explained;
    const auto& request = static_cast<const ExplainVacancyQualityRequest&>(one.request);
    one.outcome = OwnerProof::Give();
    if (request.name() == "vacancies/fault") one.outcome = absl::InternalError("secret");
    auto& verdict = static_cast<QualityVerdict&>(one.answer);
    verdict.set_vacancy(request.name());
    verdict.set_rule_set(absl::StrCat(together));
  }

  std::atomic<int> explained = 0;
  absl::Notification stall;
  std::atomic<int> finished_uploads = 0;
  std::function<void(std::shared_ptr<BatchCall>)> compose;
};

class CallsTest : public ::testing::Test {
 protected:
  static constexpr int kWorkers = 2;

  CallsTest()
      : target_(testing::Database::Shared().NewSchema(schema::journal())),
        host_(HostOptions(target_)),
        vacancies_(host_) {
    host_.Serve<VacancyStatisticsService>().Read(
        [](const Call&, sql::Session&,
           const GetVacancyStatisticsRequest&) -> absl::StatusOr<VacancyStatistics> {
          return VacancyStatistics();
        });
    hosting::ServeServer(host_, described_);
    sequencer_ = std::make_unique<journal::Sequencer>(
        journal::SequencerOptions{.tokens = journal::Tokens("labor"), .target = target_});
    host_.set_sequencer(sequencer_.get());
    auto server = serving::Server::StartInProcess(host_);
    if (!server.ok()) std::abort();
    server_ = *std::move(server);
    server_->SetServing(true);
    channel_ = server_->InProcessChannel();
    stub_ = VacancyService::NewStub(channel_);
  }
  ~CallsTest() override {
    if (!vacancies_.stall.HasBeenNotified()) vacancies_.stall.Notify();
    server_->Drain(kLimit);
  }

  static Host::Options HostOptions(const sql::Target& target) {
    Host::Options options;
    options.principals = &testing::Everybody;
    options.agency = "labor";
    options.pool.workers = kWorkers;
    options.pool.database = target;
    options.default_deadline = absl::Milliseconds(150);
    options.in_process_caller = "agency/labor";
    return options;
  }

  absl::StatusOr<Vacancy> Get(const std::string& name, grpc::ClientContext& context) {
    GetVacancyRequest request;
    request.set_name(name);
    Vacancy response;
    const grpc::Status status = stub_->GetVacancy(&context, request, &response);
    if (!status.ok()) return FromGrpc(status);
    return response;
  }
  absl::StatusOr<Vacancy> Get(const std::string& name) {
    grpc::ClientContext context;
    return Get(name, context);
  }

  absl::Status Batch(grpc::ClientContext& context) {
    BatchGetVacanciesRequest request;
    request.add_names("vacancies/a");
    BatchGetVacanciesResponse response;
    return FromGrpc(stub_->BatchGetVacancies(&context, request, &response));
  }

  sql::Target target_;
  Host host_;
  Vacancies vacancies_;
  std::unique_ptr<journal::Sequencer> sequencer_;
  const hosting::Described described_ = {7,
                                         [](const Call&, sql::Session*, api::v1::Server& server) {
                                           server.set_journal_position(42);
                                           return absl::OkStatus();
                                         }};
  std::unique_ptr<serving::Server> server_;
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<VacancyService::Stub> stub_;
};

TEST_F(CallsTest, AReadAnswersUnderTheCallersTrace) {
  grpc::ClientContext context;
  context.AddMetadata("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
  const auto got = Get("vacancies/a", context);
  ASSERT_OK(got);
  EXPECT_EQ(got->name(), "vacancies/a");
  EXPECT_EQ(got->source(), "0af7651916cd43dd8448eb211c80319c");
}

TEST_F(CallsTest, AFaultWithoutReasonIsInternalAndTellsNothing) {
  const auto got = Get("vacancies/fault");
  EXPECT_THAT(got, HasReason("INTERNAL"));
  EXPECT_EQ(got.status().message().find("secret"), absl::string_view::npos);
  EXPECT_EQ(MetadataOf(got.status(), "trace").size(), 32u);
}

TEST_F(CallsTest, EndByTheDefaultDeadlineWhileTheirWorkerStillRuns) {
  EXPECT_THAT(Get("vacancies/stall"), HasReason("DEADLINE_EXCEEDED"));
  EXPECT_EQ(host_.pool().load().busy, 1);
  EXPECT_OK(Get("vacancies/b"));
}

TEST_F(CallsTest, EndByTheCallersDeadlineWhileTheirWorkerStillRuns) {
  grpc::ClientContext context;
  context.set_deadline(absl::ToChronoTime(absl::Now() + absl::Milliseconds(50)));
  EXPECT_EQ(Get("vacancies/stall", context).status().code(), absl::StatusCode::kDeadlineExceeded);
  EXPECT_EQ(host_.pool().load().busy, 1);
}

TEST_F(CallsTest, ThoseThatWaitForAWorkerAreAnsweredTogetherEachForItself) {
  struct Asking {
    grpc::ClientContext context;
    ExplainVacancyQualityRequest request;
    QualityVerdict response;
    grpc::Status status;
  };
  // Both workers are held until all wait.
  GetVacancyRequest stall;
  stall.set_name("vacancies/stall");
  std::deque<grpc::ClientContext> contexts(kWorkers);
  std::deque<Vacancy> answers(kWorkers);
  std::atomic<int> ended = 0;
  const auto limit = absl::ToChronoTime(absl::Now() + kLimit);
  for (int i = 0; i < kWorkers; ++i) {
    contexts[i].set_deadline(limit);
    stub_->async()->GetVacancy(&contexts[i], &stall, &answers[i],
                               [&](const grpc::Status&) { ++ended; });
  }
  ASSERT_TRUE(Becomes([&] { return host_.pool().load().busy == kWorkers; }));
  std::deque<Asking> calls(6);
  for (size_t i = 0; i < calls.size(); ++i) {
    Asking& call = calls[i];
    call.context.set_deadline(limit);
    call.request.set_name(i == 2 ? "vacancies/fault" : absl::StrCat("vacancies/v", i));
    stub_->async()->ExplainVacancyQuality(&call.context, &call.request, &call.response,
                                          [&](const grpc::Status& status) {
                                            call.status = status;
                                            ++ended;
                                          });
  }
  ASSERT_TRUE(Becomes([&] { return host_.pool().load().waiting == 6; }));
  // The first in the queue has ended before a worker takes it, and the others along.
  calls[0].context.TryCancel();
  ASSERT_TRUE(Becomes([&] { return absl::StrContains(host_.metrics().Text(), "CANCELLED"); }));
  vacancies_.stall.Notify();
  ASSERT_TRUE(Becomes([&] { return ended == 6 + kWorkers; }));
  for (size_t i = 0; i < calls.size(); ++i) {
    const Asking& call = calls[i];
    if (i == 0) {
      EXPECT_EQ(call.status.error_code(), grpc::StatusCode::CANCELLED);
    } else if (i == 2) {
      EXPECT_THAT(FromGrpc(call.status), HasReason("INTERNAL"));
    } else {
      ASSERT_OK(FromGrpc(call.status));
      EXPECT_EQ(call.response.vacancy(), call.request.name());
      EXPECT_EQ(call.response.rule_set(), "5");
    }
  }
  EXPECT_EQ(vacancies_.explained, 5);
}

TEST_F(CallsTest, AThousandThatWaitForAPositionHoldNoWorker) {
  const std::string token = sequencer_->tokens().Make({journal::Token::Kind::kPosition, 1'000'000});
  constexpr int kWaiting = 1000;
  auto stub = VacancyStatisticsService::NewStub(channel_);
  struct Waiting {
    grpc::ClientContext context;
    GetVacancyStatisticsRequest request;
    VacancyStatistics response;
  };
  std::deque<Waiting> calls;
  std::atomic<int> ended = 0;
  for (int i = 0; i < kWaiting; ++i) {
    Waiting& call = calls.emplace_back();
    call.context.set_deadline(absl::ToChronoTime(absl::Now() + absl::Minutes(5)));
    call.request.set_at_least(token);
    stub->async()->GetVacancyStatistics(&call.context, &call.request, &call.response,
                                        [&](const grpc::Status&) { ++ended; });
  }
  for (int i = 0; i < 200; ++i) {
    grpc::ClientContext context;
    context.set_deadline(absl::ToChronoTime(absl::Now() + kLimit));
    ASSERT_OK(Get("vacancies/a", context));
  }
  // The worker of the last read is busy for a moment after its answer.
  EXPECT_TRUE(Becomes([&] { return host_.pool().load().busy == 0; }));
  EXPECT_EQ(ended, 0);
  for (Waiting& call : calls) call.context.TryCancel();
  EXPECT_TRUE(Becomes([&] { return ended == kWaiting; }));
}

TEST_F(CallsTest, AForeignTokenIsRefused) {
  grpc::ClientContext context;
  GetVacancyStatisticsRequest request;
  request.set_at_least("nonsense");
  VacancyStatistics response;
  EXPECT_THAT(FromGrpc(VacancyStatisticsService::NewStub(channel_)->GetVacancyStatistics(
                  &context, request, &response)),
              HasReason("INVALID_FRESHNESS_TOKEN"));
}

TEST_F(CallsTest, ACompositionAnswersWithoutAWorker) {
  vacancies_.compose = [this](auto batch) {
    EXPECT_EQ(batch->call().caller.path, "agency/labor");
    EXPECT_EQ(host_.pool().load().busy, 0);
    std::thread([batch] { batch->Done(BatchGetVacanciesResponse()); }).detach();
  };
  grpc::ClientContext context;
  EXPECT_OK(Batch(context));
}

TEST_F(CallsTest, ACompositionIsToldWhenTheCallerHasGone) {
  absl::Notification told;
  absl::Notification begun;
  vacancies_.compose = [&](auto batch) {
    batch->WhenAbandoned([&, batch] {
      batch->Done(BatchGetVacanciesResponse());  // too late, and no harm
      told.Notify();
    });
    begun.Notify();
  };
  grpc::ClientContext context;
  context.set_deadline(absl::ToChronoTime(absl::Now() + absl::Minutes(5)));
  std::thread cancel([&] {
    begun.WaitForNotification();
    context.TryCancel();
  });
  EXPECT_EQ(Batch(context).code(), absl::StatusCode::kCancelled);
  EXPECT_TRUE(told.WaitForNotificationWithTimeout(kLimit));
  cancel.join();
}

TEST_F(CallsTest, ACompositionIsToldWhenItsDeadlineHasPassed) {
  absl::Notification told;
  vacancies_.compose = [&](auto batch) { batch->WhenAbandoned([&, batch] { told.Notify(); }); };
  grpc::ClientContext context;
  EXPECT_THAT(Batch(context), HasReason("DEADLINE_EXCEEDED"));
  EXPECT_TRUE(told.WaitForNotificationWithTimeout(kLimit));
}

TEST_F(CallsTest, ACompositionWithoutAnAnswerIsInternal) {
  vacancies_.compose = [](auto) {};
  grpc::ClientContext context;
  EXPECT_THAT(Batch(context), HasReason("INTERNAL"));
}

LoadVacanciesRequest Content(std::string bytes) {
  LoadVacanciesRequest request;
  request.set_content(std::move(bytes));
  return request;
}

TEST_F(CallsTest, AnUploadArrivesWholeAndInOrder) {
  grpc::ClientContext context;
  LoadVacanciesResponse response;
  auto writer = stub_->LoadVacancies(&context, &response);
  crypto::Sha256Stream digest;
  int64_t size = 0;
  for (int i = 0; i < 200; ++i) {
    const std::string bytes(64 * 1024 - i, static_cast<char>('a' + i % 26));
    digest.Add(bytes);
    size += static_cast<int64_t>(bytes.size());
    ASSERT_TRUE(writer->Write(Content(bytes)));
  }
  writer->WritesDone();
  ASSERT_OK(FromGrpc(writer->Finish()));
  EXPECT_EQ(response.read_count(), size);
  EXPECT_EQ(response.content_digest(), digest.Digest());
}

TEST_F(CallsTest, AnEmptyUploadIsFinished) {
  grpc::ClientContext context;
  LoadVacanciesResponse response;
  auto writer = stub_->LoadVacancies(&context, &response);
  writer->WritesDone();
  EXPECT_OK(FromGrpc(writer->Finish()));
}

// Reads end with a cancelled call as they do with a whole file.
TEST_F(CallsTest, ACancelledUploadIsNotFinished) {
  for (int i = 1; i <= 100; ++i) {
    grpc::ClientContext context;
    LoadVacanciesResponse response;
    auto writer = stub_->LoadVacancies(&context, &response);
    ASSERT_TRUE(writer->Write(Content("half a fi")));
    context.TryCancel();
    EXPECT_EQ(writer->Finish().error_code(), grpc::StatusCode::CANCELLED);
    const std::string ended = absl::StrCat("code=\"CANCELLED\"} ", i, "\n");
    ASSERT_TRUE(Becomes([&] { return absl::StrContains(host_.metrics().Text(), ended); }));
  }
  EXPECT_EQ(vacancies_.finished_uploads, 0);
}

TEST_F(CallsTest, AnUploadEndsAtItsFirstError) {
  grpc::ClientContext context;
  LoadVacanciesResponse response;
  auto writer = stub_->LoadVacancies(&context, &response);
  writer->Write(Content("!"));
  while (writer->Write(Content(std::string(60'000, 'x')))) {
  }
  EXPECT_THAT(FromGrpc(writer->Finish()), HasReason("INTERNAL"));
}

TEST_F(CallsTest, AnUploadsMessagesAreChecked) {
  grpc::ClientContext context;
  LoadVacanciesResponse response;
  auto writer = stub_->LoadVacancies(&context, &response);
  LoadVacanciesRequest bad;
  bad.mutable_header()->set_profile("Bad Profile");
  writer->Write(bad);
  EXPECT_THAT(FromGrpc(writer->Finish()), HasReason("INVALID_FIELDS"));
}

class FakeStream final : public OpenStream {
 public:
  explicit FakeStream(const char* caller) { call_.caller.path = caller; }
  const Call& call() const override { return call_; }
  void Ref() override {}
  void Unref() override {}
  void End(const absl::Status&) override {}

 private:
  Call call_;
};

TEST_F(CallsTest, OneCallerHasFewStreamsAtATime) {
  std::vector<FakeStream> streams(5, FakeStream("supplier/portal"));
  FakeStream another("supplier/another");
  for (int i = 0; i < 4; ++i) ASSERT_OK(host_.BeginStream(streams[i]));
  EXPECT_THAT(host_.BeginStream(streams[4]), HasReason("OVERLOADED"));
  EXPECT_OK(host_.BeginStream(another));
  host_.EndStream(streams[0]);
  EXPECT_OK(host_.BeginStream(streams[4]));
  for (int i = 1; i < 5; ++i) host_.EndStream(streams[i]);
  host_.EndStream(another);
}

// A function that does not hand over whose record it looked at.
TEST(Owners, AreCheckedByWhoeverAnswersThem) {
  Host::Options options;
  options.principals = &testing::Everybody;
  options.agency = "economy";
  Host host(options);
  Service& service = host.Serve<economy::v1::DemandService>();
  EXPECT_DEATH(
      service.Read([](const Call&, sql::Session*, const economy::v1::GetDemandStatementRequest&)
                       -> absl::StatusOr<economy::v1::DemandStatement> {
        return economy::v1::DemandStatement();
      }),
      "nobody checks its owners");
}

namespace named {
absl::StatusOr<economy::v1::DemandSummary> GetDemandSummary(
    const Call&, sql::Session*, const economy::v1::GetDemandSummaryRequest&) {
  return economy::v1::DemandSummary();
}
absl::StatusOr<economy::v1::DemandSummary> Summarize(const Call&, sql::Session*,
                                                     const economy::v1::GetDemandSummaryRequest&) {
  return economy::v1::DemandSummary();
}
}  // namespace named

TEST(Functions, HaveTheNameOfTheirMethod) {
  Host::Options options;
  options.principals = &testing::Everybody;
  Host host(options);
  Service& service = host.Serve<economy::v1::DemandService>();
  EXPECT_DEATH(service.Read<&named::Summarize>(), "a method's function has its name");
  service.Read<&named::GetDemandSummary>();
  EXPECT_EQ(service.FunctionOf(*service.Find("GetDemandSummary")),
            "puente::calls::named::GetDemandSummary");
}

TEST_F(CallsTest, TheServerDescribesItself) {
  grpc::ClientContext context;
  api::v1::Server response;
  ASSERT_OK(
      FromGrpc(api::v1::ServerService::NewStub(channel_)->GetServer(&context, {}, &response)));
  EXPECT_EQ(response.agency(), "labor");
  EXPECT_EQ(response.schema_version(), 7);
  EXPECT_EQ(response.journal_position(), 42);
  EXPECT_FALSE(response.version().empty());
}

TEST_F(CallsTest, HealthSaysServingUntilTheDrain) {
  auto health = grpc::health::v1::Health::NewStub(channel_);
  grpc::health::v1::HealthCheckResponse response;
  for (const char* service : {"", "puente.labor.v1.VacancyService"}) {
    grpc::ClientContext context;
    grpc::health::v1::HealthCheckRequest request;
    request.set_service(service);
    ASSERT_TRUE(health->Check(&context, request, &response).ok());
    EXPECT_EQ(response.status(), grpc::health::v1::HealthCheckResponse::SERVING);
  }
  grpc::ClientContext unknown;
  grpc::health::v1::HealthCheckRequest request;
  request.set_service("nobody");
  EXPECT_EQ(health->Check(&unknown, request, &response).error_code(), grpc::NOT_FOUND);

  grpc::ClientContext context;
  auto watch = health->Watch(&context, {});
  ASSERT_TRUE(watch->Read(&response));
  EXPECT_EQ(response.status(), grpc::health::v1::HealthCheckResponse::SERVING);
  server_->SetServing(false);
  ASSERT_TRUE(watch->Read(&response));
  EXPECT_EQ(response.status(), grpc::health::v1::HealthCheckResponse::NOT_SERVING);
  std::thread drain([&] { server_->Drain(kLimit); });
  EXPECT_FALSE(watch->Read(&response));
  EXPECT_EQ(watch->Finish().error_code(), grpc::UNAVAILABLE);
  drain.join();
}

// Over a port: an in-process transport closes at once.
class DrainTest : public CallsTest {
 protected:
  DrainTest() {
    const identity::TlsFiles files = ca_.For("agency/labor");
    auto server = serving::Server::Start(host_, "127.0.0.1:0", files);
    if (!server.ok()) std::abort();
    port_ = *std::move(server);
    stub_ = VacancyService::NewStub(grpc::CreateChannel(
        port_->address(), identity::ClientTls(files, testing::kTrustDomain, "agency/labor")));
  }
  // One that holds a worker; for as long as the test lasts if nobody ends it.
  void Stall() {
    stalled_ = std::thread([this] {
      grpc::ClientContext context;
      context.set_deadline(absl::ToChronoTime(absl::Now() + 2 * kLimit));
      got_ = Get("vacancies/stall", context);
    });
    ASSERT_TRUE(Becomes([&] { return host_.pool().load().busy == 1; }));
  }

  testing::CertificateAuthority ca_;
  std::unique_ptr<serving::Server> port_;
  std::thread stalled_;
  absl::StatusOr<Vacancy> got_;
};

TEST_F(DrainTest, LetsCallsInFlightFinishAndRefusesNewOnes) {
  Stall();
  std::thread drain([&] { port_->Drain(kLimit); });
  ASSERT_TRUE(Becomes([&] { return !Get("vacancies/a").ok(); }));
  const auto refused = Get("vacancies/a");
  EXPECT_THAT(refused, HasReason("SHUTTING_DOWN"));
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(host_.pool().load().busy, 1);
  vacancies_.stall.Notify();
  stalled_.join();
  drain.join();
  EXPECT_OK(got_);
}

TEST_F(DrainTest, EndsWhatIsStillInFlightAsUnavailable) {
  Stall();
  grpc::ClientContext context;
  LoadVacanciesResponse response;
  auto writer = stub_->LoadVacancies(&context, &response);
  ASSERT_TRUE(writer->Write(Content("half a fi")));
  const std::string open = "puente_open_streams 1";
  ASSERT_TRUE(Becomes([&] { return absl::StrContains(host_.metrics().Text(), open); }));
  port_->Drain(absl::Milliseconds(50));
  EXPECT_THAT(FromGrpc(writer->Finish()), HasReason("SHUTTING_DOWN"));
  stalled_.join();
  EXPECT_EQ(got_.status().code(), absl::StatusCode::kUnavailable);
  EXPECT_THAT(host_.metrics().Text(), ::testing::Not(::testing::HasSubstr("CANCELLED")));
}

// A call that comes when the server has just begun to shut down included.
TEST_F(DrainTest, IsNeverSeenAsACancellation) {
  std::atomic<bool> refused = false;
  std::vector<std::thread> callers;
  for (int i = 0; i < 4; ++i) {
    callers.emplace_back([&] {
      for (absl::Status got; !refused || got.ok();) {
        got = Get("vacancies/a").status();
        if (got.ok()) continue;
        refused = true;
        EXPECT_EQ(got.code(), absl::StatusCode::kUnavailable) << got;
      }
    });
  }
  ASSERT_TRUE(Becomes([&] { return absl::StrContains(host_.metrics().Text(), "code=\"OK\""); }));
  port_->Drain(kLimit);
  for (std::thread& caller : callers) caller.join();
}

TEST_F(CallsTest, ADeadlineBeyondTheYear2262IsFarAway) {
  for (const int64_t year : {2263, 2300, 9000}) {
    grpc::ClientContext context;
    context.set_deadline(gpr_timespec{
        absl::ToUnixSeconds(absl::FromCivil(absl::CivilDay(year), absl::UTCTimeZone())), 0,
        GPR_CLOCK_REALTIME});
    EXPECT_OK(Get("vacancies/a", context)) << year;
  }
}

TEST(Host, WithoutARegistryOfPrincipalsEndsTheProcess) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_DEATH(Host{Host::Options()}, "no registry of principals");
}

TEST_F(CallsTest, AreCountedByMethodAndStatus) {
  ASSERT_OK(Get("vacancies/a"));
  EXPECT_THAT(Get(""), HasReason("INVALID_FIELDS"));
  const std::string text = host_.metrics().Text();
  for (const char* line :
       {"grpc_server_handled_total{method=\"/puente.labor.v1.VacancyService/GetVacancy\",code="
        "\"OK\"} 1",
        "code=\"INVALID_ARGUMENT\"} 1", "grpc_server_handling_seconds_count",
        "puente_pool_workers 2"}) {
    EXPECT_THAT(text, ::testing::HasSubstr(line));
  }
}

}  // namespace
}  // namespace puente::calls
