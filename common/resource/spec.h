// A plain resource: what the contract says of it (contract.h) and what only its storage knows.
// Everything else is derived: the statements, the names, the filters, the errors.
//
//   const Resource<v1::Company>& Companies() {
//     static const Resource<v1::Company> companies({
//         .table = "company",
//         .lists = {{.by = {"state_code"}, .index = "by_state"},
//                   {.by = {"scian_class*"}, .index = "by_scian"}},
//     });
//     return companies;
//   }
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "common/context/call.h"
#include "common/context/values.h"
#include "common/journal/deltas.h"
#include "common/resource/contract.h"
#include "common/resource/states.h"
#include "common/sql/row.h"
#include "common/sql/session.h"
#include "common/sql/value.h"
#include "common/status/error.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "puente/type/v1/record.pb.h"

namespace puente::resource {

using google::protobuf::Message;

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
  std::unique_ptr<Message> (*make)();
  void (*set_standard)(Message& message, Standard fields);
};

template <class M>
Type TypeOf() {
  return {M::descriptor(), []() -> std::unique_ptr<Message> { return std::make_unique<M>(); },
          [](Message& message, Type::Standard fields) {
            auto& resource = static_cast<M&>(message);
            resource.set_name(std::move(fields.name));
            resource.set_etag(std::move(fields.etag));
            SetMicros(fields.create_time, *resource.mutable_create_time());
            SetMicros(fields.update_time, *resource.mutable_update_time());
            resource.set_source(std::move(fields.source));
            resource.set_record_kind(fields.record_kind);
          }};
}

// A list that is served besides the plain one, which is in the order of ids.
struct ListShape {
  // Columns that a filter of this list must give a value, all of them: "state_code"; or, for the
  // first characters of a text, "scian_class*".
  std::vector<absl::string_view> by = {};
  // Columns, none of which is NULL: "offer_date desc". A column of `by` with a star comes first by
  // itself, and the ids that are not named come last, in the direction of the column before them.
  std::vector<absl::string_view> order = {};
  absl::string_view index;  // that serves both
  // What asks for this order, where another one is the usual: "end_date desc".
  absl::string_view order_by = "";
  // The index that serves it within one parent, if another does: where columns that are not equal
  // to anything come before the parent's ids.
  absl::string_view index_within = "";
};

// A column that repeats what is inside a field, so that an index can serve it.
struct DerivedColumn {
  absl::string_view column;
  std::function<sql::Value(const Message&)> value;
  const google::protobuf::EnumDescriptor* type = nullptr;  // if it is the number of one
};

// A table that repeats the elements of a field that has many, a row for each, so that a list can be
// by one of them, in the order of ids: `element`, and `of_` with each of the ids, as
// PRIMARY KEY (element, of_id).
struct ElementTable {
  absl::string_view by;  // what filters call an element: "skill"
  absl::string_view table;
  std::function<std::vector<std::string>(const Message&)> elements;
  // Whether order_by = "create_time desc" is served too, since ids are what their writers chose.
  // The table has then, besides, `of_create_time` and
  // KEY by_create_time (element, of_create_time, of_id).
  bool newest = false;
};

// Adds what a change means to the module's counts. `before` is null for a new resource, `after` for
// a deleted one.
using Count = std::function<void(const Message* before, const Message* after, journal::Deltas&)>;

// Whether the caller of a method that has agents (puente.api.v1.Access.agents) acts in it, now, for
// an owner ("companies/acme"). `record` is what he would see or change; null where that is a list
// of the owner's.
using ActsFor = std::function<absl::StatusOr<bool>(
    const Call& call, sql::Session& session, const std::string& owner, const Message* record)>;

// Leaves out of records what their reader may not know. `now` is how the resource is now whose
// earlier states they are; null for records that are as they are now.
using LeaveOut =
    std::function<absl::Status(const Call& call, sql::Session& session, const Message* now,
                               absl::Span<Message* const> records)>;
