#include "modules/education/causes/store.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/context/values.h"
#include "common/resource/resource.h"
#include "common/sql/bulk.h"
#include "common/sql/error.h"
#include "common/sql/row.h"
#include "common/status/macros.h"
#include "modules/education/certifications/resource.h"

namespace puente::education::store {
namespace {

constexpr sql::Query kDelete{
    "education.version_cause.delete",
    "DELETE FROM version_cause WHERE collection = ? AND id = ? AND number = ?"};
constexpr sql::Query kDeleteOne{"education.version_cause.delete_one",
                                "DELETE FROM version_cause WHERE cause = ? AND collection = ?"
                                " AND id = ? AND number = ? AND act = ?"};
constexpr sql::BulkInsert kInsert{
    "education.version_cause.insert",
    "INSERT INTO version_cause (cause, collection, id, number, act) VALUES", 5};

// Most versions that are followed, and most certifications of theirs.
constexpr int kMostFollowed = 1000;
constexpr int kMostCertifications = 5000;

// "programs/welding/versions/2" as the columns that say it.
struct Place {
  explicit Place(absl::string_view version) {
    const std::vector<std::string> parts = absl::StrSplit(version, '/');
    collection = parts.at(0);
    id = parts.at(1);
    number = parts.at(3);
  }
  std::string collection, id, number;
};

std::string NameOf(const sql::Row& row) {
  return absl::StrCat(row.Text(0), "/", row.Text(1), "/versions/", row.Int64(2));
}

// Whoever has added one of these meanwhile has changed the version too: the mutation runs again.
absl::Status Insert(journal::Transaction& tx, const std::vector<sql::Value>& values) {
  if (values.empty()) return absl::OkStatus();
  const absl::Status inserted = tx.InsertRows(kInsert, values);
  return sql::IsDuplicate(inserted) ? Error(sql::error::kConflict) : inserted;
}

// The columns that VersionOf() reads, then the cause.
std::string SelectText() {
  return absl::StrCat(
      "SELECT c.collection, c.id, c.number, c.act, COALESCE(p.title_es, m.title_es),"
      " COALESCE(p.title_en, m.title_en), COALESCE(p.organization, m.organization), ",
      sql::Micros("COALESCE(p.publish_time, m.publish_time)"),
      ", c.cause FROM version_cause AS c"
      " LEFT JOIN program_version AS p"
      " ON c.collection = 'programs' AND p.program = c.id AND p.number = c.number"
      " LEFT JOIN microcredential_version AS m"
      " ON c.collection = 'microcredentials' AND m.microcredential = c.id AND m.number = c.number");
}

std::string PageText(bool after) {
  return absl::StrCat(SelectText(), " WHERE c.cause = ?",
                      after ? " AND (c.collection > ? OR (c.collection = ? AND c.id > ?)"
                              " OR (c.collection = ? AND c.id = ? AND c.number > ?))"
                            : "",
                      " ORDER BY c.collection, c.id, c.number LIMIT ?");
}

v1::CausedVersion VersionOf(const sql::Row& row) {
  v1::CausedVersion version;
  version.set_version(NameOf(row));
  version.set_act(row.Text(3));
  version.set_title_es(row.Text(4));
  version.set_title_en(row.Text(5));
  version.set_organization(row.Text(6));
  if (!row.IsNull(7)) SetMicros(row.Int64(7), *version.mutable_publish_time());
  return version;
}

// Those of these versions, by version; the first so many and one more.
absl::StatusOr<std::vector<v1::Certification>> CertificationsOf(
    sql::Session& session, const std::set<std::string>& versions) {
  const std::vector<std::string> names(versions.begin(), versions.end());
  std::vector<sql::Value> values;
  sql::AppendList(names, values);
  values.emplace_back(kMostCertifications + 1);
  return resource::Select(
      session, Certifications(), "education.certifications.of_versions",
      absl::StrCat("FORCE INDEX (by_version) WHERE microcredential_version IN ",
                   sql::InList(names.size()), " ORDER BY microcredential_version, id LIMIT ?"),
      values);
}

bool IsMicrocredential(absl::string_view version) {
  return absl::StartsWith(version, "microcredentials/");
}

// Leaves out the versions of microcredentials of this name and later ones.
void CutFrom(const std::string& version, v1::FollowCausesResponse& followed) {
  auto& versions = *followed.mutable_versions();
  versions.erase(std::remove_if(versions.begin(), versions.end(),
                                [&](const v1::FollowedVersion& one) {
                                  const std::string& name = one.version().version();
                                  return IsMicrocredential(name) && name >= version;
                                }),
                 versions.end());
  followed.set_has_more(true);
}

absl::Status AddCertifications(sql::Session& session, v1::FollowCausesResponse& followed) {
  std::set<std::string> versions;
  for (const v1::FollowedVersion& one : followed.versions()) {
    if (IsMicrocredential(one.version().version())) versions.insert(one.version().version());
  }
  if (versions.empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const std::vector<v1::Certification> all, CertificationsOf(session, versions));
  if (all.size() > kMostCertifications) CutFrom(all.back().microcredential_version(), followed);
  std::map<std::string, std::vector<const v1::Certification*>> of;
  for (const v1::Certification& one : all) of[one.microcredential_version()].push_back(&one);
  for (v1::FollowedVersion& one : *followed.mutable_versions()) {
    for (const v1::Certification* certification : of[one.version().version()]) {
      *one.add_certifications() = *certification;
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status ReplaceCauses(journal::Transaction& tx, absl::string_view version,
                           const v1::Causes& causes) {
  const Place place(version);
  RETURN_IF_ERROR(tx.Execute(kDelete, {place.collection, place.id, place.number}).status());
  std::vector<sql::Value> values;
  for (const auto* named : {&causes.proposals(), &causes.agreements(),
                            &causes.transfer_agreements(), &causes.signals()}) {
    for (const std::string& cause : *named) {
      for (const std::string& value :
           {cause, place.collection, place.id, place.number, std::string()}) {
        values.emplace_back(std::string(value));
      }
    }
  }
  return Insert(tx, values);
}

absl::Status AddCause(journal::Transaction& tx, absl::string_view version, const std::string& cause,
                      const std::string& act) {
  const Place place(version);
  return Insert(tx, {cause, place.collection, place.id, place.number, act});
}

absl::StatusOr<bool> RemoveCause(journal::Transaction& tx, absl::string_view version,
                                 const std::string& cause, const std::string& act) {
  const Place place(version);
  ASSIGN_OR_RETURN(const int64_t removed,
                   tx.Execute(kDeleteOne, {cause, place.collection, place.id, place.number, act}));
  return removed > 0;
}

absl::StatusOr<CausedVersions> VersionsByCause(sql::Session& session, const std::string& cause,
                                               const CauseCursor& after, int most) {
  std::vector<sql::Value> values = {cause};
  if (!after.empty()) {
    for (const int column : {0, 0, 1, 0, 1, 2}) values.emplace_back(after.at(column));
  }
  values.emplace_back(most + 1);  // one more: is there a next page?
  CausedVersions found;
  CauseCursor last;
  const std::string text = PageText(!after.empty());
  RETURN_IF_ERROR(
      session.Each({"education.version_cause.list", text}, values, [&](const sql::Row& row) {
        if (found.versions.size() == static_cast<size_t>(most)) {
          found.end = std::move(last);
          return absl::OkStatus();
        }
        found.versions.push_back(VersionOf(row));
        last = {row.Text(0), row.Text(1), row.Text(2)};
        return absl::OkStatus();
      }));
  return found;
}

absl::StatusOr<v1::FollowCausesResponse> FollowCauses(sql::Session& session,
                                                      const std::vector<std::string>& causes) {
  std::vector<sql::Value> values;
  sql::AppendList(causes, values);
  values.emplace_back(kMostFollowed + 1);
  v1::FollowCausesResponse followed;
  RETURN_IF_ERROR(session.Each(
      {"education.version_cause.follow",
       absl::StrCat(SelectText(),
                    " WHERE COALESCE(p.publish_time, m.publish_time) IS NOT NULL AND c.cause IN ",
                    sql::InList(causes.size()),
                    " ORDER BY c.cause, c.collection, c.id, c.number LIMIT ?")},
      values, [&](const sql::Row& row) {
        v1::FollowedVersion& one = *followed.add_versions();
        *one.mutable_version() = VersionOf(row);
        one.set_cause(row.Text(8));
        return absl::OkStatus();
      }));
  followed.set_has_more(followed.versions_size() > kMostFollowed);
  if (followed.has_more()) followed.mutable_versions()->RemoveLast();
  RETURN_IF_ERROR(AddCertifications(session, followed));
  return followed;
}

}  // namespace puente::education::store
