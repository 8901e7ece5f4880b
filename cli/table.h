// Tables that line up, as text or as CSV.
#pragma once

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace puente::cli {

struct Column {
  std::string heading;
  // What is below stands on a line of its own, whole, for names that people copy; text that is
  // below goes on in the next line where it is wider than a terminal. Such columns come last.
  enum Align { kLeft, kRight, kBelow, kTextBelow } align = kLeft;
  // Widest that text of the column may be on a terminal; 0 means no limit.
  size_t most = 0;
};

class Table {
 public:
  explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}

  // One cell a column.
  void Add(std::vector<std::string> row);
  size_t size() const { return rows_.size(); }
  bool empty() const { return rows_.empty(); }

  // Lines indented by `indent` columns, a rule of "─" (or "-" if plain) under the headings.
  std::string Text(size_t indent, bool plain) const;

  // RFC 4180, with "\n" as line end: tools read it, people's diffs like it.
  std::string Csv() const;

 private:
  std::vector<Column> columns_;
  std::vector<std::vector<std::string>> rows_;
};

// A field of a CSV file: a number as it is, a text as AppendCsvText has it.
std::string CsvField(absl::string_view text);

}  // namespace puente::cli
