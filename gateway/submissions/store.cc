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

// A statement asks about so many versions.
constexpr size_t kVersionsAtOnce = 128;

constexpr v1::SubmissionState kOpen[] = {v1::SUBMISSION_STATE_SUBMITTED,
                                         v1::SUBMISSION_STATE_IN_REVIEW,
                                         v1::SUBMISSION_STATE_CERTIFYING};

// The versions as rows, each with its owner. For few different texts there are as many rows as the
// next power of two.
std::string Versions(size_t rows) {
  const std::vector<std::string> more(rows - 1, " UNION ALL SELECT ?, ?");
  return absl::StrCat("(SELECT ? AS version, ? AS owner", absl::StrJoin(more, ""), ") AS v");
}

// In each state the first submission, which is the first row of the index but for those of others.
std::string SubmittedText(size_t rows) {
  return absl::StrCat(
      "SELECT v.version, ",
      sql::Micros("(SELECT s.create_time FROM submission AS s FORCE INDEX (by_version_state)"
                  " STRAIGHT_JOIN certifier AS c ON c.id = s.certifier"
                  " WHERE s.microcredential_version = v.version AND s.state = t.state"
                  " AND (v.owner = '' OR s.organization = v.owner) AND c.state <> ?"
                  " ORDER BY s.create_time LIMIT 1)"),
      " FROM ", Versions(rows),
      " CROSS JOIN (SELECT ? AS state UNION ALL SELECT ? UNION ALL SELECT ?) AS t");
}

// The first appeal against what returned or rejected it: only the last decision is appealed.
std::string AppealedText(size_t rows) {
  return absl::StrCat(
      "SELECT v.version, ",
      sql::Micros("(SELECT MIN(d.appeal_time) FROM submission AS s FORCE INDEX (by_version_state)"
                  " STRAIGHT_JOIN decision AS d ON d.certifier = s.certifier"
                  " AND d.id = SUBSTRING_INDEX(s.decision, '/', -1)"
                  " STRAIGHT_JOIN certifier AS c ON c.id = s.certifier"
                  " WHERE s.microcredential_version = v.version AND s.state IN (?, ?)"
                  " AND (v.owner = '' OR s.organization = v.owner)"
                  " AND d.state = ? AND c.state <> ?)"),
      " FROM ", Versions(rows));
}

// Notes the first times that a statement tells of versions; its values are those before the
// versions' and those after them.
absl::Status Add(sql::Session& session, absl::string_view query, std::string (*text)(size_t),
                 std::vector<sql::Value> values, absl::Span<const Owners::value_type> some,
                 const std::vector<sql::Value>& after, Times& first) {
  const size_t rows = std::bit_ceil(some.size());
  for (size_t i = 0; i < rows; ++i) {
    const auto& [version, owner] = some[std::min(i, some.size() - 1)];
    values.emplace_back(version);
    values.emplace_back(owner);
  }
  values.insert(values.end(), after.begin(), after.end());
  const std::string statement = text(rows);
  return session.Each({query, statement}, values, [&](const sql::Row& row) {
    if (row.IsNull(1)) return absl::OkStatus();
    const absl::Time since = absl::FromUnixMicros(row.Int64(1));
    const auto [known, added] = first.emplace(row.Text(0), since);
    if (!added) known->second = std::min(known->second, since);
    return absl::OkStatus();
  });
}

}  // namespace

absl::StatusOr<Times> FirstOpen(sql::Session& session, const Owners& owners) {
  Times first;
  if (owners.empty()) return first;
  const std::vector<Owners::value_type> all(owners.begin(), owners.end());
  constexpr int kLeft = v1::CERTIFIER_STATE_LEFT;
  for (size_t begin = 0; begin < all.size(); begin += kVersionsAtOnce) {
    const auto some = absl::MakeConstSpan(all).subspan(begin, kVersionsAtOnce);
    RETURN_IF_ERROR(Add(session, "gateway.submissions.first", &SubmittedText, {kLeft}, some,
                        {int{kOpen[0]}, int{kOpen[1]}, int{kOpen[2]}}, first));
    RETURN_IF_ERROR(Add(session, "gateway.submissions.appealed", &AppealedText,
                        {int{v1::SUBMISSION_STATE_RETURNED}, int{v1::SUBMISSION_STATE_REJECTED},
                         int{v1::DECISION_STATE_UNDER_APPEAL}, kLeft},
                        some, {}, first));
  }
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
