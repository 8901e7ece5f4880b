// What Education answers besides the errors that all servers share.
#pragma once

#include "common/status/error.h"

namespace puente::education::error {

inline constexpr ErrorSpec kVersionNotFound{
    "MICROCREDENTIAL_VERSION_NOT_FOUND", absl::StatusCode::kNotFound, "education.puente",
    "No existe la versión de microcredencial $name; vea ListMicrocredentialVersions.",
    "There is no microcredential version $name; see ListMicrocredentialVersions."};
inline constexpr ErrorSpec kVersionAlreadyExists{
    "MICROCREDENTIAL_VERSION_ALREADY_EXISTS", absl::StatusCode::kAlreadyExists, "education.puente",
    "Ya existe la versión de microcredencial $name; use el número siguiente.",
    "Microcredential version $name exists already; use the next number."};
inline constexpr ErrorSpec kVersionNotNext{
    "MICROCREDENTIAL_VERSION_NOT_NEXT", absl::StatusCode::kFailedPrecondition, "education.puente",
    "La versión $name no es la siguiente de la microcredencial; la siguiente es $next.",
    "Version $name is not the microcredential's next; the next one is $next."};
inline constexpr ErrorSpec kVersionNotLast{
    "MICROCREDENTIAL_VERSION_NOT_LAST", absl::StatusCode::kFailedPrecondition, "education.puente",
    "La versión $name no es la última de la microcredencial; solo se borra la última, $last.",
    "Version $name is not the microcredential's last; only the last, $last, can be deleted."};
inline constexpr ErrorSpec kVersionNotDraft{
    "MICROCREDENTIAL_VERSION_NOT_DRAFT", absl::StatusCode::kFailedPrecondition, "education.puente",
    "La versión de microcredencial $name está en $state y ya no cambia; cree la siguiente.",
    "Microcredential version $name is $state and never changes again; create the next one."};
inline constexpr ErrorSpec kOrganizationNotFound{
    "ORGANIZATION_NOT_FOUND", absl::StatusCode::kNotFound, "education.puente",
    "No existe la organización $name; vea ListOrganizations.",
    "There is no organization $name; see ListOrganizations."};
inline constexpr ErrorSpec kOrganizationAlreadyExists{
    "ORGANIZATION_ALREADY_EXISTS", absl::StatusCode::kAlreadyExists, "education.puente",
    "Ya existe la organización $name; use otro id.",
    "Organization $name exists already; use another id."};
inline constexpr ErrorSpec kOrganizationStateWrong{
    "ORGANIZATION_STATE_WRONG", absl::StatusCode::kFailedPrecondition, "education.puente",
    "La organización $name está en $state; para esto debe estar en $wanted.",
    "Organization $name is $state; for this it must be $wanted."};
inline constexpr ErrorSpec kCampusNotFound{
    "CAMPUS_NOT_FOUND", absl::StatusCode::kNotFound, "education.puente",
    "No existe el plantel $name; vea ListCampuses.", "There is no campus $name; see ListCampuses."};
inline constexpr ErrorSpec kCampusAlreadyExists{
    "CAMPUS_ALREADY_EXISTS", absl::StatusCode::kAlreadyExists, "education.puente",
    "Ya existe el plantel $name; use otro id.", "Campus $name exists already; use another id."};
inline constexpr ErrorSpec kCreditRuleNotFound{
    "CREDIT_RULE_NOT_FOUND", absl::StatusCode::kNotFound, "education.puente",
    "No existe la regla de créditos $name; vea ListCreditRules.",
    "There is no credit rule $name; see ListCreditRules."};
inline constexpr ErrorSpec kCreditRuleAlreadyExists{
    "CREDIT_RULE_ALREADY_EXISTS", absl::StatusCode::kAlreadyExists, "education.puente",
    "Ya existe la regla de créditos $name; use otro id.",
    "Credit rule $name exists already; use another id."};
inline constexpr ErrorSpec kProgramVersionNotFound{
    "PROGRAM_VERSION_NOT_FOUND", absl::StatusCode::kNotFound, "education.puente",
    "No existe la versión de programa $name; vea ListProgramVersions.",
    "There is no program version $name; see ListProgramVersions."};
inline constexpr ErrorSpec kProgramVersionAlreadyExists{
    "PROGRAM_VERSION_ALREADY_EXISTS", absl::StatusCode::kAlreadyExists, "education.puente",
    "Ya existe la versión de programa $name; use el número siguiente.",
    "Program version $name exists already; use the next number."};
inline constexpr ErrorSpec kProgramVersionNotNext{
    "PROGRAM_VERSION_NOT_NEXT", absl::StatusCode::kFailedPrecondition, "education.puente",
    "La versión $name no es la siguiente del programa; la siguiente es $next.",
    "Version $name is not the program's next; the next one is $next."};
inline constexpr ErrorSpec kProgramVersionNotLast{
    "PROGRAM_VERSION_NOT_LAST", absl::StatusCode::kFailedPrecondition, "education.puente",
    "La versión $name no es la última del programa; solo se borra la última, $last.",
    "Version $name is not the program's last; only the last, $last, can be deleted."};
inline constexpr ErrorSpec kProgramVersionNotDraft{
    "PROGRAM_VERSION_NOT_DRAFT", absl::StatusCode::kFailedPrecondition, "education.puente",
    "La versión de programa $name está en $state y ya no cambia; cree la siguiente.",
    "Program version $name is $state and never changes again; create the next one."};
inline constexpr ErrorSpec kProgramOfAnother{
    "PROGRAM_OF_ANOTHER", absl::StatusCode::kInvalidArgument, "education.puente",
    "$name es de $owner, no de $given; use el programa correcto.",
    "$name belongs to $owner, not to $given; use the right program."};

// For the test that walks the catalogue.
inline constexpr const ErrorSpec* kAll[] = {&kVersionNotFound,
                                            &kVersionAlreadyExists,
                                            &kVersionNotNext,
                                            &kVersionNotLast,
                                            &kVersionNotDraft,
                                            &kOrganizationNotFound,
                                            &kOrganizationAlreadyExists,
                                            &kOrganizationStateWrong,
                                            &kCampusNotFound,
                                            &kCampusAlreadyExists,
                                            &kCreditRuleNotFound,
                                            &kCreditRuleAlreadyExists,
                                            &kProgramVersionNotFound,
                                            &kProgramVersionAlreadyExists,
                                            &kProgramVersionNotNext,
                                            &kProgramVersionNotLast,
                                            &kProgramVersionNotDraft,
                                            &kProgramOfAnother};

}  // namespace puente::education::error
