#include "gateway/reports/files/page.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "gateway/reports/files/changes.h"
#include "gateway/reports/files/chart.h"
#include "gateway/reports/files/markup.h"
#include "gateway/reports/files/sdmx.h"
#include "gateway/reports/files/style.h"
#include "gateway/reports/files/words.h"

namespace puente::gateway::reports {
namespace {

// Rows that the page shows of a table; its CSV has all.
constexpr int kMostRows = 200;
constexpr int64_t kMostPlainRows = 50;

// "30 de noviembre de 2026, 05:09 UTC".
std::string Moment(const google::protobuf::Timestamp& time, Language language) {
  static constexpr Words kMonths[] = {
      {"enero", "January"},   {"febrero", "February"},   {"marzo", "March"},
      {"abril", "April"},     {"mayo", "May"},           {"junio", "June"},
      {"julio", "July"},      {"agosto", "August"},      {"septiembre", "September"},
      {"octubre", "October"}, {"noviembre", "November"}, {"diciembre", "December"}};
  const absl::CivilSecond second =
      absl::ToCivilSecond(absl::FromUnixSeconds(time.seconds()), absl::UTCTimeZone());
  const absl::string_view of = language == Language::kSpanish ? " de " : " ";
  const auto two = [](int number) { return absl::StrCat(absl::Dec(number, absl::kZeroPad2)); };
  return absl::StrCat(second.day(), of, In(language, kMonths[second.month() - 1]), of,
                      second.year(), ", ", two(second.hour()), ":", two(second.minute()), " UTC");
}

Words AgencyName(const std::string& agency) {
  static constexpr std::pair<absl::string_view, Words> kNames[] = {
      {"economy", {"Economía", "Economy"}}, {"education", {"Educación", "Education"}},
      {"gateway", {"Puente", "Puente"}},    {"labor", {"Trabajo", "Labor"}},
      {"science", {"Ciencia", "Science"}},
  };
  for (const auto& [id, name] : kNames) {
    if (id == agency) return name;
  }
  return {agency, agency};
}

Words KindWords(type::v1::RecordKind kind) {
  switch (kind) {
    case type::v1::RECORD_KIND_REAL:
      return {"reales", "real"};
    case type::v1::RECORD_KIND_GENERATED:
      return {"generados", "generated"};
    default:
      return {"reales y generados, o no se indica", "real and generated, or not stated"};
  }
}

class PageWriter {
 public:
  PageWriter(const View& view, Language language, Output& out)
      : view_(view), language_(language), html_(out) {}

  void Write() {
    html_.Raw("<!DOCTYPE html>\n").Open("html", {{"lang", Say({"es-MX", "en"})}}).Line();
    AddHead();
    html_.Open("body").Line();
    html_.Leaf("a", {{"class", "skip"}, {"href", "#content"}},
               Say({"Ir al contenido", "Skip to the content"}));
    AddWarning();
    AddHeader();
    html_.Open("main", {{"class", "inner"}, {"id", "content"}, {"tabindex", "-1"}}).Line();
    AddContents();
    AddChanges(html_, view_, language_);
    for (const TableView& table : view_.tables()) AddTable(table);
    AddSources();
    AddFiles();
    html_.Close().Line();
    AddFooter();
    html_.Close().Close().Line().Finish();
  }

 private:
  absl::string_view Say(const Words& words) const { return In(language_, words); }
  // Unlike the ids of the page's own parts, whatever a table is called.
  static std::string Anchor(const TableView& table) { return absl::StrCat("table-", table.id()); }

