#include "modules/labor/vacancies/resource.h"

#include "modules/labor/errors.h"
#include "modules/labor/vacancy_statistics/cuts.h"

namespace puente::labor {
namespace {

sql::Value Verdict(const v1::Vacancy& vacancy) {
  return sql::Value(static_cast<int>(vacancy.quality().verdict()));
}

}  // namespace

const resource::Resource<v1::Vacancy>& Vacancies() {
  static const resource::Resource<v1::Vacancy> vacancies({
      .table = "vacancy",
      .lists = {{.by = {"record_kind", "state"}, .order = {"offer_date desc"}, .index = "by_date"},
                {.by = {"record_kind", "state", "state_code"},
                 .order = {"offer_date desc"},
                 .index = "by_state"},
                {.by = {"record_kind", "state", "verdict"},
                 .order = {"offer_date desc"},
                 .index = "by_verdict"},
                {.by = {"record_kind", "state", "state_code", "verdict"},
                 .order = {"offer_date desc"},
                 .index = "by_state_verdict"},
                {.by = {"record_kind", "state", "scian_class*"}, .index = "by_scian"},
                {.by = {"record_kind", "state", "state_code", "scian_class*"},
                 .index = "by_state_scian"}},
      .derived = {{"verdict", &Verdict, v1::Outcome_descriptor()}},
      .count = &statistics::CountVacancy,
      .states = {{.verb = "CreateVacancy", .to = v1::VACANCY_STATE_OPEN},
                 {.verb = "CloseVacancy",
                  .from = {v1::VACANCY_STATE_OPEN},
                  .to = v1::VACANCY_STATE_CLOSED}},
      .refusal = &error::kVacancyAlreadyClosed,
  });
  return vacancies;
}

}  // namespace puente::labor
