#include "common/loads/record_file.h"

#include <utility>

#include "absl/algorithm/container.h"
#include "common/fields/forms.h"
#include "common/fields/rules.h"
#include "common/loading/errors.h"
#include "common/loads/errors.h"
#include "common/loads/layout.h"
#include "common/loads/row_errors.h"
#include "common/resource/standard.h"
#include "google/protobuf/util/message_differencer.h"
#include "puente/api/v1/options.pb.h"

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

// Whether two rows say the same of their record, but for the elements of the list.
bool SameButList(const resource::Message& a, const resource::Message& b,
                 const google::protobuf::FieldDescriptor* list) {
  google::protobuf::util::MessageDifferencer differencer;
  differencer.IgnoreField(list);
  return differencer.Compare(a, b);
}

// The elements that a list may have; 0: any number.
int MostOf(const google::protobuf::FieldDescriptor* list) {
  return list->options().GetExtension(api::v1::rules).max_items();
}

bool IsFull(const resource::Message& record, const google::protobuf::FieldDescriptor* list) {
  const int most = MostOf(list);
  return most > 0 && record.GetReflection()->FieldSize(record, list) >= most;
}

void AppendList(const resource::Message& from, const google::protobuf::FieldDescriptor* list,
                resource::Message& to) {
  const auto& reflection = *from.GetReflection();
  for (int i = 0; i < reflection.FieldSize(from, list); ++i) {
    reflection.AddMessage(&to, list)->CopyFrom(reflection.GetRepeatedMessage(from, list, i));
  }
}

}  // namespace

