#include "modules/science/transfer_agreements/resource.h"

namespace puente::science {

const resource::Resource<v1::TransferAgreement>& TransferAgreements() {
  static const resource::Resource<v1::TransferAgreement> agreements({
      .table = "transfer_agreement",
      .lists = {{.by = {"state"}, .index = "by_state"},
                {.by = {"technology"}, .index = "by_technology"}},
      .states = {{.verb = "CreateTransferAgreement", .to = v1::TRANSFER_AGREEMENT_STATE_DRAFT},
                 {.verb = "UpdateTransferAgreement", .from = {v1::TRANSFER_AGREEMENT_STATE_DRAFT}},
                 {.verb = "SignTransferAgreement",
                  .from = {v1::TRANSFER_AGREEMENT_STATE_DRAFT},
                  .to = v1::TRANSFER_AGREEMENT_STATE_SIGNED},
                 {.verb = "StartTransferAgreement",
                  .from = {v1::TRANSFER_AGREEMENT_STATE_SIGNED},
                  .to = v1::TRANSFER_AGREEMENT_STATE_RUNNING},
                 {.verb = "FinishTransferAgreement",
                  .from = {v1::TRANSFER_AGREEMENT_STATE_RUNNING},
                  .to = v1::TRANSFER_AGREEMENT_STATE_FINISHED},
                 {.verb = "EndTransferAgreement",
                  .from = {v1::TRANSFER_AGREEMENT_STATE_DRAFT, v1::TRANSFER_AGREEMENT_STATE_SIGNED,
                           v1::TRANSFER_AGREEMENT_STATE_RUNNING},
                  .to = v1::TRANSFER_AGREEMENT_STATE_ENDED}},
      .over = {v1::TRANSFER_AGREEMENT_STATE_FINISHED, v1::TRANSFER_AGREEMENT_STATE_ENDED},
  });
  return agreements;
}

}  // namespace puente::science
