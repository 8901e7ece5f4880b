#include "cli/place_figures.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/algorithm/container.h"
#include "cli/format.h"
#include "cli/labels.h"
#include "cli/table.h"

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
constexpr Label kStays{"stays", "estancias"};
constexpr Label kTaken{"to come", "por venir"};
constexpr Label kStarted{"there", "en curso"};
constexpr Label kCompleted{"done", "cumplidas"};
constexpr Label kBroken{"broken", "rotas"};
constexpr Label kSkillSeats{"seats offered", "lugares ofrecidos"};

// Of one stage; what is not told of it is hidden, or nobody's.
Figure Of(type::v1::StayStage stage, const Figure& all, const Some<StageStays>& stages) {
  const auto found =
      absl::c_find_if(stages, [&](const StageStays& one) { return one.stage() == stage; });
  if (found != stages.end()) return found->stay_count();
  Figure untold = all;
  if (all.has_value()) untold.set_mark(type::v1::MARK_SUPPRESSED);
  return untold;
}

std::vector<Column> StayColumns(Printer& printer) {
  std::vector<Column> columns;
  for (const Label& label : {kStays, kTaken, kStarted, kCompleted, kBroken}) {
    columns.push_back({printer.Say(label), Column::kRight});
  }
  return columns;
}

std::vector<std::string> StayCells(Printer& printer, const Figure& all,
                                   const Some<StageStays>& stages) {
  std::vector<std::string> cells = {FigureText(all, printer.language())};
  for (const auto stage : {type::v1::STAY_STAGE_TAKEN, type::v1::STAY_STAGE_STARTED,
                           type::v1::STAY_STAGE_COMPLETED, type::v1::STAY_STAGE_BROKEN}) {
    cells.push_back(FigureText(Of(stage, all, stages), printer.language()));
  }
  return cells;
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

Table WithStays(Printer& printer, std::vector<Column> first) {
  for (Column& column : StayColumns(printer)) first.push_back(std::move(column));
  return Table(std::move(first));
}

void AddRow(Table& table, std::vector<std::string> first, std::vector<std::string> stays) {
  first.insert(first.end(), stays.begin(), stays.end());
  table.Add(std::move(first));
}

}  // namespace

void PrintPlaces(Printer& printer, const Some<StatePlaces>& states) {
  const Language language = printer.language();
  Table table = WithStays(printer, {{printer.Say(kState), Column::kLeft, 16},
                                    {printer.Say(kSeats), Column::kRight},
                                    {printer.Say(kOpen), Column::kRight}});
  for (const StatePlaces& places : states) {
    AddRow(table,
           {places.state_code().empty() ? std::string(printer.Say(kCountry))
                                        : StateText(places.state_code()),
            FigureText(places.offered_count(), language), FigureText(OpenSeats(places), language)},
           StayCells(printer, places.stay_count(), places.stages()));
  }
  printer.Print(table);
  if (states.size() != 1 || states.Get(0).periods().empty()) return;
  Table quarters = WithStays(
      printer, {{printer.Say(label::kQuarter)}, {printer.Say(kSeats), Column::kRight}});
  for (const PeriodPlaces& period : states.Get(0).periods()) {
    AddRow(quarters, {period.period(), FigureText(period.offered_count(), language)},
           StayCells(printer, period.stay_count(), period.stages()));
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
  std::vector<Column> columns = StayColumns(printer);
  columns.push_back({printer.Say(label::kVersion), Column::kLeft, 34});
  Table stays(std::move(columns));
  for (const education::v1::VersionAwards& one : versions) {
    std::vector<std::string> cells = StayCells(printer, one.stay_count(), one.stages());
    cells.push_back(one.microcredential_version().empty()
                        ? std::string(printer.Say(label::kAllVersions))
                        : one.microcredential_version());
    stays.Add(std::move(cells));
  }
  printer.Print(stays);
}

}  // namespace puente::cli
