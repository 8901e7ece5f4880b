#include "modules/labor/vocabulary_releases/resource.h"

#include "modules/labor/errors.h"

namespace puente::labor {

const resource::Resource<v1::VocabularyRelease>& VocabularyReleases() {
  static const resource::Resource<v1::VocabularyRelease> releases({
      .table = "vocabulary_release",
      .lists = {{.by = {"framework"}, .order = {"create_time desc"}, .index = "by_framework"},
                {.by = {"framework", "state"},
                 .order = {"create_time desc"},
                 .index = "by_framework_state"}},
      .guarded = true,
      .states = {{.verb = "CreateVocabularyRelease", .to = v1::VOCABULARY_RELEASE_STATE_DRAFT},
                 {.verb = "UpdateVocabularyRelease", .from = {v1::VOCABULARY_RELEASE_STATE_DRAFT}},
                 {.verb = "PublishVocabularyRelease",
                  .from = {v1::VOCABULARY_RELEASE_STATE_DRAFT},
                  .to = v1::VOCABULARY_RELEASE_STATE_PUBLISHED}},
      .refusal = &error::kVocabularyReleaseNotDraft,
  });
  return releases;
}

absl::Status CheckDraft(const Call& call, const v1::VocabularyRelease& release) {
  if (release.state() == v1::VOCABULARY_RELEASE_STATE_DRAFT) return absl::OkStatus();
  return resource::StateWrong(VocabularyReleases(), VocabularyReleases().refusal(), call.verb(),
                              release, {v1::VOCABULARY_RELEASE_STATE_DRAFT});
}

}  // namespace puente::labor
