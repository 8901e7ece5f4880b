// The agencies that views ask.
#pragma once

#include <array>

#include "absl/strings/string_view.h"

namespace puente::compose {

enum class Agency { kEducation, kEconomy, kLabor, kScience };

inline constexpr std::array<Agency, 4> kAgencies = {Agency::kEducation, Agency::kEconomy,
                                                    Agency::kLabor, Agency::kScience};

// As it stands in provenance, configuration and SPIFFE ids: "labor" of "agency/labor".
constexpr absl::string_view Name(Agency agency) {
  constexpr absl::string_view kNames[] = {"education", "economy", "labor", "science"};
  return kNames[static_cast<size_t>(agency)];
}

}  // namespace puente::compose
