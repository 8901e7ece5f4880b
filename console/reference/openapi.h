// The contract over HTTP as an OpenAPI 3.1 document, made of the contract alone.
#pragma once

#include <nlohmann/json.hpp>

#include "console/reference/catalogue.h"

namespace puente::console {

// Every method, by its path.
nlohmann::ordered_json OpenApi(const Catalogue& catalogue);

}  // namespace puente::console
