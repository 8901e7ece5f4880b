#include "gateway/reports/rest/published.h"

#include "common/status/macros.h"

namespace puente::gateway::reports {

using Report = std::shared_ptr<const PublishedReport>;

absl::StatusOr<Report> PublishedReport::Of(Told told) { return Make(std::move(told), true); }

absl::StatusOr<Report> PublishedReport::WithoutRows(Content content) {
  Told told;
  for (const Table& table : content.tables()) told.rows.push_back(NoRows(table));
  told.content = std::move(content);
  return Make(std::move(told), false);
}

absl::StatusOr<Report> PublishedReport::Make(Told told, bool has_rows) {
  std::shared_ptr<PublishedReport> report(new PublishedReport(std::move(told), has_rows));
  ASSIGN_OR_RETURN(report->view_, View::Of(report->told_));
  return report;
}

}  // namespace puente::gateway::reports
