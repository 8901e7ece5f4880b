#include "cli/report_tables.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cli/format.h"
#include "cli/width.h"
#include "cli/words.h"

namespace puente::cli {
namespace {

using gateway::v1::Report;
using gateway::v1::ReportDefinition;
using gateway::v1::ReportExtract;

constexpr Label kReport{"report", "informe"};
constexpr Label kDefinition{"definition", "definición"};
constexpr Label kTitle{"title", "título"};
constexpr Label kTable{"table", "tabla"};
constexpr Label kTables{"tables", "tablas"};
constexpr Label kRows{"rows", "renglones"};
constexpr Label kFile{"file", "archivo"};
constexpr Label kBytes{"bytes", "bytes"};
constexpr Label kAgency{"agency", "dependencia"};
constexpr Label kReadAt{"read at", "leído el"};
constexpr Label kAskedFor{"asked for", "pedido"};
constexpr Label kAskedBy{"asked for by", "pedido por"};
constexpr Label kApprovedBy{"approved by", "aprobado por"};
constexpr Label kPublishedAt{"published at", "publicado el"};
constexpr Label kEmbargo{"not before", "no antes del"};
constexpr Label kSpread{"read within", "leído en"};
constexpr Label kWhy{"why", "motivo"};
constexpr Label kVersionOf{"version", "versión"};
constexpr Label kSchedule{"schedule", "calendario"};
constexpr Label kEveryTime{"every", "cada"};
constexpr Label kNextTime{"next time", "próxima vez"};
constexpr Label kLastReport{"last report", "último informe"};
constexpr Label kSince{"compared with", "comparado con"};
constexpr Label kChanges{"what changed", "qué cambió"};
constexpr Label kWholeReport{"the report", "el informe"};

std::string Say(Language language, const Label& label) { return std::string(In(language, label)); }

template <class Titled>
const std::string& TitleOf(Language language, const Titled& titled) {
  return language == Language::kSpanish ? titled.title_es() : titled.title_en();
}

using Facts = std::vector<std::pair<std::string, std::string>>;

// Texts, one below the other.
void PrintFacts(Printer& printer, const Facts& facts) {
  size_t width = 0;
  for (const auto& [name, text] : facts) width = std::max(width, DisplayWidth(name));
  for (const auto& [name, text] : facts) {
    printer.Line(absl::StrCat(PadRight(name, width), "  ", text));
  }
}

std::string Of(const std::string& path, const std::string& actor) {
  return absl::StrCat(path, " ", actor);
}

const Label& LabelOf(gateway::v1::ReportVersionLevel level) {
  static constexpr Word kWords[] = {
      {gateway::v1::REPORT_VERSION_LEVEL_SAME, {"same", "igual"}},
      {gateway::v1::REPORT_VERSION_LEVEL_PATCH, {"patch", "corrección"}},
      {gateway::v1::REPORT_VERSION_LEVEL_MINOR, {"minor", "menor"}},
      {gateway::v1::REPORT_VERSION_LEVEL_MAJOR, {"major", "mayor"}},
  };
  return Find(kWords, level);
}

// As a header of a table says it: what is counted stands beside it.
const Label& LabelOf(gateway::v1::ReportChangeKind kind) {
  static constexpr Word kWords[] = {
      {gateway::v1::REPORT_CHANGE_KIND_RECORD_KIND,
       {"another kind of records", "otra clase de registros"}},
      {gateway::v1::REPORT_CHANGE_KIND_TABLE_REMOVED, {"gone", "ya no está"}},
      {gateway::v1::REPORT_CHANGE_KIND_TABLE_ADDED, {"new", "nueva"}},
      {gateway::v1::REPORT_CHANGE_KIND_DIMENSIONS, {"other dimensions", "otras dimensiones"}},
      {gateway::v1::REPORT_CHANGE_KIND_MEASURE_REMOVED,
       {"measures gone", "medidas que ya no están"}},
      {gateway::v1::REPORT_CHANGE_KIND_MEASURE_ADDED, {"new measures", "medidas nuevas"}},
      {gateway::v1::REPORT_CHANGE_KIND_UNIT,
       {"measures in other units", "medidas con otra unidad"}},
      {gateway::v1::REPORT_CHANGE_KIND_ROW_REMOVED, {"rows gone", "renglones que ya no están"}},
      {gateway::v1::REPORT_CHANGE_KIND_ROW_MAPPED,
       {"rows with replaced codes", "renglones con código sustituido"}},
      {gateway::v1::REPORT_CHANGE_KIND_ROW_ADDED, {"new rows", "renglones nuevos"}},
      {gateway::v1::REPORT_CHANGE_KIND_FIGURES,
       {"rows with other figures", "renglones con otras cifras"}},
      {gateway::v1::REPORT_CHANGE_KIND_TEXT, {"other texts", "otros textos"}},
  };
  return Find(kWords, kind);
}

// "1.1.0 minor"; the version alone of a first report.
std::string VersionText(Language language, const Report& report) {
  if (!report.has_changes()) return report.report_version();
  return absl::StrCat(report.report_version(), " ",
                      In(language, LabelOf(report.changes().level())));
}

// A table of what is different from the report before.
Table TableOfChanges(Language language, const gateway::v1::ReportChanges& changes) {
  Table table({{Say(language, kTable), Column::kLeft, 40},
               {"", Column::kRight},
               {Say(language, kChanges)}});
  for (const auto& one : changes.tables()) {
    for (const auto& count : one.counts()) {
      table.Add({one.table().empty() ? Say(language, kWholeReport) : one.table(),
                 CountText(count.count()), Say(language, LabelOf(count.kind()))});
    }
  }
  return table;
}

}  // namespace

const Label& LabelOf(gateway::v1::ReportState state) {
  static constexpr Word kWords[] = {
      {gateway::v1::REPORT_STATE_QUEUED, {"queued", "en cola"}},
      {gateway::v1::REPORT_STATE_READING, {"reading", "en lectura"}},
      {gateway::v1::REPORT_STATE_DRAFTED, {"drafted", "borrador"}},
      {gateway::v1::REPORT_STATE_APPROVED, {"approved", "aprobado"}},
      {gateway::v1::REPORT_STATE_PUBLISHED, {"published", "publicado"}},
      {gateway::v1::REPORT_STATE_CANCELLED, {"cancelled", "cancelado"}},
      {gateway::v1::REPORT_STATE_FAILED, {"failed", "fallido"}},
      {gateway::v1::REPORT_STATE_WITHDRAWN, {"withdrawn", "retirado"}},
  };
  return Find(kWords, state);
}

Table TableOfReports(Language language, const google::protobuf::RepeatedPtrField<Report>& reports) {
  Table table({{Say(language, kReport), Column::kLeft, 34},
               {Say(language, label::kRecordState)},
               {Say(language, kAskedFor)},
               {Say(language, kVersionOf), Column::kTextBelow},
               {Say(language, kTitle), Column::kTextBelow},
               {Say(language, kWhy), Column::kTextBelow}});
  for (const Report& report : reports) {
    const std::string& failure =
        language == Language::kSpanish ? report.failure_es() : report.failure_en();
    table.Add({LastId(report.name()), Say(language, LabelOf(report.state())),
               TimeText(report.create_time()), VersionText(language, report),
               TitleOf(language, report),
               report.failure().empty() ? report.state_reason()
                                        : absl::StrCat(failure, " [", report.failure(), "]")});
  }
  return table;
}

Table TableOfDefinitions(Language language,
                         const google::protobuf::RepeatedPtrField<ReportDefinition>& definitions) {
  Table table({{Say(language, kDefinition), Column::kLeft, 40},
               {Say(language, kVersionOf), Column::kRight},
               {Say(language, kTables), Column::kRight},
               {Say(language, kTitle), Column::kTextBelow}});
  for (const ReportDefinition& definition : definitions) {
    table.Add({LastId(definition.name()), absl::StrCat(definition.definition_version()),
               absl::StrCat(definition.tables_size()), TitleOf(language, definition)});
  }
  return table;
}

const Label& LabelOf(gateway::v1::ReportScheduleState state) {
  static constexpr Word kWords[] = {
      {gateway::v1::REPORT_SCHEDULE_STATE_ACTIVE, {"active", "activo"}},
      {gateway::v1::REPORT_SCHEDULE_STATE_PAUSED, {"paused", "en pausa"}},
      {gateway::v1::REPORT_SCHEDULE_STATE_ENDED, {"ended", "terminado"}},
  };
  return Find(kWords, state);
}

Table TableOfSchedules(
    Language language,
    const google::protobuf::RepeatedPtrField<gateway::v1::ReportSchedule>& schedules) {
  static constexpr Word kEvery[] = {
      {gateway::v1::REPORT_FREQUENCY_WEEKLY, {"week", "semana"}},
      {gateway::v1::REPORT_FREQUENCY_MONTHLY, {"month", "mes"}},
      {gateway::v1::REPORT_FREQUENCY_QUARTERLY, {"quarter", "trimestre"}},
      {gateway::v1::REPORT_FREQUENCY_YEARLY, {"year", "año"}},
  };
  Table table({{Say(language, kSchedule), Column::kLeft, 30},
               {Say(language, label::kRecordState)},
               {Say(language, kEveryTime)},
               {Say(language, kNextTime)},
               {Say(language, kDefinition), Column::kTextBelow},
               {Say(language, kLastReport), Column::kTextBelow},
               {Say(language, kWhy), Column::kTextBelow}});
  for (const auto& schedule : schedules) {
    const std::string& failure =
        language == Language::kSpanish ? schedule.failure_es() : schedule.failure_en();
    table.Add({LastId(schedule.name()), Say(language, LabelOf(schedule.state())),
               Say(language, Find(kEvery, schedule.frequency())),
               schedule.has_next_run_time() ? TimeText(schedule.next_run_time()) : "",
               LastId(schedule.report_definition()), LastId(schedule.last_report()),
               schedule.failure().empty() ? schedule.state_reason()
                                          : absl::StrCat(failure, " [", schedule.failure(), "]")});
  }
  return table;
}

std::string ProgressText(Language language, const ReportExtract& extract) {
  const std::string tables = absl::StrJoin(extract.tables(), ", ");
  const auto kilobytes = [](int64_t bytes) { return CountText((bytes + 1023) / 1024); };
  const bool spanish = language == Language::kSpanish;
  switch (extract.state()) {
    case gateway::v1::REPORT_EXTRACT_STATE_WANTED:
      return absl::StrCat(extract.agency(),
                          spanish ? ": sin respuesta todavía, se le pide "
                                  : ": has not answered yet, is asked for ",
                          tables);
    case gateway::v1::REPORT_EXTRACT_STATE_ASKED:
      return absl::StrCat(extract.agency(), spanish ? ": lee " : ": reads ", tables);
    case gateway::v1::REPORT_EXTRACT_STATE_READ:
      return absl::StrCat(extract.agency(), spanish ? ": llegan " : ": fetched ",
                          kilobytes(extract.kept_byte_count()), spanish ? " de " : " of ",
                          kilobytes(extract.byte_count()), " KB");
    default:
      return absl::StrCat(extract.agency(), spanish ? ": guardado, " : ": kept, ",
                          kilobytes(extract.byte_count()), " KB");
  }
}

void Print(Printer& printer, const Report& report) {
  const Language language = printer.language();
  printer.Heading(TitleOf(language, report));
  Facts facts = {{printer.Say(kReport), report.name()},
                 {printer.Say(label::kRecordState), printer.Say(LabelOf(report.state()))},
                 {printer.Say(kDefinition),
                  absl::StrCat(LastId(report.report_definition()), ", ", printer.Say(kVersionOf),
                               " ", report.definition_version())},
                 {printer.Say(kVersionOf), VersionText(language, report)},
                 {printer.Say(kAskedBy), Of(report.maker(), report.maker_actor())}};
  if (!report.previous().empty()) {
    facts.push_back({printer.Say(kSince),
                     absl::StrCat(report.previous(), ", ", report.changes().previous_version())});
  }
  if (!report.approver().empty()) {
    facts.push_back({printer.Say(kApprovedBy), Of(report.approver(), report.approver_actor())});
  }
  if (report.has_embargo_time()) {
    facts.push_back({printer.Say(kEmbargo), TimeText(report.embargo_time())});
  }
  if (report.has_publish_time()) {
    facts.push_back({printer.Say(kPublishedAt), TimeText(report.publish_time())});
  }
  if (report.has_read_spread()) {
    facts.push_back({printer.Say(kSpread), DurationText(report.read_spread())});
  }
  PrintFacts(printer, facts);
  if (!report.state_reason().empty()) {
    printer.Warning(absl::StrCat(printer.Say(kWhy), ": ", report.state_reason()));
  }
  if (!report.failure().empty()) {
    printer.Warning(
        absl::StrCat(language == Language::kSpanish ? report.failure_es() : report.failure_en(),
                     " [", report.failure(), "]"));
  }
  Table extracts({{printer.Say(kAgency)},
                  {printer.Say(kReadAt)},
                  {printer.Say(kBytes), Column::kRight},
                  {"SHA-256", Column::kBelow}});
  for (const ReportExtract& extract : report.extracts()) {
    extracts.Add({extract.agency(), extract.has_read_time() ? TimeText(extract.read_time()) : "",
                  CountText(extract.byte_count()), extract.sha256()});
  }
  if (!extracts.empty()) printer.Print(extracts);
  Table tables({{printer.Say(kTable), Column::kLeft, 60},
                {printer.Say(kRows), Column::kRight},
                {printer.Say(kTitle), Column::kTextBelow}});
  for (const auto& table : report.tables()) {
    tables.Add({table.table(), CountText(table.row_count()), TitleOf(language, table)});
  }
  if (!tables.empty()) printer.Print(tables);
  const Table changes = TableOfChanges(language, report.changes());
  if (!changes.empty()) printer.Print(changes);
  Table files({{printer.Say(kFile), Column::kLeft, 60}, {printer.Say(kBytes), Column::kRight}});
  for (const auto& file : report.files()) {
    files.Add({file.path(), CountText(file.byte_count())});
  }
  if (!files.empty()) printer.Print(files);
}

}  // namespace puente::cli
