// What a change of the register of bodies says, and what it makes of an entry.
#pragma once

#include <string>
#include <vector>

#include "common/status/violation.h"
#include "puente/gateway/v1/certifier.pb.h"
#include "puente/gateway/v1/certifier_change.pb.h"

namespace puente::gateway {

// What is given that its kind has no use for, or is missing that it needs; and scopes that say
// nothing. Paths begin with `under`.
std::vector<Violation> CheckChange(const v1::CertifierChange& change, const std::string& under);

// The fields of an entry that a change has, too: "label_es", "scopes".
const std::vector<std::string>& EntryFields();

// Puts what the change says in place of what the entry does.
void Amend(const v1::CertifierChange& change, v1::Certifier& certifier);

// The fields in which two entries differ, of those that a change can change.
std::vector<std::string> Differences(const v1::Certifier& one, const v1::Certifier& other);

}  // namespace puente::gateway
