#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "common/resource/spec.h"
#include "common/sql/session.h"
#include "puente/economy/v1/value_chain.pb.h"

namespace puente::economy {

// valueChains/{value_chain}
const resource::Resource<v1::ValueChain>& ValueChains();

// By id.
absl::StatusOr<std::vector<v1::ValueChain>> AllValueChains(sql::Session& session);

}  // namespace puente::economy
