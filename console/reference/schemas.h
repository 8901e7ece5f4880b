// What messages look like in protobuf's JSON, as JSON Schema (2020-12), which is what OpenAPI 3.1
// has.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "google/protobuf/descriptor.h"

namespace puente::console {

// The schemas of those messages that were asked for, and of what is in them.
class Schemas {
 public:
  using Json = nlohmann::ordered_json;
  using Type = google::protobuf::Descriptor;

  // All that is answered is known beforehand: what is asked and answered has two schemas, of which
  // that of the answer has the type's name.
  explicit Schemas(const std::vector<const Type*>& answered);

  // A reference to the schema of a message that is asked or answered. What is asked is held against
  // the rules, and has no members that it does not know. What is answered may have more in a later
  // version, and leaves out what is 0, false or empty.
  Json Asked(const Type& type);
  Json Answered(const Type& type);

  // All of them by name, in the order of names.
  Json All() &&;

 private:
  // kChange: the record of an update, of which anything may be left out.
  enum class Side { kAnswer, kRequest, kChange };
  std::string NameOf(const Type& type, Side side) const;
  Json Reference(const Type& type, Side side);
  Json OfMessage(const Type& type, Side side);
  Json OfField(const google::protobuf::FieldDescriptor& field, Side side);
  Json OfOne(const google::protobuf::FieldDescriptor& field, Side side);
  Json OfEnum(const google::protobuf::EnumDescriptor& type);

  std::set<const Type*> answered_;
  std::map<std::string, Json> all_;
};

}  // namespace puente::console
