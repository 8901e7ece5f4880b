// Update masks (AIP-134, 161): which fields an update means.
#pragma once

#include <string>
#include <vector>

#include "common/status/violation.h"
#include "google/protobuf/field_mask.pb.h"
#include "google/protobuf/message.h"

namespace puente::fields {

// What is wrong with a mask over this type: unknown paths, "*" beside others, a path twice, a path
// and another within it. Fields that are OUTPUT_ONLY or IDENTIFIER are no fault (AIP-203).
std::vector<Violation> CheckMask(const google::protobuf::FieldMask& mask,
                                 const google::protobuf::Descriptor& type);

// The fields of `incoming` that a checked mask means, put into `after`: "*" is all of them, no path
// at all those that are set. OUTPUT_ONLY and IDENTIFIER fields stay as they are.
void ApplyMask(const google::protobuf::Message& incoming, const google::protobuf::FieldMask& mask,
               google::protobuf::Message& after);

// IMMUTABLE for each field so declared in which the two differ; paths begin with `under`.
std::vector<Violation> CheckImmutable(const google::protobuf::Message& before,
                                      const google::protobuf::Message& after,
                                      const std::string& under);

}  // namespace puente::fields
