// The sections of a composed answer as text. Each says what it holds, of which records and period,
// what it cannot be split by, and which agency answered when.
#pragma once

#include "cli/printer.h"
#include "puente/gateway/v1/certification.pb.h"
#include "puente/gateway/v1/council.pb.h"
#include "puente/labor/v1/standards.pb.h"

namespace puente::cli {

void Print(Printer& printer, const gateway::v1::SectorSection& section);
void Print(Printer& printer, const gateway::v1::DefinitionSection& section);
void Print(Printer& printer, const gateway::v1::DemandSection& section);
void Print(Printer& printer, const gateway::v1::SupplySection& section);
void Print(Printer& printer, const gateway::v1::EmploymentSection& section);
void Print(Printer& printer, const gateway::v1::TechnologySection& section);

// The whole answers. The request says what was asked for; `standards`, if not null, what the
// quality rules' numbers are.
void Print(Printer& printer, const gateway::v1::GetOverviewRequest& request,
           const gateway::v1::Overview& overview, const labor::v1::Standards* standards = nullptr);
void Print(Printer& printer, const gateway::v1::DossierPreview& dossier,
           const labor::v1::Standards* standards = nullptr);

}  // namespace puente::cli
