#include "common/resource/references.h"

#include <set>
#include <utility>

#include "absl/algorithm/container.h"
#include "common/resource/owner.h"
#include "common/resource/resource.h"
#include "common/telemetry/mistake.h"

namespace puente::resource {
namespace {

std::vector<int> Numbers(const Spec& target, const std::vector<std::string>& states) {
  std::vector<int> numbers;
  for (const std::string& state : states) {
    const auto* value = target.state()->enum_type()->FindValueByName(state);
    numbers.push_back(value->number());
  }
  return numbers;
}

}  // namespace

References::References(const Spec& spec) : spec_(spec) {
  for (ReferenceField& field : ReferenceFields(spec.type())) {
    if (DomainOf(field.type) == spec.contract().domain()) {
      fields_.push_back(std::move(field));
    } else if (!field.states.empty()) {
      telemetry::Mistake("only of this agency's resources can a state be asked for",
                         field.last().full_name());
    }
  }
}

void References::Resolve() const {
  for (const ReferenceField& field : fields_) {
    const Spec* target = Spec::OfType(field.type);
    if (target == nullptr) {
      telemetry::Mistake("it refers to what is not served", field.last().full_name());
    }
    if ((target->contract().deletable() || !field.states.empty()) && !target->guarded()) {
      telemetry::Mistake("what it refers to may change, and needs guards",
                         field.last().full_name());
    }
    for (const std::string& state : field.states) {
      if (target->state() == nullptr ||
          target->state()->enum_type()->FindValueByName(state) == nullptr) {
        telemetry::Mistake("it refers to a state that there is not", field.last().full_name());
      }
    }
  }
  const Spec* parent = ParentSpec(spec_);
  if (parent != nullptr && parent->contract().deletable() && !parent->guarded()) {
    telemetry::Mistake("what is put below it needs guards", parent->type().full_name());
  }
}

const std::vector<References::Target>& References::Targets() const {
  std::call_once(found_, [this] {
    for (const ReferenceField& field : fields_) {
      const Spec* target = Spec::OfType(field.type);
      targets_.push_back({target, Numbers(*target, field.states)});
    }
  });
  return targets_;
}

absl::Status References::Check(const Call& call, journal::Transaction& tx, absl::string_view verb,
                               const Message* before, const Message& after,
                               absl::string_view under) const {
  const std::vector<Target>& targets = Targets();
  for (size_t i = 0; i < fields_.size(); ++i) {
    RETURN_IF_ERROR(CheckField(call, tx, verb, fields_[i], targets[i], before, after, under));
  }
  return absl::OkStatus();
}

absl::Status References::CheckField(const Call& call, journal::Transaction& tx,
                                    absl::string_view verb, const ReferenceField& field,
                                    const Target& to, const Message* before, const Message& after,
                                    absl::string_view under) const {
  std::vector<Named> now = NamesIn(after, field, under);
  std::vector<Named> earlier;
  if (before != nullptr) earlier = NamesIn(*before, field, under);
  std::set<std::string> seen = {""};
  for (Named& named : earlier) seen.insert(std::move(named.name));
  const Spec& target = *to.spec;
  std::vector<std::unique_ptr<Message>> found;
  std::vector<internal::Asked> asked;
  for (Named& named : now) {
    if (!seen.insert(named.name).second) continue;
    found.push_back(target.NewMessage());
    asked.push_back({std::move(named.name), std::move(named.place), *found.back()});
  }
  internal::GetEach(tx, target, absl::MakeSpan(asked));
  const std::vector<int>& states = to.states;
  for (internal::Asked& one : asked) {
    RETURN_IF_ERROR(one.status);
    if (target.hides()) {
      RETURN_IF_ERROR(CheckOwner(call, tx, target, one.found, Owned::kStored, one.field).status());
    }
    // What may change meanwhile is guarded: its state, or that it is there at all.
    if (!states.empty() || target.contract().deletable()) {
      RETURN_IF_ERROR(
          internal::GuardNamed(tx, target, one.name, one.field, Guarded::kLast, one.found));
    }
    if (states.empty()) continue;
    const int state = one.found.GetReflection()->GetEnumValue(one.found, target.state());
    if (!absl::c_linear_search(states, state)) {
      return StateWrong(target, target.state_wrong(), verb, one.found, states);
    }
  }
  return absl::OkStatus();
}

const Spec* ParentSpec(const Spec& spec) {
  if (spec.pattern().id_count() < 2) return nullptr;
  const NamePattern parent = spec.pattern().Parent();
  for (const Spec* above : Spec::Of(spec.type().file()->package())) {
    if (above->pattern().text() == parent.text()) return above;
  }
  return nullptr;
}

}  // namespace puente::resource
