#include "gateway/module.h"

#include <utility>

#include "common/resource/journaled_module.h"
#include "common/status/macros.h"
#include "gateway/certification/dossier.h"
#include "gateway/certification/service.h"
#include "gateway/compose/grpc_transport.h"
#include "gateway/council/overview.h"
#include "gateway/council/service.h"

namespace puente::gateway {
namespace {

// Its schema holds the mechanism alone so far: journal and due work.
class GatewayModule final : public resource::JournaledModule {
 public:
  GatewayModule(const hosting::Surroundings& around, const compose::Channels& channels)
      : JournaledModule(around),
        executor_(std::make_shared<compose::GrpcTransport>(
                      channels, std::vector<const compose::Plan*>{&council::OverviewPlan(),
                                                                  &certification::DossierPlan()}),
                  compose::Timers::System(), {.hosting = around.host.options().hosting}) {
    council::ServeCouncil(host(), executor_);
    certification::ServeCertification(host(), executor_);
  }

 private:
  compose::Executor executor_;
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
  return {.agency = "gateway", .migrations = resource::WithJournal({}), .make = &Make};
}

}  // namespace puente::gateway
