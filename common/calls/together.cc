#include "common/calls/together.h"

#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/status/macros.h"
#include "common/workers/errors.h"

namespace puente::calls {

using google::protobuf::FieldDescriptor;

namespace {

// So many wait for one thing at most, which some 16 are given at a time.
constexpr size_t kMostWaiting = 256;
constexpr absl::Duration kRetryFull = absl::Milliseconds(500);
// Who has less time left is likely to have none when the others are written, who would then be
// rolled back with him.
constexpr absl::Duration kLeastTime = absl::Milliseconds(20);

bool IsLate(const Call& call) {
  return call.own_deadline && call.deadline <= absl::Now() + kLeastTime;
}

}  // namespace

void JoiningCall::StoreAlone(sql::Session& session, const std::function<void()>& written) {
  Write(session, [&](journal::Transaction& tx) {
    tx.WhenWritten(written);
    return gathering_->alone()(call(), tx, request(), answer()).status();
  });
}

void Gathering::Enter(JoiningCall& call) {
  call.Ref();
  Gate* first = nullptr;
  bool full = false;
  {
    absl::MutexLock lock(&mutex_);
    std::unique_ptr<Gate>& gate = gates_[wanted_(call.request())];
    if (gate == nullptr) first = (gate = std::make_unique<Gate>(*this)).get();
    full = gate->waiting.size() >= kMostWaiting;
    if (!full) gate->waiting.push_back(&call);
  }
  if (first != nullptr) Submit(*first);
  if (!full) return;
  call.End(RetryableError(
      error::kOverloaded, kRetryFull,
      "what"_is(absl::StrCat(kMostWaiting, " calls are waiting that want the same"))));
  call.Unref();
}

// Each call ends at its own deadline, wherever it waits.
void Gathering::Submit(Gate& gate) {
  const absl::Status taken =
      host_.pool().Submit(&gate, workers::Pool::Lane::kNormal, absl::InfiniteFuture());
  if (!taken.ok()) Drop(gate, taken);
}

void Gathering::Close(const Gate& gate) {
  absl::erase_if(gates_, [&](const auto& one) { return one.second.get() == &gate; });
}

std::vector<JoiningCall*> Gathering::Take(Gate& gate, size_t most) {
  absl::MutexLock lock(&mutex_);
  const auto end =
      gate.waiting.begin() + static_cast<ptrdiff_t>(std::min(most, gate.waiting.size()));
  std::vector<JoiningCall*> taken(gate.waiting.begin(), end);
  gate.waiting.erase(gate.waiting.begin(), end);
  return taken;
}

void Gathering::Drop(Gate& gate, const absl::Status& why) {
  std::vector<JoiningCall*> all;
  {
    absl::MutexLock lock(&mutex_);
    all.swap(gate.waiting);
    Close(gate);
  }
  for (JoiningCall* const call : all) {
    call->End(why);
    call->Unref();
  }
}

void Gathering::Run(Gate& gate, sql::Session& session) {
  const std::vector<JoiningCall*> calls = Take(gate, kMostTogether);
  bool passed_on = false;
  const auto pass_on = [&] {
    if (!std::exchange(passed_on, true)) PassOn(gate);
  };
  for (JoiningCall* const call : Store(session, calls, pass_on)) {
    // One that came alone has this worker.
    if (calls.size() == 1) {
      call->StoreAlone(session, pass_on);
    } else {
      call->Queue(OpenCall::Lane::kNormal);
    }
  }
  for (JoiningCall* const call : calls) call->Unref();
  pass_on();
}

void Gathering::PassOn(Gate& gate) {
  {
    absl::MutexLock lock(&mutex_);
    if (gate.waiting.empty()) return Close(gate);
  }
  Submit(gate);
}

std::vector<JoiningCall*> Gathering::Store(sql::Session& session,
                                           const std::vector<JoiningCall*>& calls,
                                           const std::function<void()>& written) {
  std::vector<JoiningCall*> alone;
  std::vector<Joined> joined;
  for (JoiningCall* const call : calls) {
    if (call->claimed()) continue;
    Joined one{call, journal::PathOf(host_.journal(), call->call(), call->request())};
    if (calls.size() > 1 && one.path.MayJoin() && !IsLate(call->call())) {
      joined.push_back(std::move(one));
    } else {
      alone.push_back(call);
    }
  }
  while (joined.size() > 1) {
    std::vector<Asked> asked;
    if (StoreOnce(session, joined, written, asked).ok()) return alone;
    std::vector<Joined> others;
    for (size_t i = 0; i < joined.size(); ++i) {
      const bool refused = i < asked.size() && !asked[i].outcome.ok();
      if (refused || IsLate(joined[i].call->call())) {
        alone.push_back(joined[i].call);
      } else {
        others.push_back(std::move(joined[i]));
      }
    }
    // Where none was refused or late it is a matter of all.
    const bool again = others.size() < joined.size();
    joined = std::move(others);
    if (!again) break;
  }
  for (const Joined& one : joined) alone.push_back(one.call);
  return alone;
}

absl::Status Gathering::StoreOnce(sql::Session& session, absl::Span<const Joined> joined,
                                  const std::function<void()>& written, std::vector<Asked>& asked) {
  std::vector<journal::WritePath::Partner> partners;
  for (const Joined& one : joined) {
    one.call->answer().Clear();
    asked.push_back(
        {one.call->call(), one.call->request(), one.call->answer(), absl::UnknownError("")});
    partners.push_back({one.call->call(), one.path});
  }
  bool told = false;
  const auto body = [&](journal::Transaction& tx) -> absl::Status {
    tx.WhenWritten(written);
    RETURN_IF_ERROR(together_(tx, absl::MakeSpan(asked)));
    told = true;
    for (size_t i = 0; i < asked.size(); ++i) {
      RETURN_IF_ERROR(asked[i].outcome.status());
      const Message& answer = asked[i].answer;
      const auto* name = answer.GetDescriptor()->FindFieldByName("name");
      partners[i].record = answer.GetReflection()->GetString(answer, name);
      partners[i].answer = answer.SerializeAsString();
    }
    return absl::OkStatus();
  };
  const absl::Status stored =
      journal::WritePath::RunTogether(session, absl::MakeSpan(partners), body);
  RETURN_IF_ERROR(stored);
  for (size_t i = 0; i < joined.size(); ++i) joined[i].call->EndWritten(partners[i].done);
  return absl::OkStatus();
}

}  // namespace puente::calls
