#include "gateway/reports/extract.h"

#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "common/status/macros.h"
#include "gateway/errors.h"
#include "google/protobuf/util/json_util.h"

namespace puente::gateway::reports {
namespace {

using api::v1::FigureExtractHead;
using api::v1::FigureExtractLine;

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
    Rows& rows =
        extract.rows.emplace(table.table(), Rows(dimensions.size(), measures.size())).first->second;
    indexes_.emplace(table.table(), RowIndex(rows));
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
    Rows& rows = extract.rows.at(row.table());
    numbers_.clear();
    for (int i = 0; i < row.codes_size(); ++i) {
      std::optional<uint32_t> number = rows.numbering(i).Find(row.codes(i));
      if (!number.has_value()) {  // in no row yet
        if (!IsCode(table.dimensions(i).code_list(), row.codes(i))) return "CODE";
        number = rows.numbering(i).NumberOf(row.codes(i));
      }
      numbers_.push_back(*number);
    }
    if (row.figures_size() != table.measures_size()) return "FIGURES";
    figures_.clear();
    for (const type::v1::Figure& said : row.figures()) {
      const std::optional<Figure> figure = Figure::Of(said);
      if (!figure.has_value()) return "FIGURE";
      figures_.push_back(*figure);
    }
    const auto [at, is_new] = indexes_.at(row.table()).FindOrAdd(numbers_);
    if (!is_new) return "TWICE";
    absl::c_copy(figures_, rows.FiguresOf(at).begin());
    return "";
  }

  // Of periods, which have no list, every text.
  bool IsCode(const std::string& list, const std::string& code) const {
    if (list.empty()) return !code.empty();
    const auto codes = codes_.find(list);
    return codes != codes_.end() && codes->second.contains(code);
  }

  const std::string& agency_;
  FigureExtractLine::ContentCase last_ = FigureExtractLine::CONTENT_NOT_SET;
  absl::flat_hash_map<std::string, absl::flat_hash_set<std::string>> codes_;  // of each list
  std::map<std::string, RowIndex> indexes_;                                   // by table
  // Of the row that is being read.
  std::vector<uint32_t> numbers_;
  std::vector<Figure> figures_;
};

size_t BytesARow(const Rows& rows) {
  return rows.dimensions() * sizeof(uint32_t) + rows.measures() * sizeof(Figure);
}

absl::Status Broken(const std::string& agency, int64_t line, absl::string_view rule) {
  return Error(error::kReportExtractBroken, "agency"_is(agency), "line"_is(line), "rule"_is(rule));
}

}  // namespace

size_t RowBytes(const Extract& extract) {
  size_t bytes = 0;
  for (const auto& [table, rows] : extract.rows) bytes += rows.size() * BytesARow(rows);
  return bytes;
}

absl::StatusOr<Extract> ReadExtract(const std::string& agency, NextPiece next, size_t most_bytes) {
  Reader reader(agency);
  size_t bytes = 0;  // as RowBytes()
  FigureExtractLine line;
  int64_t number = 1;
  const auto take = [&](absl::string_view text) -> absl::Status {
    line.Clear();
    if (!google::protobuf::util::JsonStringToMessage({text.data(), text.size()}, &line).ok()) {
      return Broken(agency, number, "JSON");
    }
    const absl::string_view wrong = reader.Take(line);
    if (!wrong.empty()) return Broken(agency, number, wrong);
    if (line.has_row()) bytes += BytesARow(reader.extract.rows.at(line.row().table()));
    if (bytes > most_bytes) {
      return Error(error::kReportTooLarge, "agency"_is(agency), "table"_is(line.row().table()),
                   "limit"_is(kMostRowBytes));
    }
    ++number;
    return absl::OkStatus();
  };
  std::string begun;  // a line whose end is in a piece to come
  for (;;) {
    ASSIGN_OR_RETURN(const std::string piece, next());
    if (piece.empty()) break;
    absl::string_view rest = piece;
    for (size_t end; (end = rest.find('\n')) != absl::string_view::npos;) {
      if (begun.empty()) {
        RETURN_IF_ERROR(take(rest.substr(0, end)));
      } else {
        absl::StrAppend(&begun, rest.substr(0, end));
        RETURN_IF_ERROR(take(begun));
        begun.clear();
      }
      rest.remove_prefix(end + 1);
    }
    absl::StrAppend(&begun, rest);
  }
  // A line that ends with the file was cut off.
  if (!begun.empty()) return Broken(agency, number, "CUT");
  if (number == 1) return Broken(agency, number, "HEAD");
  return std::move(reader.extract);
}

}  // namespace puente::gateway::reports
