// The report that another is compared with: of the same definition, the one that was published last
// and stands.
#pragma once

#include <memory>
#include <string>
#include <vector>

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
// Of each definition: the id of that one and its definition's name, the newest first.
struct Standing {
  std::string id, definition;
};
absl::StatusOr<std::vector<Standing>> AllStanding(sql::Session& session);
// That of this definition or else of the next one by name that has one; without an id if none has.
absl::StatusOr<Standing> StandingFrom(sql::Session& session, const std::string& definition);
// That of the next one.
absl::StatusOr<Standing> StandingAfter(sql::Session& session, const std::string& definition);
// The highest version that one ever had that was published, withdrawn since or not; "" without one.
absl::StatusOr<std::string> HighestVersion(sql::Session& session, const std::string& definition);

// That the report may follow the one that stands now, which it gives, without a name if there is
// none; before it is approved or published. It says what has changed since that one, rests on
// nothing older, and no other had its version. Until this is stored no other report of the
// definition is published or withdrawn: who does either comes here first, or to OneAtATime().
// REPORT_OVERTAKEN, REPORT_PREVIOUS_WITHDRAWN, REPORT_READ_EARLIER, REPORT_VERSION_TAKEN.
absl::StatusOr<v1::Report> CheckNotOvertaken(journal::Transaction& tx, const v1::Report& report);
absl::Status OneAtATime(journal::Transaction& tx, const v1::Report& report);

// What was kept when a report was made, without rows. REPORT_BROKEN where that is none.
absl::StatusOr<Content> ReadHead(sql::Session& session, const std::string& id);
// Its rows; an error is put into `read` as well.
std::unique_ptr<RowSource> ReadRows(sql::Session& session, const std::string& id,
                                    const std::string& table, absl::Status& read);

}  // namespace puente::gateway::reports
