// What the register of bodies has to allow before a body acts.
#pragma once

#include <set>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "common/context/call.h"
#include "common/journal/write.h"
#include "puente/education/v1/microcredential.pb.h"
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

// That the body certifies on the day of the call, this version as far as its name tells.
// CERTIFIER_STATE_WRONG, NOT_IN_SCOPE.
absl::Status CheckCertifies(const Call& call, const v1::Certifier& certifier,
                            absl::string_view microcredential_version);
// The same by all that the version says, for a certification from a day on; the states for which it
// does, none for the whole country.
absl::StatusOr<std::set<std::string>> StatesCertified(
    const Call& call, const v1::Certifier& certifier,
    const education::v1::MicrocredentialVersion& version, absl::CivilDay from);

}  // namespace puente::gateway
