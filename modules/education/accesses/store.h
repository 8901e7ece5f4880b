// Entries of the journal that tell of records with personal fields.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "common/sql/session.h"
#include "puente/education/v1/access.pb.h"

namespace puente::education::store {

struct Accessed {
  int64_t entry = 0;  // its id
  v1::Access access;
};

// Who read or changed one of these records, the last entry first, from before one on.
absl::StatusOr<std::vector<Accessed>> AccessesTo(sql::Session& session,
                                                 absl::Span<const std::string> records,
                                                 const Accessed& before, int most);

}  // namespace puente::education::store
