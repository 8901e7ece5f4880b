// A file of records of one type, slice by slice, as batches ready to be stored. No SQL, no clock.
//
//   Loader<Vacancy> loader(options);
//   for each slice:  RETURN_IF_ERROR(loader.Feed(bytes));  while (auto b = loader.NextBatch()) ...
//   at the end:      RETURN_IF_ERROR(loader.Finish());     while (auto b = loader.NextBatch()) ...
//   answer:          loader.Summary<LoadVacanciesResponse>()
//
// To load another type of record, an agency states
//   - a Layout: which fields of the message a column may state. How a text becomes a field follows
//     from the field's type and rules; for what no type says, a ConversionKind of its own;
//   - a profile for each layout of a file, in JSON (profile.h);
//   - LoadOptions: what every record of the file has, and a function that completes one;
//   - how a batch is stored: RecordUpload (upload.h) is the RPC around it.
#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/types/span.h"
#include "common/loading/batches.h"
#include "common/loading/errors.h"
#include "common/loading/occurrence.h"
#include "common/loading/profile.h"
#include "common/loading/row_converter.h"
#include "common/loading/table_file.h"
#include "common/status/macros.h"

namespace puente::loading {

// `Record` has the fields name, source and record_kind.
template <class Record>
struct LoadOptions {
  const Profile* profile = nullptr;  // must outlive the loader
  // What a record has before its row is read: source, kind, and what holds where a row states
  // nothing. A part of its identity.
  Record base;
  // Of the record's name: this and 32 hex digits, "vacancies/v".
  std::string name_prefix;
  // What is wrong with a record besides its fields, at their names; may be null.
  std::function<std::vector<Violation>(const Record&)> check = nullptr;
  // Sets what follows from the rest and is no part of the record's identity.
  std::function<void(Record&)> complete;
  int64_t size_bytes = 0;  // of the whole file; 0 if not known
  Locale locale = Locale::kSpanish;
};

// Not thread-safe. After an error it takes no more.
template <class Record>
class Loader : private TableFile::Rows {
 public:
  explicit Loader(LoadOptions<Record> options)
      : options_(std::move(options)),
        file_({options_.profile->delimiter, options_.profile->quote, options_.size_bytes,
               options_.locale},
              *this) {}

  // FILE_ENCODING, FILE_COLUMNS or FILE_TOO_LARGE refuse the file as a whole. Batches given before
  // may have been stored; their ids are those of the file when it comes again.
  absl::Status Feed(absl::string_view bytes) { return file_.Feed(bytes); }
  // The same, and FILE_EMPTY.
  absl::Status Finish() {
    RETURN_IF_ERROR(file_.Finish());
    batches_.End();
    return absl::OkStatus();
  }
  // A full batch, or after Finish() the last one; nothing if there is none yet. No two records
  // share a name.
  std::optional<Batch<Record>> NextBatch() {
    std::optional<Batch<Record>> batch = batches_.Next();
    if (!batch) return batch;
    const auto end = lines_.begin() + static_cast<std::ptrdiff_t>(batch->records.size());
    given_.assign(lines_.begin(), end);
    lines_.erase(lines_.begin(), end);
    return batch;
  }

  // Rejects a record of the batch that was given last, by its place there: for what is stored.
  void Reject(size_t place, const Violation& wrong) { file_.Reject(given_[place], "", "", wrong); }

  // Everything but what was stored. rejected_count is final after Finish(), and all batches.
  template <class Response>
  Response Summary() const {
    auto summary = file_.Summary<Response>();
    // By what is stored rows are rejected later than by what they say.
    absl::c_stable_sort(*summary.mutable_errors(),
                        [](const auto& a, const auto& b) { return a.line() < b.line(); });
    return summary;
  }

 private:
  absl::Status OnHeader(absl::Span<const absl::string_view> names) override {
    ASSIGN_OR_RETURN(converter_, RowConverter::Create(*options_.profile, names, options_.locale));
    return absl::OkStatus();
  }

  absl::Status OnRow(const CsvRow& row) override {
    Record record = options_.base;
    std::string number;
    std::vector<type::v1::RowError> errors;
    converter_->Convert(row, record, absl::MakeSpan(&number, 1), errors);
    if (errors.empty() && options_.check) {
      for (const Violation& wrong : options_.check(record)) {
        errors.push_back(MakeRowError(row.line, ColumnOf(*options_.profile, wrong.field), "", wrong,
                                      options_.locale));
      }
    }
    if (!errors.empty()) {
      file_.Reject(std::move(errors));
      return absl::OkStatus();
    }
    const std::string identity = number.empty() ? IdentityOf(record) : Numbered(record, number);
    const uint32_t occurrence = occurrences_.Count(identity);
    if (occurrence == 0) return occurrences_.TooLarge();
    if (occurrence > 1 && !number.empty()) {
      file_.Reject(row.line, "", number, Against(rule::kRowRepeated));
      return absl::OkStatus();
    }
    record.set_name(absl::StrCat(options_.name_prefix, RecordId(identity, occurrence)));
    options_.complete(record);
    batches_.Add(std::move(record));
    lines_.push_back(row.line);
    return absl::OkStatus();
  }

  static std::string Numbered(const Record& record, absl::string_view number) {
    return IdentityOf({Record::descriptor()->full_name(), record.source(),
                       absl::StrCat(static_cast<int>(record.record_kind()))},
                      number);
  }

  const LoadOptions<Record> options_;
  TableFile file_;
  std::optional<RowConverter> converter_;
  Occurrences occurrences_;
  Batches<Record> batches_;
  std::deque<int64_t> lines_;   // of the records that no batch has given yet
  std::vector<int64_t> given_;  // of those of the batch that was given last
};

}  // namespace puente::loading
