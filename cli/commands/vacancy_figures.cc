#include "cli/commands.h"
#include "cli/employment.h"

namespace puente::cli {
namespace {

constexpr char kGetStatistics[] = "puente.labor.v1.VacancyStatisticsService/GetVacancyStatistics";

}  // namespace

ExitCode VacancyFigures(Session& session, const VacancyFiguresArgs& args) {
  labor::v1::GetVacancyStatisticsRequest request;
  std::string state;
  if (!ResolveState(session, args.state, state)) return kUsage;
  if (!state.empty()) request.add_state_codes(state);
  request.mutable_scian_prefixes()->Add(args.prefixes.begin(), args.prefixes.end());
  request.mutable_sources()->Add(args.sources.begin(), args.sources.end());
  request.set_first_month(args.first_month);
  request.set_last_month(args.last_month);
  if (const ExitCode code = session.Open("council/cce"); code != kOk) return code;
  if (session.Explains("labor", kGetStatistics, request)) return kOk;
  labor::v1::VacancyStatistics statistics;
  if (!session.Call("labor", kGetStatistics, request, &statistics)) return kFailure;
  if (session.PrintForPrograms(statistics)) return kOk;
  const auto standards = session.Standards();
  Printer printer = session.printer();
  Body(printer, statistics, standards.has_value() ? &*standards : nullptr);
  return kOk;
}

}  // namespace puente::cli
