// Contents of reports for tests.
#pragma once

#include <cstdint>
#include <random>
#include <string>

#include "gateway/reports/content.pb.h"

namespace puente::gateway::reports {

// Small: all four marks, zero, and texts that somebody could take for something else.
Content TrickyContent();

// What a person would be shown: a country of figures over states, quarters and skills, drawn in all
// three ways.
Content CountryContent();

// Anything that a content may be; the same for the same state of the generator.
Content RandomContent(std::mt19937& random);

}  // namespace puente::gateway::reports
