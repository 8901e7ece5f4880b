#include "common/http/answers.h"

#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace puente::http {

bool TakesGzip(absl::string_view accept_encoding) {
  for (absl::string_view part : absl::StrSplit(accept_encoding, ',')) {
    const std::pair<absl::string_view, absl::string_view> pair =
        absl::StrSplit(part, absl::MaxSplits(';', 1));
    if (absl::StripAsciiWhitespace(pair.first) != "gzip") continue;
    const absl::string_view weight = absl::StripAsciiWhitespace(pair.second);
    return weight != "q=0" && !absl::StartsWith(weight, "q=0.0");
  }
  return false;
}

bool NamesTag(absl::string_view if_none_match, absl::string_view tag) {
  for (absl::string_view part : absl::StrSplit(if_none_match, ',')) {
    part = absl::StripAsciiWhitespace(part);
    absl::ConsumePrefix(&part, "W/");
    if (part == "*" || part == tag) return true;
  }
  return false;
}

}  // namespace puente::http
