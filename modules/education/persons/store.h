// Which records are of one person.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "common/journal/write.h"
#include "common/personal/key_store.h"
#include "common/sql/session.h"
#include "puente/education/v1/learner.pb.h"
#include "puente/education/v1/person.pb.h"

namespace puente::education::store {

// "persons/x" and its id.
std::string PersonName(const std::string& id);
std::string PersonId(const std::string& name);

// Of an identifier, as it is looked for.
std::vector<personal::IdentifierHash> HashesOf(const personal::KeyStore& keys,
                                               v1::PersonIdentifierScheme scheme,
                                               const std::string& identifier);
// Of one that was corrected since, as an organization still states it of a learner of its own.
std::vector<personal::IdentifierHash> HashesOfStated(const personal::KeyStore& keys,
                                                     const std::string& organization,
                                                     v1::PersonIdentifierScheme scheme,
                                                     const std::string& identifier);

// Whom persons were merged into, over however many steps, by their names; themselves, if into
// nobody. Without those that are not there.
using Roots = std::map<std::string, v1::Person>;
absl::StatusOr<Roots> RootsOf(sql::Session& session, std::vector<std::string> names);
// The same. Whoever writes of one of them waits for another until that is stored.
absl::StatusOr<Roots> GuardRoots(journal::Transaction& tx, std::vector<std::string> names);
// Persons and all who were merged into them, each behind whom it was merged into.
absl::StatusOr<std::vector<v1::Person>> GroupOf(sql::Session& session,
                                                absl::Span<const v1::Person> roots);
// By organization and id.
absl::StatusOr<std::vector<v1::Learner>> LearnersOf(sql::Session& session,
                                                    absl::Span<const v1::Person> persons);

// The same, of whom whoever issues an award meanwhile waits until this is stored, or is seen.
absl::StatusOr<std::vector<v1::Learner>> GuardLearnersOf(journal::Transaction& tx,
                                                         absl::Span<const v1::Person> persons);

// Which of these ids are persons'.
absl::StatusOr<std::vector<std::string>> ExistingPersons(sql::Session& session,
                                                         absl::Span<const std::string> ids);
// How many were destroyed; their ids, in their order, after one.
absl::StatusOr<int64_t> CountDestroyed(sql::Session& session);
absl::StatusOr<std::vector<std::string>> SomeDestroyed(sql::Session& session,
                                                       const std::string& after, int most);

// Of awards that these learners have: one that was added since a time; "" if there is none.
absl::StatusOr<std::string> AwardSince(sql::Session& session,
                                       absl::Span<const v1::Learner> learners, absl::Time time);
// The award that the law keeps for longest, and until which day.
struct Held {
  std::string award;
  absl::CivilDay day;
};
absl::StatusOr<std::optional<Held>> HeldLongest(sql::Session& session,
                                                absl::Span<const v1::Learner> learners);

}  // namespace puente::education::store
