#include "modules/labor/vacancies/export.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/journal/projection.h"
#include "common/journal/token.h"
#include "common/resource/resource.h"
#include "modules/labor/vacancies/resource.h"

namespace puente::labor {
namespace {

// A page ends with the vacancy that exceeds this; the largest has about 30 KB.
constexpr size_t kPageBytes = 256 << 10;
// The next page asks for twice as many as fitted into the last one, so that few are read in vain.
constexpr int kFirstPageSize = 250;
constexpr int kLeastPageSize = 20;
// In place of a page token once all pages were sent.
constexpr char kNoMore[] = "-";

class VacancyExport final : public calls::Slicer<v1::ExportVacanciesResponse> {
 public:
  explicit VacancyExport(const v1::ExportVacanciesRequest& request) : request_(request) {}

  absl::Status Next(const Call& call, sql::Session& session,
                    calls::Sink<v1::ExportVacanciesResponse>& sink) override {
    if (!begun_) RETURN_IF_ERROR(Begin(call, session));
    if (caught_up_) return SendSummary(call, session, sink);
    if (page_token_ != kNoMore) RETURN_IF_ERROR(SendPage(call, session, sink));
    if (page_token_ != kNoMore) return absl::OkStatus();
    // What was sent may not have its position yet.
    sink.CatchUp();
    caught_up_ = true;
    return absl::OkStatus();
  }

 private:
  absl::Status Begin(const Call& call, sql::Session& session);
  absl::Status SendPage(const Call& call, sql::Session& session,
                        calls::Sink<v1::ExportVacanciesResponse>& sink);
  absl::Status SendSummary(const Call& call, sql::Session& session,
                           calls::Sink<v1::ExportVacanciesResponse>& sink);
  // What its resume tokens are bound to.
  std::vector<absl::string_view> Binding(const Call& call) const {
    return {call.method, call.caller.path, request_.filter()};
  }
  std::string ResumeToken(const Call& call) const {
    return resource::MakePageToken(Binding(call), {start_, absl::StrCat(sent_), page_token_});
  }

  const v1::ExportVacanciesRequest& request_;
  bool begun_ = false;
  bool caught_up_ = false;
  std::string start_;  // freshness token
  int64_t sent_ = 0;
  std::string page_token_;
  int page_size_ = kFirstPageSize;
};

absl::Status VacancyExport::Begin(const Call& call, sql::Session& session) {
  begun_ = true;
  if (request_.resume_token().empty()) {
    ASSIGN_OR_RETURN(start_, journal::HeadToken(session, "labor"));
    return absl::OkStatus();
  }
  const auto place = resource::ParsePageToken(Binding(call), request_.resume_token(), 3);
  ASSIGN_OR_RETURN(const journal::Tokens tokens, journal::ReadTokens(session, "labor"));
  if (!place.ok() || !tokens.Parse((*place)[0]).ok() || !absl::SimpleAtoi((*place)[1], &sent_)) {
    return Error(resource::error::kInvalidResumeToken);
  }
  start_ = (*place)[0];
  page_token_ = (*place)[2];
  return absl::OkStatus();
}

absl::Status VacancyExport::SendPage(const Call& call, sql::Session& session,
                                     calls::Sink<v1::ExportVacanciesResponse>& sink) {
  v1::ExportVacanciesResponse response;
  ASSIGN_OR_RETURN(resource::internal::Listed listed,
                   resource::internal::List(
                       session, Vacancies(),
                       {call, page_size_, page_token_, request_.filter(), "", "", {}, kPageBytes},
                       [&] { return response.add_vacancies(); }));
  page_token_ = std::move(listed.next_page_token);
  if (page_token_.empty()) page_token_ = kNoMore;
  const int count = response.vacancies_size();
  page_size_ = std::clamp(2 * count, kLeastPageSize, resource::kMostPageSize);
  sent_ += count;
  if (count == 0) return absl::OkStatus();
  response.set_resume_token(ResumeToken(call));
  sink.Send(response);
  return absl::OkStatus();
}

absl::Status VacancyExport::SendSummary(const Call& call, sql::Session& session,
                                        calls::Sink<v1::ExportVacanciesResponse>& sink) {
  v1::ExportVacanciesResponse response;
  v1::ExportVacanciesSummary& summary = *response.mutable_summary();
  ASSIGN_OR_RETURN(*summary.mutable_freshness_token(), journal::HeadToken(session, "labor"));
  summary.set_vacancy_count(sent_);
  summary.set_start_freshness_token(start_);
  response.set_resume_token(ResumeToken(call));
  sink.Send(response);
  sink.Close();
  return absl::OkStatus();
}

}  // namespace

std::unique_ptr<calls::Slicer<v1::ExportVacanciesResponse>> ExportVacancies(
    const v1::ExportVacanciesRequest& request) {
  return std::make_unique<VacancyExport>(request);
}

}  // namespace puente::labor
