#include "cli/place_tables.h"

#include "absl/strings/str_join.h"
#include "cli/format.h"
#include "cli/line_text.h"

namespace puente::cli {
namespace {

constexpr Label kFree{"free", "libres"};
constexpr Label kOffered{"seats", "lugares"};
constexpr Label kFrom{"from", "desde"};
constexpr Label kUntil{"until", "hasta"};
constexpr Label kPlace{"place", "plaza"};
constexpr Label kLearner{"learner", "estudiante"};
constexpr Label kReservation{"reservation", "reserva"};

constexpr Label kNearness{"where", "dónde"};
constexpr Label kLearned{"learned there", "se aprende"};

std::string Say(Language language, const Label& label) { return std::string(In(language, label)); }

const std::string& TitleOf(Language language, const economy::v1::TrainingPlace& place) {
  const bool spanish = language == Language::kSpanish || place.title_en().empty();
  return spanish ? place.title_es() : place.title_en();
}

}  // namespace

Table TableOfPlaces(Language language,
                    const google::protobuf::RepeatedPtrField<economy::v1::TrainingPlace>& places,
                    const SeatsOfPlaces& seats) {
  Table table({{Say(language, kFree), Column::kRight},
               {Say(language, kOffered), Column::kRight},
               {Say(language, label::kRecordState)},
               {Say(language, kFrom)},
               {Say(language, kUntil)},
               {Say(language, label::kTitle), Column::kLeft, 28},
               {Say(language, kPlace), Column::kBelow}});
  for (const economy::v1::TrainingPlace& place : places) {
    const auto found = seats.find(place.name());
    const bool told_free = found != seats.end() && found->second.has_free();
    table.Add({told_free ? CountText(found->second.free()) : "", CountText(place.seat_count()),
               Say(language, LabelOf(place.state())), DateText(place.start_date()),
               DateText(place.end_date()), TitleOf(language, place), place.name()});
  }
  return table;
}

Table TableOfMatches(Language language,
                     const google::protobuf::RepeatedPtrField<economy::v1::PlaceMatch>& matches) {
  Table table({{Say(language, kNearness)},
               {"km", Column::kRight},
               {Say(language, kFree), Column::kRight},
               {Say(language, kFrom)},
               {Say(language, kUntil)},
               {Say(language, label::kTitle), Column::kLeft, 22},
               {Say(language, kPlace), Column::kBelow},
               {Say(language, kLearned), Column::kBelow}});
  for (const economy::v1::PlaceMatch& match : matches) {
    const economy::v1::TrainingPlace& place = match.training_place();
    table.Add({Say(language, LabelOf(match.nearness())),
               match.has_distance_km() ? CountText(match.distance_km()) : "",
               match.has_free() ? CountText(match.free()) : "", DateText(place.start_date()),
               DateText(place.end_date()), TitleOf(language, place), place.name(),
               absl::StrJoin(match.met_skills(), ", ")});
  }
  return table;
}

Table TableOfReservations(
    Language language,
    const google::protobuf::RepeatedPtrField<economy::v1::PlaceReservation>& reservations) {
  Table table({{Say(language, label::kRecordState)},
               {Say(language, kFrom)},
               {Say(language, kUntil)},
               {Say(language, kLearner), Column::kLeft, 36},
               {Say(language, kReservation), Column::kBelow},
               {Say(language, kPlace), Column::kBelow}});
  for (const economy::v1::PlaceReservation& one : reservations) {
    table.Add({Say(language, LabelOf(one.state())), DateText(one.start_date()),
               DateText(one.end_date()),
               LastId(one.learner().empty() ? one.company_learner() : one.learner()), one.name(),
               one.training_place()});
  }
  return table;
}

}  // namespace puente::cli
