#include "gateway/certifier_changes/rules.h"

#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "gateway/certifiers/rules.h"
#include "gateway/errors.h"
#include "google/protobuf/util/message_differencer.h"

namespace puente::gateway {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::util::MessageDifferencer;

bool Has(const Message& message, const FieldDescriptor* field) {
  const auto& reflection = *message.GetReflection();
  return field->is_repeated() ? reflection.FieldSize(message, field) > 0
                              : reflection.HasField(message, field);
}

std::vector<Violation> CheckScope(const v1::CertificationScope& scope, const std::string& path) {
  const bool by_microcredential = !scope.microcredential().empty();
  std::vector<Violation> violations;
  if (!by_microcredential && scope.competence_standard().empty() && scope.level().empty()) {
    violations.push_back(Against(rule::kScopeOfNothing).At(path));
  }
  const auto only_with = [&](bool given, const char* field) {
    if (!given || by_microcredential) return;
    violations.push_back(
        Against(rule::kOnlyWithMicrocredential).At(absl::StrCat(path, ".", field)));
  };
  only_with(scope.first_version() != 0, "first_version");
  only_with(scope.later_versions(), "later_versions");
  return violations;
}

}  // namespace

const std::vector<std::string>& EntryFields() {
  static const auto* const fields =
      new std::vector<std::string>({"label_es", "label_en", "scopes", "conflicts",
                                    "reviewer_conflicts", "contact", "review_days"});
  return *fields;
}

std::vector<Violation> CheckChange(const v1::CertifierChange& change, const std::string& under) {
  // That the kind is missing or unknown is said by the field's own rules.
  if (change.kind() == v1::CERTIFIER_CHANGE_KIND_UNSPECIFIED ||
      !v1::CertifierChangeKind_IsValid(change.kind())) {
    return {};
  }
  const auto kind = "kind"_is(std::string(
      absl::StripPrefix(v1::CertifierChangeKind_Name(change.kind()), "CERTIFIER_CHANGE_KIND_")));
  const bool leaves = change.kind() == v1::CERTIFIER_CHANGE_KIND_LEAVE;
  const Descriptor& type = *change.GetDescriptor();
  std::vector<Violation> violations;
  const auto check = [&](bool used, bool needed, const std::string& field) {
    const bool given = Has(change, type.FindFieldByName(field));
    const std::string path = absl::StrCat(under, ".", field);
    if (given && !used) violations.push_back(Against(rule::kNotOfKind, kind).At(path));
    if (!given && needed) violations.push_back(Against(rule::kNeededForKind, kind).At(path));
  };
  for (const std::string& field : EntryFields()) {
    check(!leaves, !leaves && (field == "label_es" || field == "scopes"), field);
  }
  check(leaves, leaves, "teach_out_date");
  check(true, leaves, "note");
  for (int i = 0; i < change.scopes_size(); ++i) {
    for (Violation& one : CheckScope(change.scopes(i), absl::StrCat(under, ".scopes[", i, "]"))) {
      violations.push_back(std::move(one));
    }
  }
  return violations;
}

void Amend(const v1::CertifierChange& change, v1::Certifier& certifier) {
  certifier.set_label_es(change.label_es());
  certifier.set_label_en(change.label_en());
  *certifier.mutable_scopes() = change.scopes();
  std::set<std::string> keys;
  for (const v1::CertificationScope& scope : change.scopes()) keys.insert(KeyOf(scope));
  certifier.mutable_scope_keys()->Assign(keys.begin(), keys.end());
  *certifier.mutable_conflicts() = change.conflicts();
  *certifier.mutable_reviewer_conflicts() = change.reviewer_conflicts();
  certifier.set_contact(change.contact());
  certifier.set_review_days(change.review_days());
}

std::vector<std::string> Differences(const v1::Certifier& one, const v1::Certifier& other) {
  const Descriptor& type = *v1::Certifier::descriptor();
  std::vector<std::string> differing;
  for (const std::string& name : EntryFields()) {
    const std::vector<const FieldDescriptor*> field = {type.FindFieldByName(name)};
    if (!MessageDifferencer().CompareWithFields(one, other, field, field)) {
      differing.push_back(name);
    }
  }
  return differing;
}

}  // namespace puente::gateway
