#include "modules/labor/occupations/rules.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "modules/labor/errors.h"

namespace puente::labor::rules {

std::string OccupationId(absl::string_view code) {
  std::string id = absl::AsciiStrToLower(code);
  for (char& c : id) {
    if (!absl::ascii_isalnum(c)) c = '-';
  }
  return id;
}

std::vector<Violation> CheckOccupation(const v1::Occupation& occupation, const std::string& path) {
  if (!occupation.label_es().empty() || !occupation.label_en().empty()) return {};
  return {Against(rule::kNoLabel)
              .At(absl::StrCat(path, ".label_es"))
              .Reading({absl::StrCat(path, ".label_en")})};
}

absl::Status CheckFitsRelease(const v1::Occupation& occupation, absl::string_view id,
                              const v1::VocabularyRelease& release) {
  std::string right = OccupationId(occupation.code());
  if (id != right) {
    return Error(error::kOccupationIdOfAnotherCode, "name"_is(occupation.name()),
                 "code"_is(occupation.code()), "id"_is(right));
  }
  if (occupation.record_kind() != release.record_kind()) {
    return Error(error::kRecordKindMixed, "name"_is(occupation.name()),
                 "given"_is(type::v1::RecordKind_Name(occupation.record_kind())),
                 "kind"_is(type::v1::RecordKind_Name(release.record_kind())));
  }
  return absl::OkStatus();
}

}  // namespace puente::labor::rules
