#include "gateway/reports/export.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/resource/page.h"
#include "common/resource/resource.h"
#include "common/status/macros.h"
#include "gateway/errors.h"
#include "gateway/reports/files/changes.h"
#include "gateway/reports/parts.h"
#include "gateway/reports/resource.h"

namespace puente::gateway {
namespace {

using reports::Item;
using reports::PartKind;

// Of 64 KB each: a slice may have 512.
constexpr int kPartsASlice = 6;

// Sends the pieces of something that is kept, each an answer, and at the end what it was. The
// subclass says what that is and what an answer is made of.
template <class Request, class Response>
class PartExport : public calls::Slicer<Response> {
 public:
  explicit PartExport(const Request& request) : request_(request) {}

  absl::Status Next(const Call& call, sql::Session& session, calls::Sink<Response>& sink) override {
    // Once a slice: it may be withdrawn meanwhile.
    ASSIGN_OR_RETURN(const v1::Report report, resource::Get(session, Reports(), request_.name()));
    if (!MayRead(call, report)) return Reports().NotFound(report.name(), "name");
    RETURN_IF_ERROR(Check(call, session, report));
    if (next_ < 0) RETURN_IF_ERROR(Begin(call, report));
    ASSIGN_OR_RETURN(const std::vector<std::string> parts,
                     reports::ReadParts(session, {ReportId(request_.name()), kind(), item()}, next_,
                                        kPartsASlice));
    Response response;
    for (const std::string& part : parts) {
      RETURN_IF_ERROR(SetPart(part, response));
      response.set_resume_token(ResumeToken(call, ++next_));
      sink.Send(response);
    }
    if (parts.size() == kPartsASlice) return absl::OkStatus();
    Response last;
    *last.mutable_summary() = summary_;
    last.set_resume_token(ResumeToken(call, next_));
    sink.Send(last);
    sink.Close();
    return absl::OkStatus();
  }

 protected:
  using Summary = std::decay_t<decltype(std::declval<Response>().summary())>;

  virtual PartKind kind() const = 0;
  virtual const std::string& item() const = 0;
  // Whether who may read the report may read this of it.
  virtual absl::Status Check(const Call&, sql::Session&, const v1::Report&) const {
    return absl::OkStatus();
  }
  virtual absl::StatusOr<Summary> Find(const v1::Report& report) const = 0;
  virtual absl::Status SetPart(const std::string& part, Response& response) const = 0;

  const Request& request_;

 private:
  absl::Status Begin(const Call& call, const v1::Report& report) {
    ASSIGN_OR_RETURN(summary_, Find(report));
    next_ = 0;
    if (request_.resume_token().empty()) return absl::OkStatus();
    const auto place = resource::ParsePageToken(Binding(call), request_.resume_token(), 1);
    if (!place.ok() || !absl::SimpleAtoi((*place)[0], &next_) || next_ < 0) {
      return Error(resource::error::kInvalidResumeToken);
    }
    return absl::OkStatus();
  }
  std::vector<absl::string_view> Binding(const Call& call) const {
    return {call.method, call.caller.path, request_.name(), item()};
  }
  std::string ResumeToken(const Call& call, int64_t next) const {
    return resource::MakePageToken(Binding(call), {absl::StrCat(next)});
  }

  int64_t next_ = -1;
  Summary summary_;
};

class FileExport final
    : public PartExport<v1::ExportReportFileRequest, v1::ExportReportFileResponse> {
 public:
  using PartExport::PartExport;

 private:
  PartKind kind() const override { return PartKind::kFile; }
  const std::string& item() const override { return request_.path(); }
  // They tell figures of the report before.
  absl::Status Check(const Call& call, sql::Session& session,
                     const v1::Report& report) const override {
    const bool tells = item() == reports::kChangesCsv || item() == reports::kChangesJson;
    if (!tells || report.previous().empty()) return absl::OkStatus();
    ASSIGN_OR_RETURN(const v1::Report previous,
                     resource::Get(session, Reports(), report.previous(), "previous"));
    if (MayRead(call, previous)) return absl::OkStatus();
    return Error(error::kReportChangesWithdrawn, "path"_is(item()),
                 "previous"_is(report.previous()));
  }
  absl::StatusOr<v1::ReportFile> Find(const v1::Report& report) const override {
    const auto found = absl::c_find_if(
        report.files(), [&](const v1::ReportFile& one) { return one.path() == request_.path(); });
    if (found != report.files().end()) return *found;
    return Error(error::kReportFileNotFound, "name"_is(report.name()), "path"_is(request_.path()));
  }
  absl::Status SetPart(const std::string& part,
                       v1::ExportReportFileResponse& response) const override {
    response.set_content(part);
    return absl::OkStatus();
  }
};

class RowsExport final
    : public PartExport<v1::ExportReportRowsRequest, v1::ExportReportRowsResponse> {
 public:
  using PartExport::PartExport;

 private:
  PartKind kind() const override { return PartKind::kRows; }
  const std::string& item() const override { return request_.table(); }
  absl::StatusOr<v1::ReportTableSummary> Find(const v1::Report& report) const override {
    const auto found = absl::c_find_if(report.tables(), [&](const v1::ReportTableSummary& one) {
      return one.table() == request_.table();
    });
    if (found != report.tables().end()) return *found;
    return Error(error::kReportTableNotFound, "name"_is(report.name()),
                 "table"_is(request_.table()));
  }
  absl::Status SetPart(const std::string& part,
                       v1::ExportReportRowsResponse& response) const override {
    if (response.ParseFromString(part)) return absl::OkStatus();
    return Error(error::kReportBroken, "name"_is(request_.name()));
  }
};

}  // namespace

std::unique_ptr<calls::Slicer<v1::ExportReportFileResponse>> ExportReportFile(
    const v1::ExportReportFileRequest& request) {
  return std::make_unique<FileExport>(request);
}

std::unique_ptr<calls::Slicer<v1::ExportReportRowsResponse>> ExportReportRows(
    const v1::ExportReportRowsRequest& request) {
  return std::make_unique<RowsExport>(request);
}

}  // namespace puente::gateway
