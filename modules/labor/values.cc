#include "modules/labor/values.h"

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
  const Centavos centavos = InCentavos(money);
  if (centavos > kMostCentavos) return std::nullopt;
  return centavos;
}

}  // namespace puente::labor::rules
