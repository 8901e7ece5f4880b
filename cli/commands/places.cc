// Places where people learn: what companies offer, and chambers for those that consented; and what
// schools reserve of it.
#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "cli/commands.h"
#include "cli/format.h"
#include "cli/line_text.h"
#include "cli/place_tables.h"
#include "puente/economy/v1/place_reservation.pb.h"
#include "puente/economy/v1/training_place.pb.h"
#include "puente/education/v1/place_enrolment.pb.h"
#include "puente/gateway/v1/act.pb.h"
#include "puente/gateway/v1/council.pb.h"

namespace puente::cli {
namespace {

constexpr char kList[] = "puente.economy.v1.TrainingPlaceService/ListTrainingPlaces";
constexpr char kSeats[] = "puente.economy.v1.TrainingPlaceService/GetPlaceAvailability";
constexpr char kFind[] = "puente.economy.v1.TrainingPlaceService/FindPlaces";
constexpr char kWhy[] = "puente.economy.v1.TrainingPlaceService/ExplainPlace";
constexpr char kOffer[] = "puente.economy.v1.TrainingPlaceService/CreateTrainingPlace";
constexpr char kPlace[] = "puente.gateway.v1.CouncilService/PlaceLearner";
constexpr char kAct[] = "puente.gateway.v1.ActService/GetAct";
constexpr char kName[] = "puente.education.v1.PlaceEnrolmentService/GetPlacedLearner";
constexpr char kReservations[] = "puente.economy.v1.PlaceReservationService/ListPlaceReservations";
constexpr char kConfirm[] = "puente.economy.v1.PlaceReservationService/ConfirmPlaceReservation";
constexpr char kRelease[] = "puente.economy.v1.PlaceReservationService/ReleasePlaceReservation";
// How long an act is waited for; it is stored, and goes on, whether people see the end or not.
constexpr absl::Duration kLongestWait = absl::Seconds(10);
constexpr absl::Duration kLookAgain = absl::Milliseconds(50);

constexpr Label kNotYet{"not ended: it waits for ", "aún no termina: espera a "};
constexpr Label kGoesOn{
    "it goes on by itself; look again with: puente call "
    "puente.gateway.v1.ActService/GetAct ",
    "sigue por sí solo; vuelva a ver con: puente call "
    "puente.gateway.v1.ActService/GetAct "};
constexpr Label kNoPlaces{"no training places", "no hay plazas"};
constexpr Label kNoReservations{"no reservations", "no hay reservas"};
constexpr Label kIsFound{"it fits", "queda"};
constexpr Label kNames{"names", "nombres"};
constexpr Label kSurnames{"surnames", "apellidos"};
constexpr int kPage = 1000;
constexpr int kMostSeats = 100;  // places a question about seats

using Places = economy::v1::ListTrainingPlacesResponse;

std::string ReservationName(const std::string& written) {
  return absl::StrCat("placeReservations/", LastId(written));
}

// The seats of listed places, as far as the caller is told.
bool AskSeats(Session& session, const Places& places, SeatsOfPlaces& seats) {
  for (int begin = 0; begin < places.training_places_size(); begin += kMostSeats) {
    economy::v1::GetPlaceAvailabilityRequest request;
    const int end = std::min(begin + kMostSeats, places.training_places_size());
    for (int i = begin; i < end; ++i) request.add_names(places.training_places(i).name());
    economy::v1::GetPlaceAvailabilityResponse answer;
    if (!session.Call("economy", kSeats, request, &answer)) return false;
    for (const auto& place : answer.places()) seats[place.training_place()] = place;
  }
  return true;
}

ExitCode ListPlaces(Session& session, const economy::v1::ListTrainingPlacesRequest& request) {
  if (session.Explains("economy", kList, request)) return kOk;
  Places all;
  if (!session.CallForAll("economy", kList, request, &all)) return kFailure;
  SeatsOfPlaces seats;
  if (!AskSeats(session, all, seats)) return kFailure;
  session.PrintList(all, TableOfPlaces(session.language(), all.training_places(), seats),
                    &kNoPlaces);
  return kOk;
}

ExitCode ListReservations(Session& session, const std::string& filter) {
  economy::v1::ListPlaceReservationsRequest request;
  request.set_filter(filter);
  request.set_page_size(kPage);
  return session.List<economy::v1::ListPlaceReservationsResponse>(
      "economy", kReservations, request, kNoReservations, [&](const auto& all) {
        return TableOfReservations(session.language(), all.place_reservations());
      });
}

template <class Request>
ExitCode ChangeReservation(Session& session, const char* method, const std::string& written) {
  return session.Change<economy::v1::PlaceReservation>(
      "economy", method, About<Request>(session, ReservationName(written)));
}

ExitCode FindPlaces(Session& session, const economy::v1::PlaceProfile& profile) {
  economy::v1::FindPlacesRequest request;
  *request.mutable_profile() = profile;
  request.set_page_size(kPage);
  return session.List<economy::v1::FindPlacesResponse>(
      "economy", kFind, request, kNoPlaces,
      [&](const auto& all) { return TableOfMatches(session.language(), all.matches()); });
}

ExitCode ExplainPlace(Session& session, const economy::v1::PlaceProfile& profile,
                      const PlaceArgs& args) {
  economy::v1::ExplainPlaceRequest request;
  request.set_name(TrainingPlaceName(args.name));
  *request.mutable_profile() = profile;
  if (session.Explains("economy", kWhy, request)) return kOk;
  economy::v1::PlaceMatch match;
  if (!session.Call("economy", kWhy, request, &match)) return kFailure;
  if (session.PrintForPrograms(match)) return kOk;
  session.out() << match.training_place().name() << ": " << session.Say(LabelOf(match.nearness()));
  if (match.has_distance_km()) session.out() << ", " << CountText(match.distance_km()) << " km";
  session.out() << "\n";
  for (const int miss : match.misses()) {
    session.out() << "  " << session.Say(LabelOf(static_cast<economy::v1::PlaceMiss>(miss)))
                  << "\n";
  }
  if (match.misses().empty()) session.out() << "  " << session.Say(kIsFound) << "\n";
  return kOk;
}

bool GoesOn(const gateway::v1::Act& act) {
  return act.state() == gateway::v1::ACT_STATE_RUNNING ||
         act.state() == gateway::v1::ACT_STATE_UNDOING;
}

// Prints the reservation, or why there is none.
ExitCode PrintAct(Session& session, const gateway::v1::Act& act) {
  const bool done = act.state() == gateway::v1::ACT_STATE_DONE;
  if (session.PrintForPrograms(act)) return done || GoesOn(act) ? kOk : kFailure;
  if (done) {
    session.out() << ReservationName(act.name()) << "\n";
    return kOk;
  }
  if (!act.refusal().empty()) {
    const std::string& why =
        session.language() == Language::kSpanish ? act.refusal_es() : act.refusal_en();
    return session.Fail(kFailure, absl::StrCat(why, " [", act.refusal(), "]"));
  }
  const int left = std::min(act.taken_count(), act.steps_size() - 1);
  session.out() << act.name() << "\n";
  session.err() << session.Say(kNotYet) << act.steps(left).owner() << "\n"
                << session.Say(kGoesOn) << "'{\"name\":\"" << act.name() << "\"}'\n";
  return kOk;
}

ExitCode AwaitAct(Session& session, gateway::v1::Act& act) {
  const absl::Time limit = absl::Now() + kLongestWait;
  gateway::v1::GetActRequest request;
  request.set_name(act.name());
  while (GoesOn(act) && absl::Now() < limit) {
    absl::SleepFor(kLookAgain);
    if (!session.Call("gateway", kAct, request, &act)) break;
  }
  return PrintAct(session, act);
}

}  // namespace

ExitCode CompanyPlaces(Session& session, const PlaceArgs& args) {
  if (const ExitCode code = session.Open(kUsualCompany); code != kOk) return code;
  economy::v1::ListTrainingPlacesRequest request;
  request.set_parent(CompanyOf(session, args.company));
  if (request.parent().empty()) return kUsage;
  request.set_page_size(kPage);
  return ListPlaces(session, request);
}

ExitCode CompanyOffer(Session& session, const PlaceArgs& args) {
  economy::v1::CreateTrainingPlaceRequest request;
  economy::v1::TrainingPlace& place = *request.mutable_training_place();
  if (!ResolveState(session, args.state, *place.mutable_state_code())) return kUsage;
  if (!ReadDay(session, args.from, place.mutable_start_date())) return kUsage;
  if (!ReadDay(session, args.until, place.mutable_end_date())) return kUsage;
  if (const ExitCode code = session.Open(kUsualCompany); code != kOk) return code;
  request.set_parent(CompanyOf(session, args.company));
  if (request.parent().empty()) return kUsage;
  request.set_training_place_id(args.name);
  request.set_request_id(session.request_id());
  place.set_title_es(args.title);
  place.set_title_en(args.title_en);
  place.set_municipality(args.municipality);
  place.set_occupation_code(args.occupation);
  place.set_seat_count(args.seats);
  place.set_weekly_hours(args.hours);
  for (const std::string& skill : args.skills) {
    place.add_skills(absl::StrCat("skills/", LastId(skill)));
  }
  return session.Change<economy::v1::TrainingPlace>("economy", kOffer, request);
}

ExitCode CompanyReservations(Session& session) {
  if (const ExitCode code = session.Open(kUsualCompany); code != kOk) return code;
  const std::string company = CompanyOf(session, "");
  if (company.empty()) return kUsage;
  return ListReservations(session, absl::StrCat("company = \"", company, "\""));
}

ExitCode CompanyConfirm(Session& session, const PlaceArgs& args) {
  if (const ExitCode code = session.Open(kUsualCompany); code != kOk) return code;
  return ChangeReservation<economy::v1::ConfirmPlaceReservationRequest>(session, kConfirm,
                                                                        args.name);
}

ExitCode CompanyLearner(Session& session, const PlaceArgs& args) {
  if (const ExitCode code = session.Open(kUsualCompany); code != kOk) return code;
  education::v1::GetPlacedLearnerRequest request;
  request.set_name(absl::StrCat("placeEnrolments/", LastId(args.name)));
  if (session.Explains("education", kName, request)) return kOk;
  education::v1::PlacedLearner learner;
  if (!session.Call("education", kName, request, &learner)) return kFailure;
  if (session.PrintForPrograms(learner)) return kOk;
  session.printer().Print(
      {{session.Say(kNames), learner.given_names()},
       {session.Say(kSurnames),
        absl::StrCat(learner.first_surname(), learner.second_surname().empty() ? "" : " ",
                     learner.second_surname())}});
  return kOk;
}

ExitCode SchoolPlaces(Session& session, const PlaceArgs& args) {
  economy::v1::ListTrainingPlacesRequest request;
  request.set_parent("companies/-");
  request.set_page_size(kPage);
  if (!args.skills.empty()) {
    request.set_filter(absl::StrCat("skill = \"skills/", LastId(args.skills.front()), "\""));
  } else if (!args.occupation.empty()) {
    request.set_filter(
        absl::StrCat("occupation_code = \"", args.occupation, "\" AND state = OPEN"));
  } else {
    std::string code;
    if (!ResolveState(session, args.state, code)) return kUsage;
    request.set_filter(absl::StrCat("state_code = \"", code, "\" AND state = OPEN"));
  }
  if (const ExitCode code = session.Open(kUsualSchool); code != kOk) return code;
  return ListPlaces(session, request);
}

ExitCode SchoolMatch(Session& session, const PlaceArgs& args) {
  economy::v1::PlaceProfile profile;
  if (!ResolveState(session, args.state, *profile.mutable_state_code())) return kUsage;
  if (!ReadDay(session, args.from, profile.mutable_start_date())) return kUsage;
  if (!ReadDay(session, args.until, profile.mutable_end_date())) return kUsage;
  profile.set_municipality(args.municipality);
  profile.set_seat_count(args.seats);
  profile.set_weekly_hours(args.hours);
  for (const std::string& skill : args.skills) {
    profile.add_skills(absl::StrCat("skills/", LastId(skill)));
  }
  if (const ExitCode code = session.Open(kUsualSchool); code != kOk) return code;
  return args.name.empty() ? FindPlaces(session, profile) : ExplainPlace(session, profile, args);
}

ExitCode SchoolPlace(Session& session, const PlaceArgs& args) {
  gateway::v1::PlaceLearnerRequest request;
  if (!ReadDay(session, args.from, request.mutable_start_date())) return kUsage;
  if (!ReadDay(session, args.until, request.mutable_end_date())) return kUsage;
  if (const ExitCode code = session.Open(kUsualSchool); code != kOk) return code;
  const std::string school = SchoolOf(session);
  if (school.empty()) return kUsage;
  request.set_training_place(TrainingPlaceName(args.name));
  request.set_learner(absl::StrCat(school, "/learners/", LastId(args.learner)));
  request.set_request_id(session.request_id());
  if (session.Explains("gateway", kPlace, request)) return kOk;
  gateway::v1::Act act;
  if (!session.Call("gateway", kPlace, request, &act)) return kFailure;
  return AwaitAct(session, act);
}

ExitCode SchoolReservations(Session& session) {
  if (const ExitCode code = session.Open(kUsualSchool); code != kOk) return code;
  const std::string school = SchoolOf(session);
  if (school.empty()) return kUsage;
  return ListReservations(session, absl::StrCat("organization = \"", school, "\""));
}

ExitCode SchoolRelease(Session& session, const PlaceArgs& args) {
  if (const ExitCode code = session.Open(kUsualSchool); code != kOk) return code;
  return ChangeReservation<economy::v1::ReleasePlaceReservationRequest>(session, kRelease,
                                                                        args.name);
}

}  // namespace puente::cli
