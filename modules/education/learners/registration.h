// Who the learners of requests and of rows of files are, many at once: their persons, and whether
// their organization has them already. As many statements whatever their number, and the same
// questions whether anybody is found or not: how long it takes tells nobody whom others know.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "common/context/call.h"
#include "common/journal/write.h"
#include "common/personal/key_store.h"
#include "common/sql/session.h"
#include "puente/education/v1/learner.pb.h"

namespace puente::education {

// Whom an organization may have as a learner.
struct Sought {
  std::string organization;
  v1::PersonIdentifierScheme scheme = v1::PERSON_IDENTIFIER_SCHEME_UNSPECIFIED;
  std::string identifier;
};
struct OwnLearner {
  v1::Learner learner;
  // By an identifier that the agency has corrected since, and may be another person's by now.
  bool by_corrected = false;
};
// The learner in use that each is, by places.
absl::StatusOr<std::vector<std::optional<OwnLearner>>> FindOwn(sql::Session& session,
                                                               personal::KeyStore& keys,
                                                               absl::Span<const Sought> all);

// Of new learners, whose names are set: gives each a person with a key, who is made here if this is
// the first learner, and says in `refusals`, which are OK, who can't be registered.
absl::Status Register(const Call& call, journal::Transaction& tx, personal::KeyStore& keys,
                      absl::Span<v1::Learner* const> fresh, absl::Span<absl::Status> refusals);

// What two rows of one learner have in common.
std::string IdentityInFiles(const v1::Learner& learner);
// Gives what rows state its learner's name, if the organization has one (resource::FoundBy).
// Finding one is a read.
absl::Status FindInFiles(const Call& call, journal::Transaction& tx, personal::KeyStore& keys,
                         absl::Span<v1::Learner* const> stated, absl::Span<absl::Status> refusals);

}  // namespace puente::education
