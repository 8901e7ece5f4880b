// Rows of a file as records, every field checked.
#pragma once

#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "common/loading/csv.h"
#include "common/loading/profile.h"
#include "common/status/error.h"

namespace puente::loading {

// Where the columns are in a file's header. FILE_COLUMNS, which names the layout, if the header
// lacks one or has it twice.
absl::StatusOr<std::vector<size_t>> FindColumns(absl::Span<const absl::string_view> header,
                                                const std::vector<absl::string_view>& columns,
                                                absl::string_view layout);

// Not thread-safe (it remembers texts that it has looked up).
class RowConverter {
 public:
  // FILE_COLUMNS if the header lacks a column of the profile or has one twice. The profile must
  // outlive the converter.
  static absl::StatusOr<RowConverter> Create(const Profile& profile,
                                             absl::Span<const absl::string_view> header,
                                             Locale locale);

  // Whether the row is of something else, so that nothing becomes of it (Column::only).
  bool IsLeftOut(const CsvRow& row) const;

  // Sets what the row states in `record`, adds an element to the profile's list, if it has one, and
  // its keys, normalized: one for each of the layout's, or its own number alone. Where several
  // columns state a key, a hyphen is between their texts. `row` has as many fields as the header.
  // Appends an error for each field that is wrong; false if there was one.
  bool Convert(const CsvRow& row, google::protobuf::Message& record, absl::Span<std::string> keys,
               std::vector<type::v1::RowError>& errors);

 private:
  // A column of the profile in the rows of this file.
  struct Binding {
    const Column* column;
    size_t index;                                // in a row
    absl::flat_hash_map<std::string, int> memo;  // text → what it was found to be
  };

  explicit RowConverter(Locale locale) : locale_(locale) {}
  // Null if the field is right.
  Wrong Set(Binding& binding, absl::string_view text, google::protobuf::Message& record,
            absl::Span<std::string> keys);
  Wrong Recall(const Binding& binding, int known, absl::string_view text,
               google::protobuf::Message& record);
  void Remember(Binding& binding, absl::string_view text, bool absent,
                const google::protobuf::Message& record);

  Locale locale_;
  const google::protobuf::FieldDescriptor* list_ = nullptr;  // Profile::list
  std::vector<Binding> bindings_;
  std::vector<std::string> texts_;  // normalized, that memos refer to by index
};

}  // namespace puente::loading
