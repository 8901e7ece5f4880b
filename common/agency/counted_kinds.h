// puente.api.v1.CountedKindService: whether the agency's figures are of real or of generated
// records. It is what the agency has set for the day, never a consequence of which records there
// are.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "common/calls/host.h"
#include "common/resource/spec.h"
#include "common/sql/session.h"
#include "puente/api/v1/counted_kind.pb.h"
#include "puente/type/v1/record.pb.h"

namespace puente::agency {

// The kind that counts on a day. Read it in the snapshot of the figures.
absl::StatusOr<type::v1::RecordKind> CountedKind(sql::Session& session,
                                                 const resource::Spec& counted, absl::CivilDay day);

// Collections, as resource names have them, of which an agency makes figures.
using Collections = std::vector<std::string>;

// The settings in force on a day, one a collection, in their order.
absl::StatusOr<std::vector<api::v1::CountedKind>> CountedKindsOn(sql::Session& session,
                                                                 const Collections& collections,
                                                                 absl::CivilDay day);

// The collections must outlive the server.
void ServeCountedKinds(calls::Host& host, const Collections& collections);

}  // namespace puente::agency
