// What awards rest on: looked up, checked and noted in them, of many at once.
#pragma once

#include "absl/status/status.h"
#include "absl/types/span.h"
#include "common/context/call.h"
#include "common/journal/write.h"
#include "puente/education/v1/award.pb.h"

namespace puente::education {

// What the agency has suspended or revoked its owner neither resumes, corrects nor awards anew.
// AWARD_DECIDED_BY_AGENCY.
absl::Status CheckMayUndo(const Call& call, const v1::Award& award);

// Of new awards, whose names are set: fills in what is output-only, and says in `refusals`, which
// are OK, why one may not be issued. As many statements whatever their number, but for one of each
// certification, RVOE and organization on which they rest, which are guarded.
absl::Status CheckAwards(const Call& call, journal::Transaction& tx,
                         absl::Span<v1::Award* const> awards, absl::Span<absl::Status> refusals);

}  // namespace puente::education
