#include "gateway/reports/service.h"

#include <map>
#include <optional>

#include "absl/algorithm/container.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/calls/service.h"
#include "common/context/values.h"
#include "common/crypto/digest.h"
#include "common/due/pace.h"
#include "common/due/task.h"
#include "common/resource/filter.h"
#include "common/resource/serve.h"
#include "common/status/macros.h"
#include "common/workers/errors.h"
#include "gateway/errors.h"
#include "gateway/report_definitions/resource.h"
#include "gateway/reports/catalogue.h"
#include "gateway/reports/export.h"
#include "gateway/reports/make.h"
#include "gateway/reports/parts.h"
#include "gateway/reports/previous.h"
#include "gateway/reports/resource.h"
#include "gateway/reports/runner.h"
#include "gateway/reports/snapshot.h"
#include "puente/gateway/v1/report.grpc.pb.h"

namespace puente::gateway {
namespace {

using reports::PartKind;

// The same of the same report and agency, so that asking again asks for the same extract. In the
// form of version 4, which the contract wants.
std::string ExtractId(const std::string& report, const std::string& agency) {
  std::string id = crypto::UuidOf(crypto::TaggedSha256("report extract", {report, agency}));
  id[14] = '4';
  return id;
}

// Extracts that are to be asked for.
void Want(const reports::Needed& needed, v1::Report& report) {
  for (const auto& [agency, tables] : needed) {
    v1::ReportExtract& extract = *report.add_extracts();
    extract.set_agency(agency);
    extract.set_state(v1::REPORT_EXTRACT_STATE_WANTED);
    extract.set_figure_extract("figureExtracts/" + ExtractId(report.name(), agency));
    extract.mutable_tables()->Assign(tables.begin(), tables.end());
  }
}

absl::Status AskForReport(const Call& call, journal::Transaction& tx, const v1::Report*,
                          v1::Report& report) {
  ASSIGN_OR_RETURN(const v1::ReportDefinition definition,
                   resource::Get(tx, ReportDefinitions(), report.report_definition(),
                                 "report.report_definition"));
  report.set_definition_version(definition.definition_version());
  report.set_title_es(definition.title_es());
  report.set_title_en(definition.title_en());
  report.set_maker(call.caller.path);
  report.set_maker_actor(call.actor);
  reports::Needed needed;
  for (const v1::ReportTable& table : definition.tables()) {
    for (const auto& source : table.sources()) needed[source.agency()].insert(source.table());
  }
  for (const v1::ReportNames& names : definition.names()) {
    needed[names.agency()].insert(names.table());
  }
  if (report.snapshot_of().empty()) {
    Want(needed, report);
  } else {
    RETURN_IF_ERROR(reports::ShareSnapshot(tx, needed, report));
  }
  const std::string kept = crypto::Canonical(definition);
  RETURN_IF_ERROR(
      reports::AddParts(tx, {ReportId(report.name()), PartKind::kDefinition, ""}, 0, {kept}));
  return due::Schedule(tx, {kRunReport, ReportId(report.name()), "", absl::InfinitePast()});
}

absl::Status CancelReport(const Call&, journal::Transaction& tx, const v1::Report& before,
                          v1::Report& after) {
  for (v1::ReportExtract& extract : *after.mutable_extracts()) extract.clear_kept_byte_count();
  for (const char* kind : {kRunReport, kDraftReport}) {
    RETURN_IF_ERROR(due::Cancel(tx, kind, ReportId(before.name())));
  }
  return absl::OkStatus();
}

// Once it is cancelled: who makes its files writes its row first.
absl::Status DeleteCancelled(const Call&, journal::Transaction& tx, const v1::Report& after) {
  return EndParts(tx, ReportId(after.name()));
}

absl::Status ApproveReport(const Call& call, journal::Transaction& tx, const v1::Report& before,
                           v1::Report& after) {
  if (before.maker() == call.caller.path && before.maker_actor() == call.actor) {
    return Error(error::kSameMaker, "name"_is(before.name()), "actor"_is(call.actor));
  }
  RETURN_IF_ERROR(reports::CheckNotOvertaken(tx, before).status());
  after.set_approver(call.caller.path);
  after.set_approver_actor(call.actor);
  return absl::OkStatus();
}

absl::Status PublishReport(const Call& call, journal::Transaction& tx, const v1::Report& before,
                           v1::Report& after) {
  const absl::Time from = FromProto(before.embargo_time());
  if (before.has_embargo_time() && call.start < from) {
    return Error(error::kUnderEmbargo, "name"_is(before.name()),
                 "time"_is(absl::FormatTime(absl::RFC3339_sec, from, absl::UTCTimeZone())));
  }
  ASSIGN_OR_RETURN(const v1::Report last, reports::CheckNotOvertaken(tx, before));
  RETURN_IF_ERROR(reports::CheckSnapshotStands(tx, before));
  // By these times the last one is known, whichever host's clock is ahead.
  const absl::Time earliest = FromProto(last.publish_time()) + absl::Microseconds(1);
  if (FromProto(after.publish_time()) < earliest) {
    *after.mutable_publish_time() = ToProto(earliest);
  }
  return absl::OkStatus();
}

absl::Status WithdrawReport(const Call&, journal::Transaction& tx, const v1::Report& before,
                            v1::Report&) {
  return reports::OneAtATime(tx, before);
}

absl::Status CheckSeen(const Call& call, const v1::Report& report, absl::string_view field) {
  return MaySee(call, report) ? absl::OkStatus() : Reports().NotFound(report.name(), field);
}

absl::StatusOr<v1::Report> GetReport(const Call& call, sql::Session& session,
                                     const v1::GetReportRequest& request) {
  ASSIGN_OR_RETURN(v1::Report report, resource::Get(session, Reports(), request.name()));
  RETURN_IF_ERROR(CheckSeen(call, report, "name"));
  return report;
}

absl::StatusOr<v1::BatchGetReportsResponse> BatchGetReports(
    const Call& call, sql::Session& session, const v1::BatchGetReportsRequest& request) {
  v1::BatchGetReportsResponse response;
  RETURN_IF_ERROR(resource::internal::BatchGetNamed(
      session, Reports(), {request.names().begin(), request.names().end()}, "names",
      [&] { return response.add_reports(); },
      [&](const resource::Message& report, absl::string_view field) {
        return CheckSeen(call, static_cast<const v1::Report&>(report), field);
      }));
  return response;
}

// The filter of a caller who is told of published reports alone: without a state, those that stand.
absl::StatusOr<std::string> FilterFor(const Call& call, const std::string& filter) {
  if (SeesDrafts(call)) return filter;
  RETURN_IF_ERROR(resource::MatchFilter(Reports(), filter).status());
  ASSIGN_OR_RETURN(const std::vector<resource::FilterTerm> terms, resource::ParseFilter(filter));
  const auto state = absl::c_find_if(
      terms, [](const resource::FilterTerm& term) { return term.field == "state"; });
  if (state == terms.end()) {
    return absl::StrCat(filter, filter.empty() ? "" : " AND ", "state = PUBLISHED");
  }
  if (absl::EndsWith(state->value, "PUBLISHED") || absl::EndsWith(state->value, "WITHDRAWN")) {
    return filter;
  }
  return Error(resource::error::kInvalidFilter, "problem"_is("state"),
               "allowed"_is("state = PUBLISHED, state = WITHDRAWN"));
}

absl::StatusOr<v1::ListReportsResponse> ListReports(const Call& call, sql::Session& session,
                                                    const v1::ListReportsRequest& request) {
  ASSIGN_OR_RETURN(const std::string filter, FilterFor(call, request.filter()));
  v1::ListReportsResponse response;
  ASSIGN_OR_RETURN(
      resource::internal::Listed listed,
      resource::internal::List(session, Reports(),
                               {.call = call,
                                .page_size = request.page_size(),
                                .page_token = request.page_token(),
                                .filter = filter,
                                .order_by = request.order_by(),
                                .parent = "",
                                .parent_ids = {},
                                .seen = SeesDrafts(call) ? "" : "publish_time IS NOT NULL"},
                               [&] { return response.add_reports(); }));
  response.set_next_page_token(std::move(listed.next_page_token));
  return response;
}

using ByPath = std::map<std::string, v1::ReportFileDifference>;

// Where files are not the same as the report says, or as what is kept and sent of it (`altered`).
std::vector<v1::ReportFileDifference> Differences(const v1::Report& report,
                                                  const std::vector<reports::File>& files,
                                                  const ByPath& altered) {
  ByPath by_path;
  for (const v1::ReportFile& file : report.files()) by_path[file.path()].set_sha256(file.sha256());
  for (const reports::File& file : files) {
    by_path[file.path].set_new_sha256(file.sha256);
  }
  std::erase_if(by_path,
                [](const auto& one) { return one.second.sha256() == one.second.new_sha256(); });
  by_path.insert(altered.begin(), altered.end());
  std::vector<v1::ReportFileDifference> differences;
  for (auto& [path, difference] : by_path) {
    difference.set_path(path);
    differences.push_back(std::move(difference));
  }
  return differences;
}

// How a difference calls something that is kept.
std::string PathOf(PartKind kind, const std::string& item) {
  if (kind == PartKind::kRows) return absl::StrCat("rows/", item);
  return kind == PartKind::kContent ? "content" : item;
}

// Keeps nothing, and holds what is made against what is kept, piece by piece; works half of the
// time, until the call's deadline.
class Rerun final : public reports::Workshop {
 public:
  Rerun(const Call& call, sql::Session& session, std::string report)
      : call_(call), session_(session), report_(std::move(report)) {}
  absl::Status Pause() override {
    pace_.Rest();
    if (absl::Now() < call_.deadline) return absl::OkStatus();
    return Error(puente::error::kDeadlineExceeded);
  }
  absl::Status Add(PartKind kind, const std::string& item, absl::string_view piece) override {
    if (!open_ || open_->kind != kind || open_->item != item) {
      RETURN_IF_ERROR(Finish());
      open_.emplace(kind, item);
    }
    RETURN_IF_ERROR(Pause());
    ASSIGN_OR_RETURN(const std::optional<std::string> kept, NextKept());
    open_->is_same &= kept == piece;
    open_->made.Add(piece);
    return absl::OkStatus();
  }
  // Of the last item that was added.
  absl::Status Finish() {
    if (!open_) return absl::OkStatus();
    for (;;) {
      RETURN_IF_ERROR(Pause());
      ASSIGN_OR_RETURN(const std::optional<std::string> more, NextKept());
      if (!more) break;
      open_->is_same = false;
    }
    if (!open_->is_same) {
      v1::ReportFileDifference& altered = altered_[PathOf(open_->kind, open_->item)];
      altered.set_sha256(absl::BytesToHexString(open_->kept.Digest()));
      altered.set_new_sha256(absl::BytesToHexString(open_->made.Digest()));
    }
    open_.reset();
    return absl::OkStatus();
  }
  const ByPath& altered() const { return altered_; }

