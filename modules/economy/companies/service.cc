#include "modules/economy/companies/service.h"

#include "common/names/rfc.h"
#include "common/resource/serve.h"
#include "modules/economy/companies/resource.h"

namespace puente::economy {
namespace {

absl::Status CheckRfc(const Call& call, journal::Transaction& tx, const v1::Company* before,
                      v1::Company& after) {
  after.set_rfc_check_digit_differs(!after.rfc().empty() && !RfcCheckDigitFits(after.rfc()));
  return absl::OkStatus();
}

}  // namespace

void ServeCompanies(calls::Host& host) {
  resource::Serve(host, Companies(), {.prepare = &CheckRfc});
}

}  // namespace puente::economy
