#include "gateway/submissions/store.h"

#include "absl/strings/str_cat.h"
#include "common/context/values.h"
#include "common/resource/resource.h"
#include "common/sql/bulk.h"
#include "common/status/macros.h"
#include "gateway/submissions/resource.h"

namespace puente::gateway {

absl::StatusOr<std::map<std::string, absl::Time>> FirstOpen(
    sql::Session& session, const std::vector<std::string>& versions) {
  std::map<std::string, absl::Time> first;
  if (versions.empty()) return first;
  std::vector<sql::Value> values;
  sql::AppendList(versions, values);
  for (const int state : {v1::SUBMISSION_STATE_SUBMITTED, v1::SUBMISSION_STATE_IN_REVIEW,
                          v1::SUBMISSION_STATE_CERTIFYING}) {
    values.emplace_back(state);
  }
  ASSIGN_OR_RETURN(
      const auto open,
      resource::Select(session, Submissions(), "gateway.submissions.open",
                       absl::StrCat("FORCE INDEX (by_version) WHERE microcredential_version IN ",
                                    sql::InList(versions.size()),
                                    " AND state IN (?, ?, ?)"
                                    " ORDER BY microcredential_version, create_time"),
                       values));
  for (const v1::Submission& one : open) {
    first.emplace(one.microcredential_version(), FromProto(one.create_time()));
  }
  return first;
}

}  // namespace puente::gateway
