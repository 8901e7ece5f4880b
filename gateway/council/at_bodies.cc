#include "gateway/council/at_bodies.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/identity/access.h"
#include "common/resource/owner.h"
#include "common/resource/resource.h"
#include "common/sql/bulk.h"
#include "common/status/macros.h"
#include "gateway/compose/own_store.h"
#include "gateway/compose/provenance.h"
#include "gateway/council/trace_plan.h"
#include "gateway/errors.h"
#include "gateway/submissions/resource.h"
#include "gateway/submissions/store.h"

namespace puente::council {
namespace {

using compose::Result;
using compose::Results;
using gateway::v1::Submission;
using Owners = std::map<std::string, std::string>;

// The call as that of a reader of submissions, by the contract; nothing for who may read none.
std::optional<Call> AsReader(Call call) {
  static const auto* const access =
      new identity::MethodAccess(*gateway::v1::GetSubmissionRequest::descriptor()
                                      ->file()
                                      ->FindServiceByName("SubmissionService")
                                      ->FindMethodByName("GetSubmission"));
  if (!access->Allows(call.caller.path)) return std::nullopt;
  call.owner_only = access->OwnerOnly(call.caller.path);
  call.agent = access->Agent(call.caller.path);
  return call;
}

absl::StatusOr<std::vector<Submission>> SubmissionsOf(sql::Session& session, const Owners& owners) {
  std::vector<std::string> versions;
  for (const auto& [version, owner] : owners) versions.push_back(version);
  std::vector<sql::Value> values;
  sql::AppendList(versions, values);
  values.emplace_back(static_cast<int64_t>(kMostNames + 1));
  return resource::Select(
      session, gateway::Submissions(), "gateway.submissions.of_versions",
      absl::StrCat("FORCE INDEX (by_version) WHERE microcredential_version IN ",
                   sql::InList(versions.size()),
                   " ORDER BY microcredential_version, create_time, certifier, id LIMIT ?"),
      values);
}

// Those that the caller may read.
absl::Status AddShown(const Call& call, sql::Session& session, const Owners& owners,
                      AtBodies& at_bodies) {
  const std::optional<Call> reader = AsReader(call);
  if (!reader.has_value()) return absl::OkStatus();
  ASSIGN_OR_RETURN(std::vector<Submission> submissions, SubmissionsOf(session, owners));
  at_bodies.has_more = submissions.size() > kMostNames;
  if (at_bodies.has_more) submissions.pop_back();
  for (const Submission& one : submissions) {
    if (resource::CheckOwner(*reader, session, gateway::Submissions(), one).ok()) {
      at_bodies.shown[one.microcredential_version()].push_back(one);
    }
  }
  return absl::OkStatus();
}

absl::Status Read(const Call& call, sql::Session& session, const Owners& owners,
                  AtBodies& at_bodies) {
  ASSIGN_OR_RETURN(auto waiting, gateway::FirstOpen(session, owners));
  RETURN_IF_ERROR(AddShown(call, session, owners, at_bodies));
  at_bodies.waiting = std::move(waiting);
  return absl::OkStatus();
}

// Why there are no versions to ask about.
void TellNone(const Call& call, const Results& found, gateway::v1::Provenance& provenance) {
  provenance.set_agency("gateway");
  for (const char* section : {"versions", "signal_versions"}) {
    const Result& versions = found[section];
    if (versions.status.ok() ||
        versions.provenance.state() == gateway::v1::SECTION_STATE_NOT_ASKED) {
      continue;
    }
    return compose::Failed(compose::Needs(section, versions.status, call), call, provenance);
  }
  compose::Failed(Error(error::kNothingToFollow), call, provenance);
  provenance.set_state(gateway::v1::SECTION_STATE_NOT_ASKED);
}

}  // namespace

AtBodies ReadAtBodies(const Call& call, sql::Session& session, const Results& found) {
  AtBodies at_bodies;
  const Owners owners = FollowedMicrocredentials(found);
  if (owners.empty()) {
    TellNone(call, found, at_bodies.provenance);
    return at_bodies;
  }
  compose::ReadOwnStore(call, at_bodies.provenance,
                        [&] { return Read(call, session, owners, at_bodies); });
  return at_bodies;
}

}  // namespace puente::council
