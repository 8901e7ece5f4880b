#include "modules/labor/vocabulary/store.h"

#include "absl/strings/str_cat.h"
#include "common/resource/resource.h"
#include "common/sql/bulk.h"
#include "modules/labor/errors.h"
#include "puente/labor/v1/occupation.pb.h"
#include "puente/labor/v1/occupation_tool.pb.h"
#include "puente/labor/v1/released_skill.pb.h"
#include "puente/labor/v1/skill.pb.h"

namespace puente::labor::store {
namespace {

constexpr sql::Query kFreeze{
    "labor.released_skill.freeze",
    "INSERT INTO released_skill (vocabulary_release, id, version, skill_etag, label_es, label_en,"
    " kind, framework, code, source, record_kind, create_time, update_time)"
    " SELECT ?, id, 1, CONCAT('v', version), label_es, label_en, kind, framework, code, source,"
    " record_kind, ?, ? FROM skill WHERE record_kind = ?"};

absl::StatusOr<Terms> SelectTerms(sql::Session& session, const resource::Spec& spec,
                                  absl::string_view query, absl::string_view rest,
                                  absl::Span<const sql::Value> values) {
  Terms terms;
  RETURN_IF_ERROR(resource::internal::Select(session, spec, query, rest, values, [&] {
    return terms.emplace_back(spec.options().type.make()).get();
  }));
  return terms;
}

}  // namespace

const resource::Spec& SkillSpec() {
  using resource::FilterField;
  static const auto* spec = new resource::Spec(
      {.type = resource::TypeOf<v1::Skill>(),
       .table = "skill",
       .pattern = NamePattern("skills/{skill}"),
       .id_columns = {"id"},
       .columns = {"label_es", "label_en", "kind", "framework", "code", "source", "record_kind",
                   "create_time", "update_time"},
       .filters = {{"kind", "kind", FilterField::Kind::kEnum, v1::SkillKind_descriptor()}},
       .lists = {{{}, {{"id"}}, "PRIMARY"}, {{"kind"}, {{"id"}}, "by_kind"}},
       .not_found = error::kSkillNotFound,
       .already_exists = error::kSkillAlreadyExists,
       .revisions = true});
  return *spec;
}

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

const resource::Spec& OccupationSpec() {
  using resource::FilterField;
  static const auto* spec = new resource::Spec(
      {.type = resource::TypeOf<v1::Occupation>(),
       .table = "occupation",
       .pattern = NamePattern("vocabularyReleases/{vocabulary_release}/occupations/{occupation}"),
       .id_columns = {"vocabulary_release", "id"},
       .columns = {"code", "label_es", "label_en", "description_es", "description_en", "source",
                   "record_kind", "create_time", "update_time"},
       .filters = {{"code", "code", FilterField::Kind::kPrefix}},
       .lists = {{{}, {{"vocabulary_release"}, {"id"}}, "PRIMARY"},
                 {.fields = {"code"},
                  .order = {{"code"}, {"vocabulary_release"}, {"id"}},
                  .index = "by_code",
                  .index_within = "by_release_code"}},
       .not_found = error::kOccupationNotFound,
       .already_exists = error::kOccupationAlreadyExists,
       .revisions = true});
  return *spec;
}

const resource::Spec& OccupationToolSpec() {
  static const auto* spec = new resource::Spec(
      {.type = resource::TypeOf<v1::OccupationTool>(),
       .table = "occupation_tool",
       .pattern = NamePattern("vocabularyReleases/{vocabulary_release}/tools/{tool}"),
       .id_columns = {"vocabulary_release", "id"},
       .columns = {"occupation", "tool", "commodity_code", "commodity_title", "us_hot_technology",
                   "us_in_demand", "source", "record_kind", "create_time", "update_time"},
       .filters = {{"occupation", "occupation"},
                   {"tool", "tool"},
                   {"commodity_code", "commodity_code"}},
       .lists = {{{}, {{"vocabulary_release"}, {"id"}}, "PRIMARY"},
                 {{"occupation"}, {{"tool"}, {"vocabulary_release"}, {"id"}}, "by_occupation"},
                 {{"tool"}, {{"vocabulary_release"}, {"occupation"}, {"id"}}, "by_tool"},
                 {{"commodity_code"},
                  {{"vocabulary_release"}, {"tool"}, {"occupation"}, {"id"}},
                  "by_commodity"}},
       .not_found = error::kOccupationToolNotFound,
       .already_exists = error::kOccupationToolAlreadyExists});
  return *spec;
}

const resource::Spec& ReleasedSkillSpec() {
  using resource::FilterField;
  static const auto* spec = new resource::Spec(
      {.type = resource::TypeOf<v1::ReleasedSkill>(),
       .table = "released_skill",
       .pattern = NamePattern("vocabularyReleases/{vocabulary_release}/skills/{skill}"),
       .id_columns = {"vocabulary_release", "id"},
       .columns = {"skill_etag", "label_es", "label_en", "kind", "framework", "code", "source",
                   "record_kind", "create_time", "update_time"},
       .filters = {{"kind", "kind", FilterField::Kind::kEnum, v1::SkillKind_descriptor()}},
       .lists = {{{}, {{"vocabulary_release"}, {"id"}}, "PRIMARY"},
                 {{"kind"}, {{"vocabulary_release"}, {"id"}}, "by_kind"}},
       .not_found = error::kReleasedSkillNotFound,
       .already_exists = error::kReleasedSkillAlreadyExists});
  return *spec;
}

absl::StatusOr<Terms> ReadTerms(sql::Session& session, const resource::Spec& spec,
                                absl::string_view release, absl::string_view after, int most) {
  return SelectTerms(session, spec, "labor.vocabulary.read",
                     "WHERE vocabulary_release = ? AND id > ? ORDER BY id LIMIT ?",
                     {release, after, most});
}

absl::StatusOr<Terms> FindTerms(sql::Session& session, const resource::Spec& spec,
                                absl::string_view release, const std::vector<std::string>& ids) {
  if (ids.empty()) return Terms();
  std::vector<sql::Value> values(ids.begin(), ids.end());
  sql::PadList(values);
  values.emplace_back(release);
  return SelectTerms(
      session, spec, "labor.vocabulary.find",
      absl::StrCat("WHERE id IN ", sql::InList(ids.size()), " AND vocabulary_release = ?"), values);
}

absl::StatusOr<int64_t> FreezeSkills(journal::Transaction& tx, const v1::VocabularyRelease& release,
                                     absl::Time now) {
  ASSIGN_OR_RETURN(const auto ids, VocabularyReleaseSpec().options().pattern.Parse(release.name()));
  return tx.Execute(kFreeze, {ids.front(), now, now, static_cast<int>(release.record_kind())});
}

}  // namespace puente::labor::store
