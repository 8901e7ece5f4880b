#include "modules/labor/vocabulary_releases/service.h"

#include <memory>

#include "common/resource/serve.h"
#include "modules/labor/released_skills/store.h"
#include "modules/labor/vocabulary_releases/content.h"
#include "modules/labor/vocabulary_releases/load.h"
#include "modules/labor/vocabulary_releases/rules.h"
#include "modules/labor/vocabulary_releases/store.h"
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

}  // namespace

void ServeVocabularyReleases(calls::Host& host) {
  calls::Service& service = host.Serve<v1::VocabularyReleaseService>();
  service.Mutate(&PublishRelease);
  service.Upload<v1::LoadVocabularyRequest, v1::LoadVocabularyResponse>(
      [&host] { return std::make_unique<VocabularyUpload>(host); });
  resource::Serve(service, store::VocabularyReleaseSpec(),
                  resource::HooksOf<v1::VocabularyRelease>(
                      {.check = &rules::CheckRelease, .store = &DraftRelease}));
}

}  // namespace puente::labor
