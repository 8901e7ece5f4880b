// A file of rows below one line of column names, slice by slice. What all such files share is here:
// shape, encoding, a cut end, and what was wrong with which row.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "common/crypto/digest.h"
#include "common/loading/csv.h"
#include "common/loading/row_error.h"
#include "common/status/error.h"

namespace puente::loading {

inline constexpr size_t kMostRowErrors = 100;

struct TableFileOptions {
  char delimiter = ',';
  char quote = '"';        // 0: none
  int64_t size_bytes = 0;  // of the whole file; 0 if not known
  Locale locale = Locale::kSpanish;
};

// Not thread-safe. After an error it takes no more.
class TableFile {
 public:
  // What a kind of file makes of its rows. An error refuses the file as a whole.
  class Rows {
   public:
    virtual ~Rows() = default;
    virtual absl::Status OnHeader(absl::Span<const absl::string_view> names) = 0;
    // A whole row with as many fields as the header, in UTF-8.
    virtual absl::Status OnRow(const CsvRow& row) = 0;
    // A row that was rejected, with all that is wrong with it, be it by Reject() or before OnRow().
    virtual void OnRejected(int64_t /*line*/, const std::vector<type::v1::RowError>& /*errors*/) {}
  };

  // `rows` must outlive the file.
  TableFile(const TableFileOptions& options, Rows& rows);

  // FILE_ENCODING, or an error of Rows.
  absl::Status Feed(absl::string_view bytes);
  // The same, and FILE_EMPTY.
  absl::Status Finish();

  // Counts a row as rejected, once, with all that is wrong with it, which is not nothing.
  void Reject(std::vector<type::v1::RowError> errors);
  // The same for a row that is right in itself.
  void Reject(int64_t line, absl::string_view field, absl::string_view value,
              const Violation& wrong);

  // Of the file so far: rows read, be they right or not; whether it ends inside a row or before its
  // declared size; and the digest of its bytes, once it has ended.
  int64_t read_count() const { return read_; }
  bool truncated() const { return truncated_; }
  std::string content_digest() const { return digest_.Digest(); }
  // What an answer says of the file; the caller adds what was stored. Counts are final after
  // Finish().
  template <class Response>
  Response Summary() const {
    Response summary;
    summary.set_read_count(read_);
    summary.set_rejected_count(rejected_);
    for (const type::v1::RowError& error : errors_) *summary.add_errors() = error;
    summary.set_more_error_count(error_count_ - static_cast<int64_t>(errors_.size()));
    summary.set_truncated(truncated_);
    summary.set_content_digest(content_digest());
    return summary;
  }

 private:
  void OnRow(const CsvRow& row);
  void OnHeader(const CsvRow& row);
  bool IsCut(const CsvRow& row) const;
  // Null if the row has as many fields as the header and is whole.
  Wrong CheckShape(const CsvRow& row);
  // Whether the row's encoding lets it be read; sets status_ or reports it if not.
  bool CheckEncoding(const CsvRow& row);

  const TableFileOptions options_;
  Rows& rows_;
  CsvReader reader_;
  crypto::Sha256Stream digest_;
  absl::Status status_;
  size_t column_count_ = 0;      // 0 before the header
  bool multibyte_seen_ = false;  // the file has shown that it is UTF-8
  int64_t bytes_ = 0;
  int64_t read_ = 0;
  int64_t rejected_ = 0;
  int64_t error_count_ = 0;
  bool truncated_ = false;
  std::vector<type::v1::RowError> errors_;
};

}  // namespace puente::loading
