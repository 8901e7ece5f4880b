#include "modules/economy/companies/service.h"

#include "common/names/rfc.h"
#include "common/resource/serve.h"
#include "modules/economy/companies/store.h"
#include "puente/economy/v1/chamber.pb.h"
#include "puente/economy/v1/company.grpc.pb.h"

namespace puente::economy {
namespace {

absl::Status Prepare(const Call& call, journal::Transaction& tx, const v1::Company* before,
                     v1::Company& after) {
  after.set_rfc_check_digit_differs(!after.rfc().empty() && !RfcCheckDigitFits(after.rfc()));
  // Chambers are never deleted, so those that were seen stay.
  return resource::BatchGet<v1::Chamber>(tx, store::ChamberSpec(), after.chambers(),
                                         "company.chambers")
      .status();
}

}  // namespace

void ServeCompanies(calls::Host& host) {
  resource::Serve(host.Serve<v1::CompanyService>(), store::CompanySpec(),
                  resource::HooksOf<v1::Company>({.store = &Prepare}));
}

}  // namespace puente::economy
