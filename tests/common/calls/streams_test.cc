// Server streams: slices on few workers, clients of every speed, and everything that ends a stream.
#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <atomic>
#include <deque>
#include <thread>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/calls/service.h"
#include "common/journal/sequencer.h"
#include "common/serving/server.h"
#include "common/status/grpc_status.h"
#include "puente/labor/v1/vacancy.grpc.pb.h"
#include "schema/journal.h"
#include "tests/testing/certificates.h"
#include "tests/testing/database.h"
#include "tests/testing/service.h"
#include "tests/testing/status.h"
#include "tests/testing/wait.h"

namespace puente::calls {
namespace {

using labor::v1::ExportVacanciesRequest;
using labor::v1::ExportVacanciesResponse;
using labor::v1::GetVacancyRequest;
using labor::v1::Vacancy;
using labor::v1::VacancyService;
using testing::Becomes;
using testing::HasReason;

constexpr absl::Duration kLimit = absl::Seconds(20);
constexpr size_t kMessageBytes = 100'000;
// With one message a slice: those that wait, the one being written, and one at the client.
constexpr int kMostAhead = static_cast<int>(kMostUnsentBytes / kMessageBytes) + 2;

// What streams of a test have done.
struct Counts {
  std::atomic<int> slices = 0;
  std::atomic<int> slicers = 0;
};

// Numbers its messages, one a slice. The filter says how many ("endless": without end), or what
// goes wrong; the last slice says nothing.
class Numbers final : public Slicer<ExportVacanciesResponse> {
 public:
  Numbers(const ExportVacanciesRequest& request, Counts& counts)
      : request_(request), counts_(counts) {
    ++counts_.slicers;
  }
  ~Numbers() override { --counts_.slicers; }

  absl::Status Next(const Call&, sql::Session&, Sink<ExportVacanciesResponse>& sink) override {
    ++counts_.slices;
    const std::string& what = request_.filter();
    if (what == "fault") return absl::InternalError("secret");
    int count = 0;
    if (absl::SimpleAtoi(what, &count) && sent_ == count) {
      sink.Close();
      return absl::OkStatus();
    }
    ExportVacanciesResponse response;
    response.set_resume_token(absl::StrCat(sent_++));
    response.add_vacancies()->set_offer(std::string(kMessageBytes, 'x'));
    for (int i = 0; i < (what == "large" ? 10 : 1); ++i) sink.Send(response);
    if (what == "behind") sink.CatchUp();
    return absl::OkStatus();
  }

 private:
  const ExportVacanciesRequest& request_;
  Counts& counts_;
  int sent_ = 0;
};

class Streams : public ::testing::Test {
 protected:
  using Reader = std::unique_ptr<grpc::ClientReader<ExportVacanciesResponse>>;
  static constexpr int kWorkers = 2;

  explicit Streams(absl::Duration default_deadline = absl::Minutes(10), int most_of_caller = 1000)
      : target_(testing::Database::Shared().NewSchema(schema::journal())),
        host_(HostOptions(default_deadline, most_of_caller)) {
    Service& service = host_.Serve<VacancyService>();
    service.Stream([this](const ExportVacanciesRequest& request)
                       -> std::unique_ptr<Slicer<ExportVacanciesResponse>> {
      return std::make_unique<Numbers>(request, counts_);
    });
    service.Read([](const Call&, sql::Session&,
                    const GetVacancyRequest&) -> absl::StatusOr<Vacancy> { return Vacancy(); });
    testing::AnswerTheRest(service);
    sequencer_ = std::make_unique<journal::Sequencer>(
        journal::SequencerOptions{.tokens = journal::Tokens("labor"), .target = target_});
    host_.set_sequencer(sequencer_.get());
    auto server = serving::Server::StartInProcess(host_);
    if (!server.ok()) std::abort();
    server_ = *std::move(server);
    stub_ = VacancyService::NewStub(server_->InProcessChannel());
  }
  ~Streams() override { server_->Drain(kLimit); }

