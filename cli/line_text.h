// The states and kinds of what lies between a need and a certification, for people.
#pragma once

#include "cli/labels.h"
#include "puente/economy/v1/agreement.pb.h"
#include "puente/economy/v1/consent.pb.h"
#include "puente/economy/v1/demand.pb.h"
#include "puente/economy/v1/place_reservation.pb.h"
#include "puente/economy/v1/proposal.pb.h"
#include "puente/economy/v1/training_place.pb.h"
#include "puente/education/v1/award.pb.h"
#include "puente/education/v1/learner.pb.h"
#include "puente/gateway/v1/agenda.pb.h"
#include "puente/gateway/v1/certifier_change.pb.h"
#include "puente/gateway/v1/decision.pb.h"
#include "puente/gateway/v1/finding.pb.h"
#include "puente/gateway/v1/submission.pb.h"

namespace puente::cli {

// "?" of a number that this client does not know.
const Label& LabelOf(economy::v1::AgreementState state);
const Label& LabelOf(economy::v1::ProposalState state);
const Label& LabelOf(economy::v1::DemandState state);
const Label& LabelOf(economy::v1::ConsentState state);
const Label& LabelOf(economy::v1::ConsentAct act);
const Label& LabelOf(economy::v1::TrainingPlaceState state);
const Label& LabelOf(economy::v1::PlaceReservationState state);
const Label& LabelOf(economy::v1::Nearness nearness);
const Label& LabelOf(economy::v1::PlaceMiss miss);
const Label& LabelOf(education::v1::LearnerState state);
const Label& LabelOf(education::v1::AwardState state);
const Label& LabelOf(gateway::v1::SubmissionState state);
const Label& LabelOf(gateway::v1::DecisionState state);
const Label& LabelOf(gateway::v1::DecisionKind kind);
const Label& LabelOf(gateway::v1::FindingState state);
const Label& LabelOf(gateway::v1::FindingKind kind);
const Label& LabelOf(gateway::v1::AgendaKind kind);
const Label& LabelOf(gateway::v1::CertifierChangeKind kind);
const Label& LabelOf(gateway::v1::CertifierChangeState state);

}  // namespace puente::cli
