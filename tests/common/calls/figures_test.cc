// Figures: remembered while nothing has changed, computed once for all who wait, never older than
// what a caller was told.
#include "common/calls/figures.h"

#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <atomic>
#include <deque>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "common/calls/service.h"
#include "common/context/values.h"
#include "common/journal/sequencer.h"
#include "common/journal/write.h"
#include "common/serving/server.h"
#include "common/status/grpc_status.h"
#include "google/protobuf/util/message_differencer.h"
#include "puente/labor/v1/statistics.grpc.pb.h"
#include "schema/journal.h"
#include "tests/testing/database.h"
#include "tests/testing/hosted.h"
#include "tests/testing/registry.h"
#include "tests/testing/status.h"
#include "tests/testing/wait.h"

namespace puente::calls {
namespace {

using google::protobuf::util::MessageDifferencer;
using labor::v1::GetVacancyStatisticsRequest;
using labor::v1::VacancyStatistics;
using labor::v1::VacancyStatisticsService;
using testing::Becomes;
using testing::HasReason;

constexpr absl::Duration kLimit = absl::Seconds(20);
constexpr int64_t kFault =
    300;  // of so many entries, more than other tests write, there are no figures

// Stands still until it is set.
class SetClock final : public Clock {
 public:
  absl::Time Now() const override {
    absl::MutexLock lock(&mutex_);
    return now_;
  }
  void Set(absl::Time now) {
    absl::MutexLock lock(&mutex_);
    now_ = now;
  }

 private:
  mutable absl::Mutex mutex_;
  absl::Time now_ = absl::FromCivil(absl::CivilSecond(2026, 3, 2, 12, 0, 0), MexicoCity());
};

GetVacancyStatisticsRequest Of(const std::string& state) {
  GetVacancyStatisticsRequest request;
  if (!state.empty()) request.add_state_codes(state);
  return request;
}

// Statistics that say how many entries there are, and on which day they were computed.
class FiguresTest : public ::testing::Test {
 protected:
  static constexpr int kWorkers = 2;

  explicit FiguresTest(size_t most_bytes = 1 << 20)
      : target_(testing::Database::Shared().NewSchema(schema::journal())),
        host_(HostOptions(most_bytes)) {
    host_.Serve<VacancyStatisticsService>().ReadFigures(
        [this](sql::Session& snapshot, absl::CivilDay day,
               const GetVacancyStatisticsRequest& request) {
          return Compute(snapshot, day, request);
        });
    sequencer_.emplace(SequencerOptions());
    host_.set_sequencer(&*sequencer_);
    auto server = serving::Server::StartInProcess(host_);
    if (!server.ok()) std::abort();
    server_ = *std::move(server);
    stub_ = VacancyStatisticsService::NewStub(server_->InProcessChannel());
  }
  ~FiguresTest() override {
    if (!stall_.HasBeenNotified()) stall_.Notify();
    server_->Drain(kLimit);
    host_.pool().Stop();
  }

  Host::Options HostOptions(size_t most_bytes) {
    Host::Options options;
    options.principals = &testing::Everybody;
    options.agency = "labor";
    options.clock = &clock_;
    options.figures_memory = most_bytes;
    options.pool.workers = kWorkers;
    options.pool.database = target_;
    options.in_process_caller = "agency/labor";
    return options;
  }
  journal::SequencerOptions SequencerOptions() {
    journal::SequencerOptions options;
    options.tokens = tokens_;
    options.target = target_;
    options.clock = &clock_;
    return options;
  }

  absl::StatusOr<VacancyStatistics> Compute(sql::Session& snapshot, absl::CivilDay day,
                                            const GetVacancyStatisticsRequest& request) {
    ++begun_;
    if (request.state_codes_size() > 0 && request.state_codes(0) == "32") {
      stall_.WaitForNotification();
    }
    ASSIGN_OR_RETURN(const int64_t entries,
                     snapshot.Number({"test.entries", "SELECT COUNT(*) FROM journal_entry"}));
    if (entries == kFault) return absl::InternalError("secret");
    VacancyStatistics figures;
    figures.set_vacancy_count(entries);
    for (const std::string& code : request.state_codes()) figures.add_sources(code);
    figures.set_rule_set(absl::FormatCivilTime(day));
    if (!request.at_least().empty()) figures.add_could_not_split(request.at_least());
    return figures;
  }

