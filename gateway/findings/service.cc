#include "gateway/findings/service.h"

#include "common/resource/serve.h"
#include "common/status/macros.h"
#include "gateway/certifiers/checks.h"
#include "gateway/errors.h"
#include "gateway/findings/resource.h"
#include "gateway/submissions/resource.h"

namespace puente::gateway {
namespace {

// The submission that a finding is about, if it is in review by who acts. It counts as changed, so
// that what is decided at once knows of the finding.
absl::StatusOr<v1::Submission> InReview(const Call& call, journal::Transaction& tx,
                                        const v1::Finding& finding) {
  ASSIGN_OR_RETURN(const v1::Submission submission,
                   resource::Get(tx, Submissions(), finding.submission(), "finding.submission"));
  if (submission.state() != v1::SUBMISSION_STATE_IN_REVIEW) {
    return resource::StateWrong(Submissions(), Submissions().state_wrong(), call.verb(), submission,
                                {v1::SUBMISSION_STATE_IN_REVIEW});
  }
  if (call.actor != submission.reviewer()) {
    return Error(error::kNotTheReviewer, "name"_is(submission.name()), "actor"_is(call.actor));
  }
  ASSIGN_OR_RETURN(const v1::Certifier certifier, GuardBody(tx, submission.name()));
  RETURN_IF_ERROR(CheckImpartial(certifier, submission.organization(), call.actor));
  return resource::Replace(call, tx, Submissions(), submission, submission);
}

absl::Status Add(const Call& call, journal::Transaction& tx, const v1::Finding*,
                 v1::Finding& finding) {
  if (CertifierOf(finding.submission()) != CertifierOf(finding.name())) {
    return InvalidFields({Against(rule::kOfAnotherBody).At("finding.submission")});
  }
  ASSIGN_OR_RETURN(const v1::Submission submission, InReview(call, tx, finding));
  finding.set_organization(submission.organization());
  return absl::OkStatus();
}

absl::Status CloseFinding(const Call& call, journal::Transaction& tx, const v1::Finding& before,
                          v1::Finding&) {
  return InReview(call, tx, before).status();
}

}  // namespace

void ServeFindings(calls::Host& host) {
  resource::Serve(host, Findings(),
                  {.prepare = &Add, .verbs = {{.verb = "CloseFinding", .prepare = &CloseFinding}}});
}

}  // namespace puente::gateway
