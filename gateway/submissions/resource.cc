#include "gateway/submissions/resource.h"

namespace puente::gateway {

const resource::Resource<v1::Submission>& Submissions() {
  static const resource::Resource<v1::Submission> submissions({
      .table = "submission",
      .lists = {{.by = {"organization"}, .index = "by_organization"},
                {.by = {"state"},
                 .order = {"create_time"},
                 .index = "by_state",
                 .index_within = "by_certifier_state"}},
      .hides = true,
      .states = {{.verb = "CreateSubmission", .to = v1::SUBMISSION_STATE_SUBMITTED},
                 {.verb = "AssignSubmission",
                  .from = {v1::SUBMISSION_STATE_SUBMITTED, v1::SUBMISSION_STATE_IN_REVIEW},
                  .to = v1::SUBMISSION_STATE_IN_REVIEW},
                 {.verb = "WithdrawSubmission",
                  .from = {v1::SUBMISSION_STATE_SUBMITTED, v1::SUBMISSION_STATE_IN_REVIEW},
                  .to = v1::SUBMISSION_STATE_WITHDRAWN}},
      .over = {v1::SUBMISSION_STATE_CERTIFIED, v1::SUBMISSION_STATE_RETURNED,
               v1::SUBMISSION_STATE_REJECTED, v1::SUBMISSION_STATE_WITHDRAWN},
  });
  return submissions;
}

}  // namespace puente::gateway
