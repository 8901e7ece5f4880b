#include "modules/labor/statistics/service.h"

#include "common/journal/projection.h"
#include "common/rpc/handlers.h"
#include "modules/labor/statistics/store.h"

namespace puente::labor {
namespace {

absl::StatusOr<v1::VacancyStatistics> Get(const Call& call, sql::Session& session,
                                          const v1::GetVacancyStatisticsRequest& request) {
  return journal::ReadFigures<v1::VacancyStatistics>(
      session, call, [&](sql::Session& snapshot) { return statistics::Read(snapshot, request); });
}

}  // namespace

grpc::ServerUnaryReactor* VacancyStatisticsService::GetVacancyStatistics(
    grpc::CallbackServerContext* c, const v1::GetVacancyStatisticsRequest* q,
    v1::VacancyStatistics* r) {
  return rpc::ReadAtLeast(host_, c, q, r, &Get);
}

}  // namespace puente::labor
