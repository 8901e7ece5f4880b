#include "gateway/module.h"

#include <utility>

#include "common/resource/journaled_module.h"
#include "common/status/macros.h"
#include "gateway/certification/dossier.h"
#include "gateway/certification/service.h"
#include "gateway/compose/grpc_transport.h"
#include "gateway/council/gaps.h"
#include "gateway/council/overview.h"
#include "gateway/council/service.h"
#include "gateway/references/resolver.h"

namespace puente::gateway {
namespace {

// Its schema holds journal and due work alone.
class GatewayModule final : public resource::JournaledModule {
 public:
  GatewayModule(const hosting::Surroundings& around, const compose::Channels& channels)
      : JournaledModule(around),
        executor_(std::make_shared<compose::GrpcTransport>(
                      channels, std::vector<const compose::Plan*>{&council::OverviewPlan(),
                                                                  &council::GapsPlan(),
                                                                  &council::TransversalGapsPlan(),
                                                                  &certification::DossierPlan()}),
                  compose::Timers::System(), {.hosting = around.host.options().hosting}),
        resolver_(channels) {
    council::ServeCouncil(host(), executor_);
    certification::ServeCertification(host(), executor_);
    resolver_.Handle(due());
  }

 private:
  compose::Executor executor_;
  Resolver resolver_;
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
