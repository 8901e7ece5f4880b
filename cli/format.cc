#include "cli/format.h"

#include <array>
#include <cstdlib>

#include "absl/numeric/int128.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/names/state.h"

namespace puente::cli {
namespace {

constexpr std::array<Label, 12> kMonths{{{"January", "enero"},
                                         {"February", "febrero"},
                                         {"March", "marzo"},
                                         {"April", "abril"},
                                         {"May", "mayo"},
                                         {"June", "junio"},
                                         {"July", "julio"},
                                         {"August", "agosto"},
                                         {"September", "septiembre"},
                                         {"October", "octubre"},
                                         {"November", "noviembre"},
                                         {"December", "diciembre"}}};

std::string Grouped(absl::string_view digits) {
  std::string out;
  for (size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) out += ',';
    out += digits[i];
  }
  return out;
}

// The digits after the point: two at least, more only where they are not zero.
std::string Decimals(int32_t nanos) {
  std::string digits = absl::StrFormat("%09d", std::abs(nanos));
  while (digits.size() > 2 && digits.back() == '0') digits.pop_back();
  return digits;
}

std::string Digits(int64_t number) {
  std::string digits = absl::StrCat(number);
  return number < 0 ? digits.substr(1) : digits;
}

bool IsDate(const google::type::Date& date) {
  return date.year() > 0 && date.month() >= 1 && date.month() <= 12 && date.day() >= 1;
}

std::string MonthAndYear(const google::type::Date& date, Language language) {
  const absl::string_view month = In(language, kMonths[static_cast<size_t>(date.month() - 1)]);
  return language == Language::kSpanish ? absl::StrCat(" de ", month, " de ", date.year())
                                        : absl::StrCat(" ", month, " ", date.year());
}

// The word of an enum value by its number; the number itself for one that is newer than this.
template <size_t size>
std::string Word(const std::array<Label, size>& words, int value, Language language) {
  const auto index = static_cast<size_t>(value);
  return index < size ? std::string(In(language, words[index])) : absl::StrCat(value);
}

}  // namespace

std::string CountText(int64_t count) {
  return absl::StrCat(count < 0 ? "-" : "", Grouped(Digits(count)));
}

std::string ShareText(int64_t part, int64_t whole) {
  if (whole <= 0) return "";
  const absl::int128 twice = absl::int128(part) * 2000 + whole;
  const auto per_mille = static_cast<int64_t>(twice / (absl::int128(whole) * 2));
  if (per_mille == 0 && part > 0) return "<0.1 %";
  if (per_mille == 1000 && part < whole) return ">99.9 %";
  return absl::StrCat(per_mille / 10, ".", per_mille % 10, " %");
}

std::string MoneyText(const google::type::Money& money) {
  const bool negative = money.units() < 0 || money.nanos() < 0;
  return absl::StrCat(negative ? "-" : "", Grouped(Digits(money.units())), ".",
                      Decimals(money.nanos()), " ", money.currency_code());
}

std::string MoneyDecimal(const google::type::Money& money) {
  const bool negative = money.units() < 0 || money.nanos() < 0;
  return absl::StrCat(negative ? "-" : "", Digits(money.units()), ".", Decimals(money.nanos()));
}

std::string DateText(const google::type::Date& date) {
  if (date.year() == 0) return "";
  return absl::StrFormat("%04d-%02d-%02d", date.year(), date.month(), date.day());
}

std::string PeriodText(const google::type::Date& first, const google::type::Date& last,
                       Language language) {
  if (!IsDate(first) || !IsDate(last)) return std::string(In(language, label::kNotStated));
  const std::string end = absl::StrCat(last.day(), MonthAndYear(last, language));
  if (first.year() != last.year() || first.month() != last.month()) {
    return absl::StrCat(first.day(), MonthAndYear(first, language), " ", In(language, label::kTo),
                        " ", end);
  }
  return first.day() == last.day() ? end : absl::StrCat(first.day(), "-", end);
}

