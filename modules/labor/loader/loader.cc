#include "modules/labor/loader/loader.h"

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "modules/labor/errors.h"
#include "modules/labor/loader/number.h"
#include "modules/labor/rules/vacancy.h"

namespace puente::labor::loader {
namespace {

constexpr RowRule kRowCut{"ROW_CUT",
                          "El archivo termina dentro de esta fila; cargue el archivo completo "
                          "(o cierre sus comillas).",
                          "The file ends inside this row; load the whole file (or close its "
                          "quotation marks)."};
constexpr RowRule kRowTooLong{"ROW_TOO_LONG",
                              "La fila pasa de 256 KB o un campo de 64 KB; cierre sus comillas.",
                              "The row is over 256 KB or a field over 64 KB; close its quotation "
                              "marks."};
constexpr RowRule kTooFewFields{"TOO_FEW_FIELDS", "Complete los campos que faltan en la fila.",
                                "Add the fields that the row lacks."};
constexpr RowRule kTooManyFields{"TOO_MANY_FIELDS",
                                 "Ponga entre comillas los textos que llevan el separador.",
                                 "Put texts that hold the delimiter in quotation marks."};
constexpr RowRule kNotUtf8{"NOT_UTF8", "Escriba el texto en UTF-8, como el resto del archivo.",
                           "Write the text in UTF-8, as in the rest of the file."};
constexpr RowRule kNumberRepeated{"NUMBER_REPEATED",
                                  "Otra fila del archivo tiene el mismo número; deje una.",
                                  "Another row of the file has the same number; keep one."};

absl::Status WrongEncoding(const CsvRow& row) {
  const absl::string_view first = row.fields.empty() ? absl::string_view() : row.fields[0];
  const bool utf16 = absl::StartsWith(first, "\xFF\xFE") || absl::StartsWith(first, "\xFE\xFF");
  return Error(error::kFileEncoding,
               {{"line", absl::StrCat(row.line)},
                {"looks_like", utf16 ? "UTF-16" : "Latin-1 (ISO-8859-1, Windows-1252)"}});
}

// A number of its own can't be mistaken for a row.
constexpr absl::string_view kNumberScope = "\nnumber";

}  // namespace

Loader::Loader(LoadOptions options)
    : options_(std::move(options)),
      scope_(absl::StrCat(options_.source, "\n", static_cast<int>(options_.record_kind))),
      reader_(options_.profile->delimiter, options_.profile->quote) {}

absl::Status Loader::Feed(absl::string_view bytes) {
  if (!status_.ok()) return status_;
  bytes_ += static_cast<int64_t>(bytes.size());
  digest_.Add(bytes);
  const auto sink = [this](const CsvRow& row) { OnRow(row); };
  reader_.Feed(bytes, sink);
  return status_;
}

absl::Status Loader::Finish() {
  if (!status_.ok()) return status_;
  if (options_.size_bytes > 0 && bytes_ != options_.size_bytes) truncated_ = true;
  const auto sink = [this](const CsvRow& row) { OnRow(row); };
  reader_.Finish(sink);
  if (status_.ok() && !converter_) status_ = Error(error::kFileEmpty);
  finished_ = true;
  return status_;
}

std::optional<Batch> Loader::NextBatch() {
  if (batches_.empty()) return std::nullopt;
  if (!finished_ && batches_.front().vacancies.size() < kMostBatchRows) return std::nullopt;
  std::optional<Batch> batch = std::move(batches_.front());
  batches_.pop_front();
  return batch;
}

v1::LoadVacanciesResponse Loader::Summary() const {
  v1::LoadVacanciesResponse summary;
  summary.set_read_count(read_);
  summary.set_rejected_count(rejected_);
  for (const v1::RowError& error : errors_) *summary.add_errors() = error;
  summary.set_more_error_count(error_count_ - static_cast<int64_t>(errors_.size()));
  summary.set_truncated(truncated_);
  summary.set_content_digest(digest_.Digest());
  return summary;
}

void Loader::OnRow(const CsvRow& row) {
  if (!status_.ok()) return;
  if (!converter_) {
    OnHeader(row);
    return;
  }
  ++read_;
  if (const RowRule* wrong = CheckShape(row)) {
    Reject({MakeRowError(row.line, "", "", *wrong, options_.locale)});
  } else if (CheckEncoding(row)) {
    Prepare(row);
  }
}

void Loader::OnHeader(const CsvRow& row) {
  for (const absl::string_view name : row.fields) {
    const Encoding encoding = EncodingOf(name);
    multibyte_seen_ |= encoding == Encoding::kUtf8;
    if (encoding == Encoding::kBroken) {
      status_ = WrongEncoding(row);
      return;
    }
  }
  auto converter = RowConverter::Create(*options_.profile, row.fields, options_.locale);
  if (converter.ok()) {
    converter_ = *std::move(converter);
  } else {
    status_ = std::move(converter).status();
  }
}

bool Loader::IsCut(const CsvRow& row) const {
  if (row.end == CsvRow::End::kQuoted) return true;
  if (row.end != CsvRow::End::kFile) return false;
  return row.fields.size() < converter_->column_count() || bytes_ < options_.size_bytes ||
         EncodingOf(row.fields.back()) == Encoding::kBroken;  // inside a character
}

const RowRule* Loader::CheckShape(const CsvRow& row) {
  if (IsCut(row)) {
    truncated_ = true;
    return &kRowCut;
  }
  if (row.end == CsvRow::End::kTooLong) return &kRowTooLong;
  if (row.fields.size() < converter_->column_count()) return &kTooFewFields;
  if (row.fields.size() > converter_->column_count()) return &kTooManyFields;
  return nullptr;
}

bool Loader::CheckEncoding(const CsvRow& row) {
  bool multibyte = false;
  for (const absl::string_view field : row.fields) {
    const Encoding encoding = EncodingOf(field);
    multibyte |= encoding == Encoding::kUtf8;
    if (encoding != Encoding::kBroken) continue;
    if (!multibyte_seen_) {
      status_ = WrongEncoding(row);
    } else {
      Reject({MakeRowError(row.line, "", field, kNotUtf8, options_.locale)});
    }
    return false;
  }
  multibyte_seen_ |= multibyte;
  return true;
}

void Loader::Prepare(const CsvRow& row) {
  v1::Vacancy vacancy;
  std::vector<v1::RowError> errors;
  if (!converter_->Convert(row, vacancy, errors)) {
    Reject(std::move(errors));
    return;
  }
  const absl::string_view number = converter_->Number(row);
  const std::string digest = number.empty()
                                 ? RowDigest(scope_, row.fields)
                                 : RowDigest(absl::StrCat(scope_, kNumberScope), {number});
  const uint32_t occurrence = occurrences_.Count(digest);
  if (occurrence == 0) {
    status_ = Error(error::kFileTooLarge, {{"limit", absl::StrCat(Occurrences::kMostRows)}});
    return;
  }
  if (occurrence > 1 && !number.empty()) {
    Reject({MakeRowError(row.line, "", number, kNumberRepeated, options_.locale)});
    return;
  }
  vacancy.set_name(absl::StrCat("vacancies/", VacancyId(digest, occurrence)));
  vacancy.set_source(options_.source);
  vacancy.set_record_kind(options_.record_kind);
  rules::Complete(vacancy, options_.supplier, *options_.standards);
  if (batches_.empty() || batches_.back().vacancies.size() == kMostBatchRows) {
    batches_.push_back({next_batch_++, {}});
    batches_.back().vacancies.reserve(kMostBatchRows);
  }
  batches_.back().vacancies.push_back(std::move(vacancy));
}

void Loader::Reject(std::vector<v1::RowError> errors) {
  ++rejected_;
  error_count_ += static_cast<int64_t>(errors.size());
  for (v1::RowError& error : errors) {
    if (errors_.size() < kMostRowErrors) errors_.push_back(std::move(error));
  }
}

}  // namespace puente::labor::loader
