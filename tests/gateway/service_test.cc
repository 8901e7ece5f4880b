// The gateway's services over real channels: identity, checks, deadlines and cancellation.
#include <gmock/gmock.h>

#include <atomic>
#include <optional>

#include "absl/synchronization/notification.h"
#include "common/serving/server.h"
#include "common/status/grpc_status.h"
#include "gateway/module.h"
#include "puente/economy/v1/demand.grpc.pb.h"
#include "puente/economy/v1/sector_table.grpc.pb.h"
#include "puente/education/v1/microcredential.grpc.pb.h"
#include "puente/gateway/v1/certification.grpc.pb.h"
#include "puente/gateway/v1/council.grpc.pb.h"
#include "puente/labor/v1/statistics.grpc.pb.h"
#include "puente/science/v1/signal.grpc.pb.h"
#include "tests/gateway/answers.h"
#include "tests/testing/registry.h"

namespace puente {
namespace {

using gateway::v1::CertificationService;
using gateway::v1::CouncilService;
using gateway::v1::DossierPreview;
using gateway::v1::GetOverviewRequest;
using gateway::v1::Overview;
using gateway::v1::PreviewDossierRequest;
using grpc::CallbackServerContext;
using grpc::ServerUnaryReactor;

constexpr ErrorSpec kNoSector{"SECTOR_TABLE_NOT_FOUND", absl::StatusCode::kNotFound,
                              "economy.puente", "No existe $name.", "There is no $name."};

// Never answers; says when it was cancelled.
struct Forever final : ServerUnaryReactor {
  explicit Forever(absl::Notification* cancelled) : cancelled(cancelled) {}
  void OnCancel() override {
    cancelled->Notify();
    Finish(grpc::Status::CANCELLED);
  }
  void OnDone() override { delete this; }
  absl::Notification* cancelled;
};

// Four agencies that answer at once, but for Labor if it hangs.
struct Agencies {
  struct : economy::v1::SectorTableService::CallbackService {
    ServerUnaryReactor* GetSectorTable(CallbackServerContext* context,
                                       const economy::v1::GetSectorTableRequest* request,
                                       economy::v1::SectorTable* answer) override {
      auto* reactor = context->DefaultReactor();
      *answer = Automotive();
      reactor->Finish(request->name() == Automotive().name()
                          ? grpc::Status::OK
                          : ToGrpc(Error(kNoSector, "name"_is(request->name())), Locale::kSpanish));
      return reactor;
    }
  } sectors;
  struct : economy::v1::DemandService::CallbackService {
    ServerUnaryReactor* GetDemandSummary(CallbackServerContext* context,
                                         const economy::v1::GetDemandSummaryRequest*,
                                         economy::v1::DemandSummary* answer) override {
      auto* reactor = context->DefaultReactor();
      *answer = Demand();
      reactor->Finish(grpc::Status::OK);
      return reactor;
    }
  } demand;
  struct : education::v1::MicrocredentialService::CallbackService {
    ServerUnaryReactor* GetSupplySummary(CallbackServerContext* context,
                                         const education::v1::GetSupplySummaryRequest*,
                                         education::v1::SupplySummary* answer) override {
      auto* reactor = context->DefaultReactor();
      *answer = Supply();
      reactor->Finish(grpc::Status::OK);
      return reactor;
    }
    ServerUnaryReactor* GetMicrocredentialVersion(
        CallbackServerContext* context, const education::v1::GetMicrocredentialVersionRequest*,
        education::v1::MicrocredentialVersion* answer) override {
      auto* reactor = context->DefaultReactor();
      *answer = Welding();
      reactor->Finish(grpc::Status::OK);
      return reactor;
    }
  } education;
  struct : labor::v1::VacancyStatisticsService::CallbackService {
    ServerUnaryReactor* GetVacancyStatistics(CallbackServerContext* context,
                                             const labor::v1::GetVacancyStatisticsRequest*,
                                             labor::v1::VacancyStatistics* answer) override {
      if (hangs) {
        arrived.Notify();
        return new Forever(&cancelled);
      }
      auto* reactor = context->DefaultReactor();
      *answer = Employment();
      reactor->Finish(grpc::Status::OK);
      return reactor;
    }
    std::atomic<bool> hangs = false;
    absl::Notification arrived, cancelled;
  } labor;
  struct : science::v1::SkillSignalService::CallbackService {
    ServerUnaryReactor* GetSignalSummary(CallbackServerContext* context,
                                         const science::v1::GetSignalSummaryRequest*,
                                         science::v1::SignalSummary* answer) override {
      auto* reactor = context->DefaultReactor();
      *answer = Signals();
      reactor->Finish(grpc::Status::OK);
      return reactor;
    }
  } science;
};

class ServiceTest : public ::testing::Test {
 protected:
  void Start(const std::string& caller) {
    grpc::ServerBuilder builder;
    for (grpc::Service* service : std::initializer_list<grpc::Service*>{
             &agencies_.sectors, &agencies_.demand, &agencies_.education, &agencies_.labor,
             &agencies_.science}) {
      builder.RegisterService(service);
    }
    agency_server_ = builder.BuildAndStart();
    calls::Host::Options options;
    options.principals = &testing::Everybody;
    options.agency = "gateway";
    options.in_process_caller = caller;
    host_ = std::make_unique<calls::Host>(options);
    auto module =
        gateway::Gateway().make({config_, *host_, std::nullopt, [this](absl::string_view) {
                                   return agency_server_->InProcessChannel({});
                                 }});
    ASSERT_TRUE(module.ok()) << module.status();
    module_ = *std::move(module);
    auto server = serving::Server::StartInProcess(*host_);
    ASSERT_TRUE(server.ok()) << server.status();
    server_ = *std::move(server);
    council_ = CouncilService::NewStub(server_->InProcessChannel());
    certification_ = CertificationService::NewStub(server_->InProcessChannel());
  }
  void TearDown() override {
    if (server_ != nullptr) server_->Drain(absl::Seconds(5));
    server_ = nullptr;
    if (agency_server_ != nullptr) agency_server_->Shutdown(std::chrono::system_clock::now());
  }

