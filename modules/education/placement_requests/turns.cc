#include "modules/education/placement_requests/turns.h"

#include "absl/strings/str_cat.h"
#include "common/sql/bulk.h"
#include "common/sql/row.h"
#include "common/status/macros.h"
#include "modules/education/ids.h"

namespace puente::education::store {
namespace {

// What has a turn already keeps it: that there is such a request the resource itself says.
constexpr sql::BulkInsert kAdd{
    "education.placement_turn.add",
    "INSERT INTO placement_turn (request, organization, under_way) VALUES", 3,
    " ON DUPLICATE KEY UPDATE request = VALUES(request)"};
constexpr sql::Query kUnderWay{
    "education.placement_turn.under_way",
    "SELECT request FROM placement_turn WHERE under_way = TRUE ORDER BY number LIMIT 100"};
// A step in the index for each organization, however many of its requests wait.
constexpr sql::Query kOrganizations{
    "education.placement_turn.organizations",
    "SELECT organization, MIN(number) AS first FROM placement_turn WHERE under_way = FALSE"
    " GROUP BY organization ORDER BY first LIMIT 25"};
constexpr sql::Query kNext{"education.placement_turn.next",
                           "SELECT request FROM placement_turn FORCE INDEX (by_organization)"
                           " WHERE under_way = FALSE AND organization = ? ORDER BY number LIMIT 4"};

absl::Status ExecuteOf(journal::Transaction& tx, absl::string_view query, absl::string_view text,
                       absl::Span<const std::string> requests) {
  if (requests.empty()) return absl::OkStatus();
  std::vector<sql::Value> values;
  sql::AppendList(requests, values);
  const std::string whole = absl::StrCat(text, sql::InList(requests.size()));
  return tx.Execute({query, whole}, values).status();
}

}  // namespace

absl::Status AddTurns(journal::Transaction& tx, absl::Span<const std::string> requests) {
  std::vector<std::string> organizations;  // whose bytes the rows are
  for (const std::string& request : requests) organizations.push_back(OrganizationOf(request));
  std::vector<sql::Value> rows;
  for (size_t i = 0; i < requests.size(); ++i) {
    rows.insert(rows.end(), {requests[i], organizations[i], 0});
  }
  return tx.InsertRows(kAdd, rows);
}

absl::Status BeginTurns(journal::Transaction& tx, absl::Span<const std::string> requests) {
  return ExecuteOf(tx, "education.placement_turn.begin",
                   "UPDATE placement_turn SET under_way = TRUE WHERE request IN ", requests);
}

absl::Status EndTurns(journal::Transaction& tx, absl::Span<const std::string> requests) {
  return ExecuteOf(tx, "education.placement_turn.end",
                   "DELETE FROM placement_turn WHERE request IN ", requests);
}

absl::StatusOr<std::vector<std::string>> ReadTurns(sql::Session& session) {
  std::vector<std::string> requests, organizations;
  const auto to = [](std::vector<std::string>& texts) {
    return [&texts](const sql::Row& row) {
      texts.push_back(row.Text(0));
      return absl::OkStatus();
    };
  };
  RETURN_IF_ERROR(session.Each(kUnderWay, {}, to(requests)));
  RETURN_IF_ERROR(session.Each(kOrganizations, {}, to(organizations)));
  for (const std::string& organization : organizations) {
    RETURN_IF_ERROR(session.Each(kNext, {organization}, to(requests)));
  }
  return requests;
}

}  // namespace puente::education::store
