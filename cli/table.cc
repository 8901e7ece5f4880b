#include "cli/table.h"

#include <algorithm>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "cli/width.h"
#include "common/names/csv_text.h"

namespace puente::cli {
namespace {

constexpr size_t kGap = 2;
constexpr size_t kBelowIndent = 4;
constexpr size_t kTerminal = 80;  // columns

bool IsBelow(const Column& column) {
  return column.align == Column::kBelow || column.align == Column::kTextBelow;
}

std::string Shown(const Column& column, absl::string_view cell) {
  const std::string printable = Printable(cell);
  return column.most == 0 ? printable : Fit(printable, column.most);
}

// "-56" and "-6000.00", which no spreadsheet takes for a formula.
bool IsNumber(absl::string_view text) {
  absl::ConsumePrefix(&text, "-");
  return !text.empty() &&
         absl::c_all_of(text, [](char c) { return absl::ascii_isdigit(c) || c == '.'; });
}

std::string CsvLine(const std::vector<std::string>& cells) {
  return absl::StrCat(
      absl::StrJoin(cells, ",",
                    [](std::string* out, const std::string& cell) { out->append(CsvField(cell)); }),
      "\n");
}

}  // namespace

void Table::Add(std::vector<std::string> row) {
  row.resize(columns_.size());
  rows_.push_back(std::move(row));
}

std::string Table::Text(size_t indent, bool plain) const {
  std::vector<size_t> beside, below;  // columns
  std::vector<size_t> widths(columns_.size());
  for (size_t i = 0; i < columns_.size(); ++i) {
    (IsBelow(columns_[i]) ? below : beside).push_back(i);
    widths[i] = DisplayWidth(columns_[i].heading);
    for (const auto& row : rows_) {
      widths[i] = std::max(widths[i], DisplayWidth(Shown(columns_[i], row[i])));
    }
  }
  const std::string margin(indent, ' ');
  const std::string gap(kGap, ' ');
  const auto line = [&](const auto& cell) {
    std::string text = margin;
    for (const size_t i : beside) {
      if (i != beside.front()) text += gap;
      text += columns_[i].align == Column::kRight ? PadLeft(cell(i), widths[i])
                                                  : PadRight(cell(i), widths[i]);
    }
    absl::StripTrailingAsciiWhitespace(&text);
    return text + "\n";
  };
  std::string out;
  const bool headed = std::any_of(columns_.begin(), columns_.end(),
                                  [](const Column& column) { return !column.heading.empty(); });
  if (headed) {
    out += line([&](size_t i) { return columns_[i].heading; });
    size_t total = kGap * (beside.size() - 1);
    for (const size_t i : beside) total += widths[i];
    out += margin;
    for (size_t i = 0; i < total; ++i) out += plain ? "-" : "─";
    out += "\n";
  }
  for (const auto& row : rows_) {
    out += line([&](size_t i) { return Shown(columns_[i], row[i]); });
    for (const size_t i : below) {
      if (row[i].empty()) continue;
      const size_t before = indent + kBelowIndent;
      const bool whole = columns_[i].align == Column::kBelow;
      for (const std::string& part :
           whole ? std::vector<std::string>{Shown(columns_[i], row[i])}
                 : Wrapped(Printable(row[i]), kTerminal - std::min(before, kTerminal))) {
        absl::StrAppend(&out, std::string(before, ' '), part, "\n");
      }
    }
  }
  return out;
}

std::string Table::Csv() const {
  std::vector<std::string> headings;
  for (const Column& column : columns_) headings.push_back(column.heading);
  std::string out = CsvLine(headings);
  for (const auto& row : rows_) out += CsvLine(row);
  return out;
}

std::string CsvField(absl::string_view text) {
  std::string field;
  if (IsNumber(text)) {
    field = std::string(text);
  } else {
    AppendCsvText(field, text);
  }
  return field;
}

}  // namespace puente::cli
