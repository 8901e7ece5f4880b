#include "gateway/council/feasibility.h"

#include <algorithm>
#include <string>
#include <vector>

#include "common/context/clock.h"
#include "common/context/values.h"
#include "common/status/macros.h"
#include "gateway/council/feasibility_rules.h"
#include "gateway/errors.h"
#include "puente/economy/v1/demand.grpc.pb.h"
#include "puente/economy/v1/proposal.grpc.pb.h"
#include "puente/economy/v1/training_place.grpc.pb.h"
#include "puente/education/v1/teaching.grpc.pb.h"

namespace puente::council {
namespace {

using absl::StatusCode;
using compose::Agency;
using compose::Inputs;
using compose::Plan;
using compose::Results;
using compose::Rpc;
using compose::Section;
using economy::v1::DemandService;
using economy::v1::DemandStatement;
using economy::v1::FindPlacesRequest;
using economy::v1::FindPlacesResponse;
using economy::v1::GetDemandStatementRequest;
using economy::v1::GetProposalRequest;
using economy::v1::GetTrainingPlaceRequest;
using economy::v1::Proposal;
using economy::v1::ProposalService;
using economy::v1::TrainingPlace;
using economy::v1::TrainingPlaceService;
using education::v1::FindTeachingRequest;
using education::v1::FindTeachingResponse;
using education::v1::TeachingService;
using gateway::v1::CheckFeasibilityRequest;
using gateway::v1::Feasibility;
using gateway::v1::FindSchoolsRequest;
using gateway::v1::FindSchoolsResponse;

constexpr int kMostSkills = 10;
constexpr int kMostPlaces = 50;
constexpr int kUsualLearners = 30;

// What is asked for, and what there was no room for.
struct Skills {
  std::vector<std::string> asked, left_out;
};

template <class List>
Skills SkillsOf(const List& list) {
  Skills skills;
  for (const std::string& skill : list) {
    (std::ssize(skills.asked) < kMostSkills ? skills.asked : skills.left_out).push_back(skill);
  }
  return skills;
}

Skills SkillsOf(const CheckFeasibilityRequest& request, const Proposal* proposal) {
  return SkillsOf(proposal == nullptr ? request.skills() : proposal->skills());
}

Skills SkillsOf(const FindSchoolsRequest& request, const DemandStatement* statement,
                const TrainingPlace* place) {
  if (statement != nullptr) return {.asked = {statement->skill()}, .left_out = {}};
  return SkillsOf(place == nullptr ? request.skills() : place->skills());
}

std::vector<std::string> StatesOf(const CheckFeasibilityRequest& request,
                                  const Proposal* proposal) {
  if (!request.state_code().empty()) return {request.state_code()};
  if (proposal == nullptr) return {};
  return {proposal->state_codes().begin(), proposal->state_codes().end()};
}

absl::CivilDay BeginOf(const CheckFeasibilityRequest& request, absl::CivilDay day) {
  return request.has_begin_date() ? ToCivilDay(request.begin_date()) : day;
}

Wanted WantedOf(const CheckFeasibilityRequest& request, const Proposal* proposal) {
  Wanted wanted;
  wanted.skills = SkillsOf(request, proposal).asked;
  wanted.room_skills = {request.room_skills().begin(), request.room_skills().end()};
  wanted.seat_count = std::max(request.seat_count(), 1);
  wanted.learners_per_teacher =
      request.learners_per_teacher() == 0 ? kUsualLearners : request.learners_per_teacher();
  wanted.training_place_count = request.training_place_count();
  return wanted;
}

// One question and no more.
absl::Status OneOf(std::initializer_list<bool> asked, const char* fields) {
  if (std::count(asked.begin(), asked.end(), true) == 1) return absl::OkStatus();
  return Error(error::kOneQuestionOnly, "fields"_is(fields));
}

// Skills to ask Education for, or why there are none.
absl::Status PutSkills(const Skills& skills, absl::string_view of, FindTeachingRequest& request) {
  if (skills.asked.empty()) return Error(error::kNoSkillsOf, "name"_is(of));
  request.mutable_skills()->Add(skills.asked.begin(), skills.asked.end());
  return absl::OkStatus();
}

bool OfProposal(const Inputs& inputs) {
  return !inputs.request<CheckFeasibilityRequest>().proposal().empty();
}

absl::StatusOr<GetProposalRequest> AskProposal(const Inputs& inputs) {
  GetProposalRequest request;
  request.set_name(inputs.request<CheckFeasibilityRequest>().proposal());
  return request;
}

absl::StatusOr<FindTeachingRequest> AskCampuses(const Inputs& inputs) {
  const auto& view = inputs.request<CheckFeasibilityRequest>();
  const auto* proposal = inputs.answer<Proposal>("proposal");
  FindTeachingRequest request;
  RETURN_IF_ERROR(PutSkills(SkillsOf(view, proposal), view.proposal(), request));
  const std::vector<std::string> states = StatesOf(view, proposal);
  request.mutable_state_codes()->Add(states.begin(), states.end());
  request.set_with_means(true);
  // Without a day Education takes its own, so that a page token outlives midnight.
  if (view.has_begin_date()) *request.mutable_begin_date() = view.begin_date();
  request.set_page_size(view.page_size());
  request.set_page_token(view.page_token());
  return request;
}

absl::StatusOr<FindPlacesRequest> AskPlaces(const Inputs& inputs) {
  const auto& view = inputs.request<CheckFeasibilityRequest>();
  const auto* proposal = inputs.answer<Proposal>("proposal");
  const Skills skills = SkillsOf(view, proposal);
  if (skills.asked.empty()) return Error(error::kNoSkillsOf, "name"_is(view.proposal()));
  const std::vector<std::string> states = StatesOf(view, proposal);
  if (states.size() != 1) return Error(error::kNoOneState);
  FindPlacesRequest request;
  economy::v1::PlaceProfile& profile = *request.mutable_profile();
  profile.mutable_skills()->Add(skills.asked.begin(), skills.asked.end());
  profile.set_state_code(states.front());
  const absl::CivilDay begin = BeginOf(view, LegalDay(inputs.now()));
  *profile.mutable_start_date() = ToProto(begin);
  *profile.mutable_end_date() =
      ToProto(view.has_end_date() ? std::max(begin, ToCivilDay(view.end_date())) : begin);
  request.set_page_size(kMostPlaces);
  return request;
}

bool OfStatement(const Inputs& inputs) {
  return !inputs.request<FindSchoolsRequest>().demand_statement().empty();
}
bool OfPlace(const Inputs& inputs) {
  return !inputs.request<FindSchoolsRequest>().training_place().empty();
}

absl::StatusOr<GetDemandStatementRequest> AskStatement(const Inputs& inputs) {
  GetDemandStatementRequest request;
  request.set_name(inputs.request<FindSchoolsRequest>().demand_statement());
  return request;
}

absl::StatusOr<GetTrainingPlaceRequest> AskPlace(const Inputs& inputs) {
  GetTrainingPlaceRequest request;
  request.set_name(inputs.request<FindSchoolsRequest>().training_place());
  return request;
}

absl::StatusOr<FindTeachingRequest> AskSchools(const Inputs& inputs) {
  const auto& view = inputs.request<FindSchoolsRequest>();
  const auto* statement = inputs.answer<DemandStatement>("demand_statement");
  const auto* place = inputs.answer<TrainingPlace>("training_place");
  FindTeachingRequest request;
  RETURN_IF_ERROR(PutSkills(SkillsOf(view, statement, place), view.training_place(), request));
  request.set_near_state_code(view.near_state_code());
  request.set_near_municipality(view.near_municipality());
  if (view.near_state_code().empty() && statement != nullptr) {
    request.set_near_state_code(statement->state_code());
  }
  if (view.near_state_code().empty() && place != nullptr) {
    request.set_near_state_code(place->state_code());
    if (view.near_municipality().empty()) request.set_near_municipality(place->municipality());
  }
  if (view.has_begin_date()) *request.mutable_begin_date() = view.begin_date();
  request.set_page_size(view.page_size());
  request.set_page_token(view.page_token());
  return request;
}

template <class View>
void PutSkills(const Skills& skills, View& view) {
  view.mutable_skills()->Add(skills.asked.begin(), skills.asked.end());
  view.mutable_skills_left_out()->Add(skills.left_out.begin(), skills.left_out.end());
}

}  // namespace

absl::Status CheckQuestion(const CheckFeasibilityRequest& request) {
  return OneOf({!request.proposal().empty(), !request.skills().empty()}, "proposal, skills");
}

absl::Status CheckQuestion(const FindSchoolsRequest& request) {
  return OneOf({!request.demand_statement().empty(), !request.training_place().empty(),
                !request.skills().empty()},
               "demand_statement, training_place, skills");
}

const Plan& FeasibilityPlan() {
  static const auto* const plan = new Plan(
      Plan::Make(
          "council.feasibility",
          {
              Section("proposal", Agency::kEconomy,
                      Rpc<ProposalService>(&ProposalService::Stub::async::GetProposal),
                      &AskProposal)
                  .When(&OfProposal)
                  .EndsViewOn({StatusCode::kNotFound, StatusCode::kInvalidArgument}),
              Section("teaching", Agency::kEducation,
                      Rpc<TeachingService>(&TeachingService::Stub::async::FindTeaching),
                      &AskCampuses)
                  .After({"proposal"})
                  .EndsViewOn({StatusCode::kInvalidArgument}),
              Section("places", Agency::kEconomy,
                      Rpc<TrainingPlaceService>(&TrainingPlaceService::Stub::async::FindPlaces),
                      &AskPlaces)
                  .After({"proposal"}),
          })
          .value());
  return *plan;
}

const Plan& SchoolsPlan() {
  static const auto* const plan = new Plan(
      Plan::Make("council.schools",
                 {
                     Section("demand_statement", Agency::kEconomy,
                             Rpc<DemandService>(&DemandService::Stub::async::GetDemandStatement),
                             &AskStatement)
                         .When(&OfStatement)
                         .EndsViewOn({StatusCode::kNotFound, StatusCode::kInvalidArgument,
                                      StatusCode::kPermissionDenied}),
                     Section("training_place", Agency::kEconomy,
                             Rpc<TrainingPlaceService>(
                                 &TrainingPlaceService::Stub::async::GetTrainingPlace),
                             &AskPlace)
                         .When(&OfPlace)
                         .EndsViewOn({StatusCode::kNotFound, StatusCode::kInvalidArgument}),
                     Section("teaching", Agency::kEducation,
                             Rpc<TeachingService>(&TeachingService::Stub::async::FindTeaching),
                             &AskSchools)
                         .After({"demand_statement", "training_place"})
                         .EndsViewOn({StatusCode::kInvalidArgument}),
                 })
          .value());
  return *plan;
}

Feasibility ComposeFeasibility(const Results& results, const CheckFeasibilityRequest& request,
                               absl::CivilDay day) {
  Feasibility view;
  const auto* proposal = results.AnswerOf<Proposal>("proposal");
  const Wanted wanted = WantedOf(request, proposal);
  PutSkills(SkillsOf(request, proposal), view);
  view.set_seat_count(wanted.seat_count);
  view.set_learners_per_teacher(wanted.learners_per_teacher);
  *view.mutable_begin_date() = ToProto(BeginOf(request, day));
  if (results["proposal"].asked) *view.mutable_proposal() = results["proposal"].provenance;
  *view.mutable_teaching() = results["teaching"].provenance;
  results.Write("places", view.mutable_places(),
                &gateway::v1::FeasibilityPlacesSection::mutable_places);
  const auto* teaching = results.AnswerOf<FindTeachingResponse>("teaching");
  const FindPlacesResponse* of_state = nullptr;
  if (view.places().has_places()) {
    FindPlacesResponse& found = *view.mutable_places()->mutable_places();
    KeepOfState(found);
    if (teaching != nullptr) KeepOfKind(teaching->record_kind(), found);
    of_state = &found;
  }
  if (teaching == nullptr) return view;
  *view.mutable_begin_date() = teaching->begin_date();
  view.set_record_kind(teaching->record_kind());
  view.set_next_page_token(teaching->next_page_token());
  const bool asked = results["places"].provenance.state() != gateway::v1::SECTION_STATE_NOT_ASKED;
  const PlacesKnown places = KnownOf(wanted, of_state, asked);
  for (const education::v1::TeachingSite& site : teaching->sites()) {
    *view.add_campuses() = Judge(wanted, site, !teaching->teacher_rule().empty(), places);
  }
  return view;
}

FindSchoolsResponse ComposeSchools(const Results& results, const FindSchoolsRequest& request) {
  FindSchoolsResponse view;
  PutSkills(SkillsOf(request, results.AnswerOf<DemandStatement>("demand_statement"),
                     results.AnswerOf<TrainingPlace>("training_place")),
            view);
  if (results["demand_statement"].asked) {
    *view.mutable_demand_statement() = results["demand_statement"].provenance;
  }
  if (results["training_place"].asked) {
    *view.mutable_training_place() = results["training_place"].provenance;
  }
  *view.mutable_teaching() = results["teaching"].provenance;
  const auto* teaching = results.AnswerOf<FindTeachingResponse>("teaching");
  if (teaching == nullptr) return view;
  view.set_record_kind(teaching->record_kind());
  view.set_next_page_token(teaching->next_page_token());
  *view.mutable_sites() = teaching->sites();
  return view;
}

}  // namespace puente::council