  void AddHead() {
    html_.Open("head").Line();
    html_.Void("meta", {{"charset", "utf-8"}}).Line();
    // Nothing is fetched and nothing runs, whatever a text says.
    html_
        .Void("meta", {{"http-equiv", "Content-Security-Policy"},
                       {"content", "default-src 'none'; style-src 'unsafe-inline'"}})
        .Line();
    html_.Void("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}})
        .Line();
    html_.Void("meta", {{"name", "generator"}, {"content", "Puente"}}).Line();
    html_.Leaf("title", absl::StrCat(view_.title(language_), " · Puente")).Line();
    html_.Open("style").Raw(kStyle).Close().Line().Close().Line();
  }

  void AddWarning() {
    if (!view_.is_generated()) return;
    html_.Open("aside", {{"class", "generated"}, {"aria-label", Say({"Advertencia", "Warning"})}})
        .Open("div", {{"class", "inner"}})
        .Leaf("p",
              view_.content().record_kind() == type::v1::RECORD_KIND_GENERATED
                  ? Say({"Muestra generada: cifras inventadas para mostrar el sistema; no son "
                         "hechos.",
                         "Generated sample: figures made up to show the system; they are no "
                         "facts."})
                  : Say({"Con una muestra generada: parte de las cifras es inventada para mostrar "
                         "el sistema; no son hechos.",
                         "With a generated sample: some of the figures are made up to show the "
                         "system; they are no facts."}))
        .Close()
        .Close()
        .Line();
  }

  void AddFact(const Words& name, absl::string_view value) {
    html_.Open("div").Leaf("dt", Say(name)).Leaf("dd", value).Close();
  }

  void AddHeader() {
    const Language other =
        language_ == Language::kSpanish ? Language::kEnglish : Language::kSpanish;
    html_.Open("header").Open("div", {{"class", "inner"}});
    html_.Open("p", {{"class", "over"}})
        .Leaf("span",
              Say({"Puente · Informe interinstitucional", "Puente · Inter-ministry report"}))
        .Open("span", {{"class", "other"}})
        .Leaf("a",
              {{"href", PageName(other)},
               {"hreflang", In(other, Words{"es", "en"})},
               {"lang", In(other, Words{"es", "en"})}},
              In(other, Words{"Español", "English"}))
        .Close()
        .Close();
    html_.Leaf("h1", view_.title(language_))
        .Leaf("p", {{"class", "lead"}}, view_.summary(language_));
    html_.Open("dl", {{"class", "facts"}});
    const Content& content = view_.content();
    AddFact({"Versión", "Version"}, content.version());
    AddFact({"Definición", "Definition"},
            absl::StrCat(content.definition(), ", ", Say({"versión ", "version "}),
                         content.definition_version()));
    AddFact({"Registros", "Records"}, Say(KindWords(content.record_kind())));
    if (content.sources_size() > 0) {
      AddFact({"Con lo leído hasta el", "With what was read until"},
              Moment(view_.LastRead(), language_));
    }
    html_.Close().Close().Close().Line();
  }

  void AddContents() {
    html_.Open("section", {{"aria-labelledby", "reading"}})
        .Leaf("h2", {{"id", "reading"}}, Say({"Cómo leerlo", "How to read it"}));
    html_.Leaf("p", {{"class", "note"}},
               Say({"Cada celda es una cifra o una de tres señales. Ninguna señal es cero.",
                    "Each cell is a figure or one of three marks. No mark is zero."}));
    html_.Open("ul", {{"class", "marks"}});
    static constexpr const char* kSwatches[] = {"told", "confidential", "missing", "inapplicable"};
    for (size_t i = 0; i < std::size(kStatuses); ++i) {
      html_.Open("li")
          .Leaf("span", {{"class", absl::StrCat("swatch ", kSwatches[i])}}, "")
          .Leaf("b", Say(kStatuses[i].name))
          .Text(absl::StrCat(": ", Say(kStatuses[i].meaning)))
          .Close();
    }
    html_.Close();
    if (view_.tables().size() > 1) {
      html_.Open("nav", {{"aria-labelledby", "contents"}})
          .Leaf("h2", {{"id", "contents"}}, Say({"Contenido", "Contents"}))
          .Open("ol");
      for (const TableView& table : view_.tables()) {
        html_.Open("li")
            .Leaf("a", {{"href", absl::StrCat("#", Anchor(table))}}, table.title(language_))
            .Close();
      }
      html_.Close().Close();
    }
    html_.Close().Line();
  }

  void AddTable(const TableView& table) {
    html_.Open("section", {{"aria-labelledby", Anchor(table)}})
        .Leaf("h2", {{"id", Anchor(table)}}, table.title(language_));
    if (!table.note(language_).empty()) {
      html_.Leaf("p", {{"class", "note"}}, table.note(language_));
    }
    for (const Chart& chart : table.charts()) AddChart(table, chart);
    if (table.charts().empty()) AddPlainTable(table);
    AddFilesOf(table);
    html_.Close().Line();
  }

  void AddChart(const TableView& table, const Chart& chart) {
    const ChartData data = DataOf(view_, table, chart, language_, ++charts_);
    html_.Open("figure", {{"aria-labelledby", absl::StrCat("f", charts_)}})
        .Open("div", {{"class", "chart"}})
        .Leaf("h3", {{"id", absl::StrCat("f", charts_)}}, data.title)
        .Leaf("p", {{"class", "says"}}, Sentence(data, language_));
    if (!data.points.empty()) Draw(html_, data, language_);
    html_.Close();
    if (!data.points.empty()) AddTableOf(table, data);
    html_.Close().Line();
  }

  // A scrolling region that a keyboard reaches, with a table in it.
  void OpenTable(absl::string_view caption, const char* kind) {
    html_
        .Open("div",
              {{"class", "wide"}, {"role", "region"}, {"tabindex", "0"}, {"aria-label", caption}})
        .Open("table", {{"class", kind}});
    html_.Leaf("caption", caption);
  }
  void CloseTable() { html_.Close().Close(); }

  void AddHeading(absl::string_view text, const char* kind = "") {
    html_.Open("th", {{"scope", "col"}});
    if (kind[0] != '\0') html_.With("class", kind);
    html_.Text(text).Close();
  }

  void AddFigure(const Figure& figure) {
    html_.Leaf("td", {{"class", IsTold(figure) ? "number" : "number hidden"}},
               FigureWords(figure, language_));
  }

  void AddTableOf(const TableView& table, const ChartData& data) {
    html_.Open("details", {{"open", "open"}})
        .Leaf("summary", Say({"Las mismas cifras en un cuadro", "The same figures as a table"}));
    OpenTable(absl::StrCat(data.title, " (", data.unit, ")"), "pair");
    html_.Open("thead").Open("tr");
    AddHeading(data.dimension);
    AddHeading(data.measure, "number");
    html_.Close().Close().Open("tbody").Line();
    int shown = 0;
    for (const Point& point : data.points) {
      if (++shown > kMostRows) break;
      html_.Open("tr").Leaf("th", {{"scope", "row"}}, point.name);
      AddFigure(point.figure);
      html_.Close().Line();
    }
    html_.Close();
    if (data.total.has_value()) {
      html_.Open("tfoot").Open("tr").Leaf("th", {{"scope", "row"}}, data.total_name);
      AddFigure(*data.total);
      html_.Close().Close();
    }
    CloseTable();
    AddRest(table, std::ssize(data.points) - kMostRows);
    html_.Close();
  }

  void AddRest(const TableView& table, int64_t more) {
    if (more <= 0) return;
    html_.Leaf("p", {{"class", "files"}},
               absl::StrCat(Grouped(more), Say({" filas más están en ", " more rows are in "}),
                            table.id(), ".csv."));
  }

  void AddPlainTable(const TableView& table) {
    if (table.row_count() == 0) {
      html_.Leaf("p", Say({"No tiene filas.", "It has no rows."}));
      return;
    }
    OpenTable(table.title(language_), "rows");
    html_.Open("thead").Open("tr");
    for (const DimensionView& dimension : table.dimensions()) {
      AddHeading(dimension.title(language_));
    }
    for (const FigureMeasure& measure : table.measures()) {
      AddHeading(absl::StrCat(In(language_, measure.title_es(), measure.title_en()), " (",
                              view_.UnitName(measure.unit(), language_), ")"),
                 "number");
    }
    html_.Close().Close().Open("tbody").Line();
    const int64_t shown = std::min(kMostPlainRows, table.row_count());
    for (int64_t at = 0; at < shown; ++at) {
      const TableView::Row row = table.rows()[static_cast<size_t>(at)];
      html_.Open("tr");
      for (int i = 0; i < row.codes_size(); ++i) {
        const DimensionView& dimension = table.dimensions()[i];
        const std::string& name = dimension.Name(row.codes(i), language_);
        html_.Leaf("th", {{"scope", "row"}},
                   dimension.is_period() ? PeriodWords(name, language_) : name);
      }
      for (int i = 0; i < row.figures_size(); ++i) AddFigure(row.figures(i));
      html_.Close().Line();
    }
    html_.Close();
    CloseTable();
    AddRest(table, table.row_count() - kMostPlainRows);
  }

  void AddLink(const std::string& file, absl::string_view text, const char* before = " · ") {
    html_.Text(before).Leaf("a", {{"href", file}}, text);
  }

  void AddFilesOf(const TableView& table) {
    html_.Open("p", {{"class", "files"}})
        .Text(absl::StrCat(Say({"Todas las filas (", "All rows ("}), Grouped(table.row_count()),
                           "):"));
    AddLink(absl::StrCat(table.id(), ".csv"), "CSV", " ");
    AddLink(absl::StrCat(table.id(), ".structurespecific.xml"), "SDMX-ML");
    AddLink(absl::StrCat(table.id(), ".generic.xml"), Say({"SDMX-ML genérico", "generic SDMX-ML"}));
    AddLink(absl::StrCat(table.id(), ".sdmx.csv"), "SDMX-CSV");
    AddLink(absl::StrCat(table.id(), ".sdmx.json"), "SDMX-JSON");
    if (const int count = RowsWithoutPeriod(table); count > 0) {
      html_.Text(absl::StrCat(". ", Grouped(count), Say(kLeftOut)));
    }
    html_.Close();
  }

  void AddSources() {
    html_.Open("section", {{"aria-labelledby", "sources"}})
        .Leaf("h2", {{"id", "sources"}}, Say({"De dónde viene", "Where it comes from"}));
    const Content& content = view_.content();
    if (content.sources().empty()) {
      html_.Leaf("p", Say({"No tiene fuentes.", "It has no sources."})).Close().Line();
      return;
    }
    const int64_t seconds = view_.LastRead().seconds() - view_.FirstRead().seconds();
    html_.Leaf(
        "p", {{"class", "note"}},
        absl::StrCat(Say({"Cada dependencia leyó lo suyo en un solo momento. Entre la primera "
                          "lectura y la última pasaron ",
                          "Each agency read its own at one moment. Between the first reading "
                          "and the last there were "}),
                     Grouped(seconds),
                     Say({" segundos; no se afirma un orden entre dependencias.",
                          " seconds; no order between agencies is claimed."})));
    OpenTable(Say({"Fuentes", "Sources"}), "sources");
    html_.Open("thead").Open("tr");
    AddHeading(Say({"Dependencia", "Agency"}));
    AddHeading(Say({"Leído el", "Read on"}));
    AddHeading(Say({"Posición de su bitácora", "Position of its journal"}));
    AddHeading(Say({"Bytes", "Bytes"}), "number");
    AddHeading(Say({"Resumen SHA-256 del extracto", "SHA-256 of the extract"}), "digest");
    html_.Close().Close().Open("tbody").Line();
    for (const Source& source : content.sources()) {
      html_.Open("tr")
          .Leaf("th", {{"scope", "row"}}, Say(AgencyName(source.agency())))
          .Open("td")
          .Leaf("time", {{"datetime", TimeText(source.read_time())}},
                Moment(source.read_time(), language_))
          .Close()
          .Open("td")
          .Leaf("code", source.freshness_token())
          .Close()
          .Leaf("td", {{"class", "number"}}, Grouped(source.byte_count()))
          .Open("td")
          .Leaf("code", source.sha256())
          .Close()
          .Close()
          .Line();
    }
    html_.Close();
    CloseTable();
    html_.Close().Line();
  }

  void AddFiles() {
    html_.Open("section", {{"aria-labelledby", "files"}})
        .Leaf("h2", {{"id", "files"}}, Say({"Para programas", "For programs"}));
    html_.Open("p").Text(Say({"Todo el informe:", "All of the report:"}));
    AddLink("report.json", "JSON", " ");
    AddLink("codebook.csv", Say({"libro de códigos", "codebook"}));
    AddLink("structure.xml", Say({"estructura SDMX 2.1", "SDMX 2.1 structure"}));
    AddLink("manifest.json", Say({"manifiesto", "manifest"}));
    html_.Close();
    html_.Open("p")
        .Text(
            Say({"El manifiesto tiene el resumen SHA-256 de cada archivo. Para revisar que ninguno "
                 "cambió, sin conexión: ",
                 "The manifest has the SHA-256 of every file. To see that none has changed, "
                 "offline: "}))
        .Leaf("code", Say({"puente report verify CARPETA", "puente report verify FOLDER"}))
        .Close();
    html_.Close().Line();
  }

  void AddFooter() {
    html_.Open("footer")
        .Open("div", {{"class", "inner"}})
        .Text(absl::StrCat(view_.content().report(), " · ", Say({"versión ", "version "}),
                           view_.content().version(), " · Puente"))
        .Close()
        .Close()
        .Line();
  }

  const View& view_;
  const Language language_;
  Markup html_;
  int charts_ = 0;
};

}  // namespace

std::string PageName(Language language) {
  return language == Language::kSpanish ? "report.es.html" : "report.en.html";
}

void WritePage(const View& view, Language language, Output& out) {
  PageWriter(view, language, out).Write();
}

}  // namespace puente::gateway::reports
