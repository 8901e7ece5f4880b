#include "common/fields/field_checker.h"

#include <set>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/strip.h"
#include "common/fields/mask.h"
#include "common/fields/message_plan.h"
#include "common/telemetry/mistake.h"
#include "puente/api/v1/options.pb.h"

namespace puente::fields {
namespace {

bool AtFault(const Violations& violations, absl::string_view path) {
  return absl::c_any_of(violations, [path](const Violation& violation) {
    return IsWithin(path, violation.field) || IsWithin(violation.field, path);
  });
}

// Whether a list is longer than allowed: rules would have something to say of each element.
bool IsOverlong(const Violations& violations) {
  return absl::c_any_of(violations,
                        [](const Violation& violation) { return violation.rule == "TOO_MANY"; });
}

void AddUnlessConsequence(Violations& violations, Violations more) {
  for (Violation& violation : more) {
    const auto at_fault = [&](absl::string_view path) { return AtFault(violations, path); };
    if (at_fault(violation.field) || absl::c_any_of(violation.reads, at_fault)) continue;
    violations.push_back(std::move(violation));
  }
}

// Ends the process if a field of one message alone is to be unique among many.
void CheckUnique(const Descriptor& type, std::set<const Descriptor*>& seen) {
  if (!seen.insert(&type).second) return;
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    if (field.is_repeated()) {
      // Elements' own fields are compared; not what is further within.
      const Descriptor* element = field.message_type();
      for (int j = 0; element != nullptr && j < element->field_count(); ++j) {
        const FieldDescriptor& within = *element->field(j);
        if (within.message_type() != nullptr && !within.is_repeated()) {
          CheckUnique(*within.message_type(), seen);
        }
      }
      continue;
    }
    if (field.options().GetExtension(api::v1::rules).unique()) {
      telemetry::Mistake("unique is for lists", field.full_name());
    }
    if (field.message_type() != nullptr) CheckUnique(*field.message_type(), seen);
  }
}

struct PlanSet {
  MessagePlan::Plans plans;
};

}  // namespace

bool IsWithin(absl::string_view path, absl::string_view outer) {
  return absl::ConsumePrefix(&path, outer) && (path.empty() || path[0] == '.' || path[0] == '[');
}

FieldChecker::FieldChecker(const Descriptor* type) {
  std::set<const Descriptor*> seen;
  CheckUnique(*type, seen);
  auto set = std::make_shared<PlanSet>();
  const MessagePlan* plan = MessagePlan::Make(type, set->plans);
  plan_ = std::shared_ptr<const MessagePlan>(std::move(set), plan);
  compares_ = plan->ComparesWithin();
  resource_ = ResourceOf(*type);
  if (resource_ != nullptr) mask_ = type->FindFieldByName("update_mask");
}

FieldChecker::~FieldChecker() = default;

void FieldChecker::AddComparisons(const Message& message, const Place* place,
                                  std::vector<Violation>& violations) const {
  if (IsOverlong(violations)) return;
  if (compares_) {
    std::vector<Violation> more;
    plan_->Compare(message, place, more);
    AddUnlessConsequence(violations, std::move(more));
  }
  if (rules_) AddUnlessConsequence(violations, rules_(message));
}

absl::Status FieldChecker::Check(Message& request, std::vector<Violation> further) const {
  request.DiscardUnknownFields();
  plan_->Clean(request);
  std::vector<Violation> violations;
  plan_->Check(request, nullptr, violations);
  if (mask_ != nullptr) {
    const auto& mask = static_cast<const google::protobuf::FieldMask&>(
        request.GetReflection()->GetMessage(request, mask_));
    for (Violation& violation : CheckMask(mask, *resource_->message_type())) {
      violations.push_back(std::move(violation));
    }
  }
  AddComparisons(request, nullptr, violations);
  AddUnlessConsequence(violations, std::move(further));
  return InvalidFields(violations);
}

std::vector<Violation> FieldChecker::Violations(const Message& message,
                                                const std::string& under) const {
  std::vector<Violation> violations;
  const Place place{nullptr, under, -1};
  plan_->Check(message, &place, violations);
  AddComparisons(message, &place, violations);
  return violations;
}

}  // namespace puente::fields
