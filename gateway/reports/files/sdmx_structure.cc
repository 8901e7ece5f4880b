// The structure message: code lists, concepts, and of each table its dataflow and data structure.
#include <set>

#include "absl/strings/str_cat.h"
#include "gateway/reports/files/sdmx.h"

namespace puente::gateway::reports {
namespace {

constexpr char kConcepts[] = "CS_PUENTE";

class Structure {
 public:
  explicit Structure(const View& view) : view_(view), version_(StructureVersion(view)) {}

  std::string Write() {
    xml_.XmlDeclaration().Open(
        "mes:Structure",
        {{"xmlns:mes", "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message"},
         {"xmlns:str", "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/structure"},
         {"xmlns:com", "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common"}});
    AppendHeader(xml_, view_, "STRUCTURE");
    xml_.Close().Open("mes:Structures");
    AddDataflows();
    AddCodeLists();
    AddConcepts();
    AddDataStructures();
    return xml_.Close().Close().Finish();
  }

 private:
  // Opens an artefact of ours with its names.
  Markup& Artefact(const char* element, absl::string_view id, absl::string_view es,
                   absl::string_view en) {
    xml_.Open(element, {{"id", id}, {"agencyID", kAgencyId}, {"version", version_}});
    AppendNames(xml_, es, en);
    return xml_;
  }

  void AddDataflows() {
    if (view_.tables().empty()) return;
    xml_.Open("str:Dataflows");
    for (const TableView& table : view_.tables()) {
      Artefact("str:Dataflow", DataflowId(table), table.title(Language::kSpanish),
               table.title(Language::kEnglish));
      xml_.Leaf("com:Description", {{"xml:lang", "es"}}, table.note(Language::kSpanish))
          .Leaf("com:Description", {{"xml:lang", "en"}}, table.note(Language::kEnglish))
          .Open("str:Structure")
          .Void("Ref", {{"id", StructureId(table)},
                        {"version", version_},
                        {"agencyID", kAgencyId},
                        {"package", "datastructure"},
                        {"class", "DataStructure"}})
          .Close()
          .Close();
    }
    xml_.Close();
  }

  void AddCode(absl::string_view code, absl::string_view es, absl::string_view en) {
    const std::string id = CodeId(code);
    xml_.Open("str:Code", {{"id", id}});
    if (id != code) {
      xml_.Open("com:Annotations")
          .Open("com:Annotation")
          .Leaf("com:AnnotationTitle", code)
          .Leaf("com:AnnotationType", "ORIGINAL_CODE")
          .Close()
          .Close();
    }
    AppendNames(xml_, es, en);
    xml_.Close();
  }

  void AddStatuses(absl::string_view id, const Words& name, absl::Span<const StatusCode> codes) {
    Artefact("str:Codelist", id, name.es, name.en);
    for (const StatusCode& code : codes) {
      AddCode(absl::string_view(&code.letter, 1), code.name.es, code.name.en);
    }
    xml_.Close();
  }

  void AddCodeLists() {
    xml_.Open("str:Codelists");
    for (const FigureCodeList& list : view_.content().code_lists()) {
      if (list.code_list() == "CL_UNIT") continue;
      xml_.Open("str:Codelist", {{"id", list.code_list()},
                                 {"agencyID", kAgencyId},
                                 {"version", version_},
                                 {"isPartial", "true"}});
      AppendNames(xml_, list.title_es(), list.title_en());
      for (const FigureCode& code : list.codes()) {
        AddCode(code.code(), code.name_es(), code.name_en());
      }
      xml_.Close();
    }
    AddUnits();
    AddStatuses("CL_CONF_STATUS", {"Confidencialidad", "Confidentiality status"}, ConfStatuses());
    AddStatuses("CL_OBS_STATUS", {"Estado de la observación", "Observation status"}, ObsStatuses());
    for (const TableView& table : view_.tables()) {
      Artefact("str:Codelist", MeasureListId(table),
               absl::StrCat("Medidas: ", table.title(Language::kSpanish)),
               absl::StrCat("Measures: ", table.title(Language::kEnglish)));
      for (const FigureMeasure& measure : table.measures()) {
        AddCode(measure.measure(), measure.title_es(), measure.title_en());
      }
      xml_.Close();
    }
    xml_.Close();
  }

  // Those that measures have, whether the content names them or not.
  void AddUnits() {
    std::set<std::string> units;
    for (const TableView& table : view_.tables()) {
      for (const FigureMeasure& measure : table.measures()) units.insert(measure.unit());
    }
    units.erase("");
    Artefact("str:Codelist", "CL_UNIT", "Unidades de medida", "Units of measure");
    for (const std::string& unit : units) {
      AddCode(unit, view_.UnitName(unit, Language::kSpanish),
              view_.UnitName(unit, Language::kEnglish));
    }
    xml_.Close();
  }

