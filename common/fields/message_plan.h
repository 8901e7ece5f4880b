// What a type of message must look like, compiled from its descriptor once. For common/fields
// alone.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/fields/values.h"
#include "common/status/violation.h"
#include "google/protobuf/message.h"
#include "puente/api/v1/options.pb.h"
#include "re2/re2.h"

namespace puente::fields {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// Where a value stands; text is made of it only for what is wrong.
struct Place {
  const Place* parent;
  absl::string_view name;
  int index;  // -1 unless repeated

  std::string Path() const {
    return absl::StrCat(parent != nullptr ? parent->Path() + "." : "", name,
                        index >= 0 ? absl::StrCat("[", index, "]") : "");
  }
};

using Violations = std::vector<Violation>;

enum class Kind { kMessage, kDate, kMoney, kText, kUuid4, kBytes, kEnum, kNumber, kOther };

// The resource that an update changes; null for requests of other kinds.
const FieldDescriptor* ResourceOf(const Descriptor& request);

class MessagePlan {
 public:
  using Plans = std::map<const Descriptor*, std::unique_ptr<MessagePlan>>;

  // Fills in `plans` with this type's plan and those of the types in it.
  static const MessagePlan* Make(const Descriptor* type, Plans& plans);

  // Clears OUTPUT_ONLY fields and normalizes free text.
  void Clean(Message& message) const;
  void Check(const Message& message, const Place* parent, Violations& violations) const;
  // What is wrong with values beside others: `unique` and `not_before`. Paths as of Check().
  void Compare(const Message& message, const Place* parent, Violations& violations) const;
  // Whether there are such values, at any depth.
  bool ComparesWithin() const;

 private:
  struct Field {
    const FieldDescriptor* field;
    Kind kind;
    bool required;
    bool output_only;
    bool free_text;
    bool personal;
    api::v1::Rules rules;
    std::unique_ptr<RE2> pattern;
    const MessagePlan* nested;          // of kMessage, else null
    bool by_mask;                       // what it must be is not said by the request alone
    const FieldDescriptor* not_before;  // null without the rule
  };

  static Field MakeField(const FieldDescriptor& field, Plans& plans);
  static const FieldDescriptor* NotBefore(const FieldDescriptor& field, const std::string& other);
  static bool Fits(const Field& field);
  static bool Matters(const Field& field);
  static bool IsEmpty(const Field& field, const Message& message);
  static void CleanText(const Field& field, Message& message);
  static void CheckField(const Field& field, const Message& message, const Place* parent,
                         Violations& violations);
  static void CheckValue(const Field& field, const Message& message, const Place& place,
                         Violations& violations);
  static std::optional<Violation> CheckText(const Field& field, const Message& message, int index);
  static std::optional<Violation> CheckEnum(const Field& field, const Message& message, int index);
  static std::optional<Violation> CheckNumber(const Field& field, const Message& message,
                                              int index);
  static void CompareElements(const Field& field, const Message& message, const Place* parent,
                              Violations& violations);
  static void CompareDates(const Field& field, const Message& message, const Place* parent,
                           Violations& violations);

  std::vector<Field> fields_;
};

}  // namespace puente::fields
