// Data of a table as structure-specific and generic ML, and as CSV.
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "gateway/reports/files/csv.h"
#include "gateway/reports/files/sdmx.h"

namespace puente::gateway::reports {
namespace {

using Row = TableView::Row;

std::string Letter(char letter) { return std::string(1, letter); }

// A message of data of one table. With periods its series go along them; without,
// structure-specific series go along MEASURE (rsdmx reads nothing without series), and generic data
// has none.
class Data {
 public:
  Data(const View& view, const TableView& table) : view_(view), table_(table) {}

  std::string WriteSpecific() {
    const absl::string_view along = table_.period() < 0 ? "MEASURE" : "TIME_PERIOD";
    const std::string own =
        absl::StrCat("urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure=", kAgencyId, ":",
                     StructureId(table_), "(", StructureVersion(view_), "):ObsLevelDim:", along);
    xml_.XmlDeclaration().Open(
        "mes:StructureSpecificData",
        {{"xmlns:mes", "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message"},
         {"xmlns:com", "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common"},
         {"xmlns:ss", "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/data/structurespecific"},
         {"xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"},
         {"xmlns:own", own}});
    AppendStart(along, own);
    xml_.Open("mes:DataSet", {{"xsi:type", "own:DataSetType"},
                              {"ss:structureRef", StructureId(table_)},
                              {"ss:dataScope", "DataStructure"},
                              {"ss:action", "Replace"}});
    if (table_.period() < 0) {
      table_.ForEachRow([&](const Row& row) {
        OpenSpecificSeries(row, -1);
        for (int i = 0; i < row.figures_size(); ++i) {
          AddSpecific("MEASURE", table_.measures()[i].measure(), i, row.figures(i));
        }
        xml_.Close();
      });
    } else {
      ForEachSeries([&](absl::Span<const Row* const> rows, int measure) {
        OpenSpecificSeries(*rows[0], measure);
        for (const Row* row : rows) {
          AddSpecific("TIME_PERIOD", row->codes(table_.period()), measure, row->figures(measure));
        }
        xml_.Close();
      });
    }
    return xml_.Close().Close().Finish();
  }

  std::string WriteGeneric() {
    const absl::string_view along = table_.period() < 0 ? "AllDimensions" : "TIME_PERIOD";
    xml_.XmlDeclaration().Open(
        "mes:GenericData",
        {{"xmlns:mes", "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message"},
         {"xmlns:com", "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common"},
         {"xmlns:gen", "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/data/generic"}});
    AppendStart(along, "");
    xml_.Open("mes:DataSet", {{"structureRef", StructureId(table_)}, {"action", "Replace"}});
    if (table_.period() < 0) {
      ForEachObservation(table_, [&](const Row& row, int measure, const Figure& figure) {
        xml_.Open("gen:Obs").Open("gen:ObsKey");
        AddKey(row, measure);
        xml_.Close();
        AddGeneric(measure, figure);
      });
    } else {
      ForEachSeries([&](absl::Span<const Row* const> rows, int measure) {
        xml_.Open("gen:Series").Open("gen:SeriesKey");
        AddKey(*rows[0], measure);
        xml_.Close();
        for (const Row* row : rows) {
          xml_.Open("gen:Obs").Void(
              "gen:ObsDimension", {{"id", "TIME_PERIOD"}, {"value", row->codes(table_.period())}});
          AddGeneric(measure, row->figures(measure));
        }
        xml_.Close();
      });
    }
    return xml_.Close().Close().Finish();
  }

