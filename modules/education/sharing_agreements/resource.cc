#include "modules/education/sharing_agreements/resource.h"

namespace puente::education {

const resource::Resource<v1::SharingAgreement>& SharingAgreements() {
  // It begins with ShareFacility, OFFERED.
  static const resource::Resource<v1::SharingAgreement> sharing_agreements({
      .table = "sharing_agreement",
      .lists = {{.by = {"host"}, .index = "by_host"},
                {.by = {"host", "facility"}, .index = "by_facility"},
                {.by = {"guest"}, .index = "by_guest"}},
      .hides = true,
      .guarded = true,
      .states = {{.verb = "AcceptSharingAgreement",
                  .from = {v1::SHARING_AGREEMENT_STATE_OFFERED},
                  .to = v1::SHARING_AGREEMENT_STATE_IN_FORCE},
                 {.verb = "RefuseSharingAgreement",
                  .from = {v1::SHARING_AGREEMENT_STATE_OFFERED},
                  .to = v1::SHARING_AGREEMENT_STATE_REFUSED},
                 {.verb = "EndSharingAgreement",
                  .from = {v1::SHARING_AGREEMENT_STATE_OFFERED,
                           v1::SHARING_AGREEMENT_STATE_IN_FORCE},
                  .to = v1::SHARING_AGREEMENT_STATE_ENDED}},
      .over = {v1::SHARING_AGREEMENT_STATE_REFUSED, v1::SHARING_AGREEMENT_STATE_ENDED},
  });
  return sharing_agreements;
}

}  // namespace puente::education
