// The report that another is compared with: of the same definition, the one that was published last
// and stands.
#pragma once

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/journal/write.h"
#include "common/sql/session.h"
#include "gateway/reports/changes.h"
#include "gateway/reports/content.pb.h"
#include "puente/gateway/v1/report.pb.h"

namespace puente::gateway::reports {

// Its name, of "reportDefinitions/…"; empty if there is none.
absl::StatusOr<std::string> LastStanding(sql::Session& session, const std::string& definition);

// That the report says what has changed since the one that stands now, before it is approved or
// published. Until this is stored no other report of the definition is published or withdrawn: who
// does either comes here first, or to OneAtATime(). REPORT_OVERTAKEN, REPORT_PREVIOUS_WITHDRAWN.
absl::Status CheckNotOvertaken(journal::Transaction& tx, const v1::Report& report);
absl::Status OneAtATime(journal::Transaction& tx, const v1::Report& report);

// What was kept when a report was made, without rows. DATA_LOSS where that is none.
absl::StatusOr<Content> ReadHead(sql::Session& session, const std::string& id);
// Its rows; an error is put into `read` as well.
std::unique_ptr<RowSource> ReadRows(sql::Session& session, const std::string& id,
                                    const std::string& table, absl::Status& read);

}  // namespace puente::gateway::reports
