#include "common/resource/spec.h"

#include <algorithm>

#include "absl/algorithm/container.h"
#include "absl/container/inlined_vector.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "absl/synchronization/mutex.h"
#include "common/personal/fields.h"
#include "common/resource/page.h"
#include "common/resource/record_counts.h"
#include "common/sql/error.h"
#include "common/status/macros.h"
#include "common/telemetry/mistake.h"
#include "google/protobuf/timestamp.pb.h"
#include "puente/api/v1/options.pb.h"

namespace puente::resource {
namespace {

using google::protobuf::FieldDescriptor;

// What Type::set_standard() is for, besides names and etags.
constexpr absl::string_view kTimes[] = {"create_time", "update_time"};
constexpr absl::string_view kOthers[] = {"source", "record_kind"};

struct Registry {
  absl::Mutex mutex;
  std::vector<const Spec*> specs ABSL_GUARDED_BY(mutex);
  static Registry& Get() {
    static auto* registry = new Registry;
    return *registry;
  }
};

// Bytes that a message of this type can have at most, roughly; what has no bound counts as a lot.
constexpr size_t kUnbounded = 1 << 20;
size_t MostBytes(const google::protobuf::Descriptor& type) {
  constexpr size_t kShort = 64, kBytesACharacter = 4;
  size_t bytes = 0;
  for (int i = 0; i < type.field_count() && bytes < kUnbounded; ++i) {
    const FieldDescriptor* field = type.field(i);
    const api::v1::Rules& rules = field->options().GetExtension(api::v1::rules);
    size_t one = kShort;
    if (field->message_type() != nullptr) {
      one = absl::StartsWith(field->message_type()->full_name(), "google.")
                ? kShort
                : MostBytes(*field->message_type());
    } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_STRING && rules.max_length() > 0) {
      one = static_cast<size_t>(rules.max_length()) *
            (rules.pattern().empty() ? kBytesACharacter : 1);
    }
    if (field->is_repeated()) {
      one = rules.max_items() == 0 ? kUnbounded : one * static_cast<size_t>(rules.max_items());
    }
    bytes += one;
  }
  return std::clamp<size_t>(bytes, 1, kUnbounded);
}

// Whether callers say the ids of new ones: to Create, or to a method that adds them by another
// name.
bool TakesIds(const Contract& contract) {
  const std::string id = absl::StrCat(Snake(contract.singular()), "_id");
  for (int i = 0; i < contract.service().method_count(); ++i) {
    const auto& request = *contract.service().method(i)->input_type();
    if (request.FindFieldByName(id) != nullptr) return true;
  }
  return false;
}

OrderColumn ParseOrder(absl::string_view text) {
  const bool descending = absl::ConsumeSuffix(&text, " desc");
  return {std::string(text), descending};
}

}  // namespace

std::vector<const Spec*> Spec::Of(absl::string_view package) {
  Registry& registry = Registry::Get();
  absl::MutexLock lock(&registry.mutex);
  std::vector<const Spec*> found;
  for (const Spec* spec : registry.specs) {
    if (spec->type().file()->package() == package) found.push_back(spec);
  }
  return found;
}

const Spec* Spec::OfType(absl::string_view type) {
  Registry& registry = Registry::Get();
  absl::MutexLock lock(&registry.mutex);
  const auto found = absl::c_find_if(
      registry.specs, [&](const Spec* spec) { return spec->contract().type() == type; });
  return found == registry.specs.end() ? nullptr : *found;
}

