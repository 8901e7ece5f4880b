// Where extracts and their files are kept: the tables figure_extract and figure_extract_chunk.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "common/journal/write.h"
#include "common/sql/migrate.h"
#include "common/sql/session.h"
#include "puente/api/v1/figure_extract.pb.h"

namespace puente::extracts {

// The tables that extracts need, then the module's own.
std::vector<sql::Migration> WithExtracts(const std::vector<sql::Migration>& own);

namespace store {

// Nothing if there is none of this id.
absl::StatusOr<std::optional<api::v1::FigureExtract>> Find(sql::Session& session,
                                                           const std::string& id);
// Stores one that is not there yet; if another was faster the mutation runs again. Says so to the
// journal.
absl::Status Add(journal::Transaction& tx, const std::string& id,
                 const api::v1::FigureExtract& extract);

// Begins a file anew: what attempts before have left is gone, and they can store nothing more.
absl::Status Begin(journal::Transaction& tx, const std::string& id, int64_t attempt);
// Of every chunk but the last, which may be shorter.
inline constexpr int64_t kChunkBytes = 256 << 10;
// The next one, `part` from 0 on. ABORTED if the file was begun anew since.
absl::Status AddChunk(journal::Transaction& tx, const std::string& id, int64_t attempt, int part,
                      absl::string_view content);
// Makes an extract READY, or FAILED; the same errors. Says so to the journal.
absl::Status Finish(journal::Transaction& tx, const std::string& id, int64_t attempt,
                    const api::v1::FigureExtract& extract);

// The oldest READY one that was asked for before `before`, and the oldest of all, "" without one.
absl::StatusOr<std::string> OldestReady(sql::Session& session, absl::Time before);
absl::StatusOr<std::string> Oldest(sql::Session& session, absl::Time before);
// Makes a READY one GONE, without its file. Says so to the journal.
absl::Status ForgetFile(journal::Transaction& tx, const std::string& id);
// Takes one away. Says so to the journal.
absl::Status Forget(journal::Transaction& tx, const std::string& id);

// What a file has from this byte on, to the end of a chunk; "" at its end.
absl::StatusOr<std::string> ReadContent(sql::Session& session, const std::string& id,
                                        int64_t offset);

}  // namespace store
}  // namespace puente::extracts
