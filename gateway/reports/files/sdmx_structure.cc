// The structure message: code lists, concepts, and of each table its dataflow and data structure. A
// list or the concepts of one version are one artefact, whichever of the views it is asked of: with
// what all of them have of it.
#include <map>
#include <set>

#include "absl/strings/str_cat.h"
#include "gateway/reports/files/merged_list.h"
#include "gateway/reports/files/sdmx.h"

namespace puente::gateway::reports {
namespace {

constexpr char kConfStatuses[] = "CL_CONF_STATUS";
constexpr char kObsStatuses[] = "CL_OBS_STATUS";

using Wanted = absl::FunctionRef<bool(const View& view, Artefact kind, absl::string_view id)>;

class Structure {
 public:
  Structure(absl::Span<const View* const> views, Wanted wanted, Output& out)
      : views_(views), wanted_(wanted), xml_(out) {}

  void Write() {
    xml_.XmlDeclaration().Open(
        "mes:Structure",
        {{"xmlns:mes", "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message"},
         {"xmlns:str", "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/structure"},
         {"xmlns:com", "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common"}});
    AppendHeader(xml_, *views_[0], "STRUCTURE");
    xml_.Close().Open("mes:Structures");
    AddGroup("str:Dataflows", [&] { AddDataflows(); });
    AddGroup("str:Codelists", [&] { AddCodeLists(); });
    AddGroup("str:Concepts", [&] { AddConcepts(); });
    AddGroup("str:DataStructures", [&] { AddDataStructures(); });
    xml_.Close().Close().Finish();
  }

 private:
  // What `add` adds of each view, within an element if it is anything.
  void AddGroup(const char* element, absl::FunctionRef<void()> add) {
    group_ = element;
    for (const View* view : views_) {
      view_ = view;
      version_ = StructureVersion(*view);
      add();
    }
    if (group_ == nullptr) xml_.Close();
  }

  // Whether the artefact is wanted and new; opened then, with its names.
  bool Open(Artefact kind, const char* element, absl::string_view id, absl::string_view es,
            absl::string_view en, bool is_partial = false) {
    if (!wanted_(*view_, kind, id)) return false;
    if (!written_.insert(absl::StrCat(element, " ", id, " ", version_)).second) return false;
    if (group_ != nullptr) xml_.Open(group_);
    group_ = nullptr;
    xml_.Open(element, {{"id", id}, {"agencyID", kAgencyId}, {"version", version_}});
    if (is_partial) xml_.With("isPartial", "true");
    AppendNames(xml_, es, en);
    return true;
  }

  void AddDescription(const TableView& table, absl::string_view code, Language language) {
    std::string text = table.note(language);
    if (const int count = RowsWithoutPeriod(table); count > 0) {
      absl::StrAppend(&text, text.empty() ? "" : " ", count, In(language, kLeftOut));
    }
    xml_.Leaf("com:Description", {{"xml:lang", code}}, text);
  }

  void AddDataflows() {
    for (const TableView& table : view_->tables()) {
      if (!Open(Artefact::kDataflow, "str:Dataflow", DataflowId(table),
                table.title(Language::kSpanish), table.title(Language::kEnglish))) {
        continue;
      }
      AddDescription(table, "es", Language::kSpanish);
      AddDescription(table, "en", Language::kEnglish);
      xml_.Open("str:Structure")
          .Void("Ref", {{"id", StructureId(table)},
                        {"version", version_},
                        {"agencyID", kAgencyId},
                        {"package", "datastructure"},
                        {"class", "DataStructure"}})
          .Close()
          .Close();
    }
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
    if (!Open(Artefact::kCodeList, "str:Codelist", id, name.es, name.en)) return;
    for (const StatusCode& code : codes) {
      AddCode(absl::string_view(&code.letter, 1), code.name.es, code.name.en);
    }
    xml_.Close();
  }

  // The views of the version that is being written, the newest first.
  void ForEachOfVersion(absl::FunctionRef<void(const View&)> visit) const {
    for (const View* view : views_) {
      if (StructureVersion(*view) == version_) visit(*view);
    }
  }

