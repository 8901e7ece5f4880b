// What Economy answers besides the errors that all servers share.
#pragma once

#include "common/status/error.h"

namespace puente::economy::error {

inline constexpr ErrorSpec kSectorTableNotFound{
    "SECTOR_TABLE_NOT_FOUND", absl::StatusCode::kNotFound, "economy.puente",
    "No existe la mesa sectorial $name; vea ListSectorTables.",
    "There is no sector table $name; see ListSectorTables."};
inline constexpr ErrorSpec kSectorTableAlreadyExists{
    "SECTOR_TABLE_ALREADY_EXISTS", absl::StatusCode::kAlreadyExists, "economy.puente",
    "Ya existe la mesa sectorial $name; use otro id.",
    "Sector table $name exists already; use another id."};
inline constexpr ErrorSpec kDemandStatementNotFound{
    "DEMAND_STATEMENT_NOT_FOUND", absl::StatusCode::kNotFound, "economy.puente",
    "No existe la declaración de demanda $name, o no es de su empresa.",
    "There is no demand statement $name, or it is not your company's."};
inline constexpr ErrorSpec kDemandStatementAlreadyExists{
    "DEMAND_STATEMENT_ALREADY_EXISTS", absl::StatusCode::kAlreadyExists, "economy.puente",
    "Ya existe la declaración de demanda $name; use otro id.",
    "Demand statement $name exists already; use another id."};
inline constexpr ErrorSpec kDemandStatementNotCurrent{
    "DEMAND_STATEMENT_NOT_CURRENT", absl::StatusCode::kFailedPrecondition, "economy.puente",
    "La declaración de demanda $name está en $state y ya no cuenta.",
    "Demand statement $name is $state and no longer counts."};
inline constexpr ErrorSpec kChamberNotFound{
    "CHAMBER_NOT_FOUND", absl::StatusCode::kNotFound, "economy.puente",
    "No existe la cámara $name; vea ListChambers.", "There is no chamber $name; see ListChambers."};
inline constexpr ErrorSpec kChamberAlreadyExists{
    "CHAMBER_ALREADY_EXISTS", absl::StatusCode::kAlreadyExists, "economy.puente",
    "Ya existe la cámara $name; use otro id.", "Chamber $name exists already; use another id."};
inline constexpr ErrorSpec kCompanyNotFound{"COMPANY_NOT_FOUND", absl::StatusCode::kNotFound,
                                            "economy.puente",
                                            "No existe la empresa $name; vea ListCompanies.",
                                            "There is no company $name; see ListCompanies."};
inline constexpr ErrorSpec kCompanyAlreadyExists{
    "COMPANY_ALREADY_EXISTS", absl::StatusCode::kAlreadyExists, "economy.puente",
    "Ya existe la empresa $name; use otro id.", "Company $name exists already; use another id."};

// For the test that walks the catalogue.
inline constexpr const ErrorSpec* kAll[] = {
    &kSectorTableNotFound,          &kSectorTableAlreadyExists,  &kDemandStatementNotFound,
    &kDemandStatementAlreadyExists, &kDemandStatementNotCurrent, &kChamberNotFound,
    &kChamberAlreadyExists,         &kCompanyNotFound,           &kCompanyAlreadyExists};

}  // namespace puente::economy::error
