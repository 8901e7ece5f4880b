#include "tests/gateway/report_files/samples.h"

#include <google/protobuf/text_format.h>

#include <array>
#include <set>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/substitute.h"
#include "common/names/state.h"

namespace puente::gateway::reports {
namespace {

constexpr char kTricky[] = R"pb(
  report: "tricky"
  definition: "tricky-things"
  definition_version: 3
  title_es: "Cosas <difíciles> & \"raras\""
  title_en: "<script>alert('x')</script> & things"
  summary_es: "Una línea.\nY otra; مرحبا 👩‍🏭."
  summary_en: "A line.\nAnd another; مرحبا 👩‍🏭."
  version: "1.2.3"
  record_kind: RECORD_KIND_REAL
  sources {
    agency: "education"
    extract: "figureExtracts/1b4e28ba-2fa1-41d2-883f-0016d3cca427"
    read_time { seconds: 1796015384 nanos: 120000000 }
    freshness_token: "education:77"
    sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
    byte_count: 1234567
  }
  code_lists {
    code_list: "CL_SKILL"
    title_es: "Habilidades"
    title_en: "Skills"
    codes { code: "_T" name_es: "Todas" name_en: "All" }
    codes { code: "skills/welding" name_es: "Soldadura" name_en: "Welding" }
    codes { code: "skills/$weld" name_es: "-3 \"grados\", =1+1" name_en: "-3 \"degrees\"" }
    codes { code: "=cmd" name_es: "=cmd|' /C calc'!A0" name_en: "@SUM(1)" }
    codes { code: "+x" name_es: "línea\r\notra" name_en: "\ttab" }
    codes { code: "مرحبا" name_es: "\342\200\256مرحبا" name_en: "مرحبا" }
    codes { code: "👩‍🏭" name_es: "<script>alert(1)</script>" name_en: "</svg><script>" }
    codes { code: "_U" name_es: "No se indica" name_en: "Not stated" }
  }
  code_lists {
    code_list: "CL_UNIT"
    title_es: "Unidades"
    title_en: "Units"
    codes { code: "AWARDS" name_es: "constancias" name_en: "awards" }
    codes { code: "DAYS" name_es: "días" name_en: "days" }
  }
  tables {
    table {
      table: "skill-awards"
      title_es: "Constancias, por habilidad"
      title_en: "Awards, by skill"
      note_es: "Cuenta <todo>."
      note_en: "Counts <all>."
      dimensions {
        dimension: "SKILL"
        title_es: "Habilidad"
        title_en: "Skill"
        code_list: "CL_SKILL"
      }
      dimensions { dimension: "PERIOD" title_es: "Trimestre" title_en: "Quarter" }
      measures { measure: "AWARDS" title_es: "Constancias" title_en: "Awards" unit: "AWARDS" }
      measures { measure: "DAYS" title_es: "Días" title_en: "Days" unit: "DAYS" }
    }
    rows {
      codes: "+x"
      codes: "2026-Q3"
      figures { value: 0 }
      figures { mark: MARK_NOT_APPLICABLE }
    }
    rows {
      codes: "=cmd"
      codes: "2026-Q3"
      figures { value: 7 }
      figures { mark: MARK_MISSING }
    }
    rows {
      codes: "_T"
      codes: "2026-Q2"
      figures { value: 1234567 }
      figures { value: 4 }
    }
    rows {
      codes: "_T"
      codes: "2026-Q3"
      figures { value: 1200001 }
      figures { value: 5 }
    }
    rows {
      codes: "_T"
      codes: "_T"
      figures { value: 2434568 }
      figures { value: 4 }
    }
    rows {
      codes: "_U"
      codes: "_T"
      figures { value: 12 }
      figures { mark: MARK_MISSING }
    }
    rows {
      codes: "skills/$weld"
      codes: "_T"
      figures { mark: MARK_SUPPRESSED }
      figures { value: 9 }
    }
    rows {
      codes: "skills/welding"
      codes: "2026-Q3"
      figures { value: -5 }
      figures { value: 0 }
    }
    rows {
      codes: "skills/welding"
      codes: "_T"
      figures { value: 0 }
      figures { value: 0 }
    }
    rows {
      codes: "مرحبا"
      codes: "2026-Q3"
      figures { mark: MARK_SUPPRESSED }
      figures { mark: MARK_SUPPRESSED }
    }
    rows {
      codes: "مرحبا"
      codes: "_T"
      figures { value: 31 }
      figures { mark: MARK_MISSING }
    }
    rows {
      codes: "👩‍🏭"
      codes: "_T"
      figures { mark: MARK_NOT_APPLICABLE }
      figures { mark: MARK_NOT_APPLICABLE }
    }
    charts { kind: BARS dimension: "SKILL" measure: "AWARDS" }
    charts { kind: LINES dimension: "PERIOD" measure: "AWARDS" }
  }
  tables { table { table: "empty" title_es: "Vacía" title_en: "Empty" } }
)pb";

// The head of a report over generated records, with lists that all of its tables use.
constexpr char kCountry[] = R"pb(
  report: "need-and-teaching-2026-q3"
  definition: "need-and-teaching"
  definition_version: 1
  title_es: "Necesidad y enseñanza por estado, sector y habilidad"
  title_en: "Need and teaching by state, sector and skill"
  summary_es: "Cuántas personas dicen las empresas que necesitan y cuántos lugares se enseñan, por entidad, sector y habilidad. Cuatro dependencias responden cada una por lo suyo; nadie puede saber de una sola persona o empresa."
  summary_en: "How many people companies say they need and how many seats are taught, by state, sector and skill. Four agencies answer, each for its own; nothing is told of a single person or company."
  version: "1.0.0"
  record_kind: RECORD_KIND_GENERATED
  code_lists {
    code_list: "CL_SECTOR"
    title_es: "Sectores SCIAN"
    title_en: "SCIAN sectors"
    codes { code: "_T" name_es: "Total" name_en: "Total" }
    codes {
      code: "11"
      name_es: "Agricultura, cría y explotación de animales, aprovechamiento forestal, pesca y caza"
      name_en: "Agriculture, livestock, forestry, fishing and hunting"
    }
    codes { code: "23" name_es: "Construcción" name_en: "Construction" }
    codes { code: "31-33" name_es: "Industrias manufactureras" name_en: "Manufacturing" }
    codes {
      code: "48-49"
      name_es: "Transportes, correos y almacenamiento"
      name_en: "Transport, post and storage"
    }
    codes {
      code: "51"
      name_es: "Información en medios masivos"
      name_en: "Information in mass media"
    }
    codes {
      code: "62"
      name_es: "Servicios de salud y de asistencia social"
      name_en: "Health and social care"
    }
    codes {
      code: "72"
      name_es: "Alojamiento temporal y preparación de alimentos y bebidas"
      name_en: "Accommodation, food and beverages"
    }
    codes { code: "_U" name_es: "No se indica" name_en: "Not stated" }
  }
  code_lists {
    code_list: "CL_UNIT"
    title_es: "Unidades"
    title_en: "Units"
    codes { code: "PERSONS" name_es: "personas" name_en: "persons" }
    codes { code: "SEATS" name_es: "lugares" name_en: "seats" }
    codes { code: "DAYS" name_es: "días" name_en: "days" }
  }
)pb";

