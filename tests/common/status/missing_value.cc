// An error whose text has a $key that is given no value: compiled by a test that wants it refused.
// With PUENTE_COMPLETE it is given, and must compile.
#include "common/status/error.h"
#include "common/status/violation.h"

namespace puente {

inline constexpr ErrorSpec kNotFound{"THING_NOT_FOUND", absl::StatusCode::kNotFound, "test.puente",
                                     "No existe $name en $field.", "There is no $name in $field."};
inline constexpr RuleSpec kTooLong{"TOO_LONG", "pasa de $most.", "is over $most."};

absl::Status Missing() {
#ifdef PUENTE_COMPLETE
  (void)Against(kTooLong, "most"_is(3));
  return Error(kNotFound, "name"_is("x"), "field"_is("name"), "more"_is(1));
#elif defined(PUENTE_RULE)
  (void)Against(kTooLong, "least"_is(3));
  return absl::OkStatus();
#else
  return Error(kNotFound, "name"_is("x"));
#endif
}

}  // namespace puente
