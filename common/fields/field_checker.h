// What a request must look like, from its descriptor: field_behavior, puente.api.v1.rules, the
// value types of google.type, and UUIDs in request_id.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "common/status/violation.h"
#include "google/protobuf/message.h"

namespace puente::fields {

class MessagePlan;
struct Place;

// "a.b[2]" is within "a", "a.b" and itself.
bool IsWithin(absl::string_view path, absl::string_view outer);

// The checks of one type of request, compiled once. Thread-safe.
class FieldChecker {
 public:
  // Aborts if a pattern in the descriptor is no RE2 expression, or a field has rules that one of
  // its type can't have: that is a mistake in the contract.
  explicit FieldChecker(const google::protobuf::Descriptor* type);
  ~FieldChecker();

  // Drops what the contract does not know, at every depth: it would enter answer and digest, and
  // no column. Clears OUTPUT_ONLY fields and normalizes free text (what has a length and no
  // pattern) to NFC without white space at either end. Then INVALID_FIELDS with everything that is
  // wrong: required and empty, unknown enum value, out of range, too long, of another form, free
  // text that tells a CURP (unless it is personal), too many, no calendar date, no amount in whole
  // centavos of MXN, no UTF-8 or with control characters, no UUID4. Of an update (a request with
  // update_mask and a resource) the mask is checked, and the resource is not: what is to be right
  // is the resource with the masked fields put in (see Violations()). What else is known to be
  // wrong (`further`) comes with the rest.
  absl::Status Check(google::protobuf::Message& request, std::vector<Violation> further = {}) const;

  // What is wrong with a message that is part of something and was cleaned, with paths that begin
  // with `under`. What is OUTPUT_ONLY is passed over.
  std::vector<Violation> Violations(const google::protobuf::Message& message,
                                    const std::string& under) const;

  // Rules of the domain over several fields, whose violations come together with the above. One is
  // left out if something is wrong with a field that it names or reads: it would be a consequence.
  // They see requests with any fault. Before the first Check().
  using Rules = std::function<std::vector<Violation>(const google::protobuf::Message&)>;
  void set_rules(Rules rules) { rules_ = std::move(rules); }

 private:
  void AddComparisons(const google::protobuf::Message& message, const Place* place,
                      std::vector<Violation>& violations) const;

  std::shared_ptr<const MessagePlan> plan_;  // with those of the messages in it
  // Of an update, else null.
  const google::protobuf::FieldDescriptor* mask_ = nullptr;
  const google::protobuf::FieldDescriptor* resource_ = nullptr;
  Rules rules_;
  bool compares_ = false;  // whether any field has a rule about others
};

}  // namespace puente::fields
