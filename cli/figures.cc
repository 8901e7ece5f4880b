#include "cli/figures.h"

#include "absl/time/clock.h"
#include "common/status/error.h"
#include "common/status/macros.h"
#include "puente/economy/v1/demand.pb.h"
#include "puente/labor/v1/statistics.pb.h"

namespace puente::cli {
namespace {

constexpr char kMethod[] = "puente.labor.v1.VacancyStatisticsService/GetVacancyStatistics";
// Then something is wrong with the sequencer, which the server's /ready tells.
constexpr absl::Duration kLongest = absl::Minutes(1);
constexpr char kDemandMethod[] = "puente.economy.v1.DemandService/GetDemandSummary";
constexpr absl::Duration kPause = absl::Milliseconds(50);

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

absl::Status AwaitRelease(Client& client, const std::string& token) {
  economy::v1::GetDemandSummaryRequest request;
  request.set_at_least(token);
  economy::v1::DemandSummary figures;
  for (const absl::Time give_up = absl::Now() + kLongest;; absl::SleepFor(kPause)) {
    const absl::Status status =
        client.Call("economy", kDemandMethod, request, &figures, give_up - absl::Now());
    if (Reason(status) != "POSITION_NOT_REACHED" || absl::Now() > give_up) return status;
  }
}

}  // namespace puente::cli