  Host::Options HostOptions(absl::Duration default_deadline, int most_of_caller) {
    Host::Options options;
    options.agency = "labor";
    options.pool.workers = kWorkers;
    options.pool.database = target_;
    options.default_stream_deadline = default_deadline;
    options.most_streams = 1000;
    options.most_streams_of_caller = most_of_caller;
    options.in_process_caller = "agency/labor";
    options.principals = [this] {
      absl::MutexLock lock(&mutex_);
      return principals_;
    };
    Publish("principals { path: 'agency/*' }");
    return options;
  }

  void Publish(const std::string& principals) {
    auto parsed = identity::Principals::Parse(absl::StrCat("serial: 1 ", principals));
    if (!parsed.ok()) std::abort();
    absl::MutexLock lock(&mutex_);
    principals_ = *std::move(parsed);
  }

  Reader Open(grpc::ClientContext& context, const std::string& what) {
    ExportVacanciesRequest request;
    request.set_filter(what);
    return stub_->ExportVacancies(&context, request);
  }

  // Reads to its end; gives how many messages came, in order.
  static absl::StatusOr<int> ReadAll(grpc::ClientReader<ExportVacanciesResponse>& reader) {
    ExportVacanciesResponse response;
    int count = 0;
    for (; reader.Read(&response); ++count) {
      EXPECT_EQ(response.resume_token(), absl::StrCat(count));
      EXPECT_EQ(response.vacancies(0).offer().size(), kMessageBytes);
    }
    const grpc::Status status = reader.Finish();
    if (!status.ok()) return FromGrpc(status);
    return count;
  }

  bool Shows(const std::string& metric) {
    return Becomes([&] { return absl::StrContains(host_.metrics().Text(), metric); });
  }
  // When nothing more will be done unless a client reads.
  bool Rests() {
    return Becomes([&] {
      const int before = counts_.slices;
      const workers::Pool::Load load = host_.pool().load();
      return before > 0 && load.busy == 0 && load.waiting == 0 && before == counts_.slices;
    });
  }