Spec::Spec(SpecOptions options)
    : options_(std::move(options)),
      personal_(personal::HasPersonal(*options_.type.descriptor)),
      contract_(*options_.type.descriptor, options_.numbered),
      table_(options_.table) {
  for (int i = 0; i < type().field_count(); ++i) {
    const FieldDescriptor* field = type().field(i);
    const bool stored = field->name() != "name" && field->name() != "etag";
    if (stored && !personal::IsPersonal(*field)) fields_.push_back(field);
  }
  if (personal() && !personal::CanBeSealed(type())) {
    Mistake("personal fields are stored in a field `bytes sealed`", table_);
  }
  for (const absl::string_view needed : kTimes) {
    if (!HasColumn(needed)) Mistake("every resource has this field", needed);
  }
  if (numbered() && !options_.guarded) Mistake("numbers need guards", table_);
  if (contract_.has_agents() != (options_.acts_for != nullptr)) {
    Mistake("methods have agents where somebody says for whom they act", table_);
  }
  if (contract_.has_agents() && owner() == nullptr) Mistake("agents act for owners", table_);
  const FieldDescriptor* state = type().FindFieldByName("state");
  if (state != nullptr && state->enum_type() != nullptr) state_ = state;
  lists_.push_back(Serve({.index = "PRIMARY"}));
  for (const ListShape& shape : options_.lists) lists_.push_back(Serve(shape));
  for (const ElementTable& table : elements()) {
    lists_.push_back(Serve(table, {.index = "PRIMARY"}));
    if (!table.newest) continue;
    lists_.push_back(Serve(table, {.order = {"create_time desc"},
                                   .index = "by_create_time",
                                   .order_by = "create_time desc"}));
  }
  if (leave_out() != nullptr && contract_.deletable()) {
    Mistake("what is left out follows from how a record is now", table_);
  }
  const size_t row_bytes = MostBytes(type());
  weighed_ = row_bytes * kMostPageSize > kMostAnswerBytes;
  most_rows_ = static_cast<int>(std::min<size_t>(kMostPageSize, kMostReadBytes / row_bytes));
  MakeStatements();
  MakeErrors();
  CheckStates();
  Registry& registry = Registry::Get();
  absl::MutexLock lock(&registry.mutex);
  registry.specs.push_back(this);  // all of them are statics
}

void Spec::Mistake(absl::string_view what, absl::string_view name) const {
  telemetry::Mistake(what, absl::StrCat(type().full_name(), ": ", name));
}

bool Spec::HasColumn(absl::string_view name) const {
  return absl::c_linear_search(id_columns(), name) ||
         absl::c_any_of(fields_, [&](const auto* field) { return field->name() == name; }) ||
         absl::c_any_of(derived(), [&](const auto& column) { return column.column == name; });
}

FilterField Spec::MakeFilter(absl::string_view by) const {
  FilterField filter;
  if (absl::ConsumeSuffix(&by, "*")) filter.kind = FilterField::Kind::kPrefix;
  filter.field = std::string(by);
  const FieldDescriptor* field = type().FindFieldByName(filter.field);
  if (field != nullptr) {
    filter.type = field->enum_type();
    if (filter.type == nullptr && field->cpp_type() != FieldDescriptor::CPPTYPE_STRING) {
      Mistake("a list can't be by a field of this type", by);
    }
  } else {
    const auto column =
        absl::c_find_if(derived(), [&](const auto& derived) { return derived.column == by; });
    if (column == derived().end()) Mistake("a list by what is no field", by);
    filter.type = column->type;
  }
  if (filter.type != nullptr) {
    if (filter.kind == FilterField::Kind::kPrefix) Mistake("an enum has no beginning", by);
    filter.kind = FilterField::Kind::kEnum;
  }
  return filter;
}

ServedList Spec::Serve(const ListShape& shape) const {
  ServedList list{{},
                  {},
                  std::string(shape.index),
                  std::string(shape.order_by),
                  std::string(shape.index_within),
                  ""};
  if (list.index.empty()) Mistake("a list without an index", absl::StrJoin(shape.by, ", "));
  for (const absl::string_view by : shape.by) {
    list.fields.push_back(MakeFilter(by));
    if (list.fields.back().kind == FilterField::Kind::kPrefix) {
      list.order.push_back({list.fields.back().field});
    }
  }
  for (const absl::string_view column : shape.order) list.order.push_back(ParseOrder(column));
  const bool descending = !list.order.empty() && list.order.back().descending;
  for (const std::string& id : id_columns()) {
    if (absl::c_none_of(list.order, [&](const OrderColumn& c) { return c.column == id; })) {
      list.order.push_back({id, descending});
    }
  }
  for (const OrderColumn& column : list.order) {
    if (!HasColumn(column.column)) Mistake("a list in the order of no column", column.column);
  }
  return list;
}

ServedList Spec::Serve(const ElementTable& table, const ListShape& shape) const {
  ServedList list = Serve(shape);
  list.fields.push_back({std::string(table.by), FilterField::Kind::kElement});
  list.elements = std::string(table.table);
  return list;
}

