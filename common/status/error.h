// Errors as AIP-193 wants them: a canonical code, a reason that programs switch on, metadata with
// every dynamic part, and a text in Spanish and English made from the metadata.
//
// A catalogue is two lines an error:
//
//   constexpr ErrorSpec kVacancyNotFound{
//       "VACANCY_NOT_FOUND", absl::StatusCode::kNotFound, "labor.puente",
//       "No existe la vacante $name.", "There is no vacancy $name."};
//
// and a call site reads: return Error(kVacancyNotFound, "name"_is(name));
#pragma once

#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "common/status/values.h"

namespace google::rpc {
class BadRequest;
}

namespace puente {

// $key in a text is replaced by the metadata under key. Texts say what to do and never hold SQL,
// hosts, stack traces or personal data.
struct ErrorSpec {
  absl::string_view reason;  // UPPER_SNAKE
  absl::StatusCode code;
  absl::string_view domain;  // "labor.puente"; "puente" for what all servers share
  absl::string_view es;
  absl::string_view en;
};

// A status whose message is the English text; the details travel as payloads. A reason that ends in
// _NOT_FOUND names the resource too (ResourceInfo), if the values have its "name". What the texts
// have no key for is given to programs alone.
template <Key... keys>
absl::Status Error(CompleteFor<ErrorSpec, keys...> spec, Value<keys>... values);

// The same with RetryInfo: when to try again.
template <Key... keys>
absl::Status RetryableError(CompleteFor<ErrorSpec, keys...> spec, absl::Duration retry_delay,
                            Value<keys>... values);

// Error() of a spec that is made when the program runs: what it lacks is missing in the text.
absl::Status ErrorOf(const ErrorSpec& spec, const Metadata& metadata);
absl::Status WithRetry(absl::Status status, absl::Duration retry_delay);

// The reason of an error made here or read from a peer; "" if it has none.
std::string Reason(const absl::Status& status);
// The domain of the reason; "" if it has none.
std::string Domain(const absl::Status& status);
// One value of the reason's metadata; "" if absent.
std::string MetadataOf(const absl::Status& status, absl::string_view key);

enum class Locale { kSpanish, kEnglish };
// From an accept-language header; Spanish (es-MX) unless English is preferred.
Locale ParseLocale(absl::string_view accept_language);
// The violations of INVALID_FIELDS; of any other error none.
google::rpc::BadRequest BadRequestOf(const absl::Status& status);
// The text for people.
std::string Text(const absl::Status& status, Locale locale);

// Errors that every server can answer.
namespace error {
inline constexpr ErrorSpec kInvalidName{
    "INVALID_NAME", absl::StatusCode::kInvalidArgument, "puente",
    "El nombre \"$name\" en $field no tiene la forma $pattern; corríjalo.",
    "The name \"$name\" in $field does not have the form $pattern; correct it."};
inline constexpr ErrorSpec kInternal{
    "INTERNAL", absl::StatusCode::kInternal, "puente",
    "Error interno; repórtelo a quienes operan Puente con el identificador $trace.",
    "Internal error; report it to Puente's operators with the id $trace."};
}  // namespace error

template <Key... keys>
absl::Status Error(CompleteFor<ErrorSpec, keys...> spec, Value<keys>... values) {
  return ErrorOf(spec.spec, MetadataFrom(std::move(values)...));
}

template <Key... keys>
absl::Status RetryableError(CompleteFor<ErrorSpec, keys...> spec, absl::Duration retry_delay,
                            Value<keys>... values) {
  return WithRetry(ErrorOf(spec.spec, MetadataFrom(std::move(values)...)), retry_delay);
}

namespace internal {
// For common/status/violation.cc.
absl::Status InvalidFields(const Metadata& es, const Metadata& en,
                           const google::rpc::BadRequest& bad);
}  // namespace internal

}  // namespace puente