  const sql::Target target_;
  Counts counts_;
  absl::Mutex mutex_;
  std::shared_ptr<const identity::Principals> principals_ ABSL_GUARDED_BY(mutex_);
  Host host_;
  std::unique_ptr<journal::Sequencer> sequencer_;
  std::unique_ptr<serving::Server> server_;
  std::unique_ptr<VacancyService::Stub> stub_;
};

class ShortStreams : public Streams {
 protected:
  ShortStreams() : Streams(absl::Milliseconds(100)) {}
};

class FewStreams : public Streams {
 protected:
  FewStreams() : Streams(absl::Minutes(10), 4) {}
};

TEST_F(Streams, ArriveWholeAndInOrder) {
  for (const int count : {0, 1, 7, 300}) {
    grpc::ClientContext context;
    const auto read = ReadAll(*Open(context, absl::StrCat(count)));
    ASSERT_OK(read);
    EXPECT_EQ(*read, count);
  }
  EXPECT_TRUE(Shows("code=\"OK\"} 4\n"));
  EXPECT_TRUE(Shows("puente_open_streams 0\n"));
  EXPECT_TRUE(Becomes([&] { return counts_.slicers == 0; }));
}

TEST_F(Streams, EndAtTheirFirstError) {
  grpc::ClientContext context;
  EXPECT_THAT(ReadAll(*Open(context, "fault")), HasReason("INTERNAL"));
  EXPECT_EQ(counts_.slices, 1);
}

TEST_F(Streams, SliceThatIsTooLargeIsAMistake) {
  grpc::ClientContext context;
  EXPECT_THAT(ReadAll(*Open(context, "large")), HasReason("INTERNAL"));
}

TEST_F(Streams, HaveTheirRequestsChecked) {
  grpc::ClientContext context;
  EXPECT_THAT(ReadAll(*Open(context,
                            "a\x07"
                            "b")),
              HasReason("INVALID_FIELDS"));
  EXPECT_EQ(counts_.slices, 0);
}

TEST_F(Streams, WaitForTheirPositionFirst) {
  grpc::ClientContext context;
  ExportVacanciesRequest request;
  request.set_at_least("nonsense");
  EXPECT_THAT(ReadAll(*stub_->ExportVacancies(&context, request)),
              HasReason("INVALID_FRESHNESS_TOKEN"));
  EXPECT_EQ(counts_.slices, 0);
}

TEST_F(Streams, GoOnOnceTheSequencerHasCaughtUp) {
  grpc::ClientContext context;
  const auto reader = Open(context, "behind");
  ExportVacanciesResponse response;
  for (int i = 0; i < 5; ++i) EXPECT_TRUE(reader->Read(&response));
  context.TryCancel();
}

// What a client does not take is not made: of the stream's messages no more than may be buffered.
TEST_F(Streams, AreNotReadAheadForWhoDoesNotRead) {
  grpc::ClientContext context;
  const auto reader = Open(context, "endless");
  ASSERT_TRUE(Rests());
  EXPECT_LE(counts_.slices, kMostAhead);
  EXPECT_GT(counts_.slices, 2);  // but somewhat ahead
  ExportVacanciesResponse response;
  for (int i = 0; i < 50; ++i) ASSERT_TRUE(reader->Read(&response));
  ASSERT_TRUE(Rests());
  EXPECT_LE(counts_.slices, 50 + kMostAhead);
  context.TryCancel();
}

TEST_F(Streams, OfHundredsWhoDoNotReadHoldNoWorker) {
  constexpr int kOpen = 300;
  std::deque<grpc::ClientContext> contexts(kOpen);
  std::deque<Reader> readers;
  for (auto& context : contexts) readers.push_back(Open(context, "endless"));
  for (int i = 0; i < 200; ++i) {
    grpc::ClientContext context;
    context.set_deadline(absl::ToChronoTime(absl::Now() + kLimit));
    GetVacancyRequest request;
    request.set_name("vacancies/a");
    Vacancy vacancy;
    ASSERT_OK(FromGrpc(stub_->GetVacancy(&context, request, &vacancy)));
  }
  ASSERT_TRUE(Shows(absl::StrCat("puente_open_streams ", kOpen, "\n")));
  ASSERT_TRUE(Rests());
  EXPECT_LE(counts_.slices, kOpen * kMostAhead);
  for (auto& context : contexts) context.TryCancel();
  for (auto& reader : readers) EXPECT_EQ(reader->Finish().error_code(), grpc::CANCELLED);
  EXPECT_TRUE(Becomes([&] { return counts_.slicers == 0; }));
}

TEST_F(Streams, EndWhenTheCallerGoes) {
  for (int i = 1; i <= 50; ++i) {
    grpc::ClientContext context;
    const auto reader = Open(context, "endless");
    ExportVacanciesResponse response;
    if (i % 2 == 0) {
      ASSERT_TRUE(reader->Read(&response));
    }
    context.TryCancel();
    EXPECT_EQ(reader->Finish().error_code(), grpc::CANCELLED);
    ASSERT_TRUE(Shows(absl::StrCat("code=\"CANCELLED\"} ", i, "\n")));
  }
  EXPECT_TRUE(Shows("puente_open_streams 0\n"));
  EXPECT_TRUE(Becomes([&] { return counts_.slicers == 0; }));
}

TEST_F(Streams, EndAtTheCallersDeadline) {
  grpc::ClientContext context;
  context.set_deadline(absl::ToChronoTime(absl::Now() + absl::Milliseconds(50)));
  EXPECT_EQ(ReadAll(*Open(context, "endless")).status().code(),
            absl::StatusCode::kDeadlineExceeded);
  EXPECT_TRUE(Shows("puente_open_streams 0\n"));
}

TEST_F(ShortStreams, EndAtTheDefaultDeadline) {
  grpc::ClientContext context;
  EXPECT_THAT(ReadAll(*Open(context, "endless")), HasReason("DEADLINE_EXCEEDED"));
}

TEST_F(ShortStreams, EndAtTheDefaultDeadlineForWhoDoesNotReadToo) {
  grpc::ClientContext context;
  const auto reader = Open(context, "endless");
  ASSERT_TRUE(Shows("code=\"DEADLINE_EXCEEDED\"} 1\n"));
  EXPECT_TRUE(Shows("puente_open_streams 0\n"));
  EXPECT_THAT(ReadAll(*reader), HasReason("DEADLINE_EXCEEDED"));
}

TEST_F(Streams, OfWhoIsBlockedEnd) {
  grpc::ClientContext reading, resting;
  const auto first = Open(reading, "endless"), second = Open(resting, "endless");
  ExportVacanciesResponse response;
  ASSERT_TRUE(first->Read(&response));
  ASSERT_TRUE(Shows("puente_open_streams 2\n"));
  Publish("principals { path: 'agency/*' } principals { path: 'agency/labor' blocked: true }");
  host_.EndUnknown();
  EXPECT_TRUE(Shows("puente_open_streams 0\n"));
  while (first->Read(&response)) {
  }
  EXPECT_THAT(FromGrpc(first->Finish()), HasReason("CALLER_BLOCKED"));
  EXPECT_THAT(ReadAll(*second), HasReason("CALLER_BLOCKED"));
}

TEST_F(Streams, EndAtOnceWhenTheServerDrains) {
  // Over a port: an in-process transport closes at once.
  testing::CertificateAuthority ca;
  const identity::TlsFiles files = ca.For("agency/labor");
  auto server = serving::Server::Start(host_, "127.0.0.1:0", files);
  ASSERT_OK(server);
  stub_ = VacancyService::NewStub(grpc::CreateChannel(
      (*server)->address(), identity::ClientTls(files, testing::kTrustDomain, "agency/labor")));
  grpc::ClientContext context;
  const auto reader = Open(context, "endless");
  ExportVacanciesResponse response;
  ASSERT_TRUE(reader->Read(&response));
  std::thread drain([&] { (*server)->Drain(kLimit); });
  const absl::Time begin = absl::Now();
  while (reader->Read(&response)) {
  }
  EXPECT_THAT(FromGrpc(reader->Finish()), HasReason("SHUTTING_DOWN"));
  EXPECT_LT(absl::Now() - begin, kLimit / 2);
  drain.join();
}

TEST_F(Streams, ThatNobodyReadsDoNotHoldUpADrain) {
  auto server = serving::Server::StartInProcess(host_);
  ASSERT_OK(server);
  stub_ = VacancyService::NewStub((*server)->InProcessChannel());
  grpc::ClientContext context;
  const auto reader = Open(context, "endless");
  ASSERT_TRUE(Rests());
  const absl::Time begin = absl::Now();
  (*server)->Drain(kLimit);
  EXPECT_LT(absl::Now() - begin, kLimit / 2);
}

TEST_F(FewStreams, OfOneCallerAreLimited) {
  std::deque<grpc::ClientContext> contexts(4);
  std::deque<Reader> readers;
  for (auto& context : contexts) readers.push_back(Open(context, "endless"));
  ASSERT_TRUE(Shows("puente_open_streams 4\n"));
  grpc::ClientContext refused;
  EXPECT_THAT(ReadAll(*Open(refused, "1")), HasReason("OVERLOADED"));
  contexts[0].TryCancel();
  ASSERT_TRUE(Shows("puente_open_streams 3\n"));
  // Who reads a stream's end may begin the next.
  for (int i = 0; i < 20; ++i) {
    grpc::ClientContext context;
    EXPECT_OK(ReadAll(*Open(context, "1")));
  }
  for (auto& context : contexts) context.TryCancel();
}

}  // namespace
}  // namespace puente::calls
