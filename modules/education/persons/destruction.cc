#include "modules/education/persons/destruction.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/context/clock.h"
#include "common/context/values.h"
#include "common/resource/resource.h"
#include "common/resource/standard.h"
#include "common/sql/error.h"
#include "modules/education/errors.h"
#include "modules/education/learners/resource.h"
#include "modules/education/persons/resource.h"
#include "modules/education/persons/store.h"

namespace puente::education {
namespace {

constexpr char kDestroy[] = "persons.destroy";
constexpr char kFinal[] = "persons.final";
constexpr char kErasures[] = "persons.erasures";
constexpr char kSweep[] = "persons.sweep";

// How often it is looked whether the epoch of destroyed keys has ended.
constexpr absl::Duration kLookForFinal = absl::Hours(1);
constexpr absl::Duration kLookForErasures = absl::Hours(1);
constexpr absl::Duration kSweepPause = absl::Hours(1);
// Calls that make persons have ended by then.
constexpr absl::Duration kOrphanAge = absl::Hours(1);
constexpr int kSome = 100;

// A record of which nothing personal is left.
template <class M>
absl::Status Empty(const Call& call, journal::Transaction& tx,
                   const resource::Resource<M>& resource, const M& before, M after) {
  after.clear_sealed();
  return resource::Replace(call, tx, resource, before, std::move(after)).status();
}

absl::Status EmptyLearners(const Call& call, journal::Transaction& tx,
                           absl::Span<const v1::Learner> learners) {
  for (const v1::Learner& learner : learners) {
    if (learner.state() == v1::LEARNER_STATE_DESTROYED) continue;
    v1::Learner after = learner;
    after.set_state(v1::LEARNER_STATE_DESTROYED);
    RETURN_IF_ERROR(Empty(call, tx, Learners(), learner, std::move(after)));
  }
  return absl::OkStatus();
}

// Of a group, those who were merged into the one that is destroyed, for the same reason.
absl::Status EmptyMerged(const Call& call, journal::Transaction& tx,
                         absl::Span<const v1::Person> group, const v1::Person& destroyed) {
  for (const v1::Person& person : group) {
    const bool over = person.state() == v1::PERSON_STATE_DESTROYED;
    if (over || person.name() == destroyed.name()) continue;
    v1::Person after = person;
    after.set_state(v1::PERSON_STATE_DESTROYED);
    after.set_state_reason(destroyed.state_reason());
    RETURN_IF_ERROR(Empty(call, tx, Persons(), person, std::move(after)));
  }
  return absl::OkStatus();
}

// Of one whose keys are gone: says so, and has looked for the end of their epoch.
absl::Status NoteDestroyed(const Call& call, journal::Transaction& tx, const std::string& name,
                           absl::Time time, int epoch) {
  ASSIGN_OR_RETURN(const v1::Person before, resource::GuardFirst(tx, Persons(), name, "name"));
  if (before.has_erase_time()) return absl::OkStatus();
  v1::Person after = before;
  if (before.state() != v1::PERSON_STATE_DESTROYED) {
    after.set_state(v1::PERSON_STATE_DESTROYED);
    after.clear_state_reason();  // of what was before
  }
  *after.mutable_erase_time() = ToProto(time);
  RETURN_IF_ERROR(Empty(call, tx, Persons(), before, std::move(after)));
  ASSIGN_OR_RETURN(const auto learners, store::LearnersOf(tx, {&before, 1}));
  RETURN_IF_ERROR(EmptyLearners(call, tx, learners));
  return due::Schedule(tx, {kFinal, store::PersonId(name), absl::StrCat(epoch)});
}

// Keys first: of what is noted as destroyed nothing opens.
absl::StatusOr<due::Next> Destroy(const due::Slice& slice, personal::KeyStore& keys) {
  ASSIGN_OR_RETURN(const v1::Person root,
                   resource::Get(slice.session, Persons(), store::PersonName(slice.task.key)));
  ASSIGN_OR_RETURN(const auto group, store::GroupOf(slice.session, {&root, 1}));
  for (const v1::Person& person : group) {
    RETURN_IF_ERROR(keys.Destroy(store::PersonId(person.name())));
  }
  ASSIGN_OR_RETURN(const int epoch, keys.CurrentEpoch());
  return due::Next::Done().Writing(
      [&call = slice.call, group, epoch](journal::Transaction& tx) -> absl::Status {
        for (const v1::Person& person : group) {
          RETURN_IF_ERROR(NoteDestroyed(call, tx, person.name(), call.start, epoch));
        }
        return absl::OkStatus();
      });
}

// When no key of the epoch of then, nor of one before, wraps anything.
absl::StatusOr<due::Next> Finish(const due::Slice& slice, personal::KeyStore& keys) {
  int epoch = 0;
  if (!absl::SimpleAtoi(slice.task.progress, &epoch)) {
    return Error(sql::error::kRowCorrupt, "column"_is("progress"));
  }
  ASSIGN_OR_RETURN(const int oldest, keys.OldestEpoch());
  if (oldest <= epoch) return due::Next::After(kLookForFinal, slice.task.progress);
  return due::Next::Done().Writing([&call = slice.call, name = store::PersonName(slice.task.key)](
                                       journal::Transaction& tx) -> absl::Status {
    ASSIGN_OR_RETURN(const v1::Person before, resource::Get(tx, Persons(), name));
    v1::Person after = before;
    *after.mutable_final_time() = ToProto(call.start);
    return resource::Replace(call, tx, Persons(), before, std::move(after)).status();
  });
}

// Whom the list of erasures names, from a number on.
absl::StatusOr<due::Next> FollowErasures(const due::Slice& slice, personal::KeyStore& keys) {
  int64_t after = 0;
  if (!slice.task.progress.empty() && !absl::SimpleAtoi(slice.task.progress, &after)) {
    return Error(sql::error::kRowCorrupt, "column"_is("progress"));
  }
  ASSIGN_OR_RETURN(const auto erasures, keys.Erasures(after, kSome));
  if (erasures.empty()) return due::Next::After(kLookForErasures, slice.task.progress);
  ASSIGN_OR_RETURN(const int epoch, keys.CurrentEpoch());
  return due::Next::Now(absl::StrCat(erasures.back().number))
      .Writing([&call = slice.call, erasures, epoch](journal::Transaction& tx) -> absl::Status {
        for (const auto& erasure : erasures) {
          const std::string name = store::PersonName(erasure.person);
          const absl::Status noted = NoteDestroyed(call, tx, name, erasure.time, epoch);
          if (!absl::IsNotFound(noted)) RETURN_IF_ERROR(noted);  // it was never stored
        }
        return absl::OkStatus();
      });
}

absl::StatusOr<due::Next> Sweep(const due::Slice& slice, personal::KeyStore& keys) {
  personal::KeyStore::Swept from;
  const std::pair<absl::string_view, absl::string_view> progress =
      absl::StrSplit(slice.task.progress, absl::MaxSplits(' ', 1));
  int64_t micros = 0;
  if (absl::SimpleAtoi(progress.first, &micros)) {
    from = {absl::FromUnixMicros(micros), std::string(progress.second)};
  }
  const auto existing =
      [&](absl::Span<const std::string> ids) -> absl::StatusOr<absl::flat_hash_set<std::string>> {
    ASSIGN_OR_RETURN(const auto found, store::ExistingPersons(slice.session, ids));
    return absl::flat_hash_set<std::string>(found.begin(), found.end());
  };
  ASSIGN_OR_RETURN(const auto swept, keys.SweepSlice(from, kOrphanAge, kSome, existing));
  if (!swept) return due::Next::After(kSweepPause, slice.task.progress);
  return due::Next::Now(absl::StrCat(absl::ToUnixMicros(swept->time), " ", swept->person));
}

}  // namespace

absl::Status PrepareDestruction(const Call& call, journal::Transaction& tx,
                                const v1::Person& before, v1::Person& after) {
  // Whoever merges into this person, or splits from it, is seen here or waits and sees this.
  RETURN_IF_ERROR(resource::GuardFirst(tx, Persons(), before.name(), "name").status());
  ASSIGN_OR_RETURN(const auto group, store::GroupOf(tx, {&before, 1}));
  ASSIGN_OR_RETURN(const auto learners, store::GuardLearnersOf(tx, group));
  ASSIGN_OR_RETURN(const auto held, store::HeldLongest(tx, learners));
  if (held && held->day >= LegalDay(call.start)) {
    return Error(error::kPersonHeld, "name"_is(before.name()), "award"_is(held->award),
                 "day"_is(absl::FormatCivilTime(held->day)));
  }
  after.clear_sealed();
  // All at once, so that none is split off half destroyed.
  RETURN_IF_ERROR(EmptyMerged(call, tx, group, after));
  return EmptyLearners(call, tx, learners);
}

absl::Status DestroySoon(const Call&, journal::Transaction& tx, const v1::Person& person) {
  return due::Schedule(tx, {kDestroy, store::PersonId(person.name()), ""});
}

void HandleDestruction(due::Scheduler& due, calls::Host& host) {
  const auto with = [&host](auto work) {
    return [&host, work](const due::Slice& slice) { return work(slice, *host.persons()); };
  };
  due.Handle(kDestroy, with(&Destroy));
  due.Handle(kFinal, with(&Finish));
  due.HandleStanding(kErasures, with(&FollowErasures));
  due.HandleStanding(kSweep, with(&Sweep));
}

absl::Status ReplayErasures(sql::Session& session, personal::KeyStore& keys) {
  std::string after;
  while (true) {
    ASSIGN_OR_RETURN(const std::vector<std::string> some,
                     store::SomeDestroyed(session, after, kSome));
    if (some.empty()) return absl::OkStatus();
    RETURN_IF_ERROR(keys.Replay(some));
    after = some.back();
  }
}

}  // namespace puente::education
