#include "cli/figures.h"

#include "absl/strings/match.h"
#include "absl/time/clock.h"
#include "common/status/error.h"
#include "common/status/macros.h"
#include "puente/economy/v1/demand.pb.h"
#include "puente/education/v1/seat_statistics.pb.h"
#include "puente/labor/v1/statistics.pb.h"

namespace puente::cli {
namespace {

constexpr char kVacancies[] = "puente.labor.v1.VacancyStatisticsService/GetVacancyStatistics";
constexpr char kSeats[] = "puente.education.v1.SeatStatisticsService/ListSkillSeats";
constexpr char kDemand[] = "puente.economy.v1.DemandService/GetDemandSummary";
// Then something is wrong with the sequencer or with due work, which the server's /ready tells.
constexpr absl::Duration kLongest = absl::Minutes(1);
constexpr absl::Duration kPause = absl::Milliseconds(50);

template <class Request, class Figures>
absl::Status Await(Client& client, const std::string& server, const char* method,
                   const std::vector<std::string>& tokens) {
  const absl::Time give_up = absl::Now() + kLongest;
  for (const std::string& token : tokens) {
    if (token.empty()) continue;  // nothing was written
    Request request;
    request.set_at_least(token);
    Figures figures;
    absl::Status status;
    while (true) {
      status = client.Call(server, method, request, &figures, kLongest);
      if (Reason(status) != "POSITION_NOT_REACHED" || absl::Now() > give_up) break;
      absl::SleepFor(kPause);
    }
    RETURN_IF_ERROR(status);
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status AwaitFigures(Client& client, absl::string_view method,
                          const std::vector<std::string>& tokens) {
  if (absl::StartsWith(method, "puente.labor.v1.")) {
    return Await<labor::v1::GetVacancyStatisticsRequest, labor::v1::VacancyStatistics>(
        client, "labor", kVacancies, tokens);
  }
  if (absl::StartsWith(method, "puente.education.v1.ProgramService/")) {
    return Await<education::v1::ListSkillSeatsRequest, education::v1::ListSkillSeatsResponse>(
        client, "education", kSeats, tokens);
  }
  if (method == "puente.economy.v1.DemandService/ReleaseDemand") {
    return Await<economy::v1::GetDemandSummaryRequest, economy::v1::DemandSummary>(
        client, "economy", kDemand, tokens);
  }
  return absl::OkStatus();
}

}  // namespace puente::cli
