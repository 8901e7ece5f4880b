// What there is with the outcomes of a version, found by its skills.
#pragma once

#include "absl/status/statusor.h"
#include "common/sql/session.h"
#include "puente/education/v1/microcredential.pb.h"

namespace puente::education {

// Published versions of other microcredentials, and competence standards. What it reads depends on
// how many of them have skills of the version, up to a bound, and on nothing else.
absl::StatusOr<v1::Equivalents> EquivalentsOf(sql::Session& session,
                                              const v1::MicrocredentialVersion& version);

}  // namespace puente::education
