#include "modules/labor/vacancy_statistics/service.h"

#include "common/agency/counted_kinds.h"
#include "common/calls/service.h"
#include "common/context/clock.h"
#include "common/journal/projection.h"
#include "modules/labor/vacancies/resource.h"
#include "modules/labor/vacancy_statistics/store.h"
#include "puente/labor/v1/statistics.grpc.pb.h"

namespace puente::labor {
namespace {

absl::StatusOr<v1::VacancyStatistics> GetVacancyStatistics(
    const Call& call, sql::Session& session, const v1::GetVacancyStatisticsRequest& request) {
  return journal::ReadFigures<v1::VacancyStatistics>(
      session, call, [&](sql::Session& snapshot) -> absl::StatusOr<v1::VacancyStatistics> {
        ASSIGN_OR_RETURN(const type::v1::RecordKind kind,
                         agency::CountedKind(snapshot, Vacancies(), LegalDay(call.start)));
        return statistics::Read(snapshot, kind, request);
      });
}

}  // namespace

void ServeVacancyStatistics(calls::Host& host) {
  host.Serve<v1::VacancyStatisticsService>().Read<&GetVacancyStatistics>();
}

}  // namespace puente::labor
