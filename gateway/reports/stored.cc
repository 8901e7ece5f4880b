#include "gateway/reports/stored.h"

#include <algorithm>
#include <set>
#include <utility>

#include "common/status/macros.h"
#include "common/telemetry/log.h"
#include "gateway/reports/files/errors.h"
#include "gateway/reports/kept_rows.h"
#include "gateway/reports/parts.h"
#include "gateway/reports/previous.h"

namespace puente::gateway::reports {
namespace {

// After so many rows is asked how much room they take, which is added up anew each time.
constexpr size_t kRowsBetweenLooks = 4096;

// Adds a table's rows, as they were kept to be sent. RESOURCE_EXHAUSTED beyond so many bytes.
absl::Status AddRows(sql::Session& session, const std::string& id, const std::string& table,
                     size_t most_bytes, Rows& rows) {
  KeptRows kept(session, id, table);
  for (;;) {
    ASSIGN_OR_RETURN(const api::v1::FigureRow* const row, kept.Next());
    if (row == nullptr) break;
    const bool fits = row->codes_size() == static_cast<int>(rows.dimensions()) &&
                      row->figures_size() == static_cast<int>(rows.measures());
    if (!fits || !rows.Add(*row)) return absl::DataLossError("rows that are none");
    if (rows.size() % kRowsBetweenLooks == 0 && rows.SpaceUsed() > most_bytes) break;
  }
  if (rows.SpaceUsed() > most_bytes) return absl::ResourceExhaustedError("no room");
  rows.Sort();
  return absl::OkStatus();
}

// Of what was kept when it was made, not made again: what is published stays, whatever software
// reads it. With its rows, if they have room.
absl::StatusOr<std::shared_ptr<const PublishedReport>> ReadReport(sql::Session& session,
                                                                  const std::string& id,
                                                                  size_t most_bytes,
                                                                  size_t& bytes) {
  Told told;
  ASSIGN_OR_RETURN(told.content, ReadHead(session, id));
  bytes = told.content.SpaceUsedLong();
  const size_t without_rows = bytes;
  for (const Table& table : told.content.tables()) {
    Rows& rows = told.rows.emplace_back(NoRows(table));
    const absl::Status read =
        AddRows(session, id, table.table().table(), most_bytes - std::min(bytes, most_bytes), rows);
    if (absl::IsResourceExhausted(read)) {
      telemetry::Log(telemetry::Severity::kWarning, "sdmx_report_without_rows", {{"report", id}});
      bytes = without_rows;
      return PublishedReport::WithoutRows(std::move(told.content));
    }
    RETURN_IF_ERROR(read);
    bytes += rows.SpaceUsed();
  }
  return PublishedReport::Of(std::move(told));
}

}  // namespace

StoredReports::StoredReports(sql::Target database, size_t most_bytes)
    : database_(std::move(database)), most_bytes_(most_bytes) {}

absl::StatusOr<PublishedReports> StoredReports::Published() {
  std::unique_ptr<sql::Session> session = Take();
  absl::StatusOr<PublishedReports> reports = Read(*session);
  GiveBack(std::move(session));
  if (!reports.ok()) {
    telemetry::Log(telemetry::Severity::kWarning, "sdmx_unavailable",
                   {{"why", reports.status().message()}});
  }
  return reports;
}

std::unique_ptr<sql::Session> StoredReports::Take() {
  absl::MutexLock lock(&sessions_mutex_);
  if (sessions_.empty()) return std::make_unique<sql::Session>(database_);
  std::unique_ptr<sql::Session> session = std::move(sessions_.back());
  sessions_.pop_back();
  return session;
}

void StoredReports::GiveBack(std::unique_ptr<sql::Session> session) {
  absl::MutexLock lock(&sessions_mutex_);
  sessions_.push_back(std::move(session));
}

absl::StatusOr<PublishedReports> StoredReports::Read(sql::Session& session) {
  ASSIGN_OR_RETURN(const std::vector<Standing> standing, AllStanding(session));
  Ids ids;
  for (const Standing& one : standing) ids.push_back(one.id);
  absl::MutexLock lock(&mutex_);
  // Who comes meanwhile waits for what he needs as well.
  if (ids != ids_) RETURN_IF_ERROR(Keep(session, ids));
  return reports_;
}

absl::Status StoredReports::Keep(sql::Session& session, const Ids& ids) {
  ids_.clear();
  reports_.clear();
  const std::set<std::string> wanted(ids.begin(), ids.end());
  std::erase_if(kept_, [&](const auto& one) { return !wanted.contains(one.first); });
  // Those without rows may have room now.
  std::erase_if(kept_, [](const auto& one) { return !one.second.report->has_rows(); });
  size_t bytes = 0;
  for (const std::string& id : ids) {
    const size_t room = most_bytes_ - std::min(bytes, most_bytes_);
    auto found = kept_.find(id);
    if (found != kept_.end() && found->second.bytes > room) {
      kept_.erase(found);
      found = kept_.end();
    }
    if (found == kept_.end()) {
      size_t size = 0;
      const auto report = ReadReport(session, id, room, size);
      if (!report.ok()) {
        // The database's own troubles pass; these don't.
        const bool lasts = absl::IsDataLoss(report.status()) ||
                           Reason(report.status()) == error::kReportContentWrong.reason;
        if (!lasts) return report.status();
        telemetry::Log(telemetry::Severity::kError, "sdmx_report_left_out",
                       {{"report", id}, {"why", report.status().message()}});
        continue;
      }
      found = kept_.emplace(id, Kept{*report, size}).first;
    }
    bytes += found->second.bytes;
    reports_.push_back(found->second.report);
  }
  ids_ = ids;
  return absl::OkStatus();
}

}  // namespace puente::gateway::reports
