// puente.labor.v1.VacancyService.
#pragma once

#include <map>
#include <string>

#include "common/rpc/host.h"
#include "modules/labor/loader/profile.h"
#include "modules/labor/rules/standards.h"
#include "puente/labor/v1/vacancy.grpc.pb.h"

namespace puente::labor {

// What the service judges and loads by. Constant while it serves.
struct VacancyRules {
  rules::Standards standards;
  std::map<std::string, loader::Profile> profiles;  // by id
};

class VacancyService final : public v1::VacancyService::CallbackService {
 public:
  using Context = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;

  VacancyService(rpc::Host& host, const VacancyRules& rules) : host_(host), rules_(rules) {}

  Reactor* CreateVacancy(Context* c, const v1::CreateVacancyRequest* q, v1::Vacancy* r) override;
  Reactor* GetVacancy(Context* c, const v1::GetVacancyRequest* q, v1::Vacancy* r) override;
  Reactor* ListVacancies(Context* c, const v1::ListVacanciesRequest* q,
                         v1::ListVacanciesResponse* r) override;
  Reactor* BatchGetVacancies(Context* c, const v1::BatchGetVacanciesRequest* q,
                             v1::BatchGetVacanciesResponse* r) override;
  Reactor* CloseVacancy(Context* c, const v1::CloseVacancyRequest* q, v1::Vacancy* r) override;
  Reactor* ExplainVacancyQuality(Context* c, const v1::ExplainVacancyQualityRequest* q,
                                 v1::QualityVerdict* r) override;
  grpc::ServerReadReactor<v1::LoadVacanciesRequest>* LoadVacancies(
      Context* c, v1::LoadVacanciesResponse* r) override;

 private:
  rpc::Host& host_;
  const VacancyRules& rules_;
};

}  // namespace puente::labor
