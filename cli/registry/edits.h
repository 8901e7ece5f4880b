// What operators change in a registry, as functions of its content.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/identity/registry.pb.h"

namespace puente::registry {

// OK for "company/acme", and for "company/*" if `kinds` are taken too. PARTY_FORM.
absl::Status CheckParty(absl::string_view party, bool kinds = false);

// The person of "ana-r7=reviewer,officer". PERSON_FORM.
absl::StatusOr<identity::Actor> ParsePerson(absl::string_view written);
// "reviewer".
std::string RoleName(int role);
std::vector<std::string> RoleNames();

// The text of an issue: a line for its serial, and one for each party.
std::string TextOf(const identity::RegistryFile& file);

// The entry of a party, or of its kind where it has none of its own; null if there is neither.
const identity::Principal* Find(const identity::RegistryFile& file, absl::string_view party);

// Enters a party, or adds to what is there: a person who is there gets the roles that are given,
// and stays blocked if he is; so does the party.
void Enter(const identity::Principal& party, identity::RegistryFile& file);

// Blocks a party, or one person of it, or lets them in again. Of a party that is there by its kind
// alone, an entry is made. PARTY_NOT_LISTED, PERSON_NOT_LISTED.
absl::Status SetBlocked(absl::string_view party, absl::string_view person, bool blocked,
                        identity::RegistryFile& file);

// The lines that another issue has not ("- …") and those that it has more ("+ …"), "" if they say
// the same. Their serials are left out.
std::string Difference(const identity::RegistryFile& before, const identity::RegistryFile& after);

}  // namespace puente::registry
