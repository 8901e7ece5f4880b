// What a server serves, printed without starting it: for people (--methods) and for the documents
// that are made of it (--contract).
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/hosting/module.h"

namespace puente::hosting {

// A line for each method: its name, the function that answers it or "standard", who may call it,
// who may for his own records, and the resource that it is about.
absl::StatusOr<std::string> MethodsText(const std::vector<ModuleKind>& kinds);

// The same and what each module says of its resources, as JSON: a list of {agency, methods,
// resources}.
absl::StatusOr<std::string> ContractJson(const std::vector<ModuleKind>& kinds);

}  // namespace puente::hosting
