#include "common/resource/owner.h"

#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/resource/standard.h"
#include "common/status/macros.h"

namespace puente::resource {
namespace {

// As what he owns them a caller of his kind has records: where two sides have them, as either.
std::vector<const Owner*> OwnersAs(const Spec& spec, const Caller& caller) {
  std::vector<const Owner*> owners;
  for (const Owner& owner : spec.contract().owners()) {
    if (owner.kind == caller.kind()) owners.push_back(&owner);
  }
  return owners;
}

// Whether a record that names its owner so is the caller's: "companies/acme", or below that.
bool IsOwner(const Caller& caller, const Owner& owner, absl::string_view named) {
  const std::string self = absl::StrCat(owner.collection, "/", caller.id());
  return absl::ConsumePrefix(&named, self) && (named.empty() || named.front() == '/');
}

// What a list is asked for that tells whose it is: the parent, or what the filter gives the field.
std::string Asked(const Owner& owner, absl::string_view parent,
                  const std::vector<FilterTerm>& filter) {
  if (owner.field == "name") return std::string(parent);
  const auto term =
      absl::c_find_if(filter, [&](const FilterTerm& term) { return term.field == owner.field; });
  return term == filter.end() ? std::string() : term->value;
}

// How to ask for the records of `id`.
std::string HowToAsk(const Owner& owner, absl::string_view id) {
  const std::string self = absl::StrCat("\"", owner.collection, "/", id, "\"");
  return owner.field == "name" ? absl::StrCat("parent ", self)
                               : absl::StrCat("filter ", owner.field, " = ", self);
}

}  // namespace

absl::StatusOr<OwnerProof> CheckOwner(const Call& call, sql::Session& session, const Spec& spec,
                                      const google::protobuf::Message& resource, Owned what,
                                      absl::string_view field) {
  if (!call.owner_only) return OwnerProof::Give();
  const auto owns = [&](const Owner* owner) {
    return IsOwner(call.caller, *owner, standard::Get(resource, owner->field));
  };
  if (absl::c_any_of(OwnersAs(spec, call.caller), owns)) return OwnerProof::Give();
  if (call.agent) {
    ASSIGN_OR_RETURN(const bool acts,
                     spec.acts_for()(call, session, OwnerOf(spec, resource), &resource));
    if (acts) return OwnerProof::Give();
  }
  const std::string name = standard::Name(resource);
  if (spec.hides() && what == Owned::kStored) return spec.NotFound(name, field);
  return Error(error::kOwnerMismatch, "caller"_is(call.caller.path), "name"_is(name));
}

absl::StatusOr<OwnerProof> CheckOwners(
    const Call& call, sql::Session& session, const Spec& spec,
    const google::protobuf::RepeatedFieldRef<google::protobuf::Message>& rows) {
  if (!call.owner_only) return OwnerProof::Give();
  for (const google::protobuf::Message& row : rows) {
    RETURN_IF_ERROR(CheckOwner(call, session, spec, row).status());
  }
  return OwnerProof::Give();
}

absl::StatusOr<OwnerProof> CheckListOwner(const Call& call, sql::Session& session, const Spec& spec,
                                          absl::string_view parent,
                                          const std::vector<FilterTerm>& filter) {
  if (!call.owner_only) return OwnerProof::Give();
  const std::vector<const Owner*> self = OwnersAs(spec, call.caller);
  const auto asks_own = [&](const Owner* owner) {
    return IsOwner(call.caller, *owner, Asked(*owner, parent, filter));
  };
  if (absl::c_any_of(self, asks_own)) return OwnerProof::Give();
  const Owner& owner = self.empty() ? *spec.owner() : *self.front();
  if (call.agent) {
    const std::string named = Asked(*spec.owner(), parent, filter);
    ASSIGN_OR_RETURN(const bool acts, spec.acts_for()(call, session, named, nullptr));
    if (acts) return OwnerProof::Give();
  }
  const std::string ask =
      HowToAsk(owner, self.empty() ? absl::StrCat("{", owner.kind, "}") : call.caller.id());
  return Error(error::kOwnerListRefused, "caller"_is(call.caller.path), "ask"_is(ask));
}

absl::Status CheckMayAsk(const Call& call, sql::Session& session, const Spec& spec,
                         const std::vector<FilterTerm>& filter) {
  if (spec.may_ask() == nullptr) return absl::OkStatus();
  for (const FilterTerm& term : filter) {
    ASSIGN_OR_RETURN(const bool may, spec.may_ask()(call, session, term.field, term.value));
    if (may) continue;
    return Error(error::kFilterOfOthers, "caller"_is(call.caller.path), "field"_is(term.field),
                 "value"_is(term.value));
  }
  return absl::OkStatus();
}

std::string OwnerOf(const Spec& spec, const google::protobuf::Message& resource) {
  const std::string named = standard::Get(resource, spec.owner()->field);
  const size_t id = named.find('/');  // what follows it is below the owner
  return named.substr(0, named.find('/', id + 1));
}

std::string OwnerPath(const Spec& spec, const google::protobuf::Message& resource) {
  for (const Owner& owner : spec.contract().owners()) {
    const std::string named = standard::Get(resource, owner.field);
    absl::string_view id = named;
    if (!absl::ConsumePrefix(&id, absl::StrCat(owner.collection, "/"))) continue;
    return absl::StrCat(owner.kind, "/", id.substr(0, id.find('/')));  // without what is below
  }
  return "";
}

}  // namespace puente::resource
