// What a reader of proposals may know (docs/decisions/0047).
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "common/context/call.h"
#include "common/sql/session.h"
#include "puente/economy/v1/proposal.pb.h"

namespace puente::economy {

// As the Spec's hooks of these names. Economy and the author see all, and so does a chamber that
// may propose as the author; others see no author who has not agreed, nor his source, and those
// statements that they may read.
absl::Status LeaveOut(const Call& call, sql::Session& session, const v1::Proposal* now,
                      absl::Span<google::protobuf::Message* const> proposals);
absl::StatusOr<bool> MayAsk(const Call& call, sql::Session& session, absl::string_view field,
                            const std::string& value);

}  // namespace puente::economy
