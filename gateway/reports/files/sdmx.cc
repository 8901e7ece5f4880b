#include "gateway/reports/files/sdmx.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "re2/re2.h"

namespace puente::gateway::reports {
namespace {

// As SDMX's cross-domain lists say in English: CL_OBS_STATUS 2.1 and CL_CONF_STATUS.
constexpr StatusCode kObsStatuses[] = {
    {'A', {"Valor normal", "Normal value"}},
    {'M', {"Valor ausente; el dato no puede existir", "Missing value; data cannot exist"}},
    {'O', {"Valor ausente", "Missing value"}},
    {'Q', {"Valor ausente; suprimido", "Missing value; suppressed"}},
};
constexpr StatusCode kConfStatuses[] = {
    {'C', {"Información estadística confidencial", "Confidential statistical information"}},
    {'F', {"Libre", "Free"}},
};
constexpr ConceptWords kCommonConcepts[] = {
    {"CONF_STATUS", {"Confidencialidad", "Confidentiality status"}},
    {"MEASURE", {"Medida", "Measure"}},
    {"OBS_STATUS", {"Estado de la observación", "Observation status"}},
    {"OBS_VALUE", {"Valor observado", "Observation value"}},
    {"TIME_PERIOD", {"Periodo", "Time period"}},
    {"UNIT_MEASURE", {"Unidad de medida", "Unit of measure"}},
};

}  // namespace

std::string DataflowId(const TableView& table) {
  return absl::AsciiStrToUpper(absl::StrReplaceAll(table.id(), {{"-", "_"}}));
}

std::string StructureId(const TableView& table) { return absl::StrCat("DSD_", DataflowId(table)); }

std::string MeasureListId(const TableView& table) {
  return absl::StrCat("CL_MEASURE_", DataflowId(table));
}

std::string CodeId(absl::string_view code) {
  std::string id;
  for (const char c : code) {
    // A spreadsheet would take a first "-" for a formula.
    if (absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '_' ||
        (c == '-' && !id.empty())) {
      id.push_back(c);
    } else {
      absl::StrAppendFormat(&id, "$%02X", static_cast<unsigned char>(c));
    }
  }
  return id;
}

std::string StructureVersion(const View& view) {
  static const RE2 form("([0-9]+\\.[0-9]+)\\.[0-9]+");
  std::string version;
  if (RE2::FullMatch(view.content().version(), form, &version)) return version;
  return absl::StrCat(view.content().definition_version(), ".0");
}

char ConfStatus(const Figure& figure) { return StatusOf(figure) == 'Q' ? 'C' : 'F'; }

absl::Span<const StatusCode> ObsStatuses() { return kObsStatuses; }
absl::Span<const StatusCode> ConfStatuses() { return kConfStatuses; }
absl::Span<const ConceptWords> CommonConcepts() { return kCommonConcepts; }

bool HasPeriod(const TableView& table, const TableView::Row& row) {
  return table.period() < 0 || !IsSpecial(row.codes(table.period()));
}

int RowsWithoutPeriod(const TableView& table) {
  int count = 0;
  table.ForEachRow([&](const TableView::Row& row) { count += !HasPeriod(table, row); });
  return count;
}

std::string ComponentId(const TableView& table, int dimension) {
  return dimension == table.period() ? "TIME_PERIOD" : table.dimensions()[dimension].id();
}

void ForEachObservation(const TableView& table,
                        absl::FunctionRef<void(const TableView::Row&, int, const Figure&)> visit) {
  table.ForEachRow([&](const TableView::Row& row) {
    if (!HasPeriod(table, row)) return;
    for (int i = 0; i < row.figures_size(); ++i) visit(row, i, row.figures(i));
  });
}

void AppendHeader(Markup& xml, const View& view, absl::string_view id) {
  xml.Open("mes:Header")
      .Leaf("mes:ID", absl::StrCat(CodeId(view.content().report()), "-", id))
      // What is generated is no statistic.
      .Leaf("mes:Test", view.is_generated() ? "true" : "false")
      .Leaf("mes:Prepared", TimeText(view.LastRead()))
      .Open("mes:Sender", {{"id", kAgencyId}});
  AppendNames(xml, "Puente", "Puente");
  xml.Close();
}

void AppendNames(Markup& xml, absl::string_view es, absl::string_view en) {
  xml.Leaf("com:Name", {{"xml:lang", "es"}}, es)
      .Leaf("com:Name", {{"xml:lang", "en"}}, en.empty() ? es : en);
}

}  // namespace puente::gateway::reports
