#include "modules/education/credit_rules/rules.h"

namespace puente::education {
namespace {

constexpr int64_t kTenThousandths = 10'000;

}  // namespace

int64_t CreditsE4(int64_t workload_hours, int64_t hours_per_credit) {
  return (2 * workload_hours * kTenThousandths + hours_per_credit) / (2 * hours_per_credit);
}

}  // namespace puente::education
