#include <gmock/gmock.h>

#include "absl/synchronization/notification.h"
#include "common/status/grpc_status.h"
#include "gateway/compose/grpc_transport.h"
#include "puente/education/v1/microcredential.grpc.pb.h"

namespace puente::compose {
namespace {

using education::v1::GetSupplySummaryRequest;
using education::v1::MicrocredentialService;
using education::v1::SupplySummary;

constexpr ErrorSpec kBroken{"BROKEN", absl::StatusCode::kInternal, "education.puente",
                            "Se rompió $what.", "$what broke."};

// Answers by the state that it is asked for: "" well, "01" with an error, "02" never.
class Education final : public MicrocredentialService::CallbackService {
 public:
  grpc::ServerUnaryReactor* GetSupplySummary(grpc::CallbackServerContext* context,
                                             const GetSupplySummaryRequest* request,
                                             SupplySummary* answer) override {
    for (const auto& [key, value] : context->client_metadata()) {
      metadata[std::string(key.data(), key.size())] = std::string(value.data(), value.size());
    }
    if (request->state_code() == "02") {
      arrived.Notify();
      return new Forever(&cancelled);
    }
    auto* reactor = context->DefaultReactor();
    answer->set_microcredential_count(7);
    reactor->Finish(request->state_code() == "01"
                        ? ToGrpc(Error(kBroken, "what"_is("todo")), Locale::kSpanish)
                        : grpc::Status::OK);
    return reactor;
  }

  std::map<std::string, std::string> metadata;
  absl::Notification arrived;
  absl::Notification cancelled;

 private:
  struct Forever final : grpc::ServerUnaryReactor {
    explicit Forever(absl::Notification* cancelled) : cancelled(cancelled) {}
    void OnCancel() override {
      cancelled->Notify();
      Finish(grpc::Status::CANCELLED);
    }
    void OnDone() override { delete this; }
    absl::Notification* cancelled;
  };
};

absl::StatusOr<GetSupplySummaryRequest> Ask(const Inputs&) { return GetSupplySummaryRequest(); }

class TransportTest : public ::testing::Test {
 protected:
  TransportTest()
      : server_(grpc::ServerBuilder().RegisterService(&education_).BuildAndStart()),
        plan_(
            Plan::Make("test", {Section("supply", Agency::kEducation,
                                        Rpc<MicrocredentialService>(
                                            &MicrocredentialService::Stub::async::GetSupplySummary),
                                        &Ask)})
                .value()),
        transport_({{Agency::kEducation, server_->InProcessChannel({})}}, {&plan_}) {}

  Cancel Start(const std::string& state) {
    request_.set_state_code(state);
    return transport_.Start(plan_.sections()[0], request_, &answer_,
                            {absl::Now() + absl::Seconds(20), "council/cce", "ana", "statistics",
                             Locale::kSpanish, "0af7651916cd43dd8448eb211c80319c"},
                            [this](absl::Status status) {
                              status_ = std::move(status);
                              done_.Notify();
                            });
  }
  bool Done() { return done_.WaitForNotificationWithTimeout(absl::Seconds(20)); }

  Education education_;
  std::unique_ptr<grpc::Server> server_;
  const Plan plan_;
  GrpcTransport transport_;
  GetSupplySummaryRequest request_;
  SupplySummary answer_;
  absl::Status status_;
  absl::Notification done_;
};

TEST_F(TransportTest, CallsInTheCallersName) {
  Start("");
  ASSERT_TRUE(Done());
  ASSERT_TRUE(status_.ok()) << status_;
  EXPECT_EQ(answer_.microcredential_count(), 7);
  EXPECT_EQ(education_.metadata["puente-original-caller"], "council/cce");
  EXPECT_EQ(education_.metadata["puente-actor"], "ana");
  EXPECT_EQ(education_.metadata["puente-purpose"], "statistics");
  EXPECT_EQ(education_.metadata["accept-language"], "es-MX");
  EXPECT_THAT(education_.metadata["traceparent"],
              ::testing::StartsWith("00-0af7651916cd43dd8448eb211c80319c-"));
}

TEST_F(TransportTest, KeepsTheAgencysErrorWhole) {
  Start("01");
  ASSERT_TRUE(Done());
  EXPECT_EQ(Reason(status_), "BROKEN");
  EXPECT_EQ(Domain(status_), "education.puente");
  EXPECT_EQ(MetadataOf(status_, "what"), "todo");
  EXPECT_EQ(Text(status_, Locale::kSpanish), "Se rompió todo.");
}

TEST_F(TransportTest, PassesCancellationOn) {
  const Cancel cancel = Start("02");
  cancel();
  cancel();
  ASSERT_TRUE(Done());
  EXPECT_EQ(status_.code(), absl::StatusCode::kCancelled);
  cancel();
}

TEST_F(TransportTest, CancelsAtTheAgencyToo) {
  const Cancel cancel = Start("02");
  ASSERT_TRUE(education_.arrived.WaitForNotificationWithTimeout(absl::Seconds(20)));
  cancel();
  ASSERT_TRUE(Done());
  EXPECT_TRUE(education_.cancelled.WaitForNotificationWithTimeout(absl::Seconds(20)));
}

}  // namespace
}  // namespace puente::compose
