#include "gateway/submissions/service.h"

#include "absl/algorithm/container.h"
#include "common/context/clock.h"
#include "common/context/values.h"
#include "common/resource/serve.h"
#include "common/status/macros.h"
#include "gateway/certifiers/checks.h"
#include "gateway/certifiers/resource.h"
#include "gateway/certifiers/rules.h"
#include "gateway/errors.h"
#include "gateway/submissions/carry_over.h"
#include "gateway/submissions/resource.h"
#include "gateway/submissions/store.h"

namespace puente::gateway {
namespace {

absl::Status Submit(const Call& call, journal::Transaction& tx, const v1::Submission*,
                    v1::Submission& submission) {
  // One after another, so that each sees what is open.
  ASSIGN_OR_RETURN(
      const v1::Certifier certifier,
      resource::GuardFirst(tx, Certifiers(), CertifierOf(submission.name()), "parent"));
  RETURN_IF_ERROR(CheckCertifies(call, certifier, submission.microcredential_version()));
  RETURN_IF_ERROR(CheckImpartial(certifier, submission.organization()));
  RETURN_IF_ERROR(CheckNoneOpen(tx, submission));
  *submission.mutable_due_date() = ToProto(LegalDay(call.start) + ReviewDays(certifier));
  return absl::OkStatus();
}

// Who decides is a reviewer of the body, by the registry of principals as it is now.
absl::Status CheckReviewer(const calls::Host& host, const Call& call, absl::string_view reviewer) {
  const auto roles = host.options().principals()->RolesOf(call.caller.path, reviewer);
  if (roles.ok() && absl::c_linear_search(*roles, api::v1::ACTOR_ROLE_REVIEWER)) {
    return absl::OkStatus();
  }
  return InvalidFields({Against(rule::kNoReviewer, "caller"_is(call.caller.path)).At("reviewer")});
}

absl::Status AssignSubmission(const calls::Host& host, const Call& call, journal::Transaction& tx,
                              const v1::Submission& before, const v1::Submission& after) {
  RETURN_IF_ERROR(CheckReviewer(host, call, after.reviewer()));
  ASSIGN_OR_RETURN(const v1::Certifier certifier, GuardBody(tx, before.name()));
  RETURN_IF_ERROR(CheckImpartial(certifier, before.organization(), call.actor));
  return CheckImpartial(certifier, before.organization(), after.reviewer());
}

}  // namespace

void ServeSubmissions(calls::Host& host, compose::Executor& executor) {
  ServeCarryOver(host, executor);
  const auto assign = [&host](const Call& call, journal::Transaction& tx,
                              const v1::Submission& before, v1::Submission& after) {
    return AssignSubmission(host, call, tx, before, after);
  };
  resource::Serve(host, Submissions(),
                  {.prepare = &Submit, .verbs = {{.verb = "AssignSubmission", .prepare = assign}}});
}

}  // namespace puente::gateway
