// What a certification body may do, by its entry in the register.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "puente/education/v1/microcredential.pb.h"
#include "puente/gateway/v1/certifier.pb.h"

namespace puente::gateway {

// Whether the body may certify a version, "microcredentials/welding/versions/2", on a day, as far
// as its name tells: a scope of a level or a standard may be of any version.
bool MayCover(const v1::Certifier& certifier, absl::string_view microcredential_version,
              absl::CivilDay day);
// The states in which the body may certify a version on a day, none for the whole country; nothing
// if it may not.
std::optional<std::set<std::string>> StatesCovered(
    const v1::Certifier& certifier, const education::v1::MicrocredentialVersion& version,
    absl::CivilDay day);

// What a scope is found by: the microcredential, else the standard, else the level that it names.
const std::string& KeyOf(const v1::CertificationScope& scope);
// By which scopes of a version are found.
std::vector<std::string> KeysOf(absl::string_view microcredential_version,
                                const std::vector<std::string>& competence_standards,
                                const std::string& level);

// Whether a version comes after another one of the same microcredential.
bool IsLaterVersion(absl::string_view microcredential_version, absl::string_view than);

// Whether the body has said that it, or this actor of it, is not impartial towards an organization.
bool HasConflict(const v1::Certifier& certifier, absl::string_view organization,
                 absl::string_view actor = "");

// In how many days it is to decide.
int ReviewDays(const v1::Certifier& certifier);

}  // namespace puente::gateway
