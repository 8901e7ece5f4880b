// The words of dual education, for people.
#pragma once

#include "cli/labels.h"
#include "puente/education/v1/dual_agreement.pb.h"
#include "puente/education/v1/dual_plan.pb.h"
#include "puente/education/v1/hour_entry.pb.h"

namespace puente::cli {

const Label& LabelOf(education::v1::DualAgreementState state);
const Label& LabelOf(education::v1::DualInsurance insurance);
const Label& LabelOf(education::v1::DualParty party);
const Label& LabelOf(education::v1::DualEndCause cause);
const Label& LabelOf(education::v1::DualPlanState state);
const Label& LabelOf(education::v1::DualPlace place);
const Label& LabelOf(education::v1::DualConfirmation confirmation);
const Label& LabelOf(education::v1::DualAct act);
const Label& LabelOf(education::v1::DualResult result);
const Label& LabelOf(education::v1::DualPauseCause cause);
const Label& LabelOf(education::v1::HourEntryState state);
const Label& LabelOf(education::v1::HourDisputeReason reason);

}  // namespace puente::cli