// Whether the caller may list by this value of a field: what is left out of records is not to be
// found out by asking who has it.
using MayAsk = std::function<absl::StatusOr<bool>(
    const Call& call, sql::Session& session, absl::string_view field, const std::string& value)>;

// What storage knows of a resource, whatever its type; made by Resource.
struct SpecOptions {
  Type type;
  absl::string_view table;
  std::vector<ListShape> lists;
  std::vector<DerivedColumn> derived;
  std::vector<ElementTable> elements;
  bool hides = false;
  bool numbered = false;
  bool guarded = false;
  Count count;
  ActsFor acts_for;
  LeaveOut leave_out;
  MayAsk may_ask;
  std::vector<Transition> states;
  std::vector<int> over;
  const ErrorSpec* refusal;
};

// A field that a list's filter gives a value, and its column.
struct FilterField {
  enum class Kind {
    kText,     // field = "text"
    kEnum,     // field = VALUE, with or without the enum's prefix
    kPrefix,   // field = "text*": all that begin with text
    kElement,  // field = "text": all that have it among others
  };
  std::string field;
  Kind kind = Kind::kText;
  const google::protobuf::EnumDescriptor* type = nullptr;  // of kEnum
};

struct OrderColumn {
  std::string column;
  bool descending = false;
};

// A list that is served, with everything said.
struct ServedList {
  std::vector<FilterField> fields;
  std::vector<OrderColumn> order;  // ends with the ids
  std::string index;
  std::string order_by;
  std::string index_within;
  std::string elements;  // the table of a list by an element, else ""
};

// Made by Resource, once for each resource, as a static. Every mistake in it ends the process. A
// row has, besides the message's fields, `version` (1, 2, …), from which the etag is made.
class Spec {
 public:
  explicit Spec(SpecOptions options);
  Spec(const Spec&) = delete;
  Spec& operator=(const Spec&) = delete;

  // Those made so far of this package ("puente.science.v1").
  static std::vector<const Spec*> Of(absl::string_view package);
  // The one of a google.api.resource type ("science.puente/Technology"); null if it is not made.
  static const Spec* OfType(absl::string_view type);

  const Contract& contract() const { return contract_; }
  const NamePattern& pattern() const { return contract_.pattern(); }
  const std::vector<std::string>& id_columns() const { return contract_.id_columns(); }
  const Owner* owner() const { return contract_.owner(); }
  const google::protobuf::Descriptor& type() const { return *options_.type.descriptor; }
  std::unique_ptr<Message> NewMessage() const { return options_.type.make(); }
  const std::string& table() const { return table_; }
  const std::vector<ServedList>& lists() const { return lists_; }
  const std::vector<DerivedColumn>& derived() const { return options_.derived; }
  const std::vector<ElementTable>& elements() const { return options_.elements; }
  // Whether an owner is told that the records of others do not exist.
  bool hides() const { return options_.hides; }
  // Of what has agents.
  const ActsFor& acts_for() const { return options_.acts_for; }
  // Null for what every reader sees all of.
  const LeaveOut& leave_out() const { return options_.leave_out; }
  const MayAsk& may_ask() const { return options_.may_ask; }
  // Whether the resources of a parent are numbered 1, 2, …: no number is left out, each comes right
  // after the one before, only the last can be deleted, and where they have owners, all of one
  // parent belong to whom its first ever belonged to.
  bool numbered() const { return options_.numbered; }
  // Whether it has personal fields (puente.api.v1.personal). It is stored sealed, and everything
  // that writes it is an access to it.
  bool personal() const { return personal_; }
  // The life of a resource; empty if it has none, or none that its verbs decide alone.
  const std::vector<Transition>& states() const { return options_.states; }
  // Whether it is in a state in which it stands for nothing any more: what it refers to is then not
  // looked up.
  bool Over(const Message& resource) const;
  // By all that writes a resource, for each change.
  void Count(const Message* before, const Message* after, journal::Deltas& deltas) const;

