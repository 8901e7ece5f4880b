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
inline constexpr ErrorSpec kProjectNotFound{
    "INNOVATION_PROJECT_NOT_FOUND", absl::StatusCode::kNotFound, "science.puente",
    "No existe el proyecto $name; vea ListInnovationProjects.",
    "There is no innovation project $name; see ListInnovationProjects."};
inline constexpr ErrorSpec kProjectAlreadyExists{
    "INNOVATION_PROJECT_ALREADY_EXISTS", absl::StatusCode::kAlreadyExists, "science.puente",
    "Ya existe el proyecto $name; use otro id.",
    "Innovation project $name exists already; use another id."};
inline constexpr ErrorSpec kProjectEnded{
    "INNOVATION_PROJECT_ENDED", absl::StatusCode::kFailedPrecondition, "science.puente",
    "El proyecto $name está en $state y ya no cambia.",
    "Innovation project $name is $state and never changes again."};

// For the test that walks the catalogue.
inline constexpr const ErrorSpec* kAll[] = {&kTechnologyNotFound,  &kTechnologyAlreadyExists,
                                            &kSkillSignalNotFound, &kSkillSignalAlreadyExists,
                                            &kProjectNotFound,     &kProjectAlreadyExists,
                                            &kProjectEnded};

}  // namespace puente::science::error
