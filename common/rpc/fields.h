// What a request must look like, from its descriptor: field_behavior, puente.api.v1.rules, the
// value types of google.type, and UUIDs in request_id.
#pragma once

#include <memory>

#include "absl/status/status.h"
#include "google/protobuf/message.h"

namespace puente::rpc {

class MessagePlan;

// The checks of one type of request, compiled once. Thread-safe.
class FieldChecker {
 public:
  // Aborts if a pattern in the descriptor is no RE2 expression: that is a mistake in the contract.
  explicit FieldChecker(const google::protobuf::Descriptor* type);
  ~FieldChecker();

  // Clears OUTPUT_ONLY fields, then INVALID_FIELDS with everything that is wrong: required and
  // empty, unknown enum value, out of range, too long, of another form, too many, no calendar date,
  // no amount in whole centavos of MXN, no UTF-8 or with control characters, no UUID4.
  absl::Status Check(google::protobuf::Message& request) const;

 private:
  std::shared_ptr<const MessagePlan> plan_;  // with those of the messages in it
};

}  // namespace puente::rpc
