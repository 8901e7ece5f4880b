#include "common/calls/figures.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/context/clock.h"
#include "common/context/values.h"
#include "common/crypto/digest.h"
#include "common/journal/sequencer.h"
#include "common/status/macros.h"
#include "common/telemetry/mistake.h"

namespace puente::calls {
namespace {

using google::protobuf::FieldDescriptor;

std::unique_ptr<Message> WithoutToken(const Message& request, const FieldDescriptor* token) {
  std::unique_ptr<Message> without(request.New());
  without->CopyFrom(request);
  if (token != nullptr) without->GetReflection()->ClearField(without.get(), token);
  return without;
}

}  // namespace

Figures::Kind::Kind(const Method& method, Body body, Token token)
    : method(method), body(std::move(body)), token(token), time([&] {
        const auto& answer = *method.answer.GetDescriptor();
        const auto* checked = answer.FindFieldByName("check_time");
        return checked != nullptr ? checked : answer.FindFieldByName("as_of_time");
      }()) {
  if (time == nullptr)
    telemetry::Mistake("figures don't say of when they are", method.access.method());
}

// One who asks.
class FiguresCall final : public UnaryCall {
 public:
  FiguresCall(const Opening& opening, Figures& figures, const Figures::Kind& kind)
      : UnaryCall(opening), figures_(figures), kind_(kind) {}

  const std::string& question() const { return question_; }
  const Figures::Kind& kind() const { return kind_; }
  absl::CivilDay day() const { return day_; }
  const Message& asked() const { return *asked_; }
  absl::Time deadline() const { return call().deadline; }
  bool gone() const { return claimed(); }

  void Tell(const std::string& figures, absl::Time as_of) {
    const absl::Status known = host().StillKnown(call());  // it may have waited for long
    if (!known.ok()) return End(known);
    EndWith(absl::StrCat(figures, TimeBytes(as_of)));
  }
  void Fail(const absl::Status& why) { End(why); }

 private:
  void Begin() override {
    WhenReached(request(), [this] {
      // Until the sequencer has looked for the first time, nobody knows of when figures are.
      const bool looked = host().sequencer()->newest().as_of != absl::Time();
      if (looked) return Ask();
      WhenCaughtUp([this] { Ask(); });
    });
  }

  void Ask() {
    Ref();
    const std::shared_ptr<FiguresCall> self(this, [](FiguresCall* call) { call->Unref(); });
    MakeQuestion();
    figures_.Ask(self);
  }

  void MakeQuestion() {
    const bool awaited = kind_.token == Figures::Token::kAwaited;
    asked_ = WithoutToken(request(), awaited ? method().at_least : nullptr);
    day_ = LegalDay(call().start);
    question_ = absl::StrCat(call().method, " ", absl::FormatCivilTime(day_), " ",
                             crypto::Canonical(*asked_));
  }

  // A message's bytes may be followed by those of more of its fields. In whole seconds: the time of
  // a look tells of others' writes, after which there is one.
  std::string TimeBytes(absl::Time as_of) const {
    std::unique_ptr<Message> time(method().answer.New());
    time->GetReflection()
        ->MutableMessage(time.get(), kind_.time)
        ->CopyFrom(ToProto(absl::FromUnixSeconds(absl::ToUnixSeconds(as_of))));
    return time->SerializeAsString();
  }

  Figures& figures_;
  const Figures::Kind& kind_;
  std::unique_ptr<Message> asked_;
  absl::CivilDay day_;
  std::string question_;
};

// The answer to one question, computed for all who had asked when a worker was free; who asks
// meanwhile, perhaps because of what was written meanwhile, waits for the next one.
class Figures::Computation final : public workers::Pool::Task {
 public:
  Computation(Figures& figures, const FiguresCall& first)
      : figures_(figures), kind_(first.kind()), question_(first.question()), day_(first.day()) {
    request_.reset(first.asked().New());
    request_->CopyFrom(first.asked());
  }

  void Add(Asker call) { waiting_.push_back(std::move(call)); }

  // Has a worker compute it; ends if nobody waits.
  void Submit() {
    const absl::Status taken =
        figures_.host_.pool().Submit(this, workers::Pool::Lane::kNormal, Latest());
    if (!taken.ok()) Fail(taken);
  }

 private:
  void Run(sql::Session* session) override {
    const Askers askers = TakeWaiting();
    if (!askers.empty()) Compute(*session, askers);
    Next();
  }
  void Drop(const absl::Status& why) override {
    for (const Asker& call : TakeLate()) call->Fail(why);
    Next();
  }

  void Compute(sql::Session& session, const Askers& askers) {
    const journal::Sequencer& sequencer = *figures_.host_.sequencer();
    // Before the snapshot, so that what was known then is in it.
    const absl::Time as_of = sequencer.newest().as_of;
    std::unique_ptr<Message> answer(kind_.method.answer.New());
    const absl::StatusOr<journal::Position> position = session.Snapshot<journal::Position>(
        [&](sql::Session& snapshot) -> absl::StatusOr<journal::Position> {
          ASSIGN_OR_RETURN(const journal::Position shown, sequencer.Read(snapshot));
          RETURN_IF_ERROR(kind_.body(snapshot, day_, *request_, *answer));
          return shown;
        });
    ++figures_.computed_;
    if (!position.ok()) {
      for (const Asker& call : askers) call->Fail(position.status());
      return;
    }
    const auto bytes = std::make_shared<const std::string>(answer->SerializeAsString());
    Keep(*position, bytes);
    for (const Asker& call : askers) call->Tell(*bytes, as_of);
  }

