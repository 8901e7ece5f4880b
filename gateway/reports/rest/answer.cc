#include "gateway/reports/rest/answer.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/status/macros.h"
#include "gateway/reports/rest/errors.h"

namespace puente::gateway::reports {
namespace {

absl::Status NothingFound(const Question& question) {
  return Error(error::kSdmxNothingFound, "what"_is(question.path));
}

// An artefact of a published report.
using Chosen = std::set<std::tuple<const View*, Artefact, std::string>>;

void ForEachArtefact(const View& view,
                     absl::FunctionRef<void(Artefact kind, const std::string& id)> visit) {
  visit(Artefact::kConceptScheme, kConceptSchemeId);
  for (const FigureCodeList& list : view.content().code_lists()) {
    visit(Artefact::kCodeList, list.code_list());
  }
  for (const TableView& table : view.tables()) {
    visit(Artefact::kDataflow, DataflowId(table));
    visit(Artefact::kDataStructure, StructureId(table));
    for (const std::string& list : ListsOf(table)) visit(Artefact::kCodeList, list);
  }
}

// What the artefact refers to, once (children) or on and on (descendants).
void AddReferences(const View& view, Artefact kind, const std::string& id, bool further,
                   Chosen& chosen) {
  for (const TableView& table : view.tables()) {
    if (kind == Artefact::kDataflow && id == DataflowId(table)) {
      chosen.emplace(&view, Artefact::kDataStructure, StructureId(table));
      if (further) {
        AddReferences(view, Artefact::kDataStructure, StructureId(table), further, chosen);
      }
    }
    if (kind == Artefact::kDataStructure && id == StructureId(table)) {
      chosen.emplace(&view, Artefact::kConceptScheme, kConceptSchemeId);
      for (const std::string& list : ListsOf(table)) {
        chosen.emplace(&view, Artefact::kCodeList, list);
      }
    }
  }
}

absl::StatusOr<Answer> AnswerStructure(const PublishedReports& reports, const Question& question,
                                       const std::vector<std::string>& parts) {
  ASSIGN_OR_RETURN(const StructureQuery query, ReadStructureQuery(parts, question));
  ASSIGN_OR_RETURN(const Format format, FormatOf(question, /*data=*/false));
  Chosen chosen;
  std::vector<const View*> views;
  std::set<std::string> met;
  for (const auto& report : reports) {
    const View& view = report->view();
    views.push_back(&view);
    std::vector<std::string> found;
    ForEachArtefact(view, [&](Artefact kind, const std::string& id) {
      if (kind != query.kind || (!query.ids.empty() && !query.ids.contains(id))) return;
      const bool right = query.version == "all" || query.version == StructureVersion(view) ||
                         (query.version == "latest" && !met.contains(id));
      if (right) found.push_back(id);
    });
    for (const std::string& id : found) {
      met.insert(id);
      chosen.emplace(&view, query.kind, id);
      if (query.references != StructureQuery::kNone) {
        AddReferences(view, query.kind, id, query.references == StructureQuery::kDescendants,
                      chosen);
      }
    }
  }
  if (chosen.empty()) return NothingFound(question);
  return Answer{200, MediaTypeOf(format),
                StructureXml(views, [&](const View& view, Artefact kind, absl::string_view id) {
                  return chosen.contains({&view, kind, std::string(id)});
                })};
}

// The report and table of a dataflow.
const TableView* FindTable(const PublishedReports& reports, const DataQuery& query,
                           const View*& view) {
  for (const auto& report : reports) {
    view = &report->view();
    if (query.version != "latest" && query.version != StructureVersion(*view)) continue;
    for (const TableView& table : view->tables()) {
      if (DataflowId(table) == query.flow) return &table;
    }
  }
  return nullptr;
}

// Which rows and measures a query wants of a table.
class Wish {
 public:
  static absl::StatusOr<Wish> Of(const DataQuery& query, const TableView& table) {
    Wish wish(query, table);
    if (query.key.empty()) return wish;
    const size_t periods = table.period() < 0 ? 0 : 1;
    const size_t parts = table.dimensions().size() - periods + 1;  // with MEASURE
    if (query.key.size() != parts) {
      return Error(error::kSdmxQueryWrong, "what"_is("KEY"),
                   "form"_is(absl::StrCat(parts, " × .")));
    }
    return wish;
  }

  bool IsAll() const {
    return (table_.period() < 0 || (!query_.start && !query_.end)) &&
           std::all_of(query_.key.begin(), query_.key.end(),
                       [](const auto& ids) { return ids.empty(); });
  }
  bool Wants(const TableView::Row& row) const {
    size_t part = 0;
    for (int i = 0; i < row.codes_size(); ++i) {
      if (i == table_.period()) {
        if (!HasPeriod(table_, row) || !IsWithin(row.codes(i))) return false;
      } else if (!Wants(part++, CodeId(row.codes(i)))) {
        return false;
      }
    }
    return true;
  }
  bool WantsMeasure(const std::string& measure) const {
    return query_.key.empty() || Wants(query_.key.size() - 1, measure);
  }

 private:
  Wish(const DataQuery& query, const TableView& table) : query_(query), table_(table) {}

  bool Wants(size_t part, const std::string& id) const {
    return query_.key.empty() || query_.key[part].empty() || query_.key[part].contains(id);
  }
  bool IsWithin(const std::string& period) const {
    const std::optional<Months> months = MonthsOf(period);
    return months && (!query_.start || months->first >= query_.start->first) &&
           (!query_.end || months->last <= query_.end->last);
  }

