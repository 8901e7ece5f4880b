// What each load has stored, chunk by chunk.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/context/call.h"
#include "common/journal/write.h"
#include "modules/labor/vacancy_loads/chunk.pb.h"
#include "puente/labor/v1/vacancy.pb.h"
#include "puente/labor/v1/vacancy_load.pb.h"

namespace puente::labor::store {

// Whether a load may begin, go on, or be repeated: VACANCY_LOAD_TAKEN_BACK if it was taken back
// itself, and VACANCY_LOAD_BEING_TAKEN_BACK while another of its source and kind is, be it of
// another supplier: rows of that one would be found stored, and then close.
absl::Status CheckMayLoad(sql::Session& session, const v1::VacancyLoad& load);

// Says that a chunk of a load has stored these vacancies, in the transaction that does. With its
// first chunk the load itself is stored, as it is given. VACANCY_LOAD_TAKEN_BACK.
absl::Status AddToLoad(const Call& call, journal::Transaction& tx, const v1::VacancyLoad& load,
                       int64_t chunk, const std::vector<const v1::Vacancy*>& vacancies);

// A chunk that was not taken back yet.
struct LoadedChunk {
  int64_t number = 0;
  loads::Chunk content;
};
// Any of a load, by its id; nothing if none is left.
absl::StatusOr<std::optional<LoadedChunk>> ReadChunk(sql::Session& session,
                                                     const std::string& load_id);
absl::Status ForgetChunk(journal::Transaction& tx, const std::string& load_id, int64_t chunk);

}  // namespace puente::labor::store
