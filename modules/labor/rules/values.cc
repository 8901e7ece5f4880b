#include "modules/labor/rules/values.h"

namespace puente::labor::rules {
namespace {

constexpr int32_t kNanosACentavo = 10'000'000;

}  // namespace

std::optional<Centavos> ToCentavos(const google::type::Money& money) {
  if (money.currency_code() != "MXN" || money.units() < 0 || money.nanos() < 0 ||
      money.nanos() >= 100 * kNanosACentavo || money.nanos() % kNanosACentavo != 0 ||
      money.units() > kMostCentavos / 100) {
    return std::nullopt;
  }
  const Centavos centavos = money.units() * 100 + money.nanos() / kNanosACentavo;
  if (centavos > kMostCentavos) return std::nullopt;
  return centavos;
}

google::type::Money ToMoney(Centavos centavos) {
  google::type::Money money;
  money.set_currency_code("MXN");
  money.set_units(centavos / 100);
  money.set_nanos(static_cast<int32_t>(centavos % 100) * kNanosACentavo);
  return money;
}

std::optional<absl::CivilDay> ToDay(const google::type::Date& date) {
  if (date.year() < 1 || date.year() > 9999) return std::nullopt;
  // CivilDay carries what is too large into the next field: a real date stays as it is.
  const absl::CivilDay day(date.year(), date.month(), date.day());
  if (day.year() != date.year() || day.month() != date.month() || day.day() != date.day()) {
    return std::nullopt;
  }
  return day;
}

google::type::Date ToDate(absl::CivilDay day) {
  google::type::Date date;
  date.set_year(static_cast<int32_t>(day.year()));
  date.set_month(day.month());
  date.set_day(day.day());
  return date;
}

}  // namespace puente::labor::rules
