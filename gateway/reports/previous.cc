#include "gateway/reports/previous.h"

#include <algorithm>

#include "common/context/values.h"
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
// Of each definition one row is read, by the key by_standing, however many reports it has had.
constexpr sql::Query kAllStanding{
    "gateway.report.all_standing",
    "SELECT r.id, r.report_definition FROM report_definition AS d JOIN report AS r ON r.id ="
    " (SELECT s.id FROM report AS s FORCE INDEX (by_standing) WHERE s.state = ?"
    " AND s.report_definition = CONCAT('reportDefinitions/', d.id)"
    " ORDER BY s.publish_time DESC, s.id LIMIT 1)"
    " ORDER BY r.publish_time DESC, r.id"};
// By the key by_standing: one row is read.
constexpr sql::Query kFrom{"gateway.report.standing_from",
                           "SELECT id, report_definition FROM report WHERE state = ? AND"
                           " report_definition >= ? ORDER BY report_definition,"
                           " publish_time DESC, id LIMIT 1"};
constexpr sql::Query kAfter{"gateway.report.standing_after",
                            "SELECT id, report_definition FROM report WHERE state = ? AND"
                            " report_definition > ? ORDER BY report_definition,"
                            " publish_time DESC, id LIMIT 1"};
constexpr sql::Query kVersions{"gateway.report.versions",
                               "SELECT DISTINCT report_version FROM report"
                               " WHERE report_definition = ? AND publish_time IS NOT NULL"};
constexpr sql::Query kOfVersion{"gateway.report.of_version",
                                "SELECT id FROM report WHERE report_definition = ? AND"
                                " report_version = ? AND publish_time IS NOT NULL"
                                " ORDER BY publish_time, id LIMIT 1"};

// The name of the first that a query finds, or "".
absl::StatusOr<std::string> FirstName(sql::Session& session, const sql::Query& query,
                                      absl::Span<const sql::Value> values) {
  std::string name;
  RETURN_IF_ERROR(session.Each(query, values, [&](const sql::Row& row) {
    name = Reports().pattern().Format({row.Text(0)});
    return absl::OkStatus();
  }));
  return name;
}

absl::StatusOr<Standing> FirstStanding(sql::Session& session, const sql::Query& query,
                                       const std::string& definition) {
  Standing standing;
  RETURN_IF_ERROR(session.Each(query, {static_cast<int>(v1::REPORT_STATE_PUBLISHED), definition},
                               [&](const sql::Row& row) {
                                 standing = {row.Text(0), row.Text(1)};
                                 return absl::OkStatus();
                               }));
  return standing;
}

// When the last of what it rests on was read.
absl::Time LastRead(const v1::Report& report) {
  absl::Time last = absl::InfinitePast();
  for (const v1::ReportExtract& extract : report.extracts()) {
    last = std::max(last, FromProto(extract.read_time()));
  }
  return last;
}

// That a version names one report; the one before may have it as well, if nothing has changed.
absl::Status CheckVersion(sql::Session& session, const v1::Report& report) {
  if (report.changes().level() == v1::REPORT_VERSION_LEVEL_SAME) return absl::OkStatus();
  ASSIGN_OR_RETURN(
      const std::string other,
      FirstName(session, kOfVersion, {report.report_definition(), report.report_version()}));
  if (other.empty()) return absl::OkStatus();
  return Error(error::kReportVersionTaken, "name"_is(report.name()), "other"_is(other),
               "version"_is(report.report_version()));
}

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
  return FirstName(session, kLast, {definition, static_cast<int>(v1::REPORT_STATE_PUBLISHED)});
}

absl::StatusOr<std::vector<Standing>> AllStanding(sql::Session& session) {
  std::vector<Standing> standing;
  RETURN_IF_ERROR(session.Each(kAllStanding, {static_cast<int>(v1::REPORT_STATE_PUBLISHED)},
                               [&](const sql::Row& row) {
                                 standing.push_back({row.Text(0), row.Text(1)});
                                 return absl::OkStatus();
                               }));
  return standing;
}

absl::StatusOr<Standing> StandingFrom(sql::Session& session, const std::string& definition) {
  return FirstStanding(session, kFrom, definition);
}

absl::StatusOr<Standing> StandingAfter(sql::Session& session, const std::string& definition) {
  return FirstStanding(session, kAfter, definition);
}

absl::StatusOr<std::string> HighestVersion(sql::Session& session, const std::string& definition) {
  std::string highest;
  RETURN_IF_ERROR(session.Each(kVersions, {definition}, [&](const sql::Row& row) {
    const std::string version = row.Text(0);
    if (highest.empty() || VersionPrecedes(highest, version)) highest = version;
    return absl::OkStatus();
  }));
  return highest;
}

absl::Status OneAtATime(journal::Transaction& tx, const v1::Report& report) {
  return resource::GuardFirst(tx, ReportDefinitions(), report.report_definition(),
                              "report_definition")
      .status();
}

absl::StatusOr<v1::Report> CheckNotOvertaken(journal::Transaction& tx, const v1::Report& report) {
  RETURN_IF_ERROR(OneAtATime(tx, report));
  const absl::StatusOr<std::string> name = LastStanding(tx, report.report_definition());
  RETURN_IF_ERROR(name.status());
  if (*name == report.previous()) {
    v1::Report last;
    if (!name->empty()) {
      ASSIGN_OR_RETURN(last, resource::Get(tx, Reports(), *name));
    }
    if (LastRead(report) < LastRead(last)) {
      return Error(error::kReportReadEarlier, "name"_is(report.name()), "last"_is(*name));
    }
    RETURN_IF_ERROR(CheckVersion(tx, report));
    return last;
  }
  if (!report.previous().empty()) {
    ASSIGN_OR_RETURN(const v1::Report previous,
                     resource::Get(tx, Reports(), report.previous(), "previous"));
    if (previous.state() != v1::REPORT_STATE_PUBLISHED) {
      return Error(error::kReportPreviousWithdrawn, "name"_is(report.name()),
                   "previous"_is(report.previous()));
    }
  }
  return Error(error::kReportOvertaken, "name"_is(report.name()), "last"_is(*name));
}

absl::StatusOr<Content> ReadHead(sql::Session& session, const std::string& id) {
  ASSIGN_OR_RETURN(const std::string head, ReadWhole(session, {id, PartKind::kContent, ""}));
  Content content;
  if (!content.ParseFromString(head) || content.report() != id) {
    return Error(error::kReportBroken, "name"_is(Reports().pattern().Format({id})));
  }
  return content;
}

std::unique_ptr<RowSource> ReadRows(sql::Session& session, const std::string& id,
                                    const std::string& table, absl::Status& read) {
  return std::make_unique<RowsThatWereKept>(session, id, table, read);
}

}  // namespace puente::gateway::reports
