#include "common/resource/owner.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/resource/standard.h"
#include "common/status/macros.h"

namespace puente::resource {
namespace {

// Whether a record that names its owner so is the caller's: "companies/acme", or below that.
bool IsOwner(const Caller& caller, const Owner& owner, absl::string_view named) {
  if (caller.kind() != owner.kind) return false;
  const std::string self = absl::StrCat(owner.collection, "/", caller.id());
  return absl::ConsumePrefix(&named, self) && (named.empty() || named.front() == '/');
}

}  // namespace

absl::StatusOr<OwnerProof> CheckOwner(const Call& call, const Spec& spec,
                                      const google::protobuf::Message& resource, Owned what,
                                      absl::string_view field) {
  if (!call.owner_only) return OwnerProof::Give();
  const auto& owner = spec.owner();
  if (owner && IsOwner(call.caller, *owner, OwnerOf(spec, resource))) {
    return OwnerProof::Give();
  }
  const std::string name = standard::Name(resource);
  if (owner && spec.hides() && what == Owned::kStored) {
    return spec.NotFound(name, field);
  }
  return Error(error::kOwnerMismatch, "caller"_is(call.caller.path), "name"_is(name));
}

absl::StatusOr<OwnerProof> CheckOwners(
    const Call& call, const Spec& spec,
    const google::protobuf::RepeatedFieldRef<google::protobuf::Message>& rows) {
  if (!call.owner_only) return OwnerProof::Give();
  for (const google::protobuf::Message& row : rows) {
    RETURN_IF_ERROR(CheckOwner(call, spec, row).status());
  }
  return OwnerProof::Give();
}

absl::StatusOr<OwnerProof> CheckListOwner(const Call& call, const Spec& spec,
                                          absl::string_view parent,
                                          const std::vector<FilterTerm>& filter) {
  if (!call.owner_only) return OwnerProof::Give();
  const Owner owner = spec.owner().value_or(Owner{});
  const std::string self = absl::StrCat(owner.collection, "/", call.caller.id());
  std::string ask = absl::StrCat("parent \"", self, "\"");
  std::string named(parent);
  if (owner.field != "name") {
    ask = absl::StrCat("filter ", owner.field, " = \"", self, "\"");
    for (const FilterTerm& term : filter) {
      if (term.field == owner.field) named = term.value;
    }
  }
  if (IsOwner(call.caller, owner, named)) return OwnerProof::Give();
  return Error(error::kOwnerListRefused, "caller"_is(call.caller.path), "ask"_is(ask));
}

std::string OwnerOf(const Spec& spec, const google::protobuf::Message& resource) {
  return standard::Get(resource, spec.owner()->field);
}

std::string OwnerPath(const Spec& spec, const google::protobuf::Message& resource) {
  if (!spec.owner()) return "";
  const std::string named = OwnerOf(spec, resource);
  absl::string_view id = named;
  if (!absl::ConsumePrefix(&id, absl::StrCat(spec.owner()->collection, "/"))) return "";
  return absl::StrCat(spec.owner()->kind, "/", id.substr(0, id.find('/')));
}

}  // namespace puente::resource
