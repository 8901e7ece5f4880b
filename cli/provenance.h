// What every section says about itself.
#pragma once

#include <string>
#include <vector>

#include "cli/printer.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "puente/gateway/v1/section.pb.h"
#include "puente/type/v1/record.pb.h"

namespace puente::cli {

// Prints why there is no answer and returns false, or returns true if there is one.
bool HasAnswer(Printer& printer, const gateway::v1::Provenance& provenance);

// The warning that must stand above generated figures; nothing for real ones.
void PrintRecordKind(Printer& printer, type::v1::RecordKind kind);

// "real records; source: portal-del-empleo".
std::string SourceText(Language language, type::v1::RecordKind kind,
                       const google::protobuf::RepeatedPtrField<std::string>& sources);

// "cannot be split by: state - the figures are for the whole country"; nothing if it can be.
void PrintCouldNotSplit(Printer& printer,
                        const google::protobuf::RepeatedPtrField<std::string>& dimensions);

// "economy, as of 2026-11-23 22:10:01 UTC, answered in 12 ms". With `digest` also that.
void PrintProvenance(Printer& printer, const gateway::v1::Provenance& provenance,
                     bool digest = false);

}  // namespace puente::cli
