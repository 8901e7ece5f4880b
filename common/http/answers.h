// What all that answers over HTTP needs, whatever library it is served by.
#pragma once

#include "absl/strings/string_view.h"

namespace puente::http {

// Whether an Accept-Encoding takes gzip: named, and not with the weight 0.
bool TakesGzip(absl::string_view accept_encoding);

// Whether an If-None-Match names the tag, which is quoted.
bool NamesTag(absl::string_view if_none_match, absl::string_view tag);

}  // namespace puente::http
