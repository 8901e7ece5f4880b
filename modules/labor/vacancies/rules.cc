#include "modules/labor/vacancies/rules.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "modules/labor/errors.h"
#include "modules/labor/vacancies/quality.h"

namespace puente::labor::rules {
namespace {

class Checker {
 public:
  explicit Checker(absl::string_view path) : path_(path) {}

  void Add(absl::string_view field, Violation violation) {
    violations_.push_back(std::move(violation).At(absl::StrCat(path_, ".", field)));
  }
  void Origin(absl::string_view field, v1::CodeOrigin origin, absl::string_view code_field,
              absl::string_view code) {
    if (v1::CodeOrigin_IsValid(origin) && code.empty() == (origin == v1::CODE_ORIGIN_UNSPECIFIED)) {
      return;
    }
    Add(field, Against(rule::kOriginWithoutCode).Reading({absl::StrCat(path_, ".", code_field)}));
  }
  std::vector<Violation> Take() { return std::move(violations_); }

 private:
  absl::string_view path_;
  std::vector<Violation> violations_;
};

}  // namespace

std::vector<Violation> CheckDay(const v1::Vacancy& vacancy, absl::CivilDay today) {
  const std::optional<absl::CivilDay> day = ToDay(vacancy.offer_date());
  if (!day || *day <= today) return {};
  return {Against(rule::kOfferToCome).At("offer_date")};
}

std::vector<Violation> Check(const v1::Vacancy& vacancy, absl::CivilDay today,
                             absl::string_view path) {
  Checker checker(path);
  for (Violation& wrong : CheckDay(vacancy, today)) checker.Add("offer_date", std::move(wrong));
  if (vacancy.has_monthly_wage() && ToCentavos(vacancy.monthly_wage()).value_or(0) <= 0) {
    checker.Add("monthly_wage", Against(rule::kNotAnAmount));
  }
  if (vacancy.languages_not_required() && vacancy.languages_size() > 0) {
    checker.Add("languages_not_required",
                Against(rule::kLanguagesAsked).Reading({absl::StrCat(path, ".languages")}));
  }
  checker.Origin("scian_origin", vacancy.scian_origin(), "scian_class", vacancy.scian_class());
  checker.Origin("occupation_origin", vacancy.occupation_origin(), "occupation_code",
                 vacancy.occupation_code());
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

}  // namespace puente::labor::rules
