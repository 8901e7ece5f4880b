#include "modules/labor/vocabulary/service.h"

#include <memory>

#include "common/resource/serve.h"
#include "modules/labor/errors.h"
#include "modules/labor/rules/vocabulary.h"
#include "modules/labor/vocabulary/content.h"
#include "modules/labor/vocabulary/load.h"
#include "modules/labor/vocabulary/store.h"
#include "puente/labor/v1/occupation.grpc.pb.h"
#include "puente/labor/v1/occupation_tool.grpc.pb.h"
#include "puente/labor/v1/released_skill.grpc.pb.h"
#include "puente/labor/v1/skill.grpc.pb.h"
#include "puente/labor/v1/vocabulary_release.grpc.pb.h"

namespace puente::labor {
namespace {

absl::Status DraftRelease(const Call& call, journal::Transaction& tx,
                          const v1::VocabularyRelease* before, v1::VocabularyRelease& after) {
  if (before != nullptr) return rules::CheckDraft(*before);
  after.set_state(v1::VOCABULARY_RELEASE_STATE_DRAFT);
  return absl::OkStatus();
}

absl::StatusOr<v1::VocabularyRelease> PublishRelease(
    const Call& call, journal::Transaction& tx,
    const v1::PublishVocabularyReleaseRequest& request) {
  // Held alone, so that what is counted and digested is what is published.
  ASSIGN_OR_RETURN(const auto draft, resource::Hold<v1::VocabularyRelease>(
                                         tx, store::VocabularyReleaseSpec(), request.name(), "name",
                                         resource::Held::kAlone));
  RETURN_IF_ERROR(rules::CheckDraft(draft));
  if (draft.framework() == rules::kOwnFramework) {
    RETURN_IF_ERROR(store::FreezeSkills(tx, draft, call.start).status());
  }
  ASSIGN_OR_RETURN(const rules::Content content, ReadContent(tx, draft));
  return resource::Change<v1::VocabularyRelease>(
      call, tx, store::VocabularyReleaseSpec(), request, [&](const v1::VocabularyRelease& before) {
        return rules::Publish(before, content, call.start);
      });
}

absl::Status DraftOccupation(const Call& call, journal::Transaction& tx,
                             const v1::Occupation* before, v1::Occupation& after) {
  const NamePattern& pattern = store::OccupationSpec().options().pattern;
  ASSIGN_OR_RETURN(const auto ids, pattern.Parse(after.name()));
  // Others fill the release too, but nobody publishes it meanwhile.
  ASSIGN_OR_RETURN(const auto release,
                   resource::Hold<v1::VocabularyRelease>(tx, store::VocabularyReleaseSpec(),
                                                         pattern.Parent().Format({ids[0]}),
                                                         "parent", resource::Held::kShared));
  RETURN_IF_ERROR(rules::CheckDraft(release));
  return rules::CheckPlace(after, ids[1], release);
}

// The page of differences that a request asks for.
template <class Response, class Request>
absl::StatusOr<Response> DiffReleases(const Call& call, sql::Session& session,
                                      const Request& request, const resource::Spec& spec) {
  const resource::Spec& releases = store::VocabularyReleaseSpec();
  std::vector<std::string> names = {request.from_release(), request.to_release()};
  ASSIGN_OR_RETURN(const auto from, releases.options().pattern.Parse(names[0], "from_release"));
  ASSIGN_OR_RETURN(const auto to, releases.options().pattern.Parse(names[1], "to_release"));
  RETURN_IF_ERROR(resource::BatchGet<v1::VocabularyRelease>(session, releases, names).status());
  const std::vector<absl::string_view> binding = {call.method, call.caller.path, names[0],
                                                  names[1]};
  std::string after;
  if (!request.page_token().empty()) {
    ASSIGN_OR_RETURN(const auto cursor, resource::ParsePageToken(binding, request.page_token(), 1));
    after = cursor.front();
  }
  Response response;
  ASSIGN_OR_RETURN(const DiffPlace place,
                   Diff(session, spec, from.front(), to.front(), after,
                        resource::PageSize(request.page_size()), [&](auto* before, auto* later) {
                          auto& change = *response.add_changes();
                          if (before != nullptr) change.mutable_before()->CopyFrom(*before);
                          if (later != nullptr) change.mutable_after()->CopyFrom(*later);
                        }));
  if (!place.end) response.set_next_page_token(resource::MakePageToken(binding, {place.after}));
  return response;
}

void ServeReleases(calls::Host& host) {
  calls::Service& service = host.Serve<v1::VocabularyReleaseService>();
  service.Mutate(&PublishRelease);
  service.Upload<v1::LoadVocabularyRequest, v1::LoadVocabularyResponse>(
      [&host] { return std::make_unique<VocabularyUpload>(host); });
  resource::Serve(service, store::VocabularyReleaseSpec(),
                  resource::HooksOf<v1::VocabularyRelease>(
                      {.check = &rules::CheckRelease, .store = &DraftRelease}));
}

void ServeOccupations(calls::Host& host) {
  calls::Service& service = host.Serve<v1::OccupationService>();
  service.Read(
      [](const Call& call, sql::Session& session, const v1::DiffOccupationsRequest& request) {
        return DiffReleases<v1::DiffOccupationsResponse>(call, session, request,
                                                         store::OccupationSpec());
      });
  resource::Serve(service, store::OccupationSpec(),
                  resource::HooksOf<v1::Occupation>(
                      {.check = &rules::CheckOccupation, .store = &DraftOccupation}));
}

void ServeTools(calls::Host& host) {
  calls::Service& service = host.Serve<v1::OccupationToolService>();
  service.Read(
      [](const Call& call, sql::Session& session, const v1::DiffOccupationToolsRequest& request) {
        return DiffReleases<v1::DiffOccupationToolsResponse>(call, session, request,
                                                             store::OccupationToolSpec());
      });
  resource::Serve(service, store::OccupationToolSpec());
}

void ServeReleasedSkills(calls::Host& host) {
  calls::Service& service = host.Serve<v1::ReleasedSkillService>();
  service.Read(
      [](const Call& call, sql::Session& session, const v1::DiffReleasedSkillsRequest& request) {
        return DiffReleases<v1::DiffReleasedSkillsResponse>(call, session, request,
                                                            store::ReleasedSkillSpec());
      });
  resource::Serve(service, store::ReleasedSkillSpec());
}

}  // namespace

void ServeVocabulary(calls::Host& host) {
  resource::Serve(host.Serve<v1::SkillService>(), store::SkillSpec());
  ServeReleases(host);
  ServeOccupations(host);
  ServeTools(host);
  ServeReleasedSkills(host);
}

}  // namespace puente::labor
