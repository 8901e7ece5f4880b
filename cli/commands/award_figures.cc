// What is released of awards and of enrolments that wait for one.
#include "cli/award_figures.h"

#include "cli/commands.h"
#include "cli/format.h"
#include "cli/line_text.h"
#include "cli/place_figures.h"
#include "cli/provenance.h"
#include "puente/education/v1/award_release.pb.h"

namespace puente::cli {
namespace {

constexpr char kAwarded[] = "puente.education.v1.AwardReleaseService/GetAwardSummary";
constexpr char kWaits[] = "puente.education.v1.AwardReleaseService/GetWaitingSummary";

// Of versions and a state, as both methods have them.
template <class Request, class Summary>
ExitCode Show(Session& session, const AwardFiguresArgs& args, const char* method, Request request,
              void (*print)(Printer&, const Summary&)) {
  for (const std::string& version : args.versions) {
    request.add_microcredential_versions(MicrocredentialVersionName(version));
  }
  if (!ResolveState(session, args.state, *request.mutable_state_code())) return kUsage;
  if (const ExitCode code = session.Open("council/cce"); code != kOk) return code;
  if (session.Explains("education", method, request)) return kOk;
  Summary summary;
  if (!session.Call("education", method, request, &summary)) return kFailure;
  if (session.PrintForPrograms(summary)) return kOk;
  Printer printer = session.printer();
  if (summary.release().empty()) {
    printer.Line(printer.Say(label::kNoneReleased));
    return kOk;
  }
  PrintRecordKind(printer, summary.record_kind());
  print(printer, summary);
  printer.Print({{printer.Say(label::kReleasedAt), TimeText(summary.release_time())}});
  return kOk;
}

}  // namespace

ExitCode AwardFigures(Session& session, const AwardFiguresArgs& args) {
  education::v1::GetAwardSummaryRequest request;
  if (args.sex == "women") request.set_sex(education::v1::SEX_WOMAN);
  if (args.sex == "men") request.set_sex(education::v1::SEX_MAN);
  if (args.sex == "non-binary") request.set_sex(education::v1::SEX_NON_BINARY);
  return Show<education::v1::GetAwardSummaryRequest, education::v1::AwardSummary>(
      session, args, kAwarded, request, [](Printer& printer, const auto& summary) {
        PrintAwards(printer, summary.versions());
        PrintStays(printer, summary.versions());
      });
}

ExitCode AwardWaiting(Session& session, const AwardFiguresArgs& args) {
  return Show<education::v1::GetWaitingSummaryRequest, education::v1::WaitingSummary>(
      session, args, kWaits, {},
      [](Printer& printer, const auto& summary) { PrintWaiting(printer, summary.versions()); });
}

}  // namespace puente::cli
