// What holds for versions of microcredentials, whoever stores them.
#pragma once

#include <string>
#include <vector>

#include "common/status/violation.h"
#include "puente/education/v1/microcredential.pb.h"

namespace puente::education {

// ORGANIZATION_OF_ANOTHER_VERSION unless a version is of the organization of the one before, or of
// none like that. Paths begin with `path`.
std::vector<Violation> CheckSameOrganization(const v1::MicrocredentialVersion& earlier,
                                             const v1::MicrocredentialVersion& created,
                                             const std::string& path);

// Whether a version consists of others, or asks for others before.
inline bool Stacks(const v1::MicrocredentialVersion& version) {
  return !version.parts().empty() || !version.prerequisites().empty();
}
// STACKS_ON_ITSELF, and UNIQUE where two versions of one microcredential are named.
std::vector<Violation> CheckStacking(const v1::MicrocredentialVersion& version,
                                     const std::string& path);

// Of a day of review that is set: NOT_BEFORE the day of the definition.
std::vector<Violation> CheckReview(const v1::MicrocredentialVersion& version);

// What differs in what a certification rests on: outcomes, workload, level, kind of assessment,
// what it stacks on.
v1::MicrocredentialComparison Compare(const v1::MicrocredentialVersion& one,
                                      const v1::MicrocredentialVersion& other);

}  // namespace puente::education
