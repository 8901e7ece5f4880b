#include "gateway/reports/files/csv.h"

#include "absl/strings/str_cat.h"
#include "gateway/reports/files/words.h"

namespace puente::gateway::reports {
namespace {

bool RunsAsFormula(absl::string_view text) {
  return !text.empty() && absl::string_view("=+-@\t\r").find(text[0]) != absl::string_view::npos;
}

// A line of the codebook.
void AppendLine(std::string& out, std::initializer_list<absl::string_view> fields) {
  const char* before = "";
  for (const absl::string_view field : fields) {
    out.append(before);
    AppendCsvText(out, field);
    before = ",";
  }
  out.push_back('\n');
}

void AppendCodes(std::string& out, absl::string_view table, const DimensionView& dimension) {
  if (dimension.is_period()) return;
  for (const FigureCode& code : dimension.list()->codes()) {
    AppendLine(out, {table, "code", dimension.id(), code.code(),
                     dimension.Name(code.code(), Language::kSpanish),
                     dimension.Name(code.code(), Language::kEnglish)});
  }
}

}  // namespace

void AppendCsvText(std::string& out, absl::string_view text) {
  const absl::string_view guard = RunsAsFormula(text) ? "'" : "";
  if (text.find_first_of(",\"\r\n") == text.npos) {
    absl::StrAppend(&out, guard, text);
    return;
  }
  absl::StrAppend(&out, "\"", guard);
  for (const char c : text) out.append(c == '"' ? 2 : 1, c);
  out.push_back('"');
}

std::string TableCsv(const TableView& table) {
  std::string out;
  const char* before = "";
  for (const DimensionView& dimension : table.dimensions()) {
    absl::StrAppend(&out, before, dimension.id(), ",", dimension.id(), "_es,", dimension.id(),
                    "_en");
    before = ",";
  }
  for (const FigureMeasure& measure : table.measures()) {
    absl::StrAppend(&out, before, measure.measure(), ",", measure.measure(), "_status");
    before = ",";
  }
  out.push_back('\n');
  table.ForEachRow([&](const TableView::Row& row) {
    const char* comma = "";
    for (int i = 0; i < row.codes_size(); ++i) {
      const DimensionView& dimension = table.dimensions()[i];
      const std::string& code = row.codes(i);
      out.append(comma);
      AppendCsvText(out, code);
      for (const Language language : {Language::kSpanish, Language::kEnglish}) {
        out.push_back(',');
        AppendCsvText(out, dimension.Name(code, language));
      }
      comma = ",";
    }
    for (const Figure& figure : row.figures()) {
      out.append(comma);
      if (IsTold(figure)) absl::StrAppend(&out, figure.value());
      out.push_back(',');
      out.push_back(StatusOf(figure));
      comma = ",";
    }
    out.push_back('\n');
  });
  return out;
}

std::string CodebookCsv(const View& view) {
  std::string out = "table,kind,id,code,es,en\n";
  for (const TableView& table : view.tables()) {
    const std::string& id = table.id();
    const auto line = [&](absl::string_view kind, absl::string_view column, absl::string_view code,
                          const auto& text) {
      AppendLine(out, {id, kind, column, code, text(Language::kSpanish), text(Language::kEnglish)});
    };
    line("table", id, "", [&](Language language) { return table.title(language); });
    line("note", id, "", [&](Language language) { return table.note(language); });
    for (const DimensionView& dimension : table.dimensions()) {
      line("dimension", dimension.id(), "",
           [&](Language language) { return dimension.title(language); });
      AppendCodes(out, id, dimension);
    }
    for (const FigureMeasure& measure : table.measures()) {
      AppendLine(out,
                 {id, "measure", measure.measure(), "", measure.title_es(), measure.title_en()});
      line("unit", measure.measure(), measure.unit(),
           [&](Language language) { return view.UnitName(measure.unit(), language); });
    }
  }
  for (const StatusWords& status : kStatuses) {
    AppendLine(out, {"", "status", "", absl::string_view(&status.letter, 1),
                     absl::StrCat(status.name.es, ": ", status.meaning.es),
                     absl::StrCat(status.name.en, ": ", status.meaning.en)});
  }
  return out;
}

}  // namespace puente::gateway::reports