  // Errors, whose reasons begin with contract().reason(). `field` is the path that held the name.
  absl::Status NotFound(absl::string_view name, absl::string_view field) const;
  absl::Status AlreadyExists(absl::string_view name) const;
  // Of what is numbered: the number that comes next; the last one there is; that a name's parent,
  // or what stands there, belongs to another.
  absl::Status NotNext(absl::string_view name, int64_t next) const;
  absl::Status NotLast(absl::string_view name, int64_t last) const;
  absl::Status OfAnother(absl::string_view name, absl::string_view owner,
                         absl::string_view given) const;
  // Of what has states, for StateWrong() in states.h.
  const ErrorSpec& state_wrong() const { return state_wrong_; }
  // What verbs of the table answer in another state.
  const ErrorSpec& refusal() const {
    return options_.refusal == nullptr ? state_wrong_ : *options_.refusal;
  }
  // Those of the above that a resource of this kind can answer.
  std::vector<const ErrorSpec*> errors() const;

  // Whether a page of the longest rows would be more than clients take, so that pages are weighed.
  bool weighed() const { return weighed_; }
  // Most rows that are read at a time: the database's library keeps all of an answer in memory.
  int most_rows() const { return most_rows_; }
  // "SELECT id AS _id, version AS _version, (create_time), (update_time), source AS _source,
  // record_kind AS _record_kind, a, b", whose rows Read() understands.
  const std::string& select() const { return select_; }
  // How many columns that has.
  size_t select_width() const { return select_width_; }
  // The name of a row's resource.
  std::string NameOf(const sql::Row& row) const;
  // Sets the message's fields, its name and etag as well.
  absl::Status Read(const sql::Row& row, Message& message) const;
  // "INSERT INTO t (id, version, a, b) VALUES"
  const std::string& insert() const { return insert_; }
  // How many values a row has in insert().
  size_t insert_width() const { return insert_width_; }
  // "UPDATE t SET version = version + 1, a = ?, b = ? WHERE id = ? AND version = ?"
  const std::string& update() const { return update_; }
  // "DELETE FROM t WHERE id = ? AND version = ?"
  const std::string& remove() const { return remove_; }
  // Whether other resources may rest on its state (Guard() in resource.h). The table has, besides,
  // a column `guard` (BIGINT NOT NULL DEFAULT 0).
  bool guarded() const { return options_.guarded; }
  // "UPDATE t SET guard = guard + 1 WHERE id = ?", and the same with " AND version = ?". Ends the
  // process if the spec isn't guarded.
  const std::string& guard() const;
  const std::string& guard_version() const;
  // "id = ?"
  const std::string& where_id() const { return where_id_; }
  // What is stored: every field but name and etag.
  const std::vector<const google::protobuf::FieldDescriptor*>& fields() const { return fields_; }
  // `state`, an enum; null for what has none.
  const google::protobuf::FieldDescriptor* state() const { return state_; }

  // The values of fields and derived columns, in the order of insert() and update().
  void AppendValues(const Message& message, std::vector<sql::Value>& values) const;

 private:
  void MakeStatements();
  void MakeErrors();
  ErrorSpec MakeError(absl::string_view reason, absl::StatusCode code, std::string es,
                      std::string en);
  void CheckStates() const;
  ServedList Serve(const ListShape& shape) const;
  ServedList Serve(const ElementTable& table, const ListShape& shape) const;
  FilterField MakeFilter(absl::string_view by) const;
  // Whether there is a column of this name: an id, a field or a derived one.
  bool HasColumn(absl::string_view name) const;
  [[noreturn]] void Mistake(absl::string_view what, absl::string_view name) const;

  const SpecOptions options_;
  const bool personal_;
  const Contract contract_;
  const std::string table_;
  std::vector<const google::protobuf::FieldDescriptor*> fields_;
  const google::protobuf::FieldDescriptor* state_ = nullptr;
  std::vector<ServedList> lists_;
  std::string select_;
  std::string insert_;
  std::string update_;
  std::string remove_;
  std::string guard_;
  std::string guard_version_;
  std::string where_id_;
  bool weighed_ = false;
  int most_rows_ = 0;
  size_t select_width_ = 0;
  size_t insert_width_ = 0;
  std::deque<std::string> texts_;  // of the errors
  ErrorSpec not_found_, already_exists_, state_wrong_, not_next_, not_last_, of_another_;
};

