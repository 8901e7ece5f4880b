#include "common/resource/spec.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/synchronization/mutex.h"
#include "common/rpc/mistake.h"
#include "common/sql/row.h"
#include "google/api/resource.pb.h"

namespace puente::resource {
namespace {

// CONCAT('vacancies/', id): a name is composed where its ids are.
std::string NameExpression(const SpecOptions& options) {
  std::vector<std::string> parts;
  size_t next = 0;
  std::string literal;
  for (absl::string_view segment : absl::StrSplit(options.pattern.text(), '/')) {
    if (next > 0 || !literal.empty()) absl::StrAppend(&literal, "/");
    if (segment.empty() || segment.front() != '{') {
      absl::StrAppend(&literal, segment);
      continue;
    }
    parts.push_back(absl::StrCat("'", literal, "'"));
    parts.emplace_back(options.id_columns[next++]);
    literal.clear();
  }
  return absl::StrCat("CONCAT(", absl::StrJoin(parts, ", "), ")");
}

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
    if (spec->options().type->file()->package() == package) found.push_back(spec);
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
    rpc::Mistake("numbers need errors, and errors numbers", options_.pattern.text());
  }
  if (options_.owner &&
      options_.type->FindFieldByName(std::string(options_.owner->field)) == nullptr) {
    rpc::Mistake("no such owner's field", options_.owner->field);
  }
  std::vector<std::string> stored;
  for (const absl::string_view column : options_.columns) {
    fields_.push_back(options_.type->FindFieldByName(std::string(column)));
    if (fields_.back() == nullptr) {
      rpc::Mistake("a column without a field",
                   absl::StrCat(options_.type->full_name(), ".", column));
    }
    stored.emplace_back(column);
  }
  select_ = absl::StrCat("SELECT ", NameExpression(options_),
                         " AS name, CONCAT('v', version) AS etag, ", absl::StrJoin(stored, ", "));
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
  remove_ = absl::StrCat("DELETE FROM ", options_.table, " WHERE ", where_id_, " AND version = ?");
}

const std::string& Spec::singular() const {
  return options_.type->options().GetExtension(google::api::resource).singular();
}

const std::string& Spec::plural() const {
  return options_.type->options().GetExtension(google::api::resource).plural();
}

void Spec::AppendValues(const google::protobuf::Message& message,
                        std::vector<sql::Value>& values) const {
  for (const auto* field : fields_) values.push_back(sql::FieldValue(message, field));
  for (const DerivedColumn& derived : options_.derived) values.push_back(derived.value(message));
}

}  // namespace puente::resource