constexpr char kDimension[] =
    R"pb(dimension: "$0" title_es: "$1" title_en: "$2" code_list: "$3")pb";
constexpr char kMeasure[] = R"pb(measure: "$0" title_es: "$1" title_en: "$2" unit: "$3")pb";

template <class Message>
Message Parsed(const std::string& text) {
  Message message;
  if (!google::protobuf::TextFormat::ParseFromString(text, &message)) std::abort();
  return message;
}

template <class... Texts>
void AddDimension(Table& table, Texts... texts) {
  *table.mutable_table()->add_dimensions() =
      Parsed<api::v1::FigureDimension>(absl::Substitute(kDimension, texts...));
}

template <class... Texts>
void AddMeasure(Table& table, Texts... texts) {
  *table.mutable_table()->add_measures() =
      Parsed<api::v1::FigureMeasure>(absl::Substitute(kMeasure, texts...));
}

void AddChart(Table& table, Chart::Kind kind, const char* dimension, const char* measure) {
  Chart& chart = *table.add_charts();
  chart.set_kind(kind);
  chart.set_dimension(dimension);
  chart.set_measure(measure);
}

void AddRow(Table& table, std::initializer_list<std::string> codes,
            std::initializer_list<int64_t> figures) {
  api::v1::FigureRow& row = *table.add_rows();
  for (const std::string& code : codes) row.add_codes(code);
  for (const int64_t figure : figures) {
    type::v1::Figure& added = *row.add_figures();
    // Below zero the mark.
    if (figure >= 0) {
      added.set_value(figure);
    } else {
      added.set_mark(static_cast<type::v1::Mark>(-figure));
    }
  }
}

void AddSource(Content& content, const char* agency, int64_t seconds) {
  Source& source = *content.add_sources();
  source.set_agency(agency);
  source.set_extract(absl::StrCat("figureExtracts/5f3c0b1e-0000-4000-8000-", seconds + 10000));
  source.mutable_read_time()->set_seconds(seconds);
  source.set_freshness_token(absl::StrCat("MTo", seconds % 100000));
  source.set_sha256("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08");
  source.set_byte_count(seconds % 1000000);
}

