#include "modules/labor/loader/rows.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "common/context/values.h"
#include "common/names/state.h"
#include "common/names/text.h"
#include "common/status/macros.h"
#include "modules/labor/errors.h"
#include "modules/labor/loader/number.h"
#include "modules/labor/values.h"
#include "puente/api/v1/options.pb.h"

namespace puente::labor::loader {
namespace {

constexpr RowRule kNotText{"NOT_TEXT", "Quite los caracteres de control.",
                           "Remove the control characters."};
constexpr RowRule kTooLong{"TOO_LONG", "Acórtelo.", "Shorten it."};
constexpr RowRule kNotADate{
    "NOT_A_DATE", "Escriba un día del calendario, de 1900 a 2200, en el formato del perfil.",
    "Write a day of the calendar, 1900 to 2200, in the profile's format."};
constexpr RowRule kNotANumber{"NOT_A_NUMBER",
                              "Escriba un número con las marcas decimales del perfil, sin texto.",
                              "Write a number with the profile's decimal marks, without text."};
constexpr RowRule kNotWholeCentavos{"NOT_WHOLE_CENTAVOS", "Escriba a lo más dos decimales.",
                                    "Write at most two decimals."};
constexpr RowRule kNotWholeMinutes{"NOT_WHOLE_MINUTES",
                                   "Escriba un tiempo que sea un número entero de minutos.",
                                   "Write a time that is a whole number of minutes."};
constexpr RowRule kWageRange{"OUT_OF_RANGE",
                             "Escriba un salario mensual positivo; déjelo vacío si no se ofrece.",
                             "Write a positive monthly wage; leave it empty if none is stated."};
constexpr RowRule kMinutesRange{"OUT_OF_RANGE", "Escriba una jornada de más de 0 y hasta 24 horas.",
                                "Write a day of more than 0 and at most 24 hours."};
constexpr RowRule kDaysRange{"OUT_OF_RANGE", "Escriba de 1 a 7 días.", "Write 1 to 7 days."};
constexpr RowRule kPostsRange{"OUT_OF_RANGE", "Escriba de 1 a 10000 plazas.",
                              "Write 1 to 10000 posts."};
constexpr RowRule kUnknownState{"UNKNOWN_STATE",
                                "Escriba el nombre de una entidad federativa o su clave INEGI.",
                                "Write the name of a federal entity or its INEGI code."};
constexpr RowRule kUnknownValue{"UNKNOWN_VALUE",
                                "Use un valor del perfil, o añada este valor al perfil.",
                                "Use a value of the profile, or add this value to the profile."};
constexpr RowRule kUnknownLanguage{"UNKNOWN_LANGUAGE",
                                   "Use un idioma del perfil, o añádalo al perfil.",
                                   "Use a language of the profile, or add it to the profile."};
constexpr RowRule kUnknownLevel{"UNKNOWN_LEVEL",
                                "Use un nivel de idioma del perfil, o añádalo al perfil.",
                                "Use a language level of the profile, or add it to the profile."};
constexpr RowRule kRepeated{"REPEATED", "Escriba cada idioma una sola vez.",
                            "Write each language once."};
constexpr RowRule kTooMany{"TOO_MANY", "Acorte la lista.", "Shorten the list."};
constexpr RowRule kNotACode{"NOT_A_CODE", "Escriba una clave del catálogo, solo dígitos.",
                            "Write a code of the classification, digits only."};

constexpr size_t kMostShown = 80;         // characters of a wrong value
constexpr size_t kMostRemembered = 4096;  // texts a column
constexpr size_t kMostRememberedBytes = 120;
constexpr int kUnknown = -1;
constexpr int kAbsent = -2;
constexpr int kPresent = -3;

// What the contract declares of a field.
const api::v1::Rules& Declared(const google::protobuf::Descriptor& type, const char* field) {
  return type.FindFieldByName(field)->options().GetExtension(api::v1::rules);
}
size_t MostCharacters(const char* field) {
  return static_cast<size_t>(Declared(*v1::Vacancy::descriptor(), field).max_length());
}

const RowRule* SetDate(const Column& column, absl::string_view value, v1::Vacancy& vacancy) {
  const std::optional<absl::CivilDay> day = ParseDay(value, column.format);
  if (!day) return &kNotADate;
  *vacancy.mutable_offer_date() = ToProto(*day);
  return nullptr;
}

const RowRule* SetWage(const Column& column, absl::string_view value, v1::Vacancy& vacancy) {
  const std::optional<Decimal> wage = ParseDecimal(value, column.decimal_mark, column.group_mark);
  if (!wage) return &kNotANumber;
  const std::optional<int64_t> centavos = wage->Times(100);
  if (!centavos) return &kNotWholeCentavos;
  if (*centavos <= 0 || *centavos > rules::kMostCentavos) return &kWageRange;
  *vacancy.mutable_monthly_wage() = Pesos(*centavos);
  return nullptr;
}

const RowRule* SetMinutes(const Column& column, absl::string_view value, v1::Vacancy& vacancy) {
  const std::optional<Decimal> time = ParseDecimal(value, column.decimal_mark, column.group_mark);
  if (!time) return &kNotANumber;
  const std::optional<int64_t> minutes = time->Times(column.unit_minutes);
  if (!minutes) return &kNotWholeMinutes;
  if (*minutes < 1 || *minutes > 24 * 60) return &kMinutesRange;
  vacancy.set_minutes_a_day(static_cast<int32_t>(*minutes));
  return nullptr;
}

// A whole number of 1..most into `out`.
const RowRule* SetInteger(absl::string_view value, int64_t most, const RowRule& range,
                          int32_t* out) {
  const std::optional<Decimal> number = ParseDecimal(value, '.', 0);
  const std::optional<int64_t> whole = number ? number->Times(1) : std::nullopt;
  if (!whole) return &kNotANumber;
  if (*whole < 1 || *whole > most) return &range;
  *out = static_cast<int32_t>(*whole);
  return nullptr;
}

const RowRule* SetDays(absl::string_view value, v1::Vacancy& vacancy) {
  int32_t days = 0;
  const RowRule* wrong = SetInteger(value, 7, kDaysRange, &days);
  vacancy.set_days_a_week(days);
  return wrong;
}

const RowRule* SetPosts(absl::string_view value, v1::Vacancy& vacancy) {
  int32_t posts = 0;
  const RowRule* wrong = SetInteger(value, 10'000, kPostsRange, &posts);
  vacancy.set_post_count(posts);
  return wrong;
}

bool IsCode(absl::string_view value, size_t least, size_t most) {
  return value.size() >= least && value.size() <= most &&
         std::all_of(value.begin(), value.end(), absl::ascii_isdigit);
}

const RowRule* SetScian(absl::string_view value, v1::Vacancy& vacancy) {
  if (!IsCode(value, 2, 6)) return &kNotACode;
  vacancy.set_scian_class(std::string(value));
  vacancy.set_scian_origin(v1::CODE_ORIGIN_STATED);
  return nullptr;
}

const RowRule* SetOccupation(absl::string_view value, v1::Vacancy& vacancy) {
  if (!IsCode(value, 1, 4) || value.front() == '0') return &kNotACode;
  vacancy.set_occupation_code(std::string(value));
  vacancy.set_occupation_origin(v1::CODE_ORIGIN_STATED);
  return nullptr;
}

// "Inglés-Avanzado Se requiere una certificación": name, level, and what follows as certificate.
const RowRule* AddLanguage(const Column& column, absl::string_view text, v1::Vacancy& vacancy) {
  text = absl::StripAsciiWhitespace(text);
  const size_t between = text.find(column.between);
  const auto code = column.languages.find(Fold(text.substr(0, between)));
  if (code == column.languages.end()) return &kUnknownLanguage;
  for (const v1::LanguageDemand& other : vacancy.languages()) {
    if (other.language_code() == code->second) return &kRepeated;
  }
  v1::LanguageDemand language;
  language.set_language_code(code->second);
  if (between != text.npos) {
    const absl::string_view rest = text.substr(between + 1);
    const size_t space = rest.find(' ');
    const auto level = column.values.find(Fold(rest.substr(0, space)));
    if (level == column.values.end()) return &kUnknownLevel;
    language.set_level(static_cast<v1::LanguageLevel>(level->second));
    static const size_t most = static_cast<size_t>(
        Declared(*v1::LanguageDemand::descriptor(), "certificate").max_length());
    if (space != rest.npos) {
      const RowRule* wrong = SetText(rest.substr(space), most, *language.mutable_certificate());
      if (wrong != nullptr) return wrong;
    }
  }
  *vacancy.add_languages() = std::move(language);
  return nullptr;
}

const RowRule* SetLanguages(const Column& column, absl::string_view value, v1::Vacancy& vacancy) {
  static const int most = Declared(*v1::Vacancy::descriptor(), "languages").max_items();
  for (const absl::string_view text : absl::StrSplit(value, column.separator)) {
    if (vacancy.languages_size() == most) return &kTooMany;
    if (const RowRule* wrong = AddLanguage(column, text, vacancy)) return wrong;
  }
  return nullptr;
}

// A field that may be absent but is not.
const RowRule* SetStated(const Column& column, absl::string_view value, v1::Vacancy& vacancy) {
  switch (column.field) {
    case Field::kMonthlyWage:
      return SetWage(column, value, vacancy);
    case Field::kMinutesADay:
      return SetMinutes(column, value, vacancy);
    case Field::kDaysAWeek:
      return SetDays(value, vacancy);
    case Field::kPostCount:
      return SetPosts(value, vacancy);
    case Field::kLanguages:
      return SetLanguages(column, value, vacancy);
    case Field::kScianClass:
      return SetScian(value, vacancy);
    case Field::kOccupationCode:
      return SetOccupation(value, vacancy);
    default:
      return nullptr;  // a number of its own makes the id and nothing else
  }
}

// The number that `compute` finds for the text, remembered.
template <class Compute>
int Remember(absl::flat_hash_map<std::string, int>& memo, absl::string_view text,
             const Compute& compute) {
  const auto found = memo.find(text);
  if (found != memo.end()) return found->second;
  const int value = compute();
  if (memo.size() < kMostRemembered && text.size() <= kMostRememberedBytes) {
    memo.emplace(text, value);
  }
  return value;
}

}  // namespace

const RowRule* SetText(absl::string_view value, size_t most, std::string& out) {
  std::optional<std::string> text = Normalize(value);
  if (!text) return &kNotText;
  if (CodePoints(*text) > most) return &kTooLong;
  out = *std::move(text);
  return nullptr;
}

absl::StatusOr<std::vector<size_t>> FindColumns(absl::Span<const absl::string_view> header,
                                                const std::vector<absl::string_view>& columns,
                                                absl::string_view layout) {
  std::vector<size_t> places;
  std::vector<absl::string_view> missing;
  std::vector<absl::string_view> repeated;
  for (const absl::string_view column : columns) {
    const auto named = [&](absl::string_view name) {
      return absl::StripAsciiWhitespace(name) == column;
    };
    const auto found = std::find_if(header.begin(), header.end(), named);
    if (found == header.end()) {
      missing.push_back(column);
      continue;
    }
    if (std::count_if(found, header.end(), named) > 1) repeated.push_back(column);
    places.push_back(static_cast<size_t>(found - header.begin()));
  }
  if (missing.empty() && repeated.empty()) return places;
  const auto list = [](const std::vector<absl::string_view>& names) {
    return names.empty() ? "-" : absl::StrJoin(names, ", ");
  };
  return Error(
      error::kFileColumns,
      {{"profile", std::string(layout)}, {"missing", list(missing)}, {"repeated", list(repeated)}});
}

std::string CutValue(absl::string_view value) {
  std::string shown;
  size_t count = 0;
  while (!value.empty() && count < kMostShown) {
    const size_t size = Utf8Size(value);
    if (size == 0) {
      absl::StrAppend(&shown, "\uFFFD");  // a byte that is no UTF-8
      value.remove_prefix(1);
    } else {
      absl::StrAppend(&shown, value.substr(0, size));
      value.remove_prefix(size);
    }
    ++count;
  }
  return shown;
}

v1::RowError MakeRowError(int64_t line, absl::string_view field, absl::string_view value,
                          const RowRule& rule, Locale locale) {
  v1::RowError error;
  error.set_line(line);
  error.set_field(CutValue(field));
  error.set_value(CutValue(value));
  error.set_rule(std::string(rule.rule));
  error.set_remedy(std::string(locale == Locale::kSpanish ? rule.es : rule.en));
  return error;
}

absl::StatusOr<RowConverter> RowConverter::Create(const Profile& profile,
                                                  absl::Span<const absl::string_view> header,
                                                  Locale locale) {
  std::vector<absl::string_view> names;
  for (const Column& column : profile.columns) names.push_back(column.name);
  ASSIGN_OR_RETURN(const std::vector<size_t> places, FindColumns(header, names, profile.id));
  RowConverter converter(locale);
  converter.column_count_ = header.size();
  for (size_t i = 0; i < places.size(); ++i) {
    converter.bindings_.push_back({&profile.columns[i], places[i], {}});
  }
  return converter;
}

bool RowConverter::Convert(const CsvRow& row, v1::Vacancy& vacancy,
                           std::vector<v1::RowError>& errors) {
  bool right = true;
  for (Binding& binding : bindings_) {
    const absl::string_view value = absl::StripAsciiWhitespace(row.fields[binding.index]);
    if (const RowRule* wrong = Set(binding, value, vacancy)) {
      errors.push_back(MakeRowError(row.line, binding.column->name, value, *wrong, locale_));
      right = false;
    }
  }
  return right;
}

absl::string_view RowConverter::Number(const CsvRow& row) const {
  for (const Binding& binding : bindings_) {
    if (binding.column->field != Field::kVacancyNumber) continue;
    const absl::string_view value = absl::StripAsciiWhitespace(row.fields[binding.index]);
    return binding.column->absent.contains(Fold(value)) ? "" : value;
  }
  return "";
}

bool RowConverter::Absent(Binding& binding, absl::string_view value) const {
  const Column& column = *binding.column;
  if (value.empty()) return true;
  if (column.absent.empty()) return false;
  return Remember(binding.memo, value, [&] {
           return column.absent.contains(Fold(value)) ? kAbsent : kPresent;
         }) == kAbsent;
}

// Few different texts come again and again, and normalizing is the dearest step of a row.
const RowRule* RowConverter::SetMemorizedText(Binding& binding, absl::string_view value,
                                              size_t most, std::string& out) {
  const auto found = binding.memo.find(value);
  if (found != binding.memo.end() && found->second >= 0) {
    out = texts_[static_cast<size_t>(found->second)];
    return nullptr;
  }
  if (Absent(binding, value)) return nullptr;
  if (const RowRule* wrong = SetText(value, most, out)) return wrong;
  if (binding.memo.size() < kMostRemembered && value.size() <= kMostRememberedBytes) {
    binding.memo.insert_or_assign(value, static_cast<int>(texts_.size()));
    texts_.push_back(out);
  }
  return nullptr;
}

const RowRule* RowConverter::SetState(Binding& binding, absl::string_view value,
                                      v1::Vacancy& vacancy) {
  const int index = Remember(binding.memo, value, [&] {
    const std::optional<absl::string_view> code = StateCode(value);
    return code ? ((*code)[0] - '0') * 10 + ((*code)[1] - '0') : kUnknown;
  });
  if (index == kUnknown) return &kUnknownState;
  const FederalState& state = FederalStates()[static_cast<size_t>(index) - 1];
  vacancy.mutable_state_code()->assign(state.code.data(), state.code.size());
  return nullptr;
}

const RowRule* RowConverter::SetEnum(Binding& binding, absl::string_view value,
                                     v1::Vacancy& vacancy) {
  const Column& column = *binding.column;
  if (value.empty()) return nullptr;
  const int number = Remember(binding.memo, value, [&] {
    const std::string folded = Fold(value);
    if (column.absent.contains(folded)) return kAbsent;
    const auto found = column.values.find(folded);
    return found == column.values.end() ? kUnknown : found->second;
  });
  if (number == kUnknown) return &kUnknownValue;
  if (number == kAbsent) return nullptr;
  if (column.field == Field::kContractKind) {
    vacancy.set_contract_kind(static_cast<v1::ContractKind>(number));
  } else {
    vacancy.set_education_level(static_cast<v1::EducationLevel>(number));
  }
  return nullptr;
}

const RowRule* RowConverter::Set(Binding& binding, absl::string_view value, v1::Vacancy& vacancy) {
  static const size_t most_offer = MostCharacters("offer");
  static const size_t most_municipality = MostCharacters("municipality");
  static const size_t most_experience = MostCharacters("experience");
  switch (binding.column->field) {
    case Field::kOffer:
      return value.empty() ? &kRequired : SetText(value, most_offer, *vacancy.mutable_offer());
    case Field::kOfferDate:
      return value.empty() ? &kRequired : SetDate(*binding.column, value, vacancy);
    case Field::kState:
      return value.empty() ? &kRequired : SetState(binding, value, vacancy);
    case Field::kContractKind:
    case Field::kEducationLevel:
      return SetEnum(binding, value, vacancy);
    case Field::kMunicipality:
      return SetMemorizedText(binding, value, most_municipality, *vacancy.mutable_municipality());
    case Field::kExperience:
      return SetMemorizedText(binding, value, most_experience, *vacancy.mutable_experience());
    default:
      return Absent(binding, value) ? nullptr : SetStated(*binding.column, value, vacancy);
  }
}

}  // namespace puente::labor::loader
