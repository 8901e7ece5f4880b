#include "common/context/behavior.h"

namespace puente {

bool HasBehavior(const google::protobuf::FieldDescriptor& field,
                 google::api::FieldBehavior behavior) {
  const auto& options = field.options();
  for (int i = 0; i < options.ExtensionSize(google::api::field_behavior); ++i) {
    if (options.GetExtension(google::api::field_behavior, i) == behavior) return true;
  }
  return false;
}

bool IsOfServer(const google::protobuf::FieldDescriptor& field) {
  return HasBehavior(field, google::api::OUTPUT_ONLY) ||
         HasBehavior(field, google::api::IDENTIFIER) || field.name() == "etag";
}

}  // namespace puente
