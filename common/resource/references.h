// Fields that name another resource (google.api.resource_reference), checked when they are written:
// a resource of the same agency must exist, in one of the states that puente.api.v1.rules.in_state
// names, and be one that the caller may know of. Names of other agencies' resources are taken as
// they are, and looked up later (common/agency).
#pragma once

#include <mutex>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "common/context/call.h"
#include "common/journal/write.h"
#include "common/resource/reference_fields.h"
#include "common/resource/spec.h"

namespace puente::resource {

class References {
 public:
  // Of a resource's type, at every depth.
  explicit References(const Spec& spec);

  // Ends the process if a field refers to a resource of this agency that is not served, or to a
  // state that it does not have, or if what is named, or is above, may change and has no guards.
  // When all Specs of the module are made.
  void Resolve() const;

  // Checks, once Resolve() would succeed, the names in `after` that are not in the same field of
  // `before` (null for a new resource); `under` is the path of the resource in the request. The
  // target's not_found or state_wrong, for the first at fault.
  absl::Status Check(const Call& call, journal::Transaction& tx, absl::string_view verb,
                     const Message* before, const Message& after, absl::string_view under) const;

 private:
  // What a field refers to; found when all resources of the module are there.
  struct Target {
    const Spec* spec = nullptr;
    std::vector<int> states;  // any, if there are none
  };
  const std::vector<Target>& Targets() const;

  absl::Status CheckField(const Call& call, journal::Transaction& tx, absl::string_view verb,
                          const ReferenceField& field, const Target& target, const Message* before,
                          const Message& after, absl::string_view under) const;

  const Spec& spec_;
  mutable std::once_flag found_;
  mutable std::vector<Target> targets_;  // of fields_
  std::vector<ReferenceField> fields_;   // to resources of this agency
};

// The resource that is above those of a spec in their names, if the module has it; else null.
const Spec* ParentSpec(const Spec& spec);

}  // namespace puente::resource
