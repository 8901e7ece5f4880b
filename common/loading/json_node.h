// An object of a JSON file and its place in it. Files are read strictly: what is unknown, missing
// or of the wrong type is INVALID_PROFILE with the place.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/descriptor.h"
#include "nlohmann/json.hpp"

namespace puente::loading {

// Text → enum number, by Fold(text).
using Values = absl::flat_hash_map<std::string, int>;

class JsonNode {
 public:
  using Json = nlohmann::json;

  // `json` must outlive the node, and `file` too, which is for the message alone.
  JsonNode(const Json& json, std::string place, absl::string_view file)
      : json_(json), place_(std::move(place)), file_(file) {}

  absl::Status Wrong(absl::string_view key, absl::string_view problem) const;

  bool Has(absl::string_view key) const { return json_.contains(std::string(key)); }
  const Json& At(absl::string_view key) const { return json_[std::string(key)]; }

  // Not empty.
  absl::StatusOr<std::string> String(absl::string_view key) const;
  // One ASCII character, `otherwise` if absent.
  absl::StatusOr<char> Character(absl::string_view key, char otherwise) const;
  // A map of texts, by Fold(key); not empty, no two keys alike.
  absl::StatusOr<absl::flat_hash_map<std::string, std::string>> Map(absl::string_view key) const;
  // A map to values of an enum, which are written without their common prefix.
  absl::StatusOr<Values> EnumValues(absl::string_view key,
                                    const google::protobuf::EnumDescriptor& type) const;
  absl::Status OnlyKeys(const std::vector<absl::string_view>& keys) const;

 private:
  const Json& json_;
  const std::string place_;
  const absl::string_view file_;
};

}  // namespace puente::loading
