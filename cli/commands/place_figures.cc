// What is released of training places.
#include "cli/place_figures.h"

#include <string>

#include "absl/strings/str_format.h"
#include "cli/commands.h"
#include "cli/format.h"
#include "cli/line_text.h"
#include "cli/provenance.h"
#include "puente/economy/v1/place_release.pb.h"

namespace puente::cli {
namespace {

constexpr char kSummary[] = "puente.economy.v1.PlaceReleaseService/GetPlaceSummary";
constexpr int kStates = 32;  // INEGI codes 01 to 32

}  // namespace

ExitCode CouncilPlaces(Session& session, const PlaceFiguresArgs& args) {
  economy::v1::GetPlaceSummaryRequest request;
  request.set_scian_sector(args.sector);
  for (const std::string& state : args.states) {
    if (!ResolveState(session, state, *request.add_state_codes())) return kUsage;
  }
  for (int state = 1; args.by_state && state <= kStates; ++state) {
    request.add_state_codes(absl::StrFormat("%02d", state));
  }
  if (const ExitCode code = session.Open("council/cce"); code != kOk) return code;
  if (session.Explains("economy", kSummary, request)) return kOk;
  economy::v1::PlaceSummary summary;
  if (!session.Call("economy", kSummary, request, &summary)) return kFailure;
  if (session.PrintForPrograms(summary)) return kOk;
  Printer printer = session.printer();
  if (summary.release().empty()) {
    printer.Line(printer.Say(label::kNoneReleased));
    return kOk;
  }
  PrintRecordKind(printer, summary.record_kind());
  PrintPlaces(printer, summary.states());
  printer.Print({{printer.Say(label::kReleasedAt), TimeText(summary.release_time())}});
  return kOk;
}

}  // namespace puente::cli
