// Data of a table as SDMX-JSON 1.0: observations of all dimensions, by the positions of their
// codes.
#include <nlohmann/json.hpp>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gateway/reports/files/sdmx.h"

namespace puente::gateway::reports {
namespace {

using nlohmann::ordered_json;

ordered_json Names(absl::string_view es, absl::string_view en) {
  return {{"es", std::string(es)}, {"en", std::string(en.empty() ? es : en)}};
}

// A component or a code, as both are written.
ordered_json Named(absl::string_view id, absl::string_view es, absl::string_view en) {
  return {{"id", std::string(id)}, {"name", std::string(es)}, {"names", Names(es, en)}};
}

// Values of a component, each in the order in which its number is first met.
class Values {
 public:
  explicit Values(size_t numbers) : positions_(numbers, kNone) {}

  void Meet(uint32_t number, absl::FunctionRef<ordered_json()> named) {
    if (positions_[number] != kNone) return;
    positions_[number] = static_cast<int>(values_.size());
    values_.push_back(named());
  }
  int PositionOf(uint32_t number) const { return positions_[number]; }
  ordered_json Take() { return std::move(values_); }

 private:
  static constexpr int kNone = -1;

  std::vector<int> positions_;
  ordered_json values_ = ordered_json::array();
};

ordered_json AttributeOf(const ConceptWords& words, ordered_json values) {
  ordered_json attribute = Named(words.id, words.name.es, words.name.en);
  if (absl::string_view(words.id) == "UNIT_MEASURE") {
    attribute["relationship"] = {{"dimensions", {"MEASURE"}}};
  } else {
    attribute["relationship"] = {{"primaryMeasure", "OBS_VALUE"}};
  }
  attribute["values"] = std::move(values);
  return attribute;
}

const ConceptWords& Concept(absl::string_view id) {
  for (const ConceptWords& words : CommonConcepts()) {
    if (words.id == id) return words;
  }
  return CommonConcepts()[0];
}

ordered_json StatusValues(absl::Span<const StatusCode> statuses) {
  ordered_json values = ordered_json::array();
  for (const StatusCode& status : statuses) {
    values.push_back(Named(absl::string_view(&status.letter, 1), status.name.es, status.name.en));
  }
  return values;
}

int PositionOf(absl::Span<const StatusCode> statuses, char letter) {
  for (size_t i = 0; i < statuses.size(); ++i) {
    if (statuses[i].letter == letter) return static_cast<int>(i);
  }
  return 0;
}

}  // namespace

void WriteSdmxJson(const View& view, const TableView& table, Output& out) {
  const int dimension_count = static_cast<int>(table.dimensions().size());
  const int measure_count = static_cast<int>(table.measures().size());
  std::vector<Values> codes;
  for (int i = 0; i < dimension_count; ++i) {
    codes.emplace_back(table.rows().numbering(i).texts().size());
  }
  // Measures are all met or none; units have the number of the first measure that has them.
  Values units(table.measures().size());
  ordered_json measures = ordered_json::array();
  std::vector<uint32_t> unit_of;
  for (const FigureMeasure& measure : table.measures()) {
    uint32_t first = 0;
    while (table.measures()[static_cast<int>(first)].unit() != measure.unit()) ++first;
    unit_of.push_back(first);
  }
  bool any = false;
  table.ForEachRow([&](const TableView::Row& row) {
    if (!HasPeriod(table, row)) return;
    any = true;
    for (int i = 0; i < dimension_count; ++i) {
      codes[i].Meet(row.number(i), [&] {
        const DimensionView& dimension = table.dimensions()[i];
        const std::string& code = row.codes(i);
        return Named(CodeId(code), dimension.Name(code, Language::kSpanish),
                     dimension.Name(code, Language::kEnglish));
      });
    }
  });
  for (int m = 0; any && m < measure_count; ++m) {
    const FigureMeasure& measure = table.measures()[m];
    measures.push_back(Named(measure.measure(), measure.title_es(), measure.title_en()));
    units.Meet(unit_of[m], [&] {
      return Named(CodeId(measure.unit()), view.UnitName(measure.unit(), Language::kSpanish),
                   view.UnitName(measure.unit(), Language::kEnglish));
    });
  }

  ordered_json structure =
      Named(DataflowId(table), table.title(Language::kSpanish), table.title(Language::kEnglish));
  structure.erase("id");
  structure["description"] = table.note(Language::kSpanish);
  structure["descriptions"] = Names(table.note(Language::kSpanish), table.note(Language::kEnglish));
  ordered_json dimensions = ordered_json::array();
  const auto add = [&](ordered_json dimension, ordered_json values) {
    dimension["keyPosition"] = dimensions.size();
    dimension["values"] = std::move(values);
    dimensions.push_back(std::move(dimension));
  };
  for (int i = 0; i < dimension_count; ++i) {
    if (i == table.period()) continue;
    const DimensionView& dimension = table.dimensions()[i];
    add(Named(dimension.id(), dimension.title(Language::kSpanish),
              dimension.title(Language::kEnglish)),
        codes[i].Take());
  }
  add(Named("MEASURE", Concept("MEASURE").name.es, Concept("MEASURE").name.en),
      std::move(measures));
  if (table.period() >= 0) {
    const DimensionView& period = table.dimensions()[table.period()];
    ordered_json time =
        Named("TIME_PERIOD", period.title(Language::kSpanish), period.title(Language::kEnglish));
    time["roles"] = {"TIME_PERIOD"};
    add(std::move(time), codes[table.period()].Take());
  }
  const ordered_json none = ordered_json::array();
  structure["dimensions"] = {{"dataSet", none}, {"series", none}, {"observation", dimensions}};
  structure["attributes"] = {{"dataSet", none},
                             {"series", none},
                             {"observation",
                              {AttributeOf(Concept("OBS_STATUS"), StatusValues(ObsStatuses())),
                               AttributeOf(Concept("CONF_STATUS"), StatusValues(ConfStatuses())),
                               AttributeOf(Concept("UNIT_MEASURE"), units.Take())}}};
  structure["annotations"] = none;

  const ordered_json meta = {
      {"id", absl::StrCat(CodeId(view.content().report()), "-", DataflowId(table))},
      {"test", view.is_generated()},
      {"prepared", TimeText(view.LastRead())},
      {"contentLanguages", {"es", "en"}},
      {"sender", Named(kAgencyId, "Puente", "Puente")}};
  // "structures" is what readers of version 2.0 look for.
  const std::string told = structure.dump();
  out.Append(absl::StrCat(
      "{\"meta\":", meta.dump(), ",\n\"data\":{\"structure\":", told, ",\n\"structures\":[", told,
      "],\n\"dataSets\":[{\"action\":\"Replace\",\"structure\":0,\"observations\":{"));
  std::string line;
  const char* before = "\n\"";
  ForEachObservation(table, [&](const TableView::Row& row, int m, const Figure& figure) {
    if (out.failed()) return;
    line = before;
    before = ",\n\"";
    // Periods come last, as in the key.
    for (int i = 0; i < dimension_count; ++i) {
      if (i != table.period()) absl::StrAppend(&line, codes[i].PositionOf(row.number(i)), ":");
    }
    absl::StrAppend(&line, m);
    if (table.period() >= 0) {
      absl::StrAppend(&line, ":", codes[table.period()].PositionOf(row.number(table.period())));
    }
    absl::StrAppend(&line, "\":[");
    if (IsTold(figure)) {
      absl::StrAppend(&line, figure.value());
    } else {
      line.append("null");
    }
    absl::StrAppend(&line, ",", PositionOf(ObsStatuses(), StatusOf(figure)), ",",
                    PositionOf(ConfStatuses(), ConfStatus(figure)), ",",
                    units.PositionOf(unit_of[m]), "]");
    out.Append(line);
  });
  out.Append("}}]}}\n");
}

}  // namespace puente::gateway::reports
