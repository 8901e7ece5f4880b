// What the register of bodies has to allow before a body acts.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/context/call.h"
#include "common/journal/write.h"
#include "puente/gateway/v1/certifier.pb.h"

namespace puente::gateway {

// "certifiers/x" of the name of something below it.
std::string CertifierOf(absl::string_view name);

// The entry of the body below which something is, which stays as it is until this is stored.
absl::StatusOr<v1::Certifier> GuardBody(journal::Transaction& tx, absl::string_view name);

// That nobody has declared a conflict of interest of the body, or of its actor, with an
// organization. CONFLICT_DECLARED.
absl::Status CheckImpartial(const v1::Certifier& certifier, absl::string_view organization,
                            absl::string_view actor = "");

// That the body certifies this version, on the day of the call. CERTIFIER_STATE_WRONG,
// NOT_IN_SCOPE.
absl::Status CheckCertifies(const Call& call, const v1::Certifier& certifier,
                            absl::string_view microcredential_version);

}  // namespace puente::gateway
