#include "modules/labor/figure_tables/tables.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/extracts/code_lists.h"
#include "common/extracts/reading.h"
#include "common/journal/projection.h"
#include "common/names/state.h"
#include "common/releases/telling.h"
#include "common/status/macros.h"
#include "modules/labor/vacancies/resource.h"
#include "modules/labor/vacancy_statistics/cuts.h"

namespace puente::labor {
namespace {

using extracts::kAll;
using extracts::Reading;
using Counts = std::map<int, int64_t>;

// Of a row, by measure of the counting tables; and of those, how many vacancies state no class.
struct Months {
  Counts counts;
  int64_t unclassified = 0;
};

void AddRow(const std::string& state, const std::string& month, const Months& said,
            Reading& reading) {
  const auto at = [&](int measure) {
    const auto found = said.counts.find(measure);
    return found == said.counts.end() ? 0 : found->second;
  };
  const auto with = [&](v1::Outcome verdict) { return at(statistics::kVerdict + verdict); };
  const int64_t vacancies = at(statistics::kOffered);
  std::vector<type::v1::Figure> figures;
  for (const int64_t value :
       {vacancies, vacancies + at(statistics::kMorePosts), with(v1::OUTCOME_PASSED),
        with(v1::OUTCOME_FAILED), with(v1::OUTCOME_UNKNOWN), said.unclassified}) {
    figures.push_back(releases::Told(value));
  }
  reading.Add({state, month}, std::move(figures));
}

// From the counting tables alone: what they say of a state costs the same however many there are.
absl::Status ReadState(Reading& reading, const std::string& state, absl::string_view cut) {
  const auto months = [&](statistics::Classes classes) {
    return journal::ReadCountsByEnd(reading.session, 1,
                                    {statistics::MonthsIn(reading.kind, cut, classes)});
  };
  ASSIGN_OR_RETURN(const auto of_all, months(statistics::Classes::kAll));
  ASSIGN_OR_RETURN(const auto of_none, months(statistics::Classes::kNone));
  std::map<std::string, Months> rows;
  if (state == kAll) rows[kAll];  // none is a count, too
  for (const auto& [month, counts] : of_all) {
    const auto offered = counts.find(statistics::kOffered);
    if (offered == counts.end() || offered->second == 0) continue;
    for (const std::string& of : {month, std::string(kAll)}) {
      Months& row = rows[of];
      for (const auto& [measure, n] : counts) row.counts[measure] += n;
      const auto none = of_none.find(month);
      if (none == of_none.end()) continue;
      const auto found = none->second.find(statistics::kOffered);
      if (found != none->second.end()) row.unclassified += found->second;
    }
  }
  for (const auto& [month, said] : rows) AddRow(state, month, said, reading);
  return absl::OkStatus();
}

absl::Status ReadVacancies(Reading& reading) {
  RETURN_IF_ERROR(ReadState(reading, kAll, statistics::kAnywhere));
  for (const FederalState& state : FederalStates()) {
    if (reading.cancelled()) return absl::CancelledError("the module stops");
    RETURN_IF_ERROR(ReadState(reading, std::string(state.code), state.code));
  }
  return absl::OkStatus();
}

constexpr sql::Query kSkills{"labor.figures.skills", "SELECT id, label_es, label_en FROM skill"};

absl::Status ReadSkills(Reading& reading) {
  extracts::Sums sums;
  sums.Add({extracts::kAll}, 0);  // none is a count, too
  RETURN_IF_ERROR(reading.session.Each(kSkills, {}, [&](const sql::Row& row) {
    const std::string skill = absl::StrCat("skills/", row.Text(0));
    reading.Name(extracts::kSkills, skill, {row.Text(1), row.Text(2)});
    sums.Add({skill});
    return absl::OkStatus();
  }));
  sums.Tell(reading);
  return absl::OkStatus();
}

}  // namespace

extracts::Tables FigureTables() {
  return {
      {{.name = "vacancies",
        .title = {"Vacantes y calidad de la oferta", "Vacancies and the quality of offers"},
        .note =
            {"Vacantes que no están cerradas, por entidad del lugar de trabajo y mes en que se "
             "ofrecieron, con sus puestos, y con lo que de ellas dice el juego de reglas de "
             "calidad, que es de Puente y no una estadística oficial. Cada vacante es pública y "
             "nada se oculta: una combinación sin renglón no tiene vacantes.",
             "Vacancies that are not closed, by state of the workplace and month in which they "
             "were offered, with their posts, and with what the rule set of quality says of "
             "them, which is Puente's own and not an official statistic. Each vacancy is "
             "public, and nothing is hidden: a combination without a row has no vacancies."},
        .dimensions = {extracts::State(), extracts::Period({"Mes en que se ofreció",
                                                            "Month in which it was offered"})},
        .measures = {{"VACANCIES", {"Vacantes", "Vacancies"}, "VACANCIES"},
                     {"POSTS", {"Puestos", "Posts"}, "POSTS"},
                     {"QUALITY_PASSED",
                      {"Vacantes que cumplen las reglas", "Vacancies that keep the rules"},
                      "VACANCIES"},
                     {"QUALITY_FAILED",
                      {"Vacantes que no las cumplen", "Vacancies that break one"},
                      "VACANCIES"},
                     {"QUALITY_UNKNOWN",
                      {"Vacantes que no dicen lo suficiente", "Vacancies that do not say enough"},
                      "VACANCIES"},
                     {"UNCLASSIFIED",
                      {"Vacantes sin clase del SCIAN", "Vacancies without a SCIAN class"},
                      "VACANCIES"}},
        .counted = &Vacancies(),
        .read = &ReadVacancies},
       {.name = "skills",
        .title = {"Habilidades del vocabulario", "Skills of the vocabulary"},
        .note = {"Cada habilidad del vocabulario, una vez, sea real o generada: de aquí son los "
                 "nombres que otros no guardan. Nada se oculta.",
                 "Each skill of the vocabulary, once, real or generated: from here are the names "
                 "that others do not keep. Nothing is hidden."},
        .dimensions = {extracts::Skill()},
        .measures = {{"SKILLS", {"Habilidades", "Skills"}, "RECORDS"}},
        .read = &ReadSkills}}};
}

}  // namespace puente::labor
