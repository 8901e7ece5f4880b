#include "common/extracts/lines.h"

#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "common/extracts/code_lists.h"
#include "common/status/macros.h"

namespace puente::extracts {
namespace {

using api::v1::FigureCodeList;
using api::v1::FigureExtractLine;
using Line = absl::FunctionRef<absl::Status(absl::string_view)>;

absl::Status Write(const FigureExtractLine& content, Line line) {
  std::string json;
  const auto status = google::protobuf::util::MessageToJsonString(content, &json);
  if (!status.ok()) return absl::InternalError("a line has a text that is not UTF-8");
  json += '\n';
  return line(json);
}

// By list: the codes that rows have.
using Used = std::map<std::string, std::set<std::string>>;

absl::Status Check(const Table& table, std::vector<Row>& rows) {
  absl::c_sort(rows, [](const Row& one, const Row& other) { return one.codes < other.codes; });
  for (size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].codes.size() != table.dimensions.size() ||
        rows[i].figures.size() != table.measures.size()) {
      return absl::InternalError(absl::StrCat(table.name, ": a row of another form"));
    }
    if (i > 0 && rows[i].codes == rows[i - 1].codes) {
      return absl::InternalError(absl::StrCat(table.name, ": a row is said twice"));
    }
  }
  return absl::OkStatus();
}

void AddUsed(const Table& table, const std::vector<Row>& rows, Used& used) {
  for (size_t d = 0; d < table.dimensions.size(); ++d) {
    if (table.dimensions[d].code_list.empty()) continue;
    std::set<std::string>& codes = used[std::string(table.dimensions[d].code_list)];
    codes.insert(kAll);
    for (const Row& row : rows) codes.insert(row.codes[d]);
  }
  for (const Measure& measure : table.measures) {
    used[std::string(kUnits)].emplace(measure.unit);
  }
}

void AddCode(const std::string& code, const Text& name, FigureCodeList& out) {
  api::v1::FigureCode& added = *out.add_codes();
  added.set_code(code);
  added.set_name_es(name.es);
  added.set_name_en(name.en.empty() ? name.es : name.en);
}

// Declared codes, others by code, special ones.
FigureCodeList ListOf(const CodeList& list, std::set<std::string> used,
                      const std::map<std::string, Text>& names) {
  FigureCodeList out;
  out.set_code_list(std::string(list.id));
  out.set_title_es(list.title.es);
  out.set_title_en(list.title.en);
  for (const Code& code : list.codes) {
    if (used.erase(code.code) != 0) AddCode(code.code, code.name, out);
  }
  std::vector<const Code*> special;
  for (const Code& code : SpecialCodes()) {
    if (used.erase(code.code) != 0) special.push_back(&code);
  }
  for (const std::string& code : used) {
    const auto named = names.find(code);
    AddCode(code, named == names.end() ? Text{code, code} : named->second, out);
  }
  for (const Code* code : special) AddCode(code->code, code->name, out);
  return out;
}

const CodeList* Find(const std::vector<CodeList>& own, absl::string_view id) {
  for (const std::vector<CodeList>* lists : {&CommonCodeLists(), &own}) {
    for (const CodeList& list : *lists) {
      if (list.id == id) return &list;
    }
  }
  return nullptr;
}

}  // namespace

absl::Status MakeLines(Extracted& extracted, const std::vector<CodeList>& own_lists, Line line) {
  FigureExtractLine content;
  *content.mutable_head() = extracted.head;
  RETURN_IF_ERROR(Write(content, line));
  Used used;
  for (size_t i = 0; i < extracted.tables.size(); ++i) {
    const Table& table = *extracted.tables[i];
    RETURN_IF_ERROR(Check(table, extracted.rows[i]));
    AddUsed(table, extracted.rows[i], used);
    *content.mutable_table() = AsContract(table);
    RETURN_IF_ERROR(Write(content, line));
  }
  for (auto& [id, codes] : used) {
    const CodeList* list = Find(own_lists, id);
    if (list == nullptr) return absl::InternalError(absl::StrCat("no code list ", id));
    *content.mutable_code_list() = ListOf(*list, std::move(codes), extracted.names[id]);
    RETURN_IF_ERROR(Write(content, line));
  }
  for (size_t i = 0; i < extracted.tables.size(); ++i) {
    for (Row& row : extracted.rows[i]) {
      api::v1::FigureRow& said = *content.mutable_row();
      said.Clear();
      said.set_table(std::string(extracted.tables[i]->name));
      for (std::string& code : row.codes) said.add_codes(std::move(code));
      for (type::v1::Figure& figure : row.figures) *said.add_figures() = std::move(figure);
      RETURN_IF_ERROR(Write(content, line));
    }
  }
  return absl::OkStatus();
}

api::v1::FigureTable AsContract(const Table& table) {
  api::v1::FigureTable out;
  out.set_table(std::string(table.name));
  out.set_title_es(table.title.es);
  out.set_title_en(table.title.en);
  out.set_note_es(table.note.es);
  out.set_note_en(table.note.en);
  for (const Dimension& dimension : table.dimensions) {
    api::v1::FigureDimension& said = *out.add_dimensions();
    said.set_dimension(std::string(dimension.id));
    said.set_title_es(dimension.title.es);
    said.set_title_en(dimension.title.en);
    said.set_code_list(std::string(dimension.code_list));
  }
  for (const Measure& measure : table.measures) {
    api::v1::FigureMeasure& said = *out.add_measures();
    said.set_measure(std::string(measure.id));
    said.set_title_es(measure.title.es);
    said.set_title_en(measure.title.en);
    said.set_unit(std::string(measure.unit));
  }
  out.set_absent_is_zero(table.absent_is_zero);
  return out;
}

}  // namespace puente::extracts
