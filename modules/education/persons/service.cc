#include "modules/education/persons/service.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "common/calls/service.h"
#include "common/context/clock.h"
#include "common/context/values.h"
#include "common/personal/errors.h"
#include "common/personal/fields.h"
#include "common/resource/serve.h"
#include "common/resource/states.h"
#include "modules/education/errors.h"
#include "modules/education/ids.h"
#include "modules/education/learners/resource.h"
#include "modules/education/persons/destruction.h"
#include "modules/education/persons/resource.h"
#include "modules/education/persons/rules.h"
#include "modules/education/persons/store.h"
#include "puente/education/v1/person.grpc.pb.h"

namespace puente::education {
namespace {

constexpr size_t kMostLookUps = 60;
constexpr char kIdentifiers[] = "persons.identifiers";

// A person whom this changes, as the others who write of him or her see it.
absl::StatusOr<v1::Person> Before(const Call& call, journal::Transaction& tx,
                                  const std::string& name, const std::string& etag) {
  ASSIGN_OR_RETURN(v1::Person person, resource::GuardFirst(tx, Persons(), name, "name"));
  RETURN_IF_ERROR(resource::CheckEtag(person, etag));
  RETURN_IF_ERROR(resource::CheckState(Persons(), call.verb(), person));
  return person;
}

absl::StatusOr<v1::FindPersonResponse> FindPerson(const Call& call, journal::Transaction& tx,
                                                  const v1::FindPersonRequest& request,
                                                  calls::Host& host, LookUps& lookups) {
  personal::KeyStore& keys = *host.persons();
  RETURN_IF_ERROR(lookups.Allow(call));
  v1::FindPersonResponse response;
  ASSIGN_OR_RETURN(const auto id, keys.Find(store::HashesOf(keys, request.identifier_scheme(),
                                                            request.identifier())));
  if (id) {
    ASSIGN_OR_RETURN(const auto roots, store::RootsOf(tx, {store::PersonName(*id)}));
    for (const auto& [name, root] : roots) {  // none if its row was never made
      if (root.state() != v1::PERSON_STATE_DESTROYED) response.set_person(root.name());
    }
  }
  // One that is not found is an answer too: what is looked for is journaled either way.
  tx.Read(response.person().empty() ? "persons/-" : response.person());
  return response;
}

// Whoever has the identifier in the meantime keeps it.
absl::Status GiveIdentifier(journal::Transaction& tx, personal::KeyStore& keys,
                            const std::string& person,
                            const std::vector<personal::IdentifierHash>& given) {
  if (!tx.validates()) return keys.Identify(person, given);
  ASSIGN_OR_RETURN(const auto owner, keys.Find(given));
  return owner && *owner != person ? Error(puente::error::kIdentifierTaken) : absl::OkStatus();
}

// What a person and his or her learners are found by is what their records say: the person's
// identifier, and of learners of whom an organization states another, that one within it. Runs
// after a correction, which could not take the wrong one in the transaction that stores the right
// one: keys are in a database of their own.
absl::Status KeepIdentifiers(journal::Transaction& tx, personal::KeyStore& keys,
                             const std::string& id) {
  ASSIGN_OR_RETURN(v1::Person person,
                   resource::GuardFirst(tx, Persons(), store::PersonName(id), "name"));
  if (person.state() == v1::PERSON_STATE_DESTROYED) return absl::OkStatus();
  ASSIGN_OR_RETURN(const auto learners, store::LearnersOf(tx, {&person, 1}));
  ASSIGN_OR_RETURN(const personal::PersonKey key, keys.Get(id));
  RETURN_IF_ERROR(personal::OpenFields(*key, person));
  auto hashes = store::HashesOf(keys, person.identifier_scheme(), person.identifier());
  for (v1::Learner learner : learners) {
    if (learner.state() == v1::LEARNER_STATE_DESTROYED) continue;
    RETURN_IF_ERROR(personal::OpenFields(*key, learner));
    if (learner.identifier_scheme() == person.identifier_scheme() &&
        learner.identifier() == person.identifier()) {
      continue;
    }
    const auto stated = store::HashesOfStated(keys, OrganizationOf(learner.name()),
                                              learner.identifier_scheme(), learner.identifier());
    ASSIGN_OR_RETURN(const auto owner, keys.Find(stated));
    if (owner && *owner != id) continue;  // of whom it was corrected first
    hashes.insert(hashes.end(), stated.begin(), stated.end());
  }
  return keys.IdentifyOnly(id, hashes);
}

absl::StatusOr<v1::Person> CorrectPersonIdentifier(
    const Call& call, journal::Transaction& tx, const v1::CorrectPersonIdentifierRequest& request,
    calls::Host& host) {
  personal::KeyStore& keys = *host.persons();
  ASSIGN_OR_RETURN(const v1::Person before, Before(call, tx, request.name(), request.etag()));
  const std::string id = store::PersonId(before.name());
  ASSIGN_OR_RETURN(const personal::PersonKey key, keys.Get(id));
  v1::Person after = before;
  RETURN_IF_ERROR(personal::OpenFields(*key, after));
  after.set_identifier_scheme(request.identifier_scheme());
  after.set_identifier(request.identifier());
  if (after.identifier_scheme() == v1::PERSON_IDENTIFIER_SCHEME_CURP) after.clear_birth_date();
  Complete(after);
  RETURN_IF_ERROR(InvalidFields(CheckBorn(after, LegalDay(call.start), "identifier")));
  RETURN_IF_ERROR(GiveIdentifier(
      tx, keys, id, store::HashesOf(keys, after.identifier_scheme(), after.identifier())));
  RETURN_IF_ERROR(due::Schedule(tx, {kIdentifiers, id, ""}));
  after.set_state_reason(request.reason());
  personal::SealFields(*key, after);
  return resource::Replace(call, tx, Persons(), before, std::move(after));
}

bool InUse(const v1::Learner& learner) { return learner.state() == v1::LEARNER_STATE_CURRENT; }

// Tells each organization that has a learner of both which of the two goes on.
absl::Status JoinLearners(const Call& call, journal::Transaction& tx,
                          const std::vector<v1::Learner>& merged,
                          const std::vector<v1::Learner>& into) {
  for (const v1::Learner& learner : merged) {
    if (!InUse(learner)) continue;
    const auto same = absl::c_find_if(into, [&](const v1::Learner& other) {
      return InUse(other) && OrganizationOf(other.name()) == OrganizationOf(learner.name());
    });
    if (same == into.end()) continue;
    v1::Learner after = learner;
    after.set_state(v1::LEARNER_STATE_DUPLICATE);
    after.set_duplicate_of(same->name());
    RETURN_IF_ERROR(resource::Replace(call, tx, Learners(), learner, std::move(after)).status());
  }
  return absl::OkStatus();
}

absl::StatusOr<v1::Person> MergePerson(const Call& call, journal::Transaction& tx,
                                       const v1::MergePersonRequest& request) {
  if (request.name() == request.into()) {
    return InvalidFields({Against(rule::kSamePerson).At("into")});
  }
  // In the same order in every call, so that two that cross don't wait for each other.
  const auto [first, second] = std::minmax(request.name(), request.into());
  RETURN_IF_ERROR(
      resource::GuardFirst(tx, Persons(), first, first == request.name() ? "name" : "into")
          .status());
  RETURN_IF_ERROR(
      resource::GuardFirst(tx, Persons(), second, second == request.name() ? "name" : "into")
          .status());
  ASSIGN_OR_RETURN(const v1::Person before, Before(call, tx, request.name(), request.etag()));
  ASSIGN_OR_RETURN(const v1::Person into, resource::Get(tx, Persons(), request.into(), "into"));
  RETURN_IF_ERROR(resource::CheckState(Persons(), call.verb(), into));
  ASSIGN_OR_RETURN(const auto merged_group, store::GroupOf(tx, {&before, 1}));
  ASSIGN_OR_RETURN(const auto merged, store::LearnersOf(tx, merged_group));
  ASSIGN_OR_RETURN(const auto group, store::GroupOf(tx, {&into, 1}));
  ASSIGN_OR_RETURN(const auto learners, store::LearnersOf(tx, group));
  RETURN_IF_ERROR(JoinLearners(call, tx, merged, learners));
  v1::Person after = before;
  after.set_state(v1::PERSON_STATE_MERGED);
  after.set_merged_into(into.name());
  after.set_state_reason(request.reason());
  return resource::Replace(call, tx, Persons(), before, std::move(after));
}

// Of learners of one person after another was split off: those who were duplicates of one of the
// other's are so of this person's own, the first of which goes on if none does.
absl::Status StandAlone(const Call& call, journal::Transaction& tx,
                        const std::vector<v1::Learner>& learners) {
  std::map<std::string, std::string> goes_on;  // by organization
  for (const v1::Learner& learner : learners) {
    if (InUse(learner)) goes_on.emplace(OrganizationOf(learner.name()), learner.name());
  }
  std::vector<const v1::Learner*> left;
  for (const v1::Learner& learner : learners) {
    const bool own = absl::c_any_of(
        learners, [&](const v1::Learner& other) { return other.name() == learner.duplicate_of(); });
    if (learner.state() == v1::LEARNER_STATE_DUPLICATE && !own) left.push_back(&learner);
  }
  absl::c_sort(left, [](const v1::Learner* a, const v1::Learner* b) {
    return std::make_pair(FromProto(a->create_time()), a->name()) <
           std::make_pair(FromProto(b->create_time()), b->name());
  });
  for (const v1::Learner* learner : left) {
    v1::Learner after = *learner;
    const auto [first, goes] = goes_on.emplace(OrganizationOf(after.name()), after.name());
    if (goes) after.set_state(v1::LEARNER_STATE_CURRENT);
    after.set_duplicate_of(goes ? "" : first->second);
    RETURN_IF_ERROR(resource::Replace(call, tx, Learners(), *learner, std::move(after)).status());
  }
  return absl::OkStatus();
}

absl::StatusOr<v1::Person> SplitPerson(const Call& call, journal::Transaction& tx,
                                       const v1::SplitPersonRequest& request) {
  // Whom it was merged into first: who registers waits there, and who awards at the learners.
  ASSIGN_OR_RETURN(const auto roots, store::GuardRoots(tx, {request.name()}));
  ASSIGN_OR_RETURN(const v1::Person before, Before(call, tx, request.name(), request.etag()));
  const v1::Person& root = roots.at(before.name());
  if (root.state() == v1::PERSON_STATE_DESTROYED) {  // then so is this one, in a moment
    return resource::StateWrong(Persons(), Persons().state_wrong(), call.verb(), root,
                                {v1::PERSON_STATE_CURRENT});
  }
  ASSIGN_OR_RETURN(const auto group, store::GroupOf(tx, {&root, 1}));
  ASSIGN_OR_RETURN(const auto learners, store::GuardLearnersOf(tx, group));
  const absl::Time merged = FromProto(before.update_time());
  for (const v1::Learner& learner : learners) {
    if (FromProto(learner.create_time()) < merged) continue;
    return Error(error::kMergerSettled, "name"_is(before.name()), "what"_is(learner.name()));
  }
  ASSIGN_OR_RETURN(const std::string award, store::AwardSince(tx, learners, merged));
  if (!award.empty()) {
    return Error(error::kMergerSettled, "name"_is(before.name()), "what"_is(award));
  }
  v1::Person after = before;
  after.set_state(v1::PERSON_STATE_CURRENT);
  after.clear_merged_into();
  after.set_state_reason(request.reason());
  ASSIGN_OR_RETURN(const v1::Person split,
                   resource::Replace(call, tx, Persons(), before, std::move(after)));
  ASSIGN_OR_RETURN(const auto own_group, store::GroupOf(tx, {&split, 1}));
  ASSIGN_OR_RETURN(const auto own, store::LearnersOf(tx, own_group));
  RETURN_IF_ERROR(StandAlone(call, tx, own));
  ASSIGN_OR_RETURN(const auto rest_group, store::GroupOf(tx, {&root, 1}));
  ASSIGN_OR_RETURN(const auto rest, store::LearnersOf(tx, rest_group));
  RETURN_IF_ERROR(StandAlone(call, tx, rest));
  return split;
}

}  // namespace

ServedPersons::ServedPersons(calls::Host& host, due::Scheduler& due) : lookups_(kMostLookUps) {
  HandleDestruction(due, host);
  due.Handle(kIdentifiers, [&host](const due::Slice& slice) -> absl::StatusOr<due::Next> {
    return due::Next::Done().Writing(
        [&host, id = slice.task.key](journal::Transaction& tx) -> absl::Status {
          return KeepIdentifiers(tx, *host.persons(), id);
        });
  });
  calls::Service& service = host.Serve<v1::PersonService>();
  service.Mutate<&FindPerson>(host, lookups_);
  service.Mutate<&CorrectPersonIdentifier>(host);
  service.Mutate<&MergePerson>();
  service.Mutate<&SplitPerson>();
  host.MethodOf(v1::FindPersonRequest::descriptor())
      .fields.set_rules(&CheckIdentifierOf<v1::FindPersonRequest>);
  host.MethodOf(v1::CorrectPersonIdentifierRequest::descriptor())
      .fields.set_rules(&CheckIdentifierOf<v1::CorrectPersonIdentifierRequest>);
  const auto prepare = [](const Call& call, journal::Transaction&, const v1::Person*,
                          v1::Person& person) {
    Complete(person);
    return InvalidFields(CheckBorn(person, LegalDay(call.start), "person"));
  };
  resource::Serve<v1::Person>(
      host, Persons(),
      {.check = &CheckWho<v1::Person>,
       .prepare = prepare,
       .verbs = {{.verb = "DestroyPerson", .prepare = &PrepareDestruction, .stored = &DestroySoon}},
       .person_key = [&host](const v1::Person& person) {
         return host.persons()->Get(store::PersonId(person.name()));
       }});
}

}  // namespace puente::education
