#include "modules/education/learners/registration.h"

#include <map>
#include <set>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "common/context/clock.h"
#include "common/crypto/digest.h"
#include "common/loading/errors.h"
#include "common/personal/fields.h"
#include "common/resource/provenance.h"
#include "common/resource/resource.h"
#include "common/sql/error.h"
#include "modules/education/errors.h"
#include "modules/education/ids.h"
#include "modules/education/learners/resource.h"
#include "modules/education/many.h"
#include "modules/education/persons/resource.h"
#include "modules/education/persons/rules.h"
#include "modules/education/persons/store.h"

namespace puente::education {
namespace {

using Hashes = std::vector<personal::IdentifierHash>;
// By the name of whom a person was merged into and the organization's: its learner in use.
using Own = std::map<std::pair<std::string, std::string>, v1::Learner>;

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

absl::Status Registered(const std::string& name) {
  return Error(error::kLearnerRegistered, "name"_is(name));
}

absl::Status Corrected(const std::string& name) {
  return Error(error::kIdentifierCorrected, "name"_is(name), "field"_is("learner.identifier"));
}

absl::Status Repeated() {
  return InvalidFields({Against(puente::rule::kRowRepeated).At("learner.identifier")});
}

// Of all persons that these have come to.
absl::StatusOr<Own> OwnOf(sql::Session& session, const store::Roots& roots) {
  std::map<std::string, v1::Person> distinct;
  for (const auto& [name, root] : roots) distinct.emplace(root.name(), root);
  std::vector<v1::Person> persons;
  for (auto& [name, root] : distinct) persons.push_back(std::move(root));
  ASSIGN_OR_RETURN(const auto group, store::GroupOf(session, persons));
  std::map<std::string, std::string> root_of;
  for (const v1::Person& person : group) {
    const auto into = root_of.find(person.merged_into());
    root_of[person.name()] = into == root_of.end() ? person.name() : into->second;
  }
  ASSIGN_OR_RETURN(const auto learners, store::LearnersOf(session, group));
  Own own;
  for (const v1::Learner& learner : learners) {
    if (learner.state() != v1::LEARNER_STATE_CURRENT) continue;
    own.emplace(std::make_pair(root_of.at(learner.person()), OrganizationOf(learner.name())),
                learner);
  }
  return own;
}

// Makes the rows of the persons that are not among the roots, and adds them there.
absl::Status MakePersons(const Call& call, journal::Transaction& tx,
                         absl::Span<const personal::KeyStore::Made> made,
                         absl::Span<v1::Learner* const> learners, store::Roots& roots) {
  std::vector<resource::Ids> ids;
  std::vector<v1::Person> persons;
  for (size_t i = 0; i < made.size(); ++i) {
    const std::string name = store::PersonName(made[i].person);
    if (roots.contains(name)) continue;
    v1::Person& person = persons.emplace_back(PersonOf(*learners[i], name));
    personal::SealFields(*made[i].key, person);
    ids.push_back({made[i].person});
    roots.emplace(name, person);
  }
  std::vector<v1::Person*> pointers;
  for (v1::Person& person : persons) pointers.push_back(&person);
  // If another was faster all runs again, and the person is found.
  return resource::CreateMany(call, tx, Persons(), ids, pointers);
}

// Those of learners that are not refused.
std::vector<Sought> SoughtBy(Many<v1::Learner>& many) {
  std::vector<Sought> sought;
  many.Check([&](const v1::Learner& learner) {
    sought.push_back(
        {OrganizationOf(learner.name()), learner.identifier_scheme(), learner.identifier()});
    return absl::OkStatus();
  });
  return sought;
}

// An organization whose records still have the wrong identifier would make a second person of whom
// it was corrected; or it is somebody else's, which the agency alone can tell.
absl::Status RefuseCorrected(const Call& call, journal::Transaction& tx, personal::KeyStore& keys,
                             Many<v1::Learner>& many) {
  if (resource::IsOfItsAgency(call, Learners())) return absl::OkStatus();
  const std::vector<Sought> sought = SoughtBy(many);
  std::vector<Hashes> stated;
  for (const Sought& one : sought) {
    stated.push_back(store::HashesOfStated(keys, one.organization, one.scheme, one.identifier));
  }
  if (stated.empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const auto found, keys.FindMany(stated));
  if (absl::c_none_of(found, [](const auto& person) { return person.has_value(); })) {
    return absl::OkStatus();
  }
  ASSIGN_OR_RETURN(const auto own, FindOwn(tx, keys, sought));
  size_t next = 0;
  many.Check([&](const v1::Learner&) {
    const auto& one = own[next++];
    return one && one->by_corrected ? Corrected(one->learner.name()) : absl::OkStatus();
  });
  return absl::OkStatus();
}

// Whoever registers, merges or destroys one of the persons meanwhile waits until this is stored.
absl::Status TakePersons(const Call& call, journal::Transaction& tx, personal::KeyStore& keys,
                         Many<v1::Learner>& many) {
  std::vector<personal::KeyStore::Wanted> wanted;
  std::vector<v1::Learner*> learners;
  many.Check([&](v1::Learner& learner) {
    wanted.push_back({crypto::Uuid4(),
                      store::HashesOf(keys, learner.identifier_scheme(), learner.identifier())});
    learners.push_back(&learner);
    return absl::OkStatus();
  });
  if (wanted.empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const auto made, keys.CreateMany(wanted));
  std::vector<std::string> names;
  for (size_t i = 0; i < made.size(); ++i) {
    names.push_back(store::PersonName(made[i].person));
    learners[i]->set_person(names.back());
  }
  ASSIGN_OR_RETURN(store::Roots roots, store::GuardRoots(tx, std::move(names)));
  for (const auto& [name, root] : roots) {
    // Its keys are about to go: then this one gets another.
    if (root.state() == v1::PERSON_STATE_DESTROYED) return Error(sql::error::kConflict);
  }
  RETURN_IF_ERROR(MakePersons(call, tx, made, learners, roots));
  ASSIGN_OR_RETURN(Own own, OwnOf(tx, roots));
  std::set<std::string> here;
  many.Check([&](v1::Learner& learner) {
    const auto [found, alone] = own.emplace(
        std::make_pair(roots.at(learner.person()).name(), OrganizationOf(learner.name())), learner);
    if (!alone) {
      return here.contains(found->second.name()) ? Repeated() : Registered(found->second.name());
    }
    here.insert(learner.name());
    return absl::OkStatus();
  });
  return absl::OkStatus();
}

// What would become of them, without a key being made.
absl::Status CheckUnknown(journal::Transaction& tx, personal::KeyStore& keys,
                          Many<v1::Learner>& many) {
  ASSIGN_OR_RETURN(const auto own, FindOwn(tx, keys, SoughtBy(many)));
  size_t next = 0;
  many.Check([&](const v1::Learner&) {
    const auto& found = own[next++];
    return found && !found->by_corrected ? Registered(found->learner.name()) : absl::OkStatus();
  });
  return absl::OkStatus();
}

// What the identifier of a row says of a learner who is there: an organization's spelling of it
// stays as it is, also where the row has that of a person who was merged into the learner's.
absl::Status KeepIdentifier(const personal::PersonKey& key, const v1::Learner& stored,
                            v1::Learner& stated) {
  v1::Learner open = stored;
  RETURN_IF_ERROR(personal::OpenFields(*key, open));
  if (open.identifier_scheme() == stated.identifier_scheme() &&
      open.identifier() == stated.identifier()) {
    return absl::OkStatus();
  }
  stated.set_identifier_scheme(open.identifier_scheme());
  stated.set_identifier(open.identifier());
  *stated.mutable_birth_date() = open.birth_date();
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::vector<std::optional<OwnLearner>>> FindOwn(sql::Session& session,
                                                               personal::KeyStore& keys,
                                                               absl::Span<const Sought> all) {
  std::vector<std::optional<OwnLearner>> learners(all.size());
  if (all.empty()) return learners;
  std::vector<Hashes> identifiers;
  for (const Sought& one : all) {
    identifiers.push_back(store::HashesOf(keys, one.scheme, one.identifier));
  }
  for (const Sought& one : all) {
    identifiers.push_back(
        store::HashesOfStated(keys, one.organization, one.scheme, one.identifier));
  }
  ASSIGN_OR_RETURN(const auto found, keys.FindMany(identifiers));
  std::vector<std::string> names;
  for (const auto& person : found) {
    names.push_back(store::PersonName(person.value_or(crypto::Uuid4())));
  }
  ASSIGN_OR_RETURN(store::Roots roots, store::RootsOf(session, names));
  for (const std::string& name : names) {  // of nobody the same is asked
    v1::Person& root = roots[name];
    if (root.name().empty()) root.set_name(name);
  }
  ASSIGN_OR_RETURN(const Own own, OwnOf(session, roots));
  for (size_t i = 0; i < names.size(); ++i) {
    const bool by_corrected = i >= all.size();
    const size_t place = by_corrected ? i - all.size() : i;
    const auto learner = own.find({roots.at(names[i]).name(), all[place].organization});
    if (learner != own.end() && !learners[place]) learners[place] = {learner->second, by_corrected};
  }
  return learners;
}

absl::Status Register(const Call& call, journal::Transaction& tx, personal::KeyStore& keys,
                      absl::Span<v1::Learner* const> fresh, absl::Span<absl::Status> refusals) {
  Many<v1::Learner> many(fresh, refusals);
  const absl::CivilDay today = LegalDay(call.start);
  many.Check([&](v1::Learner& learner) {
    Complete(learner);
    learner.set_state(v1::LEARNER_STATE_CURRENT);
    return InvalidFields(CheckBorn(learner, today, "learner"));
  });
  RETURN_IF_ERROR(CheckOrganizations(call, tx, many));
  RETURN_IF_ERROR(RefuseCorrected(call, tx, keys, many));
  // What is only checked makes nothing, also no key.
  return tx.validates() ? CheckUnknown(tx, keys, many) : TakePersons(call, tx, keys, many);
}

std::string IdentityInFiles(const v1::Learner& learner) {
  return absl::StrCat(SchemeId(learner.identifier_scheme()), "\n",
                      Normalized(learner.identifier_scheme(), learner.identifier()));
}

absl::Status FindInFiles(const Call&, journal::Transaction& tx, personal::KeyStore& keys,
                         absl::Span<v1::Learner* const> stated, absl::Span<absl::Status> refusals) {
  std::vector<Sought> sought;
  std::vector<size_t> places;
  for (size_t i = 0; i < stated.size(); ++i) {
    const v1::Learner& one = *stated[i];
    const bool states = one.identifier_scheme() != 0 && !one.identifier().empty();
    if (!states || !CheckWho(one, "learner").empty()) continue;  // as Create will say
    sought.push_back({OrganizationOf(one.name()), one.identifier_scheme(), one.identifier()});
    places.push_back(i);
  }
  ASSIGN_OR_RETURN(const auto own, FindOwn(tx, keys, sought));
  std::vector<std::string> persons;
  for (const auto& learner : own) {
    if (learner) persons.push_back(store::PersonId(learner->learner.person()));
  }
  ASSIGN_OR_RETURN(const auto opened, keys.GetMany(persons));
  std::set<std::string> found;
  for (size_t i = 0; i < own.size(); ++i) {
    if (!own[i]) continue;
    v1::Learner& one = *stated[places[i]];
    const v1::Learner& known = own[i]->learner;
    if (own[i]->by_corrected) {
      refusals[places[i]] = Corrected(known.name());
      continue;
    }
    if (!found.insert(known.name()).second) {
      refusals[places[i]] = Repeated();
      continue;
    }
    const auto key = opened.find(store::PersonId(known.person()));
    if (key == opened.end()) return Error(sql::error::kConflict);  // destroyed meanwhile
    Complete(one);
    RETURN_IF_ERROR(KeepIdentifier(key->second, known, one));
    one.set_name(known.name());
    tx.Read(known.name());
  }
  return absl::OkStatus();
}

}  // namespace puente::education
