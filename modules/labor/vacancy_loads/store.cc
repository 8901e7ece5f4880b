#include "modules/labor/vacancy_loads/store.h"

#include "absl/strings/strip.h"
#include "common/resource/resource.h"
#include "common/resource/standard.h"
#include "common/sql/error.h"
#include "modules/labor/errors.h"
#include "modules/labor/vacancy_loads/resource.h"

namespace puente::labor::store {
namespace {

constexpr sql::Query kAdd{"labor.load_chunk.add",
                          "INSERT INTO vacancy_load_chunk (load_id, number, content)"
                          " VALUES (?, ?, ?)"};
constexpr sql::Query kRead{"labor.load_chunk.read",
                           "SELECT number, content FROM vacancy_load_chunk WHERE load_id = ?"
                           " ORDER BY number LIMIT 1"};
constexpr sql::Query kForget{"labor.load_chunk.forget",
                             "DELETE FROM vacancy_load_chunk WHERE load_id = ? AND number = ?"};

loads::Chunk ChunkOf(const std::vector<const v1::Vacancy*>& vacancies) {
  loads::Chunk chunk;
  for (const v1::Vacancy* vacancy : vacancies) {
    loads::Chunk::Vacancy& stored = *chunk.add_vacancies();
    stored.set_id(std::string(absl::StripPrefix(vacancy->name(), "vacancies/")));
    stored.set_version(resource::standard::Version(*vacancy));
  }
  return chunk;
}

absl::StatusOr<std::vector<v1::VacancyLoad>> Find(sql::Session& session, const std::string& id) {
  return resource::Select(session, VacancyLoads(), "labor.loads.find", "WHERE id = ?", {id});
}

}  // namespace

absl::Status CheckMayLoad(sql::Session& session, const v1::VacancyLoad& load) {
  ASSIGN_OR_RETURN(const resource::Ids ids, VacancyLoads().pattern().Parse(load.name()));
  ASSIGN_OR_RETURN(const auto same, Find(session, ids.front()));
  if (!same.empty() && same.front().state() != v1::VACANCY_LOAD_STATE_LOADED) {
    return Error(error::kVacancyLoadTakenBack, "name"_is(load.name()));
  }
  ASSIGN_OR_RETURN(const auto others,
                   resource::Select(session, VacancyLoads(), "labor.loads.being_taken_back",
                                    "WHERE state = ? AND source = ? AND record_kind = ? LIMIT 1",
                                    {static_cast<int>(v1::VACANCY_LOAD_STATE_TAKING_BACK),
                                     load.source(), static_cast<int>(load.record_kind())}));
  if (others.empty()) return absl::OkStatus();
  // Without its name: it may be another's.
  return RetryableError(error::kVacancyLoadBeingTakenBack, absl::Seconds(5),
                        "source"_is(load.source()));
}

absl::Status AddToLoad(const Call& call, journal::Transaction& tx, const v1::VacancyLoad& load,
                       int64_t chunk, const std::vector<const v1::Vacancy*>& vacancies) {
  ASSIGN_OR_RETURN(const resource::Ids ids, VacancyLoads().pattern().Parse(load.name()));
  ASSIGN_OR_RETURN(const auto stored, Find(tx, ids.front()));
  const auto count = static_cast<int64_t>(vacancies.size());
  v1::VacancyLoad after = stored.empty() ? load : stored.front();
  if (after.state() != v1::VACANCY_LOAD_STATE_LOADED) {
    return Error(error::kVacancyLoadTakenBack, "name"_is(load.name()));
  }
  after.set_loaded_count(after.loaded_count() + count);
  RETURN_IF_ERROR(
      stored.empty() ? resource::Create(call, tx, VacancyLoads(), ids, after).status()
                     : resource::Replace(call, tx, VacancyLoads(), stored.front(), after).status());
  return tx.Execute(kAdd, {ids.front(), chunk, ChunkOf(vacancies).SerializeAsString()}).status();
}

absl::StatusOr<std::optional<LoadedChunk>> ReadChunk(sql::Session& session,
                                                     const std::string& load_id) {
  std::optional<LoadedChunk> chunk;
  RETURN_IF_ERROR(session.Each(kRead, {load_id}, [&](const sql::Row& row) {
    chunk.emplace().number = row.Int64(0);
    return chunk->content.ParseFromString(row.Text(1))
               ? absl::OkStatus()
               : Error(sql::error::kRowCorrupt, "column"_is("vacancy_load_chunk.content"));
  }));
  return chunk;
}

absl::Status ForgetChunk(journal::Transaction& tx, const std::string& load_id, int64_t chunk) {
  return tx.Execute(kForget, {load_id, chunk}).status();
}

}  // namespace puente::labor::store
