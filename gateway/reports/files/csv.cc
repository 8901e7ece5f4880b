#include "gateway/reports/files/csv.h"

#include "absl/strings/str_cat.h"
#include "common/names/csv_text.h"
#include "gateway/reports/files/words.h"

namespace puente::gateway::reports {
namespace {

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

void WriteTableCsv(const TableView& table, Output& out) {
  std::string line;
  const char* before = "";
  for (const DimensionView& dimension : table.dimensions()) {
    absl::StrAppend(&line, before, dimension.id(), ",", dimension.id(), "_es,", dimension.id(),
                    "_en");
    before = ",";
  }
  for (const FigureMeasure& measure : table.measures()) {
    absl::StrAppend(&line, before, measure.measure(), ",", measure.measure(), "_status");
    before = ",";
  }
  line.push_back('\n');
  out.Append(line);
  const auto fields = table.OfEachCode([](const DimensionView& dimension, const std::string& code) {
    std::string three;
    AppendCsvText(three, code);
    for (const Language language : {Language::kSpanish, Language::kEnglish}) {
      three.push_back(',');
      AppendCsvText(three, dimension.Name(code, language));
    }
    return three;
  });
  table.ForEachRow([&](const TableView::Row& row) {
    if (out.failed()) return;
    line.clear();
    const char* comma = "";
    for (int i = 0; i < row.codes_size(); ++i) {
      absl::StrAppend(&line, comma, fields[i][row.number(i)]);
      comma = ",";
    }
    for (int i = 0; i < row.figures_size(); ++i) {
      const Figure figure = row.figures(i);
      line.append(comma);
      if (IsTold(figure)) absl::StrAppend(&line, figure.value());
      line.push_back(',');
      line.push_back(StatusOf(figure));
      comma = ",";
    }
    line.push_back('\n');
    out.Append(line);
  });
}

void WriteCodebookCsv(const View& view, Output& written) {
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
  written.Append(out);
}

}  // namespace puente::gateway::reports
