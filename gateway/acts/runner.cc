#include "gateway/acts/runner.h"

#include <grpcpp/generic/generic_stub.h>

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/personal/errors.h"
#include "common/resource/resource.h"
#include "common/sql/error.h"
#include "common/status/grpc_status.h"
#include "common/status/macros.h"
#include "common/status/text.h"
#include "gateway/acts/resource.h"

namespace puente::gateway {
namespace {

using due::Next;

// One step: others' work waits for it.
constexpr absl::Duration kLongestStep = absl::Seconds(2);

// Of an owner's text, in bytes; Act.refusal_es is as long.
constexpr size_t kLongestText = 1000;

// What the owner's operator has to mend: it says nothing of the request.
bool IsOperators(const absl::Status& status) {
  static const auto* const reasons = new std::set<absl::string_view>{
      sql::error::kReadOnly.reason, sql::error::kSchema.reason, puente::error::kKeyMissing.reason,
      puente::error::kKeysRestored.reason};
  return reasons->contains(Reason(status));
}

// Of an answer that another attempt would get as well, and that says that nothing was stored.
// Rights and methods are looked at before the owner looks whether it has stored the request
// already: such an answer to a repeated one, counted or not, says nothing of the first. (So is the
// form, but that is the same for the same bytes.) All else is tried again, for as long as it takes.
bool IsRefusal(const absl::Status& status, const due::Slice& slice) {
  if (IsOperators(status)) return false;
  switch (status.code()) {
    case absl::StatusCode::kNotFound:
    case absl::StatusCode::kAlreadyExists:
    case absl::StatusCode::kFailedPrecondition:
    case absl::StatusCode::kInvalidArgument:
      return true;
    case absl::StatusCode::kPermissionDenied:
    case absl::StatusCode::kUnimplemented:
      return slice.attempt == 1 && slice.last_error.empty();
    default:
      return false;
  }
}

// An owner forgets the requests that it has answered after some days, and then says only that it
// has.
bool IsTaken(const absl::Status& status) {
  return status.ok() || Reason(status) == journal::error::kRequestIdExpired.reason;
}

// Why the owner refused, and in both languages what it says of it.
void NoteRefusal(const absl::Status& status, v1::Act& act) {
  const std::string reason = Reason(status);
  act.set_refusal(reason.empty() ? absl::StatusCodeToString(status.code()) : reason);
  act.set_refusal_es(std::string(Beginning(Text(status, Locale::kSpanish), kLongestText)));
  act.set_refusal_en(std::string(Beginning(Text(status, Locale::kEnglish), kLongestText)));
}

// Stores how an act stands, and goes on with it.
Next GoOn(const due::Slice& slice, const v1::Act& before, const v1::Act& after) {
  return Next::Now("").Writing([&call = slice.call, before, after](journal::Transaction& tx) {
    return resource::Replace(call, tx, Acts(), before, after).status();
  });
}

absl::Status CallByName(const std::shared_ptr<grpc::Channel>& channel, const StepCall& step,
                        const compose::CallOptions& options) {
  grpc::GenericStub stub(channel);
  grpc::ClientContext context;
  compose::Describe(options, context);
  grpc::Slice bytes(step.request);
  const grpc::ByteBuffer request(&bytes, 1);
  grpc::ByteBuffer answer;
  grpc::Status status;
  grpc::CompletionQueue queue;
  const auto call = stub.PrepareUnaryCall(&context, step.method, request, &queue);
  call->StartCall();
  call->Finish(&answer, &status, nullptr);
  void* tag = nullptr;
  bool ok = false;
  queue.Next(&tag, &ok);
  return FromGrpc(status);
}

}  // namespace

void ActRunner::Handle(due::Scheduler& due) {
  due.Handle(
      kRunAct, [this](const due::Slice& slice) { return Run(slice); },
      due::Scheduler::Lane::kPeers);
}

absl::StatusOr<Next> ActRunner::Run(const due::Slice& slice) {
  const std::string& id = slice.task.key;
  ASSIGN_OR_RETURN(const v1::Act act,
                   resource::Get(slice.session, Acts(), Acts().pattern().Format({id})));
  ASSIGN_OR_RETURN(const std::vector<Step> steps, store::ReadSteps(slice.session, id));
  return act.state() == v1::ACT_STATE_RUNNING ? Take(slice, act, steps) : Undo(slice, act, steps);
}

// One step a slice, so that it is known how often each was tried.
absl::StatusOr<Next> ActRunner::Take(const due::Slice& slice, const v1::Act& act,
                                     const std::vector<Step>& steps) {
  const int taken = act.taken_count();
  if (taken >= std::ssize(steps)) return EndWith(slice, act, v1::ACT_STATE_DONE, taken);
  const absl::Status status = Ask(slice, act, steps[taken].owner, steps[taken].take, act.actor());
  v1::Act after = act;
  if (IsTaken(status)) {
    if (taken + 1 == std::ssize(steps)) {
      return EndWith(slice, act, v1::ACT_STATE_DONE, taken + 1);
    }
    after.set_taken_count(taken + 1);
  } else if (IsRefusal(status, slice)) {
    // Stored before anything is undone: whoever comes after a crash must not take steps again.
    after.set_state(v1::ACT_STATE_UNDOING);
    NoteRefusal(status, after);
  } else {
    return status;
  }
  return GoOn(slice, act, after);
}

// Without the actor, who may have left meanwhile: it is the gateway that takes it back.
absl::StatusOr<Next> ActRunner::Undo(const due::Slice& slice, const v1::Act& act,
                                     const std::vector<Step>& steps) {
  const int left = act.taken_count();
  if (left == 0 || steps.empty()) return EndWith(slice, act, v1::ACT_STATE_UNDONE, 0);
  const Step& step = steps[left - 1];
  if (!step.undo.method.empty()) {
    const absl::Status status = Ask(slice, act, step.owner, step.undo, "");
    if (!IsTaken(status)) return status;
  }
  if (left == 1) return EndWith(slice, act, v1::ACT_STATE_UNDONE, 0);
  v1::Act after = act;
  after.set_taken_count(left - 1);
  return GoOn(slice, act, after);
}

Next ActRunner::EndWith(const due::Slice& slice, const v1::Act& act, v1::ActState state,
                        int taken) const {
  v1::Act ended = act;
  ended.set_state(state);
  ended.set_taken_count(taken);
  const auto ends = ends_.find(act.kind());
  const End end = ends == ends_.end()           ? nullptr
                  : state == v1::ACT_STATE_DONE ? ends->second.done
                                                : ends->second.undone;
  return Next::Done().Writing([&call = slice.call, act, ended, end,
                               id = slice.task.key](journal::Transaction& tx) -> absl::Status {
    RETURN_IF_ERROR(resource::Replace(call, tx, Acts(), act, ended).status());
    RETURN_IF_ERROR(store::DeleteSteps(tx, id));
    return end == nullptr ? absl::OkStatus() : end(call, tx, ended);
  });
}

absl::Status ActRunner::Ask(const due::Slice& slice, const v1::Act& act, compose::Agency owner,
                            const StepCall& step, const std::string& actor) const {
  compose::CallOptions options;
  options.deadline = std::min(slice.call.deadline, absl::Now() + kLongestStep);
  options.caller = act.caller();
  options.actor = actor;
  options.locale = Locale::kSpanish;  // errors have their English text besides
  options.trace = slice.call.trace;
  return CallByName(channels_.at(owner), step, options);
}

}  // namespace puente::gateway
