#include "modules/labor/vacancy_statistics/service.h"

#include "common/calls/service.h"
#include "common/journal/projection.h"
#include "modules/labor/vacancy_statistics/store.h"
#include "puente/labor/v1/statistics.grpc.pb.h"

namespace puente::labor {
namespace {

absl::StatusOr<v1::VacancyStatistics> GetVacancyStatistics(
    const Call& call, sql::Session& session, const v1::GetVacancyStatisticsRequest& request) {
  return journal::ReadFigures<v1::VacancyStatistics>(
      session, call, [&](sql::Session& snapshot) { return statistics::Read(snapshot, request); });
}

}  // namespace

void ServeVacancyStatistics(calls::Host& host) {
  host.Serve<v1::VacancyStatisticsService>().Read<&GetVacancyStatistics>();
}

}  // namespace puente::labor
