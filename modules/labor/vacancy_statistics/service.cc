#include "modules/labor/vacancy_statistics/service.h"

#include "common/agency/counted_kinds.h"
#include "common/calls/service.h"
#include "modules/labor/vacancies/resource.h"
#include "modules/labor/vacancy_statistics/store.h"
#include "puente/labor/v1/statistics.grpc.pb.h"

namespace puente::labor {
namespace {

absl::StatusOr<v1::VacancyStatistics> GetVacancyStatistics(
    sql::Session& snapshot, absl::CivilDay day, const v1::GetVacancyStatisticsRequest& request) {
  ASSIGN_OR_RETURN(const type::v1::RecordKind kind,
                   agency::CountedKind(snapshot, Vacancies(), day));
  return statistics::Read(snapshot, kind, request);
}

}  // namespace

void ServeVacancyStatistics(calls::Host& host) {
  host.Serve<v1::VacancyStatisticsService>().ReadFigures<&GetVacancyStatistics>();
}

}  // namespace puente::labor
