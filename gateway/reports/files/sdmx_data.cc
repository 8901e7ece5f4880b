// Data of a table as structure-specific and generic ML, and as CSV.
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "gateway/reports/files/sdmx.h"

namespace puente::gateway::reports {
namespace {

using Row = TableView::Row;

std::string Letter(char letter) { return std::string(1, letter); }

// A message of data of one table. In files its series go along the periods; without periods,
// structure-specific ones go along the first dimension (rsdmx reads nothing without series), and
// generic data has none. What has no observations is told as series.
class Data {
 public:
  Data(const View& view, const TableView& table, const DataOptions& options, bool is_specific,
       Output& out)
      : view_(view),
        table_(table),
        options_(options),
        along_(Along(is_specific)),
        along_id_(along_ < 0 ? "AllDimensions" : ComponentId(table, along_)),
        ids_(table.OfEachCode(
            [](const DimensionView&, const std::string& code) { return CodeId(code); })),
        out_(out),
        xml_(out) {
    for (int i = 0; i < std::ssize(table.dimensions()); ++i) {
      components_.push_back(ComponentId(table, i));
    }
    for (const FigureMeasure& measure : table.measures()) units_.push_back(CodeId(measure.unit()));
  }

  void WriteSpecific() {
    const std::string own = absl::StrCat(
        "urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure=", kAgencyId, ":",
        StructureId(table_), "(", StructureVersion(view_), "):ObsLevelDim:", along_id_);
    xml_.XmlDeclaration().Open(
        "mes:StructureSpecificData",
        {{"xmlns:mes", "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message"},
         {"xmlns:com", "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common"},
         {"xmlns:ss", "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/data/structurespecific"},
         {"xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"},
         {"xmlns:own", own}});
    AppendStart(own);
    xml_.Open("mes:DataSet", {{"xsi:type", "own:DataSetType"},
                              {"ss:structureRef", StructureId(table_)},
                              {"ss:dataScope", "DataStructure"},
                              {"ss:action", "Replace"}});
    if (along_ < 0) {
      ForEachObservation(table_, [&](const Row& row, int measure, const Figure& figure) {
        if (out_.failed() || !HasObservations()) return;
        xml_.Open("Obs");
        AddSpecificKey(row, measure);
        if (table_.period() >= 0) xml_.With("TIME_PERIOD", row.codes(table_.period()));
        AddSpecific(figure);
      });
    } else {
      ForEachSeries([&](absl::Span<const uint32_t> rows, int measure) {
        if (out_.failed()) return;
        xml_.Open("Series");
        AddSpecificKey(table_.rows()[rows[0]], measure);
        if (HasObservations()) {
          for (const uint32_t at : rows) {
            const Row row = table_.rows()[at];
            xml_.Open("Obs", {{along_id_.c_str(), Id(row, along_)}});
            AddSpecific(row.figures(measure));
          }
        }
        xml_.Close();
      });
    }
    xml_.Close().Close().Finish();
  }

  void WriteGeneric() {
    xml_.XmlDeclaration().Open(
        "mes:GenericData",
        {{"xmlns:mes", "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message"},
         {"xmlns:com", "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common"},
         {"xmlns:gen", "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/data/generic"}});
    AppendStart("");
    xml_.Open("mes:DataSet", {{"structureRef", StructureId(table_)}, {"action", "Replace"}});
    if (along_ < 0) {
      ForEachObservation(table_, [&](const Row& row, int measure, const Figure& figure) {
        if (out_.failed() || !HasObservations()) return;
        xml_.Open("gen:Obs").Open("gen:ObsKey");
        AddGenericKey(row, measure);
        if (table_.period() >= 0) AddValue("TIME_PERIOD", row.codes(table_.period()));
        xml_.Close();
        AddGeneric(figure, measure);
      });
    } else {
      ForEachSeries([&](absl::Span<const uint32_t> rows, int measure) {
        if (out_.failed()) return;
        xml_.Open("gen:Series").Open("gen:SeriesKey");
        AddGenericKey(table_.rows()[rows[0]], measure);
        xml_.Close();
        if (HasAttributes()) {
          xml_.Open("gen:Attributes");
          AddUnit(measure);
          xml_.Close();
        }
        if (HasObservations()) {
          for (const uint32_t at : rows) {
            const Row row = table_.rows()[at];
            xml_.Open("gen:Obs").Void("gen:ObsDimension",
                                      {{"id", along_id_}, {"value", Id(row, along_)}});
            AddGeneric(row.figures(measure), -1);
          }
        }
        xml_.Close();
      });
    }
    xml_.Close().Close().Finish();
  }

