#include "modules/labor/released_skills/store.h"

#include "modules/labor/vocabulary_releases/resource.h"
#include "puente/labor/v1/released_skill.pb.h"

namespace puente::labor::store {
namespace {

constexpr sql::Query kFreeze{
    "labor.released_skill.freeze",
    "INSERT INTO released_skill (vocabulary_release, id, version, skill_etag, label_es, label_en,"
    " kind, framework, code, source, record_kind, create_time, update_time)"
    " SELECT ?, id, 1, CONCAT('v', version), label_es, label_en, kind, framework, code, source,"
    " record_kind, ?, ? FROM skill WHERE record_kind = ?"};

}  // namespace

absl::StatusOr<int64_t> FreezeSkills(journal::Transaction& tx, const v1::VocabularyRelease& release,
                                     absl::Time now) {
  ASSIGN_OR_RETURN(const auto ids, VocabularyReleases().pattern().Parse(release.name()));
  return tx.Execute(kFreeze, {ids.front(), now, now, static_cast<int>(release.record_kind())});
}

}  // namespace puente::labor::store
