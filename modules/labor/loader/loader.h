// A vacancy file, slice by slice, as batches of vacancies ready to be stored. No SQL, no clock.
//
//   Loader loader(options);
//   for each slice:  RETURN_IF_ERROR(loader.Feed(bytes));  while (auto b = loader.NextBatch()) ...
//   at the end:      RETURN_IF_ERROR(loader.Finish());     while (auto b = loader.NextBatch()) ...
//   answer:          loader.Summary()
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "common/status/error.h"
#include "modules/labor/loader/occurrence.h"
#include "modules/labor/loader/profile.h"
#include "modules/labor/loader/rows.h"
#include "modules/labor/loader/table_file.h"
#include "modules/labor/standards/standards.h"
#include "puente/labor/v1/vacancy.pb.h"

namespace puente::labor::loader {

// What is loaded, and by which rules. Profile and standards must outlive the loader.
struct LoadOptions {
  const Profile* profile = nullptr;
  const rules::Standards* standards = nullptr;
  std::string source;
  type::v1::RecordKind record_kind = type::v1::RECORD_KIND_UNSPECIFIED;
  std::string supplier;    // the caller's path, "supplier/portal"
  int64_t size_bytes = 0;  // of the whole file; 0 if not known
  Locale locale = Locale::kSpanish;
};

// Rows of a batch, in the file's order. The same file gives the same batches, however it is sliced.
struct Batch {
  int64_t number = 0;                  // from 1
  std::vector<v1::Vacancy> vacancies;  // complete but for the times; no two share a name
};

// Not thread-safe. After an error it takes no more.
class Loader : private TableFile::Rows {
 public:
  explicit Loader(LoadOptions options);

  // FILE_ENCODING, FILE_COLUMNS or FILE_TOO_LARGE refuse the file as a whole. Batches given before
  // may have been stored; their ids are those of the file when it comes again.
  absl::Status Feed(absl::string_view bytes) { return file_.Feed(bytes); }
  // The same, and FILE_EMPTY.
  absl::Status Finish();
  // A full batch, or after Finish() the last one; nothing if there is none yet.
  std::optional<Batch> NextBatch();

  // Everything but loaded_count, unchanged_count and freshness_token. rejected_count is final after
  // Finish().
  v1::LoadVacanciesResponse Summary() const { return file_.Summary<v1::LoadVacanciesResponse>(); }

 private:
  absl::Status OnHeader(absl::Span<const absl::string_view> names) override;
  absl::Status OnRow(const CsvRow& row) override;

  const LoadOptions options_;
  const std::string scope_;  // what ids depend on besides the rows
  TableFile file_;
  std::optional<RowConverter> converter_;
  Occurrences occurrences_;
  std::deque<Batch> batches_;
  int64_t next_batch_ = 1;
  bool finished_ = false;
};

}  // namespace puente::labor::loader