void Refuse(const std::vector<type::v1::RowError>& errors, Locale locale, Stated& stated) {
  stated.record = nullptr;
  for (api::v1::LoadRow& row : stated.rows) {
    row.set_outcome(api::v1::LOAD_OUTCOME_REFUSED);
    for (const type::v1::RowError& error : errors) {
      const bool room = row.errors_size() < static_cast<int>(kMostErrorsOfRow);
      if (room && error.line() == row.line()) *row.add_errors() = error;
    }
    if (row.errors().empty()) {
      *row.add_errors() =
          loading::MakeRowError(row.line(), "", "", Against(rule::kRowOfRefused), locale);
    }
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
  EndRecord();
  batches_.End();
  return absl::OkStatus();
}

absl::Status RecordFile::OnHeader(absl::Span<const absl::string_view> names) {
  ASSIGN_OR_RETURN(converter_,
                   loading::RowConverter::Create(*options_.profile, names, options_.locale));
  return absl::OkStatus();
}

absl::Status RecordFile::OnRow(const loading::CsvRow& row) {
  if (converter_->IsLeftOut(row)) {
    ++left_out_;
    return absl::OkStatus();
  }
  Stated stated{.record = options_.spec->NewMessage(), .rows = {}};
  stated.record->CopyFrom(*options_.base);
  std::vector<std::string> keys(key_columns_.size());
  std::vector<type::v1::RowError> errors;
  converter_->Convert(row, *stated.record, absl::MakeSpan(keys), errors);
  ReadName(row, *stated.record, keys, errors);
  if (errors.empty() && !GoesOn()) {
    RETURN_IF_ERROR(CheckFirst(row, *stated.record, keys, errors));
  }
  if (!errors.empty()) {
    file_.Reject(std::move(errors));
  } else {
    resource::standard::Set(*stated.record, "name", name_);
    stated.rows.push_back(RowOf(row.line));
    Add(std::move(stated));
  }
  name_.clear();
  return absl::OkStatus();
}

void RecordFile::OnRejected(int64_t line, const std::vector<type::v1::RowError>& errors) {
  Stated stated;
  stated.rows.push_back(RowOf(line));
  std::vector<type::v1::RowError> told = errors;
  for (type::v1::RowError& error : told) {  // also what stands in the wrong column
    const auto check = options_.in_files.check_id;
    const bool tells = check != nullptr && check(error.value()).has_value();
    if (tells || options_.spec->personal()) error.clear_value();
  }
  Refuse(told, options_.locale, stated);
  Add(std::move(stated));
}

bool RecordFile::GoesOn() const { return open_ && !name_.empty() && name_ == open_name_; }

void RecordFile::Add(Stated stated) {
  if (options_.profile->list == nullptr) return batches_.Add(std::move(stated));
  if (GoesOn()) return AddToRecord(std::move(stated));
  if (name_.empty() && open_) Refuse({}, options_.locale, *open_);
  EndRecord();
  if (after_unknown_ && stated.record != nullptr) Refuse({}, options_.locale, stated);
  after_unknown_ = name_.empty();
  open_ = std::move(stated);
  open_name_ = name_;
}

void RecordFile::AddToRecord(Stated stated) {
  if (open_->record == nullptr) {
    // Those before it are said already, and nothing is kept of a record that comes to nothing.
    Refuse({}, options_.locale, stated);
    batches_.Add(std::exchange(*open_, std::move(stated)));
    return;
  }
  const auto refuse = [&](absl::string_view field, const Violation& wrong) {
    Refuse({loading::MakeRowError(stated.rows.front().line(), field, "", wrong, options_.locale)},
           options_.locale, stated);
  };
  const google::protobuf::FieldDescriptor* list = options_.profile->list;
  if (stated.record != nullptr && !SameButList(*open_->record, *stated.record, list)) {
    refuse("", Against(rule::kRowDiffers));
  } else if (stated.record != nullptr && IsFull(*open_->record, list)) {
    refuse(list->name(), Against(rule::kTooMany, "most"_is(MostOf(list))));
  }
  const bool refused = stated.record == nullptr;
  if (!refused) AppendList(*stated.record, list, *open_->record);
  for (api::v1::LoadRow& row : stated.rows) open_->rows.push_back(std::move(row));
  if (refused) Refuse({}, options_.locale, *open_);
}

void RecordFile::EndRecord() {
  if (open_) batches_.Add(*std::move(open_));
  open_.reset();
}

void RecordFile::ReadName(const loading::CsvRow& row, const resource::Message& record,
                          const std::vector<std::string>& keys,
                          std::vector<type::v1::RowError>& errors) {
  const NamePattern& pattern = options_.spec->pattern();
  resource::Ids ids = options_.above;
  while (ids.size() < keys.size()) {
    const std::string& key = keys[ids.size()];
    const bool last = ids.size() + 1 == keys.size();
    if (last && key.empty() && options_.in_files.id) {
      if (!errors.empty()) return;  // of what is wrong no id is made
      ids.push_back(options_.in_files.id(record));
      break;
    }
    const bool number = pattern.numbered() && last;
    std::string id = number ? key : IdOf(key);
    if (!(number ? IsNumberId(id) : IsResourceId(id))) {
      const std::string& column = key_columns_[ids.size()]->name;
      // Of what its field says already nothing more is said.
      if (absl::c_any_of(errors, [&](const auto& error) { return error.field() == column; }))
        return;
      const fields::Form form = fields::FormOf(number ? kNumberForm : kIdForm);
      errors.push_back(loading::MakeRowError(
          row.line, column, key,
          key.empty() ? Against(rule::kRequired)
                      : Against(rule::kPattern, "form_es"_is(form.es), "form_en"_is(form.en)),
          options_.locale));
      return;
    }
    if (last && options_.in_files.check_id != nullptr) {
      if (const std::optional<Violation> wrong = options_.in_files.check_id(id)) {
        errors.push_back(loading::MakeRowError(row.line, key_columns_[ids.size()]->name, "", *wrong,
                                               options_.locale));
        return;
      }
    }
    ids.push_back(std::move(id));
  }
  if (FoundByRows()) ids.emplace_back(resource::internal::kIdToCome);
  name_ = pattern.Format(ids);
}

absl::Status RecordFile::CheckFirst(const loading::CsvRow& row, const resource::Message& record,
                                    const std::vector<std::string>& keys,
                                    std::vector<type::v1::RowError>& errors) {
  const std::string own = FoundByRows() ? options_.in_files.identity(record) : "";
  const uint32_t occurrence = occurrences_.Count(loading::IdentityOf({name_}, own));
  if (occurrence == 0) return occurrences_.TooLarge();
  if (occurrence > 1) {
    const std::string column =
        FoundByRows() ? loading::ColumnOf(*options_.profile, options_.in_files.found_by)
                      : key_columns_.back()->name;
    errors.push_back(loading::MakeRowError(row.line, column, FoundByRows() ? "" : keys.back(),
                                           Against(rule::kRowRepeated), options_.locale));
  }
  return absl::OkStatus();
}

api::v1::LoadRow RecordFile::RowOf(int64_t line) const {
  api::v1::LoadRow row;
  row.set_row(file_.read_count());
  row.set_line(line);
  if (!FoundByRows()) row.set_name(name_);
  return row;
}

}  // namespace puente::loads
