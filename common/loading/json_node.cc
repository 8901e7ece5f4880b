#include "common/loading/json_node.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "common/loading/errors.h"
#include "common/names/text.h"
#include "common/status/macros.h"

namespace puente::loading {

absl::Status JsonNode::Wrong(absl::string_view key, absl::string_view problem) const {
  return Error(error::kInvalidProfile, "file"_is(file_),
               "place"_is(key.empty() ? place_ : absl::StrCat(place_, ".", key)),
               "problem"_is(problem));
}

absl::StatusOr<std::string> JsonNode::String(absl::string_view key) const {
  if (!Has(key)) return Wrong(key, "is missing");
  if (!At(key).is_string()) return Wrong(key, "must be a text");
  std::string text = At(key).get<std::string>();
  if (text.empty()) return Wrong(key, "must not be empty");
  return text;
}

absl::StatusOr<char> JsonNode::Character(absl::string_view key, char otherwise) const {
  if (!Has(key)) return otherwise;
  ASSIGN_OR_RETURN(const std::string text, String(key));
  const bool fits = text.size() == 1 && (text[0] == '\t' || (text[0] >= 0x20 && text[0] < 0x7F));
  if (!fits) return Wrong(key, "must be one ASCII character");
  return text[0];
}

absl::StatusOr<absl::flat_hash_map<std::string, std::string>> JsonNode::Map(
    absl::string_view key) const {
  if (!Has(key)) return Wrong(key, "is missing");
  if (!At(key).is_object() || At(key).empty()) return Wrong(key, "must be an object, not empty");
  absl::flat_hash_map<std::string, std::string> map;
  for (const auto& [text, value] : At(key).items()) {
    if (!value.is_string()) return Wrong(absl::StrCat(key, ".", text), "must be a text");
    if (!map.emplace(Fold(text), value.get<std::string>()).second) {
      return Wrong(absl::StrCat(key, ".", text), "is there twice, but for case or accents");
    }
  }
  return map;
}

absl::StatusOr<Values> JsonNode::EnumValues(absl::string_view key,
                                            const google::protobuf::EnumDescriptor& type) const {
  const absl::string_view prefix = absl::StripSuffix(type.value(0)->name(), "UNSPECIFIED");
  ASSIGN_OR_RETURN(const auto texts, Map(key));
  Values values;
  for (const auto& [text, name] : texts) {
    const auto* value = type.FindValueByName(absl::StrCat(prefix, name));
    if (value == nullptr || value->number() == 0) {
      return Wrong(absl::StrCat(key, ".", text),
                   absl::StrCat(name, " is no ", type.name(), "; write it without ", prefix));
    }
    values.emplace(text, value->number());
  }
  return values;
}

absl::Status JsonNode::OnlyKeys(const std::vector<absl::string_view>& keys) const {
  for (const auto& [key, value] : json_.items()) {
    bool known = false;
    for (const absl::string_view each : keys) known |= each == key;
    if (!known) {
      return Wrong(key, absl::StrCat("is unknown; known are ", absl::StrJoin(keys, ", ")));
    }
  }
  return absl::OkStatus();
}

}  // namespace puente::loading
