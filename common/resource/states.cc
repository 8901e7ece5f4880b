#include "common/resource/states.h"

#include "absl/algorithm/container.h"
#include "absl/strings/str_join.h"
#include "common/resource/spec.h"
#include "common/resource/standard.h"

namespace puente::resource {
namespace {

std::string StateName(const Spec& spec, int number) {
  const auto* value = spec.state()->enum_type()->FindValueByNumber(number);
  return value == nullptr ? absl::StrCat(number) : value->name();
}

int StateOf(const Spec& spec, const Message& resource) {
  return resource.GetReflection()->GetEnumValue(resource, spec.state());
}

// The verbs that a state allows, as errors list them.
std::string VerbsFrom(const Spec& spec, int state) {
  std::vector<absl::string_view> verbs;
  for (const Transition& row : spec.states()) {
    if (absl::c_linear_search(row.from, state)) verbs.push_back(row.verb);
  }
  return verbs.empty() ? "-" : absl::StrJoin(verbs, ", ");
}

}  // namespace

const Transition* TransitionOf(const Spec& spec, absl::string_view verb) {
  const auto row =
      absl::c_find_if(spec.states(), [&](const Transition& row) { return row.verb == verb; });
  return row == spec.states().end() ? nullptr : &*row;
}

absl::Status CheckState(const Spec& spec, absl::string_view verb, const Message& before) {
  const Transition* row = TransitionOf(spec, verb);
  if (row == nullptr || absl::c_linear_search(row->from, StateOf(spec, before))) {
    return absl::OkStatus();
  }
  return StateWrong(spec, spec.refusal(), verb, before, row->from);
}

absl::Status StateWrong(const Spec& spec, const ErrorSpec& refusal, absl::string_view verb,
                        const Message& before, const std::vector<int>& wanted) {
  const int state = StateOf(spec, before);
  return ErrorOf(refusal, {{"name", standard::Name(before)},
                           {"state", StateName(spec, state)},
                           {"verb", std::string(verb)},
                           {"wanted", absl::StrJoin(wanted, ", ",
                                                    [&](std::string* out, int number) {
                                                      absl::StrAppend(out, StateName(spec, number));
                                                    })},
                           {"allowed", VerbsFrom(spec, state)}});
}

std::string StateName(const Spec& spec, const Message& resource) {
  return StateName(spec, StateOf(spec, resource));
}

void EnterState(const Spec& spec, absl::string_view verb, Message& after) {
  const Transition* row = TransitionOf(spec, verb);
  if (row == nullptr || row->to == kSame) return;
  after.GetReflection()->SetEnumValue(&after, spec.state(), row->to);
}

}  // namespace puente::resource