// What storage knows of resources of type M.
template <class M>
struct Storage {
  struct Derived {
    absl::string_view column;
    sql::Value (*value)(const M&);
    const google::protobuf::EnumDescriptor* type = nullptr;
  };
  struct Elements {
    absl::string_view by;
    absl::string_view table;
    std::vector<std::string> (*of)(const M&);
    bool newest = false;
  };
  absl::string_view table;
  std::vector<ListShape> lists = {};
  std::vector<Derived> derived = {};
  std::vector<Elements> elements = {};  // ElementTable
  bool hides = false;                   // Spec::hides()
  bool numbered = false;                // Spec::numbered(); needs guards
  bool guarded = false;                 // Spec::guarded()
  void (*count)(const M* before, const M* after, journal::Deltas& deltas) = nullptr;
  absl::StatusOr<bool> (*acts_for)(const Call& call, sql::Session& session,
                                   const std::string& owner, const M* record) = nullptr;
  absl::Status (*leave_out)(const Call& call, sql::Session& session, const M* now,
                            absl::Span<Message* const> records) = nullptr;
  absl::StatusOr<bool> (*may_ask)(const Call& call, sql::Session& session, absl::string_view field,
                                  const std::string& value) = nullptr;
  std::vector<Transition> states = {};
  std::vector<int> over = {};  // states of Spec::Over()
  // What its verbs answer in another state, if not …_STATE_WRONG; with the same metadata.
  const ErrorSpec* refusal = nullptr;
};

// A Spec that knows its message's type, so that reading one resource by another's doesn't compile.
template <class M>
class Resource final : public Spec {
 public:
  explicit Resource(const Storage<M>& storage) : Spec(OptionsOf(storage)) {}

 private:
  static SpecOptions OptionsOf(const Storage<M>& storage) {
    SpecOptions options{.type = TypeOf<M>(),
                        .table = storage.table,
                        .lists = storage.lists,
                        .derived = {},
                        .elements = {},
                        .hides = storage.hides,
                        .numbered = storage.numbered,
                        .guarded = storage.guarded,
                        .count = nullptr,
                        .acts_for = nullptr,
                        .leave_out = nullptr,
                        .may_ask = storage.may_ask,
                        .states = storage.states,
                        .over = storage.over,
                        .refusal = storage.refusal};
    for (const auto& derived : storage.derived) {
      options.derived.push_back({derived.column,
                                 [value = derived.value](const Message& message) {
                                   return value(static_cast<const M&>(message));
                                 },
                                 derived.type});
    }
    for (const auto& elements : storage.elements) {
      options.elements.push_back(
          {elements.by, elements.table,
           [of = elements.of](const Message& m) { return of(static_cast<const M&>(m)); },
           elements.newest});
    }
    if (storage.leave_out != nullptr) {
      options.leave_out = [leave_out = storage.leave_out](const Call& call, sql::Session& session,
                                                          const Message* now,
                                                          absl::Span<Message* const> records) {
        return leave_out(call, session, static_cast<const M*>(now), records);
      };
    }
    if (storage.count != nullptr) {
      options.count = [count = storage.count](const Message* before, const Message* after,
                                              journal::Deltas& deltas) {
        count(static_cast<const M*>(before), static_cast<const M*>(after), deltas);
      };
    }
    if (storage.acts_for != nullptr) {
      options.acts_for = [acts_for = storage.acts_for](const Call& call, sql::Session& session,
                                                       const std::string& owner,
                                                       const Message* record) {
        return acts_for(call, session, owner, static_cast<const M*>(record));
      };
    }
    return options;
  }
};

}  // namespace puente::resource
