#include "gateway/reports/extract.h"

#include <set>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_join.h"
#include "common/status/error.h"
#include "common/status/macros.h"
#include "gateway/errors.h"
#include "google/protobuf/util/json_util.h"

namespace puente::gateway::reports {
namespace {

using api::v1::FigureExtractHead;
using api::v1::FigureExtractLine;

// Between codes, none of which has it.
constexpr char kBetween[] = "\x1f";

// Reads a file line by line. What is wrong with one is a word for whoever makes such files: "" for
// nothing.
class Reader {
 public:
  explicit Reader(const std::string& agency) : agency_(agency) {}

  absl::string_view Take(const FigureExtractLine& line) {
    // In this order, each kind after the one before.
    if (line.content_case() < last_) return "ORDER";
    if ((last_ == FigureExtractLine::CONTENT_NOT_SET) != line.has_head()) return "HEAD";
    last_ = line.content_case();
    switch (line.content_case()) {
      case FigureExtractLine::kHead:
        return TakeHead(line.head());
      case FigureExtractLine::kTable:
        return TakeTable(line.table());
      case FigureExtractLine::kCodeList:
        return TakeCodeList(line.code_list());
      case FigureExtractLine::kRow:
        return TakeRow(line.row());
      default:
        return "EMPTY";
    }
  }

  Extract extract;

 private:
  absl::string_view TakeHead(const FigureExtractHead& head) {
    if (head.agency() != agency_) return "AGENCY";
    if (!type::v1::RecordKind_IsValid(head.record_kind())) return "RECORD_KIND";
    extract.head = head;
    return "";
  }

  absl::string_view TakeTable(const api::v1::FigureTable& table) {
    std::set<std::string> dimensions, measures;
    for (const auto& dimension : table.dimensions()) dimensions.insert(dimension.dimension());
    for (const auto& measure : table.measures()) measures.insert(measure.measure());
    if (dimensions.contains("") || std::ssize(dimensions) != table.dimensions_size() ||
        dimensions.empty()) {
      return "DIMENSIONS";
    }
    if (measures.contains("") || std::ssize(measures) != table.measures_size() ||
        measures.empty()) {
      return "MEASURES";
    }
    if (table.table().empty() || !extract.tables.emplace(table.table(), table).second) {
      return "TABLE";
    }
    extract.rows[table.table()];
    return "";
  }

  absl::string_view TakeCodeList(const api::v1::FigureCodeList& list) {
    if (list.code_list().empty() || !extract.code_lists.emplace(list.code_list(), list).second) {
      return "CODE_LIST";
    }
    auto& codes = codes_[list.code_list()];
    for (const auto& code : list.codes()) {
      if (code.code().empty() || !codes.insert(code.code()).second) return "CODE";
    }
    return "";
  }

  absl::string_view TakeRow(const api::v1::FigureRow& row) {
    const auto found = extract.tables.find(row.table());
    if (found == extract.tables.end()) return "TABLE";
    const api::v1::FigureTable& table = found->second;
    if (row.codes_size() != table.dimensions_size()) return "CODES";
    for (int i = 0; i < row.codes_size(); ++i) {
      if (!IsCode(table.dimensions(i).code_list(), row.codes(i))) return "CODE";
    }
    if (row.figures_size() != table.measures_size()) return "FIGURES";
    if (!absl::c_all_of(row.figures(), &IsFigure)) return "FIGURE";
    if (!keys_[row.table()].insert(absl::StrJoin(row.codes(), kBetween)).second) return "TWICE";
    extract.rows[row.table()].push_back(row);
    return "";
  }

  // Of periods, which have no list, every text.
  bool IsCode(const std::string& list, const std::string& code) const {
    if (list.empty()) return !code.empty();
    const auto codes = codes_.find(list);
    return codes != codes_.end() && codes->second.contains(code);
  }

  static bool IsFigure(const type::v1::Figure& figure) {
    if (figure.has_value()) return true;
    return figure.has_mark() && type::v1::Mark_IsValid(figure.mark()) &&
           figure.mark() != type::v1::MARK_UNSPECIFIED;
  }

  const std::string& agency_;
  FigureExtractLine::ContentCase last_ = FigureExtractLine::CONTENT_NOT_SET;
  absl::flat_hash_map<std::string, absl::flat_hash_set<std::string>> codes_;  // of each list
  absl::flat_hash_map<std::string, absl::flat_hash_set<std::string>> keys_;  // of each table's rows
};

absl::Status Broken(const std::string& agency, int64_t line, absl::string_view rule) {
  return Error(error::kReportExtractBroken, "agency"_is(agency), "line"_is(line), "rule"_is(rule));
}

}  // namespace

absl::StatusOr<Extract> ReadExtract(const std::string& agency, absl::string_view file) {
  Reader reader(agency);
  FigureExtractLine line;
  int64_t number = 1;
  for (; !file.empty(); ++number) {
    const size_t end = file.find('\n');
    // A line that ends with the file was cut off.
    if (end == absl::string_view::npos) return Broken(agency, number, "CUT");
    line.Clear();
    const absl::string_view text = file.substr(0, end);
    if (!google::protobuf::util::JsonStringToMessage({text.data(), text.size()}, &line).ok()) {
      return Broken(agency, number, "JSON");
    }
    const absl::string_view wrong = reader.Take(line);
    if (!wrong.empty()) return Broken(agency, number, wrong);
    file.remove_prefix(end + 1);
  }
  if (number == 1) return Broken(agency, number, "HEAD");
  return std::move(reader.extract);
}

}  // namespace puente::gateway::reports
