// A report as SDMX 2.1, the statistical offices' own form: a structure message, and data of each
// table as structure-specific and generic ML, CSV 1.0 and JSON 1.0.
//
// What a table counts is a dimension MEASURE, so that every row is understood by tools that know
// nothing of measure dimensions. A dimension of periods is TIME_PERIOD, which has no code for
// totals: rows whose period is one (or unknown) are left out of the data, and stand in the other
// files. docs/decisions/0068 says why.
#pragma once

#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "gateway/reports/files/markup.h"
#include "gateway/reports/files/output.h"
#include "gateway/reports/files/view.h"
#include "gateway/reports/files/words.h"

namespace puente::gateway::reports {

inline constexpr char kAgencyId[] = "PUENTE";

// Ids that tables, dimensions and codes have in SDMX.
// "award-counts" → "AWARD_COUNTS"; no two tables share one.
std::string DataflowId(const TableView& table);
std::string StructureId(const TableView& table);
std::string MeasureListId(const TableView& table);
// "skills/welding" → "skills$2Fwelding": each byte that an id can't have is "$" and two digits, so
// that the code can be had back.
std::string CodeId(absl::string_view code);
// Of structures, which stay while tables and codes do: "1.2" of the report's "1.2.3".
std::string StructureVersion(const View& view);

// F (free) or C (confidential), whatever hid it. OBS_STATUS is StatusOf().
char ConfStatus(const Figure& figure);

// What statuses are called.
struct StatusCode {
  char letter;
  Words name;
};
absl::Span<const StatusCode> ObsStatuses();
absl::Span<const StatusCode> ConfStatuses();

// Names of what every structure has.
struct ConceptWords {
  const char* id;
  Words name;
};
absl::Span<const ConceptWords> CommonConcepts();

// Whether the row is of a period that SDMX can say; all rows of tables without periods are.
bool HasPeriod(const TableView& table, const TableView::Row& row);
// How many rows SDMX data leaves out.
int RowsWithoutPeriod(const TableView& table);
// A dimension as a column is called: TIME_PERIOD for that of periods.
std::string ComponentId(const TableView& table, int dimension);
// Each observation of the table, in the order of its rows.
void ForEachObservation(
    const TableView& table,
    absl::FunctionRef<void(const TableView::Row&, int measure, const Figure&)> visit);

// With what every message begins.
void AppendHeader(Markup& xml, const View& view, absl::string_view id);
// "<Name xml:lang="es">…" and in English.
void AppendNames(Markup& xml, absl::string_view es, absl::string_view en);

// Kinds of artefacts.
enum class Artefact { kDataflow, kCodeList, kConceptScheme, kDataStructure };
inline constexpr char kConceptSchemeId[] = "CS_PUENTE";
// Those of the views that are wanted, each once, lists and concepts with what all views of its
// version have; the header is of the first view, of which there is one at least.
void WriteStructureXml(
    absl::Span<const View* const> views,
    absl::FunctionRef<bool(const View& view, Artefact kind, absl::string_view id)> wanted,
    Output& out);
// All of a report.
void WriteStructureXml(const View& view, Output& out);
// The lists that a table's structure refers to.
std::vector<std::string> ListsOf(const TableView& table);

// What of data is written.
struct DataOptions {
  enum Detail { kFull, kDataOnly, kSeriesKeysOnly, kNoData } detail = kFull;
  // The dimension that series go along, by its number; kFlat without series; kUsual is what files
  // have.
  static constexpr int kFlat = -1, kUsual = -2;
  int along = kUsual;
};
void WriteSpecificXml(const View& view, const TableView& table, const DataOptions& options,
                      Output& out);
void WriteGenericXml(const View& view, const TableView& table, const DataOptions& options,
                     Output& out);
void WriteSdmxCsv(const View& view, const TableView& table, Output& out);
void WriteSdmxJson(const View& view, const TableView& table, Output& out);

}  // namespace puente::gateway::reports
