#include "common/loading/table_file.h"

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/fields/rules.h"
#include "common/loading/errors.h"
#include "common/loading/number.h"

namespace puente::loading {
namespace {

absl::Status WrongEncoding(const CsvRow& row) {
  const absl::string_view first = row.fields.empty() ? absl::string_view() : row.fields[0];
  const bool utf16 = absl::StartsWith(first, "\xFF\xFE") || absl::StartsWith(first, "\xFE\xFF");
  return Error(error::kFileEncoding, "line"_is(row.line),
               "looks_like"_is(utf16 ? "UTF-16" : "Latin-1 (ISO-8859-1, Windows-1252)"));
}

}  // namespace

TableFile::TableFile(const TableFileOptions& options, Rows& rows)
    : options_(options), rows_(rows), reader_(options.delimiter, options.quote) {}

absl::Status TableFile::Feed(absl::string_view bytes) {
  if (!status_.ok()) return status_;
  bytes_ += static_cast<int64_t>(bytes.size());
  digest_.Add(bytes);
  const auto sink = [this](const CsvRow& row) { OnRow(row); };
  reader_.Feed(bytes, sink);
  return status_;
}

absl::Status TableFile::Finish() {
  if (!status_.ok()) return status_;
  if (options_.size_bytes > 0 && bytes_ != options_.size_bytes) truncated_ = true;
  const auto sink = [this](const CsvRow& row) { OnRow(row); };
  reader_.Finish(sink);
  if (status_.ok() && column_count_ == 0) status_ = Error(error::kFileEmpty);
  return status_;
}

void TableFile::Reject(std::vector<type::v1::RowError> errors) {
  ++rejected_;
  rows_.OnRejected(errors.front().line(), errors);
  error_count_ += static_cast<int64_t>(errors.size());
  for (type::v1::RowError& error : errors) {
    if (errors_.size() < kMostRowErrors) errors_.push_back(std::move(error));
  }
}

void TableFile::Reject(int64_t line, absl::string_view field, absl::string_view value,
                       const Violation& wrong) {
  Reject({MakeRowError(line, field, value, wrong, options_.locale)});
}

void TableFile::OnRow(const CsvRow& row) {
  if (!status_.ok()) return;
  if (column_count_ == 0) {
    OnHeader(row);
    return;
  }
  ++read_;
  if (const Wrong wrong = CheckShape(row)) {
    Reject(row.line, "", "", *wrong);
  } else if (CheckEncoding(row)) {
    status_ = rows_.OnRow(row);
  }
}

void TableFile::OnHeader(const CsvRow& row) {
  for (const absl::string_view name : row.fields) {
    const Encoding encoding = EncodingOf(name);
    multibyte_seen_ |= encoding == Encoding::kUtf8;
    if (encoding == Encoding::kBroken) {
      status_ = WrongEncoding(row);
      return;
    }
  }
  status_ = rows_.OnHeader(row.fields);
  column_count_ = row.fields.size();
}

bool TableFile::IsCut(const CsvRow& row) const {
  if (row.end == CsvRow::End::kQuoted) return true;
  if (row.end != CsvRow::End::kFile) return false;
  return row.fields.size() < column_count_ || bytes_ < options_.size_bytes ||
         EncodingOf(row.fields.back()) == Encoding::kBroken;  // inside a character
}

Wrong TableFile::CheckShape(const CsvRow& row) {
  if (IsCut(row)) {
    truncated_ = true;
    return Breaks(rule::kRowCut);
  }
  if (row.end == CsvRow::End::kBadQuote) return Breaks(rule::kBadQuote);
  if (row.end == CsvRow::End::kTooLong) return Breaks(rule::kRowTooLong);
  if (row.fields.size() < column_count_) return Breaks(rule::kTooFewFields);
  if (row.fields.size() > column_count_) return Breaks(rule::kTooManyFields);
  return nullptr;
}

bool TableFile::CheckEncoding(const CsvRow& row) {
  bool multibyte = false;
  for (const absl::string_view field : row.fields) {
    const Encoding encoding = EncodingOf(field);
    multibyte |= encoding == Encoding::kUtf8;
    if (encoding != Encoding::kBroken) continue;
    if (!multibyte_seen_) {
      status_ = WrongEncoding(row);
    } else {
      Reject(row.line, "", field, Against(rule::kText));
    }
    return false;
  }
  multibyte_seen_ |= multibyte;
  return true;
}

}  // namespace puente::loading
