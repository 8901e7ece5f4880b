#include "common/resource/resource.h"

#include <algorithm>

#include "absl/algorithm/container.h"
#include "absl/container/flat_hash_map.h"
#include "absl/numeric/bits.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/personal/fields.h"
#include "common/resource/elements.h"
#include "common/resource/numbering.h"
#include "common/resource/revisions.h"
#include "common/resource/standard.h"
#include "common/sql/bulk.h"
#include "common/sql/error.h"

namespace puente::resource {
namespace {

std::vector<sql::Value> Values(const Ids& ids) { return {ids.begin(), ids.end()}; }

absl::Status Get(sql::Session& session, const Spec& spec, const Ids& ids, absl::string_view field,
                 Message& out) {
  const std::string text =
      absl::StrCat(spec.select(), " FROM ", spec.table(), " WHERE ", spec.where_id());
  bool found = false;
  RETURN_IF_ERROR(
      session.EachInto({"resource.get", text}, Values(ids), &spec.type(), [&](const sql::Row& row) {
        found = true;
        return spec.Read(row, out);
      }));
  return found ? absl::OkStatus() : spec.NotFound(spec.pattern().Format(ids), field);
}

// Which rows have these ids, of which there is one at least. As a list, they are filled up to a
// power of two, for few texts; of one parent they are a list below it, for short ones. The values
// are the bytes of `ids`.
std::string WhereEach(const Spec& spec, std::vector<Ids>& ids, std::vector<sql::Value>& values) {
  ids.resize(absl::bit_ceil(ids.size()), Ids(ids.back()));
  const Ids& first = ids.front();
  const bool of_one_parent = absl::c_all_of(
      ids, [&](const Ids& one) { return std::equal(one.begin(), one.end() - 1, first.begin()); });
  if (!of_one_parent) {
    for (const Ids& one : ids) values.insert(values.end(), one.begin(), one.end());
    const std::vector<std::string> conditions(ids.size(), absl::StrCat("(", spec.where_id(), ")"));
    return absl::StrJoin(conditions, " OR ");
  }
  values.insert(values.end(), first.begin(), first.end() - 1);
  for (const Ids& one : ids) values.emplace_back(one.back());
  std::string where;
  for (size_t i = 0; i + 1 < first.size(); ++i) {
    absl::StrAppend(&where, spec.id_columns()[i], " = ? AND ");
  }
  return absl::StrCat(where, spec.id_columns().back(), " IN ", sql::InList(ids.size()));
}

// The rows of these ids, in any order.
absl::Status SelectEach(sql::Session& session, const Spec& spec, std::vector<Ids> ids,
                        const sql::Connection::Take& take) {
  std::vector<sql::Value> values;
  const std::string where = WhereEach(spec, ids, values);
  // The optimizer would weigh each id with each index that begins with its parent.
  const std::string text =
      absl::StrCat(spec.select(), " FROM ", spec.table(), " FORCE INDEX (PRIMARY) WHERE ", where);
  return session.EachInto({"resource.get_each", text}, values, &spec.type(), take);
}

// What is to be stored has its personal fields sealed: that they stand nowhere else does not rest
// on those who write.
absl::Status CheckSealed(journal::Transaction& tx, const Spec& spec, const Message& message) {
  if (!spec.personal()) return absl::OkStatus();
  tx.Accessed(standard::Name(message));
  if (!personal::InClear(message)) return absl::OkStatus();
  return absl::InternalError(absl::StrCat(spec.table(), ": a personal field is not sealed"));
}

// Stores new rows; DUPLICATE if a unique key refuses one.
absl::Status Insert(const Call& call, journal::Transaction& tx, const Spec& spec,
                    const std::vector<Ids>& ids, const std::vector<Message*>& messages) {
  std::vector<std::string> names;
  for (const Ids& of_one : ids) names.push_back(spec.pattern().Format(of_one));
  ASSIGN_OR_RETURN(const std::vector<int64_t> versions, FirstVersions(tx, spec, names));
  std::vector<sql::Value> values;
  values.reserve(messages.size() * spec.insert_width());
  for (size_t i = 0; i < messages.size(); ++i) {
    Message& message = *messages[i];
    standard::Set(message, "name", names[i]);
    standard::Set(message, "create_time", call.start);
    standard::Set(message, "update_time", call.start);
    RETURN_IF_ERROR(CheckSealed(tx, spec, message));
    if (spec.numbered()) RETURN_IF_ERROR(CheckPrevious(tx, spec, ids[i], message));
    for (const std::string& id : ids[i]) values.emplace_back(id);
    values.emplace_back(versions[i]);
    standard::SetVersion(message, versions[i]);
    spec.AppendValues(message, values);
  }
  RETURN_IF_ERROR(tx.InsertRows({"resource.create", spec.insert(), spec.insert_width()}, values));
  // Who deleted one of these names while the insert waited for him has used up versions.
  ASSIGN_OR_RETURN(const std::vector<int64_t> since, FirstVersions(tx, spec, names));
  if (since != versions) return Error(sql::error::kConflict);
  for (size_t i = 0; i < messages.size(); ++i) {
    Message& message = *messages[i];
    if (spec.numbered() && versions[i] > 1) {
      RETURN_IF_ERROR(CheckHeir(tx, spec, ids[i], message));
    }
    RETURN_IF_ERROR(StoreElements(tx, spec, ids[i], nullptr, &message));
    spec.Count(nullptr, &message, tx.deltas());
    tx.Changed(standard::Name(message), standard::Version(message), standard::Digest(message));
  }
  return absl::OkStatus();
}

}  // namespace

namespace internal {

absl::Status GetNamed(sql::Session& session, const Spec& spec, absl::string_view name,
                      absl::string_view field, Message& out) {
  ASSIGN_OR_RETURN(const Ids ids, spec.pattern().Parse(name, field));
  return Get(session, spec, ids, field, out);
}

absl::Status GuardNamed(journal::Transaction& tx, const Spec& spec, absl::string_view name,
                        absl::string_view field, Guarded when, Message& out) {
  ASSIGN_OR_RETURN(const Ids ids, spec.pattern().Parse(name, field));
  if (when == Guarded::kFirst) {
    RETURN_IF_ERROR(tx.Execute({"resource.guard_first", spec.guard()}, Values(ids)).status());
    return Get(tx, spec, ids, field, out);
  }
  RETURN_IF_ERROR(Get(tx, spec, ids, field, out));
  GuardAsRead(tx, spec, out);
  return absl::OkStatus();
}

void GuardAsRead(journal::Transaction& tx, const Spec& spec, const Message& read) {
  const std::string name = standard::Name(read);
  const int64_t version = standard::Version(read);
  std::vector<sql::Value> values;  // which own their bytes: they are kept
  Ids ids = *spec.pattern().Parse(name);
  for (std::string& id : ids) values.emplace_back(std::move(id));
  values.emplace_back(version);
  tx.AddGuard(name, {version, {"resource.guard", spec.guard_version()}, std::move(values)});
}

absl::Status GuardEachFirst(journal::Transaction& tx, const Spec& spec,
                            absl::Span<const std::string> names) {
  spec.guard();  // which ends the process if it isn't guarded
  std::vector<Ids> ids;
  for (const std::string& name : names) {
    absl::StatusOr<Ids> parsed = spec.pattern().Parse(name);
    if (parsed.ok()) ids.push_back(*std::move(parsed));
  }
  if (ids.empty()) return absl::OkStatus();
  std::vector<sql::Value> values;
  const std::string where = WhereEach(spec, ids, values);
  const std::string text = absl::StrCat("UPDATE ", spec.table(), " FORCE INDEX (PRIMARY)",
                                        " SET guard = guard + 1 WHERE ", where);
  return tx.Execute({"resource.guard_each", text}, values).status();
}

void GetEach(sql::Session& session, const Spec& spec, absl::Span<Asked> asked) {
  const NamePattern& pattern = spec.pattern();
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
    for (Asked* one : of_name) one->status = read.ok() ? spec.NotFound(name, one->field) : read;
  }
}

absl::Status EachNamed(sql::Session& session, const Spec& spec, absl::Span<const std::string> names,
                       TakeNamed take) {
  const auto at_a_time = static_cast<size_t>(spec.most_rows());
  for (size_t begin = 0; begin < names.size(); begin += at_a_time) {
    std::vector<std::unique_ptr<Message>> found;
    std::vector<Asked> asked;
    for (const std::string& name : names.subspan(begin, at_a_time)) {
      found.push_back(spec.NewMessage());
      asked.push_back({name, "name", *found.back()});
    }
    GetEach(session, spec, absl::MakeSpan(asked));
    for (size_t i = 0; i < asked.size(); ++i) {
      RETURN_IF_ERROR(take(begin + i, asked[i].status, asked[i].found));
    }
  }
  return absl::OkStatus();
}

absl::Status BatchGetNamed(sql::Session& session, const Spec& spec,
                           const std::vector<std::string>& names, absl::string_view field,
                           const Emplace& emplace, const Check& check, Missing missing) {
  std::vector<Asked> asked;
  for (size_t i = 0; i < names.size(); ++i) {
    asked.push_back({names[i], absl::StrCat(field, "[", i, "]"), *emplace()});
  }
  size_t bytes = 0;
  const auto at_a_time = static_cast<size_t>(spec.most_rows());
  for (size_t begin = 0; begin < asked.size(); begin += at_a_time) {
    const absl::Span<Asked> some = absl::MakeSpan(asked).subspan(begin, at_a_time);
    GetEach(session, spec, some);
    for (const Asked& one : some) {
      const absl::Status read = one.status.ok() && check ? check(one.found, one.field) : one.status;
      if (missing == Missing::kAllowed && absl::IsNotFound(read)) {
        one.found.Clear();
        continue;
      }
      RETURN_IF_ERROR(read);
      if (spec.weighed()) bytes += one.found.ByteSizeLong();
    }
    if (bytes > kMostAnswerBytes) {
      return Error(error::kBatchTooLarge, "limit"_is(kMostAnswerBytes));
    }
  }
  return absl::OkStatus();
}

absl::Status Select(sql::Session& session, const Spec& spec, absl::string_view query,
                    absl::string_view rest, absl::Span<const sql::Value> values,
                    const Emplace& emplace) {
  const std::string text = absl::StrCat(spec.select(), " FROM ", spec.table(), " ", rest);
  return session.EachInto({query, text}, values, &spec.type(),
                          [&](const sql::Row& row) { return spec.Read(row, *emplace()); });
}

absl::Status Create(const Call& call, journal::Transaction& tx, const Spec& spec, const Ids& ids,
                    Message& message) {
  const absl::Status stored = Insert(call, tx, spec, {ids}, {&message});
  if (!sql::IsDuplicate(stored)) return stored;
  const std::unique_ptr<Message> taken = spec.NewMessage();
  const absl::Status found = Get(tx, spec, ids, "name", *taken);
  // Another unique key refused it: somebody was faster, and the mutation runs again.
  if (absl::IsNotFound(found)) return Error(sql::error::kConflict);
  RETURN_IF_ERROR(found);
  return spec.AlreadyExists(standard::Name(*taken));
}

absl::Status CreateMany(const Call& call, journal::Transaction& tx, const Spec& spec,
                        const std::vector<Ids>& ids, const std::vector<Message*>& messages) {
  const absl::Status stored = Insert(call, tx, spec, ids, messages);
  return sql::IsDuplicate(stored) ? Error(sql::error::kConflict) : stored;
}

absl::Status Replace(const Call& call, journal::Transaction& tx, const Spec& spec,
                     const Message& before, Message& after) {
  const int64_t version = standard::Version(before);
  RETURN_IF_ERROR(CheckSealed(tx, spec, before));
  RETURN_IF_ERROR(CheckSealed(tx, spec, after));
  // Later with each version, though calls overtake one another and clocks differ: by it others tell
  // which of two states is the newer one.
  const absl::Time next = standard::GetTime(before, "update_time") + absl::Microseconds(1);
  standard::Set(after, "update_time", std::max(call.start, next));
  std::vector<sql::Value> values;
  spec.AppendValues(after, values);
  ASSIGN_OR_RETURN(const Ids ids, spec.pattern().Parse(standard::Name(before)));
  for (const std::string& id : ids) values.emplace_back(id);
  values.emplace_back(version);
  ASSIGN_OR_RETURN(const int64_t replaced, tx.Execute({"resource.replace", spec.update()}, values));
  if (replaced != 1) return Error(sql::error::kConflict);  // somebody was faster: run again
  RETURN_IF_ERROR(Keep(tx, spec, before));
  RETURN_IF_ERROR(StoreElements(tx, spec, ids, &before, &after));
  standard::SetVersion(after, version + 1);
  spec.Count(&before, &after, tx.deltas());
  tx.Changed(standard::Name(after), version + 1, standard::Digest(after));
  return absl::OkStatus();
}

absl::Status Delete(journal::Transaction& tx, const Spec& spec, const Message& before) {
  const std::string name = standard::Name(before);
  const int64_t version = standard::Version(before);
  ASSIGN_OR_RETURN(const Ids ids, spec.pattern().Parse(name));
  std::vector<sql::Value> values = Values(ids);
  values.emplace_back(version);
  ASSIGN_OR_RETURN(const int64_t deleted, tx.Execute({"resource.delete", spec.remove()}, values));
  if (deleted != 1) return Error(sql::error::kConflict);
  RETURN_IF_ERROR(CheckLast(tx, spec, ids, name));
  RETURN_IF_ERROR(Keep(tx, spec, before));
  RETURN_IF_ERROR(KeepDeleted(tx, name, version + 1));
  RETURN_IF_ERROR(StoreElements(tx, spec, ids, &before, nullptr));
  spec.Count(&before, nullptr, tx.deltas());
  tx.Deleted(name, version + 1);
  return absl::OkStatus();
}

}  // namespace internal

absl::Status CheckEtag(const Message& resource, absl::string_view etag) {
  const std::string actual = standard::Get(resource, "etag");
  if (etag.empty() || etag == actual) return absl::OkStatus();
  return Error(error::kEtagMismatch, "name"_is(standard::Name(resource)), "etag"_is(actual));
}

absl::StatusOr<std::vector<std::string>> Existing(sql::Session& session, const Spec& spec,
                                                  const std::vector<std::string>& ids) {
  std::vector<std::string> found;
  if (ids.empty()) return found;
  const absl::string_view column = spec.id_columns()[0];
  const std::string text = absl::StrCat("SELECT ", column, " FROM ", spec.table(), " WHERE ",
                                        column, " IN ", sql::InList(ids.size()));
  std::vector<sql::Value> values;
  sql::AppendList(ids, values);
  RETURN_IF_ERROR(session.Each({"resource.existing", text}, values, [&](const sql::Row& row) {
    found.push_back(row.Text(0));
    return absl::OkStatus();
  }));
  return found;
}

}  // namespace puente::resource