  absl::Status GetOverview(const std::string& sector, std::optional<absl::Duration> deadline) {
    grpc::ClientContext context;
    if (deadline) context.set_deadline(absl::ToChronoTime(absl::Now() + *deadline));
    GetOverviewRequest request;
    request.set_sector(sector);
    return FromGrpc(council_->GetOverview(&context, request, &overview_));
  }

  Agencies agencies_;
  std::unique_ptr<grpc::Server> agency_server_;
  const config::Server config_;
  std::unique_ptr<calls::Host> host_;
  std::unique_ptr<hosting::Module> module_;
  std::unique_ptr<serving::Server> server_;
  std::unique_ptr<CouncilService::Stub> council_;
  std::unique_ptr<CertificationService::Stub> certification_;
  Overview overview_;
};

TEST_F(ServiceTest, ComposesAnOverview) {
  Start("council/cce");
  const absl::Status status = GetOverview("sectorTables/automotive", absl::Seconds(20));
  ASSERT_TRUE(status.ok()) << status;
  EXPECT_EQ(overview_.sector().table().DebugString(), Automotive().DebugString());
  EXPECT_EQ(overview_.employment().statistics().DebugString(), Employment().DebugString());
}

TEST_F(ServiceTest, ComposesADossier) {
  Start("certifier/ceneval");
  grpc::ClientContext context;
  PreviewDossierRequest request;
  request.set_microcredential_version("microcredentials/welding/versions/2");
  DossierPreview dossier;
  const absl::Status status = FromGrpc(certification_->PreviewDossier(&context, request, &dossier));
  ASSERT_TRUE(status.ok()) << status;
  EXPECT_EQ(dossier.microcredential_version(), request.microcredential_version());
  EXPECT_EQ(dossier.definition().version().DebugString(), Welding().DebugString());
  EXPECT_TRUE(dossier.employment().has_statistics());
  EXPECT_TRUE(dossier.has_compose_time());
}

TEST_F(ServiceTest, AnswersBeforeTheCallersDeadlineWhileAnAgencyHangs) {
  Start("council/cce");
  agencies_.labor.hangs = true;
  const absl::Status status = GetOverview("", absl::Milliseconds(1000));
  ASSERT_TRUE(status.ok()) << status;
  EXPECT_EQ(overview_.employment().provenance().failure().reason(), "AGENCY_LATE");
  EXPECT_EQ(overview_.demand().summary().DebugString(), Demand().DebugString());
  EXPECT_TRUE(agencies_.labor.cancelled.WaitForNotificationWithTimeout(absl::Seconds(20)));
}

TEST_F(ServiceTest, AnswersWithinTwoSecondsWithoutADeadline) {
  Start("council/cce");
  agencies_.labor.hangs = true;
  const absl::Time start = absl::Now();
  const absl::Status status = GetOverview("", std::nullopt);
  ASSERT_TRUE(status.ok()) << status;
  EXPECT_LE(absl::Now() - start, absl::Milliseconds(2050));
  EXPECT_EQ(overview_.employment().provenance().failure().reason(), "AGENCY_LATE");
}

TEST_F(ServiceTest, CancelsTheAgenciesWhenTheCallerLeaves) {
  Start("council/cce");
  agencies_.labor.hangs = true;
  grpc::ClientContext context;
  context.set_deadline(absl::ToChronoTime(absl::Now() + absl::Seconds(60)));
  absl::Notification done;
  grpc::Status status;
  const GetOverviewRequest request;
  council_->async()->GetOverview(&context, &request, &overview_, [&](grpc::Status got) {
    status = std::move(got);
    done.Notify();
  });
  ASSERT_TRUE(agencies_.labor.arrived.WaitForNotificationWithTimeout(absl::Seconds(20)));
  context.TryCancel();
  EXPECT_TRUE(agencies_.labor.cancelled.WaitForNotificationWithTimeout(absl::Seconds(20)));
  ASSERT_TRUE(done.WaitForNotificationWithTimeout(absl::Seconds(20)));
  EXPECT_EQ(status.error_code(), grpc::StatusCode::CANCELLED);
}

TEST_F(ServiceTest, PassesOnThatASectorDoesNotExist) {
  Start("council/cce");
  const absl::Status status = GetOverview("sectorTables/moon", absl::Seconds(20));
  EXPECT_EQ(status.code(), absl::StatusCode::kNotFound) << overview_.DebugString();
  EXPECT_EQ(Reason(status), "SECTOR_TABLE_NOT_FOUND");
  EXPECT_EQ(Domain(status), "economy.puente");
  EXPECT_EQ(MetadataOf(status, "name"), "sectorTables/moon");
}

TEST_F(ServiceTest, AsksNobodyForABadRequest) {
  Start("council/cce");
  const absl::Status status = GetOverview("automotive", absl::Seconds(20));
  EXPECT_EQ(Reason(status), "INVALID_FIELDS");
}

TEST_F(ServiceTest, RefusesWhoMayNotAsk) {
  Start("supplier/portal");
  EXPECT_EQ(Reason(GetOverview("", absl::Seconds(20))), "CALLER_REFUSED");
}

}  // namespace
}  // namespace puente
