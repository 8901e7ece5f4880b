// What a section says about where it comes from, and why it is missing.
#pragma once

#include "absl/status/status.h"
#include "common/context/call.h"
#include "gateway/compose/agency.h"
#include "google/protobuf/message.h"
#include "puente/gateway/v1/section.pb.h"

namespace puente::compose {

// What the section shows in place of `status`, which an agency or the way to it gave. A refusal
// becomes the same AGENCY_REFUSED for everything; lateness AGENCY_LATE; otherwise the agency's own
// error stands, and one without a reason becomes AGENCY_UNAVAILABLE or AGENCY_FAILED.
absl::Status Explain(Agency agency, const absl::Status& status, const Call& call);

// NEEDS_SECTION: `section` is missing because of `why`, told in the call's language.
absl::Status Needs(absl::string_view section, const absl::Status& why, const Call& call);

// When and for whom a section was asked.
struct Asked {
  Agency agency;
  const Call& call;
  absl::Time time;
  // Figures that stand still for longer are STALE.
  absl::Duration stale_after;
};

// Fills in state, digest, and what the answer says of itself (as_of_time, freshness_token). Records
// that state no time of their own are as of when they were asked for: what was committed before is
// in them. STALE, and why, if what the answer was known to be the newest of (its check_time, or
// as_of_time) was long before that; else FRESH.
void Answered(const google::protobuf::Message& answer, const Asked& asked,
              gateway::v1::Provenance& provenance);

// Fills in state and failure of an explained status.
void Failed(const absl::Status& explained, const Call& call, gateway::v1::Provenance& provenance);

}  // namespace puente::compose
