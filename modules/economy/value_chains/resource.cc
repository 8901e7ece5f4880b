#include "modules/economy/value_chains/resource.h"

#include "common/resource/resource.h"

namespace puente::economy {

const resource::Resource<v1::ValueChain>& ValueChains() {
  static const resource::Resource<v1::ValueChain> chains({.table = "value_chain"});
  return chains;
}

absl::StatusOr<std::vector<v1::ValueChain>> AllValueChains(sql::Session& session) {
  return resource::Select(session, ValueChains(), "economy.value_chain.all", "ORDER BY id");
}

}  // namespace puente::economy
