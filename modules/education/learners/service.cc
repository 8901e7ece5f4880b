#include "modules/education/learners/service.h"

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/context/clock.h"
#include "common/crypto/digest.h"
#include "common/personal/fields.h"
#include "common/resource/owner.h"
#include "common/resource/provenance.h"
#include "common/resource/serve.h"
#include "common/sql/error.h"
#include "modules/education/errors.h"
#include "modules/education/ids.h"
#include "modules/education/learners/resource.h"
#include "modules/education/organizations/resource.h"
#include "modules/education/organizations/service.h"
#include "modules/education/persons/lookups.h"
#include "modules/education/persons/resource.h"
#include "modules/education/persons/rules.h"
#include "modules/education/persons/store.h"
#include "puente/education/v1/learner.grpc.pb.h"

namespace puente::education {
namespace {

constexpr size_t kMostLookUps = 600;
// Somebody whom another institution knows is registered, and looked for, in somewhat other steps
// than somebody new; all of them together take far less than this.
constexpr absl::Duration kAnswersEvery = absl::Milliseconds(10);

v1::Person PersonOf(const v1::Learner& learner, const std::string& name) {
  v1::Person person;
  person.set_name(name);
  person.set_state(v1::PERSON_STATE_CURRENT);
  person.set_identifier_scheme(learner.identifier_scheme());
  person.set_identifier(learner.identifier());
  person.set_given_names(learner.given_names());
  person.set_first_surname(learner.first_surname());
  person.set_second_surname(learner.second_surname());
  *person.mutable_birth_date() = learner.birth_date();
  person.set_sex(learner.sex());
  person.set_birth_years(learner.birth_years());
  person.set_state_code(learner.state_code());
  person.set_source(learner.source());
  person.set_record_kind(learner.record_kind());
  return person;
}

// The learner of an organization among those of one person, if it has one in use.
std::optional<std::string> Of(absl::Span<const v1::Learner> learners,
                              const std::string& organization) {
  const auto own = absl::c_find_if(learners, [&](const v1::Learner& learner) {
    return OrganizationOf(learner.name()) == organization &&
           learner.state() == v1::LEARNER_STATE_CURRENT;
  });
  if (own == learners.end()) return std::nullopt;
  return own->name();
}

// The same of the person whose key this is. Asked in the same way whether there is such a person or
// not: how long it takes tells nobody.
absl::StatusOr<std::optional<std::string>> OwnLearner(sql::Session& session,
                                                      const std::string& person,
                                                      const std::string& organization) {
  v1::Person root;
  root.set_name(store::PersonName(person));
  const auto found = resource::Get(session, Persons(), root.name());
  if (found.ok()) {
    ASSIGN_OR_RETURN(root, store::RootOf(session, *found));
  } else if (!absl::IsNotFound(found.status())) {
    return found.status();
  }
  ASSIGN_OR_RETURN(const auto group, store::GroupOf(session, root));
  ASSIGN_OR_RETURN(const auto learners, store::LearnersOf(session, group));
  return Of(learners, organization);
}

absl::Status Registered(const std::string& name) {
  return Error(error::kLearnerRegistered, "name"_is(name));
}

// The person of a key, who is made here if this is the first learner. Whoever registers, merges or
// destroys the person meanwhile waits until this is stored.
absl::StatusOr<v1::Person> GuardOrMake(const Call& call, journal::Transaction& tx,
                                       const personal::KeyStore::Made& made,
                                       const v1::Learner& learner) {
  const std::string name = store::PersonName(made.person);
  const auto found = store::GuardRoot(tx, name);
  if (found.ok()) {
    // Its keys are about to go: then this one gets another.
    if (found->state() == v1::PERSON_STATE_DESTROYED) return Error(sql::error::kConflict);
    return found;
  }
  if (!absl::IsNotFound(found.status())) return found.status();
  v1::Person person = PersonOf(learner, name);
  personal::SealFields(*made.key, person);
  const auto stored = resource::Create(call, tx, Persons(), {made.person}, std::move(person));
  // Another was faster; once more, it is found.
  if (absl::IsAlreadyExists(stored.status())) return Error(sql::error::kConflict);
  return stored;
}

absl::Status Register(const Call& call, journal::Transaction& tx, v1::Learner& learner,
                      personal::KeyStore& keys) {
  const std::string organization = OrganizationOf(learner.name());
  RETURN_IF_ERROR(CheckRegistered(call, tx, organization, "parent"));
  learner.set_state(v1::LEARNER_STATE_CURRENT);
  const auto hashes = store::HashesOf(keys, learner.identifier_scheme(), learner.identifier());
  if (tx.validates()) {  // and makes nothing, also no key
    ASSIGN_OR_RETURN(const auto person, keys.Find(hashes));
    ASSIGN_OR_RETURN(const auto own,
                     OwnLearner(tx, person.value_or(crypto::Uuid4()), organization));
    return own ? Registered(*own) : absl::OkStatus();
  }
  ASSIGN_OR_RETURN(const auto made, keys.Create(crypto::Uuid4(), hashes));
  ASSIGN_OR_RETURN(const v1::Person root, GuardOrMake(call, tx, made, learner));
  ASSIGN_OR_RETURN(const auto group, store::GroupOf(tx, root));
  ASSIGN_OR_RETURN(const auto learners, store::LearnersOf(tx, group));
  if (const auto own = Of(learners, organization)) return Registered(*own);
  learner.set_person(store::PersonName(made.person));
  return absl::OkStatus();
}

absl::StatusOr<OwnerProof> RegisterLearner(const Call& call, journal::Transaction& tx,
                                           const v1::RegisterLearnerRequest& request,
                                           v1::Learner& registered,
                                           const resource::RecordWriter& writer) {
  ASSIGN_OR_RETURN(resource::Ids ids, Organizations().pattern().Parse(request.parent(), "parent"));
  ids.push_back(crypto::Uuid4());
  registered = request.learner();
  registered.set_name(Learners().pattern().Format(ids));
  return writer.Create(call, tx, ids, registered);
}

// One that is not found is an answer too: what is looked for is journaled either way.
absl::StatusOr<OwnerProof> FindLearner(const Call& call, journal::Transaction& tx,
                                       const v1::FindLearnerRequest& request,
                                       v1::FindLearnerResponse& found, calls::Host& host,
                                       LookUps& lookups) {
  personal::KeyStore& keys = *host.persons();
  v1::Learner looked_for;
  looked_for.set_name(absl::StrCat(request.parent(), "/learners/-"));
  ASSIGN_OR_RETURN(OwnerProof proof,
                   resource::CheckOwner(call, tx, Learners(), looked_for, resource::Owned::kNew));
  RETURN_IF_ERROR(resource::Get(tx, Organizations(), request.parent(), "parent").status());
  RETURN_IF_ERROR(lookups.Allow(call));
  ASSIGN_OR_RETURN(const auto person, keys.Find(store::HashesOf(keys, request.identifier_scheme(),
                                                                request.identifier())));
  ASSIGN_OR_RETURN(const auto own,
                   OwnLearner(tx, person.value_or(crypto::Uuid4()), request.parent()));
  if (own) found.set_learner(*own);
  tx.Read(own.value_or(looked_for.name()));
  return proof;
}

// As RegisterLearner and UpdateLearner write them.
resource::RecordWriter Serve(calls::Host& host) {
  const auto prepare = [&host](const Call& call, journal::Transaction& tx,
                               const v1::Learner* before, v1::Learner& learner) -> absl::Status {
    Complete(learner);
    RETURN_IF_ERROR(InvalidFields(CheckBorn(learner, LegalDay(call.start), "learner")));
    if (before == nullptr) return Register(call, tx, learner, *host.persons());
    return CheckMayWrite(call, tx, OrganizationOf(learner.name()), "learner.name");
  };
  return resource::Serve<v1::Learner>(
      host, Learners(),
      {.check = &CheckWho<v1::Learner>,
       .prepare = prepare,
       .creation = "RegisterLearner",
       .person_key = [&host](const v1::Learner& learner) {
         return host.persons()->Get(store::PersonId(learner.person()));
       }});
}

}  // namespace

ServedLearners::ServedLearners(calls::Host& host) : lookups_(kMostLookUps), writer_(Serve(host)) {
  calls::Service& service = host.Serve<v1::LearnerService>();
  service.MutateOwned<&RegisterLearner>(writer_);
  service.MutateOwned<&FindLearner>(host, lookups_);
  host.MethodOf(v1::FindLearnerRequest::descriptor())
      .fields.set_rules(&CheckIdentifierOf<v1::FindLearnerRequest>);
  host.MethodOf(v1::FindLearnerRequest::descriptor()).answers_every = kAnswersEvery;
  calls::Method& registers = host.MethodOf(v1::RegisterLearnerRequest::descriptor());
  registers.answers_every = kAnswersEvery;
  registers.fields.set_rules([](const resource::Message& message) {
    return CheckWho(static_cast<const v1::RegisterLearnerRequest&>(message).learner(), "learner");
  });
  registers.of_caller = [](const Call& call, const resource::Message& message) {
    return resource::CheckProvenance(
        call, Learners(), static_cast<const v1::RegisterLearnerRequest&>(message).learner(),
        "learner");
  };
}

}  // namespace puente::education