void Spec::CheckStates() const {
  for (const char* standard : {"Create", "Update", "Delete"}) {
    const auto* method = contract_.Standard(standard);
    if (!states().empty() && method != nullptr && !TransitionOf(*this, method->name())) {
      Mistake("no row of the states for this verb", method->name());
    }
  }
  for (const int number : options_.over) {
    if (state_ == nullptr || state_->enum_type()->FindValueByNumber(number) == nullptr) {
      Mistake("over in a state that there is not", absl::StrCat(number));
    }
  }
  for (const Transition& row : states()) {
    if (state_ == nullptr) Mistake("states without a field", row.verb);
    if (contract_.service().FindMethodByName(std::string(row.verb)) == nullptr) {
      Mistake("no such verb", row.verb);
    }
    if (TransitionOf(*this, row.verb) != &row) Mistake("two rows of one verb", row.verb);
    const auto* create = contract_.Standard("Create");
    if (row.from.empty() != (create != nullptr && create->name() == row.verb)) {
      Mistake("a creation alone begins in no state", row.verb);
    }
    std::vector<int> numbers = row.from;
    if (row.to != kSame) numbers.push_back(row.to);
    for (const int number : numbers) {
      if (number == 0 || state_->enum_type()->FindValueByNumber(number) == nullptr) {
        Mistake("no such state", row.verb);
      }
    }
  }
}

void Spec::MakeStatements() {
  // These have names that are no field's, so that Row::Into() leaves them alone.
  std::vector<std::string> stored, read;
  for (const std::string& id : id_columns()) read.push_back(absl::StrCat(id, " AS _", id));
  read.push_back("version AS _version");
  for (const absl::string_view time : kTimes) {
    read.push_back(absl::StrCat(sql::Micros(time), " AS _", time));
  }
  for (const absl::string_view other : kOthers) {
    read.push_back(absl::StrCat(other, " AS _", other));
  }
  for (const FieldDescriptor* field : fields_) {
    const std::string& column = stored.emplace_back(field->name());
    if (absl::c_linear_search(kTimes, column) || absl::c_linear_search(kOthers, column)) continue;
    const bool instant = field->message_type() == google::protobuf::Timestamp::descriptor();
    read.push_back(instant ? absl::StrCat(sql::Micros(column), " AS ", column) : column);
  }
  select_ = absl::StrCat("SELECT ", absl::StrJoin(read, ", "));
  select_width_ = read.size();
  for (const DerivedColumn& derived : options_.derived) stored.emplace_back(derived.column);
  insert_ = absl::StrCat("INSERT INTO ", table_, " (", absl::StrJoin(id_columns(), ", "),
                         ", version, ", absl::StrJoin(stored, ", "), ") VALUES");
  insert_width_ = id_columns().size() + 1 + stored.size();
  const auto equals = [](std::string* out, absl::string_view column) {
    absl::StrAppend(out, column, " = ?");
  };
  where_id_ = absl::StrJoin(id_columns(), " AND ", equals);
  // The optimizer would weigh each index that begins with the first ids.
  const std::string update = absl::StrCat("UPDATE ", table_, " FORCE INDEX (PRIMARY) SET ");
  update_ = absl::StrCat(update, "version = version + 1, ", absl::StrJoin(stored, ", ", equals),
                         " WHERE ", where_id_, " AND version = ?");
  remove_ = absl::StrCat("DELETE FROM ", table_, " WHERE ", where_id_, " AND version = ?");
  guard_ = absl::StrCat(update, "guard = guard + 1 WHERE ", where_id_);
  guard_version_ = absl::StrCat(guard_, " AND version = ?");
}

ErrorSpec Spec::MakeError(absl::string_view reason, absl::StatusCode code, std::string es,
                          std::string en) {
  const auto keep = [this](std::string text) -> absl::string_view {
    return texts_.emplace_back(std::move(text));
  };
  return {keep(std::string(reason)), code, contract_.domain(), keep(std::move(es)),
          keep(std::move(en))};
}

