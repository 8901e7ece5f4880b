#include "modules/education/microcredential_versions/store.h"

#include "common/agency/counted_kinds.h"
#include "modules/education/microcredential_versions/resource.h"
#include "modules/education/outcomes.h"
#include "modules/education/program_versions/resource.h"
#include "modules/education/seat_statistics/cuts.h"
#include "modules/education/seat_statistics/store.h"

namespace puente::education::store {
namespace {

constexpr int kPublished = v1::MICROCREDENTIAL_STATE_PUBLISHED;

constexpr sql::BulkInsert kInsertSkills{
    "education.published_skill.insert",
    "INSERT INTO published_skill (record_kind, skill, microcredential, number) VALUES", 4};
constexpr sql::Query kCount{"education.version.count_published",
                            "SELECT COUNT(DISTINCT microcredential) FROM microcredential_version"
                            " FORCE INDEX (by_kind) WHERE state = ? AND record_kind = ?"};
constexpr sql::Query kSources{"education.version.sources",
                              "SELECT DISTINCT source FROM microcredential_version"
                              " FORCE INDEX (by_kind) WHERE state = ? AND record_kind = ?"
                              " ORDER BY source"};
constexpr sql::Query kTopSkills{
    "education.published_skill.top",
    "SELECT skill, COUNT(DISTINCT microcredential) AS n FROM published_skill"
    " WHERE record_kind = ? GROUP BY skill ORDER BY n DESC, skill LIMIT 10"};

}  // namespace

absl::Status InsertSkills(journal::Transaction& tx, const v1::MicrocredentialVersion& version) {
  ASSIGN_OR_RETURN(const std::vector<std::string> ids,
                   MicrocredentialVersions().pattern().Parse(version.name()));
  std::vector<sql::Value> values;
  for (const std::string& skill : SkillsOf(version)) {
    values.emplace_back(static_cast<int>(version.record_kind()));
    values.emplace_back(std::string(skill));
    values.emplace_back(ids[0]);
    values.emplace_back(ids[1]);
  }
  return values.empty() ? absl::OkStatus() : tx.InsertRows(kInsertSkills, values);
}

absl::StatusOr<v1::SupplySummary> SumUp(sql::Session& session, absl::CivilDay day) {
  v1::SupplySummary out;
  ASSIGN_OR_RETURN(const type::v1::RecordKind counted,
                   agency::CountedKind(session, MicrocredentialVersions(), day));
  out.set_record_kind(counted);
  ASSIGN_OR_RETURN(const type::v1::RecordKind program_kind,
                   agency::CountedKind(session, ProgramVersions(), day));
  out.set_program_record_kind(program_kind);
  ASSIGN_OR_RETURN(*out.mutable_seat_count(),
                   seats::SeatsIn(session, program_kind, seats::SchoolCycle(day)));
  const int kind = counted;
  ASSIGN_OR_RETURN(const int64_t count, session.Number(kCount, {kPublished, kind}));
  out.set_microcredential_count(count);
  RETURN_IF_ERROR(session.Each(kSources, {kPublished, kind}, [&](const sql::Row& row) {
    out.add_sources(row.Text(0));
    return absl::OkStatus();
  }));
  RETURN_IF_ERROR(session.Each(kTopSkills, {kind}, [&](const sql::Row& row) {
    type::v1::SkillCount* skill = out.add_top_skills();
    skill->set_skill(row.Text(0));
    skill->mutable_count()->set_value(row.Int64(1));
    return absl::OkStatus();
  }));
  return out;
}

}  // namespace puente::education::store
