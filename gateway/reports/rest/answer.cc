#include "gateway/reports/rest/answer.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
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
  const auto wanted = [&](const View& view, Artefact kind, absl::string_view id) {
    return chosen.contains({&view, kind, std::string(id)});
  };
  ASSIGN_OR_RETURN(std::string body,
                   Written(kAnySize, [&](Output& out) { WriteStructureXml(views, wanted, out); }));
  return Answer{200, MediaTypeOf(format), std::move(body)};
}

// The report and table of a dataflow.
const TableView* FindTable(const PublishedReports& reports, const DataQuery& query,
                           std::shared_ptr<const PublishedReport>& found) {
  for (const auto& report : reports) {
    found = report;
    if (query.version != "latest" && query.version != StructureVersion(report->view())) continue;
    for (const TableView& table : report->view().tables()) {
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
  // Of each dimension the codes, by their numbers.
  std::vector<std::vector<bool>> WantedCodes() const {
    std::vector<std::vector<bool>> wanted;
    size_t part = 0;
    for (int i = 0; i < std::ssize(table_.dimensions()); ++i) {
      std::vector<bool>& codes = wanted.emplace_back();
      for (const std::string& code : table_.rows().numbering(i).texts()) {
        codes.push_back(i == table_.period() ? !IsSpecial(code) && IsWithin(code)
                                             : Wants(part, CodeId(code)));
      }
      if (i != table_.period()) ++part;
    }
    return wanted;
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

// What is told, with nothing but what is wanted of one table.
Told Narrowed(const View& view, const TableView& table, const Wish& wish) {
  Told narrow;
  Content& content = narrow.content;
  const Content& whole = view.content();
  content.set_report(whole.report());
  content.set_version(whole.version());
  content.set_definition_version(whole.definition_version());
  content.set_record_kind(whole.record_kind());
  content.set_some_generated(whole.some_generated());
  *content.mutable_sources() = whole.sources();
  *content.mutable_code_lists() = whole.code_lists();
  Table& added = *content.add_tables();
  *added.mutable_table() = table.head();
  added.mutable_table()->clear_measures();
  std::vector<int> measures;
  for (int i = 0; i < table.measures().size(); ++i) {
    if (!wish.WantsMeasure(table.measures()[i].measure())) continue;
    measures.push_back(i);
    *added.mutable_table()->add_measures() = table.measures()[i];
  }
  Rows& rows = narrow.rows.emplace_back(NoRows(added));
  if (measures.empty()) return narrow;
  const std::vector<std::vector<bool>> wanted = wish.WantedCodes();
  std::vector<uint32_t> numbers(wanted.size());
  table.ForEachRow([&](const TableView::Row& row) {
    for (int i = 0; i < row.codes_size(); ++i) {
      if (!wanted[i][row.number(i)]) return;
    }
    for (int i = 0; i < row.codes_size(); ++i) {
      numbers[i] = rows.numbering(i).NumberOf(row.codes(i));
    }
    const absl::Span<Figure> figures = rows.FiguresOf(rows.Add(numbers));
    for (size_t m = 0; m < measures.size(); ++m) figures[m] = row.figures(measures[m]);
  });
  rows.Sort();
  return narrow;
}

bool HasObservations(const TableView& table) {
  for (size_t i = 0; i < table.rows().size() && !table.measures().empty(); ++i) {
    if (HasPeriod(table, table.rows()[i])) return true;
  }
  return false;
}

// What is sent of one table at once: it is in memory as it is sent. No observation takes less than
// so many bytes of it.
constexpr size_t kMostBytes = 32 << 20;
constexpr size_t kLeastOfObservation = 20;

// Whether it need not be written to be found too large.
bool IsTooLarge(const TableView& table, const DataOptions& options) {
  const bool has_observations =
      options.detail == DataOptions::kFull || options.detail == DataOptions::kDataOnly;
  return has_observations &&
         table.rows().size() * table.rows().measures() > kMostBytes / kLeastOfObservation;
}

void Write(Format format, const View& view, const TableView& table, const DataOptions& options,
           Output& out) {
  switch (format) {
    case Format::kGeneric:
      return WriteGenericXml(view, table, options, out);
    case Format::kCsv:
      return WriteSdmxCsv(view, table, out);
    case Format::kJson:
      return WriteSdmxJson(view, table, out);
    default:
      return WriteSpecificXml(view, table, options, out);
  }
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
    const std::string what = absl::StrCat("?dimensionAtObservation=", query.along);
    if (query.along == "MEASURE") return Error(error::kSdmxNotImplemented, "what"_is(what));
    if (options.along == DataOptions::kUsual) {
      std::vector<std::string> ids = {"AllDimensions"};
      for (int i = 0; i < static_cast<int>(table.dimensions().size()); ++i) {
        ids.push_back(ComponentId(table, i));
      }
      return Error(error::kSdmxQueryWrong, "what"_is(what), "form"_is(absl::StrJoin(ids, ", ")));
    }
    // CSV has none, whatever is asked for; JSON has all, which its readers take for the usual one.
    const bool is_usual = options.along == table.period();
    if (format == Format::kJson && !is_usual) {
      return Error(error::kSdmxNotImplemented, "what"_is(what));
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
  std::shared_ptr<const PublishedReport> report;
  const TableView* table = FindTable(reports, query, report);
  if (table == nullptr) return NothingFound(question);
  ASSIGN_OR_RETURN(const Wish wish, Wish::Of(query, *table));
  ASSIGN_OR_RETURN(const DataOptions options, OptionsOf(query, *table, format));
  // Where a caller has all of it, whatever its size.
  const std::string id = report->view().content().report();
  const std::string file = absl::StrCat(table->id(), ".sdmx.csv");
  if (!report->has_rows()) {
    return Error(error::kSdmxTableTooLarge, "what"_is(question.path), "file"_is(file),
                 "report"_is(id));
  }
  if (!wish.IsAll()) {
    // The reports hold the whole one.
    ASSIGN_OR_RETURN(report, PublishedReport::Of(Narrowed(report->view(), *table, wish)));
    table = &report->view().tables()[0];
  }
  if (!HasObservations(*table)) return NothingFound(question);
  absl::StatusOr<std::string> body = absl::ResourceExhaustedError("too long");
  if (!IsTooLarge(*table, options)) {
    body = Written(kMostBytes,
                   [&](Output& out) { Write(format, report->view(), *table, options, out); });
  }
  if (!body.ok()) {
    return Error(error::kSdmxTooLarge, "what"_is(question.path), "limit"_is(kMostBytes >> 20),
                 "file"_is(file), "report"_is(id));
  }
  return Answer{200, MediaTypeOf(format), *std::move(body)};
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
    case absl::StatusCode::kResourceExhausted:
      status = 413, number = 510;
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
  // Never too long.
  const auto body = Written(kAnySize, [&](Output& out) {
    Markup xml(out);
    xml.XmlDeclaration().Open(
        "mes:Error", {{"xmlns:mes", "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message"},
                      {"xmlns:com", "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common"}});
    xml.Open("mes:ErrorMessage", {{"code", absl::StrCat(number)}})
        .Leaf("com:Text", {{"xml:lang", "es"}}, Text(error, Locale::kSpanish))
        .Leaf("com:Text", {{"xml:lang", "en"}}, Text(error, Locale::kEnglish))
        .Close()
        .Close()
        .Finish();
  });
  return {status, "application/xml", body.value_or("")};
}

}  // namespace puente::gateway::reports
