// What companies let chambers do, as the calls of a chamber need it.
#pragma once

#include <set>
#include <string>

#include "absl/status/statusor.h"
#include "common/context/call.h"
#include "common/sql/session.h"
#include "puente/economy/v1/consent.pb.h"

namespace puente::economy {

// Whether a calling chamber may do this for a company ("companies/acme") on the day of the call.
absl::StatusOr<bool> MayAct(const Call& call, sql::Session& session, const std::string& company,
                            v1::ConsentAct act);

// Of these companies those for which it may.
absl::StatusOr<std::set<std::string>> MayActFor(const Call& call, sql::Session& session,
                                                const std::set<std::string>& companies,
                                                v1::ConsentAct act);

// That whoever confirms something of a company has nothing to do with it: Economy, or a chamber to
// which it never gave a consent, so that none steps back for as long as it confirms.
// CHAMBER_ACTS_FOR_COMPANY.
absl::Status CheckIndependent(const Call& call, sql::Session& session, const std::string& company);

}  // namespace puente::economy
