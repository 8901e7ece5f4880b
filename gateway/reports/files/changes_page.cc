#include <string>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gateway/reports/files/changes.h"
#include "gateway/reports/files/chart.h"
#include "gateway/reports/files/words.h"

namespace puente::gateway::reports {
namespace {

// What a reader calls it, one and several.
struct KindWords {
  v1::ReportChangeKind kind;
  Words one, several;
};
constexpr KindWords kKinds[] = {
    {v1::REPORT_CHANGE_KIND_RECORD_KIND,
     {"cuenta otra clase de registros", "counts another kind of records"},
     {"", ""}},
    {v1::REPORT_CHANGE_KIND_TABLE_REMOVED, {"ya no está", "is gone"}, {"", ""}},
    {v1::REPORT_CHANGE_KIND_TABLE_ADDED, {"es nueva", "is new"}, {"", ""}},
    {v1::REPORT_CHANGE_KIND_DIMENSIONS,
     {"otras dimensiones; sus filas no se comparan", "other dimensions; rows are not compared"},
     {"", ""}},
    {v1::REPORT_CHANGE_KIND_MEASURE_REMOVED,
     {"medida ya no está", "measure is gone"},
     {"medidas ya no están", "measures are gone"}},
    {v1::REPORT_CHANGE_KIND_MEASURE_ADDED,
     {"medida nueva", "new measure"},
     {"medidas nuevas", "new measures"}},
    {v1::REPORT_CHANGE_KIND_UNIT,
     {"medida con otra unidad", "measure in another unit"},
     {"medidas con otra unidad", "measures in other units"}},
    {v1::REPORT_CHANGE_KIND_ROW_REMOVED,
     {"fila ya no está", "row is gone"},
     {"filas ya no están", "rows are gone"}},
    {v1::REPORT_CHANGE_KIND_ROW_MAPPED,
     {"fila con código sustituido", "row with a replaced code"},
     {"filas con código sustituido", "rows with replaced codes"}},
    {v1::REPORT_CHANGE_KIND_ROW_ADDED, {"fila nueva", "new row"}, {"filas nuevas", "new rows"}},
    {v1::REPORT_CHANGE_KIND_FIGURES,
     {"fila con otra cifra", "row with another figure"},
     {"filas con otras cifras", "rows with other figures"}},
    {v1::REPORT_CHANGE_KIND_TEXT,
     {"texto cambió", "text has changed"},
     {"textos cambiaron", "texts have changed"}},
};

const KindWords& WordsOf(v1::ReportChangeKind kind) {
  return *absl::c_find_if(kKinds, [&](const KindWords& words) { return words.kind == kind; });
}

// "3 new rows"; of what there is one of alone, the words.
std::string CountText(const v1::ReportChangeCount& count, Language language) {
  const KindWords& words = WordsOf(count.kind());
  if (words.several.en.empty()) return std::string(In(language, words.one));
  return absl::StrCat(Grouped(count.count()), " ",
                      In(language, count.count() == 1 ? words.one : words.several));
}

std::string CountsText(const v1::ReportTableChanges& table, Language language) {
  return absl::StrJoin(table.counts(), "; ",
                       [&](std::string* out, const v1::ReportChangeCount& count) {
                         absl::StrAppend(out, CountText(count, language));
                       });
}

Words LevelWords(v1::ReportVersionLevel level) {
  switch (level) {
    case v1::REPORT_VERSION_LEVEL_MAJOR:
      return {"Algo en que se apoyan los programas ya no está, o dice otra cosa.",
              "Something that programs rest on is gone, or means something else."};
    case v1::REPORT_VERSION_LEVEL_MINOR:
      return {"Algo se agregó; nada de lo que había falta.",
              "Something was added; nothing that was there is gone."};
    case v1::REPORT_VERSION_LEVEL_PATCH:
      return {"Cambiaron cifras, señales o textos de lo que ya había.",
              "Figures, marks or texts of what was there have changed."};
    default:
      return {"No cambió nada: las mismas tablas, filas, cifras y textos, leídas de nuevo.",
              "Nothing has changed: the same tables, rows, figures and texts, read again."};
  }
}

const std::string& TitleOf(const View& view, const std::string& table, Language language) {
  const auto found =
      absl::c_find_if(view.tables(), [&](const TableView& one) { return one.id() == table; });
  return found == view.tables().end() ? table : found->title(language);
}

}  // namespace

void AddChanges(Markup& html, const View& view, Language language) {
  const Content& content = view.content();
  if (content.previous().empty()) return;
  const v1::ReportChanges& changes = content.changes();
  const auto say = [&](const Words& words) { return In(language, words); };
  html.Open("section", {{"aria-labelledby", "changes"}})
      .Leaf("h2", {{"id", "changes"}},
            absl::StrCat(say({"Qué cambió desde la versión ", "What has changed since version "}),
                         changes.previous_version()));
  html.Leaf(
      "p", {{"class", "note"}},
      absl::StrCat(say(LevelWords(changes.level())),
                   say({" Se compara con ", " It is compared with "}), content.previous(), "."));
  for (const v1::ReportTableChanges& table : changes.tables()) {
    const absl::string_view title = table.table().empty()
                                        ? say({"El informe", "The report"})
                                        : absl::string_view(TitleOf(view, table.table(), language));
    html.Leaf("h3", title)
        .Leaf("p", {{"class", "says"}}, absl::StrCat(CountsText(table, language), "."));
    const auto is_its = [&](const FirstChange& one) { return one.table() == table.table(); };
    if (!absl::c_any_of(content.first_changes(), is_its)) continue;
    html.Open("ul", {{"class", "files"}});
    for (const FirstChange& first : content.first_changes()) {
      if (!is_its(first)) continue;
      html.Leaf(
          "li",
          absl::StrCat(In(language, first.codes_es(), first.codes_en()), " · ",
                       In(language, first.measure_es(), first.measure_en()), ": ",
                       first.has_figure()
                           ? absl::StrCat(say({"ahora ", "now "}),
                                          FigureWords(Figure::Of(first.figure()).value_or(Figure()),
                                                      language))
                           : std::string(say({"ya no está", "gone"}))));
    }
    html.Close();
  }
  if (!changes.tables().empty()) {
    html.Open("p", {{"class", "files"}})
        .Text(say({"Cada cambio, con lo que decía antes: ", "Every change, with what it was: "}))
        .Leaf("a", {{"href", kChangesCsv}}, "CSV")
        .Text(" · ")
        .Leaf("a", {{"href", kChangesJson}}, "JSON")
        .Close();
  }
  html.Close().Line();
}

}  // namespace puente::gateway::reports
