// What a certification body may do, by its entry in the register.
#pragma once

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "puente/gateway/v1/certifier.pb.h"

namespace puente::gateway {

// Whether the body may certify a version, "microcredentials/welding/versions/2", on a day.
bool Covers(const v1::Certifier& certifier, absl::string_view microcredential_version,
            absl::CivilDay day);

// Whether a version comes after another one of the same microcredential.
bool IsLaterVersion(absl::string_view microcredential_version, absl::string_view than);

// Whether the body has said that it, or this actor of it, is not impartial towards an organization.
bool HasConflict(const v1::Certifier& certifier, absl::string_view organization,
                 absl::string_view actor = "");

// In how many days it is to decide.
int ReviewDays(const v1::Certifier& certifier);

}  // namespace puente::gateway
