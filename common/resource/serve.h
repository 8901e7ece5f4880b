// The standard methods of a plain resource, answered from its Spec alone: whichever of Get, List,
// BatchGet, Create, Update, Delete (AIP-131 to 135, 231) and List…Revisions the contract's service
// declares for it and no function answers yet. What they need of requests is found by the AIPs'
// field names when the server starts; a field that is missing is a mistake that ends the process.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "common/calls/service.h"
#include "common/resource/resource.h"
#include "common/resource/spec.h"

namespace puente::resource {

// What the domain says to changes of a resource; all are optional, and pure where they can be.
struct Hooks {
  // Rules over several fields, whose violations come together with those of single fields. Paths
  // begin with `under`.
  std::function<std::vector<Violation>(const Message& resource, const std::string& under)> check;
  // Before a state is stored; `before` is null for a new resource, whose name is set. Fills in
  // what is output-only, and refuses what the state forbids.
  std::function<absl::Status(const Call&, journal::Transaction&, const Message* before,
                             Message& after)>
      store;
  // Before a resource is deleted.
  std::function<absl::Status(const Call&, journal::Transaction&, const Message& before)> remove;
};

// Hooks of a typed resource:
//
//   Serve(service, spec, resource::HooksOf<v1::Program>({.check = &CheckHours, .store =
//   &Prepare}));
template <class M>
struct TypedHooks {
  std::function<std::vector<Violation>(const M& resource, const std::string& under)> check =
      nullptr;
  std::function<absl::Status(const Call&, journal::Transaction&, const M* before, M& after)> store =
      nullptr;
  std::function<absl::Status(const Call&, journal::Transaction&, const M& before)> remove = nullptr;
};
template <class M>
Hooks HooksOf(TypedHooks<M> typed) {
  Hooks hooks;
  if (typed.check) {
    hooks.check = [check = std::move(typed.check)](const Message& resource,
                                                   const std::string& under) {
      return check(static_cast<const M&>(resource), under);
    };
  }
  if (typed.store) {
    hooks.store = [store = std::move(typed.store)](const Call& call, journal::Transaction& tx,
                                                   const Message* before, Message& after) {
      return store(call, tx, static_cast<const M*>(before), static_cast<M&>(after));
    };
  }
  if (typed.remove) {
    hooks.remove = [remove = std::move(typed.remove)](const Call& call, journal::Transaction& tx,
                                                      const Message& before) {
      return remove(call, tx, static_cast<const M&>(before));
    };
  }
  return hooks;
}

// Owners (Access.owners) change what they like of their records but `source` and `record_kind`:
// where a record comes from is for the agency to say. The spec must live for ever. Methods that
// have rules of another kind are given to `service` before.
void Serve(calls::Service& service, const Spec& spec, Hooks hooks = {});

}  // namespace puente::resource
