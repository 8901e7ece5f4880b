#include "gateway/reports/previous.h"

#include "common/resource/resource.h"
#include "common/sql/row.h"
#include "common/status/macros.h"
#include "gateway/errors.h"
#include "gateway/report_definitions/resource.h"
#include "gateway/reports/kept_rows.h"
#include "gateway/reports/parts.h"
#include "gateway/reports/resource.h"

namespace puente::gateway::reports {
namespace {

constexpr sql::Query kLast{"gateway.report.last",
                           "SELECT id FROM report WHERE report_definition = ? AND state = ?"
                           " ORDER BY publish_time DESC, id LIMIT 1"};

class RowsThatWereKept final : public RowSource {
 public:
  RowsThatWereKept(sql::Session& session, const std::string& id, const std::string& table,
                   absl::Status& read)
      : rows_(session, id, table), read_(read) {}
  absl::StatusOr<const api::v1::FigureRow*> Next() override {
    absl::StatusOr<const api::v1::FigureRow*> row = rows_.Next();
    read_.Update(row.status());
    return row;
  }

 private:
  KeptRows rows_;
  absl::Status& read_;
};

}  // namespace

absl::StatusOr<std::string> LastStanding(sql::Session& session, const std::string& definition) {
  std::string name;
  RETURN_IF_ERROR(session.Each(kLast, {definition, static_cast<int>(v1::REPORT_STATE_PUBLISHED)},
                               [&](const sql::Row& row) {
                                 name = Reports().pattern().Format({row.Text(0)});
                                 return absl::OkStatus();
                               }));
  return name;
}

absl::Status OneAtATime(journal::Transaction& tx, const v1::Report& report) {
  return resource::GuardFirst(tx, ReportDefinitions(), report.report_definition(),
                              "report_definition")
      .status();
}

absl::Status CheckNotOvertaken(journal::Transaction& tx, const v1::Report& report) {
  RETURN_IF_ERROR(OneAtATime(tx, report));
  const absl::StatusOr<std::string> last = LastStanding(tx, report.report_definition());
  RETURN_IF_ERROR(last.status());
  if (*last == report.previous()) return absl::OkStatus();
  if (!report.previous().empty()) {
    ASSIGN_OR_RETURN(const v1::Report previous,
                     resource::Get(tx, Reports(), report.previous(), "previous"));
    if (previous.state() != v1::REPORT_STATE_PUBLISHED) {
      return Error(error::kReportPreviousWithdrawn, "name"_is(report.name()),
                   "previous"_is(report.previous()));
    }
  }
  return Error(error::kReportOvertaken, "name"_is(report.name()), "last"_is(*last));
}

absl::StatusOr<Content> ReadHead(sql::Session& session, const std::string& id) {
  ASSIGN_OR_RETURN(const std::string head, ReadWhole(session, {id, PartKind::kContent, ""}));
  Content content;
  if (!content.ParseFromString(head) || content.report() != id) {
    return absl::DataLossError("content that is none");
  }
  return content;
}

std::unique_ptr<RowSource> ReadRows(sql::Session& session, const std::string& id,
                                    const std::string& table, absl::Status& read) {
  return std::make_unique<RowsThatWereKept>(session, id, table, read);
}

}  // namespace puente::gateway::reports
