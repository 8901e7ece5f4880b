// Which records are of one person.
#pragma once

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

// Whom a person was merged into, over however many steps; the person, if into nobody.
absl::StatusOr<v1::Person> RootOf(sql::Session& session, v1::Person person);
// The same of the person of a name. Whoever writes of one and the same waits for another until that
// is stored. The person's not_found.
absl::StatusOr<v1::Person> GuardRoot(journal::Transaction& tx, const std::string& name);
// A person and all who were merged into it, by names.
absl::StatusOr<std::vector<v1::Person>> GroupOf(sql::Session& session, const v1::Person& root);
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

// Of awards that these learners have: one that was issued or changed since a time; "" if there is
// none.
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
