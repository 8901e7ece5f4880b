#include "console/site/report_file.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/names/text.h"
#include "console/connect/query.h"
#include "console/connect/status.h"
#include "puente/gateway/v1/report.grpc.pb.h"

namespace puente::console {
namespace {

using gateway::v1::ExportReportFileRequest;
using gateway::v1::ExportReportFileResponse;
using gateway::v1::ReportService;

constexpr char kFolder[] = "/reports/";
constexpr char kServer[] = "gateway";
constexpr absl::Duration kLimit = absl::Minutes(10);  // as long as servers let a stream go on
// Whatever the file is, it does nothing to this site.
constexpr char kPolicy[] = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:";

// The name under which it is saved: letters, digits and what else names of files have.
std::string SavedAs(absl::string_view path) {
  std::string name;
  for (const char c : path.substr(path.rfind('/') + 1)) {
    name.push_back(absl::ascii_isalnum(c) || c == '.' || c == '-' ? c : '_');
  }
  return name;
}

class Sending : public grpc::ClientReadReactor<ExportReportFileResponse> {
 public:
  static void Start(Call call, ExportReportFileRequest request,
                    std::shared_ptr<Exchange> exchange) {
    const auto self =
        std::make_shared<Sending>(std::move(call), std::move(request), std::move(exchange));
    self->self_ = self;
    self->exchange_->WhenGone([weak = std::weak_ptr<Sending>(self)] {
      if (const auto sending = weak.lock()) sending->context_.TryCancel();
    });
    self->call_.Prepare(self->context_);
    self->stub_.async()->ExportReportFile(&self->context_, &self->request_, self.get());
    self->AddHold();
    self->StartRead(&self->response_);
    self->StartCall();
  }

  Sending(Call call, ExportReportFileRequest request, std::shared_ptr<Exchange> exchange)
      : call_(std::move(call)),
        stub_(call_.channel),
        request_(std::move(request)),
        exchange_(std::move(exchange)) {}

  void OnReadDone(bool ok) override {
    if (!ok) return RemoveHold();
    if (!std::exchange(begun_, true)) {
      exchange_->Begin({200,
                        {{"Content-Type", "application/octet-stream"},
                         {"Content-Disposition",
                          absl::StrCat("attachment; filename=\"", SavedAs(request_.path()), "\"")},
                         {"Content-Security-Policy", kPolicy},
                         {"Cache-Control", "no-store"}},
                        ""});
    }
    is_whole_ = response_.has_summary();
    exchange_->Write(response_.content(), [this](bool there) {
      if (there) return StartRead(&response_);
      context_.TryCancel();
      RemoveHold();
    });
  }

  void OnDone(const grpc::Status& status) override {
    const auto self = std::move(self_);
    if (!begun_) return exchange_->Send(ErrorAnswer(Told(status, call_)));
    // Else the connection is closed before its end.
    if (is_whole_) exchange_->End();
  }

 private:
  std::shared_ptr<Sending> self_;  // until it is done
  const Call call_;
  ReportService::Stub stub_;
  const ExportReportFileRequest request_;
  const std::shared_ptr<Exchange> exchange_;
  grpc::ClientContext context_;
  ExportReportFileResponse response_;
  bool begun_ = false, is_whole_ = false;
};

}  // namespace

bool IsReportFile(absl::string_view path) {
  return absl::ConsumePrefix(&path, kFolder) && absl::StrContains(path, '/');
}

void SendReportFile(Channels& channels, const Said& said, std::shared_ptr<Exchange> exchange) {
  if (const absl::Status wrong = said.Check(); !wrong.ok()) {
    return exchange->Send(ErrorAnswer(InWords(wrong, said)));
  }
  const std::string path = ReplaceNonUtf8(absl::StripPrefix(PathOf(exchange->target()), kFolder));
  ExportReportFileRequest request;
  request.set_name(absl::StrCat("reports/", path.substr(0, path.find('/'))));
  request.set_path(path.substr(path.find('/') + 1));
  auto channel = channels.To(kServer);
  if (!channel.ok()) return exchange->Send(TextAnswer(404, "There is no gateway.\n"));
  Call call;
  call.channels = &channels;
  call.server = kServer;
  call.channel = *std::move(channel);
  call.said = said;
  call.deadline = absl::Now() + kLimit;
  Sending::Start(std::move(call), std::move(request), std::move(exchange));
}

}  // namespace puente::console
