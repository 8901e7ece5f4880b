#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "cli/commands.h"
#include "cli/employment.h"
#include "cli/format.h"

namespace puente::cli {
namespace {

constexpr char kExplain[] = "puente.labor.v1.VacancyService/ExplainVacancyQuality";
constexpr char kGet[] = "puente.labor.v1.VacancyService/GetVacancy";
constexpr char kClose[] = "puente.labor.v1.VacancyService/CloseVacancy";

}  // namespace

ExitCode ExplainVacancy(Session& session, const std::string& vacancy) {
  if (const ExitCode code = session.Open("agency/labor"); code != kOk) return code;
  labor::v1::ExplainVacancyQualityRequest request;
  request.set_name(VacancyName(vacancy));
  if (session.Explains("labor", kExplain, request)) return kOk;
  labor::v1::QualityVerdict verdict;
  if (!session.Call("labor", kExplain, request, &verdict)) return kFailure;
  if (session.PrintForPrograms(verdict)) return kOk;
  labor::v1::GetVacancyRequest get;
  get.set_name(request.name());
  labor::v1::Vacancy record;
  if (!session.Call("labor", kGet, get, &record)) return kFailure;
  Printer printer = session.printer();
  Print(printer, record, verdict);
  return kOk;
}

ExitCode CloseVacancy(Session& session, const std::string& vacancy, const std::string& reason) {
  if (const ExitCode code = session.Open("supplier/portal"); code != kOk) return code;
  labor::v1::CloseVacancyRequest request;
  request.set_name(VacancyName(vacancy));
  labor::v1::CloseReason parsed = labor::v1::CLOSE_REASON_UNSPECIFIED;
  labor::v1::CloseReason_Parse(absl::StrCat("CLOSE_REASON_", absl::AsciiStrToUpper(reason)),
                               &parsed);
  request.set_reason(parsed);
  request.set_request_id(session.request_id());
  if (session.Explains("labor", kClose, request)) return kOk;
  labor::v1::Vacancy closed;
  if (!session.Call("labor", kClose, request, &closed)) return kFailure;
  if (session.PrintForPrograms(closed)) return kOk;
  session.out() << session.Say(label::kClosed) << ": " << closed.name() << ", "
                << TimeText(closed.close_time()) << "\n";
  return kOk;
}

}  // namespace puente::cli
