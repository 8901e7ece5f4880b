#include "modules/labor/vocabulary_releases/store.h"

#include "modules/labor/errors.h"
#include "puente/labor/v1/vocabulary_release.pb.h"

namespace puente::labor::store {

const resource::Spec& VocabularyReleaseSpec() {
  using resource::FilterField;
  static const std::vector<resource::OrderColumn> newest = {{"create_time", true}, {"id", true}};
  static const auto* spec =
      new resource::Spec({.type = resource::TypeOf<v1::VocabularyRelease>(),
                          .table = "vocabulary_release",
                          .pattern = NamePattern("vocabularyReleases/{vocabulary_release}"),
                          .id_columns = {"id"},
                          .columns = {"state", "framework", "version_label", "origin", "licence",
                                      "coverage", "coverage_note", "occupation_count", "tool_count",
                                      "skill_count", "content_digest", "publish_time", "source",
                                      "record_kind", "create_time", "update_time"},
                          .filters = {{"framework", "framework"},
                                      {"state", "state", FilterField::Kind::kEnum,
                                       v1::VocabularyReleaseState_descriptor()}},
                          .lists = {{{}, {{"id"}}, "PRIMARY"},
                                    {{"framework"}, newest, "by_framework"},
                                    {{"framework", "state"}, newest, "by_framework_state"}},
                          .not_found = error::kVocabularyReleaseNotFound,
                          .already_exists = error::kVocabularyReleaseAlreadyExists,
                          .revisions = true});
  return *spec;
}

}  // namespace puente::labor::store
