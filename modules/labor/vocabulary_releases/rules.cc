#include "modules/labor/vocabulary_releases/rules.h"

#include "absl/strings/str_cat.h"
#include "modules/labor/errors.h"

namespace puente::labor::rules {

std::vector<Violation> CheckRelease(const v1::VocabularyRelease& release, const std::string& path) {
  if (release.coverage() != v1::VOCABULARY_COVERAGE_PARTIAL || !release.coverage_note().empty()) {
    return {};
  }
  return {Against(rule::kRequiredIfPartial)
              .At(absl::StrCat(path, ".coverage_note"))
              .Reading({absl::StrCat(path, ".coverage")})};
}

absl::Status Fill(v1::VocabularyRelease& published, const Content& content) {
  if (content.occupations + content.skills == 0) {
    return Error(error::kVocabularyReleaseEmpty, "name"_is(published.name()));
  }
  published.set_occupation_count(content.occupations);
  published.set_tool_count(content.tools);
  published.set_skill_count(content.skills);
  published.set_content_digest(content.digest);
  return absl::OkStatus();
}

}  // namespace puente::labor::rules
