// What holds for proposals, whoever stores them.
#pragma once

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "common/status/violation.h"
#include "puente/economy/v1/proposal.pb.h"

namespace puente::economy {

// The company that is a caller of this path, "companies/acme" of "company/acme"; "" for others.
std::string AsCompany(absl::string_view author);

// SESSION_OF_OTHER_TABLE where its session is none of its sector table.
std::vector<Violation> CheckTable(const v1::Proposal& proposal);

// The proposal once these versions did what it asks for, besides those that are recorded already.
v1::Proposal Implemented(v1::Proposal proposal,
                         const google::protobuf::RepeatedPtrField<std::string>& versions,
                         absl::Time now);

}  // namespace puente::economy
