#include "gateway/reports/runner.h"

#include <algorithm>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/context/values.h"
#include "common/crypto/digest.h"
#include "common/extracts/errors.h"
#include "common/extracts/making.h"
#include "common/extracts/store.h"
#include "common/resource/resource.h"
#include "common/status/grpc_status.h"
#include "common/status/macros.h"
#include "common/status/text.h"
#include "gateway/compose/own_call.h"
#include "gateway/errors.h"
#include "gateway/reports/draft.h"
#include "gateway/reports/extract.h"
#include "gateway/reports/make.h"
#include "gateway/reports/parts.h"
#include "gateway/reports/previous.h"
#include "gateway/reports/resource.h"
#include "google/protobuf/util/message_differencer.h"

namespace puente::gateway {
namespace {

using api::v1::CreateFigureExtractRequest;
using api::v1::FigureExtract;
using api::v1::FigureExtractService;
using due::Next;
using reports::PartKind;

// The gateway, of the records that it keeps itself: no call is made of it.
constexpr char kOwn[] = "gateway";
// Of an extract, what a slice fetches: whole pieces, but for the last one.
constexpr size_t kFetchedAtOnce = 8 * reports::kExtractPiece;
// An agency reads its tables in about this time. While nothing changes, twice as long each time.
constexpr absl::Duration kLookAgain = absl::Milliseconds(50);
constexpr absl::Duration kLongestPause = absl::Seconds(2);
constexpr int kMostDoublings = 10;
// Composing and rendering are one slice.
constexpr absl::Duration kLongestDraft = absl::Minutes(20);
constexpr int kMostDrafts = 5;
// Of an agency's text, in bytes; Report.failure_es is as long.
constexpr size_t kLongestText = 1000;

std::string IdOf(const v1::ReportExtract& extract) {
  return extract.figure_extract().substr(extract.figure_extract().find('/') + 1);
}

// Of an answer that another attempt would get as well. All else is tried again until the report's
// time is over.
bool IsRefusal(const absl::Status& status) {
  if (Reason(status) == error::kReportTooLarge.reason) return true;
  switch (status.code()) {
    case absl::StatusCode::kNotFound:
    case absl::StatusCode::kAlreadyExists:
    case absl::StatusCode::kFailedPrecondition:
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kPermissionDenied:
    case absl::StatusCode::kUnimplemented:
    case absl::StatusCode::kDataLoss:
      return true;
    default:
      return false;
  }
}

// As often as it has been in vain, which is the progress of the work.
Next LookAgain(const std::string& progress) {
  int looks = 0;
  if (!absl::SimpleAtoi(progress, &looks)) looks = 0;
  const absl::Duration pause = kLookAgain * (1 << std::min(looks, kMostDoublings));
  return Next::After(std::min(kLongestPause, pause), absl::StrCat(looks + 1));
}

// Stores how a report stands, and what belongs to it. Of one that was cancelled meanwhile the task
// is gone, and nothing of this is stored.
absl::Status StoreIfUnchanged(const Call& call, journal::Transaction& tx, const v1::Report& before,
                              const v1::Report& after, bool& stored) {
  ASSIGN_OR_RETURN(const v1::Report now, resource::Get(tx, Reports(), before.name()));
  stored = now.etag() == before.etag();
  if (!stored) return absl::OkStatus();
  return resource::Replace(call, tx, Reports(), before, after).status();
}

// `agency`: whose error it is, if it is one's.
Next Fail(const due::Slice& slice, const v1::Report& report, const absl::Status& status,
          const std::string& agency = "") {
  v1::Report failed = report;
  failed.set_state(v1::REPORT_STATE_FAILED);
  for (v1::ReportExtract& extract : *failed.mutable_extracts()) extract.clear_kept_byte_count();
  const std::string reason = Reason(status);
  failed.set_failure(reason.empty() ? absl::StatusCodeToString(status.code()) : reason);
  // Our own errors name it.
  const bool named = agency.empty() || Domain(status) == error::kReportAgencyAway.domain;
  const std::string whose = named ? "" : absl::StrCat(agency, ": ");
  const auto text = [&](Locale locale) {
    const std::string whole = absl::StrCat(whose, Text(status, locale));
    return std::string(Beginning(whole, kLongestText));
  };
  failed.set_failure_es(text(Locale::kSpanish));
  failed.set_failure_en(text(Locale::kEnglish));
  return Next::Done().Writing([&call = slice.call, report, failed,
                               id = slice.task.key](journal::Transaction& tx) -> absl::Status {
    bool stored = false;
    RETURN_IF_ERROR(StoreIfUnchanged(call, tx, report, failed, stored));
    return stored ? EndParts(tx, id) : absl::OkStatus();
  });
}

// The report of a task; none if it is not being made.
absl::StatusOr<v1::Report> BeingMade(const due::Slice& slice) {
  ASSIGN_OR_RETURN(v1::Report report, resource::Get(slice.session, Reports(),
                                                    Reports().pattern().Format({slice.task.key})));
  const bool made =
      report.state() != v1::REPORT_STATE_QUEUED && report.state() != v1::REPORT_STATE_READING;
  return made ? v1::Report() : report;
}

// Once all that it rests on is kept.
absl::StatusOr<Next> MakeDraft(const journal::Journal& journal, const due::Slice& slice) {
  ASSIGN_OR_RETURN(const v1::Report report, BeingMade(slice));
  if (report.name().empty()) return Next::Done();
  if (slice.attempt > kMostDrafts) {  // each of which ended without an end
    return Fail(slice, report,
                Error(error::kReportNotDrafted, "attempts"_is(kMostDrafts),
                      "limit"_is(absl::FormatDuration(kLongestDraft))));
  }
  v1::Report drafted = report;
  ASSIGN_OR_RETURN(*drafted.mutable_previous(),
                   reports::LastStanding(slice.session, report.report_definition()));
  reports::Draft draft(journal, slice);
  RETURN_IF_ERROR(draft.Begin());
  absl::Status stored;
  const absl::StatusOr<reports::Made> made = reports::Make(slice.session, drafted, draft, stored);
  // What is kept is as broken the next time.
  if (absl::IsDataLoss(stored)) return Fail(slice, report, stored);
  RETURN_IF_ERROR(stored);
  if (!made.ok()) return Fail(slice, report, made.status());
  drafted.set_state(v1::REPORT_STATE_DRAFTED);
  *drafted.mutable_draft_time() = ToProto(slice.call.start);
  reports::Describe(*made, drafted);
  RETURN_IF_ERROR(draft.Flush());
  return Next::Done().Writing([&call = slice.call, report, drafted, ended = draft.ended(),
                               id = slice.task.key](journal::Transaction& tx) -> absl::Status {
    RETURN_IF_ERROR(reports::Draft::Confirm(tx, id, ended));
    bool stored = false;
    return StoreIfUnchanged(call, tx, report, drafted, stored);
  });
}

// Takes away what is kept with a report that is none, some at a time.
absl::StatusOr<Next> ClearReport(const due::Slice& slice) {
  ASSIGN_OR_RETURN(const bool kept, reports::HasParts(slice.session, slice.task.key));
  if (!kept) return Next::Done();
  return Next::Now("").Writing(
      [id = slice.task.key](journal::Transaction& tx) { return reports::DeleteSome(tx, id); });
}

}  // namespace

absl::Status EndParts(journal::Transaction& tx, const std::string& id) {
  RETURN_IF_ERROR(reports::DeleteDraft(tx, id));
  return due::Schedule(tx, {kClearReport, id, "", absl::InfinitePast()});
}

ReportRunner::ReportRunner(const compose::Channels& channels, const extracts::Extracts& own,
                           absl::Duration limit)
    : own_(own), limit_(limit) {
  for (const auto& [agency, channel] : channels) {
    agencies_[std::string(compose::Name(agency))] = FigureExtractService::NewStub(channel);
  }
}

void ReportRunner::Handle(calls::Host& host, due::Scheduler& due) {
  due.Handle(kClearReport, &ClearReport);
  due.Handle(
      kRunReport, [this](const due::Slice& slice) { return Run(slice); },
      due::Scheduler::Lane::kPeers);
  due.Handle(
      kDraftReport, [&host](const due::Slice& slice) { return MakeDraft(host.journal(), slice); },
      due::Scheduler::Lane::kLongest, kLongestDraft);
}

absl::StatusOr<Next> ReportRunner::Run(const due::Slice& slice) {
  ASSIGN_OR_RETURN(const v1::Report report, BeingMade(slice));
  if (report.name().empty()) return Next::Done();
  return Read(slice, report);
}

absl::StatusOr<Next> ReportRunner::Read(const due::Slice& slice, const v1::Report& report) {
  const auto open = absl::c_find_if(report.extracts(), [](const v1::ReportExtract& extract) {
    return extract.state() != v1::REPORT_EXTRACT_STATE_KEPT;
  });
  if (open == report.extracts().end()) {
    return Next::Done().Writing([id = slice.task.key](journal::Transaction& tx) {
      return due::Schedule(tx, {kDraftReport, id, "", absl::InfinitePast()});
    });
  }
  // Of a shared snapshot nobody is asked.
  if (report.snapshot_of().empty() &&
      slice.call.start >= FromProto(report.create_time()) + limit_) {
    // What came was not stored: who does not answer makes no attempt fail.
    if (slice.attempt > 1 || !slice.last_error.empty()) {
      return Fail(slice, report,
                  Error(error::kReportNotKept, "limit"_is(absl::FormatDuration(limit_))));
    }
    return Fail(slice, report,
                Error(error::kReportAgencyAway, "agency"_is(open->agency()),
                      "limit"_is(absl::FormatDuration(limit_))));
  }
  v1::Report after = report;
  after.set_state(v1::REPORT_STATE_READING);
  Ahead ahead;
  for (v1::ReportExtract& extract : *after.mutable_extracts()) {
    const absl::Status status = Step(slice, report, extract, ahead);
    if (IsRefusal(status)) return Fail(slice, report, status, extract.agency());
  }
  if (google::protobuf::util::MessageDifferencer::Equals(report, after)) {
    return LookAgain(slice.task.progress);
  }
  return Next::Now("").Writing([this, &call = slice.call, report, after, ahead = std::move(ahead),
                                id = slice.task.key](journal::Transaction& tx) -> absl::Status {
    bool stored = false;
    RETURN_IF_ERROR(StoreIfUnchanged(call, tx, report, after, stored));
    if (!stored) return absl::OkStatus();
    if (ahead.own.has_value()) {
      RETURN_IF_ERROR(extracts::CreateFigureExtract(call, tx, *ahead.own, own_).status());
    }
    for (const auto& [agency, some] : ahead.fetched) {
      RETURN_IF_ERROR(reports::AddParts(tx, {id, PartKind::kExtract, agency}, some.first,
                                        reports::Pieces(some.content, reports::kExtractPiece)));
    }
    return absl::OkStatus();
  });
}

absl::Status ReportRunner::Step(const due::Slice& slice, const v1::Report& report,
                                v1::ReportExtract& extract, Ahead& ahead) {
  switch (extract.state()) {
    case v1::REPORT_EXTRACT_STATE_WANTED:
      return Ask(slice, extract, ahead);
    case v1::REPORT_EXTRACT_STATE_ASKED:
      return Look(slice, extract);
    case v1::REPORT_EXTRACT_STATE_READ:
      return Fetch(slice, report, extract, ahead);
    default:
      return absl::OkStatus();
  }
}

absl::Status ReportRunner::Ask(const due::Slice& slice, v1::ReportExtract& extract, Ahead& ahead) {
  CreateFigureExtractRequest request;
  request.set_figure_extract_id(IdOf(extract));
  *request.mutable_tables() = extract.tables();
  if (extract.agency() == kOwn) {
    for (const std::string& table : request.tables()) {
      if (extracts::FindTable(own_.tables(), table) == nullptr) {
        return Error(extracts::error::kFigureTableNotFound, "name"_is(table));
      }
    }
    ahead.own = std::move(request);
  } else {
    RETURN_IF_ERROR(compose::CallOwn(slice.call, *agencies_.at(extract.agency()),
                                     &FigureExtractService::Stub::CreateFigureExtract, request)
                        .status());
  }
  extract.set_state(v1::REPORT_EXTRACT_STATE_ASKED);
  return absl::OkStatus();
}

absl::Status ReportRunner::Look(const due::Slice& slice, v1::ReportExtract& extract) {
  api::v1::GetFigureExtractRequest request;
  request.set_name(extract.figure_extract());
  ASSIGN_OR_RETURN(const FigureExtract found,
                   extract.agency() == kOwn
                       ? extracts::GetFigureExtract(slice.call, slice.session, request)
                       : compose::CallOwn(slice.call, *agencies_.at(extract.agency()),
                                          &FigureExtractService::Stub::GetFigureExtract, request));
  if (found.state() == api::v1::FIGURE_EXTRACT_STATE_FAILED) {
    return Error(error::kReportExtractFailed, "agency"_is(extract.agency()),
                 "reason"_is(found.failure_reason()));
  }
  if (found.state() != api::v1::FIGURE_EXTRACT_STATE_READY) return absl::OkStatus();
  // Before any of it is fetched: the disk is everybody's.
  if (found.byte_count() > static_cast<int64_t>(reports::kMostExtractBytes)) {
    return Error(error::kReportTooLarge, "agency"_is(extract.agency()),
                 "table"_is(absl::StrJoin(extract.tables(), ", ")),
                 "limit"_is(reports::kMostExtractBytes));
  }
  extract.set_state(v1::REPORT_EXTRACT_STATE_READ);
  *extract.mutable_read_time() = found.read_time();
  extract.set_freshness_token(found.freshness_token());
  extract.set_sha256(found.sha256());
  extract.set_byte_count(found.byte_count());
  return absl::OkStatus();
}

absl::StatusOr<ReportRunner::Sent> ReportRunner::KeptWith(const std::string& other,
                                                          const due::Slice& slice,
                                                          const v1::ReportExtract& extract) {
  constexpr int kMost = kFetchedAtOnce / reports::kExtractPiece;
  ASSIGN_OR_RETURN(
      const std::vector<std::string> pieces,
      reports::ReadParts(slice.session, {ReportId(other), PartKind::kExtract, extract.agency()},
                         extract.kept_byte_count() / static_cast<int64_t>(reports::kExtractPiece),
                         kMost));
  return Sent{absl::StrJoin(pieces, ""), std::ssize(pieces) < kMost};
}

absl::StatusOr<ReportRunner::Sent> ReportRunner::SentBy(const due::Slice& slice,
                                                        const v1::ReportExtract& extract) {
  Sent sent;
  if (extract.agency() == kOwn) {
    while (!sent.ended && sent.content.size() < kFetchedAtOnce) {
      ASSIGN_OR_RETURN(
          const std::string more,
          extracts::store::ReadContent(slice.session, IdOf(extract),
                                       extract.kept_byte_count() + std::ssize(sent.content)));
      sent.content += more;
      sent.ended = more.empty();
    }
  } else {
    api::v1::ExportFigureExtractRequest request;
    request.set_name(extract.figure_extract());
    request.set_offset(extract.kept_byte_count());
    grpc::ClientContext context;
    compose::DescribeOwn(slice.call, context);
    const auto stream = agencies_.at(extract.agency())->ExportFigureExtract(&context, request);
    api::v1::ExportFigureExtractResponse response;
    while (sent.content.size() < kFetchedAtOnce && stream->Read(&response)) {
      sent.content += response.content();
    }
    const bool enough = sent.content.size() >= kFetchedAtOnce;
    if (enough) context.TryCancel();
    const absl::Status status = FromGrpc(stream->Finish());
    sent.ended = !enough && status.ok();
    if (!enough && !status.ok() && sent.content.size() < reports::kExtractPiece) return status;
  }
  // Whole pieces are kept, but for the last one.
  if (!sent.ended) {
    sent.content.resize(sent.content.size() / reports::kExtractPiece * reports::kExtractPiece);
  }
  return sent;
}

absl::Status ReportRunner::Fetch(const due::Slice& slice, const v1::Report& report,
                                 v1::ReportExtract& extract, Ahead& ahead) {
  ASSIGN_OR_RETURN(Sent sent, report.snapshot_of().empty()
                                  ? SentBy(slice, extract)
                                  : KeptWith(report.snapshot_of(), slice, extract));
  const int64_t first = extract.kept_byte_count() / static_cast<int64_t>(reports::kExtractPiece);
  const int64_t kept = extract.kept_byte_count() + std::ssize(sent.content);
  const auto altered = [&] {
    return Error(error::kReportExtractAltered, "agency"_is(extract.agency()));
  };
  if (kept > extract.byte_count() || (sent.ended && kept < extract.byte_count())) return altered();
  if (kept == extract.byte_count()) {
    crypto::Sha256Stream digest;
    RETURN_IF_ERROR(reports::ForEachPart(slice.session,
                                         {slice.task.key, PartKind::kExtract, extract.agency()},
                                         [&](absl::string_view before) {
                                           digest.Add(before);
                                           return absl::OkStatus();
                                         }));
    digest.Add(sent.content);
    if (absl::BytesToHexString(digest.Digest()) != extract.sha256()) return altered();
    extract.set_state(v1::REPORT_EXTRACT_STATE_KEPT);
  }
  extract.set_kept_byte_count(kept);
  ahead.fetched[extract.agency()] = {first, std::move(sent.content)};
  return absl::OkStatus();
}

}  // namespace puente::gateway