  void Keep(const journal::Position& position, Remembered::Bytes answer) {
    journal::Sequencer& sequencer = *figures_.host_.sequencer();
    absl::MutexLock lock(&figures_.mutex_);
    const journal::Newest newest = sequencer.newest();
    // Who is told this must not be told less later.
    if (IsAhead(position, newest.position)) sequencer.Poke();
    if (!(position == newest.position)) return;
    figures_.remembered_.MoveTo(position);
    figures_.remembered_.Keep(question_, std::move(answer));
  }

  // Answers those who came meanwhile if what is remembered is for them, too; else computes again.
  // Ends if nobody waits.
  void Next() {
    Askers told;
    Remembered::Bytes answer;
    journal::Newest newest;
    std::unique_ptr<Computation> ended;
    {
      absl::MutexLock lock(&figures_.mutex_);
      DropGone();
      if (!waiting_.empty()) {
        newest = figures_.host_.sequencer()->newest();
        answer = figures_.Recall(newest, question_);
      }
      if (answer != nullptr) told.swap(waiting_);
      if (waiting_.empty()) ended = EndLocked();
    }
    if (ended == nullptr) return Submit();
    if (answer != nullptr) figures_.TellFromMemory(told, *answer, newest.as_of);
  }

  void Fail(const absl::Status& why) {
    Askers askers;
    std::unique_ptr<Computation> ended;
    {
      absl::MutexLock lock(&figures_.mutex_);
      askers.swap(waiting_);
      ended = EndLocked();
    }
    for (const Asker& call : askers) call->Fail(why);
  }

  std::unique_ptr<Computation> EndLocked() ABSL_EXCLUSIVE_LOCKS_REQUIRED(figures_.mutex_) {
    return std::move(figures_.computations_.extract(question_).mapped());
  }

  Askers TakeWaiting() {
    absl::MutexLock lock(&figures_.mutex_);
    DropGone();
    return std::exchange(waiting_, {});
  }

  // Those whose deadline has passed.
  Askers TakeLate() {
    const absl::Time now = absl::Now();
    Askers late;
    absl::MutexLock lock(&figures_.mutex_);
    std::erase_if(waiting_, [&](const Asker& call) {
      if (call->deadline() > now) return false;
      late.push_back(call);
      return true;
    });
    return late;
  }

  void DropGone() ABSL_EXCLUSIVE_LOCKS_REQUIRED(figures_.mutex_) {
    std::erase_if(waiting_, [](const Asker& call) { return call->gone(); });
  }

  // The deadline of the one who waits longest.
  absl::Time Latest() {
    absl::MutexLock lock(&figures_.mutex_);
    absl::Time latest = absl::InfinitePast();
    for (const Asker& call : waiting_) latest = std::max(latest, call->deadline());
    return latest;
  }

  Figures& figures_;
  const Kind& kind_;
  const std::string question_;
  const absl::CivilDay day_;
  std::unique_ptr<Message> request_;
  Askers waiting_;  // guarded by figures_.mutex_
};

Figures::Figures(Host& host, size_t most_bytes) : host_(host), remembered_(most_bytes) {}
Figures::~Figures() = default;

UnaryCall* Figures::NewCall(const UnaryCall::Opening& opening, const Kind& kind) {
  return new FiguresCall(opening, *this, kind);
}

void Figures::Ask(Asker call) {
  Computation* begun = nullptr;
  Remembered::Bytes answer;
  journal::Newest newest;
  {
    absl::MutexLock lock(&mutex_);
    newest = host_.sequencer()->newest();
    answer = Recall(newest, call->question());
    if (answer == nullptr) {
      auto& computation = computations_[call->question()];
      if (computation == nullptr) {
        computation = std::make_unique<Computation>(*this, *call);
        begun = computation.get();
      }
      computation->Add(call);
    }
  }
  if (answer != nullptr) return TellFromMemory({call}, *answer, newest.as_of);
  if (begun != nullptr) begun->Submit();
}

Remembered::Bytes Figures::Recall(const journal::Newest& newest, absl::string_view question) {
  if (!newest.certain) return nullptr;
  remembered_.MoveTo(newest.position);
  return remembered_.Find(question);
}

void Figures::TellFromMemory(const Askers& askers, const std::string& answer, absl::Time as_of) {
  from_memory_ += static_cast<int64_t>(askers.size());
  for (const Asker& call : askers) call->Tell(answer, as_of);
}

std::vector<prometheus::MetricFamily> Figures::Metrics() const {
  using prometheus::MetricType;
  const size_t bytes = [this] {
    absl::MutexLock lock(&mutex_);
    return remembered_.bytes();
  }();
  return {telemetry::SimpleMetric("puente_figures_remembered_total",
                                  "Answers with figures that were given from memory.",
                                  MetricType::Counter, static_cast<double>(from_memory_)),
          telemetry::SimpleMetric("puente_figures_computed_total",
                                  "Answers with figures that were computed, for one or for many.",
                                  MetricType::Counter, static_cast<double>(computed_)),
          telemetry::SimpleMetric("puente_figures_memory_bytes", "What remembered answers take.",
                                  MetricType::Gauge, static_cast<double>(bytes))};
}

}  // namespace puente::calls
