// The fields of a resource that name other resources (google.api.resource_reference), and the names
// that stand in them.
#pragma once

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"

namespace puente::resource {

struct ReferenceField {
  // From the resource's message down to the field itself.
  std::vector<const google::protobuf::FieldDescriptor*> path;
  std::string type;                 // of what it names: "economy.puente/Company"
  std::vector<std::string> states;  // puente.api.v1.rules.in_state

  const google::protobuf::FieldDescriptor& last() const { return *path.back(); }
  // As a field mask writes it: "outcomes.skills".
  std::string Path() const;
};

// Those of a type, at every depth; not those that only its server writes.
std::vector<ReferenceField> ReferenceFields(const google::protobuf::Descriptor& type);

// "economy.puente" of "economy.puente/Company", and "economy" of it.
absl::string_view DomainOf(absl::string_view type);
absl::string_view AgencyOf(absl::string_view type);

// A name that a resource has in a field, perhaps empty, and where: "outcomes[2].skills[0]".
struct Named {
  std::string name;
  std::string place;
};
// `under` is the path of the resource, "" for none.
std::vector<Named> NamesIn(const google::protobuf::Message& resource, const ReferenceField& field,
                           absl::string_view under);

}  // namespace puente::resource
