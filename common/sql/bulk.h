// Many rows a statement, with few different texts, so that the statement cache serves them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "common/sql/connection.h"

namespace puente::sql {

// "INSERT INTO t (a, b) VALUES" and, behind the rows, perhaps "ON DUPLICATE KEY UPDATE …".
struct BulkInsert {
  absl::string_view name;
  absl::string_view head;
  size_t columns;
  absl::string_view tail = "";
};

// Inserts values.size() / columns rows: eight at most in one statement, more in slices whose sizes
// are powers of two, and what is left.
absl::Status InsertRows(Connection& connection, const BulkInsert& insert,
                        absl::Span<const Value> values);

// The same, and returns what the table's auto-increment column `id` gave each.
absl::StatusOr<std::vector<int64_t>> InsertRowsForIds(Connection& connection,
                                                      const BulkInsert& insert,
                                                      absl::Span<const Value> values);

// "(?, ?, ?, ?)" for at least `count` values: the next power of two. Give the values through
// PadList, which repeats the last one.
std::string InList(size_t count);
void PadList(std::vector<Value>& values);
// Appends what an InList() of these texts needs; they must outlive the values.
void AppendList(absl::Span<const std::string> texts, std::vector<Value>& values);

}  // namespace puente::sql
