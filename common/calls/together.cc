#include "common/calls/together.h"

#include <utility>

#include "absl/algorithm/container.h"
#include "common/status/macros.h"

namespace puente::calls {

using google::protobuf::FieldDescriptor;

void JoiningCall::Body(sql::Session* session) {
  Write(*session, [this](journal::Transaction& tx) {
    return gathering_->alone()(call(), tx, request(), answer()).status();
  });
}

void Gathering::Enter(JoiningCall& call) {
  call.Ref();
  {
    absl::MutexLock lock(&mutex_);
    waiting_.push_back(&call);
    if (runs_) return;
    runs_ = true;
  }
  Submit();
}

// Each call ends at its own deadline, wherever it waits.
void Gathering::Submit() {
  const absl::Status taken =
      host_.pool().Submit(this, workers::Pool::Lane::kNormal, absl::InfiniteFuture());
  if (!taken.ok()) Drop(taken);
}

std::vector<JoiningCall*> Gathering::Take(size_t most) {
  absl::MutexLock lock(&mutex_);
  const auto end = waiting_.begin() + static_cast<ptrdiff_t>(std::min(most, waiting_.size()));
  std::vector<JoiningCall*> taken(waiting_.begin(), end);
  waiting_.erase(waiting_.begin(), end);
  return taken;
}

void Gathering::Drop(const absl::Status& why) {
  std::vector<JoiningCall*> all;
  {
    absl::MutexLock lock(&mutex_);
    all.swap(waiting_);
    runs_ = false;
  }
  for (JoiningCall* const call : all) {
    call->End(why);
    call->Unref();
  }
}

void Gathering::Run(sql::Session* session) {
  const std::vector<JoiningCall*> calls = Take(kMostTogether);
  for (JoiningCall* const call : Store(*session, calls)) {
    // One that came alone has this worker.
    if (calls.size() == 1) {
      call->Body(session);
    } else {
      call->Queue(OpenCall::Lane::kNormal);
    }
  }
  for (JoiningCall* const call : calls) call->Unref();
  {
    absl::MutexLock lock(&mutex_);
    runs_ = !waiting_.empty();
    if (!runs_) return;
  }
  Submit();
}

std::vector<JoiningCall*> Gathering::Store(sql::Session& session,
                                           const std::vector<JoiningCall*>& calls) {
  std::vector<JoiningCall*> alone;
  std::vector<Joined> joined;
  for (JoiningCall* const call : calls) {
    if (call->claimed()) continue;
    Joined one{call, journal::PathOf(host_.journal(), call->call(), call->request())};
    if (calls.size() > 1 && one.path.MayJoin()) {
      joined.push_back(std::move(one));
    } else {
      alone.push_back(call);
    }
  }
  while (joined.size() > 1) {
    std::vector<Asked> asked;
    if (StoreOnce(session, joined, asked).ok()) return alone;
    std::vector<Joined> others;
    for (size_t i = 0; i < joined.size(); ++i) {
      const bool refused = i < asked.size() && !asked[i].outcome.ok();
      if (refused) {
        alone.push_back(joined[i].call);
      } else {
        others.push_back(std::move(joined[i]));
      }
    }
    // Where none was refused it is a matter of all.
    const bool again = others.size() < joined.size();
    joined = std::move(others);
    if (!again) break;
  }
  for (const Joined& one : joined) alone.push_back(one.call);
  return alone;
}

absl::Status Gathering::StoreOnce(sql::Session& session, absl::Span<const Joined> joined,
                                  std::vector<Asked>& asked) {
  std::vector<journal::WritePath::Partner> partners;
  for (const Joined& one : joined) {
    one.call->answer().Clear();
    asked.push_back(
        {one.call->call(), one.call->request(), one.call->answer(), absl::UnknownError("")});
    partners.push_back({one.call->call(), one.path});
  }
  bool told = false;
  const auto body = [&](journal::Transaction& tx) -> absl::Status {
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