void Spec::MakeErrors() {
  using Code = absl::StatusCode;
  const std::string &es = contract_.noun_es(), &en = contract_.noun_en(),
                    &reason = contract_.reason();
  const std::string Es = Capitalized(es), En = Capitalized(en);
  const auto* list = contract_.Standard("List");
  const std::string list_name = list == nullptr ? "" : list->name();
  not_found_ = MakeError(
      reason + "_NOT_FOUND", Code::kNotFound,
      absl::StrCat("No existe ", es, " $name",
                   hides() ? " entre los registros que usted puede ver" : "",
                   list == nullptr ? "." : absl::StrCat("; vea ", list_name, ".")),
      absl::StrCat("There is no ", en, " $name", hides() ? " among the records you may see" : "",
                   list == nullptr ? "." : absl::StrCat("; see ", list_name, ".")));
  already_exists_ = MakeError(reason + "_ALREADY_EXISTS", Code::kAlreadyExists,
                              absl::StrCat("Ya existe ", es, " $name; use ",
                                           numbered() ? "el número siguiente." : "otro id."),
                              absl::StrCat(En, " $name already exists; use ",
                                           numbered() ? "the next number." : "another id."));
  state_wrong_ = MakeError(
      reason + "_STATE_WRONG", Code::kFailedPrecondition,
      absl::StrCat(Es,
                   " $name está en $state; $verb requiere $wanted. En $state se admite: $allowed."),
      absl::StrCat(En, " $name is $state; $verb requires $wanted. Allowed in $state: $allowed."));
  if (!numbered()) return;
  not_next_ = MakeError(reason + "_NOT_NEXT", Code::kFailedPrecondition,
                        "$name no lleva el número siguiente; use $next.",
                        "$name does not have the next number; use $next.");
  not_last_ = MakeError(reason + "_NOT_LAST", Code::kFailedPrecondition,
                        "Solo se puede borrar el último número, $last, y $name no lo es.",
                        "Only the last number, $last, can be deleted, and $name is not it.");
  std::string parent = absl::AsciiStrToUpper(id_columns()[id_columns().size() - 2]);
  of_another_ = MakeError(parent + "_OF_ANOTHER", Code::kInvalidArgument,
                          "$name es de $owner, no de $given; use el nombre correcto.",
                          "$name belongs to $owner, not to $given; use the right name.");
}

void Spec::Count(const Message* before, const Message* after, journal::Deltas& deltas) const {
  CountRecord(*this, before, after, deltas);
  if (options_.count) options_.count(before, after, deltas);
}

bool Spec::Over(const Message& resource) const {
  if (options_.over.empty()) return false;
  const int state = resource.GetReflection()->GetEnumValue(resource, state_);
  return absl::c_linear_search(options_.over, state);
}

absl::Status Spec::NotFound(absl::string_view name, absl::string_view field) const {
  return ErrorOf(not_found_, {{"name", std::string(name)}, {"field", std::string(field)}});
}

absl::Status Spec::AlreadyExists(absl::string_view name) const {
  return ErrorOf(already_exists_, {{"name", std::string(name)}});
}

absl::Status Spec::NotNext(absl::string_view name, int64_t next) const {
  return ErrorOf(not_next_, {{"name", std::string(name)}, {"next", absl::StrCat(next)}});
}

absl::Status Spec::NotLast(absl::string_view name, int64_t last) const {
  return ErrorOf(not_last_, {{"name", std::string(name)}, {"last", absl::StrCat(last)}});
}

absl::Status Spec::OfAnother(absl::string_view name, absl::string_view owner,
                             absl::string_view given) const {
  return ErrorOf(
      of_another_,
      {{"name", std::string(name)}, {"owner", std::string(owner)}, {"given", std::string(given)}});
}

std::vector<const ErrorSpec*> Spec::errors() const {
  std::vector<const ErrorSpec*> errors = {&not_found_};
  if (TakesIds(contract_)) errors.push_back(&already_exists_);
  if (state_ != nullptr) errors.push_back(&state_wrong_);
  if (numbered()) {
    errors.push_back(&not_next_);
    if (contract_.deletable()) errors.push_back(&not_last_);
    if (owner() != nullptr) errors.push_back(&of_another_);
  }
  return errors;
}

const std::string& Spec::guard() const {
  if (!options_.guarded) Mistake("what others rest on is declared so", table_);
  return guard_;
}

const std::string& Spec::guard_version() const {
  guard();
  return guard_version_;
}

std::string Spec::NameOf(const sql::Row& row) const {
  absl::InlinedVector<std::string, 3> ids;
  for (size_t i = 0; i < id_columns().size(); ++i) ids.push_back(row.Text(i));
  return pattern().Format(ids);
}

absl::Status Spec::Read(const sql::Row& row, Message& message) const {
  const size_t version = id_columns().size();
  const auto kind = static_cast<int>(row.Int64(version + 4));
  if (!type::v1::RecordKind_IsValid(kind)) {
    return Error(sql::error::kRowCorrupt, "column"_is("record_kind"));
  }
  options_.type.set_standard(
      message, {NameOf(row), absl::StrCat("v", row.Int64(version)), row.Int64(version + 1),
                row.Int64(version + 2), row.Text(version + 3), type::v1::RecordKind(kind)});
  return row.Into(message);
}

void Spec::AppendValues(const Message& message, std::vector<sql::Value>& values) const {
  for (const auto* field : fields_) values.push_back(sql::FieldValue(message, field));
  for (const DerivedColumn& derived : options_.derived) values.push_back(derived.value(message));
}

}  // namespace puente::resource
