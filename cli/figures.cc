#include "cli/figures.h"

#include "common/status/macros.h"
#include "puente/labor/v1/statistics.pb.h"

namespace puente::cli {
namespace {

constexpr char kMethod[] = "puente.labor.v1.VacancyStatisticsService/GetVacancyStatistics";
// Then something is wrong with the sequencer, which the server's /ready tells.
constexpr absl::Duration kLongest = absl::Minutes(1);

}  // namespace

absl::Status AwaitFigures(Client& client, const std::vector<std::string>& tokens) {
  for (const std::string& token : tokens) {
    if (token.empty()) continue;  // nothing was written
    labor::v1::GetVacancyStatisticsRequest request;
    request.set_at_least(token);
    labor::v1::VacancyStatistics figures;
    RETURN_IF_ERROR(client.Call("labor", kMethod, request, &figures, kLongest));
  }
  return absl::OkStatus();
}

}  // namespace puente::cli
