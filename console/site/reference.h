// The contract for whoever writes a program: an OpenAPI document and pages, as the build made them.
#pragma once

#include "console/http/exchange.h"

namespace puente::console {

// "/openapi.json", "/reference" and what is below it.
bool IsReference(absl::string_view path);

// Answers a GET of such a path.
Answer ReferenceAnswer(const Exchange& exchange);

}  // namespace puente::console
