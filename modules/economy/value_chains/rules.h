// What holds for value chains, whoever stores them.
#pragma once

#include <string>
#include <vector>

#include "common/status/violation.h"
#include "modules/economy/sector_tables/rules.h"
#include "puente/economy/v1/value_chain.pb.h"

namespace puente::economy {

// That links join stages of the chain, and no class belongs to two stages.
std::vector<Violation> CheckValueChain(const v1::ValueChain& chain, const std::string& path);

// What demand of a stage is told under: "valueChains/{value_chain}/stages/{stage}".
std::string SectorOf(const v1::ValueChain& chain, const v1::ValueChainStage& stage);
// Adds the stages of chains to what demand is told of.
void AddStages(const std::vector<v1::ValueChain>& chains, Sectors& sectors);

}  // namespace puente::economy
