// Ids of records that are about persons.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "common/names/curp.h"
#include "modules/education/errors.h"

namespace puente::education {

// ID_OF_PERSON for an id that says who it is: a part of it has the form of a CURP, be its last
// digit right or not.
inline std::optional<Violation> CheckIdOfRecord(absl::string_view id) {
  const auto tells = [](absl::string_view part) {
    const auto parsed = ParseCurp(part);
    const auto* wrong = std::get_if<Violation>(&parsed);
    return wrong == nullptr || wrong->rule == puente::rule::kCurpCheckDigit.rule;
  };
  const std::vector<absl::string_view> parts = absl::StrSplit(id, absl::ByAnyChar("-./ "));
  if (std::none_of(parts.begin(), parts.end(), tells)) return std::nullopt;
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
