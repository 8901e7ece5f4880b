#include "common/resource/revisions.h"

#include <algorithm>
#include <limits>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/resource/standard.h"
#include "common/sql/bulk.h"
#include "common/sql/error.h"

namespace puente::resource {
namespace {

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
  return Error(sql::error::kRowCorrupt, "column"_is("snapshot"));
}

}  // namespace

absl::Status Keep(journal::Transaction& tx, const Spec& spec, const Message& before) {
  if (!spec.contract().revisions()) return absl::OkStatus();
  return tx.InsertRows(kKeep, {standard::Name(before), standard::Version(before),
                               sql::Value(before.SerializeAsString())});
}

absl::Status KeepDeleted(journal::Transaction& tx, const std::string& name, int64_t version) {
  return tx.InsertRows(kKeep, {name, version, sql::Value()});
}

absl::StatusOr<std::vector<int64_t>> FirstVersions(sql::Session& session, const Spec& spec,
                                                   const std::vector<std::string>& names) {
  std::vector<int64_t> versions(names.size(), 1);
  if (!spec.contract().deletable() || names.empty()) return versions;
  absl::flat_hash_map<std::string, int64_t> last;
  std::vector<sql::Value> values;
  sql::AppendList(names, values);
  const std::string text =
      absl::StrCat("SELECT name, MAX(version) FROM resource_revision WHERE name IN ",
                   sql::InList(names.size()), " GROUP BY name");
  RETURN_IF_ERROR(session.Each({"resource.last_versions", text}, values, [&](const sql::Row& row) {
    last[row.Text(0)] = row.Int64(1);
    return absl::OkStatus();
  }));
  for (size_t i = 0; i < names.size(); ++i) {
    if (const auto found = last.find(names[i]); found != last.end()) {
      versions[i] = found->second + 1;
    }
  }
  return versions;
}

absl::Status LastState(sql::Session& session, const std::string& name, Message& out) {
  return session.Each(kLastState, {name},
                      [&](const sql::Row& row) { return ParseSnapshot(row, 0, out); });
}

namespace internal {

absl::StatusOr<std::string> ListRevisions(sql::Session& session, const Spec& spec, const Call& call,
                                          const Ids& ids, int page_size,
                                          absl::string_view page_token, const Emplace& emplace) {
  const std::string name = spec.pattern().Format(ids);
  const std::vector<absl::string_view> binding = {call.method, call.caller.path, name};
  const int size = std::min(PageSize(page_size), spec.most_rows());
  int count = 0;
  size_t bytes = 0;
  int64_t last = std::numeric_limits<int64_t>::max();
  absl::Status current = absl::OkStatus();
  if (page_token.empty()) {
    const std::unique_ptr<Message> message = spec.NewMessage();
    current = GetNamed(session, spec, name, "name", *message);
    if (current.ok()) {
      last = standard::Version(*message);
      bytes += message->ByteSizeLong();
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
                                 more = more || ++count > size || bytes > kMostPageBytes;
                                 if (more) return absl::OkStatus();
                                 last = row.Int64(0);
                                 bytes += row.Text(1).size();
                                 return ParseSnapshot(row, 1, *emplace());
                               }));
  if (count == 0 && !current.ok()) return current;
  return more ? MakePageToken(binding, {absl::StrCat(last)}) : std::string();
}

}  // namespace internal
}  // namespace puente::resource