 private:
  struct Item {
    Item(PartKind kind, std::string item) : kind(kind), item(std::move(item)) {}
    const PartKind kind;
    const std::string item;
    int64_t next = 0;  // number of a kept piece
    bool is_same = true;
    crypto::Sha256Stream kept, made;
  };

  // The next piece of the item; nothing at its end.
  absl::StatusOr<std::optional<std::string>> NextKept() {
    ASSIGN_OR_RETURN(
        std::vector<std::string> pieces,
        reports::ReadParts(session_, {report_, open_->kind, open_->item}, open_->next++, 1));
    if (pieces.empty()) return std::nullopt;
    open_->kept.Add(pieces[0]);
    return std::optional(std::move(pieces[0]));
  }

  const Call& call_;
  sql::Session& session_;
  const std::string report_;
  due::Pace pace_;
  std::optional<Item> open_;
  ByPath altered_;
};

absl::StatusOr<v1::RerunReportResponse> RerunReport(const Call& call, journal::Transaction& tx,
                                                    const v1::RerunReportRequest& request) {
  ASSIGN_OR_RETURN(const v1::Report report, resource::Get(tx, Reports(), request.name()));
  RETURN_IF_ERROR(resource::CheckEtag(report, request.etag()));
  if (report.files().empty()) {
    return resource::StateWrong(Reports(), Reports().state_wrong(), call.verb(), report,
                                {v1::REPORT_STATE_DRAFTED, v1::REPORT_STATE_APPROVED,
                                 v1::REPORT_STATE_PUBLISHED, v1::REPORT_STATE_WITHDRAWN});
  }
  absl::Status read;
  Rerun workshop(call, tx, ReportId(report.name()));
  const absl::StatusOr<reports::Made> made = reports::Make(tx, report, workshop, read);
  RETURN_IF_ERROR(read);
  RETURN_IF_ERROR(made.status());
  RETURN_IF_ERROR(workshop.Finish());
  v1::RerunReportResponse response;
  response.set_name(report.name());
  const std::vector<v1::ReportFileDifference> differences =
      Differences(report, made->files, workshop.altered());
  response.set_outcome(differences.empty() ? v1::RERUN_OUTCOME_SAME : v1::RERUN_OUTCOME_DIFFERENT);
  response.mutable_differences()->Assign(differences.begin(), differences.end());
  return response;
}

}  // namespace

resource::RecordWriter ServeReports(calls::Host& host) {
  auto& service = host.Serve<v1::ReportService>();
  service.Read<&GetReport>();
  service.Read<&BatchGetReports>();
  service.Read<&ListReports>();
  service.Read<&ListPublishedTables>();
  service.Mutate<&RerunReport>();
  service.Stream<&ExportReportFile>();
  service.Stream<&ExportReportRows>();
  return resource::Serve(
      host, Reports(),
      {.prepare = &AskForReport,
       .verbs = {{.verb = "CancelReport", .prepare = &CancelReport, .stored = &DeleteCancelled},
                 {.verb = "ApproveReport", .prepare = &ApproveReport},
                 {.verb = "PublishReport", .prepare = &PublishReport},
                 {.verb = "WithdrawReport", .prepare = &WithdrawReport}}});
}

}  // namespace puente::gateway
