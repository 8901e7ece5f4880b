// How the text of a column becomes a field of a record. The field's type says in which way, its
// rules in the contract say what is allowed:
//
//   google.type.Date     "format": YYYY, MM and DD once each; "YYYY-MM-DD" unless stated
//   google.type.Money    "decimal_mark", "group_mark": pesos with at most two decimals
//   integer              a whole number; minutes_… has "unit" (hours or minutes) and the marks
//   …_microdegrees       degrees with a sign and "decimal_mark", to the nearest millionth
//   enum                 "values": which text means which value
//   text with a pattern  a code of that form
//   text                 free text, normalized
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/loading/json_node.h"
#include "common/loading/row_error.h"
#include "google/protobuf/message.h"

namespace puente::loading {

// Immutable; safe to share between threads.
class Conversion {
 public:
  virtual ~Conversion() = default;
  // Sets the field from a text that is trimmed and not empty. Null, or what is wrong: the
  // record must then be given up.
  virtual Wrong Set(absl::string_view text, google::protobuf::Message& record) const = 0;
};

struct Target;

// A way to convert: the keys that a column may have for it in a profile, and what they make.
struct ConversionKind {
  std::vector<absl::string_view> keys;
  absl::StatusOr<std::unique_ptr<const Conversion>> (*make)(
      const JsonNode& column, const Target& target, const google::protobuf::FieldDescriptor& field);
};

// A field that a column may state.
struct Target {
  std::string field;                     // or, of the elements of a list, "outcomes.code"
  const ConversionKind* kind = nullptr;  // null: as the field's type says
  // Bounds of a number, of money in centavos. A 0 states nothing unless `least` is 0. `most` is 0
  // where the field's rules say it.
  int64_t least = 1;
  int64_t most = 0;
};

// Null if fields of this type cannot be converted.
const ConversionKind* KindOf(const google::protobuf::FieldDescriptor& field);

// A federal entity by its name or INEGI code.
extern const ConversionKind kStateCode;

// The text normalized into `out`; what is wrong if it is not text or has more than `most`
// characters (0: no bound).
Wrong SetText(absl::string_view value, size_t most, std::string& out);

}  // namespace puente::loading
