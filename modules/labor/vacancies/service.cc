#include "modules/labor/vacancies/service.h"

#include "common/resource/serve.h"
#include "modules/labor/skills/store.h"
#include "modules/labor/vacancies/export.h"
#include "modules/labor/vacancies/load.h"
#include "modules/labor/vacancies/quality.h"
#include "modules/labor/vacancies/rules.h"
#include "modules/labor/vacancies/store.h"
#include "modules/labor/vacancy_statistics/cuts.h"
#include "puente/labor/v1/skill.pb.h"
#include "puente/labor/v1/vacancy.grpc.pb.h"

namespace puente::labor {
namespace {

// Judges a new vacancy and counts it.
absl::Status Record(const Call& call, journal::Transaction& tx, v1::Vacancy& vacancy,
                    const rules::Standards& standards) {
  rules::Complete(vacancy, call.caller.path, standards);
  RETURN_IF_ERROR(
      resource::BatchGet<v1::Skill>(tx, store::SkillSpec(), vacancy.skills(), "vacancy.skills")
          .status());
  statistics::CountRecorded(vacancy, tx.deltas());
  statistics::CountOpen(vacancy, 1, tx.deltas());
  return absl::OkStatus();
}

absl::StatusOr<v1::Vacancy> Close(const Call& call, journal::Transaction& tx,
                                  const v1::CloseVacancyRequest& request) {
  return resource::Change<v1::Vacancy>(call, tx, store::VacancySpec(), request,
                                       [&](const v1::Vacancy& before) {
                                         statistics::CountOpen(before, -1, tx.deltas());
                                         return rules::Close(before, request.reason(), call.start);
                                       });
}

absl::StatusOr<v1::QualityVerdict> Explain(const Call& call, sql::Session& session,
                                           const v1::ExplainVacancyQualityRequest& request,
                                           const rules::Standards& standards) {
  ASSIGN_OR_RETURN(const v1::Vacancy vacancy,
                   resource::Get<v1::Vacancy>(session, store::VacancySpec(), request.name()));
  return rules::Explain(vacancy, standards, call.locale);
}

}  // namespace

void ServeVacancies(calls::Host& host, const VacancyRules& rules) {
  calls::Service& service = host.Serve<v1::VacancyService>();
  service.Mutate(&Close);
  service.Read([&rules](const Call& call, sql::Session& session,
                        const v1::ExplainVacancyQualityRequest& request) {
    return Explain(call, session, request, rules.standards);
  });
  service.Stream(&ExportVacancies);
  service.Upload<v1::LoadVacanciesRequest, v1::LoadVacanciesResponse>(
      [&host, &rules] { return std::make_unique<VacancyUpload>(host, rules); });
  resource::Serve(
      service, store::VacancySpec(),
      resource::HooksOf<v1::Vacancy>({.check = &rules::Check,
                                      .store = [&rules](const Call& call, journal::Transaction& tx,
                                                        const v1::Vacancy*, v1::Vacancy& after) {
                                        return Record(call, tx, after, rules.standards);
                                      }}));
}

}  // namespace puente::labor