  void AddConcept(absl::string_view id, absl::string_view es, absl::string_view en) {
    xml_.Open("str:Concept", {{"id", id}});
    AppendNames(xml_, es, en);
    xml_.Close();
  }

  void AddConcepts() {
    xml_.Open("str:Concepts");
    Artefact("str:ConceptScheme", kConcepts, "Conceptos de Puente", "Puente's concepts");
    for (const ConceptWords& words : CommonConcepts()) {
      AddConcept(words.id, words.name.es, words.name.en);
    }
    std::set<std::string> added;
    for (const TableView& table : view_.tables()) {
      for (int i = 0; i < static_cast<int>(table.dimensions().size()); ++i) {
        const DimensionView& dimension = table.dimensions()[i];
        if (i == table.period() || !added.insert(dimension.id()).second) continue;
        AddConcept(dimension.id(), dimension.title(Language::kSpanish),
                   dimension.title(Language::kEnglish));
      }
    }
    xml_.Close().Close();
  }

  // What a component means, and what it may say: codes of a list, or a text of a type.
  void AddRepresentation(absl::string_view concept_id, absl::string_view list,
                         absl::string_view text_type) {
    xml_.Open("str:ConceptIdentity")
        .Void("Ref", {{"id", concept_id},
                      {"maintainableParentID", kConcepts},
                      {"maintainableParentVersion", version_},
                      {"agencyID", kAgencyId},
                      {"package", "conceptscheme"},
                      {"class", "Concept"}})
        .Close()
        .Open("str:LocalRepresentation");
    if (list.empty()) {
      xml_.Void("str:TextFormat", {{"textType", text_type}});
    } else {
      xml_.Open("str:Enumeration")
          .Void("Ref", {{"id", list},
                        {"version", version_},
                        {"agencyID", kAgencyId},
                        {"package", "codelist"},
                        {"class", "Codelist"}})
          .Close();
    }
    xml_.Close();
  }

  void AddDimension(absl::string_view id, absl::string_view list, int position) {
    xml_.Open("str:Dimension", {{"id", id}, {"position", absl::StrCat(position)}});
    AddRepresentation(id, list, "String");
    xml_.Close();
  }

  // Of each observation, or of all of a measure.
  void AddAttribute(absl::string_view id, absl::string_view list, bool of_measure) {
    xml_.Open("str:Attribute", {{"id", id}, {"assignmentStatus", "Mandatory"}});
    AddRepresentation(id, list, "");
    xml_.Open("str:AttributeRelationship")
        .Open(of_measure ? "str:Dimension" : "str:PrimaryMeasure")
        .Void("Ref", {{"id", of_measure ? "MEASURE" : "OBS_VALUE"}})
        .Close()
        .Close()
        .Close();
  }

  void AddDataStructures() {
    if (view_.tables().empty()) return;
    xml_.Open("str:DataStructures");
    for (const TableView& table : view_.tables()) {
      Artefact("str:DataStructure", StructureId(table), table.title(Language::kSpanish),
               table.title(Language::kEnglish));
      xml_.Open("str:DataStructureComponents")
          .Open("str:DimensionList", {{"id", "DimensionDescriptor"}});
      int position = 0;
      for (int i = 0; i < static_cast<int>(table.dimensions().size()); ++i) {
        if (i == table.period()) continue;
        const DimensionView& dimension = table.dimensions()[i];
        AddDimension(dimension.id(), dimension.is_period() ? "" : dimension.list()->code_list(),
                     ++position);
      }
      AddDimension("MEASURE", MeasureListId(table), ++position);
      if (table.period() >= 0) {
        xml_.Open("str:TimeDimension",
                  {{"id", "TIME_PERIOD"}, {"position", absl::StrCat(++position)}});
        AddRepresentation("TIME_PERIOD", "", "ObservationalTimePeriod");
        xml_.Close();
      }
      xml_.Close().Open("str:AttributeList", {{"id", "AttributeDescriptor"}});
      AddAttribute("OBS_STATUS", "CL_OBS_STATUS", false);
      AddAttribute("CONF_STATUS", "CL_CONF_STATUS", false);
      AddAttribute("UNIT_MEASURE", "CL_UNIT", true);
      xml_.Close()
          .Open("str:MeasureList", {{"id", "MeasureDescriptor"}})
          .Open("str:PrimaryMeasure", {{"id", "OBS_VALUE"}});
      AddRepresentation("OBS_VALUE", "", "Long");
      xml_.Close().Close().Close().Close();
    }
    xml_.Close();
  }

  const View& view_;
  const std::string version_;
  Markup xml_;
};

}  // namespace

std::string StructureXml(const View& view) { return Structure(view).Write(); }

}  // namespace puente::gateway::reports
