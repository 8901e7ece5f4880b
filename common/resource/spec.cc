#include "common/resource/spec.h"

#include "absl/algorithm/container.h"
#include "absl/container/inlined_vector.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/synchronization/mutex.h"
#include "common/sql/error.h"
#include "common/status/macros.h"
#include "common/telemetry/mistake.h"
#include "google/api/resource.pb.h"
#include "google/protobuf/timestamp.pb.h"

namespace puente::resource {
namespace {

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

}  // namespace

std::vector<const Spec*> Spec::Of(absl::string_view package) {
  Registry& registry = Registry::Get();
  absl::MutexLock lock(&registry.mutex);
  std::vector<const Spec*> found;
  for (const Spec* spec : registry.specs) {
    if (spec->options().type.descriptor->file()->package() == package) found.push_back(spec);
  }
  return found;
}

Spec::Spec(SpecOptions options) : options_(std::move(options)) {
  {
    Registry& registry = Registry::Get();
    absl::MutexLock lock(&registry.mutex);
    registry.specs.push_back(this);  // all of them are statics
  }
  if (options_.pattern.numbered() != options_.numbering.has_value()) {
    telemetry::Mistake("numbers need errors, and errors numbers", options_.pattern.text());
  }
  if (options_.numbering && !options_.guarded) {
    telemetry::Mistake("numbers need guards", options_.pattern.text());
  }
  if (options_.owner &&
      options_.type.descriptor->FindFieldByName(std::string(options_.owner->field)) == nullptr) {
    telemetry::Mistake("no such owner's field", options_.owner->field);
  }
  // These have names that are no field's, so that Row::Into() leaves them alone.
  std::vector<std::string> stored, read;
  for (const absl::string_view id : options_.id_columns) {
    read.push_back(absl::StrCat(id, " AS _", id));
  }
  read.push_back("version AS _version");
  for (const absl::string_view time : kTimes) {
    read.push_back(absl::StrCat(sql::Micros(time), " AS _", time));
  }
  for (const absl::string_view other : kOthers) {
    read.push_back(absl::StrCat(other, " AS _", other));
  }
  for (const absl::string_view column : options_.columns) {
    const auto* field = options_.type.descriptor->FindFieldByName(std::string(column));
    if (field == nullptr) {
      telemetry::Mistake("a column without a field",
                         absl::StrCat(options_.type.descriptor->full_name(), ".", column));
    }
    fields_.push_back(field);
    stored.emplace_back(column);
    if (absl::c_linear_search(kTimes, column) || absl::c_linear_search(kOthers, column)) continue;
    const bool instant = field->message_type() == google::protobuf::Timestamp::descriptor();
    read.push_back(instant ? absl::StrCat(sql::Micros(column), " AS ", column) : stored.back());
  }
  select_ = absl::StrCat("SELECT ", absl::StrJoin(read, ", "));
  select_width_ = read.size();
  for (const DerivedColumn& derived : options_.derived) stored.emplace_back(derived.column);
  insert_ =
      absl::StrCat("INSERT INTO ", options_.table, " (", absl::StrJoin(options_.id_columns, ", "),
                   ", version, ", absl::StrJoin(stored, ", "), ") VALUES");
  insert_width_ = options_.id_columns.size() + 1 + stored.size();
  const auto equals = [](std::string* out, absl::string_view column) {
    absl::StrAppend(out, column, " = ?");
  };
  where_id_ = absl::StrJoin(options_.id_columns, " AND ", equals);
  update_ =
      absl::StrCat("UPDATE ", options_.table, " SET version = version + 1, ",
                   absl::StrJoin(stored, ", ", equals), " WHERE ", where_id_, " AND version = ?");
  guard_ = absl::StrCat("UPDATE ", options_.table, " SET guard = guard + 1 WHERE ", where_id_);
  guard_version_ = absl::StrCat(guard_, " AND version = ?");
  remove_ = absl::StrCat("DELETE FROM ", options_.table, " WHERE ", where_id_, " AND version = ?");
}

const std::string& Spec::guard() const {
  if (!options_.guarded) telemetry::Mistake("what others rest on is declared so", options_.table);
  return guard_;
}

const std::string& Spec::guard_version() const {
  guard();
  return guard_version_;
}

std::string Spec::NameOf(const sql::Row& row) const {
  absl::InlinedVector<std::string, 3> ids;
  for (size_t i = 0; i < options_.id_columns.size(); ++i) ids.push_back(row.Text(i));
  return options_.pattern.Format(ids);
}

absl::Status Spec::Read(const sql::Row& row, google::protobuf::Message& message) const {
  const size_t version = options_.id_columns.size();
  const auto kind = static_cast<int>(row.Int64(version + 4));
  if (!type::v1::RecordKind_IsValid(kind)) {
    return Error(sql::error::kRowCorrupt, {{"column", "record_kind"}});
  }
  options_.type.set_standard(
      message, {NameOf(row), absl::StrCat("v", row.Int64(version)), row.Int64(version + 1),
                row.Int64(version + 2), row.Text(version + 3), type::v1::RecordKind(kind)});
  return row.Into(message);
}

const std::string& Spec::singular() const {
  return options_.type.descriptor->options().GetExtension(google::api::resource).singular();
}

const std::string& Spec::plural() const {
  return options_.type.descriptor->options().GetExtension(google::api::resource).plural();
}

void Spec::AppendValues(const google::protobuf::Message& message,
                        std::vector<sql::Value>& values) const {
  for (const auto* field : fields_) values.push_back(sql::FieldValue(message, field));
  for (const DerivedColumn& derived : options_.derived) values.push_back(derived.value(message));
}

}  // namespace puente::resource
