// How a decision comes to be in Education's records: an act over two owners.
#pragma once

#include "common/context/call.h"
#include "common/journal/write.h"
#include "gateway/acts/runner.h"
#include "puente/gateway/v1/decision.pb.h"
#include "puente/gateway/v1/submission.pb.h"

namespace puente::gateway {

// The kind of these acts. Their subject is the submission, of which so one decision at a time goes
// through.
inline constexpr char kCertification[] = "certification";

// Has Education record a decision of the caller on a submission: sets the decision's act and
// certification. ACT_UNDER_WAY.
absl::Status BeginRecord(const Call& call, journal::Transaction& tx,
                         const v1::Submission& submission, v1::Decision& decision);

// It counts from now on: the organization is to take notice, and may appeal it for some time.
void TakeEffect(const Call& call, v1::Decision& decision);

// What Education's answer means for the decision and its submission.
ActRunner::Ends CertificationEnds();

}  // namespace puente::gateway
