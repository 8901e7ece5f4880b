#include "modules/labor/vacancy_statistics/service.h"

#include "common/agency/counted_kinds.h"
#include "common/calls/service.h"
#include "common/fields/rules.h"
#include "modules/labor/vacancies/resource.h"
#include "modules/labor/vacancy_statistics/store.h"
#include "puente/labor/v1/statistics.grpc.pb.h"

namespace puente::labor {
namespace {

absl::StatusOr<v1::VacancyStatistics> GetVacancyStatistics(
    sql::Session& snapshot, absl::CivilDay day, const v1::GetVacancyStatisticsRequest& request) {
  ASSIGN_OR_RETURN(const type::v1::RecordKind kind,
                   agency::CountedKind(snapshot, Vacancies(), day));
  return statistics::Read(snapshot, kind, day, request);
}

std::vector<Violation> CheckMonths(const google::protobuf::Message& message) {
  const auto& request = static_cast<const v1::GetVacancyStatisticsRequest&>(message);
  // Written in one way, they are in order as texts.
  if (request.last_month().empty() || request.first_month() <= request.last_month()) return {};
  return {Against(puente::rule::kNotBefore, "other"_is("first_month"))
              .At("last_month")
              .Reading({"first_month"})};
}

}  // namespace

void ServeVacancyStatistics(calls::Host& host) {
  host.Serve<v1::VacancyStatisticsService>().ReadFigures<&GetVacancyStatistics>();
  host.MethodOf(v1::GetVacancyStatisticsRequest::descriptor()).fields.set_rules(&CheckMonths);
}

}  // namespace puente::labor
