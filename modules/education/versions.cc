#include "modules/education/versions.h"

#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"

namespace puente::education {

VersionName VersionName::Of(absl::string_view name) {
  const std::vector<absl::string_view> parts = absl::StrSplit(name, '/');
  VersionName version;
  if (parts.size() != 4 || !absl::SimpleAtoi(parts[3], &version.number)) return version;
  version.parent = std::string(parts[1]);
  return version;
}

}  // namespace puente::education
