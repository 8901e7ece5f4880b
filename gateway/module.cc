#include "gateway/module.h"

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/agency/module.h"
#include "common/context/values.h"
#include "common/extracts/service.h"
#include "common/resource/serve.h"
#include "common/serving/errors.h"
#include "common/serving/listener.h"
#include "common/status/macros.h"
#include "common/telemetry/http_metrics.h"
#include "common/telemetry/log.h"
#include "gateway/acts/runner.h"
#include "gateway/acts/service.h"
#include "gateway/agenda/agenda.h"
#include "gateway/agenda/service.h"
#include "gateway/certification/dossier.h"
#include "gateway/certification/service.h"
#include "gateway/certification/uncertified.h"
#include "gateway/certifier_changes/service.h"
#include "gateway/certifiers/resource.h"
#include "gateway/compose/grpc_transport.h"
#include "gateway/council/feasibility.h"
#include "gateway/council/gaps.h"
#include "gateway/council/overview.h"
#include "gateway/council/service.h"
#include "gateway/council/trace_plan.h"
#include "gateway/council/value_chain.h"
#include "gateway/decisions/record.h"
#include "gateway/decisions/service.h"
#include "gateway/dossiers/service.h"
#include "gateway/figure_tables/tables.h"
#include "gateway/findings/service.h"
#include "gateway/placements/follower.h"
#include "gateway/placements/requests.h"
#include "gateway/placements/service.h"
#include "gateway/references/resolver.h"
#include "gateway/report_definitions/service.h"
#include "gateway/report_schedules/service.h"
#include "gateway/reports/rest/endpoint.h"
#include "gateway/reports/runner.h"
#include "gateway/reports/service.h"
#include "gateway/reports/stored.h"
#include "gateway/submissions/carry_over.h"
#include "gateway/submissions/service.h"
#include "schema/gateway.h"

namespace puente::gateway {
namespace {

// Its schema holds what belongs to no agency: the register of bodies, what is submitted to them,
// and acts over two owners.
class GatewayModule final : public agency::AgencyModule {
 public:
  GatewayModule(const hosting::Surroundings& around, const compose::Channels& channels)
      : AgencyModule(around),
        executor_(
            std::make_shared<compose::GrpcTransport>(
                channels,
                std::vector<const compose::Plan*>{
                    &council::OverviewPlan(), &council::GapsPlan(), &council::TransversalGapsPlan(),
                    &council::TracePlan(), &council::FeasibilityPlan(), &council::SchoolsPlan(),
                    &certification::DossierPlan(), &certification::UncertifiedPlan(),
                    &council::ValueChainPlan(), &CarryOverPlan(), &agenda::AgendaPlan()}),
            compose::Timers::System(), {.hosting = around.host.options().hosting}),
        resolver_(channels),
        acts_(channels),
        places_(channels),
        requests_(channels),
        reports_(channels, extracts_,
                 around.config.has_report_limit() ? FromProto(around.config.report_limit())
                                                  : absl::Minutes(10)),
        sdmx_listen_(around.config.sdmx_listen()),
        published_(*around.database) {
    council::ServeCouncil(host(), executor_);
    certification::ServeCertification(host(), executor_);
    agenda::ServeAgenda(host(), executor_);
    resource::Serve(host(), Certifiers());
    ServeCertifierChanges(host());
    HandleCertifierChanges(due());
    ServeSubmissions(host(), executor_);
    ServeFindings(host());
    ServeDossiers(host(), executor_);
    HandleDossiers(due());
    ServeDecisions(host());
    ServeActs(host());
    ServePlacements(host());
    ServeReportDefinitions(host());
    ServeReportSchedules(host(), due(), ServeReports(host()));
    acts_.Add(kCertification, CertificationEnds());
    acts_.Add(kLeaving, LeavingEnds());
    acts_.Handle(due());
    places_.Handle(due());
    requests_.Handle(due());
    reports_.Handle(host(), due());
    extracts_.Serve(host(), due(), FigureTables());
    resolver_.AddOwn(host());
    resolver_.Handle(due());
    if (!sdmx_listen_.empty()) host().metrics().Add([this] { return sdmx_metrics_.Families(); });
  }

  absl::Status Start() override {
    RETURN_IF_ERROR(AgencyModule::Start());
    return sdmx_listen_.empty() ? absl::OkStatus() : StartSdmx();
  }
  void Stop() override {
    sdmx_ = nullptr;
    AgencyModule::Stop();
  }

 private:
  absl::Status StartSdmx() {
    const std::optional<int> port = serving::LoopbackPort(sdmx_listen_);  // as was checked
    sdmx_ = std::make_unique<reports::Endpoint>(published_, sdmx_metrics_);
    const absl::StatusOr<int> served = sdmx_->Listen("127.0.0.1", *port);
    if (!served.ok()) return Error(error::kListenFailed, "address"_is(sdmx_listen_));
    telemetry::Log(telemetry::Severity::kInfo, "sdmx_ready",
                   {{"address", absl::StrCat("127.0.0.1:", *served)}});
    return absl::OkStatus();
  }

  compose::Executor executor_;
  extracts::Extracts extracts_;
  Resolver resolver_;
  ActRunner acts_;
  PlaceFollower places_;
  RequestPlacer requests_;
  ReportRunner reports_;
  const std::string sdmx_listen_;  // "" if it isn't served
  reports::StoredReports published_;
  telemetry::HttpMetrics sdmx_metrics_{"puente_sdmx"};
  std::unique_ptr<reports::Endpoint> sdmx_;
};

absl::StatusOr<std::unique_ptr<hosting::Module>> Make(const hosting::Surroundings& surroundings) {
  compose::Channels channels;
  for (const compose::Agency agency : compose::kAgencies) {
    ASSIGN_OR_RETURN(channels[agency], surroundings.channel(compose::Name(agency)));
  }
  return std::make_unique<GatewayModule>(surroundings, channels);
}

}  // namespace

hosting::ModuleKind Gateway() {
  std::vector<std::string> agencies;
  for (const compose::Agency agency : compose::kAgencies) {
    agencies.emplace_back(compose::Name(agency));
  }
  return {.agency = "gateway",
          .migrations = agency::Migrations(extracts::WithExtracts(schema::gateway())),
          .make = &Make,
          .peers = std::move(agencies)};
}

}  // namespace puente::gateway
