// Skills, and the releases of the vocabulary, as they are stored.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/journal/write.h"
#include "common/resource/spec.h"
#include "common/sql/session.h"
#include "puente/labor/v1/vocabulary_release.pb.h"

namespace puente::labor::store {

// skills/{skill}
const resource::Spec& SkillSpec();
// vocabularyReleases/{vocabulary_release}
const resource::Spec& VocabularyReleaseSpec();
// vocabularyReleases/{vocabulary_release}/occupations/{occupation}
const resource::Spec& OccupationSpec();
// vocabularyReleases/{vocabulary_release}/tools/{tool}
const resource::Spec& OccupationToolSpec();
// vocabularyReleases/{vocabulary_release}/skills/{skill}
const resource::Spec& ReleasedSkillSpec();

// Terms are what a release holds: resources whose first id is the release's.
using Terms = std::vector<std::unique_ptr<google::protobuf::Message>>;
// At most `most` of them by id, those after `after`; `release` is an id.
absl::StatusOr<Terms> ReadTerms(sql::Session& session, const resource::Spec& spec,
                                absl::string_view release, absl::string_view after, int most);
// Those of `ids` that are stored.
absl::StatusOr<Terms> FindTerms(sql::Session& session, const resource::Spec& spec,
                                absl::string_view release, const std::vector<std::string>& ids);

// Copies the living skills of a kind into a release. How many there were.
absl::StatusOr<int64_t> FreezeSkills(journal::Transaction& tx, const v1::VocabularyRelease& release,
                                     absl::Time now);

}  // namespace puente::labor::store
