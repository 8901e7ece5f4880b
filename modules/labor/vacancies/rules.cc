#include "modules/labor/vacancies/rules.h"

#include <optional>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "modules/labor/errors.h"
#include "modules/labor/vacancies/quality.h"

namespace puente::labor::rules {
namespace {

class Checker {
 public:
  explicit Checker(absl::string_view path) : path_(path) {}

  void Add(absl::string_view field, absl::string_view rule, absl::string_view es,
           absl::string_view en) {
    violations_.push_back(
        {absl::StrCat(path_, ".", field), rule, std::string(es), std::string(en)});
  }
  void Origin(absl::string_view field, v1::CodeOrigin origin, absl::string_view code_field,
              absl::string_view code) {
    if (!v1::CodeOrigin_IsValid(origin) ||
        code.empty() != (origin == v1::CODE_ORIGIN_UNSPECIFIED)) {
      Add(field, "ORIGIN_WITHOUT_CODE", "Se indica exactamente cuando hay clave.",
          "Must be set exactly where there is a code.");
      violations_.back().reads = {absl::StrCat(path_, ".", code_field)};
    }
  }
  std::vector<Violation> Take() { return std::move(violations_); }

 private:
  absl::string_view path_;
  std::vector<Violation> violations_;
};

void CheckLanguages(const v1::Vacancy& vacancy, Checker& checker) {
  absl::flat_hash_set<absl::string_view> seen;
  for (int i = 0; i < vacancy.languages_size(); ++i) {
    const v1::LanguageDemand& language = vacancy.languages(i);
    if (!seen.insert(language.language_code()).second) {
      checker.Add(absl::StrCat("languages[", i, "].language_code"), "REPEATED",
                  "El idioma ya está en la lista.", "The language is in the list already.");
    }
  }
}

void CheckSkills(const v1::Vacancy& vacancy, Checker& checker) {
  absl::flat_hash_set<absl::string_view> seen;
  for (int i = 0; i < vacancy.skills_size(); ++i) {
    if (!seen.insert(vacancy.skills(i)).second) {
      checker.Add(absl::StrCat("skills[", i, "]"), "REPEATED", "La habilidad ya está en la lista.",
                  "The skill is in the list already.");
    }
  }
}

}  // namespace

std::vector<Violation> Check(const v1::Vacancy& vacancy, absl::string_view path) {
  Checker checker(path);
  if (vacancy.has_monthly_wage() && ToCentavos(vacancy.monthly_wage()).value_or(0) <= 0) {
    checker.Add("monthly_wage", "NOT_AN_AMOUNT",
                "Debe ser un monto positivo en MXN con centavos enteros; omítalo si no se ofrece.",
                "Must be a positive amount of MXN in whole centavos; leave it out if not stated.");
  }
  CheckLanguages(vacancy, checker);
  checker.Origin("scian_origin", vacancy.scian_origin(), "scian_class", vacancy.scian_class());
  checker.Origin("occupation_origin", vacancy.occupation_origin(), "occupation_code",
                 vacancy.occupation_code());
  CheckSkills(vacancy, checker);
  return checker.Take();
}

void Complete(v1::Vacancy& vacancy, absl::string_view supplier, const Standards& standards) {
  vacancy.set_state(v1::VACANCY_STATE_OPEN);
  if (vacancy.post_count() == 0) vacancy.set_post_count(1);
  vacancy.set_supplier(std::string(supplier));
  vacancy.clear_close_reason();
  vacancy.clear_close_time();
  vacancy.clear_create_time();
  vacancy.clear_update_time();
  vacancy.clear_etag();
  *vacancy.mutable_quality() = Judge(vacancy, standards);
}

absl::StatusOr<v1::Vacancy> Close(const v1::Vacancy& before, v1::CloseReason reason,
                                  absl::Time now) {
  if (before.state() == v1::VACANCY_STATE_CLOSED) {
    return Error(error::kVacancyAlreadyClosed, {{"name", before.name()}});
  }
  v1::Vacancy after = before;
  after.set_state(v1::VACANCY_STATE_CLOSED);
  after.set_close_reason(reason);
  *after.mutable_close_time() = ToProto(now);
  *after.mutable_update_time() = ToProto(now);
  return after;
}

}  // namespace puente::labor::rules
