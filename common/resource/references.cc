#include "common/resource/references.h"

#include <set>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/context/behavior.h"
#include "common/resource/owner.h"
#include "common/resource/resource.h"
#include "common/telemetry/mistake.h"
#include "google/api/resource.pb.h"
#include "puente/api/v1/options.pb.h"

namespace puente::resource {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

// A name that a message has, and where.
struct Named {
  std::string name;
  std::string place;
};

// The names at the rest of a path within a message.
void Collect(const Message& message, absl::Span<const FieldDescriptor* const> path,
             const std::string& under, std::vector<Named>& named) {
  const google::protobuf::Reflection& reflection = *message.GetReflection();
  const FieldDescriptor* field = path.front();
  const std::string at = absl::StrCat(under, ".", field->name());
  const bool leaf = path.size() == 1;
  const int size = field->is_repeated() ? reflection.FieldSize(message, field) : 1;
  for (int i = 0; i < size; ++i) {
    const std::string place = field->is_repeated() ? absl::StrCat(at, "[", i, "]") : at;
    if (leaf) {
      named.push_back({field->is_repeated() ? reflection.GetRepeatedString(message, field, i)
                                            : reflection.GetString(message, field),
                       place});
    } else if (field->is_repeated()) {
      Collect(reflection.GetRepeatedMessage(message, field, i), path.subspan(1), place, named);
    } else if (reflection.HasField(message, field)) {
      Collect(reflection.GetMessage(message, field), path.subspan(1), place, named);
    }
  }
}

std::vector<int> Numbers(const Spec& target, const std::vector<std::string>& states) {
  std::vector<int> numbers;
  for (const std::string& state : states) {
    const auto* value = target.state()->enum_type()->FindValueByName(state);
    numbers.push_back(value->number());
  }
  return numbers;
}

}  // namespace

References::References(const Spec& spec) : spec_(spec) { Find(spec.type(), {}); }

void References::Find(const Descriptor& type, std::vector<const FieldDescriptor*> path) {
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor* field = type.field(i);
    if (HasBehavior(*field, google::api::OUTPUT_ONLY) || absl::c_linear_search(path, field)) {
      continue;
    }
    path.push_back(field);
    const std::string& to = field->options().GetExtension(google::api::resource_reference).type();
    if (absl::StartsWith(to, absl::StrCat(spec_.contract().domain(), "/"))) {
      const auto& states = field->options().GetExtension(api::v1::rules).in_state();
      fields_.push_back({path, to, {states.begin(), states.end()}});
    }
    if (field->message_type() != nullptr) Find(*field->message_type(), path);
    path.pop_back();
  }
}

void References::Resolve() const {
  for (const Field& field : fields_) {
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

absl::Status References::Check(const Call& call, journal::Transaction& tx, absl::string_view verb,
                               const Message* before, const Message& after,
                               absl::string_view under) const {
  for (const Field& field : fields_) {
    RETURN_IF_ERROR(CheckField(call, tx, verb, field, before, after, under));
  }
  return absl::OkStatus();
}

absl::Status References::CheckField(const Call& call, journal::Transaction& tx,
                                    absl::string_view verb, const Field& field,
                                    const Message* before, const Message& after,
                                    absl::string_view under) const {
  std::vector<Named> now, earlier;
  Collect(after, field.path, std::string(under), now);
  if (before != nullptr) Collect(*before, field.path, "", earlier);
  std::set<std::string> seen = {""};
  for (Named& named : earlier) seen.insert(std::move(named.name));
  const Spec& target = *Spec::OfType(field.type);
  std::vector<std::unique_ptr<Message>> found;
  std::vector<internal::Asked> asked;
  for (Named& named : now) {
    if (!seen.insert(named.name).second) continue;
    found.push_back(target.NewMessage());
    asked.push_back({std::move(named.name), std::move(named.place), *found.back()});
  }
  internal::GetEach(tx, target, absl::MakeSpan(asked));
  const std::vector<int> states = Numbers(target, field.states);
  for (internal::Asked& one : asked) {
    RETURN_IF_ERROR(one.status);
    if (target.hides()) {
      RETURN_IF_ERROR(CheckOwner(call, target, one.found, Owned::kStored, one.field).status());
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
