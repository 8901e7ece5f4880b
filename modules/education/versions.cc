#include "modules/education/versions.h"

#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace puente::education {

VersionName VersionName::Of(absl::string_view name) {
  const std::vector<absl::string_view> parts = absl::StrSplit(name, '/');
  VersionName version;
  if (parts.size() != 4 || !absl::SimpleAtoi(parts[3], &version.number)) return version;
  version.parent = std::string(parts[1]);
  return version;
}

absl::Status CheckNext(const std::string& name, int64_t last, const ErrorSpec& already_exists,
                       const ErrorSpec& not_next) {
  const int64_t number = VersionName::Of(name).number;
  if (number <= last) return Error(already_exists, {{"name", name}});
  if (number == last + 1) return absl::OkStatus();
  return Error(not_next, {{"name", name}, {"next", absl::StrCat(last + 1)}});
}

}  // namespace puente::education
