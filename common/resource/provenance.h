// Where a record comes from and whether it is a fact: its fields source and record_kind. The agency
// that keeps the record says both. For anybody else they follow from who that is in the registry of
// principals, so that nobody speaks as another or calls a fact what is none.
#pragma once

#include <string>
#include <vector>

#include "common/context/call.h"
#include "common/resource/spec.h"
#include "common/status/violation.h"

namespace puente::resource {

// Whether the caller is the agency that keeps resources of this kind.
bool IsOfItsAgency(const Call& call, const Spec& spec);

// What is wrong with what the caller says of a new record, which stands under this path of the
// request: NOT_YOUR_SOURCE, NO_SOURCE or, of the agency, REQUIRED.
std::vector<Violation> CheckProvenance(const Call& call, const Spec& spec, const Message& record,
                                       const std::string& under);
// Sets what isn't the caller's to say of one with which nothing is wrong.
void SetProvenance(const Call& call, const Spec& spec, Message& record);

// Has a record that is changed stay as it was, unless the agency changes it. What is wrong then.
std::vector<Violation> KeepProvenance(const Call& call, const Spec& spec, const Message& before,
                                      Message& after, const std::string& under);

}  // namespace puente::resource
