#pragma once

#include <string>

#include "absl/strings/string_view.h"
#include "common/resource/spec.h"
#include "puente/gateway/v1/act.pb.h"

namespace puente::gateway {

// What the column open_subject has of an act that goes on.
std::string SubjectKey(absl::string_view kind, absl::string_view subject);

// acts/{act}
const resource::Resource<v1::Act>& Acts();

}  // namespace puente::gateway
