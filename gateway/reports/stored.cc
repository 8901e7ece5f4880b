#include "gateway/reports/stored.h"

#include <set>
#include <utility>

#include "common/sql/row.h"
#include "common/status/macros.h"
#include "common/telemetry/log.h"
#include "gateway/reports/parts.h"
#include "gateway/reports/previous.h"
#include "puente/gateway/v1/report.pb.h"

namespace puente::gateway::reports {
namespace {

constexpr int kPartsAtOnce = 32;

constexpr sql::Query kPublished{"gateway.report.published",
                                "SELECT id, report_definition FROM report WHERE state = ?"
                                " ORDER BY publish_time DESC, id"};

absl::StatusOr<std::vector<std::string>> NewestOfEach(sql::Session& session) {
  std::vector<std::string> ids;
  std::set<std::string> definitions;
  RETURN_IF_ERROR(session.Each(kPublished, {static_cast<int>(v1::REPORT_STATE_PUBLISHED)},
                               [&](const sql::Row& row) {
                                 if (definitions.insert(row.Text(1)).second)
                                   ids.push_back(row.Text(0));
                                 return absl::OkStatus();
                               }));
  return ids;
}

// Adds a table's rows, as they were kept to be sent. RESOURCE_EXHAUSTED beyond so many bytes.
absl::Status AddRows(sql::Session& session, const std::string& id, size_t most_bytes,
                     Content& content, Table& table) {
  const Item item{id, PartKind::kRows, table.table().table()};
  for (int64_t first = 0;; first += kPartsAtOnce) {
    ASSIGN_OR_RETURN(const std::vector<std::string> parts,
                     ReadParts(session, item, first, kPartsAtOnce));
    for (const std::string& part : parts) {
      v1::ExportReportRowsResponse answer;
      if (!answer.ParseFromString(part)) return absl::DataLossError("rows that are none");
      for (api::v1::FigureRow& row : *answer.mutable_rows()) *table.add_rows() = std::move(row);
    }
    if (content.SpaceUsedLong() > most_bytes) return absl::ResourceExhaustedError("no room");
    if (std::ssize(parts) < kPartsAtOnce) return absl::OkStatus();
  }
}

// Of what was kept when it was made, not made again: what is published stays, whatever software
// reads it.
absl::StatusOr<Content> ReadContent(sql::Session& session, const std::string& id,
                                    size_t most_bytes) {
  ASSIGN_OR_RETURN(Content content, ReadHead(session, id));
  for (Table& table : *content.mutable_tables()) {
    RETURN_IF_ERROR(AddRows(session, id, most_bytes, content, table));
  }
  return content;
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
  ASSIGN_OR_RETURN(const Ids ids, NewestOfEach(session));
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
  size_t bytes = 0;
  for (const std::string& id : ids) {
    auto found = kept_.find(id);
    absl::Status status;
    if (found == kept_.end()) {
      absl::StatusOr<Content> content = ReadContent(session, id, most_bytes_ - bytes);
      status = content.status();
      if (status.ok()) {
        const size_t size = content->SpaceUsedLong();
        auto report = PublishedReport::Of(*std::move(content));
        if (!report.ok()) status = absl::DataLossError(report.status().message());
        if (report.ok()) found = kept_.emplace(id, Kept{*std::move(report), size}).first;
      }
      // The database's own troubles pass; these don't.
      if (!status.ok() && !absl::IsDataLoss(status) && !absl::IsResourceExhausted(status)) {
        return status;
      }
    } else if (found->second.bytes > most_bytes_ - bytes) {
      kept_.erase(found);
      status = absl::ResourceExhaustedError("no room");
    }
    if (!status.ok()) {
      telemetry::Log(telemetry::Severity::kError, "sdmx_report_left_out",
                     {{"report", id}, {"why", status.message()}});
      continue;
    }
    bytes += found->second.bytes;
    reports_.push_back(found->second.report);
  }
  ids_ = ids;
  return absl::OkStatus();
}

}  // namespace puente::gateway::reports
