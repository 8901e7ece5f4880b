// Code lists that several of the gateway's tables of figures have.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/extracts/reading.h"
#include "common/extracts/table.h"

namespace puente::gateway {

inline constexpr absl::string_view kCertifierList = "CL_CERTIFIER";
inline constexpr absl::string_view kRecordKindList = "CL_RECORD_KIND";

extracts::CodeList CertifierList();
// In the order of puente.type.v1.RecordKind.
extracts::CodeList RecordKindList();

extracts::Dimension CertifierDimension();
extracts::Dimension RecordKindDimension();

// Says how all bodies are called, and gives their names: "certifiers/ceneval".
absl::StatusOr<std::vector<std::string>> NameCertifiers(extracts::Reading& reading);

}  // namespace puente::gateway