  void AddCodeLists() {
    for (const FigureCodeList& list : view_->content().code_lists()) {
      if (list.code_list() == kUnits ||
          !Open(Artefact::kCodeList, "str:Codelist", list.code_list(), list.title_es(),
                list.title_en(), /*is_partial=*/true)) {
        continue;
      }
      MergedList merged;
      ForEachOfVersion([&](const View& view) {
        for (const FigureCodeList& one : view.content().code_lists()) {
          if (one.code_list() == list.code_list()) merged.Add(one);
        }
      });
      for (const FigureCode& code : merged.codes()) {
        AddCode(code.code(), code.name_es(), code.name_en());
      }
      xml_.Close();
    }
    AddUnits();
    AddStatuses(kConfStatuses, {"Confidencialidad", "Confidentiality status"}, ConfStatuses());
    AddStatuses(kObsStatuses, {"Estado de la observación", "Observation status"}, ObsStatuses());
    for (const TableView& table : view_->tables()) {
      if (!Open(Artefact::kCodeList, "str:Codelist", MeasureListId(table),
                absl::StrCat("Medidas: ", table.title(Language::kSpanish)),
                absl::StrCat("Measures: ", table.title(Language::kEnglish)))) {
        continue;
      }
      std::set<std::string> added;
      ForEachOfVersion([&](const View& view) {
        for (const TableView& one : view.tables()) {
          if (one.id() != table.id()) continue;
          for (const FigureMeasure& measure : one.measures()) {
            if (!added.insert(measure.measure()).second) continue;
            AddCode(measure.measure(), measure.title_es(), measure.title_en());
          }
        }
      });
      xml_.Close();
    }
  }

  // Those that measures have, whether the content names them or not.
  void AddUnits() {
    if (!Open(Artefact::kCodeList, "str:Codelist", kUnits, "Unidades de medida", "Units of measure",
              /*is_partial=*/true)) {
      return;
    }
    std::map<std::string, const View*> units;  // with the first view that has each
    ForEachOfVersion([&](const View& view) {
      for (const TableView& table : view.tables()) {
        for (const FigureMeasure& measure : table.measures()) units.emplace(measure.unit(), &view);
      }
    });
    units.erase("");
    for (const auto& [unit, view] : units) {
      AddCode(unit, view->UnitName(unit, Language::kSpanish),
              view->UnitName(unit, Language::kEnglish));
    }
    xml_.Close();
  }

  void AddConcept(absl::string_view id, absl::string_view es, absl::string_view en) {
    xml_.Open("str:Concept", {{"id", id}});
    AppendNames(xml_, es, en);
    xml_.Close();
  }

  void AddConcepts() {
    if (!Open(Artefact::kConceptScheme, "str:ConceptScheme", kConceptSchemeId,
              "Conceptos de Puente", "Puente's concepts", /*is_partial=*/true)) {
      return;
    }
    for (const ConceptWords& words : CommonConcepts()) {
      AddConcept(words.id, words.name.es, words.name.en);
    }
    std::set<std::string> added;
    ForEachOfVersion([&](const View& view) {
      for (const TableView& table : view.tables()) {
        for (int i = 0; i < static_cast<int>(table.dimensions().size()); ++i) {
          const DimensionView& dimension = table.dimensions()[i];
          if (i == table.period() || !added.insert(dimension.id()).second) continue;
          AddConcept(dimension.id(), dimension.title(Language::kSpanish),
                     dimension.title(Language::kEnglish));
        }
      }
    });
    xml_.Close();
  }

  // What a component means, and what it may say: codes of a list, or a text of a type.
  void AddRepresentation(absl::string_view concept_id, absl::string_view list,
                         absl::string_view text_type) {
    xml_.Open("str:ConceptIdentity")
        .Void("Ref", {{"id", concept_id},
                      {"maintainableParentID", kConceptSchemeId},
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
    for (const TableView& table : view_->tables()) {
      if (!Open(Artefact::kDataStructure, "str:DataStructure", StructureId(table),
                table.title(Language::kSpanish), table.title(Language::kEnglish))) {
        continue;
      }
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
      AddAttribute("OBS_STATUS", kObsStatuses, false);
      AddAttribute("CONF_STATUS", kConfStatuses, false);
      AddAttribute("UNIT_MEASURE", kUnits, true);
      xml_.Close()
          .Open("str:MeasureList", {{"id", "MeasureDescriptor"}})
          .Open("str:PrimaryMeasure", {{"id", "OBS_VALUE"}});
      AddRepresentation("OBS_VALUE", "", "Long");
      xml_.Close().Close().Close().Close();
    }
  }

  const absl::Span<const View* const> views_;
  const Wanted wanted_;
  const View* view_ = nullptr;  // whose artefacts are being written
  std::string version_;
  const char* group_ = nullptr;  // not opened yet
  std::set<std::string> written_;
  Markup xml_;
};

}  // namespace

void WriteStructureXml(absl::Span<const View* const> views, Wanted wanted, Output& out) {
  Structure(views, wanted, out).Write();
}

void WriteStructureXml(const View& view, Output& out) {
  WriteStructureXml(
      {&view}, [](const View&, Artefact, absl::string_view) { return true; }, out);
}

std::vector<std::string> ListsOf(const TableView& table) {
  std::vector<std::string> lists = {MeasureListId(table), kUnits, kConfStatuses, kObsStatuses};
  for (const DimensionView& dimension : table.dimensions()) {
    if (!dimension.is_period()) lists.push_back(dimension.list()->code_list());
  }
  return lists;
}

}  // namespace puente::gateway::reports