 private:
  int Along(bool is_specific) const {
    const bool is_open = options_.along == DataOptions::kUsual ||
                         (options_.along == DataOptions::kFlat && !HasObservations());
    if (!is_open) return options_.along;
    if (table_.period() >= 0) return table_.period();
    const bool has_series = is_specific || !HasObservations();
    return has_series && !table_.dimensions().empty() ? 0 : DataOptions::kFlat;
  }

  bool HasAttributes() const {
    return options_.detail == DataOptions::kFull || options_.detail == DataOptions::kNoData;
  }
  bool HasObservations() const {
    return options_.detail == DataOptions::kFull || options_.detail == DataOptions::kDataOnly;
  }
  const std::string& Id(const Row& row, int dimension) const {
    return ids_[dimension][row.number(dimension)];
  }

  // The header, and of which structure the data is.
  void AppendStart(absl::string_view own) {
    AppendHeader(xml_, view_, DataflowId(table_));
    xml_.Open("mes:Structure", {{"structureID", StructureId(table_)}});
    if (!own.empty()) xml_.With("namespace", own);
    xml_.With("dimensionAtObservation", along_id_)
        .Open("com:Structure")
        .Void("Ref", {{"id", StructureId(table_)},
                      {"version", StructureVersion(view_)},
                      {"agencyID", kAgencyId},
                      {"package", "datastructure"},
                      {"class", "DataStructure"}})
        .Close()
        .Close()
        .Close();
  }

  // Rows that differ alone in what series go along, and one of their measures.
  void ForEachSeries(absl::FunctionRef<void(absl::Span<const uint32_t> rows, int measure)> visit) {
    std::vector<uint32_t> rows;
    for (uint32_t at = 0; at < table_.rows().size(); ++at) {
      if (HasPeriod(table_, table_.rows()[at])) rows.push_back(at);
    }
    // By all other codes, whose numbers are in their order: less than 0, 0 or more than 0.
    const auto order = [&](uint32_t one, uint32_t other) {
      const Row a = table_.rows()[one], b = table_.rows()[other];
      for (int i = 0; i < a.codes_size(); ++i) {
        if (i != along_ && a.number(i) != b.number(i)) return a.number(i) < b.number(i) ? -1 : 1;
      }
      return 0;
    };
    std::stable_sort(rows.begin(), rows.end(),
                     [&](uint32_t a, uint32_t b) { return order(a, b) < 0; });
    for (size_t begin = 0, end; begin < rows.size(); begin = end) {
      for (end = begin + 1; end < rows.size() && order(rows[begin], rows[end]) == 0;) ++end;
      for (int i = 0; i < table_.measures().size(); ++i) {
        visit(absl::MakeConstSpan(rows).subspan(begin, end - begin), i);
      }
    }
  }

  // All but the periods and what goes along the observations.
  void AddSpecificKey(const Row& row, int measure) {
    for (int i = 0; i < row.codes_size(); ++i) {
      if (i == along_ || (along_ < 0 && i == table_.period())) continue;
      xml_.With(components_[i].c_str(), Id(row, i));
    }
    xml_.With("MEASURE", table_.measures()[measure].measure());
    if (HasAttributes()) xml_.With("UNIT_MEASURE", units_[measure]);
  }

