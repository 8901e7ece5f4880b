#include "modules/education/persons/rules.h"

#include <variant>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/context/values.h"
#include "common/names/curp.h"
#include "modules/education/errors.h"
#include "puente/education/v1/learner.pb.h"
#include "re2/re2.h"

namespace puente::education {
namespace {

constexpr int kFirstYear = 1900;
constexpr int kYearsOfBand = 5;

bool Is(const std::string& text, const RE2& form) { return RE2::FullMatch(text, form); }

}  // namespace

absl::string_view SchemeId(v1::PersonIdentifierScheme scheme) {
  switch (scheme) {
    case v1::PERSON_IDENTIFIER_SCHEME_CURP:
      return "curp";
    case v1::PERSON_IDENTIFIER_SCHEME_PASSPORT:
      return "passport";
    default:
      return "other";
  }
}

std::string Normalized(v1::PersonIdentifierScheme scheme, const std::string& identifier) {
  const std::string text(absl::StripAsciiWhitespace(identifier));
  return scheme == v1::PERSON_IDENTIFIER_SCHEME_OTHER ? text : absl::AsciiStrToUpper(text);
}

std::vector<Violation> CheckIdentifier(v1::PersonIdentifierScheme scheme,
                                       const std::string& identifier, const std::string& path) {
  static const auto* const passport = new RE2("[A-Z]{2}:[A-Z0-9]{3,30}");
  static const auto* const other = new RE2("[a-z0-9-]{2,20}:[A-Za-z0-9./-]{1,19}");
  if (identifier.empty()) return {};  // that it is required is said already
  const std::string text = Normalized(scheme, identifier);
  if (scheme == v1::PERSON_IDENTIFIER_SCHEME_CURP) {
    auto curp = ParseCurp(text);
    if (auto* wrong = std::get_if<Violation>(&curp)) return {std::move(*wrong).At(path)};
  }
  if (scheme == v1::PERSON_IDENTIFIER_SCHEME_PASSPORT && !Is(text, *passport)) {
    return {Against(rule::kPassport).At(path)};
  }
  if (scheme == v1::PERSON_IDENTIFIER_SCHEME_OTHER && !Is(text, *other)) {
    return {Against(rule::kOtherIdentifier).At(path)};
  }
  // By another scheme, whoever has that CURP would not be found.
  const bool known = scheme == v1::PERSON_IDENTIFIER_SCHEME_PASSPORT ||
                     scheme == v1::PERSON_IDENTIFIER_SCHEME_OTHER;
  if (known && TellsCurp(text)) return {Against(rule::kCurpOfAnotherScheme).At(path)};
  return {};
}

template <class Record>
std::vector<Violation> CheckWho(const Record& record, const std::string& under) {
  std::vector<Violation> violations = CheckIdentifier(
      record.identifier_scheme(), record.identifier(), absl::StrCat(under, ".identifier"));
  const int scheme = record.identifier_scheme();
  const bool known =
      scheme != 0 && v1::PersonIdentifierScheme_IsValid(scheme);  // else said already
  if (!violations.empty() || record.identifier().empty() || !known) return violations;
  const std::string at = absl::StrCat(under, ".birth_date");
  if (record.identifier_scheme() != v1::PERSON_IDENTIFIER_SCHEME_CURP) {
    if (!record.has_birth_date()) violations.push_back(Against(rule::kBirthDateNeeded).At(at));
    return violations;
  }
  const auto curp = std::get<Curp>(ParseCurp(record.identifier()));
  if (record.has_birth_date() && ToCivilDay(record.birth_date()) != curp.birth_date) {
    violations.push_back(Against(rule::kBirthDateDiffers).At(at));
  }
  return violations;
}

template <class Record>
std::vector<Violation> CheckBorn(const Record& record, absl::CivilDay today,
                                 const std::string& under) {
  const absl::CivilDay birth = ToCivilDay(record.birth_date());
  if (birth <= today && birth.year() >= kFirstYear) return {};
  return {Against(rule::kNotBorn).At(absl::StrCat(under, ".birth_date"))};
}

template <class Record>
void Complete(Record& record) {
  record.set_identifier(Normalized(record.identifier_scheme(), record.identifier()));
  const auto curp = ParseCurp(record.identifier());
  if (record.identifier_scheme() == v1::PERSON_IDENTIFIER_SCHEME_CURP &&
      std::holds_alternative<Curp>(curp)) {
    *record.mutable_birth_date() = ToProto(std::get<Curp>(curp).birth_date);
  }
  record.set_birth_years(BirthYears(ToCivilDay(record.birth_date())));
}

std::string BirthYears(absl::CivilDay birth) {
  const auto first = birth.year() - birth.year() % kYearsOfBand;
  return absl::StrCat(first, "-", first + kYearsOfBand - 1);
}

template std::vector<Violation> CheckWho(const v1::Person&, const std::string&);
template std::vector<Violation> CheckWho(const v1::Learner&, const std::string&);
template std::vector<Violation> CheckBorn(const v1::Person&, absl::CivilDay, const std::string&);
template std::vector<Violation> CheckBorn(const v1::Learner&, absl::CivilDay, const std::string&);
template void Complete(v1::Person&);
template void Complete(v1::Learner&);

}  // namespace puente::education
