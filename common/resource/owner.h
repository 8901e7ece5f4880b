// Rights that depend on whose a resource is: puente.api.v1.Access.owners and agents, Spec's owners.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/context/call.h"
#include "common/resource/filter.h"
#include "common/resource/spec.h"
#include "common/sql/session.h"
#include "common/status/error.h"
#include "google/protobuf/reflection.h"

namespace puente::resource {

namespace error {
inline constexpr ErrorSpec kOwnerMismatch{
    "OWNER_MISMATCH", absl::StatusCode::kPermissionDenied, "puente",
    "$caller solo puede hacer esto con sus propios registros, o con los de aquellos por quienes "
    "actúa, y $name no es uno de ellos; llame como su titular.",
    "$caller may do this only with its own records, or those of an owner it acts for, and $name is "
    "not one of them; call as its owner."};
inline constexpr ErrorSpec kOwnerListRefused{
    "OWNER_LIST_REFUSED", absl::StatusCode::kPermissionDenied, "puente",
    "$caller solo puede listar sus propios registros, o los de aquellos por quienes actúa; pídalos "
    "con $ask.",
    "$caller may list only its own records, or those of an owner it acts for; ask for them with "
    "the $ask."};
inline constexpr ErrorSpec kFilterOfOthers{
    "FILTER_OF_OTHERS", absl::StatusCode::kPermissionDenied, "puente",
    "$caller no puede pedir lo que tiene $field = $value: solo quien puede leer eso; filtre por "
    "otro campo.",
    "$caller may not ask for what has $field = $value: only who may read that may; filter by "
    "another field."};
}  // namespace error

// Whether the resource is one that a request would make, or one that others may not know of.
enum class Owned { kNew, kStored };
// OK unless the caller has a right to his own records alone, or to those of whom he acts for, and
// this is not one of them. If so, OWNER_MISMATCH or, where the spec hides others' records, its
// not_found. `field` is the path that held the resource's name.
absl::StatusOr<OwnerProof> CheckOwner(const Call& call, sql::Session& session, const Spec& spec,
                                      const google::protobuf::Message& resource,
                                      Owned what = Owned::kStored,
                                      absl::string_view field = "name");
// The same for each of many rows.
absl::StatusOr<OwnerProof> CheckOwners(
    const Call& call, sql::Session& session, const Spec& spec,
    const google::protobuf::RepeatedFieldRef<google::protobuf::Message>& rows);

// An owner lists his own records alone, an agent those of one for whom he acts: he must ask for
// them, by the parent or the filter. OWNER_LIST_REFUSED.
absl::StatusOr<OwnerProof> CheckListOwner(const Call& call, sql::Session& session, const Spec& spec,
                                          absl::string_view parent,
                                          const std::vector<FilterTerm>& filter);

// What is left out of records is not to be found out by a filter that names it (Spec::may_ask()).
// FILTER_OF_OTHERS.
absl::Status CheckMayAsk(const Call& call, sql::Session& session, const Spec& spec,
                         const std::vector<FilterTerm>& filter);

// What a resource says of its owner, for a spec that has them: "companies/acme".
std::string OwnerOf(const Spec& spec, const google::protobuf::Message& resource);
// Who that is, as the path of a SPIFFE id: "company/acme"; "" for what has no owner.
std::string OwnerPath(const Spec& spec, const google::protobuf::Message& resource);

}  // namespace puente::resource