std::string TimeText(const google::protobuf::Timestamp& time) {
  return absl::FormatTime("%Y-%m-%d %H:%M:%S UTC", absl::FromUnixSeconds(time.seconds()),
                          absl::UTCTimeZone());
}

std::string DurationText(const google::protobuf::Duration& duration) {
  const int64_t millis = duration.seconds() * 1000 + duration.nanos() / 1000000;
  if (millis == 0) return "<1 ms";
  if (millis < 1000) return absl::StrCat(millis, " ms");
  return absl::StrFormat("%d.%02d s", millis / 1000, millis % 1000 / 10);
}

std::string FigureText(const type::v1::Figure& figure, Language language) {
  if (figure.outcome_case() == type::v1::Figure::kValue) return CountText(figure.value());
  switch (figure.mark()) {
    case type::v1::MARK_SUPPRESSED:
      return std::string(In(language, label::kSuppressed));
    case type::v1::MARK_NOT_APPLICABLE:
      return std::string(In(language, label::kNotApplicable));
    default:
      return std::string(In(language, label::kNotStated));
  }
}

std::string MinutesText(int64_t minutes) {
  if (minutes % 60 == 0) return absl::StrCat(minutes / 60, " h");
  return absl::StrCat(minutes / 60, " h ", minutes % 60, " min");
}

std::string OutcomeText(labor::v1::Outcome outcome, Language language) {
  switch (outcome) {
    case labor::v1::OUTCOME_PASSED:
      return std::string(In(language, label::kPassed));
    case labor::v1::OUTCOME_FAILED:
      return std::string(In(language, label::kFailed));
    case labor::v1::OUTCOME_UNKNOWN:
      return std::string(In(language, label::kUnknown));
    default:
      return std::string(In(language, label::kNotJudged));
  }
}

std::string ContractText(labor::v1::ContractKind kind, Language language) {
  static constexpr std::array<Label, 8> kKinds{{{"not stated", "no se indica"},
                                                {"indefinite", "tiempo indeterminado"},
                                                {"fixed term", "tiempo determinado"},
                                                {"fixed work", "obra determinada"},
                                                {"seasonal", "temporada"},
                                                {"trial", "periodo de prueba"},
                                                {"initial training", "capacitación inicial"},
                                                {"time wage", "salario por unidad de tiempo"}}};
  return Word(kKinds, kind, language);
}

std::string CountedText(type::v1::RecordKind kind, Language language) {
  return std::string(In(language, kind == type::v1::RECORD_KIND_GENERATED ? label::kCountsGenerated
                                                                          : label::kCountsReal));
}

std::string StateText(absl::string_view code) {
  return std::string(StateName(code).value_or(code));
}

std::string LastId(absl::string_view name) {
  const size_t slash = name.rfind('/');
  return std::string(slash == name.npos ? name : name.substr(slash + 1));
}

std::string MicrocredentialStateText(education::v1::MicrocredentialState state, Language language) {
  static constexpr std::array<Label, 3> kStates{
      {{"not stated", "no se indica"}, {"draft", "borrador"}, {"published", "publicada"}}};
  return Word(kStates, state, language);
}

std::string AssessmentText(education::v1::AssessmentType type, Language language) {
  static constexpr std::array<Label, 5> kTypes{{{"not stated", "no se indica"},
                                                {"examination", "examen"},
                                                {"observed performance", "desempeño observado"},
                                                {"portfolio", "portafolio de evidencias"},
                                                {"project", "proyecto"}}};
  return Word(kTypes, type, language);
}

std::string ParticipationText(education::v1::ParticipationForm form, Language language) {
  static constexpr std::array<Label, 5> kForms{{{"not stated", "no se indica"},
                                                {"on site", "presencial"},
                                                {"online", "en línea"},
                                                {"blended", "mixta"},
                                                {"partly in a company", "en parte en la empresa"}}};
  return Word(kForms, form, language);
}

}  // namespace puente::cli
