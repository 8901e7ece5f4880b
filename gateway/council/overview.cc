#include "gateway/council/overview.h"

#include "common/context/clock.h"
#include "gateway/vacancies/vacancies.h"
#include "puente/economy/v1/demand.grpc.pb.h"
#include "puente/economy/v1/sector_table.grpc.pb.h"
#include "puente/education/v1/microcredential.grpc.pb.h"
#include "puente/labor/v1/statistics.grpc.pb.h"
#include "puente/science/v1/signal.grpc.pb.h"

namespace puente::council {
namespace {

using compose::Agency;
using compose::Inputs;
using compose::Plan;
using compose::Rpc;
using compose::Section;
using economy::v1::DemandService;
using economy::v1::GetDemandSummaryRequest;
using economy::v1::GetSectorTableRequest;
using economy::v1::SectorTable;
using economy::v1::SectorTableService;
using education::v1::GetSupplySummaryRequest;
using education::v1::MicrocredentialService;
using gateway::v1::DemandSection;
using gateway::v1::EmploymentSection;
using gateway::v1::GetOverviewRequest;
using gateway::v1::SectorSection;
using gateway::v1::SupplySection;
using gateway::v1::TechnologySection;
using labor::v1::GetVacancyStatisticsRequest;
using labor::v1::VacancyStatisticsService;
using science::v1::GetSignalSummaryRequest;
using science::v1::SkillSignalService;

bool HasSector(const Inputs& inputs) {
  return !inputs.request<GetOverviewRequest>().sector().empty();
}

absl::StatusOr<GetSectorTableRequest> AskSector(const Inputs& inputs) {
  GetSectorTableRequest request;
  request.set_name(inputs.request<GetOverviewRequest>().sector());
  return request;
}

// Economy, Education and Science take sector and state as they are, and say themselves what they
// can't split by.
template <class Request>
absl::StatusOr<Request> AskSplit(const Inputs& inputs) {
  const auto& view = inputs.request<GetOverviewRequest>();
  Request request;
  request.set_sector_table(view.sector());
  request.set_state_code(view.state());
  return request;
}

absl::StatusOr<GetVacancyStatisticsRequest> AskEmployment(const Inputs& inputs) {
  return vacancies::Ask(inputs.request<GetOverviewRequest>().state(),
                        inputs.answer<SectorTable>("sector"), LegalDay(inputs.now()));
}

}  // namespace

const Plan& OverviewPlan() {
  using absl::StatusCode;
  static const auto* const plan = new Plan(
      Plan::Make(
          "council.overview",
          {
              Section("sector", Agency::kEconomy,
                      Rpc<SectorTableService>(&SectorTableService::Stub::async::GetSectorTable),
                      &AskSector)
                  .When(&HasSector)
                  .EndsViewOn({StatusCode::kNotFound, StatusCode::kInvalidArgument}),
              Section("demand", Agency::kEconomy,
                      Rpc<DemandService>(&DemandService::Stub::async::GetDemandSummary),
                      &AskSplit<GetDemandSummaryRequest>)
                  .EndsViewOn({StatusCode::kNotFound, StatusCode::kInvalidArgument}),
              Section("supply", Agency::kEducation,
                      Rpc<MicrocredentialService>(
                          &MicrocredentialService::Stub::async::GetSupplySummary),
                      &AskSplit<GetSupplySummaryRequest>),
              Section("employment", Agency::kLabor,
                      Rpc<VacancyStatisticsService>(
                          &VacancyStatisticsService::Stub::async::GetVacancyStatistics),
                      &AskEmployment)
                  .After({"sector"}),
              Section("technology", Agency::kScience,
                      Rpc<SkillSignalService>(&SkillSignalService::Stub::async::GetSignalSummary),
                      &AskSplit<GetSignalSummaryRequest>),
          })
          .value());
  return *plan;
}

gateway::v1::Overview ComposeOverview(const compose::Results& results) {
  gateway::v1::Overview overview;
  if (results["sector"].asked) {
    results.Write("sector", overview.mutable_sector(), &SectorSection::mutable_table);
  }
  results.Write("demand", overview.mutable_demand(), &DemandSection::mutable_summary);
  results.Write("supply", overview.mutable_supply(), &SupplySection::mutable_summary);
  results.Write("employment", overview.mutable_employment(),
                &EmploymentSection::mutable_statistics);
  results.Write("technology", overview.mutable_technology(), &TechnologySection::mutable_summary);
  return overview;
}

}  // namespace puente::council