  // The rest of an observation.
  void AddSpecific(const Figure& figure) {
    if (IsTold(figure)) xml_.With("OBS_VALUE", absl::StrCat(figure.value()));
    if (HasAttributes()) {
      xml_.With("OBS_STATUS", Letter(StatusOf(figure)))
          .With("CONF_STATUS", Letter(ConfStatus(figure)));
    }
    xml_.CloseEmpty();
  }

  void AddValue(absl::string_view id, absl::string_view value) {
    xml_.Void("gen:Value", {{"id", id}, {"value", value}});
  }

  void AddGenericKey(const Row& row, int measure) {
    for (int i = 0; i < row.codes_size(); ++i) {
      if (i == along_ || (along_ < 0 && i == table_.period())) continue;
      AddValue(components_[i], Id(row, i));
    }
    AddValue("MEASURE", table_.measures()[measure].measure());
  }

  void AddUnit(int measure) { AddValue("UNIT_MEASURE", units_[measure]); }

  // The rest of an observation; with its unit, unless its series has it (-1).
  void AddGeneric(const Figure& figure, int measure) {
    if (IsTold(figure)) xml_.Void("gen:ObsValue", {{"value", absl::StrCat(figure.value())}});
    if (HasAttributes()) {
      xml_.Open("gen:Attributes");
      AddValue("OBS_STATUS", Letter(StatusOf(figure)));
      AddValue("CONF_STATUS", Letter(ConfStatus(figure)));
      if (measure >= 0) AddUnit(measure);
      xml_.Close();
    }
    xml_.Close();
  }

  const View& view_;
  const TableView& table_;
  const DataOptions options_;
  const int along_;  // the dimension that series go along; below 0 without series
  const std::string along_id_;
  const std::vector<std::vector<std::string>> ids_;  // of codes
  std::vector<std::string> components_;              // of dimensions
  std::vector<std::string> units_;                   // of measures
  const Output& out_;
  Markup xml_;
};

}  // namespace

void WriteSpecificXml(const View& view, const TableView& table, const DataOptions& options,
                      Output& out) {
  Data(view, table, options, /*is_specific=*/true, out).WriteSpecific();
}

void WriteGenericXml(const View& view, const TableView& table, const DataOptions& options,
                     Output& out) {
  Data(view, table, options, /*is_specific=*/false, out).WriteGeneric();
}

void WriteSdmxCsv(const View& view, const TableView& table, Output& out) {
  const std::string flow =
      absl::StrCat(kAgencyId, ":", DataflowId(table), "(", StructureVersion(view), ")");
  std::string line = "DATAFLOW";
  for (size_t i = 0; i < table.dimensions().size(); ++i) {
    if (static_cast<int>(i) != table.period()) {
      absl::StrAppend(&line, ",", table.dimensions()[i].id());
    }
  }
  absl::StrAppend(&line, ",MEASURE", table.period() < 0 ? "" : ",TIME_PERIOD",
                  ",OBS_VALUE,OBS_STATUS,CONF_STATUS,UNIT_MEASURE\n");
  out.Append(line);
  const auto ids =
      table.OfEachCode([](const DimensionView&, const std::string& code) { return CodeId(code); });
  std::vector<std::string> units;
  for (const FigureMeasure& measure : table.measures()) units.push_back(CodeId(measure.unit()));
  ForEachObservation(table, [&](const Row& row, int measure, const Figure& figure) {
    if (out.failed()) return;
    line = flow;
    for (int i = 0; i < row.codes_size(); ++i) {
      if (i != table.period()) absl::StrAppend(&line, ",", ids[i][row.number(i)]);
    }
    absl::StrAppend(&line, ",", table.measures()[measure].measure());
    if (table.period() >= 0) absl::StrAppend(&line, ",", row.codes(table.period()));
    line.push_back(',');
    if (IsTold(figure)) absl::StrAppend(&line, figure.value());
    absl::StrAppend(&line, ",", Letter(StatusOf(figure)), ",", Letter(ConfStatus(figure)), ",",
                    units[measure], "\n");
    out.Append(line);
  });
}

}  // namespace puente::gateway::reports
