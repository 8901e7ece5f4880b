// The life of a resource as a table: which verb leads from which states to which. Create,
// Update and Delete have rows too, and every pair of verb and state that is not in it is refused.
//
//   .states = {{.verb = "CreateProgramVersion", .to = v1::PROGRAM_STATE_DRAFT},
//              {.verb = "UpdateProgramVersion", .from = {v1::PROGRAM_STATE_DRAFT}},
//              {.verb = "PublishProgramVersion", .from = {v1::PROGRAM_STATE_DRAFT},
//               .to = v1::PROGRAM_STATE_PUBLISHED}},
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "common/status/error.h"
#include "google/protobuf/message.h"

namespace puente::resource {

class Spec;

// Of Transition::to: the state stays, or, of a new resource, is for the rules to say.
inline constexpr int kSame = -1;

struct Transition {
  absl::string_view verb;      // the method's name
  std::vector<int> from = {};  // numbers of the state's enum; none for a creation
  int to = kSame;
};

// The row of a verb; null if the table has none.
const Transition* TransitionOf(const Spec& spec, absl::string_view verb);

// OK if the table lets the verb happen to a resource in this state, or there is no table; else
// Spec::refusal().
absl::Status CheckState(const Spec& spec, absl::string_view verb,
                        const google::protobuf::Message& before);

// The refusal, with the metadata name, state, verb, wanted and allowed, of what the table does not
// say: of another resource's verb, or one that some callers may use in fewer states.
absl::Status StateWrong(const Spec& spec, const ErrorSpec& refusal, absl::string_view verb,
                        const google::protobuf::Message& before, const std::vector<int>& wanted);

// The name of the state that a resource is in, which has states.
std::string StateName(const Spec& spec, const google::protobuf::Message& resource);

// Sets the state that the verb leads to.
void EnterState(const Spec& spec, absl::string_view verb, google::protobuf::Message& after);

}  // namespace puente::resource
