// A file of records, slice by slice, as what it states of each, in the file's order. No SQL, no
// clock.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "common/loading/batches.h"
#include "common/loading/occurrence.h"
#include "common/loading/profile.h"
#include "common/loading/row_converter.h"
#include "common/loading/table_file.h"
#include "common/resource/record_writer.h"
#include "common/resource/resource.h"
#include "puente/api/v1/load.pb.h"

namespace puente::loads {

// What a file states of one record.
struct Stated {
  std::unique_ptr<resource::Message> record;  // its name set; null if it is refused
  std::vector<api::v1::LoadRow> rows;         // that state it, at least one, in their order
};
using StatedBatch = loading::Batch<Stated>;

// Has nothing become of it, for these reasons, which are said of the rows on whose lines they are;
// of the others, that one of the same record was refused.
void Refuse(const std::vector<type::v1::RowError>& errors, Locale locale, Stated& stated);

struct FileOptions {
  const loading::Profile* profile = nullptr;  // must outlive the file
  const resource::Spec* spec = nullptr;       // of the profile's collection
  resource::internal::UntypedFileRules in_files;
  // Of a record's name, the ids that no column states: those of the names above.
  resource::Ids above;
  std::unique_ptr<const resource::Message> base;  // what each record has: source and kind
  int64_t size_bytes = 0;                         // of the whole file; 0 if not known
  Locale locale = Locale::kSpanish;
};

// Not thread-safe. After an error it takes no more.
class RecordFile : private loading::TableFile::Rows {
 public:
  explicit RecordFile(FileOptions options);

  // FILE_ENCODING, FILE_COLUMNS and FILE_TOO_LARGE refuse the file as a whole; what came before may
  // have been stored.
  absl::Status Feed(absl::string_view bytes) { return file_.Feed(bytes); }
  // The same, and FILE_EMPTY.
  absl::Status Finish();
  // A full batch, or after Finish() the last one; nothing if there is none yet. No two records
  // share a name; of one that is refused the rows may come apart.
  std::optional<StatedBatch> NextBatch() { return batches_.Next(); }

  bool truncated() const { return file_.truncated(); }
  int64_t left_out_count() const { return left_out_; }  // rows of something else
  std::string content_digest() const { return file_.content_digest(); }

 private:
  absl::Status OnHeader(absl::Span<const absl::string_view> names) override;
  absl::Status OnRow(const loading::CsvRow& row) override;
  void OnRejected(int64_t line, const std::vector<type::v1::RowError>& errors) override;

  // Makes name_ of the keys, or of what the record says, or says what is wrong with one.
  void ReadName(const loading::CsvRow& row, const resource::Message& record,
                const std::vector<std::string>& keys, std::vector<type::v1::RowError>& errors);
  // That no row before states the record too.
  absl::Status CheckFirst(const loading::CsvRow& row, const resource::Message& record,
                          const std::vector<std::string>& keys,
                          std::vector<type::v1::RowError>& errors);
  api::v1::LoadRow RowOf(int64_t line) const;
  // Whether records are found by what rows say of them, so that no row tells their names.
  bool FoundByRows() const { return !options_.in_files.found_by.empty(); }
  // Whether the row that is read goes on with the record before it.
  bool GoesOn() const;
  // Adds a row, with what it states of its record, or that nothing comes of it.
  void Add(Stated stated);
  void AddToRecord(Stated stated);
  // No row goes on with the record that was read last.
  void EndRecord();

  const FileOptions options_;
  // By the name's ids: the first column that states it, null for one of those above.
  std::vector<const loading::Column*> key_columns_;
  loading::TableFile file_;
  std::optional<loading::RowConverter> converter_;
  loading::Occurrences occurrences_;
  loading::Batches<Stated> batches_;
  std::string name_;  // of the record of the row that is read, as far as it is known
  // The record that further rows may go on with, and its name; where rows state elements of a list.
  std::optional<Stated> open_;
  std::string open_name_;
  // Whether a row that names no record stands right before: it may have been one of the next's.
  bool after_unknown_ = false;
  int64_t left_out_ = 0;
};

}  // namespace puente::loads