  const DataQuery& query_;
  const TableView& table_;
};

// The content with nothing but what is wanted of one table.
Content Narrowed(const View& view, const TableView& table, const Wish& wish) {
  Content narrow;
  const Content& whole = view.content();
  narrow.set_report(whole.report());
  narrow.set_version(whole.version());
  narrow.set_definition_version(whole.definition_version());
  narrow.set_record_kind(whole.record_kind());
  *narrow.mutable_sources() = whole.sources();
  *narrow.mutable_code_lists() = whole.code_lists();
  Table& added = *narrow.add_tables();
  *added.mutable_table() = table.head();
  added.mutable_table()->clear_measures();
  std::vector<int> measures;
  for (int i = 0; i < table.measures().size(); ++i) {
    if (!wish.WantsMeasure(table.measures()[i].measure())) continue;
    measures.push_back(i);
    *added.mutable_table()->add_measures() = table.measures()[i];
  }
  if (measures.empty()) return narrow;
  table.ForEachRow([&](const TableView::Row& row) {
    if (!wish.Wants(row)) return;
    api::v1::FigureRow& kept = *added.add_rows();
    *kept.mutable_codes() = row.codes();
    for (const int measure : measures) *kept.add_figures() = row.figures(measure);
  });
  return narrow;
}

absl::StatusOr<DataOptions> OptionsOf(const DataQuery& query, const TableView& table,
                                      Format format) {
  DataOptions options{.detail = query.detail};
  const bool flat = format == Format::kCsv || format == Format::kJson;
  if (query.along == "AllDimensions") {
    options.along = DataOptions::kFlat;
  } else if (!query.along.empty()) {
    for (int i = 0; i < static_cast<int>(table.dimensions().size()); ++i) {
      if (ComponentId(table, i) == query.along) options.along = i;
    }
    if (options.along == DataOptions::kUsual || flat) {
      return Error(error::kSdmxNotImplemented,
                   "what"_is(absl::StrCat("?dimensionAtObservation=", query.along)));
    }
  }
  if (flat && query.detail != DataOptions::kFull) {
    return Error(error::kSdmxNotImplemented, "what"_is("?detail (CSV, JSON)"));
  }
  return options;
}

absl::StatusOr<Answer> AnswerData(const PublishedReports& reports, const Question& question,
                                  const std::vector<std::string>& parts) {
  ASSIGN_OR_RETURN(const DataQuery query, ReadDataQuery(parts, question));
  ASSIGN_OR_RETURN(const Format format, FormatOf(question, /*data=*/true));
  const View* view = nullptr;
  const TableView* table = FindTable(reports, query, view);
  if (table == nullptr) return NothingFound(question);
  ASSIGN_OR_RETURN(const Wish wish, Wish::Of(query, *table));
  ASSIGN_OR_RETURN(const DataOptions options, OptionsOf(query, *table, format));
  std::shared_ptr<const PublishedReport> narrow;
  if (!wish.IsAll()) {
    ASSIGN_OR_RETURN(narrow, PublishedReport::Of(Narrowed(*view, *table, wish)));
    view = &narrow->view();
    table = &view->tables()[0];
  }
  bool any = false;
  ForEachObservation(*table, [&](const TableView::Row&, int, const Figure&) { any = true; });
  if (!any) return NothingFound(question);
  Answer answer{200, MediaTypeOf(format), ""};
  switch (format) {
    case Format::kGeneric:
      answer.body = GenericXml(*view, *table, options);
      break;
    case Format::kCsv:
      answer.body = SdmxCsv(*view, *table);
      break;
    case Format::kJson:
      answer.body = SdmxJson(*view, *table);
      break;
    default:
      answer.body = StructureSpecificXml(*view, *table, options);
  }
  return answer;
}

absl::StatusOr<Answer> TryToAnswer(const PublishedReports& reports, const Question& question) {
  const auto parts = PartsOf(question.path);
  if (!parts || reports.empty()) return NothingFound(question);
  const std::string& resource = parts->front();
  if (IsOtherResource(resource)) return Error(error::kSdmxNotImplemented, "what"_is(resource));
  if (resource == "data") return AnswerData(reports, question, *parts);
  return AnswerStructure(reports, question, *parts);
}

}  // namespace

Answer AnswerTo(const PublishedReports& reports, const Question& question) {
  auto answer = TryToAnswer(reports, question);
  return answer.ok() ? *std::move(answer) : ErrorAnswer(answer.status());
}

Answer ErrorAnswer(const absl::Status& error) {
  // Of HTTP, and as SDMX numbers errors.
  int status = 500, number = 500;
  switch (error.code()) {
    case absl::StatusCode::kNotFound:
      status = 404, number = 100;
      break;
    case absl::StatusCode::kInvalidArgument:
      status = 400, number = 140;
      break;
    case absl::StatusCode::kFailedPrecondition:
      status = 406, number = 150;
      break;
    case absl::StatusCode::kUnavailable:
      status = number = 503;
      break;
    case absl::StatusCode::kUnimplemented:
      status = number = 501;
      break;
    default:
      break;
  }
  Markup xml;
  xml.XmlDeclaration().Open(
      "mes:Error", {{"xmlns:mes", "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message"},
                    {"xmlns:com", "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common"}});
  xml.Open("mes:ErrorMessage", {{"code", absl::StrCat(number)}})
      .Leaf("com:Text", {{"xml:lang", "es"}}, Text(error, Locale::kSpanish))
      .Leaf("com:Text", {{"xml:lang", "en"}}, Text(error, Locale::kEnglish))
      .Close()
      .Close();
  return {status, "application/xml", xml.Finish()};
}

}  // namespace puente::gateway::reports
