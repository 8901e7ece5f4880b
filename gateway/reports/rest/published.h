// Reports that anybody may read, as the SDMX endpoint finds them.
#pragma once

#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "gateway/reports/files/view.h"

namespace puente::gateway::reports {

// One version of a report. It never changes.
class PublishedReport {
 public:
  static absl::StatusOr<std::shared_ptr<const PublishedReport>> Of(Told told);
  // One whose rows have no room: its structures can be told, and no data.
  static absl::StatusOr<std::shared_ptr<const PublishedReport>> WithoutRows(Content content);

  const View& view() const { return *view_; }
  bool has_rows() const { return has_rows_; }

 private:
  PublishedReport(Told told, bool has_rows) : told_(std::move(told)), has_rows_(has_rows) {}
  static absl::StatusOr<std::shared_ptr<const PublishedReport>> Make(Told told, bool has_rows);

  const Told told_;
  const bool has_rows_;
  std::optional<View> view_;  // of told_
};

using PublishedReports = std::vector<std::shared_ptr<const PublishedReport>>;

class Catalogue {
 public:
  virtual ~Catalogue() = default;
  // All that is published, the newest first: where two have a table or a code list of one id, the
  // first is the latest. Called for each question, by several threads. An error if it can't be read
  // for now, of which callers learn nothing more.
  virtual absl::StatusOr<PublishedReports> Published() = 0;
};

}  // namespace puente::gateway::reports