 private:
  // The header, and of which structure the data is.
  void AppendStart(absl::string_view along, absl::string_view own) {
    AppendHeader(xml_, view_, DataflowId(table_));
    xml_.Open("mes:Structure", {{"structureID", StructureId(table_)}});
    if (!own.empty()) xml_.With("namespace", own);
    xml_.With("dimensionAtObservation", along)
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

  // Rows that differ in their period alone, and one of their measures.
  void ForEachSeries(absl::FunctionRef<void(absl::Span<const Row* const>, int measure)> visit) {
    std::vector<const Row*> rows;
    table_.ForEachRow([&](const Row& row) {
      if (HasPeriod(table_, row)) rows.push_back(&row);
    });
    // Of the same length, and the same but for the period: less than 0, 0 or more than 0.
    const auto order = [&](const Row& a, const Row& b) {
      for (int i = 0; i < a.codes_size(); ++i) {
        if (i == table_.period()) continue;
        if (const int found = a.codes(i).compare(b.codes(i)); found != 0) return found;
      }
      return 0;
    };
    std::stable_sort(rows.begin(), rows.end(),
                     [&](const Row* a, const Row* b) { return order(*a, *b) < 0; });
    for (size_t begin = 0, end; begin < rows.size(); begin = end) {
      for (end = begin + 1; end < rows.size() && order(*rows[begin], *rows[end]) == 0;) ++end;
      for (int i = 0; i < table_.measures().size(); ++i) {
        visit(absl::MakeConstSpan(rows).subspan(begin, end - begin), i);
      }
    }
  }

  // All but what goes along the observations; the measure unless it is -1.
  void OpenSpecificSeries(const Row& row, int measure) {
    xml_.Open("Series");
    for (int i = 0; i < row.codes_size(); ++i) {
      if (i != table_.period()) {
        xml_.With(table_.dimensions()[i].id().c_str(), CodeId(row.codes(i)));
      }
    }
    if (measure >= 0) xml_.With("MEASURE", table_.measures()[measure].measure());
  }

  void AddSpecific(const char* along, absl::string_view at, int measure, const Figure& figure) {
    xml_.Open("Obs", {{along, at}});
    if (IsTold(figure)) xml_.With("OBS_VALUE", absl::StrCat(figure.value()));
    xml_.With("OBS_STATUS", Letter(ObsStatus(figure)))
        .With("CONF_STATUS", Letter(ConfStatus(figure)))
        .With("UNIT_MEASURE", CodeId(table_.measures()[measure].unit()));
    xml_.CloseEmpty();
  }

  void AddKey(const Row& row, int measure) {
    for (int i = 0; i < row.codes_size(); ++i) {
      if (i == table_.period()) continue;
      xml_.Void("gen:Value",
                {{"id", table_.dimensions()[i].id()}, {"value", CodeId(row.codes(i))}});
    }
    xml_.Void("gen:Value", {{"id", "MEASURE"}, {"value", table_.measures()[measure].measure()}});
  }

  // The rest of an observation.
  void AddGeneric(int measure, const Figure& figure) {
    if (IsTold(figure)) xml_.Void("gen:ObsValue", {{"value", absl::StrCat(figure.value())}});
    xml_.Open("gen:Attributes")
        .Void("gen:Value", {{"id", "OBS_STATUS"}, {"value", Letter(ObsStatus(figure))}})
        .Void("gen:Value", {{"id", "CONF_STATUS"}, {"value", Letter(ConfStatus(figure))}})
        .Void("gen:Value",
              {{"id", "UNIT_MEASURE"}, {"value", CodeId(table_.measures()[measure].unit())}})
        .Close()
        .Close();
  }

  const View& view_;
  const TableView& table_;
  Markup xml_;
};

}  // namespace

std::string StructureSpecificXml(const View& view, const TableView& table) {
  return Data(view, table).WriteSpecific();
}

std::string GenericXml(const View& view, const TableView& table) {
  return Data(view, table).WriteGeneric();
}

std::string SdmxCsv(const View& view, const TableView& table) {
  const std::string flow =
      absl::StrCat(kAgencyId, ":", DataflowId(table), "(", StructureVersion(view), ")");
  std::string out = "DATAFLOW";
  for (size_t i = 0; i < table.dimensions().size(); ++i) {
    if (static_cast<int>(i) != table.period()) {
      absl::StrAppend(&out, ",", table.dimensions()[i].id());
    }
  }
  absl::StrAppend(&out, ",MEASURE", table.period() < 0 ? "" : ",TIME_PERIOD",
                  ",OBS_VALUE,OBS_STATUS,CONF_STATUS,UNIT_MEASURE\n");
  ForEachObservation(table, [&](const Row& row, int measure, const Figure& figure) {
    out.append(flow);
    for (int i = 0; i < row.codes_size(); ++i) {
      if (i == table.period()) continue;
      out.push_back(',');
      AppendCsvText(out, CodeId(row.codes(i)));
    }
    absl::StrAppend(&out, ",", table.measures()[measure].measure());
    if (table.period() >= 0) absl::StrAppend(&out, ",", row.codes(table.period()));
    out.push_back(',');
    if (IsTold(figure)) absl::StrAppend(&out, figure.value());
    absl::StrAppend(&out, ",", Letter(ObsStatus(figure)), ",", Letter(ConfStatus(figure)), ",",
                    CodeId(table.measures()[measure].unit()), "\n");
  });
  return out;
}

}  // namespace puente::gateway::reports
