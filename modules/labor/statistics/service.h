// puente.labor.v1.VacancyStatisticsService.
#pragma once

#include "common/rpc/host.h"
#include "puente/labor/v1/statistics.grpc.pb.h"

namespace puente::labor {

class VacancyStatisticsService final : public v1::VacancyStatisticsService::CallbackService {
 public:
  explicit VacancyStatisticsService(rpc::Host& host) : host_(host) {}

  grpc::ServerUnaryReactor* GetVacancyStatistics(grpc::CallbackServerContext* c,
                                                 const v1::GetVacancyStatisticsRequest* q,
                                                 v1::VacancyStatistics* r) override;

 private:
  rpc::Host& host_;
};

}  // namespace puente::labor
