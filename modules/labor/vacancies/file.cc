#include "modules/labor/vacancies/file.h"

#include <memory>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "common/fields/rules.h"
#include "common/loading/errors.h"
#include "common/names/text.h"
#include "modules/labor/errors.h"
#include "modules/labor/vacancies/rules.h"
#include "modules/labor/values.h"
#include "puente/api/v1/options.pb.h"

namespace puente::labor {
namespace {

using google::protobuf::FieldDescriptor;
using loading::Breaks;
using loading::JsonNode;
using loading::Wrong;

const api::v1::Rules& Declared(const google::protobuf::Descriptor& type, const char* field) {
  return type.FindFieldByName(field)->options().GetExtension(api::v1::rules);
}

// What the names of rows begin with.
constexpr absl::string_view kNamePrefix = "vacancies/v";

class Languages final : public loading::Conversion {
 public:
  static absl::StatusOr<std::unique_ptr<const loading::Conversion>> Make(
      const JsonNode& column, const loading::Target& target, const FieldDescriptor& field);
  Wrong Set(absl::string_view text, google::protobuf::Message& record) const override;

 private:
  Wrong Add(absl::string_view text, v1::Vacancy& vacancy) const;

  absl::flat_hash_map<std::string, std::string> codes_;  // by Fold(name)
  loading::Values levels_;
  std::string none_;      // Fold(text) that says that none is required; "" if there is no such
  char separator_ = ',';  // between two languages
  char between_ = '-';    // between name and level
};

absl::StatusOr<std::unique_ptr<const loading::Conversion>> Languages::Make(const JsonNode& column,
                                                                           const loading::Target&,
                                                                           const FieldDescriptor&) {
  auto made = std::make_unique<Languages>();
  ASSIGN_OR_RETURN(made->codes_, column.Map("languages"));
  for (const auto& [name, code] : made->codes_) {
    if (code.size() != 2 || !absl::ascii_islower(code[0]) || !absl::ascii_islower(code[1])) {
      return column.Wrong(absl::StrCat("languages.", name), "must be an ISO 639-1 code");
    }
  }
  ASSIGN_OR_RETURN(made->levels_, column.EnumValues("levels", *v1::LanguageLevel_descriptor()));
  if (column.Has("none")) {
    ASSIGN_OR_RETURN(const std::string none, column.String("none"));
    made->none_ = Fold(none);
  }
  ASSIGN_OR_RETURN(made->separator_, column.Character("separator", ','));
  ASSIGN_OR_RETURN(made->between_, column.Character("between", '-'));
  if (made->separator_ == made->between_) {
    return column.Wrong("between", "must differ from separator");
  }
  return made;
}

Wrong Languages::Set(absl::string_view text, google::protobuf::Message& record) const {
  static const int most = Declared(*v1::Vacancy::descriptor(), "languages").max_items();
  auto& vacancy = static_cast<v1::Vacancy&>(record);
  if (!none_.empty() && Fold(text) == none_) {
    vacancy.set_languages_not_required(true);
    return nullptr;
  }
  for (const absl::string_view language : absl::StrSplit(text, separator_)) {
    if (vacancy.languages_size() == most) return Breaks(puente::rule::kTooMany, "most"_is(most));
    if (Wrong wrong = Add(language, vacancy)) return wrong;
  }
  return nullptr;
}

Wrong Languages::Add(absl::string_view text, v1::Vacancy& vacancy) const {
  text = Trim(text);
  const size_t between = text.find(between_);
  const auto code = codes_.find(Fold(text.substr(0, between)));
  if (code == codes_.end()) return Breaks(puente::rule::kNotInProfile);
  for (const v1::LanguageDemand& other : vacancy.languages()) {
    if (other.language_code() == code->second)
      return Breaks(puente::rule::kUnique, "earlier"_is(code->second));
  }
  v1::LanguageDemand language;
  language.set_language_code(code->second);
  if (between != text.npos) {
    const absl::string_view rest = text.substr(between + 1);
    const size_t space = rest.find(' ');
    const auto level = levels_.find(Fold(rest.substr(0, space)));
    if (level == levels_.end()) return Breaks(puente::rule::kNotInProfile);
    language.set_level(static_cast<v1::LanguageLevel>(level->second));
    static const size_t most = static_cast<size_t>(
        Declared(*v1::LanguageDemand::descriptor(), "certificate").max_length());
    if (space != rest.npos) {
      Wrong wrong = loading::SetText(rest.substr(space), most, *language.mutable_certificate());
      if (wrong != nullptr) return wrong;
    }
  }
  *vacancy.add_languages() = std::move(language);
  return nullptr;
}

const loading::ConversionKind kLanguages{{"languages", "levels", "separator", "between", "none"},
                                         &Languages::Make};

void Complete(v1::Vacancy& vacancy, const VacancyFile& file) {
  if (!vacancy.scian_class().empty()) vacancy.set_scian_origin(v1::CODE_ORIGIN_STATED);
  if (!vacancy.occupation_code().empty()) vacancy.set_occupation_origin(v1::CODE_ORIGIN_STATED);
  rules::Complete(vacancy, file.supplier, *file.standards);
}

}  // namespace

const loading::Layout& VacancyLayout() {
  static const auto* layout =
      new loading::Layout{.type = v1::Vacancy::descriptor(),
                          .targets = {{"offer"},
                                      {"offer_date"},
                                      {"state_code", &loading::kStateCode},
                                      {"municipality"},
                                      {.field = "monthly_wage", .most = rules::kMostCentavos},
                                      {"contract_kind"},
                                      {"minutes_a_day"},
                                      {"days_a_week"},
                                      {"education_level"},
                                      {"experience"},
                                      {"languages", &kLanguages},
                                      {"scian_class"},
                                      {"occupation_code"},
                                      {"post_count"}},
                          .own_number = "vacancy_number"};
  return *layout;
}

loading::LoadOptions<v1::Vacancy> Loading(VacancyFile file) {
  loading::LoadOptions<v1::Vacancy> options;
  options.profile = file.profile;
  options.name_prefix = std::string(kNamePrefix);
  options.size_bytes = file.size_bytes;
  options.locale = file.locale;
  options.base = file.base;
  options.base.set_post_count(1);  // as in a request that states none
  options.check = [today = file.today](const v1::Vacancy& vacancy) {
    return rules::CheckDay(vacancy, today);
  };
  options.complete = [file = std::move(file)](v1::Vacancy& vacancy) { Complete(vacancy, file); };
  return options;
}

std::vector<Violation> CheckNameOfNoRow(absl::string_view name) {
  if (!absl::ConsumePrefix(&name, kNamePrefix) || !loading::IsRecordId(name)) return {};
  return {Against(rule::kIdOfRow).At("vacancy_id")};
}

}  // namespace puente::labor