void AddStates(Content& content) {
  api::v1::FigureCodeList& states = *content.add_code_lists();
  states.set_code_list("CL_STATE");
  states.set_title_es("Entidades federativas");
  states.set_title_en("States");
  const auto add = [&](absl::string_view code, absl::string_view es, absl::string_view en) {
    api::v1::FigureCode& added = *states.add_codes();
    added.set_code(std::string(code));
    added.set_name_es(std::string(es));
    added.set_name_en(std::string(en));
  };
  add("_T", "Total nacional", "Whole country");
  for (const FederalState& state : FederalStates()) add(state.code, state.name, state.name);
  add("_U", "No se indica", "Not stated");
}

}  // namespace

Content TrickyContent() { return Parsed<Content>(kTricky); }

Content CountryContent() {
  Content content = Parsed<Content>(kCountry);
  for (const auto& [agency, second] :
       {std::pair("economy", 3), {"education", 41}, {"labor", 9}, {"science", 17}}) {
    AddSource(content, agency, 1796015384 + second);
  }
  AddStates(content);
  std::mt19937 random(17);
  const auto drawn = [&](int64_t most) { return static_cast<int64_t>(random() % most); };

  Table& need = *content.add_tables();
  need.mutable_table()->set_table("need-by-state");
  need.mutable_table()->set_title_es(
      "Personas que las empresas necesitan y lugares que se enseñan");
  need.mutable_table()->set_title_en("People whom companies need, and seats taught");
  need.mutable_table()->set_note_es(
      "Cuenta declaraciones vigentes de empresas registradas. Una celda se reserva cuando menos de "
      "cuatro empresas la forman o una sola tiene más del 80 %.");
  need.mutable_table()->set_note_en(
      "Counts statements in force of registered companies. A cell is withheld where fewer than "
      "four "
      "companies form it, or one has more than 80 %.");
  AddDimension(need, "SECTOR", "Sector", "Sector", "CL_SECTOR");
  AddDimension(need, "STATE", "Entidad federativa", "State", "CL_STATE");
  AddDimension(need, "PERIOD", "Trimestre", "Quarter", "");
  AddMeasure(need, "PERSONS", "Personas requeridas", "People needed", "PERSONS");
  AddMeasure(need, "SEATS", "Lugares de formación", "Seats taught", "SEATS");
  const char* const quarters[] = {"2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4",
                                  "2026-Q1", "2026-Q2", "2026-Q3"};
  const int64_t by_sector[] = {1820, 2411, 12044, 3310, 0, -1, 1975};
  const char* const sectors[] = {"11", "23", "31-33", "48-49", "51", "62", "72"};
  for (int i = 0; i < 7; ++i) {
    AddRow(need, {sectors[i], "_T", "_T"},
           {by_sector[i], by_sector[i] < 0 ? -2 : by_sector[i] / 3});
  }
  for (const FederalState& state : FederalStates()) {
    const std::string code(state.code);
    const int64_t persons = code == "06"   ? -1
                            : code == "29" ? -1
                            : code == "04" ? -2
                            : code == "18" ? 0
                            : code == "31" ? -3
                                           : 90 + drawn(40) * drawn(40) * (code > "13" ? 2 : 1);
    AddRow(need, {"_T", code, "_T"}, {persons, persons < 0 ? persons : drawn(900)});
  }
  for (int i = 0; i < 7; ++i) {
    AddRow(need, {"_T", "_T", quarters[i]},
           {i == 3 ? -1 : 2100 + 310 * i + drawn(400), 700 + 120 * i + drawn(90)});
  }
  AddRow(need, {"_T", "_T", "_T"}, {24310, 8122});
  AddRow(need, {"_T", "_U", "_T"}, {412, -2});
  AddRow(need, {"_U", "_T", "_T"}, {155, -2});
  AddChart(need, Chart::TILES, "STATE", "PERSONS");
  AddChart(need, Chart::BARS, "SECTOR", "PERSONS");
  AddChart(need, Chart::LINES, "PERIOD", "PERSONS");
  AddChart(need, Chart::LINES, "PERIOD", "SEATS");

  Table& days = *content.add_tables();
  days.mutable_table()->set_table("days-to-decide");
  days.mutable_table()->set_title_es("Días que esperan las decisiones de certificación");
  days.mutable_table()->set_title_en("Days that decisions on certification take");
  days.mutable_table()->set_note_es("Mediana de los días entre el envío y la decisión.");
  days.mutable_table()->set_note_en("Median of the days between submission and decision.");
  AddDimension(days, "STATE", "Entidad federativa", "State", "CL_STATE");
  AddMeasure(days, "DAYS", "Días", "Days", "DAYS");
  for (const FederalState& state : FederalStates()) {
    AddRow(days, {std::string(state.code)}, {drawn(9) == 0 ? -1 : 4 + drawn(60)});
  }
  AddRow(days, {"_T"}, {31});
  AddChart(days, Chart::BARS, "STATE", "DAYS");
  return content;
}

