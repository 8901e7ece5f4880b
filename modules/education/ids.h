// Ids of records that are about persons.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "common/names/curp.h"
#include "modules/education/errors.h"

namespace puente::education {

// ID_OF_PERSON for an id that says who it is.
inline std::optional<Violation> CheckIdOfRecord(absl::string_view id) {
  if (!TellsCurp(id)) return std::nullopt;
  return Against(rule::kIdOfPerson);
}

// The same of the last id of a name, which stood at the path `field`.
inline std::vector<Violation> CheckIdOf(absl::string_view name, const std::string& field) {
  std::optional<Violation> wrong = CheckIdOfRecord(name.substr(name.rfind('/') + 1));
  if (!wrong) return {};
  return {(*std::move(wrong)).At(field)};
}

// "organizations/x" of a name below it.
inline std::string OrganizationOf(absl::string_view name) {
  return std::string(name.substr(0, name.find('/', name.find('/') + 1)));
}

// "organizations/x" of the path of a caller, "organization/x"; nothing for callers of other kinds.
inline std::optional<std::string> OrganizationOfPath(absl::string_view path) {
  if (!absl::ConsumePrefix(&path, "organization/")) return std::nullopt;
  return absl::StrCat("organizations/", path);
}

}  // namespace puente::education
