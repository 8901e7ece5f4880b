// What the standard methods need to know of a plain resource. Everything else is derived: the
// statements from table and columns, the names from the pattern, the filters from the shapes.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "common/context/values.h"
#include "common/names/pattern.h"
#include "common/sql/row.h"
#include "common/sql/value.h"
#include "common/status/error.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "puente/type/v1/record.pb.h"

namespace puente::resource {

// A resource's message type. What every resource has is set by its generated code, which is faster
// than reflection (docs/decisions/0021).
struct Type {
  struct Standard {
    std::string name;
    std::string etag;
    int64_t create_time;  // microseconds since 1970
    int64_t update_time;
    std::string source;
    type::v1::RecordKind record_kind;
  };
  const google::protobuf::Descriptor* descriptor;
  std::unique_ptr<google::protobuf::Message> (*make)();
  void (*set_standard)(google::protobuf::Message& message, Standard fields);
};

template <class M>
Type TypeOf() {
  return {M::descriptor(),
          []() -> std::unique_ptr<google::protobuf::Message> { return std::make_unique<M>(); },
          [](google::protobuf::Message& message, Type::Standard fields) {
            auto& resource = static_cast<M&>(message);
            resource.set_name(std::move(fields.name));
            resource.set_etag(std::move(fields.etag));
            SetMicros(fields.create_time, *resource.mutable_create_time());
            SetMicros(fields.update_time, *resource.mutable_update_time());
            resource.set_source(std::move(fields.source));
            resource.set_record_kind(fields.record_kind);
          }};
}

// A field that filters may name.
struct FilterField {
  enum class Kind {
    kText,    // field = "text"
    kEnum,    // field = VALUE, with or without the enum's prefix
    kPrefix,  // field = "text*": all that begin with text
  };
  absl::string_view field;
  absl::string_view column;
  Kind kind = Kind::kText;
  const google::protobuf::EnumDescriptor* type = nullptr;  // of kEnum
};

struct OrderColumn {
  absl::string_view column;
  bool descending = false;
};

// A list that is served: a filter of exactly these fields, its order, and the index that serves
// both. A kPrefix field's column comes first in the order.
struct ListShape {
  std::vector<absl::string_view> fields;
  std::vector<OrderColumn> order;  // ends with the id columns; no column is NULL
  absl::string_view index;
  absl::string_view order_by = "";  // what asks for this order: "update_time desc"
  // The index that serves it within one parent, if another does: where columns that are not equal
  // to anything come before the parent's ids.
  absl::string_view index_within = "";
};

// A column that repeats what is inside a field, so that an index can serve it.
struct DerivedColumn {
  absl::string_view column;
  sql::Value (*value)(const google::protobuf::Message&);
};

// Whose a resource is: the field that names the owner ("companies/acme"), the collection in it
// ("companies"; "supplier" where the field holds a caller's path), and the kind of caller who is
// that ("company").
struct Owner {
  absl::string_view field;
  absl::string_view collection;
  absl::string_view kind;
  // Whether the records of others are, to an owner, as good as none.
  bool hidden = false;
};

// Resources whose last id counts 1, 2, … within their parent. No number is left out: each comes
// right after the one before, and only the last can be deleted. Where they have owners, all of one
// parent belong to whom its first ever belonged to.
struct Numbering {
  ErrorSpec not_next;         // metadata: name, next
  ErrorSpec not_last;         // metadata: name, last
  ErrorSpec of_another = {};  // metadata: name (the parent's), owner, given
};

struct SpecOptions {
  Type type;
  absl::string_view table;
  NamePattern pattern;
  std::vector<absl::string_view> id_columns;  // one for each id of the pattern
  std::vector<absl::string_view> columns;     // stored fields; column name = field name
  std::vector<DerivedColumn> derived = {};
  std::vector<FilterField> filters;
  std::vector<ListShape> lists;
  ErrorSpec not_found;       // metadata: name, field (the path that held it)
  ErrorSpec already_exists;  // metadata: name
  // Whether states before the last one are kept, for List…Revisions. What is served with an update
  // keeps them.
  bool revisions = false;
  // For methods that owners may call (puente.api.v1.Access.owners).
  std::optional<Owner> owner = std::nullopt;
  // Whether a resource can be deleted, and its id then be given again. Needs revisions.
  bool deletable = false;
  // Whether other resources may rest on its state (Guard() in resource.h). The table has, besides,
  // a column `guard` (BIGINT NOT NULL DEFAULT 0).
  bool guarded = false;
  // For a pattern that ends in a number; needs guards.
  std::optional<Numbering> numbering = std::nullopt;
};

// Made once a resource, as a static; a column that names no field ends the process at start. A row
// has, besides, `version` (1, 2, …), from which the etag is made.
class Spec {
 public:
  explicit Spec(SpecOptions options);

  // Those made so far of this package ("puente.science.v1"), for tests that walk them.
  static std::vector<const Spec*> Of(absl::string_view package);

  const SpecOptions& options() const { return options_; }
  // "skill" and "skills", as the contract's google.api.resource says.
  const std::string& singular() const;
  const std::string& plural() const;
  // "SELECT id AS _id, version AS _version, (create_time), (update_time), source AS _source,
  // record_kind AS _record_kind, a, b", whose rows Read() understands.
  const std::string& select() const { return select_; }
  // How many columns that has.
  size_t select_width() const { return select_width_; }
  // The name of a row's resource.
  std::string NameOf(const sql::Row& row) const;
  // Sets the message's fields, its name and etag as well.
  absl::Status Read(const sql::Row& row, google::protobuf::Message& message) const;
  // "INSERT INTO t (id, version, a, b) VALUES"
  const std::string& insert() const { return insert_; }
  // How many values a row has in insert().
  size_t insert_width() const { return insert_width_; }
  // "UPDATE t SET version = version + 1, a = ?, b = ? WHERE id = ? AND version = ?"
  const std::string& update() const { return update_; }
  // "DELETE FROM t WHERE id = ? AND version = ?"
  const std::string& remove() const { return remove_; }
  // "UPDATE t SET guard = guard + 1 WHERE id = ?", and the same with " AND version = ?". Ends the
  // process if the spec isn't guarded.
  const std::string& guard() const;
  const std::string& guard_version() const;
  // "id = ?"
  const std::string& where_id() const { return where_id_; }
  const std::vector<const google::protobuf::FieldDescriptor*>& fields() const { return fields_; }

  // The values of fields and derived columns, in the order of insert() and update().
  void AppendValues(const google::protobuf::Message& message,
                    std::vector<sql::Value>& values) const;

 private:
  const SpecOptions options_;
  std::vector<const google::protobuf::FieldDescriptor*> fields_;
  std::string select_;
  std::string insert_;
  std::string update_;
  std::string remove_;
  std::string guard_;
  std::string guard_version_;
  std::string where_id_;
  size_t select_width_ = 0;
  size_t insert_width_ = 0;
};

}  // namespace puente::resource
