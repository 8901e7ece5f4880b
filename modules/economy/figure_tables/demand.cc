#include <set>
#include <string>
#include <vector>

#include "common/extracts/code_lists.h"
#include "common/extracts/reading.h"
#include "common/names/state.h"
#include "common/status/macros.h"
#include "modules/economy/demand_releases/store.h"
#include "modules/economy/demand_releases/telling.h"
#include "modules/economy/demand_statements/resource.h"
#include "modules/economy/figure_tables/tables.h"

namespace puente::economy {
namespace {

using extracts::kAll;
using extracts::Reading;

std::string OrAll(const std::string& code) { return code.empty() ? kAll : code; }

absl::Status ReadDemand(Reading& reading) {
  ASSIGN_OR_RETURN(const auto release, store::ReadLastRelease(reading.session, reading.kind));
  if (!release) {
    reading.From("");
    return absl::OkStatus();
  }
  reading.From(NameOf(*release), release->create_time);
  RETURN_IF_ERROR(NameSectorTables(reading));
  std::vector<std::string> sectors = {""};
  for (const auto& [sector, prefixes] : release->sectors) {
    if (IsSectorTable(sector)) sectors.push_back(sector);
  }
  for (const std::string& sector : sectors) {
    if (reading.cancelled()) return absl::CancelledError("the module stops");
    // Sector tables and states are public, skills that somebody needs are not.
    std::set<std::string> untold = {""};
    for (const FederalState& state : FederalStates()) untold.emplace(state.code);
    ASSIGN_OR_RETURN(const auto cells, store::ReadSector(reading.session, release->number, sector));
    for (const store::ToldCell& told : cells) {
      const releases::Cell& cell = told.cell;
      if (cell.key.skill.empty()) untold.erase(cell.key.state_code);
      reading.Add({OrAll(sector), OrAll(cell.key.state_code), OrAll(cell.key.skill)},
                  {Told(cell.heads), Told(cell.companies)});
    }
    for (const std::string& state : untold) {
      reading.Add({OrAll(sector), OrAll(state), kAll},
                  {Untold(type::v1::MARK_SUPPRESSED), Untold(type::v1::MARK_SUPPRESSED)});
    }
  }
  return absl::OkStatus();
}

}  // namespace

void AddDemandTable(extracts::Tables& tables) {
  tables.tables.push_back(
      {.name = "demand",
       .title = {"Personas que las empresas necesitan", "People whom companies need"},
       .note =
           {"Personas que necesitan las empresas confirmadas y empresas que las necesitan, por "
            "mesa sectorial, entidad y habilidad. Se dicen las de cuatro empresas o más, ninguna "
            "con más de 80 %; un grupo es una empresa. Las mesas se traslapan y no se suman. "
            "Los totales de mesa y entidad que no se dicen están marcados como ocultos, y "
            "pueden ser ninguno; otras combinaciones que no se dicen no tienen renglón. Donde "
            "espera un cambio que todavía no puede decirse, la cifra es la de una publicación "
            "anterior.",
            "People whom confirmed companies need, and companies that need them, by sector "
            "table, state and skill. Those of four companies or more are told, none with more "
            "than 80 %; a group is one company. Sector tables overlap and do not add up. "
            "Totals of table and state that are not told are marked as withheld, and may be "
            "none; other combinations that are not told have no row. Where a change waits that "
            "can't be told yet, a figure is that of an earlier release."},
       .dimensions = {SectorTableDimension(), extracts::State(), extracts::Skill()},
       .measures = {{"HEADS", {"Personas", "People"}, "PERSONS"},
                    {"COMPANIES", {"Empresas", "Companies"}, "COMPANIES"}},
       .counted = &DemandStatements(),
       .read = &ReadDemand});
}

}  // namespace puente::economy
