// Rows of a vacancy file as vacancies, every field checked.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "common/status/error.h"
#include "modules/labor/loader/csv.h"
#include "modules/labor/loader/profile.h"
#include "puente/labor/v1/vacancy.pb.h"

namespace puente::labor::loader {

// What is wrong with a value: a rule and what to do about it.
struct RowRule {
  absl::string_view rule;  // UPPER_SNAKE
  absl::string_view es;
  absl::string_view en;
};

inline constexpr RowRule kRequired{"REQUIRED", "Es obligatorio; complételo.",
                                   "It is required; fill it in."};

// The text normalized into `out`; what is wrong if it is no text or has more than `most`
// characters.
const RowRule* SetText(absl::string_view value, size_t most, std::string& out);

// Where the columns are in a file's header. FILE_COLUMNS, which names the layout, if the header
// lacks one or has it twice.
absl::StatusOr<std::vector<size_t>> FindColumns(absl::Span<const absl::string_view> header,
                                                const std::vector<absl::string_view>& columns,
                                                absl::string_view layout);

// A value as an error shows it: at most 80 characters, and UTF-8 whatever it was.
std::string CutValue(absl::string_view value);

// An error of a row.
v1::RowError MakeRowError(int64_t line, absl::string_view field, absl::string_view value,
                          const RowRule& rule, Locale locale);

// Not thread-safe (it remembers texts that it has looked up).
class RowConverter {
 public:
  // FILE_COLUMNS if the header lacks a column of the profile or has one twice. The profile must
  // outlive the converter.
  static absl::StatusOr<RowConverter> Create(const Profile& profile,
                                             absl::Span<const absl::string_view> header,
                                             Locale locale);

  // Sets what the row states. `row` has as many fields as the header. Appends an error for each
  // field that is wrong; false if there was one.
  bool Convert(const CsvRow& row, v1::Vacancy& vacancy, std::vector<v1::RowError>& errors);

  size_t column_count() const { return column_count_; }
  // The vacancy's own number in the row; "" if the profile has no such column.
  absl::string_view Number(const CsvRow& row) const;

 private:
  // A column of the profile in the rows of this file.
  struct Binding {
    const Column* column;
    size_t index;                                // in a row
    absl::flat_hash_map<std::string, int> memo;  // raw text → what it was found to be
  };

  explicit RowConverter(Locale locale) : locale_(locale) {}
  // Null if the field is right.
  const RowRule* Set(Binding& binding, absl::string_view value, v1::Vacancy& vacancy);
  const RowRule* SetEnum(Binding& binding, absl::string_view value, v1::Vacancy& vacancy);
  const RowRule* SetMemorizedText(Binding& binding, absl::string_view value, size_t most,
                                  std::string& out);
  const RowRule* SetState(Binding& binding, absl::string_view value, v1::Vacancy& vacancy);
  bool Absent(Binding& binding, absl::string_view value) const;

  Locale locale_;
  size_t column_count_ = 0;
  std::vector<Binding> bindings_;
  std::vector<std::string> texts_;  // normalized, that memos refer to by index
};

}  // namespace puente::labor::loader
