// Filters (AIP-160, the part that indexes serve): field = value AND field = value …
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/resource/spec.h"

namespace puente::resource {

namespace error {
inline constexpr ErrorSpec kInvalidFilter{"INVALID_FILTER", absl::StatusCode::kInvalidArgument,
                                          "puente",
                                          "El filtro no es válido: $problem. Se admite: $allowed.",
                                          "The filter is not valid: $problem. Allowed: $allowed."};
inline constexpr ErrorSpec kInvalidOrderBy{
    "INVALID_ORDER_BY", absl::StatusCode::kInvalidArgument, "puente",
    "El orden \"$order_by\" no está disponible con este filtro. Se admite: $allowed.",
    "The order \"$order_by\" is not available with this filter. Allowed: $allowed."};
}  // namespace error

struct FilterTerm {
  std::string field;
  std::string value;  // without quotes
};

// The terms of a filter, none for an empty one. INVALID_FILTER if it is no such list, is longer
// than 1,000 bytes, or names a field twice.
absl::StatusOr<std::vector<FilterTerm>> ParseFilter(absl::string_view filter);

// A filter that was matched with what is declared.
struct MatchedFilter {
  std::vector<FilterTerm> terms;
  const ServedList* list = nullptr;
  std::string where;  // "state = ? AND scian_class >= ? AND scian_class < ?", or ""
  std::vector<sql::Value> values;
};

// INVALID_FILTER, which lists what is declared, if no list is by these fields or a value is not one
// of its field's; INVALID_ORDER_BY, likewise, if the list is not served in this order.
absl::StatusOr<MatchedFilter> MatchFilter(const Spec& spec, absl::string_view filter,
                                          absl::string_view order_by = "");

}  // namespace puente::resource
