#include "modules/labor/vacancies/service.h"

#include <algorithm>
#include <set>

#include "common/resource/methods.h"
#include "common/rpc/handlers.h"
#include "modules/labor/errors.h"
#include "modules/labor/rules/quality.h"
#include "modules/labor/rules/vacancy.h"
#include "modules/labor/statistics/cuts.h"
#include "modules/labor/vacancies/load.h"
#include "modules/labor/vacancies/store.h"
#include "modules/labor/vocabulary/store.h"

namespace puente::labor {
namespace {

// SKILL_NOT_FOUND unless the vocabulary has all of them.
absl::Status CheckSkills(sql::Session& session, const v1::Vacancy& vacancy) {
  std::vector<std::string> ids;
  for (int i = 0; i < vacancy.skills_size(); ++i) {
    ASSIGN_OR_RETURN(auto parsed, store::SkillSpec().options().pattern.Parse(
                                      vacancy.skills(i), absl::StrCat("vacancy.skills[", i, "]")));
    ids.push_back(std::move(parsed.front()));
  }
  ASSIGN_OR_RETURN(const auto found, resource::Existing(session, store::SkillSpec(), ids));
  for (size_t i = 0; i < ids.size(); ++i) {
    if (std::find(found.begin(), found.end(), ids[i]) == found.end()) {
      return Error(error::kSkillNotFound, {{"name", vacancy.skills(static_cast<int>(i))}});
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<v1::Vacancy> Create(const Call& call, journal::Transaction& tx,
                                   const v1::CreateVacancyRequest& request,
                                   const rules::Standards& standards) {
  v1::Vacancy vacancy = rules::Record(request.vacancy(), request.vacancy_id(), call.caller.path,
                                      standards, call.start);
  RETURN_IF_ERROR(CheckSkills(tx, vacancy));
  statistics::CountRecorded(vacancy, tx.deltas());
  statistics::CountOpen(vacancy, 1, tx.deltas());
  return resource::Create(call, tx, store::VacancySpec(), {request.vacancy_id()},
                          std::move(vacancy));
}

absl::StatusOr<v1::Vacancy> Close(const Call& call, journal::Transaction& tx,
                                  const v1::CloseVacancyRequest& request) {
  ASSIGN_OR_RETURN(const v1::Vacancy before,
                   resource::Get<v1::Vacancy>(tx, store::VacancySpec(), request.name()));
  if (call.caller.kind() == "supplier" && call.caller.path != before.supplier()) {
    return Error(error::kSupplierMismatch,
                 {{"caller", call.caller.path}, {"supplier", before.supplier()}});
  }
  RETURN_IF_ERROR(resource::CheckEtag(before, request.etag()));
  ASSIGN_OR_RETURN(const v1::Vacancy after, rules::Close(before, request.reason(), call.start));
  statistics::CountOpen(before, -1, tx.deltas());
  return resource::Replace(call, tx, store::VacancySpec(), before, after);
}

absl::StatusOr<v1::QualityVerdict> Explain(const Call& call, sql::Session& session,
                                           const v1::ExplainVacancyQualityRequest& request,
                                           const rules::Standards& standards) {
  ASSIGN_OR_RETURN(const v1::Vacancy vacancy,
                   resource::Get<v1::Vacancy>(session, store::VacancySpec(), request.name()));
  return rules::Explain(vacancy, standards, call.locale);
}

}  // namespace

VacancyService::Reactor* VacancyService::CreateVacancy(Context* c,
                                                       const v1::CreateVacancyRequest* q,
                                                       v1::Vacancy* r) {
  return rpc::Mutate(host_, c, q, r, [this](const auto& call, auto& tx, const auto& request) {
    return Create(call, tx, request, rules_.standards);
  });
}
VacancyService::Reactor* VacancyService::GetVacancy(Context* c, const v1::GetVacancyRequest* q,
                                                    v1::Vacancy* r) {
  return rpc::Read(host_, c, q, r, resource::Getting<v1::Vacancy>(store::VacancySpec()));
}
VacancyService::Reactor* VacancyService::ListVacancies(Context* c,
                                                       const v1::ListVacanciesRequest* q,
                                                       v1::ListVacanciesResponse* r) {
  return rpc::Read(
      host_, c, q, r,
      resource::Listing(store::VacancySpec(), &v1::ListVacanciesResponse::mutable_vacancies));
}
VacancyService::Reactor* VacancyService::BatchGetVacancies(Context* c,
                                                           const v1::BatchGetVacanciesRequest* q,
                                                           v1::BatchGetVacanciesResponse* r) {
  return rpc::Read(host_, c, q, r,
                   resource::BatchGetting(store::VacancySpec(),
                                          &v1::BatchGetVacanciesResponse::mutable_vacancies));
}
VacancyService::Reactor* VacancyService::CloseVacancy(Context* c, const v1::CloseVacancyRequest* q,
                                                      v1::Vacancy* r) {
  return rpc::Mutate(host_, c, q, r, &Close);
}
VacancyService::Reactor* VacancyService::ExplainVacancyQuality(
    Context* c, const v1::ExplainVacancyQualityRequest* q, v1::QualityVerdict* r) {
  return rpc::Read(host_, c, q, r, [this](const auto& call, auto& session, const auto& request) {
    return Explain(call, session, request, rules_.standards);
  });
}
grpc::ServerReadReactor<v1::LoadVacanciesRequest>* VacancyService::LoadVacancies(
    Context* c, v1::LoadVacanciesResponse* r) {
  return rpc::Upload<v1::LoadVacanciesRequest, v1::LoadVacanciesResponse>(
      host_, c, r, std::make_unique<VacancyUpload>(host_, rules_));
}

}  // namespace puente::labor
