#include "common/agency/foreign_names.h"

#include <map>
#include <set>
#include <tuple>

#include "absl/numeric/bits.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/context/values.h"
#include "common/sql/bulk.h"
#include "common/sql/row.h"
#include "common/status/macros.h"

namespace puente::agency {
namespace {

using api::v1::ForeignName;
using api::v1::Resolution;
using api::v1::ResolvedName;
using api::v1::UnresolvedReference;
using journal::Transaction;

constexpr sql::BulkInsert kInsertNames{
    "foreign_name.insert",
    "INSERT INTO foreign_name (target, target_type, reader, check_time) VALUES", 4};
constexpr sql::BulkInsert kInsertReferences{
    "foreign_reference.insert", "INSERT INTO foreign_reference (name_id, resource, field) VALUES",
    3};

// When a name is looked up again: what is missing in as long as it has been missing, within these
// bounds; the rest hourly. An agency that did not answer, soon.
constexpr absl::Duration kSoon = absl::Seconds(10);
constexpr absl::Duration kLate = absl::Hours(1);

constexpr sql::Query kReadPosition{"foreign_reference.position",
                                   "SELECT position FROM foreign_reference_head WHERE id = 1"};
constexpr sql::Query kStorePosition{"foreign_reference.store_position",
                                    "UPDATE foreign_reference_head SET position = ? WHERE id = 1"};

// In one statement.
constexpr size_t kNamesAtATime = 256;
constexpr size_t kIdsAtATime = 1024;

using NameKey = std::tuple<std::string, std::string, std::string>;  // target, type, reader
NameKey KeyOf(const ForeignReference& reference) {
  return {reference.target, reference.type, reference.reader};
}

std::vector<sql::Value> Padded(std::vector<sql::Value> values) {
  sql::PadList(values);
  return values;
}

// Calls body(values) for some at a time: a statement takes 65,535 parameters.
template <class Values, class Body>
absl::Status ForSome(const Values& values, size_t most, const Body& body) {
  for (auto begin = values.begin(); begin != values.end();) {
    std::vector<typename Values::value_type> some;
    for (; begin != values.end() && some.size() < most; ++begin) some.push_back(*begin);
    RETURN_IF_ERROR(body(some));
  }
  return absl::OkStatus();
}

// The ids of those that are there.
absl::StatusOr<std::map<NameKey, int64_t>> FindNames(sql::Session& session,
                                                     const std::set<NameKey>& keys) {
  std::map<NameKey, int64_t> found;
  RETURN_IF_ERROR(ForSome(keys, kNamesAtATime, [&](std::vector<NameKey>& some) {
    some.resize(absl::bit_ceil(some.size()), NameKey(some.back()));
    const std::vector<std::string> conditions(some.size(),
                                              "(target = ? AND target_type = ? AND reader = ?)");
    const std::string text =
        absl::StrCat("SELECT id, target, target_type, reader FROM foreign_name WHERE ",
                     absl::StrJoin(conditions, " OR "));
    std::vector<sql::Value> values;
    for (const auto& [target, type, reader] : some) {
      values.insert(values.end(), {target, type, reader});
    }
    return session.Each({"foreign_name.find", text}, values, [&](const sql::Row& row) {
      found.emplace(NameKey{row.Text(1), row.Text(2), row.Text(3)}, row.Int64(0));
      return absl::OkStatus();
    });
  }));
  return found;
}

// The same for all of them: those that are new are made.
absl::StatusOr<std::map<NameKey, int64_t>> FindOrMakeNames(Transaction& tx,
                                                           const std::set<NameKey>& keys) {
  ASSIGN_OR_RETURN(auto found, FindNames(tx, keys));
  if (found.size() == keys.size()) return found;
  std::vector<sql::Value> values;
  for (const NameKey& key : keys) {
    if (found.contains(key)) continue;
    values.insert(values.end(), {std::get<0>(key), std::get<1>(key), std::get<2>(key),
                                 sql::Value(absl::UnixEpoch())});
  }
  RETURN_IF_ERROR(tx.InsertRows(kInsertNames, values));
  return FindNames(tx, keys);
}

// What the resources referred to so far is taken away; the ids of its names.
absl::StatusOr<std::set<int64_t>> RemoveReferences(Transaction& tx,
                                                   const std::vector<std::string>& resources) {
  std::set<int64_t> names;
  RETURN_IF_ERROR(ForSome(resources, kIdsAtATime, [&](const std::vector<std::string>& some) {
    const std::string in = sql::InList(some.size());
    const std::vector<sql::Value> values = Padded({some.begin(), some.end()});
    const std::string find =
        absl::StrCat("SELECT DISTINCT name_id FROM foreign_reference WHERE resource IN ", in);
    sql::Session& session = tx;
    RETURN_IF_ERROR(
        session.Each({"foreign_reference.of_resources", find}, values, [&](const sql::Row& row) {
          names.insert(row.Int64(0));
          return absl::OkStatus();
        }));
    const std::string remove = absl::StrCat("DELETE FROM foreign_reference WHERE resource IN ", in);
    return tx.Execute({"foreign_reference.remove", remove}, values).status();
  }));
  return names;
}

absl::Status ForgetUnused(Transaction& tx, const std::set<int64_t>& names) {
  return ForSome(names, kIdsAtATime, [&](const std::vector<int64_t>& some) {
    const std::string text =
        absl::StrCat("DELETE FROM foreign_name WHERE id IN ", sql::InList(some.size()),
                     " AND NOT EXISTS (SELECT 1 FROM foreign_reference"
                     " WHERE foreign_reference.name_id = foreign_name.id)");
    return tx.Execute({"foreign_name.forget", text}, Padded({some.begin(), some.end()})).status();
  });
}

bool IsUnresolved(Resolution resolution) {
  return resolution == api::v1::RESOLUTION_MISSING || resolution == api::v1::RESOLUTION_UNKNOWN;
}

// Puts off the names of an agency that did not answer; what they were found to be before stays.
absl::Status PutOff(Transaction& tx, const std::vector<sql::Value>& ids) {
  const std::string text =
      absl::StrCat("UPDATE foreign_name SET check_time = UTC_TIMESTAMP(6) + INTERVAL ",
                   absl::ToInt64Seconds(kSoon), " SECOND WHERE id IN ", sql::InList(ids.size()));
  return tx.Execute({"foreign_name.put_off", text}, Padded(ids)).status();
}

absl::Status StoreSame(Transaction& tx, Resolution resolution, const std::string& state,
                       const std::vector<sql::Value>& ids) {
  if (resolution == api::v1::RESOLUTION_UNSPECIFIED) return PutOff(tx, ids);
  // Assignments are made from left to right.
  const std::string text = absl::StrCat(
      "UPDATE foreign_name SET since_time = IF(resolution = ?, since_time, UTC_TIMESTAMP(6)),"
      " resolution = ?, state = ?, unresolved = ?,"
      " check_time = UTC_TIMESTAMP(6) + INTERVAL IF(resolution = ",
      static_cast<int>(api::v1::RESOLUTION_MISSING),
      ", LEAST(GREATEST(TIMESTAMPDIFF(SECOND, since_time, UTC_TIMESTAMP(6)), ",
      absl::ToInt64Seconds(kSoon), "), ", absl::ToInt64Seconds(kLate), "), ",
      absl::ToInt64Seconds(kLate), ") SECOND WHERE id IN ", sql::InList(ids.size()));
  std::vector<sql::Value> values = {static_cast<int>(resolution), static_cast<int>(resolution),
                                    state, IsUnresolved(resolution) ? 1 : 0};
  const std::vector<sql::Value> padded = Padded(ids);
  values.insert(values.end(), padded.begin(), padded.end());
  return tx.Execute({"foreign_name.store", text}, values).status();
}

struct UnresolvedName {
  int64_t id = 0;
  UnresolvedReference reference;  // what all references to it share
};

absl::StatusOr<std::vector<UnresolvedName>> ReadUnresolvedNames(sql::Session& session,
                                                                const std::string& reader,
                                                                int64_t from, int most) {
  const std::string text =
      absl::StrCat("SELECT id, target, target_type, reader, resolution, ",
                   sql::Micros("since_time"), " FROM foreign_name FORCE INDEX (",
                   reader.empty() ? "by_unresolved" : "by_reader", ") WHERE unresolved = 1",
                   reader.empty() ? "" : " AND reader = ?", " AND id >= ? ORDER BY id LIMIT ?");
  std::vector<sql::Value> values;
  if (!reader.empty()) values.emplace_back(reader);
  values.emplace_back(from);
  values.emplace_back(most);
  std::vector<UnresolvedName> names;
  RETURN_IF_ERROR(session.Each({"foreign_name.unresolved", text}, values, [&](const sql::Row& row) {
    UnresolvedName& name = names.emplace_back();
    name.id = row.Int64(0);
    name.reference.set_target(row.Text(1));
    name.reference.set_target_type(row.Text(2));
    name.reference.set_owner(row.Text(3));
    name.reference.set_resolution(static_cast<Resolution>(row.Int64(4)));
    *name.reference.mutable_since_time() = ToProto(absl::FromUnixMicros(row.Int64(5)));
    return absl::OkStatus();
  }));
  return names;
}

}  // namespace

absl::StatusOr<int64_t> ReadCollectedPosition(sql::Session& session) {
  return session.Number(kReadPosition);
}

absl::Status StoreCollected(Transaction& tx, int64_t position,
                            const std::vector<std::string>& resources,
                            const std::vector<ForeignReference>& references) {
  RETURN_IF_ERROR(tx.Execute(kStorePosition, {position}).status());
  if (resources.empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const std::set<int64_t> before, RemoveReferences(tx, resources));
  std::set<NameKey> keys;
  for (const ForeignReference& reference : references) keys.insert(KeyOf(reference));
  ASSIGN_OR_RETURN(const auto ids, FindOrMakeNames(tx, keys));
  std::set<std::tuple<int64_t, std::string, std::string>> rows;
  for (const ForeignReference& reference : references) {
    rows.emplace(ids.at(KeyOf(reference)), reference.resource, reference.field);
  }
  std::vector<sql::Value> values;
  for (const auto& [id, resource, field] : rows) {
    values.insert(values.end(), {id, resource, field});
  }
  RETURN_IF_ERROR(tx.InsertRows(kInsertReferences, values));
  return ForgetUnused(tx, before);
}

absl::StatusOr<std::vector<ForeignName>> ReadDueNames(sql::Session& session, int most) {
  constexpr sql::Query kDue{"foreign_name.due",
                            "SELECT id, target, target_type, reader FROM foreign_name"
                            " WHERE check_time <= UTC_TIMESTAMP(6) ORDER BY check_time LIMIT ?"};
  std::vector<ForeignName> names;
  RETURN_IF_ERROR(session.Each(kDue, {most}, [&](const sql::Row& row) {
    ForeignName& name = names.emplace_back();
    name.set_id(row.Int64(0));
    name.set_name(row.Text(1));
    name.set_type(row.Text(2));
    name.set_reader(row.Text(3));
    return absl::OkStatus();
  }));
  return names;
}

absl::Status StoreResolved(Transaction& tx,
                           const google::protobuf::RepeatedPtrField<ResolvedName>& names) {
  std::map<std::pair<Resolution, std::string>, std::vector<sql::Value>> same;
  for (const ResolvedName& name : names) {
    same[{name.resolution(), name.state()}].emplace_back(name.id());
  }
  for (const auto& [found, ids] : same) {
    RETURN_IF_ERROR(StoreSame(tx, found.first, found.second, ids));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<std::pair<ReferenceCursor, UnresolvedReference>>> ReadUnresolved(
    sql::Session& session, const std::string& reader, const ReferenceCursor& after, int most) {
  std::vector<std::pair<ReferenceCursor, UnresolvedReference>> page;
  // Each has a reference, but for the first, all of whose references may be before the cursor.
  ASSIGN_OR_RETURN(const auto names, ReadUnresolvedNames(session, reader, after.name_id, most + 1));
  if (names.empty()) return page;
  std::map<int64_t, const UnresolvedName*> by_id;
  std::vector<sql::Value> values;
  for (const UnresolvedName& name : names) {
    by_id[name.id] = &name;
    values.emplace_back(name.id);
  }
  const std::string text = absl::StrCat(
      "SELECT name_id, resource, field FROM foreign_reference FORCE INDEX (PRIMARY)"
      " WHERE name_id IN ",
      sql::InList(values.size()),
      " AND (name_id > ? OR (name_id = ? AND (resource > ? OR (resource = ? AND field > ?))))"
      " ORDER BY name_id, resource, field LIMIT ?");
  sql::PadList(values);
  values.insert(values.end(),
                {after.name_id, after.name_id, after.resource, after.resource, after.field, most});
  RETURN_IF_ERROR(
      session.Each({"foreign_reference.unresolved", text}, values, [&](const sql::Row& row) {
        const auto found = by_id.find(row.Int64(0));
        if (found == by_id.end()) return absl::OkStatus();
        auto& [cursor, reference] = page.emplace_back();
        reference = found->second->reference;
        reference.set_resource(row.Text(1));
        reference.set_field(row.Text(2));
        cursor = {row.Int64(0), reference.resource(), reference.field()};
        return absl::OkStatus();
      }));
  return page;
}

}  // namespace puente::agency
