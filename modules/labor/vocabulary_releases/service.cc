#include "modules/labor/vocabulary_releases/service.h"

#include <memory>

#include "common/resource/serve.h"
#include "modules/labor/released_skills/store.h"
#include "modules/labor/vocabulary_releases/content.h"
#include "modules/labor/vocabulary_releases/load.h"
#include "modules/labor/vocabulary_releases/resource.h"
#include "modules/labor/vocabulary_releases/rules.h"
#include "puente/labor/v1/vocabulary_release.grpc.pb.h"

namespace puente::labor {
namespace {

absl::Status PreparePublished(const Call& call, journal::Transaction& tx,
                              const v1::VocabularyRelease& before, v1::VocabularyRelease& after) {
  // First, so that what is counted and digested is what is published.
  ASSIGN_OR_RETURN(const auto draft,
                   resource::GuardFirst(tx, VocabularyReleases(), before.name(), "name"));
  if (draft.framework() == rules::kOwnFramework) {
    RETURN_IF_ERROR(store::FreezeSkills(tx, draft, call.start).status());
  }
  ASSIGN_OR_RETURN(const rules::Content content, ReadContent(tx, draft));
  return rules::Fill(after, content);
}

}  // namespace

void ServeVocabularyReleases(calls::Host& host) {
  host.Serve<v1::VocabularyReleaseService>().Upload<LoadVocabulary>(host);
  resource::Serve(host, VocabularyReleases(),
                  {.check = &rules::CheckRelease,
                   .verbs = {{.verb = "PublishVocabularyRelease", .prepare = &PreparePublished}}});
}

}  // namespace puente::labor
