#include "modules/labor/figure_tables/tables.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
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

constexpr absl::string_view kEducationLevels = "CL_EDUCATION_LEVEL";

// In the order of their numbers, from 1 on.
extracts::CodeList EducationLevelList() {
  return {kEducationLevels,
          {"Escolaridad que se pide", "Schooling asked for"},
          {{"PRIMARY", {"Primaria", "Primary school"}},
           {"LOWER_SECONDARY", {"Secundaria o secundaria técnica", "Lower secondary school"}},
           {"UPPER_SECONDARY", {"Preparatoria o vocacional", "Upper secondary school"}},
           {"COMMERCIAL_CAREER", {"Carrera comercial", "Commercial career"}},
           {"TECHNICAL_CAREER", {"Carrera técnica", "Technical career"}},
           {"TECHNICAL_PROFESSIONAL", {"Profesional técnico", "Technical professional"}},
           {"HIGHER_TECHNICIAN", {"Técnico superior universitario", "Higher technician"}},
           {"BACHELOR", {"Licenciatura", "Bachelor's degree"}},
           {"MASTER", {"Maestría", "Master's degree"}},
           {"DOCTORATE", {"Doctorado", "Doctorate"}}}};
}

// By measure of the counting tables.
using Counts = std::map<int, int64_t>;

void AddRow(std::vector<std::string> codes, const Counts& counts, Reading& reading) {
  const auto at = [&](int measure) {
    const auto found = counts.find(measure);
    return found == counts.end() ? 0 : found->second;
  };
  const auto with = [&](v1::Outcome verdict) { return at(statistics::kVerdict + verdict); };
  const int64_t vacancies = at(statistics::kOffered);
  std::vector<type::v1::Figure> figures;
  for (const int64_t value :
       {vacancies, vacancies + at(statistics::kMorePosts), with(v1::OUTCOME_PASSED),
        with(v1::OUTCOME_FAILED), with(v1::OUTCOME_UNKNOWN), at(statistics::kWithoutClass)}) {
    figures.push_back(releases::Told(value));
  }
  reading.Add(std::move(codes), std::move(figures));
}

// From the counting tables alone: what they say of a state costs the same however many there are.
absl::Status ReadState(Reading& reading, const std::string& state, absl::string_view cut) {
  static const auto* const levels = new extracts::CodeList(EducationLevelList());
  ASSIGN_OR_RETURN(
      const auto found,
      journal::ReadCountsByEnd(reading.session, 2, {statistics::LevelsIn(reading.kind, cut)}));
  std::map<std::pair<std::string, std::string>, Counts> rows;  // by month and level
  if (state == kAll) rows[{kAll, kAll}];                       // none is a count, too
  for (const auto& [end, counts] : found) {
    const auto offered = counts.find(statistics::kOffered);
    if (offered == counts.end() || offered->second == 0) continue;
    const std::pair<std::string, std::string> parts = absl::StrSplit(end, '|');
    int64_t number = 0;
    if (!absl::SimpleAtoi(parts.first, &number)) continue;
    const std::string level = extracts::CodeOf(*levels, number);
    for (const std::string& of_month : {parts.second, std::string(kAll)}) {
      for (const std::string& of_level : {level, std::string(kAll)}) {
        Counts& row = rows[{of_month, of_level}];
        for (const auto& [measure, n] : counts) row[measure] += n;
      }
    }
  }
  for (const auto& [codes, counts] : rows) {
    AddRow({state, codes.first, codes.second}, counts, reading);
  }
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
            {"Vacantes que no están cerradas, por entidad del lugar de trabajo, mes en que se "
             "ofrecieron y escolaridad que piden, con sus puestos, y con lo que de ellas dice el "
             "juego de reglas de "
             "calidad, que es de Puente y no una estadística oficial. Cada vacante es pública y "
             "nada se oculta: una combinación sin renglón no tiene vacantes.",
             "Vacancies that are not closed, by state of the workplace, month in which they were "
             "offered and schooling that they ask for, with their posts, and with what the rule "
             "set of quality says of "
             "them, which is Puente's own and not an official statistic. Each vacancy is "
             "public, and nothing is hidden: a combination without a row has no vacancies."},
        .dimensions = {extracts::State(),
                       extracts::Period({"Mes en que se ofreció", "Month in which it was offered"}),
                       {"EDUCATION_LEVEL",
                        {"Escolaridad que se pide", "Schooling asked for"},
                        kEducationLevels}},
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
        .absent_is_zero = true,
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
        .read = &ReadSkills}},
      {EducationLevelList()}};
}

}  // namespace puente::labor
