#include "modules/labor/vacancies/service.h"

#include "common/context/clock.h"
#include "common/resource/serve.h"
#include "modules/labor/errors.h"
#include "modules/labor/vacancies/export.h"
#include "modules/labor/vacancies/file.h"
#include "modules/labor/vacancies/load.h"
#include "modules/labor/vacancies/quality.h"
#include "modules/labor/vacancies/resource.h"
#include "modules/labor/vacancies/rules.h"
#include "puente/labor/v1/vacancy.grpc.pb.h"

namespace puente::labor {
namespace {

absl::StatusOr<v1::QualityVerdict> ExplainVacancyQuality(
    const Call& call, sql::Session& session, const v1::ExplainVacancyQualityRequest& request,
    const rules::Standards& standards) {
  ASSIGN_OR_RETURN(const v1::Vacancy vacancy, resource::Get(session, Vacancies(), request.name()));
  return rules::Explain(vacancy, standards, call.locale);
}

absl::Status CloseVacancy(const Call&, journal::Transaction&, const v1::Vacancy&,
                          v1::Vacancy& after) {
  if (after.close_reason() != v1::CLOSE_REASON_LOAD_TAKEN_BACK) return absl::OkStatus();
  return InvalidFields({Against(rule::kReasonOfLoads).At("reason")});
}

}  // namespace

void ServeVacancies(calls::Host& host, const VacancyRules& rules) {
  calls::Service& service = host.Serve<v1::VacancyService>();
  service.Read<&ExplainVacancyQuality>(rules.standards);
  service.Stream<&ExportVacancies>();
  service.Upload<LoadVacancies>(host, rules);
  resource::Serve(host, Vacancies(),
                  {.check =
                       [&host](const v1::Vacancy& vacancy, const std::string& under) {
                         return rules::Check(vacancy, LegalDay(host.clock().Now()), under);
                       },
                   .prepare = [&rules](const Call& call, journal::Transaction&, const v1::Vacancy*,
                                       v1::Vacancy& after) -> absl::Status {
                     RETURN_IF_ERROR(InvalidFields(CheckNameOfNoRow(after.name())));
                     rules::Complete(after, call.caller.path, rules.standards);
                     return absl::OkStatus();
                   },
                   .verbs = {{.verb = "CloseVacancy", .prepare = &CloseVacancy}}});
}

}  // namespace puente::labor
