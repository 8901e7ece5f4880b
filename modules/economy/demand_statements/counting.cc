#include "modules/economy/demand_statements/counting.h"

#include <string>

#include "common/context/values.h"

namespace puente::economy {
namespace {

v1::DemandObstacle ObstacleOf(const v1::Company* company) {
  if (company == nullptr) return v1::DEMAND_OBSTACLE_COMPANY_NOT_REGISTERED;
  switch (company->state()) {
    case v1::COMPANY_STATE_CONFIRMED:
      return v1::DEMAND_OBSTACLE_UNSPECIFIED;
    case v1::COMPANY_STATE_REGISTERED:
      return v1::DEMAND_OBSTACLE_COMPANY_NOT_CONFIRMED;
    case v1::COMPANY_STATE_SUSPENDED:
      return v1::DEMAND_OBSTACLE_COMPANY_SUSPENDED;
    case v1::COMPANY_STATE_WITHDRAWN:
      return v1::DEMAND_OBSTACLE_COMPANY_WITHDRAWN;
    default:
      return v1::DEMAND_OBSTACLE_COMPANY_NOT_REGISTERED;
  }
}

// What each obstacle is, and what to do about it.
struct Words {
  const char* es;
  const char* en;
};

Words WordsOf(v1::DemandObstacle obstacle) {
  switch (obstacle) {
    case v1::DEMAND_OBSTACLE_NOT_CURRENT:
      return {
          "La declaración se retiró, o una posterior ocupó su lugar; si la necesidad sigue, "
          "presente otra.",
          "The statement was withdrawn, or a later one took its place; if the need remains, "
          "state it in a new one."};
    case v1::DEMAND_OBSTACLE_KIND_NOT_COUNTED:
      return {
          "Las cifras cuentan registros de la otra clase, reales o generados; si la clase de "
          "este es errónea, avise a Economía.",
          "Figures count records of the other kind, real or generated; if this one's kind is "
          "wrong, tell Economy."};
    case v1::DEMAND_OBSTACLE_COMPANY_NOT_REGISTERED:
      return {
          "La empresa no está en el registro de Economía; solicite su registro o espere a que "
          "se decida (RegisterCompany).",
          "The company is not in Economy's register; apply for its registration, or wait until "
          "that is decided (RegisterCompany)."};
    case v1::DEMAND_OBSTACLE_COMPANY_NOT_CONFIRMED:
      return {
          "Nadie ha confirmado los datos de la empresa; pídalo a Economía o a una cámara que no "
          "actúe por ella (ConfirmCompany).",
          "Nobody has confirmed what the company's record says; ask Economy, or a chamber that "
          "does not act for it (ConfirmCompany)."};
    case v1::DEMAND_OBSTACLE_COMPANY_SUSPENDED:
      return {"El registro de la empresa está suspendido; aclare la causa con Economía.",
              "The company's registration is suspended; settle the cause with Economy."};
    case v1::DEMAND_OBSTACLE_COMPANY_WITHDRAWN:
      return {"El registro de la empresa terminó; lo que declaró ya no cuenta.",
              "The company's registration has ended; what it stated no longer counts."};
    case v1::DEMAND_OBSTACLE_AWAITS_CONFIRMATION:
      return {
          "Rebasa lo que el tamaño de la empresa hace verosímil; pida que la confirme Economía o "
          "una cámara que no actúe por ella (ConfirmDemandStatement), o corrija las personas en "
          "otra declaración.",
          "It is beyond what the company's size makes plausible; ask Economy, or a chamber that "
          "does not act for it, to confirm it (ConfirmDemandStatement), or correct the heads in "
          "another statement."};
    case v1::DEMAND_OBSTACLE_PERIOD_OVER:
      return {
          "El último día del periodo ya pasó; si la necesidad sigue, preséntela en otra "
          "declaración con su nuevo periodo.",
          "The last day of the period is past; if the need remains, state it in a new statement "
          "with its new period."};
    default:
      return {"", ""};
  }
}

}  // namespace

std::vector<v1::DemandObstacle> ObstaclesOf(const v1::DemandStatement& statement,
                                            const v1::Company* company,
                                            type::v1::RecordKind counted, absl::CivilDay day) {
  std::vector<v1::DemandObstacle> obstacles;
  if (statement.state() != v1::DEMAND_STATE_CURRENT) {
    obstacles.push_back(v1::DEMAND_OBSTACLE_NOT_CURRENT);
  }
  if (statement.record_kind() != counted) {
    obstacles.push_back(v1::DEMAND_OBSTACLE_KIND_NOT_COUNTED);
  }
  const v1::DemandObstacle of_company = ObstacleOf(company);
  if (of_company != v1::DEMAND_OBSTACLE_UNSPECIFIED) obstacles.push_back(of_company);
  if (statement.standing() == v1::DEMAND_STANDING_AWAITS_CONFIRMATION) {
    obstacles.push_back(v1::DEMAND_OBSTACLE_AWAITS_CONFIRMATION);
  }
  if (ToCivilDay(statement.end_date()) < day) {
    obstacles.push_back(v1::DEMAND_OBSTACLE_PERIOD_OVER);
  }
  return obstacles;
}

v1::DemandVerdict Explain(const v1::DemandStatement& statement, const v1::Company* company,
                          type::v1::RecordKind counted, absl::CivilDay day, Locale locale) {
  v1::DemandVerdict verdict;
  verdict.set_demand_statement(statement.name());
  for (const v1::DemandObstacle obstacle : ObstaclesOf(statement, company, counted, day)) {
    const Words words = WordsOf(obstacle);
    v1::DemandReason& reason = *verdict.add_reasons();
    reason.set_obstacle(obstacle);
    reason.set_text(locale == Locale::kSpanish ? words.es : words.en);
  }
  verdict.set_counts(verdict.reasons().empty());
  return verdict;
}

}  // namespace puente::economy
