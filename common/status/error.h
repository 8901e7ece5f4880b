// Errors as AIP-193 wants them: a canonical code, a reason that programs switch on, metadata with
// every dynamic part, and a text in Spanish and English made from the metadata.
//
// A catalogue is two lines an error:
//
//   constexpr ErrorSpec kVacancyNotFound{
//       "VACANCY_NOT_FOUND", absl::StatusCode::kNotFound, "labor.puente",
//       "No existe la vacante $name.", "There is no vacancy $name."};
//
// and a call site reads: return Error(kVacancyNotFound, {{"name", name}});
#pragma once

#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

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

using Metadata = std::vector<std::pair<absl::string_view, std::string>>;

// A status whose message is the English text; the details travel as payloads. A reason that ends in
// _NOT_FOUND names the resource too (ResourceInfo), if the metadata has its "name".
absl::Status Error(const ErrorSpec& spec, const Metadata& metadata = {});

// The same with RetryInfo: when to try again.
absl::Status RetryableError(const ErrorSpec& spec, absl::Duration retry_delay,
                            const Metadata& metadata = {});

// What is wrong with one field of a request. `field` is its path as clients write it
// ("vacancy.languages[2].level"); `rule` is UPPER_SNAKE; `reads` are the paths of other fields that
// the rule looks at.
struct Violation {
  std::string field;
  absl::string_view rule;
  std::string es;
  std::string en;
  std::vector<std::string> reads = {};
};

// INVALID_ARGUMENT with reason INVALID_FIELDS and all violations as BadRequest, in order, as many
// as fit in 3 KB; metadata "count" says how many there were. OK if there are none.
absl::Status InvalidFields(const std::vector<Violation>& violations);

// The reason of an error made here or read from a peer; "" if it has none.
std::string Reason(const absl::Status& status);
// The domain of the reason; "" if it has none.
std::string Domain(const absl::Status& status);
// One value of the reason's metadata; "" if absent.
std::string MetadataOf(const absl::Status& status, absl::string_view key);

enum class Locale { kSpanish, kEnglish };
// From an accept-language header; Spanish (es-MX) unless English is preferred.
Locale ParseLocale(absl::string_view accept_language);
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

}  // namespace puente
