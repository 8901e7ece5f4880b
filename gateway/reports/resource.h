#pragma once

#include <string>

#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "common/context/call.h"
#include "common/resource/spec.h"
#include "puente/gateway/v1/report.pb.h"

namespace puente::gateway {

// reports/{report}
const resource::Resource<v1::Report>& Reports();
// The id in a report's name.
inline std::string ReportId(absl::string_view name) {
  return std::string(absl::StripPrefix(name, "reports/"));
}

// Whether the caller sees also what was not published: agencies and auditors do.
bool SeesDrafts(const Call& call);
// Whether he is told of a report, and whether he reads what it says.
bool MaySee(const Call& call, const v1::Report& report);
bool MayRead(const Call& call, const v1::Report& report);

}  // namespace puente::gateway
