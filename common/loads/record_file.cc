#include "common/loads/record_file.h"

#include <utility>

#include "absl/algorithm/container.h"
#include "common/fields/rules.h"
#include "common/loading/errors.h"
#include "common/loads/layout.h"
#include "common/loads/row_errors.h"
#include "common/resource/standard.h"

namespace puente::loads {
namespace {

constexpr char kIdForm[] = "[a-z0-9]([a-z0-9-]*[a-z0-9])?";
constexpr char kNumberForm[] = "[1-9][0-9]{0,5}";

std::vector<const loading::Column*> KeyColumns(const loading::Profile& profile) {
  std::vector<const loading::Column*> columns(profile.layout->keys.size());
  for (const loading::Column& column : profile.columns) {
    if (column.key < 0) continue;
    const loading::Column*& first = columns[static_cast<size_t>(column.key)];
    if (first == nullptr) first = &column;
  }
  return columns;
}

}  // namespace

void Refuse(std::vector<type::v1::RowError> errors, Stated& stated) {
  if (errors.size() > kMostErrorsOfRow) errors.resize(kMostErrorsOfRow);
  stated.record = nullptr;
  for (api::v1::LoadRow& row : stated.rows) {
    row.set_outcome(api::v1::LOAD_OUTCOME_REFUSED);
    row.mutable_errors()->Assign(errors.begin(), errors.end());
  }
}

RecordFile::RecordFile(FileOptions options)
    : options_(std::move(options)),
      key_columns_(KeyColumns(*options_.profile)),
      file_({options_.profile->delimiter, options_.profile->quote, options_.size_bytes,
             options_.locale},
            *this) {}

absl::Status RecordFile::Finish() {
  RETURN_IF_ERROR(file_.Finish());
  batches_.End();
  return absl::OkStatus();
}

absl::Status RecordFile::OnHeader(absl::Span<const absl::string_view> names) {
  ASSIGN_OR_RETURN(converter_,
                   loading::RowConverter::Create(*options_.profile, names, options_.locale));
  return absl::OkStatus();
}

absl::Status RecordFile::OnRow(const loading::CsvRow& row) {
  Stated stated{.record = options_.spec->NewMessage(), .rows = {}};
  stated.record->CopyFrom(*options_.base);
  std::vector<std::string> keys(key_columns_.size());
  std::vector<type::v1::RowError> errors;
  converter_->Convert(row, *stated.record, absl::MakeSpan(keys), errors);
  ReadName(row, keys, errors);
  if (errors.empty()) RETURN_IF_ERROR(CheckFirst(row, keys.back(), errors));
  if (!errors.empty()) {
    file_.Reject(std::move(errors));
  } else {
    resource::standard::Set(*stated.record, "name", name_);
    stated.rows.push_back(RowOf(row.line));
    batches_.Add(std::move(stated));
  }
  name_.clear();
  return absl::OkStatus();
}

void RecordFile::OnRejected(int64_t line, const std::vector<type::v1::RowError>& errors) {
  Stated stated;
  stated.rows.push_back(RowOf(line));
  Refuse(errors, stated);
  batches_.Add(std::move(stated));
}

void RecordFile::ReadName(const loading::CsvRow& row, const std::vector<std::string>& keys,
                          std::vector<type::v1::RowError>& errors) {
  const NamePattern& pattern = options_.spec->pattern();
  resource::Ids ids = options_.above;
  while (ids.size() < keys.size()) {
    const std::string& key = keys[ids.size()];
    const bool number = pattern.numbered() && ids.size() + 1 == keys.size();
    std::string id = number ? key : IdOf(key);
    if (!(number ? IsNumberId(id) : IsResourceId(id))) {
      const std::string& column = key_columns_[ids.size()]->name;
      // Of what its field says already nothing more is said.
      if (absl::c_any_of(errors, [&](const auto& error) { return error.field() == column; }))
        return;
      errors.push_back(loading::MakeRowError(
          row.line, column, key,
          key.empty() ? Against(rule::kRequired)
                      : Against(rule::kPattern, "pattern"_is(number ? kNumberForm : kIdForm)),
          options_.locale));
      return;
    }
    ids.push_back(std::move(id));
  }
  name_ = pattern.Format(ids);
}

absl::Status RecordFile::CheckFirst(const loading::CsvRow& row, const std::string& key,
                                    std::vector<type::v1::RowError>& errors) {
  const uint32_t occurrence = occurrences_.Count(loading::IdentityOf({}, name_));
  if (occurrence == 0) {
    return Error(puente::error::kFileTooLarge, "limit"_is(loading::Occurrences::kMostRows));
  }
  if (occurrence > 1) {
    errors.push_back(loading::MakeRowError(row.line, key_columns_.back()->name, key,
                                           Against(rule::kRowRepeated), options_.locale));
  }
  return absl::OkStatus();
}

api::v1::LoadRow RecordFile::RowOf(int64_t line) const {
  api::v1::LoadRow row;
  row.set_row(file_.read_count());
  row.set_line(line);
  row.set_name(name_);
  return row;
}

}  // namespace puente::loads
