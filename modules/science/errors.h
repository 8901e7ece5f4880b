// What Science answers besides the errors that all servers share.
#pragma once

#include "common/status/error.h"

namespace puente::science::error {

inline constexpr ErrorSpec kTechnologyNotFound{
    "TECHNOLOGY_NOT_FOUND", absl::StatusCode::kNotFound, "science.puente",
    "No existe la tecnología $name; vea ListTechnologies.",
    "There is no technology $name; see ListTechnologies."};
inline constexpr ErrorSpec kTechnologyAlreadyExists{
    "TECHNOLOGY_ALREADY_EXISTS", absl::StatusCode::kAlreadyExists, "science.puente",
    "Ya existe la tecnología $name; use otro id.",
    "Technology $name exists already; use another id."};
inline constexpr ErrorSpec kSkillSignalNotFound{
    "SKILL_SIGNAL_NOT_FOUND", absl::StatusCode::kNotFound, "science.puente",
    "No existe la señal $name; vea ListSkillSignals.",
    "There is no skill signal $name; see ListSkillSignals."};
inline constexpr ErrorSpec kSkillSignalAlreadyExists{
    "SKILL_SIGNAL_ALREADY_EXISTS", absl::StatusCode::kAlreadyExists, "science.puente",
    "Ya existe la señal $name; use otro id.", "Skill signal $name exists already; use another id."};

// For the test that walks the catalogue.
inline constexpr const ErrorSpec* kAll[] = {&kTechnologyNotFound, &kTechnologyAlreadyExists,
                                            &kSkillSignalNotFound, &kSkillSignalAlreadyExists};

}  // namespace puente::science::error