namespace {

std::string RandomText(std::mt19937& random) {
  static const char* const pieces[] = {
      "a",   "B",    "9",    " ",  ",",      "\"",          "'",     "\n",
      "\r",  "\t",   "<",    ">",  "&",      "=",           "+",     "-",
      "@",   ";",    "é",    "ñ",  "漢",     "👩‍🏭", "مرحبا", "\xE2\x80\xAE",
      "]]>", "<!--", "\x01", "\\", "\uFFFF", "$",           "%",     "{"};
  std::string text;
  for (uint32_t i = random() % 9; i > 0; --i) text += pieces[random() % std::size(pieces)];
  return text;
}

}  // namespace

Content RandomContent(std::mt19937& random) {
  Content content;
  content.set_report(RandomText(random));
  content.set_definition(RandomText(random));
  content.set_definition_version(static_cast<int32_t>(random() % 100));
  content.set_title_es(RandomText(random));
  content.set_title_en(RandomText(random));
  content.set_summary_es(RandomText(random));
  content.set_summary_en(RandomText(random));
  content.set_version(RandomText(random));
  content.set_record_kind(static_cast<type::v1::RecordKind>(1 + random() % 2));
  for (uint32_t i = random() % 5; i > 0; --i) {
    AddSource(content, "an-agency", static_cast<int64_t>(random()));
  }
  for (const char* const id : {"CL_A", "CL_B", "CL_STATE"}) {
    api::v1::FigureCodeList& list = *content.add_code_lists();
    list.set_code_list(id);
    std::set<std::string> codes = {"_T", "x"};
    for (uint32_t i = random() % 40; i > 0; --i) codes.insert(RandomText(random));
    codes.erase("");
    for (const std::string& code : codes) {
      api::v1::FigureCode& added = *list.add_codes();
      added.set_code(code);
      added.set_name_es(RandomText(random));
      added.set_name_en(RandomText(random));
    }
  }
  for (uint32_t t = random() % 4; t > 0; --t) {
    Table& table = *content.add_tables();
    table.mutable_table()->set_table(absl::StrCat("table-", t));
    table.mutable_table()->set_title_es(RandomText(random));
    table.mutable_table()->set_note_en(RandomText(random));
    std::vector<const api::v1::FigureCodeList*> lists;
    for (uint32_t d = random() % 4; d > 0; --d) {
      const bool period = random() % 4 == 0;
      lists.push_back(period ? nullptr : &content.code_lists(static_cast<int>(random() % 3)));
      api::v1::FigureDimension& dimension = *table.mutable_table()->add_dimensions();
      dimension.set_dimension(absl::StrCat("D", d));
      dimension.set_title_es(RandomText(random));
      if (!period) dimension.set_code_list(lists.back()->code_list());
    }
    for (uint32_t m = random() % 3; m > 0; --m) {
      api::v1::FigureMeasure& measure = *table.mutable_table()->add_measures();
      measure.set_measure(absl::StrCat("M", m));
      measure.set_title_en(RandomText(random));
      measure.set_unit(RandomText(random));
    }
    std::set<std::vector<std::string>> rows;
    for (uint32_t r = random() % 500; r > 0; --r) {
      std::vector<std::string> codes;
      for (const api::v1::FigureCodeList* list : lists) {
        codes.push_back(list == nullptr
                            ? (random() % 3 == 0
                                   ? "_T"
                                   : absl::StrCat(2000 + random() % 30, "-Q", 1 + random() % 4))
                            : list->codes(static_cast<int>(random() % list->codes_size())).code());
      }
      rows.insert(std::move(codes));
    }
    for (const std::vector<std::string>& codes : rows) {
      api::v1::FigureRow& row = *table.add_rows();
      for (const std::string& code : codes) row.add_codes(code);
      for (int m = 0; m < table.table().measures_size(); ++m) {
        type::v1::Figure& figure = *row.add_figures();
        if (random() % 3 == 0) {
          figure.set_mark(static_cast<type::v1::Mark>(1 + random() % 3));
        } else {
          const int64_t drawn = (static_cast<int64_t>(random()) << 32) | random();
          figure.set_value(random() % 5 == 0 ? 0 : drawn >> (random() % 64));
        }
      }
    }
    if (lists.empty() || table.table().measures().empty()) continue;
    for (const Chart::Kind kind : {Chart::BARS, Chart::LINES, Chart::TILES}) {
      if (random() % 2 == 0) continue;
      AddChart(table, kind, table.table().dimensions(0).dimension().c_str(),
               table.table().measures(0).measure().c_str());
    }
  }
  return content;
}

}  // namespace puente::gateway::reports
