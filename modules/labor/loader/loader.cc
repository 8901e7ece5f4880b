#include "modules/labor/loader/loader.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/macros.h"
#include "modules/labor/errors.h"
#include "modules/labor/vacancies/rules.h"

namespace puente::labor::loader {
namespace {

constexpr RowRule kNumberRepeated{"NUMBER_REPEATED",
                                  "Otra fila del archivo tiene el mismo número; deje una.",
                                  "Another row of the file has the same number; keep one."};

// A number of its own can't be mistaken for a row.
constexpr absl::string_view kNumberScope = "\nnumber";

}  // namespace

Loader::Loader(LoadOptions options)
    : options_(std::move(options)),
      scope_(absl::StrCat(options_.source, "\n", static_cast<int>(options_.record_kind))),
      file_({options_.profile->delimiter, options_.profile->quote, options_.size_bytes,
             options_.locale},
            *this) {}

absl::Status Loader::Finish() {
  const absl::Status status = file_.Finish();
  finished_ = status.ok();
  return status;
}

absl::Status Loader::OnHeader(absl::Span<const absl::string_view> names) {
  ASSIGN_OR_RETURN(converter_, RowConverter::Create(*options_.profile, names, options_.locale));
  return absl::OkStatus();
}

std::optional<Batch> Loader::NextBatch() {
  if (batches_.empty()) return std::nullopt;
  if (!finished_ && batches_.front().vacancies.size() < kMostBatchRows) return std::nullopt;
  std::optional<Batch> batch = std::move(batches_.front());
  batches_.pop_front();
  return batch;
}

absl::Status Loader::OnRow(const CsvRow& row) {
  v1::Vacancy vacancy;
  std::vector<v1::RowError> errors;
  if (!converter_->Convert(row, vacancy, errors)) {
    file_.Reject(std::move(errors));
    return absl::OkStatus();
  }
  const absl::string_view number = converter_->Number(row);
  const std::string digest = number.empty()
                                 ? RowDigest(scope_, row.fields)
                                 : RowDigest(absl::StrCat(scope_, kNumberScope), {number});
  const uint32_t occurrence = occurrences_.Count(digest);
  if (occurrence == 0) {
    return Error(error::kFileTooLarge, {{"limit", absl::StrCat(Occurrences::kMostRows)}});
  }
  if (occurrence > 1 && !number.empty()) {
    file_.Reject(row.line, "", number, kNumberRepeated);
    return absl::OkStatus();
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
  return absl::OkStatus();
}

}  // namespace puente::labor::loader
