#include "gateway/certification/dossier.h"

#include <set>

#include "absl/strings/str_cat.h"
#include "common/context/values.h"
#include "common/status/macros.h"
#include "gateway/errors.h"
#include "gateway/vacancies/vacancies.h"
#include "puente/economy/v1/demand.grpc.pb.h"
#include "puente/education/v1/microcredential.grpc.pb.h"
#include "puente/education/v1/seat_statistics.grpc.pb.h"
#include "puente/labor/v1/statistics.grpc.pb.h"
#include "puente/science/v1/signal.grpc.pb.h"

namespace puente::certification {
namespace {

using compose::Agency;
using compose::Inputs;
using compose::Plan;
using compose::Rpc;
using compose::Section;
using economy::v1::DemandService;
using economy::v1::DemandSummary;
using economy::v1::GetDemandSummaryRequest;
using education::v1::GetMicrocredentialVersionRequest;
using education::v1::ListSkillSeatsRequest;
using education::v1::MicrocredentialService;
using education::v1::MicrocredentialVersion;
using education::v1::SeatStatisticsService;
using gateway::v1::DefinitionSection;
using gateway::v1::DemandSection;
using gateway::v1::EmploymentSection;
using gateway::v1::PreviewDossierRequest;
using gateway::v1::SkillSeatsSection;
using gateway::v1::TechnologySection;
using labor::v1::GetVacancyStatisticsRequest;
using labor::v1::VacancyStatisticsService;
using science::v1::GetSignalSummaryRequest;
using science::v1::SkillSignalService;

absl::StatusOr<GetMicrocredentialVersionRequest> AskDefinition(const Inputs& inputs) {
  GetMicrocredentialVersionRequest request;
  request.set_name(inputs.request<PreviewDossierRequest>().microcredential_version());
  return request;
}

// For the skills of the definition. NO_SKILLS rather than none, which would mean all, and
// TOO_MANY_SKILLS rather than a part of them.
template <class Request>
absl::StatusOr<Request> AskSkills(const Inputs& inputs) {
  const auto& version = *inputs.answer<MicrocredentialVersion>("definition");
  const std::vector<std::string> skills = SkillsOf(version);
  if (skills.empty()) return Error(error::kNoSkills, "version"_is(version.name()));
  if (skills.size() > kMostSkills) {
    return Error(error::kTooManySkills, "version"_is(version.name()), "count"_is(skills.size()),
                 "limit"_is(kMostSkills));
  }
  Request request;
  request.mutable_skills()->Add(skills.begin(), skills.end());
  return request;
}

// For the whole country, which the skills' demand is of too.
absl::StatusOr<ListSkillSeatsRequest> AskSeats(const Inputs& inputs) {
  ASSIGN_OR_RETURN(ListSkillSeatsRequest request, AskSkills<ListSkillSeatsRequest>(inputs));
  request.set_page_size(request.skills_size());
  return request;
}

absl::StatusOr<GetVacancyStatisticsRequest> AskEmployment(const Inputs& inputs) {
  const std::vector<std::string> states = PublishedStates(*inputs.answer<DemandSummary>("demand"));
  // Labor takes no state for the whole country.
  if (states.empty()) return Error(error::kNoDemandStates);
  GetVacancyStatisticsRequest request;
  request.mutable_state_codes()->Add(states.begin(), states.end());
  return request;
}

}  // namespace

const Plan& DossierPlan() {
  using absl::StatusCode;
  static const auto* const plan = new Plan(
      Plan::Make(
          "certification.dossier",
          {
              Section("definition", Agency::kEducation,
                      Rpc<MicrocredentialService>(
                          &MicrocredentialService::Stub::async::GetMicrocredentialVersion),
                      &AskDefinition)
                  .EndsViewOn({StatusCode::kNotFound, StatusCode::kInvalidArgument}),
              Section("demand", Agency::kEconomy,
                      Rpc<DemandService>(&DemandService::Stub::async::GetDemandSummary),
                      &AskSkills<GetDemandSummaryRequest>)
                  .After({"definition"}),
              Section(
                  "seats", Agency::kEducation,
                  Rpc<SeatStatisticsService>(&SeatStatisticsService::Stub::async::ListSkillSeats),
                  &AskSeats)
                  .After({"definition"}),
              Section("technology", Agency::kScience,
                      Rpc<SkillSignalService>(&SkillSignalService::Stub::async::GetSignalSummary),
                      &AskSkills<GetSignalSummaryRequest>)
                  .After({"definition"}),
              Section("employment", Agency::kLabor,
                      Rpc<VacancyStatisticsService>(
                          &VacancyStatisticsService::Stub::async::GetVacancyStatistics),
                      &AskEmployment)
                  .After({"demand"}),
          })
          .value());
  return *plan;
}

gateway::v1::DossierPreview ComposeDossier(const compose::Results& results,
                                           absl::string_view version, absl::Time now,
                                           Locale locale) {
  gateway::v1::DossierPreview dossier;
  dossier.set_microcredential_version(std::string(version));
  results.Write("definition", dossier.mutable_definition(), &DefinitionSection::mutable_version);
  results.Write("demand", dossier.mutable_demand(), &DemandSection::mutable_summary);
  results.Write("technology", dossier.mutable_technology(), &TechnologySection::mutable_summary);
  results.Write("seats", dossier.mutable_seats(), &SkillSeatsSection::mutable_seats);
  results.Write("employment", dossier.mutable_employment(), &EmploymentSection::mutable_statistics);
  if (dossier.employment().has_statistics()) {
    dossier.mutable_employment()->set_about(vacancies::About(
        PublishedStates(*results.AnswerOf<DemandSummary>("demand")), nullptr, locale));
  }
  dossier.set_signature_state(gateway::v1::SIGNATURE_STATE_UNSIGNED);
  *dossier.mutable_compose_time() = ToProto(now);
  return dossier;
}

std::vector<std::string> SkillsOf(const MicrocredentialVersion& version) {
  std::set<std::string> skills;
  for (const auto& outcome : version.outcomes()) {
    skills.insert(outcome.skills().begin(), outcome.skills().end());
  }
  return {skills.begin(), skills.end()};
}

std::vector<std::string> PublishedStates(const DemandSummary& demand) {
  std::set<std::string> states;
  for (const auto& state : demand.states()) {
    if (state.count().value() > 0) states.insert(state.state_code());  // a mark's value is 0
  }
  return {states.begin(), states.end()};
}

}  // namespace puente::certification
