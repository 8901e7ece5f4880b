#include "modules/education/microcredential_versions/equivalents.h"

#include <algorithm>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "common/resource/resource.h"
#include "modules/education/competence_standards/resource.h"
#include "modules/education/microcredential_versions/equivalence.h"
#include "modules/education/microcredential_versions/resource.h"

namespace puente::education {
namespace {

// Of one skill. More have a skill that tells little, such as a language.
constexpr size_t kMostOfSkill = 300;
// In all, of versions and of standards each.
constexpr size_t kMostCandidates = 1000;
// That are answered.
constexpr size_t kMostEquivalents = 50;

constexpr sql::Query kVersionsWith{
    "education.published_skill.versions",
    "SELECT microcredential, number FROM published_skill FORCE INDEX (PRIMARY)"
    " WHERE record_kind IN (?, ?) AND skill = ? AND microcredential <> ?"
    " ORDER BY record_kind, microcredential, number LIMIT ?"};
constexpr sql::Query kStandardsWith{
    "education.competence_standard_skill.standards",
    "SELECT of_id FROM competence_standard_skill FORCE INDEX (PRIMARY)"
    " WHERE element = ? ORDER BY of_id LIMIT ?"};

using Names = std::vector<std::string>;

// What may be equivalent.
struct Candidates {
  std::set<std::string> names;
  bool bounded = false;  // others may be, too
};

// Finds the first so many names of what has a skill.
using Lookup = absl::FunctionRef<absl::StatusOr<Names>(const std::string& skill, size_t most)>;

// Looks up as many skills as are needed to miss nothing, those that tell little only if there are
// not enough others.
absl::StatusOr<Candidates> Sharing(const std::set<std::string>& skills, Lookup lookup) {
  Candidates candidates;
  size_t missing = SkillsToLookUp(skills.size());
  for (const std::string& skill : skills) {
    if (missing == 0) break;
    ASSIGN_OR_RETURN(Names names, lookup(skill, kMostOfSkill + 1));
    if (names.size() <= kMostOfSkill) --missing;
    candidates.names.insert(names.begin(), names.end());
    if (candidates.names.size() >= kMostCandidates) break;
  }
  candidates.bounded = missing > 0;
  return candidates;
}

absl::StatusOr<Names> VersionsWith(sql::Session& session, const std::string& skill,
                                   const std::string& other_than, size_t most) {
  Names names;
  RETURN_IF_ERROR(session.Each(
      kVersionsWith,
      {static_cast<int>(type::v1::RECORD_KIND_REAL),
       static_cast<int>(type::v1::RECORD_KIND_GENERATED), skill, other_than, most},
      [&](const sql::Row& row) {
        names.push_back(
            MicrocredentialVersions().pattern().Format({row.Text(0), absl::StrCat(row.Int64(1))}));
        return absl::OkStatus();
      }));
  return names;
}

absl::StatusOr<Names> StandardsWith(sql::Session& session, const std::string& skill, size_t most) {
  Names names;
  RETURN_IF_ERROR(session.Each(kStandardsWith, {skill, most}, [&](const sql::Row& row) {
    names.push_back(CompetenceStandards().pattern().Format({row.Text(0)}));
    return absl::OkStatus();
  }));
  return names;
}

// Those of the candidates that are near enough.
template <class M>
absl::Status AddEquivalents(sql::Session& session, const resource::Resource<M>& resource,
                            const Candidates& candidates, const Outcomes& outcomes,
                            std::vector<v1::Equivalent>& equivalents) {
  ASSIGN_OR_RETURN(const std::vector<M> found,
                   resource::BatchGet(session, resource, candidates.names));
  for (const M& one : found) {
    const int64_t nearness = NearnessE4(outcomes, OutcomesOf(one));
    if (nearness < kEquivalentE4) continue;
    v1::Equivalent& equivalent = equivalents.emplace_back();
    equivalent.set_name(one.name());
    equivalent.set_title_es(one.title_es());
    equivalent.set_title_en(one.title_en());
    equivalent.set_record_kind(one.record_kind());
    equivalent.set_nearness_e4(nearness);
  }
  return absl::OkStatus();
}

bool Nearer(const v1::Equivalent& one, const v1::Equivalent& other) {
  return std::tuple(-one.nearness_e4(), absl::string_view(one.name())) <
         std::tuple(-other.nearness_e4(), absl::string_view(other.name()));
}

}  // namespace

absl::StatusOr<v1::Equivalents> EquivalentsOf(sql::Session& session,
                                              const v1::MicrocredentialVersion& version) {
  ASSIGN_OR_RETURN(const Names ids, MicrocredentialVersions().pattern().Parse(version.name()));
  const Outcomes outcomes = OutcomesOf(version);
  ASSIGN_OR_RETURN(const Candidates versions,
                   Sharing(outcomes.skills, [&](const std::string& skill, size_t most) {
                     return VersionsWith(session, skill, ids.front(), most);
                   }));
  ASSIGN_OR_RETURN(const Candidates standards,
                   Sharing(outcomes.skills, [&](const std::string& skill, size_t most) {
                     return StandardsWith(session, skill, most);
                   }));
  std::vector<v1::Equivalent> found;
  RETURN_IF_ERROR(AddEquivalents(session, MicrocredentialVersions(), versions, outcomes, found));
  RETURN_IF_ERROR(AddEquivalents(session, CompetenceStandards(), standards, outcomes, found));
  std::sort(found.begin(), found.end(), &Nearer);

  v1::Equivalents equivalents;
  equivalents.set_microcredential_version(version.name());
  equivalents.set_threshold_e4(kEquivalentE4);
  equivalents.set_equivalent_count(static_cast<int32_t>(found.size()));
  equivalents.set_bounded(versions.bounded || standards.bounded);
  found.resize(std::min(found.size(), kMostEquivalents));
  equivalents.mutable_equivalents()->Add(found.begin(), found.end());
  return equivalents;
}

}  // namespace puente::education
