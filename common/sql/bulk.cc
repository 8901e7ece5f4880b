#include "common/sql/bulk.h"

#include <algorithm>

#include "absl/functional/function_ref.h"
#include "absl/numeric/bits.h"
#include "absl/strings/str_cat.h"
#include "common/status/macros.h"

namespace puente::sql {
namespace {

// A statement takes at most 65,535 parameters.
constexpr size_t kMostParameters = 65'535;
constexpr size_t kMostRows = 1024;
constexpr size_t kFewRows = 8;  // of which each number has a statement of its own

std::string Marks(size_t count) {
  std::string marks = "(";
  for (size_t i = 0; i < count; ++i) marks += i == 0 ? "?" : ", ?";
  return marks + ")";
}

// Has `run` run one slice after the other, of so many rows.
absl::Status EachSlice(
    const BulkInsert& insert, absl::Span<const Value> values,
    absl::FunctionRef<absl::Status(const Query&, size_t rows, absl::Span<const Value>)> run) {
  const size_t most = absl::bit_floor(std::min(kMostRows, kMostParameters / insert.columns));
  size_t rows = values.size() / insert.columns;
  const std::string row = Marks(insert.columns);
  while (rows > 0) {
    const size_t slice = rows <= kFewRows ? rows : std::min(most, absl::bit_floor(rows));
    std::string text = absl::StrCat(insert.head, " ");
    for (size_t i = 0; i < slice; ++i) absl::StrAppend(&text, i == 0 ? "" : ", ", row);
    absl::StrAppend(&text, " ", insert.tail);
    RETURN_IF_ERROR(run({insert.name, text}, slice, values.subspan(0, slice * insert.columns)));
    values.remove_prefix(slice * insert.columns);
    rows -= slice;
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status InsertRows(Connection& connection, const BulkInsert& insert,
                        absl::Span<const Value> values) {
  return EachSlice(insert, values, [&](const Query& query, size_t, absl::Span<const Value> some) {
    return connection.Execute(query, some).status();
  });
}

absl::StatusOr<std::vector<int64_t>> InsertRowsForIds(Connection& connection,
                                                      const BulkInsert& insert,
                                                      absl::Span<const Value> values) {
  std::vector<int64_t> all;
  RETURN_IF_ERROR(
      EachSlice(insert, values,
                [&](const Query& query, size_t rows, absl::Span<const Value> some) -> absl::Status {
                  ASSIGN_OR_RETURN(const std::vector<int64_t> ids,
                                   connection.InsertForIds(query, rows, some));
                  all.insert(all.end(), ids.begin(), ids.end());
                  return absl::OkStatus();
                }));
  return all;
}

std::string InList(size_t count) { return Marks(absl::bit_ceil(std::max<size_t>(count, 1))); }

void PadList(std::vector<Value>& values) {
  if (values.empty()) values.emplace_back();
  const Value last = values.back();
  values.resize(absl::bit_ceil(values.size()), last);
}

void AppendList(absl::Span<const std::string> texts, std::vector<Value>& values) {
  std::vector<Value> list(texts.begin(), texts.end());
  PadList(list);
  values.insert(values.end(), list.begin(), list.end());
}

}  // namespace puente::sql
