#include "common/resource/resource.h"

#include <algorithm>

#include "absl/container/flat_hash_map.h"
#include "absl/numeric/bits.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "common/context/values.h"
#include "common/crypto/digest.h"
#include "common/resource/filter.h"
#include "common/sql/bulk.h"
#include "common/sql/error.h"
#include "google/protobuf/timestamp.pb.h"

namespace puente::resource {
namespace {

using google::protobuf::FieldDescriptor;

const FieldDescriptor* Field(const Message& message, const char* name) {
  return message.GetDescriptor()->FindFieldByName(name);
}

void SetText(Message& message, const char* name, std::string text) {
  message.GetReflection()->SetString(&message, Field(message, name), std::move(text));
}

std::string GetText(const Message& message, const char* name) {
  return message.GetReflection()->GetString(message, Field(message, name));
}

void SetTime(Message& message, const char* name, absl::Time time) {
  *static_cast<google::protobuf::Timestamp*>(
      message.GetReflection()->MutableMessage(&message, Field(message, name))) = ToProto(time);
}

// Of the resource as stored, without its etag.
std::string DigestOf(Message& message) {
  std::string etag = GetText(message, "etag");
  SetText(message, "etag", "");
  std::string digest = crypto::Sha256(crypto::Canonical(message));
  SetText(message, "etag", std::move(etag));
  return digest;
}

int64_t VersionOf(const Message& message) {
  int64_t version = 0;
  const std::string etag = GetText(message, "etag");
  return absl::SimpleAtoi(absl::string_view(etag).substr(etag.empty() ? 0 : 1), &version) ? version
                                                                                          : 0;
}

absl::Status NotFound(const Spec& spec, absl::string_view name, absl::string_view field) {
  return Error(spec.options().not_found,
               {{"name", std::string(name)}, {"field", std::string(field)}});
}

// Whether a record that names its owner so is the caller's: "companies/acme", or below that.
bool IsOwner(const Caller& caller, const Owner& owner, absl::string_view named) {
  if (caller.kind() != owner.kind) return false;
  const std::string self = absl::StrCat(owner.collection, "/", caller.id());
  return absl::ConsumePrefix(&named, self) && (named.empty() || named.front() == '/');
}

constexpr sql::Query kLastVersion{"resource.last_version",
                                  "SELECT MAX(version) FROM resource_revision WHERE name = ?"};
constexpr sql::Query kLastState{
    "resource.last_state",
    "SELECT snapshot FROM resource_revision"
    " WHERE name = ? AND snapshot IS NOT NULL ORDER BY version DESC LIMIT 1"};
constexpr sql::Query kListRevisions{
    "resource.list_revisions",
    "SELECT version, snapshot FROM resource_revision"
    " WHERE name = ? AND version < ? AND snapshot IS NOT NULL ORDER BY version DESC LIMIT ?"};
constexpr sql::BulkInsert kKeep{
    "resource.keep", "INSERT INTO resource_revision (name, version, snapshot) VALUES", 3};

absl::Status ParseSnapshot(const sql::Row& row, size_t column, Message& out) {
  if (out.ParseFromString(row.Text(column))) return absl::OkStatus();
  return Error(sql::error::kRowCorrupt, {{"column", "snapshot"}});
}

// Keeps the state that a change ends, if this is a resource that keeps them.
absl::Status Keep(journal::Transaction& tx, const Spec& spec, const Message& before) {
  if (!spec.options().revisions) return absl::OkStatus();
  return tx.InsertRows(
      kKeep, {GetText(before, "name"), VersionOf(before), sql::Value(before.SerializeAsString())});
}

// The version that a new resource begins with: 1, or the next one where one of its name was
// deleted.
absl::StatusOr<int64_t> FirstVersion(sql::Session& session, const Spec& spec,
                                     const std::string& name) {
  if (!spec.options().deletable) return 1;
  ASSIGN_OR_RETURN(const int64_t last, session.Number(kLastVersion, {name}));
  return last + 1;
}

std::vector<sql::Value> Values(const Ids& ids) { return {ids.begin(), ids.end()}; }

std::string OwnerOf(const Spec& spec, const Message& resource) {
  return GetText(resource, std::string(spec.options().owner->field).c_str());
}

// The last number under the parent of these ids; 0 if there is none.
absl::StatusOr<int64_t> LastNumber(sql::Session& session, const Spec& spec, Ids ids) {
  const auto& columns = spec.options().id_columns;
  std::vector<std::string> conditions;
  ids.pop_back();
  for (size_t i = 0; i < ids.size(); ++i) conditions.push_back(absl::StrCat(columns[i], " = ?"));
  const std::string text =
      absl::StrCat("SELECT MAX(", columns.back(), ") FROM ", spec.options().table, " WHERE ",
                   absl::StrJoin(conditions, " AND "));
  return session.Number({"resource.last_number", text}, Values(ids));
}

// The numbering's of_another unless a new resource belongs to whom an earlier one belonged to.
absl::Status CheckSameOwner(const Spec& spec, Ids ids, const Message& earlier,
                            const Message& created) {
  if (!spec.options().owner) return absl::OkStatus();
  std::string owner = OwnerOf(spec, earlier), given = OwnerOf(spec, created);
  if (owner == given) return absl::OkStatus();
  ids.pop_back();
  return Error(spec.options().numbering->of_another,
               {{"name", spec.options().pattern.Parent().Format(ids)},
                {"owner", std::move(owner)},
                {"given", std::move(given)}});
}

// Rows after the cursor, in the expanded form that an index serves:
// a > ? OR (a = ? AND b > ?). The tuple form reads the whole range.
std::string AfterCursor(const std::vector<OrderColumn>& order,
                        const std::vector<std::string>& cursor, std::vector<sql::Value>& values) {
  std::string text;
  for (size_t last = 0; last < order.size(); ++last) {
    absl::StrAppend(&text, last == 0 ? "(" : " OR (");
    for (size_t i = 0; i <= last; ++i) {
      const char* comparison = i < last ? " = ?" : order[i].descending ? " < ?" : " > ?";
      absl::StrAppend(&text, i == 0 ? "" : " AND ", order[i].column, comparison);
      values.emplace_back(cursor[i]);
    }
    absl::StrAppend(&text, ")");
  }
  return text;
}

// Which of the ids a list is ordered by; they come first in select().
std::optional<size_t> IdPlace(const Spec& spec, const OrderColumn& order) {
  const auto& ids = spec.options().id_columns;
  const auto found = std::find(ids.begin(), ids.end(), order.column);
  if (found == ids.end()) return std::nullopt;
  return found - ids.begin();
}

// Where rows of ListText() have what they are ordered by.
std::vector<size_t> CursorPlaces(const Spec& spec, const ListShape& shape) {
  std::vector<size_t> places;
  size_t next = spec.select_width();
  for (const OrderColumn& column : shape.order) {
    const std::optional<size_t> id = IdPlace(spec, column);
    places.push_back(id ? *id : next++);
  }
  return places;
}

// `held`: nothing outside a transaction.
absl::Status Get(sql::Session& session, const Spec& spec, const Ids& ids, absl::string_view field,
                 Message& out, std::optional<Held> held = std::nullopt) {
  const char* locking = !held ? "" : *held == Held::kAlone ? " FOR UPDATE" : " LOCK IN SHARE MODE";
  const std::string text = absl::StrCat(spec.select(), " FROM ", spec.options().table, " WHERE ",
                                        spec.where_id(), locking);
  bool found = false;
  RETURN_IF_ERROR(session.EachInto({"resource.get", text}, Values(ids),
                                   spec.options().type.descriptor, [&](const sql::Row& row) {
                                     found = true;
                                     return spec.Read(row, out);
                                   }));
  return found ? absl::OkStatus() : NotFound(spec, spec.options().pattern.Format(ids), field);
}

// The rows of these ids, of which there is one at least, in any order. As a list, they are filled
// up to a power of two, for few texts.
absl::Status SelectEach(sql::Session& session, const Spec& spec, std::vector<Ids> ids,
                        const sql::Connection::Take& take) {
  ids.resize(absl::bit_ceil(ids.size()), Ids(ids.back()));
  std::vector<sql::Value> values;
  for (const Ids& one : ids) values.insert(values.end(), one.begin(), one.end());
  std::string text = absl::StrCat(spec.select(), " FROM ", spec.options().table, " WHERE ");
  if (spec.options().id_columns.size() == 1) {
    absl::StrAppend(&text, spec.options().id_columns[0], " IN ", sql::InList(values.size()));
  } else {
    const std::vector<std::string> conditions(ids.size(), absl::StrCat("(", spec.where_id(), ")"));
    absl::StrAppend(&text, absl::StrJoin(conditions, " OR "));
  }
  return session.EachInto({"resource.get_each", text}, values, spec.options().type.descriptor,
                          take);
}

// An owner lists his own records alone: he must ask for them, by the parent or the filter.
absl::Status CheckListOwner(const Call& call, const Spec& spec, absl::string_view parent,
                            absl::string_view filter) {
  call.owner_checked = true;
  if (!call.owner_only) return absl::OkStatus();
  const Owner owner = spec.options().owner.value_or(Owner{});
  const std::string self = absl::StrCat(owner.collection, "/", call.caller.id());
  std::string ask = absl::StrCat("parent \"", self, "\"");
  std::string named(parent);
  if (owner.field != "name") {
    ask = absl::StrCat("filter ", owner.field, " = \"", self, "\"");
    ASSIGN_OR_RETURN(const std::vector<FilterTerm> terms, ParseFilter(filter));
    for (const FilterTerm& term : terms) {
      if (term.field == owner.field) named = term.value;
    }
  }
  if (IsOwner(call.caller, owner, named)) return absl::OkStatus();
  return Error(error::kOwnerListRefused, {{"caller", call.caller.path}, {"ask", std::move(ask)}});
}

// That a new numbered resource comes right after another of its owner, which is locked so that
// nobody deletes it meanwhile.
absl::Status CheckPrevious(journal::Transaction& tx, const Spec& spec, const Ids& ids,
                           const Message& created) {
  int64_t number = 0;
  if (!absl::SimpleAtoi(ids.back(), &number) || number == 1) return absl::OkStatus();
  Ids previous = ids;
  previous.back() = absl::StrCat(number - 1);
  const std::unique_ptr<Message> before = spec.options().type.make();
  const absl::Status found = Get(tx, spec, previous, "parent", *before, Held::kAlone);
  if (absl::IsNotFound(found)) {
    ASSIGN_OR_RETURN(const int64_t last, LastNumber(tx, spec, ids));
    return Error(spec.options().numbering->not_next,
                 {{"name", GetText(created, "name")}, {"next", absl::StrCat(last + 1)}});
  }
  RETURN_IF_ERROR(found);
  return CheckSameOwner(spec, ids, *before, created);
}

// That a numbered resource whose name was another's before has the same owner.
absl::Status CheckHeir(journal::Transaction& tx, const Spec& spec, const Ids& ids,
                       const Message& created) {
  const std::unique_ptr<Message> before = spec.options().type.make();
  sql::Session& session = tx;
  RETURN_IF_ERROR(session.Each(kLastState, {GetText(created, "name")}, [&](const sql::Row& row) {
    return ParseSnapshot(row, 0, *before);
  }));
  return CheckSameOwner(spec, ids, *before, created);
}

// That nothing comes after a resource that this transaction has just deleted: who adds the next
// one waits for the lock on it.
absl::Status CheckLast(journal::Transaction& tx, const Spec& spec, const Ids& ids,
                       const std::string& name) {
  int64_t number = 0;
  if (!spec.options().numbering || !absl::SimpleAtoi(ids.back(), &number)) return absl::OkStatus();
  ASSIGN_OR_RETURN(const int64_t last, LastNumber(tx, spec, ids));
  if (last < number) return absl::OkStatus();
  return Error(spec.options().numbering->not_last, {{"name", name}, {"last", absl::StrCat(last)}});
}

}  // namespace

namespace internal {

std::string ListText(const Spec& spec, const ListShape& shape,
                     const std::vector<std::string>& conditions) {
  std::string text = spec.select();
  for (const OrderColumn& column : shape.order) {
    if (!IdPlace(spec, column)) absl::StrAppend(&text, ", ", column.column, " AS _", column.column);
  }
  absl::StrAppend(&text, " FROM ", spec.options().table, " FORCE INDEX (", shape.index, ")");
  if (!conditions.empty()) absl::StrAppend(&text, " WHERE ", absl::StrJoin(conditions, " AND "));
  // The table's column, which its index has in order, not what select() makes of it.
  const auto ordered = [&](std::string* out, const OrderColumn& column) {
    absl::StrAppend(out, spec.options().table, ".", column.column,
                    column.descending ? " DESC" : "");
  };
  absl::StrAppend(&text, " ORDER BY ", absl::StrJoin(shape.order, ", ", ordered));
  return absl::StrCat(text, " LIMIT ?");
}

absl::Status GetNamed(sql::Session& session, const Spec& spec, absl::string_view name,
                      absl::string_view field, Message& out) {
  ASSIGN_OR_RETURN(const Ids ids, spec.options().pattern.Parse(name, field));
  return Get(session, spec, ids, field, out);
}

absl::Status HoldNamed(journal::Transaction& tx, const Spec& spec, absl::string_view name,
                       absl::string_view field, Held held, Message& out) {
  ASSIGN_OR_RETURN(const Ids ids, spec.options().pattern.Parse(name, field));
  return Get(tx, spec, ids, field, out, held);
}

void GetEach(sql::Session& session, const Spec& spec, absl::Span<Asked> asked) {
  const NamePattern& pattern = spec.options().pattern;
  absl::flat_hash_map<absl::string_view, std::vector<Asked*>> missing;
  std::vector<Ids> ids;
  for (Asked& one : asked) {
    absl::StatusOr<Ids> parsed = pattern.Parse(one.name, one.field);
    one.status = parsed.status();
    if (!parsed.ok()) continue;
    std::vector<Asked*>& of_name = missing[one.name];
    if (of_name.empty()) ids.push_back(*std::move(parsed));
    of_name.push_back(&one);
  }
  if (ids.empty()) return;
  const absl::Status read = SelectEach(session, spec, std::move(ids), [&](const sql::Row& row) {
    const auto found = missing.find(spec.NameOf(row));
    if (found == missing.end()) return absl::OkStatus();  // read again after a lost connection
    for (Asked* one : found->second) one->status = spec.Read(row, one->found);
    missing.erase(found);
    return absl::OkStatus();
  });
  for (const auto& [name, of_name] : missing) {
    for (Asked* one : of_name) one->status = read.ok() ? NotFound(spec, name, one->field) : read;
  }
}

absl::Status BatchGetNamed(sql::Session& session, const Spec& spec,
                           const std::vector<std::string>& names, absl::string_view field,
                           const Emplace& emplace) {
  std::vector<Asked> asked;
  for (size_t i = 0; i < names.size(); ++i) {
    asked.push_back({names[i], absl::StrCat(field, "[", i, "]"), *emplace()});
  }
  GetEach(session, spec, absl::MakeSpan(asked));
  for (const Asked& one : asked) RETURN_IF_ERROR(one.status);
  return absl::OkStatus();
}

absl::Status Select(sql::Session& session, const Spec& spec, absl::string_view query,
                    absl::string_view rest, absl::Span<const sql::Value> values,
                    const Emplace& emplace) {
  const std::string text = absl::StrCat(spec.select(), " FROM ", spec.options().table, " ", rest);
  return session.EachInto({query, text}, values, spec.options().type.descriptor,
                          [&](const sql::Row& row) { return spec.Read(row, *emplace()); });
}

absl::StatusOr<Ids> ParentIds(const Spec& spec, absl::string_view parent) {
  ASSIGN_OR_RETURN(Ids ids, spec.options().pattern.Parent().ParseWithWildcard(parent, "parent"));
  if (ids.front() == "-") ids.clear();
  return ids;
}

absl::StatusOr<std::string> List(sql::Session& session, const Spec& spec, ListCall list,
                                 const Emplace& emplace) {
  ASSIGN_OR_RETURN(MatchedFilter matched, MatchFilter(spec, list.filter, list.order_by));
  RETURN_IF_ERROR(CheckListOwner(list.call, spec, list.parent, list.filter));
  const ListShape& shape = *matched.shape;
  const std::vector<absl::string_view> binding = {list.call.method, list.call.caller.path,
                                                  list.parent, list.filter, list.order_by};
  std::vector<std::string> conditions;
  std::vector<sql::Value> values = Values(list.parent_ids);
  for (size_t i = 0; i < values.size(); ++i) {
    conditions.push_back(absl::StrCat(spec.options().id_columns[i], " = ?"));
  }
  if (!matched.where.empty()) conditions.push_back(matched.where);
  values.insert(values.end(), matched.values.begin(), matched.values.end());
  if (!list.page_token.empty()) {
    ASSIGN_OR_RETURN(const std::vector<std::string> cursor,
                     ParsePageToken(binding, list.page_token, shape.order.size()));
    std::vector<sql::Value> after;
    conditions.push_back(absl::StrCat("(", AfterCursor(shape.order, cursor, after), ")"));
    for (sql::Value& value : after) values.emplace_back(std::string(value.text()));
  }
  const int size = PageSize(list.page_size);
  values.emplace_back(size + 1);  // one more tells whether there is a next page
  int count = 0;
  std::vector<std::string> cursor(shape.order.size());
  const std::vector<size_t> places = CursorPlaces(spec, shape);
  bool more = false;
  RETURN_IF_ERROR(session.EachInto({"resource.list", ListText(spec, shape, conditions)}, values,
                                   spec.options().type.descriptor, [&](const sql::Row& row) {
                                     more = ++count > size;
                                     if (more) return absl::OkStatus();
                                     for (size_t i = 0; i < cursor.size() && count == size; ++i) {
                                       cursor[i] = row.Text(places[i]);
                                     }
                                     return spec.Read(row, *emplace());
                                   }));
  return more ? MakePageToken(binding, cursor) : std::string();
}

absl::Status Create(const Call& call, journal::Transaction& tx, const Spec& spec,
                    const std::vector<Ids>& ids, const std::vector<Message*>& messages) {
  std::vector<sql::Value> values;
  values.reserve(messages.size() * spec.insert_width());
  for (size_t i = 0; i < messages.size(); ++i) {
    Message& message = *messages[i];
    SetText(message, "name", spec.options().pattern.Format(ids[i]));
    SetTime(message, "create_time", call.start);
    SetTime(message, "update_time", call.start);
    if (spec.options().numbering) RETURN_IF_ERROR(CheckPrevious(tx, spec, ids[i], message));
    for (const std::string& id : ids[i]) values.emplace_back(id);
    ASSIGN_OR_RETURN(const int64_t version, FirstVersion(tx, spec, GetText(message, "name")));
    values.emplace_back(version);
    SetText(message, "etag", absl::StrCat("v", version));
    spec.AppendValues(message, values);
  }
  const absl::Status stored =
      tx.InsertRows({"resource.create", spec.insert(), spec.insert_width()}, values);
  if (sql::IsDuplicate(stored)) {
    if (messages.size() > 1) return Error(sql::error::kConflict);
    return Error(spec.options().already_exists,
                 {{"name", spec.options().pattern.Format(ids.front())}});
  }
  RETURN_IF_ERROR(stored);
  for (size_t i = 0; i < messages.size(); ++i) {
    Message& message = *messages[i];
    // Who deleted one of this name while the insert waited for him has used up versions.
    ASSIGN_OR_RETURN(const int64_t version, FirstVersion(tx, spec, GetText(message, "name")));
    if (spec.options().deletable && version != VersionOf(message)) {
      return Error(sql::error::kConflict);
    }
    if (spec.options().numbering && version > 1) {
      RETURN_IF_ERROR(CheckHeir(tx, spec, ids[i], message));
    }
    tx.Changed(GetText(message, "name"), VersionOf(message), DigestOf(message));
  }
  return absl::OkStatus();
}

absl::Status Replace(const Call& call, journal::Transaction& tx, const Spec& spec,
                     const Message& before, Message& after) {
  const int64_t version = VersionOf(before);
  SetTime(after, "update_time", call.start);
  std::vector<sql::Value> values;
  spec.AppendValues(after, values);
  ASSIGN_OR_RETURN(const Ids ids, spec.options().pattern.Parse(GetText(before, "name")));
  for (const std::string& id : ids) values.emplace_back(id);
  values.emplace_back(version);
  ASSIGN_OR_RETURN(const int64_t replaced, tx.Execute({"resource.replace", spec.update()}, values));
  if (replaced != 1) return Error(sql::error::kConflict);  // somebody was faster: run again
  RETURN_IF_ERROR(Keep(tx, spec, before));
  SetText(after, "etag", absl::StrCat("v", version + 1));
  tx.Changed(GetText(after, "name"), version + 1, DigestOf(after));
  return absl::OkStatus();
}

absl::Status Delete(journal::Transaction& tx, const Spec& spec, const Message& before) {
  const std::string name = GetText(before, "name");
  const int64_t version = VersionOf(before);
  ASSIGN_OR_RETURN(const Ids ids, spec.options().pattern.Parse(name));
  std::vector<sql::Value> values = Values(ids);
  values.emplace_back(version);
  ASSIGN_OR_RETURN(const int64_t deleted, tx.Execute({"resource.delete", spec.remove()}, values));
  if (deleted != 1) return Error(sql::error::kConflict);
  RETURN_IF_ERROR(CheckLast(tx, spec, ids, name));
  RETURN_IF_ERROR(Keep(tx, spec, before));
  RETURN_IF_ERROR(tx.InsertRows(kKeep, {name, version + 1, sql::Value()}));
  tx.Deleted(name, version + 1);
  return absl::OkStatus();
}

absl::StatusOr<std::string> ListRevisions(sql::Session& session, const Spec& spec, const Call& call,
                                          const Ids& ids, int page_size,
                                          absl::string_view page_token, const Emplace& emplace) {
  const std::string name = spec.options().pattern.Format(ids);
  const std::vector<absl::string_view> binding = {call.method, call.caller.path, name};
  const int size = PageSize(page_size);
  int count = 0;
  int64_t last = std::numeric_limits<int64_t>::max();
  absl::Status current = absl::OkStatus();
  if (page_token.empty()) {
    const std::unique_ptr<Message> message = spec.options().type.make();
    current = Get(session, spec, ids, "name", *message);
    if (current.ok()) {
      last = VersionOf(*message);
      emplace()->CopyFrom(*message);
      ++count;
    } else if (!absl::IsNotFound(current)) {
      return current;
    }
  } else {
    ASSIGN_OR_RETURN(const std::vector<std::string> cursor, ParsePageToken(binding, page_token, 1));
    if (!absl::SimpleAtoi(cursor.front(), &last)) return Error(error::kInvalidPageToken);
  }
  bool more = false;
  RETURN_IF_ERROR(session.Each(kListRevisions, {name, last, size - count + 1},
                               [&](const sql::Row& row) -> absl::Status {
                                 more = ++count > size;
                                 if (more) return absl::OkStatus();
                                 last = row.Int64(0);
                                 return ParseSnapshot(row, 1, *emplace());
                               }));
  if (count == 0 && !current.ok()) return current;
  return more ? MakePageToken(binding, {absl::StrCat(last)}) : std::string();
}

}  // namespace internal

absl::Status CheckOwner(const Call& call, const Spec& spec, const Message& resource, Owned what,
                        absl::string_view field) {
  call.owner_checked = true;
  if (!call.owner_only) return absl::OkStatus();
  const auto& owner = spec.options().owner;
  if (owner && IsOwner(call.caller, *owner, OwnerOf(spec, resource))) {
    return absl::OkStatus();
  }
  const std::string name = GetText(resource, "name");
  if (owner && owner->hidden && what == Owned::kStored) {
    return Error(spec.options().not_found, {{"name", name}, {"field", std::string(field)}});
  }
  return Error(error::kOwnerMismatch, {{"caller", call.caller.path}, {"name", name}});
}

absl::Status CheckEtag(const Message& resource, absl::string_view etag) {
  const std::string actual = GetText(resource, "etag");
  if (etag.empty() || etag == actual) return absl::OkStatus();
  return Error(error::kEtagMismatch, {{"name", GetText(resource, "name")}, {"etag", actual}});
}

absl::StatusOr<std::vector<std::string>> Existing(sql::Session& session, const Spec& spec,
                                                  const std::vector<std::string>& ids) {
  std::vector<std::string> found;
  if (ids.empty()) return found;
  const absl::string_view column = spec.options().id_columns[0];
  const std::string text = absl::StrCat("SELECT ", column, " FROM ", spec.options().table,
                                        " WHERE ", column, " IN ", sql::InList(ids.size()));
  std::vector<sql::Value> values(ids.begin(), ids.end());
  sql::PadList(values);
  RETURN_IF_ERROR(session.Each({"resource.existing", text}, values, [&](const sql::Row& row) {
    found.push_back(row.Text(0));
    return absl::OkStatus();
  }));
  return found;
}

}  // namespace puente::resource
