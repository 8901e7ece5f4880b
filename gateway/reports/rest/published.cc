#include "gateway/reports/rest/published.h"

#include "common/status/macros.h"

namespace puente::gateway::reports {

absl::StatusOr<std::shared_ptr<const PublishedReport>> PublishedReport::Of(Content content) {
  std::shared_ptr<PublishedReport> report(new PublishedReport(std::move(content)));
  ASSIGN_OR_RETURN(report->view_, View::Of(report->content_));
  return report;
}

}  // namespace puente::gateway::reports
