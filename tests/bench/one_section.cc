#include "tests/bench/one_section.h"

#include <algorithm>
#include <map>

#include "common/calls/service.h"
#include "common/hosting/run_server.h"
#include "common/resource/journaled_module.h"
#include "common/status/macros.h"
#include "gateway/compose/grpc_transport.h"
#include "gateway/compose/view.h"
#include "gateway/council/overview.h"
#include "modules/economy/module.h"
#include "modules/education/module.h"
#include "modules/labor/module.h"
#include "modules/science/module.h"
#include "puente/gateway/v1/council.grpc.pb.h"
#include "tests/testing/service.h"

namespace puente::bench {
namespace {

using compose::Plan;
using compose::Results;
using gateway::v1::GetOverviewRequest;
using gateway::v1::Overview;

// The overview's own section, and those that it comes after.
const Plan* PlanOf(const compose::Section& section) {
  std::vector<compose::Section> kept;
  for (const compose::Section& other : council::OverviewPlan().sections()) {
    const auto& after = section.after();
    const bool needed = std::find(after.begin(), after.end(), other.name()) != after.end();
    if (needed || other.name() == section.name()) kept.push_back(other);
  }
  return new Plan(Plan::Make("bench.overview", std::move(kept)).value());
}

const std::map<std::string, const Plan*>& Plans() {
  static const auto* plans = [] {
    auto* made = new std::map<std::string, const Plan*>;
    for (const compose::Section& section : council::OverviewPlan().sections()) {
      made->emplace(section.name(), PlanOf(section));
    }
    return made;
  }();
  return *plans;
}

Overview ComposeOne(const std::string& name, const Results& results) {
  using namespace gateway::v1;  // NOLINT: the sections' types
  Overview answer;
  if (name == "demand") {
    results.Write(name, answer.mutable_demand(), &DemandSection::mutable_summary);
  } else if (name == "supply") {
    results.Write(name, answer.mutable_supply(), &SupplySection::mutable_summary);
  } else if (name == "employment") {
    results.Write(name, answer.mutable_employment(), &EmploymentSection::mutable_statistics);
  } else if (name == "technology") {
    results.Write(name, answer.mutable_technology(), &TechnologySection::mutable_summary);
  }
  return answer;
}

// The plan that the call's metadata asks for.
std::string Asked(const grpc::CallbackServerContext& context) {
  const auto found = context.client_metadata().find(kSectionKey);
  const std::string name = found == context.client_metadata().end()
                               ? ""
                               : std::string(found->second.data(), found->second.size());
  return Plans().contains(name) ? name : "employment";
}

void Serve(calls::Host& host, compose::Executor& executor) {
  calls::Service& council = host.Serve<gateway::v1::CouncilService>();
  council.Compose(
      [&executor](std::shared_ptr<calls::Composition<GetOverviewRequest, Overview>> call) {
        const std::string name = Asked(call->context());
        compose::AnswerView(executor, *Plans().at(name), std::move(call),
                            [name](const Results& results) { return ComposeOne(name, results); });
      });
  testing::AnswerTheRest(council);
}

std::vector<const Plan*> AllPlans() {
  std::vector<const Plan*> plans;
  for (const auto& [name, plan] : Plans()) plans.push_back(plan);
  return plans;
}

class Module final : public hosting::Module {
 public:
  Module(calls::Host& host, const compose::Channels& channels)
      : executor_(std::make_shared<compose::GrpcTransport>(channels, AllPlans()),
                  compose::Timers::System(), {.hosting = host.options().hosting}) {
    Serve(host, executor_);
  }

 private:
  compose::Executor executor_;
};

absl::StatusOr<std::unique_ptr<hosting::Module>> Make(const hosting::Surroundings& around) {
  compose::Channels channels;
  for (const compose::Agency agency : compose::kAgencies) {
    ASSIGN_OR_RETURN(channels[agency], around.channel(compose::Name(agency)));
  }
  return std::make_unique<Module>(around.host, channels);
}

// With the database that the real one has, which this one does not use.
hosting::ModuleKind Gateway() {
  return {.agency = "gateway", .migrations = resource::WithJournal({}), .make = &Make};
}

template <class Serve>
int With(const char* config, const Serve& serve) {
  std::string program = "puente_bench", flag = "--config", path = config;
  char* arguments[] = {program.data(), flag.data(), path.data(), nullptr};
  return serve(3, arguments);
}

}  // namespace

int ServeOneSectionGateway(const char* config) {
  return With(config,
              [](int argc, char** argv) { return hosting::RunServer(argc, argv, Gateway()); });
}

int ServeOneSectionEmbedded(const char* config) {
  return With(config, [](int argc, char** argv) {
    return hosting::RunFederation(argc, argv,
                                  {education::Education(), economy::Economy(), labor::Labor(),
                                   science::Science(), Gateway()});
  });
}

}  // namespace puente::bench
