#include "gateway/submissions/store.h"

#include <algorithm>
#include <bit>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "absl/types/span.h"
#include "common/resource/resource.h"
#include "common/sql/row.h"
#include "common/status/macros.h"
#include "gateway/certifiers/checks.h"
#include "gateway/errors.h"
#include "gateway/submissions/resource.h"
#include "puente/gateway/v1/certifier.pb.h"
#include "puente/gateway/v1/decision.pb.h"

namespace puente::gateway {
namespace {

using Owners = std::map<std::string, std::string>;
using Times = std::map<std::string, absl::Time>;

// A statement asks about so many versions, and looks at so many appeals, the oldest.
constexpr size_t kVersionsAtOnce = 128;
constexpr int kMostAppeals = 1000;

constexpr v1::SubmissionState kOpen[] = {v1::SUBMISSION_STATE_SUBMITTED,
                                         v1::SUBMISSION_STATE_IN_REVIEW,
                                         v1::SUBMISSION_STATE_CERTIFYING};

// The versions as rows, each with its owner; in each state the first submission, which is the first
// row of the index but for those of others. For few different texts there are as many rows as the
// next power of two.
std::string FirstText(size_t versions) {
  const std::vector<std::string> rows(versions - 1, " UNION ALL SELECT ?, ?");
  return absl::StrCat(
      "SELECT v.version, ",
      sql::Micros("(SELECT s.create_time FROM submission AS s FORCE INDEX (by_version_state)"
                  " STRAIGHT_JOIN certifier AS c ON c.id = s.certifier"
                  " WHERE s.microcredential_version = v.version AND s.state = t.state"
                  " AND (v.owner = '' OR s.organization = v.owner) AND c.state <> ?"
                  " ORDER BY s.create_time LIMIT 1)"),
      " FROM (SELECT ? AS version, ? AS owner", absl::StrJoin(rows, ""), ") AS v CROSS JOIN ",
      "(SELECT ? AS state UNION ALL SELECT ? UNION ALL SELECT ?) AS t");
}

constexpr sql::Query kAppealed{
    "gateway.submissions.appealed",
    "SELECT s.microcredential_version, s.organization,"
    " TIMESTAMPDIFF(MICROSECOND, '1970-01-01', d.appeal_time)"
    " FROM (SELECT certifier, submission, appeal_time FROM decision FORCE INDEX (by_state)"
    "       WHERE state = ? ORDER BY create_time LIMIT ?) AS d"
    " STRAIGHT_JOIN submission AS s"
    " ON s.certifier = d.certifier AND s.id = SUBSTRING_INDEX(d.submission, '/', -1)"
    " STRAIGHT_JOIN certifier AS c ON c.id = s.certifier"
    " WHERE s.state IN (?, ?) AND c.state <> ?"};

void Note(const std::string& version, absl::Time since, Times& first) {
  const auto [known, added] = first.emplace(version, since);
  if (!added) known->second = std::min(known->second, since);
}

absl::Status AddSubmitted(sql::Session& session, absl::Span<const Owners::value_type> some,
                          Times& first) {
  const size_t rows = std::bit_ceil(some.size());
  std::vector<sql::Value> values = {int{v1::CERTIFIER_STATE_LEFT}};
  for (size_t i = 0; i < rows; ++i) {
    const auto& [version, owner] = some[std::min(i, some.size() - 1)];
    values.emplace_back(version);
    values.emplace_back(owner);
  }
  for (const v1::SubmissionState state : kOpen) values.emplace_back(int{state});
  const std::string text = FirstText(rows);
  return session.Each({"gateway.submissions.first", text}, values, [&](const sql::Row& row) {
    if (!row.IsNull(1)) Note(row.Text(0), absl::FromUnixMicros(row.Int64(1)), first);
    return absl::OkStatus();
  });
}

absl::Status AddAppealed(sql::Session& session, const Owners& owners, Times& first) {
  return session.Each(
      kAppealed,
      {int{v1::DECISION_STATE_UNDER_APPEAL}, kMostAppeals, int{v1::SUBMISSION_STATE_RETURNED},
       int{v1::SUBMISSION_STATE_REJECTED}, int{v1::CERTIFIER_STATE_LEFT}},
      [&](const sql::Row& row) {
        const auto asked = owners.find(row.Text(0));
        if (asked != owners.end() && (asked->second.empty() || asked->second == row.Text(1))) {
          Note(row.Text(0), absl::FromUnixMicros(row.Int64(2)), first);
        }
        return absl::OkStatus();
      });
}

}  // namespace

absl::StatusOr<Times> FirstOpen(sql::Session& session, const Owners& owners) {
  Times first;
  if (owners.empty()) return first;
  const std::vector<Owners::value_type> all(owners.begin(), owners.end());
  for (size_t begin = 0; begin < all.size(); begin += kVersionsAtOnce) {
    RETURN_IF_ERROR(
        AddSubmitted(session, absl::MakeConstSpan(all).subspan(begin, kVersionsAtOnce), first));
  }
  RETURN_IF_ERROR(AddAppealed(session, owners, first));
  return first;
}

absl::Status CheckNoneOpen(sql::Session& session, const v1::Submission& submission) {
  const std::string body(absl::StripPrefix(CertifierOf(submission.name()), "certifiers/"));
  ASSIGN_OR_RETURN(
      const auto open,
      resource::Select(session, Submissions(), "gateway.submissions.open",
                       "FORCE INDEX (by_version_state) WHERE microcredential_version = ?"
                       " AND state IN (?, ?, ?) AND certifier = ? AND organization = ? LIMIT 1",
                       {submission.microcredential_version(), int{kOpen[0]}, int{kOpen[1]},
                        int{kOpen[2]}, body, submission.organization()}));
  if (open.empty()) return absl::OkStatus();
  return Error(error::kSubmissionOpen, "name"_is(open.front().name()),
               "version"_is(submission.microcredential_version()));
}

}  // namespace puente::gateway
