#include "modules/science/figure_tables/tables.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "common/extracts/code_lists.h"
#include "common/extracts/reading.h"
#include "common/status/macros.h"
#include "modules/science/skill_signals/resource.h"

namespace puente::science {
namespace {

constexpr absl::string_view kReadiness = "CL_READINESS_LEVEL";

constexpr sql::Query kSignals{
    "science.figures.signals",
    "SELECT s.skill, COALESCE(t.readiness_level, 0), YEAR(s.horizon_date), COUNT(*)"
    " FROM skill_signal AS s LEFT JOIN technology AS t"
    " ON t.id = SUBSTRING_INDEX(s.technology, '/', -1) WHERE s.record_kind = ?"
    " GROUP BY s.skill, t.readiness_level, YEAR(s.horizon_date)"};

absl::Status ReadSignals(extracts::Reading& reading) {
  extracts::Sums sums;
  sums.Add({extracts::kAll, extracts::kAll, extracts::kAll}, 0);  // none is a count, too
  RETURN_IF_ERROR(
      reading.session.Each(kSignals, {static_cast<int>(reading.kind)}, [&](const sql::Row& row) {
        const int64_t level = row.Int64(1);
        sums.Add({row.Text(0), extracts::OrNotSaid(level == 0 ? "" : absl::StrCat(level)),
                  absl::StrCat(row.Int64(2))},
                 row.Int64(3));
        return absl::OkStatus();
      }));
  sums.Tell(reading);
  return absl::OkStatus();
}

extracts::CodeList ReadinessList() {
  extracts::CodeList list{kReadiness,
                          {"Nivel de madurez tecnológica", "Technology readiness level"}};
  for (int level = 1; level <= 9; ++level) {
    const std::string code = absl::StrCat(level);
    list.codes.push_back({code, {absl::StrCat("TRL ", code), absl::StrCat("TRL ", code)}});
  }
  return list;
}

}  // namespace

extracts::Tables FigureTables() {
  return {
      {{.name = "skill-signals",
        .title = {"Señales de habilidades emergentes", "Signals of emerging skills"},
        .note = {"Señales de que una habilidad hará falta, por habilidad, madurez de su "
                 "tecnología y año en que se espera. Cada señal es pública y nada se oculta: "
                 "una combinación sin renglón no tiene señales.",
                 "Signals that a skill will be needed, by skill, readiness of its technology, "
                 "and year in which it is expected. Each signal is public, and nothing is "
                 "hidden: a combination without a row has no signals."},
        .dimensions = {extracts::Skill(),
                       {"READINESS", {"Madurez tecnológica", "Technology readiness"}, kReadiness},
                       extracts::Period({"Año en que se espera", "Year in which it is expected"})},
        .measures = {{"SIGNALS", {"Señales", "Signals"}, "SIGNALS"}},
        .counted = &SkillSignals(),
        .read = &ReadSignals}},
      {ReadinessList()}};
}

}  // namespace puente::science
