#include "modules/education/causes/service.h"

#include <algorithm>

#include "absl/algorithm/container.h"
#include "absl/strings/match.h"
#include "common/calls/service.h"
#include "common/fields/rules.h"
#include "common/resource/page.h"
#include "common/resource/resource.h"
#include "common/resource/states.h"
#include "modules/education/causes/store.h"
#include "modules/education/microcredential_versions/resource.h"
#include "modules/education/program_versions/resource.h"
#include "puente/api/v1/options.pb.h"
#include "puente/education/v1/cause.grpc.pb.h"

namespace puente::education {
namespace {

// Calls `change` with the resources of which the name is one, and the state in which they are
// published.
template <class Change>
absl::Status OfItsKind(absl::string_view version, const Change& change) {
  return absl::StartsWith(version, "programs/")
             ? change(ProgramVersions(), v1::PROGRAM_STATE_PUBLISHED)
             : change(MicrocredentialVersions(), v1::MICROCREDENTIAL_STATE_PUBLISHED);
}

// A version never names more than the contract has room for, whoever adds them.
absl::Status CheckRoom(const v1::Causes& causes) {
  const auto* field =
      v1::Causes::descriptor()->FindFieldByNumber(v1::Causes::kProposalsFieldNumber);
  const int most = field->options().GetExtension(api::v1::rules).max_items();
  if (causes.proposals_size() < most) return absl::OkStatus();
  return InvalidFields({Against(puente::rule::kTooMany, "most"_is(most)).At("version")});
}

template <class Version>
absl::Status Name(const Call& call, journal::Transaction& tx,
                  const resource::Resource<Version>& versions, int published,
                  const v1::NameCauseRequest& request) {
  ASSIGN_OR_RETURN(const Version before, resource::Get(tx, versions, request.version(), "version"));
  if (before.state() != published) {
    // A draft's causes are its author's to say, and to take back.
    return resource::StateWrong(versions, versions.state_wrong(), call.verb(), before, {published});
  }
  if (absl::c_linear_search(before.causes().proposals(), request.proposal())) {
    return absl::OkStatus();
  }
  RETURN_IF_ERROR(CheckRoom(before.causes()));
  RETURN_IF_ERROR(store::AddCause(tx, request.version(), request.proposal(), request.act()));
  Version after = before;
  after.mutable_causes()->add_proposals(request.proposal());
  return resource::Replace(call, tx, versions, before, std::move(after)).status();
}

template <class Version>
absl::Status Forget(const Call& call, journal::Transaction& tx,
                    const resource::Resource<Version>& versions,
                    const v1::ForgetCauseRequest& request) {
  ASSIGN_OR_RETURN(const bool removed,
                   store::RemoveCause(tx, request.version(), request.proposal(), request.act()));
  if (!removed) return absl::OkStatus();
  ASSIGN_OR_RETURN(const Version before, resource::Get(tx, versions, request.version(), "version"));
  Version after = before;
  auto& proposals = *after.mutable_causes()->mutable_proposals();
  proposals.erase(std::remove(proposals.begin(), proposals.end(), request.proposal()),
                  proposals.end());
  if (after.causes().ByteSizeLong() == 0) after.clear_causes();  // as if it had never named one
  return resource::Replace(call, tx, versions, before, std::move(after)).status();
}

absl::StatusOr<v1::NameCauseResponse> NameCause(const Call& call, journal::Transaction& tx,
                                                const v1::NameCauseRequest& request) {
  RETURN_IF_ERROR(OfItsKind(request.version(), [&](const auto& versions, int published) {
    return Name(call, tx, versions, published, request);
  }));
  return v1::NameCauseResponse();
}

absl::StatusOr<v1::ForgetCauseResponse> ForgetCause(const Call& call, journal::Transaction& tx,
                                                    const v1::ForgetCauseRequest& request) {
  RETURN_IF_ERROR(OfItsKind(request.version(), [&](const auto& versions, int) {
    return Forget(call, tx, versions, request);
  }));
  return v1::ForgetCauseResponse();
}

absl::StatusOr<v1::ListVersionsByCauseResponse> ListVersionsByCause(
    const Call& call, sql::Session& session, const v1::ListVersionsByCauseRequest& request) {
  const std::vector<absl::string_view> binding = {call.method, call.caller.path, request.cause()};
  store::CauseCursor after;
  if (!request.page_token().empty()) {
    ASSIGN_OR_RETURN(
        after, resource::ParsePageToken(binding, request.page_token(), store::kCauseCursorColumns));
  }
  ASSIGN_OR_RETURN(const store::CausedVersions found,
                   store::VersionsByCause(session, request.cause(), after,
                                          resource::PageSize(request.page_size())));
  v1::ListVersionsByCauseResponse response;
  response.mutable_versions()->Assign(found.versions.begin(), found.versions.end());
  if (!found.end.empty()) {
    response.set_next_page_token(resource::MakePageToken(binding, found.end));
  }
  return response;
}

absl::StatusOr<v1::FollowCausesResponse> FollowCauses(const Call&, sql::Session& session,
                                                      const v1::FollowCausesRequest& request) {
  return store::FollowCauses(session, {request.causes().begin(), request.causes().end()});
}

}  // namespace

void ServeCauses(calls::Host& host) {
  calls::Service& causes = host.Serve<v1::CauseService>();
  causes.Mutate<&NameCause>();
  causes.Mutate<&ForgetCause>();
  causes.Read<&ListVersionsByCause>();
  causes.Read<&FollowCauses>();
}

}  // namespace puente::education
