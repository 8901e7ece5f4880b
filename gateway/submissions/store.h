// What is asked of submissions besides their lists.
#pragma once

#include <map>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/sql/session.h"
#include "puente/gateway/v1/submission.pb.h"

namespace puente::gateway {

// Since when these versions wait for a body, whichever: the first of what was submitted and is not
// decided, or of the appeals against what returned or rejected it, at bodies that have not left.
// What a version's owner submitted counts, and of one without, "", what anybody did: nobody makes
// another's version wait.
absl::StatusOr<std::map<std::string, absl::Time>> FirstOpen(
    sql::Session& session, const std::map<std::string, std::string>& owners);

// That nothing is open yet of this version by this organization at this body. SUBMISSION_OPEN.
absl::Status CheckNoneOpen(sql::Session& session, const v1::Submission& submission);

}  // namespace puente::gateway
