#include "modules/education/figure_tables/tables.h"

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/extracts/code_lists.h"
#include "common/extracts/reading.h"
#include "common/extracts/released.h"
#include "common/journal/projection.h"
#include "common/names/state.h"
#include "common/status/macros.h"
#include "modules/education/award_releases/service.h"
#include "modules/education/award_releases/tables.h"
#include "modules/education/awards/resource.h"
#include "modules/education/coverage/cuts.h"
#include "modules/education/microcredential_versions/resource.h"
#include "modules/education/program_versions/resource.h"
#include "modules/education/seat_statistics/cuts.h"
#include "puente/education/v1/microcredential.pb.h"

namespace puente::education {
namespace {

using extracts::kAll;
using extracts::Reading;
using releases::Told;
using releases::store::ToldCell;

constexpr absl::string_view kVersions = "CL_VERSION";
constexpr absl::string_view kStages = "CL_WAITING_STAGE";
constexpr absl::string_view kLevels = "CL_LEVEL";

constexpr sql::Query kPublished{
    "education.figures.versions",
    "SELECT CONCAT('microcredentials/', microcredential, '/versions/', number), title_es, title_en,"
    " number, record_kind = ? FROM microcredential_version WHERE publish_time IS NOT NULL"};

// In the order of their numbers, from 1 on.
extracts::CodeList StageList() {
  return {kStages,
          {"Qué se espera", "What is waited for"},
          {{"ASSESSMENT", {"La evaluación", "The assessment"}},
           {"RESULT", {"Su resultado", "Its result"}},
           {"AWARD", {"La constancia", "The award"}}}};
}

extracts::Dimension Version() {
  return {
      "VERSION", {"Versión de la microcredencial", "Version of the microcredential"}, kVersions};
}

// Names published versions, and gives those of the kind of records that counts.
absl::StatusOr<std::vector<std::string>> NameVersions(Reading& reading) {
  std::vector<std::string> counted;
  RETURN_IF_ERROR(
      reading.session.Each(kPublished, {static_cast<int>(reading.kind)}, [&](const sql::Row& row) {
        const std::string es = row.Text(1), en = row.Text(2), number = row.Text(3);
        reading.Name(kVersions, row.Text(0),
                     {absl::StrCat(es, " (versión ", number, ")"),
                      absl::StrCat(en.empty() ? es : en, " (version ", number, ")")});
        if (row.Int64(4) != 0) counted.push_back(row.Text(0));
        return absl::OkStatus();
      }));
  return counted;
}

// A released table of awards: `last` is the list of its last dimension. Sums over
// all but one dimension that are not told are marked where their code is public: versions, states,
// and the codes of the last dimension.
absl::Status ReadReleased(Reading& reading, absl::string_view table, size_t dimensions,
                          const extracts::CodeList& last) {
  ASSIGN_OR_RETURN(const auto release, extracts::LastRelease(reading, AwardSource()));
  if (!release) return absl::OkStatus();
  ASSIGN_OR_RETURN(const std::vector<std::string> versions, NameVersions(reading));
  std::set<std::vector<std::string>> told;
  RETURN_IF_ERROR(extracts::EachCell(reading, *release, table, [&](const ToldCell& cell) {
    std::vector<std::string> codes = extracts::CodesOf(cell, dimensions);
    int64_t number = 0;
    if (absl::SimpleAtoi(codes.back(), &number)) codes.back() = extracts::CodeOf(last, number);
    told.insert(codes);
    reading.Add(std::move(codes), {Told(cell.total)});
  }));
  const auto hide = [&](size_t dimension, absl::string_view code) {
    std::vector<std::string> codes(dimensions, kAll);
    codes[dimension] = std::string(code);
    if (!told.insert(codes).second) return;
    reading.Add(std::move(codes), {releases::Untold(type::v1::MARK_SUPPRESSED)});
  };
  for (const std::string& version : versions) hide(0, version);
  for (const FederalState& state : FederalStates()) hide(kState, state.code);
  for (const extracts::Code& code : last.codes) hide(dimensions - 1, code.code);
  hide(0, kAll);
  return absl::OkStatus();
}

absl::Status ReadAwards(Reading& reading) {
  return ReadReleased(reading, kAwardTable, 4, extracts::SexList());
}

absl::Status ReadWaiting(Reading& reading) {
  return ReadReleased(reading, kWaitingTable, 3, StageList());
}

std::string CodeOf(absl::string_view key, absl::string_view prefix = "") {
  if (key == seats::kAll) return kAll;
  return key == seats::kNone ? extracts::kNotSaid : absl::StrCat(prefix, key);
}

// Of the school cycle of the day, from the counting tables.
absl::Status ReadTeaching(Reading& reading) {
  const std::string cycle = seats::SchoolCycle(reading.day);
  bool any = false;
  std::vector<std::string> states = {std::string(seats::kAll), std::string(seats::kNone)};
  for (const FederalState& state : FederalStates()) states.emplace_back(state.code);
  for (const std::string& state : states) {
    if (reading.cancelled()) return absl::CancelledError("the module stops");
    ASSIGN_OR_RETURN(
        const auto cuts,
        journal::ReadCountsByCut(reading.session, {journal::CutRange::Prefix(seats::CutOf(
                                                      reading.kind, {cycle, state, ""}))}));
    for (const auto& [cut, counts] : cuts) {
      const auto at = [&counts = counts](int measure) {
        const auto found = counts.find(measure);
        return Told(found == counts.end() ? 0 : found->second);
      };
      any = true;
      reading.Add({CodeOf(seats::SkillOf(cut), "skills/"), CodeOf(state)},
                  {at(seats::kSeats), at(seats::kPrograms)});
    }
  }
  if (!any) reading.Add({kAll, kAll}, {Told(0), Told(0)});  // none is a count, too
  return absl::OkStatus();
}

// Of sector tables, which Economy names, the sum alone.
absl::Status ReadCoverage(Reading& reading) {
  ASSIGN_OR_RETURN(const auto cuts,
                   journal::ReadCountsByCut(reading.session, {coverage::AllAsked(reading.kind)}));
  for (const auto& [cut, counts] : cuts) {
    const coverage::Cell asked = coverage::CellOf(cut);
    if (asked.sector != coverage::kAll) continue;
    const auto uncertified = counts.find(coverage::kUncertified);
    reading.Add({CodeOf(asked.level), CodeOf(asked.state)},
                {Told(counts.at(coverage::kPublished)),
                 Told(uncertified == counts.end() ? 0 : uncertified->second)});
  }
  if (cuts.empty()) reading.Add({kAll, kAll}, {Told(0), Told(0)});  // none is a count, too
  return absl::OkStatus();
}

}  // namespace

extracts::Tables FigureTables() {
  const char* const hidden_es =
      " Se dicen las de diez personas o más. Los totales de cada versión, de cada entidad y de lo "
      "último que no se dicen están marcados como ocultos, y pueden ser ninguno; otras "
      "combinaciones que no se dicen no tienen renglón.";
  const char* const hidden_en =
      " Those of ten persons or more are told. Totals of each version, of each state and of what "
      "comes last that are not told are marked as withheld, and may be none; other combinations "
      "that are not told have no row.";
  return {
      {{.name = "award-counts",
        .title = {"Constancias por microcredencial", "Awards by microcredential"},
        .note = {absl::StrCat("Constancias que valen, por versión, entidad, trimestre en que se "
                              "expidieron y sexo, hasta el último trimestre que terminó.",
                              hidden_es),
                 absl::StrCat("Awards that hold, by version, state, quarter in which they were "
                              "issued, and sex, up to the last quarter that has ended.",
                              hidden_en)},
        .dimensions = {Version(), extracts::State(),
                       extracts::Period({"Trimestre de expedición", "Quarter of issue"}),
                       extracts::Sex()},
        .measures = {{"AWARDS", {"Constancias", "Awards"}, "AWARDS"}},
        .counted = &Awards(),
        .read = &ReadAwards},
       {.name = "award-waiting",
        .title = {"Estudiantes que esperan su constancia", "Learners who wait for an award"},
        .note = {absl::StrCat("Inscripciones sin constancia, por versión, entidad y lo que se "
                              "espera.",
                              hidden_es),
                 absl::StrCat("Enrolments without an award, by version, state and what is waited "
                              "for.",
                              hidden_en)},
        .dimensions = {Version(),
                       extracts::State(),
                       {"STAGE", {"Qué se espera", "What is waited for"}, kStages}},
        .measures = {{"LEARNERS", {"Inscripciones", "Enrolments"}, "LEARNERS"}},
        .counted = &Awards(),
        .read = &ReadWaiting},
       {.name = "teaching",
        .title = {"Lugares en programas por habilidad", "Seats in programs by skill"},
        .note =
            {"Lugares de la versión más reciente publicada de cada programa en el ciclo escolar "
             "en curso, y programas, por habilidad que enseñan y entidad del plantel. Los de un "
             "programa cuentan en cada una de sus habilidades: no se suman, y el total cuenta "
             "cada lugar una vez. Todo es público: una combinación sin renglón no tiene "
             "lugares.",
             "Seats of each program's newest published version in the current school cycle, and "
             "programs, by skill that they teach and state of the campus. Those of a program "
             "count for each of its skills: they do not add up, and the total counts each seat "
             "once. All is public: a combination without a row has no seats."},
        .dimensions = {extracts::Skill(), extracts::State()},
        .measures = {{"SEATS", {"Lugares", "Seats"}, "SEATS"},
                     {"PROGRAMS", {"Programas", "Programs"}, "VERSIONS"}},
        .counted = &ProgramVersions(),
        .read = &ReadTeaching},
       {.name = "certification-coverage",
        .title = {"Microcredenciales sin certificador", "Microcredentials without a certifier"},
        .note =
            {"La versión publicada más reciente de cada microcredencial, y cuántas no certifica "
             "hoy nadie, por nivel y entidad de su institución. Todo es público: una combinación "
             "sin renglón no tiene versiones.",
             "The newest published version of each microcredential, and how many of them nobody "
             "certifies today, by level and state of its organization. All is public: a "
             "combination without a row has no versions."},
        .dimensions = {{"LEVEL", {"Nivel", "Level"}, kLevels}, extracts::State()},
        .measures = {{"PUBLISHED", {"Versiones publicadas", "Published versions"}, "VERSIONS"},
                     {"UNCERTIFIED", {"Sin certificador", "Without a certifier"}, "VERSIONS"}},
        .counted = &MicrocredentialVersions(),
        .read = &ReadCoverage}},
      {StageList(),
       {kLevels, {"Niveles", "Levels"}},
       {kVersions, {"Versiones de microcredenciales", "Versions of microcredentials"}}}};
}

}  // namespace puente::education
