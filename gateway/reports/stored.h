// What the SDMX endpoint serves: the published reports of the gateway's database.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "common/sql/session.h"
#include "gateway/reports/rest/published.h"

namespace puente::gateway::reports {

// Of each definition the report that was published last, and still stands. Which these are is asked
// of the database for each question, so that nobody is served what was withdrawn, by whichever
// process; what they say is read once.
class StoredReports : public Catalogue {
 public:
  // Rows in memory have so many bytes at most. Of reports whose rows have no room, the oldest, the
  // structures are served and no data, which is logged.
  explicit StoredReports(sql::Target database, size_t most_bytes = 64 << 20);

  absl::StatusOr<PublishedReports> Published() override;

 private:
  struct Kept {
    std::shared_ptr<const PublishedReport> report;
    size_t bytes;
  };
  using Ids = std::vector<std::string>;

  // A connection is used by one thread at a time; there are as many as threads that ask.
  std::unique_ptr<sql::Session> Take();
  void GiveBack(std::unique_ptr<sql::Session> session);
  absl::StatusOr<PublishedReports> Read(sql::Session& session);
  absl::Status Keep(sql::Session& session, const Ids& ids) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const sql::Target database_;
  const size_t most_bytes_;
  absl::Mutex sessions_mutex_;
  std::vector<std::unique_ptr<sql::Session>> sessions_ ABSL_GUARDED_BY(sessions_mutex_);
  absl::Mutex mutex_;
  Ids ids_ ABSL_GUARDED_BY(mutex_);  // of which the following are
  std::map<std::string, Kept> kept_ ABSL_GUARDED_BY(mutex_);
  PublishedReports reports_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace puente::gateway::reports
