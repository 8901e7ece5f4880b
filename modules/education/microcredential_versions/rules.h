// What holds for versions of microcredentials, whoever stores them.
#pragma once

#include <set>
#include <string>

#include "puente/education/v1/microcredential.pb.h"

namespace puente::education {

// The skills that a version certifies, each once.
std::set<std::string> SkillsOf(const v1::MicrocredentialVersion& version);

}  // namespace puente::education
