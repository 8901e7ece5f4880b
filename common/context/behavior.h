// What the contract says of a field (google.api.field_behavior, AIP-203).
#pragma once

#include "google/api/field_behavior.pb.h"
#include "google/protobuf/descriptor.h"

namespace puente {

bool HasBehavior(const google::protobuf::FieldDescriptor& field,
                 google::api::FieldBehavior behavior);

// Whether the server alone gives the field its value: OUTPUT_ONLY, IDENTIFIER, and etags.
bool IsOfServer(const google::protobuf::FieldDescriptor& field);

}  // namespace puente
