// What is wrong with a value: a field of a request, or one of a file's row.
//
// A rule is a line of a catalogue, as an error is:
//
//   constexpr RuleSpec kTooLong{"TOO_LONG", "tiene más de $most caracteres; acórtelo.",
//                               "has more than $most characters; shorten it."};
//
// and a call site reads: return Against(rule::kTooLong, "most"_is(most)).At(path);
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "common/status/values.h"

namespace puente {

// Each text goes on where the field's path stands, and says what to do.
struct RuleSpec {
  absl::string_view rule;  // UPPER_SNAKE
  absl::string_view es;
  absl::string_view en;
};

// `field` is its path as clients write it ("vacancy.languages[2].level"), or a column's name;
// `reads` are the paths of other fields that the rule looks at. Made by Against() alone.
struct Violation {
  std::string field;
  absl::string_view rule;
  std::string es;
  std::string en;
  std::vector<std::string> reads;

  Violation At(std::string path) && {
    field = std::move(path);
    return std::move(*this);
  }
  Violation Reading(std::vector<std::string> paths) && {
    reads = std::move(paths);
    return std::move(*this);
  }

 private:
  Violation(const RuleSpec& spec, const Metadata& values)
      : rule(spec.rule), es(Fill(spec.es, values)), en(Fill(spec.en, values)) {}
  template <Key... keys>
  friend Violation Against(CompleteFor<RuleSpec, keys...> rule, Value<keys>... values);
};

template <Key... keys>
Violation Against(CompleteFor<RuleSpec, keys...> rule, Value<keys>... values) {
  return Violation(rule.spec, MetadataFrom(std::move(values)...));
}

// INVALID_ARGUMENT with reason INVALID_FIELDS and all violations as BadRequest, in order, as many
// as fit in 3 KB; metadata "count" says how many there were. OK if there are none.
absl::Status InvalidFields(const std::vector<Violation>& violations);

}  // namespace puente
