#include "cli/place_figures.h"

#include <string>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cli/format.h"
#include "cli/labels.h"
#include "cli/table.h"
#include "cli/words.h"

namespace puente::cli {
namespace {

using economy::v1::PeriodPlaces;
using economy::v1::StatePlaces;
using type::v1::Figure;
using type::v1::StageStays;
template <class T>
using Some = google::protobuf::RepeatedPtrField<T>;

constexpr Label kState{"state", "estado"};
constexpr Label kCountry{"whole country", "todo el país"};
constexpr Label kSeats{"seats", "lugares"};
constexpr Label kOpen{"open", "abiertos"};
constexpr Label kStays{"stays at places", "estancias en plazas"};
constexpr Label kSkillSeats{"seats offered", "lugares ofrecidos"};

const Label& LabelOf(type::v1::StayStage stage) {
  static constexpr Word kWords[] = {
      {type::v1::STAY_STAGE_TAKEN, {"to come", "por venir"}},
      {type::v1::STAY_STAGE_STARTED, {"there now", "en curso"}},
      {type::v1::STAY_STAGE_COMPLETED, {"completed", "cumplidas"}},
      {type::v1::STAY_STAGE_BROKEN, {"broken off", "interrumpidas"}},
  };
  return Find(kWords, stage);
}

// Those that are told: "to come: 10, there now: 14".
std::string StagesText(Printer& printer, const Some<StageStays>& stages) {
  return absl::StrJoin(stages, ", ", [&](std::string* out, const StageStays& one) {
    absl::StrAppend(out, printer.Say(LabelOf(one.stage())), ": ",
                    FigureText(one.stay_count(), printer.language()));
  });
}

// Seats of offers that can be reserved; none where only others are told.
Figure OpenSeats(const StatePlaces& places) {
  for (const economy::v1::OfferedSeats& offers : places.offers()) {
    if (offers.state() == economy::v1::TRAINING_PLACE_STATE_OPEN) return offers.seat_count();
  }
  Figure none = places.offered_count();
  if (none.has_value()) none.set_value(0);
  return none;
}

}  // namespace

void PrintPlaces(Printer& printer, const Some<StatePlaces>& states) {
  const Language language = printer.language();
  Table table({{printer.Say(kState), Column::kLeft, 24},
               {printer.Say(kSeats), Column::kRight},
               {printer.Say(kOpen), Column::kRight},
               {printer.Say(kStays), Column::kRight},
               {"", Column::kBelow}});
  for (const StatePlaces& places : states) {
    table.Add({places.state_code().empty() ? std::string(printer.Say(kCountry))
                                           : StateText(places.state_code()),
               FigureText(places.offered_count(), language),
               FigureText(OpenSeats(places), language), FigureText(places.stay_count(), language),
               StagesText(printer, places.stages())});
  }
  printer.Print(table);
  if (states.size() != 1 || states.Get(0).periods().empty()) return;
  Table quarters({{printer.Say(label::kQuarter)},
                  {printer.Say(kSeats), Column::kRight},
                  {printer.Say(kStays), Column::kRight},
                  {"", Column::kBelow}});
  for (const PeriodPlaces& period : states.Get(0).periods()) {
    quarters.Add({period.period(), FigureText(period.offered_count(), language),
                  FigureText(period.stay_count(), language), StagesText(printer, period.stages())});
  }
  printer.Print(quarters);
}

void PrintSkillPlaces(Printer& printer, const Some<type::v1::SkillCount>& seats) {
  for (const type::v1::SkillCount& one : seats) {
    printer.Print(std::vector<std::vector<std::string>>{
        {printer.Say(kSkillSeats), FigureText(one.count(), printer.language())}});
  }
}

void PrintStays(Printer& printer, const Some<education::v1::VersionAwards>& versions) {
  if (absl::c_none_of(versions, [](const auto& one) { return one.has_stay_count(); })) return;
  Table stays({{printer.Say(kStays), Column::kRight},
               {printer.Say(label::kVersion), Column::kLeft, 46},
               {"", Column::kBelow}});
  for (const education::v1::VersionAwards& one : versions) {
    stays.Add({FigureText(one.stay_count(), printer.language()),
               one.microcredential_version().empty() ? std::string(printer.Say(label::kAllVersions))
                                                     : one.microcredential_version(),
               StagesText(printer, one.stages())});
  }
  printer.Print(stays);
}

}  // namespace puente::cli
