// The contract as pages for whoever writes a program: one for each of its files, and one that lists
// all.
#pragma once

#include <map>
#include <string>

#include "console/reference/catalogue.h"

namespace puente::console {

// By the file's name. They need reference.css beside them and ../openapi.json.
std::map<std::string, std::string> ReferencePages(const Catalogue& catalogue);

}  // namespace puente::console
