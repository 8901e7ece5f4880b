#include "common/loading/row_converter.h"

#include <algorithm>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/str_join.h"
#include "common/fields/rules.h"
#include "common/loading/errors.h"
#include "common/names/text.h"
#include "common/status/macros.h"

namespace puente::loading {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr size_t kMostRemembered = 4096;  // texts a column
constexpr size_t kMostRememberedBytes = 120;
// What is known of a text, besides an enum's number and a normalized text's index.
constexpr int kAbsent = -1;
constexpr int kStated = -2;

bool IsAbsent(const Column& column, absl::string_view text) {
  return !column.absent.empty() && column.absent.contains(Fold(text));
}

Wrong AddToKey(const Column& column, absl::string_view text, std::string& key) {
  if (IsAbsent(column, text)) return nullptr;
  std::string part;
  if (Wrong wrong = SetText(text, 0, part)) return wrong;
  if (!key.empty()) key += '-';
  key += part;
  return nullptr;
}

}  // namespace

absl::StatusOr<std::vector<size_t>> FindColumns(absl::Span<const absl::string_view> header,
                                                const std::vector<absl::string_view>& columns,
                                                absl::string_view layout) {
  std::vector<size_t> places;
  std::vector<absl::string_view> missing;
  std::vector<absl::string_view> repeated;
  for (const absl::string_view column : columns) {
    const auto named = [&](absl::string_view name) { return Trim(name) == column; };
    const auto found = std::find_if(header.begin(), header.end(), named);
    if (found == header.end()) {
      missing.push_back(column);
      continue;
    }
    if (std::count_if(found, header.end(), named) > 1) repeated.push_back(column);
    places.push_back(static_cast<size_t>(found - header.begin()));
  }
  if (missing.empty() && repeated.empty()) return places;
  const auto list = [](const std::vector<absl::string_view>& names) {
    return names.empty() ? "-" : absl::StrJoin(names, ", ");
  };
  return Error(error::kFileColumns, "profile"_is(layout), "missing"_is(list(missing)),
               "repeated"_is(list(repeated)));
}

absl::StatusOr<RowConverter> RowConverter::Create(const Profile& profile,
                                                  absl::Span<const absl::string_view> header,
                                                  Locale locale) {
  std::vector<absl::string_view> names;
  std::vector<const Column*> columns;
  for (const Column& column : profile.columns) {
    const bool missing =
        absl::c_none_of(header, [&](absl::string_view name) { return Trim(name) == column.name; });
    if (missing && column.optional) continue;
    names.push_back(column.name);
    columns.push_back(&column);
  }
  ASSIGN_OR_RETURN(const std::vector<size_t> places, FindColumns(header, names, profile.id));
  RowConverter converter(locale);
  converter.list_ = profile.list;
  for (size_t i = 0; i < places.size(); ++i) {
    converter.bindings_.push_back({columns[i], places[i], {}});
  }
  return converter;
}

bool RowConverter::IsLeftOut(const CsvRow& row) const {
  return absl::c_any_of(bindings_, [&](const Binding& binding) {
    const auto& only = binding.column->only;
    return !only.empty() && !only.contains(Fold(row.fields[binding.index]));
  });
}

bool RowConverter::Convert(const CsvRow& row, Message& record, absl::Span<std::string> keys,
                           std::vector<type::v1::RowError>& errors) {
  bool right = true;
  Message* const element =
      list_ == nullptr ? nullptr : record.GetReflection()->AddMessage(&record, list_);
  std::string read;
  for (Binding& binding : bindings_) {
    absl::string_view text = Trim(row.fields[binding.index]);
    Wrong wrong;
    if (binding.column->reading) {
      wrong = binding.column->reading->Read(text, read);
      if (wrong == nullptr) text = read;
    }
    Message& stated = binding.column->list == nullptr ? record : *element;
    if (wrong == nullptr) wrong = Set(binding, text, stated, keys);
    if (wrong != nullptr) {
      errors.push_back(MakeRowError(row.line, binding.column->name, text, *wrong, locale_));
      right = false;
    }
  }
  return right;
}

Wrong RowConverter::Set(Binding& binding, absl::string_view text, Message& record,
                        absl::Span<std::string> keys) {
  const Column& column = *binding.column;
  if (text.empty()) return column.required ? Breaks(rule::kRequired) : nullptr;
  if (column.key >= 0) {
    if (Wrong wrong = AddToKey(column, text, keys[static_cast<size_t>(column.key)])) return wrong;
  }
  if (column.field == nullptr) return nullptr;
  const auto known = binding.memo.find(text);
  if (known != binding.memo.end()) return Recall(binding, known->second, text, record);
  const bool absent = IsAbsent(column, text);
  Wrong wrong = absent ? nullptr : column.conversion->Set(text, record);
  if (wrong == nullptr) Remember(binding, text, absent, record);
  return wrong;
}

Wrong RowConverter::Recall(const Binding& binding, int known, absl::string_view text,
                           Message& record) {
  if (known == kAbsent) return nullptr;
  if (known == kStated) return binding.column->conversion->Set(text, record);
  const FieldDescriptor* field = binding.column->field;
  if (field->cpp_type() == FieldDescriptor::CPPTYPE_ENUM) {
    record.GetReflection()->SetEnumValue(&record, field, known);
  } else {
    record.GetReflection()->SetString(&record, field, texts_[static_cast<size_t>(known)]);
  }
  return nullptr;
}

// Few different texts come again and again, and normalizing and folding are the dearest steps of a
// row.
void RowConverter::Remember(Binding& binding, absl::string_view text, bool absent,
                            const Message& record) {
  if (binding.memo.size() == kMostRemembered || text.size() > kMostRememberedBytes) return;
  const FieldDescriptor* field = binding.column->field;
  if (absent) {
    binding.memo.emplace(text, kAbsent);
  } else if (field->is_repeated()) {
    if (!binding.column->absent.empty()) binding.memo.emplace(text, kStated);
  } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_ENUM) {
    binding.memo.emplace(text, record.GetReflection()->GetEnumValue(record, field));
  } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
    binding.memo.emplace(text, static_cast<int>(texts_.size()));
    texts_.push_back(record.GetReflection()->GetString(record, field));
  } else if (!binding.column->absent.empty()) {
    binding.memo.emplace(text, kStated);
  }
}

}  // namespace puente::loading
