#include "modules/science/transfer_agreements/service.h"

#include "common/context/clock.h"
#include "common/context/values.h"
#include "common/resource/serve.h"
#include "modules/science/errors.h"
#include "modules/science/transfer_agreements/resource.h"

namespace puente::science {
namespace {

absl::Status Sign(const Call& call, journal::Transaction&, const v1::TransferAgreement&,
                  v1::TransferAgreement& after) {
  const absl::CivilDay today = LegalDay(call.start);
  if (ToCivilDay(after.sign_date()) <= today) return absl::OkStatus();
  return InvalidFields(
      {Against(rule::kSignToCome, "today"_is(absl::FormatCivilTime(today))).At("sign_date")});
}

absl::Status CheckBegun(const Call& call, journal::Transaction&,
                        const v1::TransferAgreement& before, v1::TransferAgreement&) {
  const absl::CivilDay day = ToCivilDay(before.start_date());
  if (day <= LegalDay(call.start)) return absl::OkStatus();
  return Error(error::kTransferAgreementToCome, "name"_is(before.name()),
               "start_date"_is(absl::FormatCivilTime(day)));
}

}  // namespace

void ServeTransferAgreements(calls::Host& host) {
  resource::Serve(host, TransferAgreements(),
                  {.verbs = {{.verb = "SignTransferAgreement", .prepare = &Sign},
                             {.verb = "StartTransferAgreement", .prepare = &CheckBegun},
                             {.verb = "FinishTransferAgreement", .prepare = &CheckBegun}}});
}

}  // namespace puente::science