  // Writes as a service of this process does. The entry's token.
  std::string Write(journal::Sequencer* sequencer) {
    sql::Session session(target_);
    Call call;
    call.method = "/test/Write";
    call.deadline = absl::Now() + kLimit;
    const auto written =
        journal::WritePath({tokens_, sequencer}, "", "")
            .Run(session, call, [](journal::Transaction& tx) -> absl::StatusOr<std::string> {
              tx.Changed("things/a", 1, std::string(32, 'd'));
              return "";
            });
    return written.ok() ? written->freshness : "";
  }
  std::string Write() { return Write(&*sequencer_); }

  absl::StatusOr<VacancyStatistics> Ask(const GetVacancyStatisticsRequest& request = {}) {
    return testing::Called(*stub_, &VacancyStatisticsService::Stub::GetVacancyStatistics, request);
  }
  // Whether the sequencer comes to know that it has seen everything.
  bool Settles() {
    return Becomes([&] { return sequencer_->newest().certain; });
  }
  // Asks until the answer has come from memory.
  VacancyStatistics Remembered(const GetVacancyStatisticsRequest& request = {}) {
    VacancyStatistics told;
    const bool remembered = Becomes([&] {
      const int before = begun_;
      const auto answer = Ask(request);
      if (answer.ok()) told = *answer;
      return answer.ok() && begun_ == before;
    });
    EXPECT_TRUE(remembered);
    return told;
  }
  // None until the first of its kind.
  std::optional<double> FindMetric(const std::string& name) {
    const std::string text = host_.metrics().Text();
    for (absl::string_view line : absl::StrSplit(text, '\n')) {
      double value = 0;
      if (absl::ConsumePrefix(&line, name + " ") && absl::SimpleAtod(line, &value)) return value;
    }
    return std::nullopt;
  }
  double Metric(const std::string& name) {
    const std::optional<double> found = FindMetric(name);
    EXPECT_TRUE(found) << "no " << name;
    return found.value_or(0);
  }
  // How many calls the server knows to have been given up.
  double Cancelled() {
    const std::string method = "/puente.labor.v1.VacancyStatisticsService/GetVacancyStatistics";
    return FindMetric(absl::StrCat("grpc_server_handled_total{method=\"", method,
                                   "\",code=\"CANCELLED\"}"))
        .value_or(0);
  }

  SetClock clock_;
  const journal::Tokens tokens_{"labor"};
  sql::Target target_;
  std::atomic<int> begun_ = 0;  // computations
  absl::Notification stall_;
  Host host_;
  std::optional<journal::Sequencer> sequencer_;
  std::unique_ptr<serving::Server> server_;
  std::unique_ptr<VacancyStatisticsService::Stub> stub_;
};

// Calls that are out at the same time.
class Asking {
 public:
  Asking(VacancyStatisticsService::Stub& stub, const GetVacancyStatisticsRequest& request,
         size_t count)
      : request_(request), calls_(count) {
    for (One& one : calls_) {
      one.context.set_deadline(absl::ToChronoTime(absl::Now() + kLimit));
      stub.async()->GetVacancyStatistics(&one.context, &request_, &one.answer,
                                         [this, &one](const grpc::Status& status) {
                                           one.status = status;
                                           ++ended_;
                                         });
    }
  }
  void Cancel(size_t i) { calls_[i].context.TryCancel(); }
  bool HaveEnded(size_t count) {
    return Becomes([&] { return ended_ == static_cast<int>(count); });
  }
  const VacancyStatistics& answer(size_t i) const { return calls_[i].answer; }
  absl::Status status(size_t i) const { return FromGrpc(calls_[i].status); }

