#include "modules/labor/vocabulary_releases/rules.h"

#include "absl/strings/str_cat.h"
#include "common/context/values.h"
#include "common/status/macros.h"
#include "modules/labor/errors.h"

namespace puente::labor::rules {

std::vector<Violation> CheckRelease(const v1::VocabularyRelease& release, const std::string& path) {
  if (release.coverage() != v1::VOCABULARY_COVERAGE_PARTIAL || !release.coverage_note().empty()) {
    return {};
  }
  return {{absl::StrCat(path, ".coverage_note"),
           "REQUIRED_IF_PARTIAL",
           "Diga qué falta o qué no se comprobó.",
           "Say what is missing or unchecked.",
           {absl::StrCat(path, ".coverage")}}};
}

absl::Status CheckDraft(const v1::VocabularyRelease& release) {
  if (release.state() == v1::VOCABULARY_RELEASE_STATE_DRAFT) return absl::OkStatus();
  return Error(
      error::kVocabularyReleaseNotDraft,
      {{"name", release.name()}, {"state", v1::VocabularyReleaseState_Name(release.state())}});
}

absl::StatusOr<v1::VocabularyRelease> Publish(const v1::VocabularyRelease& draft,
                                              const Content& content, absl::Time now) {
  RETURN_IF_ERROR(CheckDraft(draft));
  if (content.occupations + content.skills == 0) {
    return Error(error::kVocabularyReleaseEmpty, {{"name", draft.name()}});
  }
  v1::VocabularyRelease after = draft;
  after.set_state(v1::VOCABULARY_RELEASE_STATE_PUBLISHED);
  after.set_occupation_count(content.occupations);
  after.set_tool_count(content.tools);
  after.set_skill_count(content.skills);
  after.set_content_digest(content.digest);
  *after.mutable_publish_time() = ToProto(now);
  return after;
}

}  // namespace puente::labor::rules
