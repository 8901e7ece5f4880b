// What holds for demand statements, whoever stores them.
#pragma once

#include <string>

#include "absl/strings/string_view.h"
#include "puente/economy/v1/demand.pb.h"

namespace puente::economy {

// Who states it, "companies/acme".
std::string CompanyOf(const v1::DemandStatement& statement);
// The same of a statement's name.
std::string CompanyOf(absl::string_view statement);

// The need that a statement is about, 32 bytes: company, skill, level, state, SCIAN class and
// period. A later statement of the same need takes the earlier one's place. The kind of record
// belongs to it too, so that a generated statement never displaces a fact.
std::string NeedKey(const v1::DemandStatement& statement);

// The statement once `later` has taken its place.
v1::DemandStatement Supersede(const v1::DemandStatement& before, absl::string_view later);

}  // namespace puente::economy