 private:
  struct One {
    grpc::ClientContext context;
    VacancyStatistics answer;
    grpc::Status status;
  };
  const GetVacancyStatisticsRequest request_;
  std::deque<One> calls_;
  std::atomic<int> ended_ = 0;
};

TEST_F(FiguresTest, AreTheSameFromMemoryAsComputed) {
  ASSERT_TRUE(Settles());
  const auto computed = Ask(Of("09"));
  ASSERT_OK(computed);
  EXPECT_EQ(begun_, 1);
  const auto remembered = Ask(Of("09"));
  ASSERT_OK(remembered);
  EXPECT_EQ(begun_, 1);
  EXPECT_TRUE(MessageDifferencer::Equals(*computed, *remembered));
  EXPECT_EQ(computed->rule_set(), "2026-03-02");
  EXPECT_EQ(FromProto(remembered->as_of_time()), clock_.Now());
  EXPECT_EQ(Metric("puente_figures_computed_total"), 1);
  EXPECT_EQ(Metric("puente_figures_remembered_total"), 1);
}

TEST_F(FiguresTest, OfAnotherQuestionAreOthers) {
  const VacancyStatistics nation = Remembered();
  const VacancyStatistics state = Remembered(Of("09"));
  EXPECT_EQ(nation.sources_size(), 0);
  EXPECT_THAT(state.sources(), ::testing::ElementsAre("09"));
}

// By plain sequence: the write has been answered, so the read shows it, whatever is remembered.
TEST_F(FiguresTest, NeverLackWhatThisProcessWroteBefore) {
  for (int64_t written = 1; written <= 100 && written != kFault; ++written) {
    Remembered();
    ASSERT_NE(Write(), "");
    const auto after = Ask();
    ASSERT_OK(after);
    ASSERT_EQ(after->vacancy_count(), written);
  }
}

TEST_F(FiguresTest, ContainWhatTheTokenNamesWhoeverWroteIt) {
  for (int64_t written = 1; written <= 10; ++written) {
    GetVacancyStatisticsRequest request;
    request.set_at_least(Write(nullptr));  // as another process does
    const auto after = Ask(request);
    ASSERT_OK(after);
    ASSERT_EQ(after->vacancy_count(), written);
    EXPECT_EQ(after->could_not_split_size(), 0);  // the token is no part of the question
    EXPECT_EQ(Remembered().vacancy_count(), written);
  }
}

TEST_F(FiguresTest, ShowInTheEndWhatAnotherProcessWrote) {
  EXPECT_EQ(Remembered().vacancy_count(), 0);
  Write(nullptr);
  EXPECT_TRUE(Becomes([&] {
    const auto now = Ask();
    return now.ok() && now->vacancy_count() == 1;
  }));
  EXPECT_EQ(Remembered().vacancy_count(), 1);
}

// Two processes sequence in turn; each loses a round to the other now and then.
TEST_F(FiguresTest, KeepUpWithASecondSequencer) {
  journal::Sequencer second(SequencerOptions());
  for (int64_t written = 1; written <= 10; ++written) {
    Write(&second);
    EXPECT_TRUE(Becomes([&] {
      const auto now = Ask();
      return now.ok() && now->vacancy_count() == written;
    }));
    EXPECT_EQ(Remembered().vacancy_count(), written);
  }
}

TEST_F(FiguresTest, AreNotThoseOfYesterday) {
  clock_.Set(absl::FromCivil(absl::CivilSecond(2026, 3, 2, 23, 59, 59), MexicoCity()));
  EXPECT_EQ(Remembered().rule_set(), "2026-03-02");
  clock_.Set(clock_.Now() + absl::Seconds(1));
  const auto today = Ask();
  ASSERT_OK(today);
  EXPECT_EQ(today->rule_set(), "2026-03-03");
}

// Remembered or computed: of when they are is what the sequencer has made sure of.
TEST_F(FiguresTest, SayWhenTheyWereLastKnownToBeTheNewest) {
  const absl::Time noon = clock_.Now();
  ASSERT_TRUE(Settles());
  Remembered();
  clock_.Set(noon + absl::Minutes(1));
  EXPECT_TRUE(Becomes([&] {
    const auto told = Ask();
    return told.ok() && FromProto(told->as_of_time()) == noon + absl::Minutes(1);
  }));
  // A sequencer that stands still.
  const std::string broken = "RENAME TABLE journal_position TO moved_position";
  sql::Connection connection(target_);
  ASSERT_OK(connection.Execute({"test.break", broken}, {}).status());
  ASSERT_TRUE(Becomes([&] { return !sequencer_->health().ok() || Write() == ""; }));
  ASSERT_NE(Write(), "");  // it can't be given a position
  ASSERT_TRUE(Becomes([&] { return !sequencer_->health().ok(); }));
  clock_.Set(noon + absl::Minutes(5));
  for (const char* state : {"", "09"}) {
    const auto told = Ask(Of(state));
    ASSERT_OK(told);
    EXPECT_EQ(FromProto(told->as_of_time()), noon + absl::Minutes(1));
  }
  ASSERT_OK(connection.Execute({"test.mend", "RENAME TABLE moved_position TO journal_position"}, {})
                .status());
  EXPECT_TRUE(Becomes([&] {
    const auto told = Ask();
    return told.ok() && FromProto(told->as_of_time()) == noon + absl::Minutes(5);
  }));
}

TEST_F(FiguresTest, ThatFailedAreNotRemembered) {
  for (int i = 0; i < kFault; ++i) Write();
  ASSERT_TRUE(Settles());
  EXPECT_THAT(Ask(), HasReason("INTERNAL"));
  EXPECT_THAT(Ask(), HasReason("INTERNAL"));
  EXPECT_EQ(begun_, 2);
  Write();
  EXPECT_OK(Ask());
}

TEST_F(FiguresTest, AreComputedOnceForAllWhoWait) {
  constexpr size_t kAsking = 64;
  ASSERT_TRUE(Settles());
  Asking first(*stub_, Of("32"), 1);
  ASSERT_TRUE(Becomes([&] { return begun_ == 1; }));
  Asking others(*stub_, Of("32"), kAsking);
  // Other questions have a worker.
  ASSERT_OK(Ask(Of("09")));
  stall_.Notify();
  ASSERT_TRUE(first.HaveEnded(1));
  ASSERT_TRUE(others.HaveEnded(kAsking));
  for (size_t i = 0; i < kAsking; ++i) {
    ASSERT_OK(others.status(i));
    EXPECT_TRUE(MessageDifferencer::Equals(others.answer(i), first.answer(0)));
  }
  EXPECT_EQ(begun_, 2);  // and that of the other question
}

TEST_F(FiguresTest, AreComputedAnewForThoseWhoAskedAfterAWrite) {
  ASSERT_TRUE(Settles());
  Asking first(*stub_, Of("32"), 1);
  ASSERT_TRUE(Becomes([&] { return begun_ == 1; }));
  Write();
  Asking others(*stub_, Of("32"), 3);
  stall_.Notify();
  ASSERT_TRUE(others.HaveEnded(3));
  for (size_t i = 0; i < 3; ++i) EXPECT_EQ(others.answer(i).vacancy_count(), 1);
}

TEST_F(FiguresTest, OfSomebodyWhoHasGoneAreThereForTheOthers) {
  ASSERT_TRUE(Settles());
  Asking asking(*stub_, Of("32"), 3);
  ASSERT_TRUE(Becomes([&] { return begun_ == 1; }));
  asking.Cancel(0);
  ASSERT_TRUE(asking.HaveEnded(1));
  Asking behind(*stub_, Of("32"), 3);
  behind.Cancel(0);
  ASSERT_TRUE(behind.HaveEnded(1));
  stall_.Notify();
  ASSERT_TRUE(asking.HaveEnded(3));
  ASSERT_TRUE(behind.HaveEnded(3));
  EXPECT_EQ(asking.status(0).code(), absl::StatusCode::kCancelled);
  EXPECT_EQ(behind.status(0).code(), absl::StatusCode::kCancelled);
  for (size_t i = 1; i < 3; ++i) {
    EXPECT_OK(asking.status(i));
    EXPECT_OK(behind.status(i));
  }
}

TEST_F(FiguresTest, AreComputedForNobodyWhereAllHaveGone) {
  ASSERT_TRUE(Settles());
  std::deque<Asking> busy;  // each worker has a question of its own
  busy.emplace_back(*stub_, Of("32"), 1);
  auto second = Of("32");
  second.add_state_codes("01");
  busy.emplace_back(*stub_, second, 1);
  ASSERT_TRUE(Becomes([&] { return begun_ == 2; }));
  Asking gone(*stub_, Of("09"), 2);
  ASSERT_TRUE(Becomes([&] { return host_.pool().load().waiting == 1; }));
  gone.Cancel(0);
  gone.Cancel(1);
  ASSERT_TRUE(gone.HaveEnded(2));
  ASSERT_TRUE(Becomes([&] { return Cancelled() == 2; })) << "the server knows it later";
  stall_.Notify();
  for (Asking& asking : busy) ASSERT_TRUE(asking.HaveEnded(1));
  EXPECT_EQ(begun_, 2);
}

class LittleMemory : public FiguresTest {
 protected:
  static constexpr size_t kBytes = 4096;
  LittleMemory() : FiguresTest(kBytes) {}
};

TEST_F(LittleMemory, IsBoundedAndKeepsWhatIsAskedFor) {
  ASSERT_TRUE(Settles());
  Remembered(Of("01"));
  for (int state = 2; state <= 31; ++state) {
    const std::string code = absl::StrCat(state < 10 ? "0" : "", state);
    Remembered(Of(code));
    EXPECT_LE(Metric("puente_figures_memory_bytes"), kBytes);
    const int before = begun_;
    ASSERT_OK(Ask(Of("01")));
    EXPECT_EQ(begun_, before) << code;  // asked for last, so it stays
  }
  const int before = begun_;
  ASSERT_OK(Ask(Of("02")));
  EXPECT_EQ(begun_, before + 1);  // it has gone
}

}  // namespace
}  // namespace puente::calls
