// How much a company of a size may plausibly need: dated data, Puente's own proposal.
#pragma once

#include <cstdint>
#include <vector>

#include "absl/time/civil_time.h"
#include "puente/economy/v1/company.pb.h"

namespace puente::economy {

// Most heads that all plausible statements of a company of this size have together, from its day
// until the next one of the size.
struct DemandBound {
  absl::CivilDay from;
  v1::CompanySize size = v1::COMPANY_SIZE_UNSPECIFIED;
  int64_t heads = 0;
};

// The bound of a size on a day; of an unknown one the smallest that is in force. 0 where none is.
int64_t BoundOn(const std::vector<DemandBound>& bounds, v1::CompanySize size, absl::CivilDay day);

}  // namespace puente::economy
