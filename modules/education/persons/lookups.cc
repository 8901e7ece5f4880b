#include "modules/education/persons/lookups.h"

#include "absl/strings/str_cat.h"
#include "modules/education/errors.h"

namespace puente::education {
namespace {

constexpr absl::Duration kWithin = absl::Minutes(1);
// Of actors who have asked within a minute. More are forgotten together: registered actors are few.
constexpr size_t kMostActors = 10'000;

}  // namespace

absl::Status LookUps::Allow(const Call& call) {
  absl::MutexLock lock(&mutex_);
  if (made_.size() >= kMostActors) made_.clear();
  std::deque<absl::Time>& made = made_[absl::StrCat(call.caller.path, " ", call.actor)];
  while (!made.empty() && made.front() <= call.start - kWithin) made.pop_front();
  if (made.size() >= most_) {
    return RetryableError(error::kLookupsTooMany, made.front() + kWithin - call.start,
                          "actor"_is(call.actor), "limit"_is(most_));
  }
  made.push_back(call.start);
  return absl::OkStatus();
}

}  // namespace puente::education
