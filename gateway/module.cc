#include "gateway/module.h"

#include <utility>

#include "common/status/macros.h"
#include "gateway/certification/dossier.h"
#include "gateway/certification/service.h"
#include "gateway/compose/grpc_transport.h"
#include "gateway/council/overview.h"
#include "gateway/council/service.h"

namespace puente::gateway {
namespace {

class GatewayModule final : public hosting::Module {
 public:
  GatewayModule(calls::Host& host, const compose::Channels& channels)
      : executor_(std::make_shared<compose::GrpcTransport>(
                      channels, std::vector<const compose::Plan*>{&council::OverviewPlan(),
                                                                  &certification::DossierPlan()}),
                  compose::Timers::System(), {.hosting = host.options().hosting}) {
    council::ServeCouncil(host, executor_);
    certification::ServeCertification(host, executor_);
  }

 private:
  compose::Executor executor_;
};

absl::StatusOr<std::unique_ptr<hosting::Module>> Make(const hosting::Surroundings& surroundings) {
  compose::Channels channels;
  for (const compose::Agency agency : compose::kAgencies) {
    ASSIGN_OR_RETURN(channels[agency], surroundings.channel(compose::Name(agency)));
  }
  return std::make_unique<GatewayModule>(surroundings.host, channels);
}

}  // namespace

hosting::ModuleKind Gateway() { return {"gateway", {}, &Make}; }

}  // namespace puente::gateway
