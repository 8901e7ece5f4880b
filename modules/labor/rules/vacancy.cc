#include "modules/labor/rules/vacancy.h"

#include <optional>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "common/names/text.h"
#include "modules/labor/errors.h"
#include "modules/labor/rules/quality.h"

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
  void Text(absl::string_view field, absl::string_view value) {
    if (!Normalize(value)) {
      Add(field, "NOT_TEXT", "Debe ser texto en UTF-8 sin caracteres de control.",
          "Must be UTF-8 text without control characters.");
    }
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
  void Enum(absl::string_view field, bool known) {
    if (!known) {
      Add(field, "UNKNOWN_VALUE", "No es un valor del contrato.", "Is no value of the contract.");
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
    const std::string field = absl::StrCat("languages[", i, "]");
    if (!seen.insert(language.language_code()).second) {
      checker.Add(absl::StrCat(field, ".language_code"), "REPEATED",
                  "El idioma ya está en la lista.", "The language is in the list already.");
    }
    checker.Enum(absl::StrCat(field, ".level"), v1::LanguageLevel_IsValid(language.level()));
    checker.Text(absl::StrCat(field, ".certificate"), language.certificate());
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

// Texts that Check() has found to be text.
void NormalizeTexts(v1::Vacancy& vacancy) {
  const auto normal = [](const std::string& text) { return Normalize(text).value_or(text); };
  vacancy.set_offer(normal(vacancy.offer()));
  vacancy.set_municipality(normal(vacancy.municipality()));
  vacancy.set_experience(normal(vacancy.experience()));
  for (v1::LanguageDemand& language : *vacancy.mutable_languages()) {
    language.set_certificate(normal(language.certificate()));
  }
}

}  // namespace

std::vector<Violation> Check(const v1::Vacancy& vacancy, absl::string_view path) {
  Checker checker(path);
  checker.Text("offer", vacancy.offer());
  if (const auto offer = Normalize(vacancy.offer()); offer && offer->empty()) {
    checker.Add("offer", "REQUIRED", "No puede estar vacío.", "Must not be empty.");
  }
  if (!ToDay(vacancy.offer_date())) {
    checker.Add("offer_date", "NOT_A_DATE", "Debe ser un día completo del calendario.",
                "Must be a whole date of the calendar.");
  }
  checker.Text("municipality", vacancy.municipality());
  if (vacancy.has_monthly_wage() && ToCentavos(vacancy.monthly_wage()).value_or(0) <= 0) {
    checker.Add("monthly_wage", "NOT_AN_AMOUNT",
                "Debe ser un monto positivo en MXN con centavos enteros; omítalo si no se ofrece.",
                "Must be a positive amount of MXN in whole centavos; leave it out if not stated.");
  }
  checker.Enum("contract_kind", v1::ContractKind_IsValid(vacancy.contract_kind()));
  checker.Enum("education_level", v1::EducationLevel_IsValid(vacancy.education_level()));
  checker.Text("experience", vacancy.experience());
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

v1::Vacancy Record(v1::Vacancy checked, absl::string_view supplier, const Standards& standards) {
  NormalizeTexts(checked);
  Complete(checked, supplier, standards);
  return checked;
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
