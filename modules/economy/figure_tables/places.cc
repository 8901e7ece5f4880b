#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "common/extracts/code_lists.h"
#include "common/extracts/reading.h"
#include "common/extracts/released.h"
#include "common/status/macros.h"
#include "modules/economy/figure_tables/tables.h"
#include "modules/economy/place_releases/service.h"
#include "modules/economy/place_releases/tables.h"
#include "modules/economy/training_places/resource.h"

namespace puente::economy {
namespace {

using extracts::kAll;
using extracts::Reading;
using ::puente::releases::Told;
using ::puente::releases::Untold;
using ::puente::releases::store::ToldCell;

constexpr absl::string_view kOfferStates = "CL_PLACE_STATE";
constexpr absl::string_view kStages = "CL_STAY_STAGE";

extracts::CodeList OfferStateList() {
  return {kOfferStates,
          {"Estados de las ofertas", "States of offers"},
          {{"OPEN", {"Abierta", "Open"}},
           {"PAUSED", {"En pausa", "Paused"}},
           {"CLOSED", {"Cerrada", "Closed"}}}};
}
extracts::CodeList StageList() {
  return {kStages,
          {"Etapas de las estancias", "Stages of stays"},
          {{"TAKEN", {"Apartada", "Taken"}},
           {"STARTED", {"Iniciada", "Started"}},
           {"COMPLETED", {"Concluida", "Completed"}},
           {"BROKEN", {"Interrumpida", "Broken off"}}}};
}

// By state, sector, quarter, and the last dimension as a code of the list.
std::vector<std::string> CodesOf(const ToldCell& cell, const extracts::CodeList& list) {
  std::vector<std::string> codes = extracts::CodesOf(cell, 4);
  int64_t number = 0;
  if (absl::SimpleAtoi(codes[kPlaceStage], &number)) {
    codes[kPlaceStage] = extracts::CodeOf(list, number);
  }
  return codes;
}

absl::Status ReadOffers(Reading& reading) {
  ASSIGN_OR_RETURN(const auto release, extracts::LastRelease(reading, PlaceSource()));
  if (!release) return absl::OkStatus();
  static const auto* const list = new extracts::CodeList(OfferStateList());
  bool any = false;
  RETURN_IF_ERROR(extracts::EachCell(reading, *release, kOfferTable, [&](const ToldCell& cell) {
    any = true;
    reading.Add(CodesOf(cell, *list), {Told(cell.total)});
  }));
  if (!any) reading.Add({kAll, kAll, kAll, kAll}, {Told(0)});  // none is a count, too
  return absl::OkStatus();
}

absl::Status ReadSkills(Reading& reading) {
  ASSIGN_OR_RETURN(const auto release, extracts::LastRelease(reading, PlaceSource()));
  if (!release) return absl::OkStatus();
  return extracts::EachCell(reading, *release, kSkillTable, [&](const ToldCell& cell) {
    // A place has several skills, so that the sum over all of them is of nothing.
    if (!cell.key[0].empty()) reading.Add(extracts::CodesOf(cell, 2), {Told(cell.total)});
  });
}

absl::Status ReadStays(Reading& reading) {
  ASSIGN_OR_RETURN(const auto release, extracts::LastRelease(reading, PlaceSource()));
  if (!release) return absl::OkStatus();
  static const auto* const list = new extracts::CodeList(StageList());
  std::set<std::vector<std::string>> told;
  RETURN_IF_ERROR(extracts::EachCell(reading, *release, kStayTable, [&](const ToldCell& cell) {
    std::vector<std::string> codes = CodesOf(cell, *list);
    told.insert(codes);
    reading.Add(std::move(codes), {Told(cell.total)});
  }));
  // Where seats are offered is public: there may be stays, which are not told.
  const auto hide = [&](std::vector<std::string> codes) {
    if (!told.insert(codes).second) return;
    reading.Add(std::move(codes), {Untold(type::v1::MARK_SUPPRESSED)});
  };
  hide({kAll, kAll, kAll, kAll});
  for (const extracts::Code& stage : list->codes) hide({kAll, kAll, kAll, stage.code});
  return extracts::EachCell(reading, *release, kOfferTable, [&](const ToldCell& cell) {
    std::vector<std::string> codes = extracts::CodesOf(cell, 4);
    codes[kPlaceStage] = kAll;
    if (codes[kPlaceQuarter] == kAll) hide(std::move(codes));
  });
}

extracts::Dimension Quarter() {
  return extracts::Period({"Trimestre en que comienza", "Quarter in which it begins"});
}

}  // namespace

void AddPlaceTables(extracts::Tables& tables) {
  const extracts::Measure seats{"SEATS", {"Lugares ofrecidos", "Offered seats"}, "SEATS"};
  tables.tables.push_back(
      {.name = "place-offers",
       .title = {"Lugares de formación ofrecidos en empresas", "Training places that are offered"},
       .note =
           {"Lugares de las ofertas de empresas confirmadas, por entidad, sector, trimestre en "
            "que comienzan y estado de la oferta; sin las repetidas ni las retiradas, hasta el "
            "fin del próximo año. Cada oferta es pública y nada se oculta: una combinación sin "
            "renglón no tiene lugares.",
            "Seats of offers by confirmed companies, by state, sector, quarter in which they "
            "begin, and state of the offer; without repeats and those withdrawn, until the end "
            "of next year. Each offer is public, and nothing is hidden: a combination without a "
            "row has no seats."},
       .dimensions = {extracts::State(),
                      extracts::Sector(),
                      Quarter(),
                      {"PLACE_STATE", {"Estado de la oferta", "State of the offer"}, kOfferStates}},
       .measures = {seats},
       .absent_is_zero = true,
       .counted = &TrainingPlaces(),
       .read = &ReadOffers});
  tables.tables.push_back(
      {.name = "place-skills",
       .title = {"Lugares de formación por habilidad", "Training places by skill"},
       .note = {"Lugares de las ofertas que no están cerradas, por habilidad que se aprende y "
                "entidad. Los de una oferta cuentan en cada una de sus habilidades: no se suman. "
                "Nada se oculta: una combinación sin renglón no tiene lugares.",
                "Seats of offers that are not closed, by skill that is learned there and state. "
                "Those of an offer count for each of its skills: they do not add up. Nothing is "
                "hidden: a combination without a row has no seats."},
       .dimensions = {extracts::Skill(), extracts::State()},
       .measures = {seats},
       .absent_is_zero = true,
       .counted = &TrainingPlaces(),
       .read = &ReadSkills});
  tables.tables.push_back(
      {.name = "place-stays",
       .title = {"Estancias en empresas", "Stays at companies"},
       .note =
           {"Estancias de estudiantes, también las que han de venir, por entidad, sector, "
            "trimestre en que comienzan y etapa. Se dicen las de cuatro empresas o más, ninguna "
            "con más de 80 %, y diez estancias o más. Donde hay lugares ofrecidos y las "
            "estancias no se dicen, el total de la entidad y el sector está marcado como "
            "oculto, y puede ser ninguna; otras combinaciones que no se dicen no tienen "
            "renglón.",
            "Learners' stays, those to come too, by state, sector, quarter in which they begin, "
            "and stage. Those of four companies or more are told, none with more than 80 %, and "
            "of ten stays or more. Where seats are offered and stays are not told, the total of "
            "state and sector is marked as withheld, and may be none; other combinations that "
            "are not told have no row."},
       .dimensions = {extracts::State(),
                      extracts::Sector(),
                      Quarter(),
                      {"STAGE", {"Etapa", "Stage"}, kStages}},
       .measures = {{"STAYS", {"Estancias", "Stays"}, "STAYS"}},
       .counted = &TrainingPlaces(),
       .read = &ReadStays});
  tables.code_lists.push_back(OfferStateList());
  tables.code_lists.push_back(StageList());
}

}  // namespace puente::economy
