// Persons and learners beside a model that says what must become of them, through random calls.
//
// PUENTE_LONG makes twenty times as many calls, PUENTE_CALLS=1000000 so many (three hours). A
// failure names its seed, and PUENTE_SEED makes the same calls again.
#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "modules/education/module.h"
#include "puente/education/v1/learner.grpc.pb.h"
#include "puente/education/v1/organization.grpc.pb.h"
#include "puente/education/v1/person.grpc.pb.h"
#include "tests/education/requests.h"
#include "tests/testing/database.h"
#include "tests/testing/hosted.h"
#include "tests/testing/person_keys.h"
#include "tests/testing/status.h"
#include "tests/testing/wait.h"

namespace puente::education {
namespace {

using ::puente::testing::Becomes;
using ::puente::testing::Called;
using ::puente::testing::Database;
using ::puente::testing::HostedModule;
using ::puente::testing::MustExecute;
using PersonStub = v1::PersonService::Stub;
using LearnerStub = v1::LearnerService::Stub;

constexpr int kOrganizations = 3;
constexpr int kIdentifiers = 12;
// So many calls begin with an empty database: what is destroyed stays there.
constexpr int kCallsTogether = 1'000;

std::string Identifier(int number) { return absl::StrCat("prueba:", number); }
std::string Organization(int number) { return absl::StrCat("organizations/o", number); }

// What must be.
class Model {
 public:
  struct Person {
    std::string name;
    int identifier = 0;
    v1::PersonState state = v1::PERSON_STATE_CURRENT;
    int merged_into = -1;
    int merged_at = 0;
  };
  struct Learner {
    std::string name;
    int organization = 0;
    int person = 0;
    int made_at = 0;
    v1::LearnerState state = v1::LEARNER_STATE_CURRENT;
    int duplicate_of = -1;
  };

  // Each gives the reason for which the call must be refused, "" if it must not be, and has then
  // done it.
  std::string Register(int organization, int identifier) {
    ++now_;
    int person = WhoHas(identifier);
    if (person >= 0 && CurrentOf(Root(person), organization) >= 0) return "LEARNER_REGISTERED";
    if (person < 0) {
      person = static_cast<int>(persons.size());
      persons.emplace_back().identifier = identifier;
    }
    Learner& learner = learners.emplace_back();
    learner.organization = organization;
    learner.person = person;
    learner.made_at = now_;
    return "";
  }

  std::string Correct(int person, int identifier) {
    ++now_;
    if (!IsCurrent(person)) return "PERSON_STATE_WRONG";
    const int other = WhoHas(identifier);
    if (other >= 0 && other != person) return "IDENTIFIER_TAKEN";
    persons[person].identifier = identifier;
    return "";
  }

  std::string Merge(int person, int into) {
    ++now_;
    if (person == into) return "INVALID_FIELDS";
    if (!IsCurrent(person) || !IsCurrent(into)) return "PERSON_STATE_WRONG";
    for (Learner& learner : learners) {
      if (Root(learner.person) != person || learner.state != v1::LEARNER_STATE_CURRENT) continue;
      const int same = CurrentOf(into, learner.organization);
      if (same < 0) continue;
      learner.state = v1::LEARNER_STATE_DUPLICATE;
      learner.duplicate_of = same;
    }
    persons[person].state = v1::PERSON_STATE_MERGED;
    persons[person].merged_into = into;
    persons[person].merged_at = now_;
    return "";
  }

  std::string Split(int person) {
    ++now_;
    if (persons[person].state != v1::PERSON_STATE_MERGED) return "PERSON_STATE_WRONG";
    const int root = Root(person);
    for (const Learner& learner : learners) {
      if (Root(learner.person) == root && learner.made_at > persons[person].merged_at) {
        return "MERGER_SETTLED";
      }
    }
    persons[person].state = v1::PERSON_STATE_CURRENT;
    persons[person].merged_into = -1;
    StandAlone(person);
    StandAlone(root);
    return "";
  }

  std::string Destroy(int person) {
    ++now_;
    if (!IsCurrent(person)) return "PERSON_STATE_WRONG";
    std::vector<int> group;
    for (int i = 0; i < static_cast<int>(persons.size()); ++i) {
      if (Root(i) == person) group.push_back(i);
    }
    for (Learner& learner : learners) {
      if (Root(learner.person) == person) learner.state = v1::LEARNER_STATE_DESTROYED;
    }
    for (const int one : group) persons[one].state = v1::PERSON_STATE_DESTROYED;
    return "";
  }

  // Who bears an identifier that was not destroyed; -1 if nobody does.
  int WhoHas(int identifier) const {
    for (int i = 0; i < static_cast<int>(persons.size()); ++i) {
      if (persons[i].identifier == identifier && persons[i].state != v1::PERSON_STATE_DESTROYED) {
        return i;
      }
    }
    return -1;
  }
  int Root(int person) const {
    while (persons[person].merged_into >= 0) person = persons[person].merged_into;
    return person;
  }

  // A line a record: "persons/x MERGED into persons/y", "organizations/o1/learners/z CURRENT of
  // persons/x".
  std::map<std::string, std::string> Lines() const {
    std::map<std::string, std::string> lines;
    for (const Person& one : persons) {
      lines[one.name] = absl::StrCat(int{one.state}, " into ",
                                     one.merged_into < 0 ? "" : persons[one.merged_into].name);
    }
    for (const Learner& one : learners) {
      lines[one.name] = absl::StrCat(int{one.state}, " of ", persons[one.person].name, " like ",
                                     one.duplicate_of < 0 ? "" : learners[one.duplicate_of].name);
    }
    return lines;
  }

  std::vector<Person> persons;
  std::vector<Learner> learners;

 private:
  // Duplicates of learners that are another person's now; the first made goes on if none does.
  void StandAlone(int root) {
    for (Learner& learner : learners) {
      if (Root(learner.person) != root || learner.state != v1::LEARNER_STATE_DUPLICATE ||
          Root(learners[learner.duplicate_of].person) == root) {
        continue;
      }
      learner.duplicate_of = CurrentOf(root, learner.organization);
      if (learner.duplicate_of < 0) learner.state = v1::LEARNER_STATE_CURRENT;
    }
  }
  bool IsCurrent(int person) const { return persons[person].state == v1::PERSON_STATE_CURRENT; }
  int CurrentOf(int root, int organization) const {
    for (int i = 0; i < static_cast<int>(learners.size()); ++i) {
      if (learners[i].organization == organization && Root(learners[i].person) == root &&
          learners[i].state == v1::LEARNER_STATE_CURRENT) {
        return i;
      }
    }
    return -1;
  }

  int now_ = 0;
};

// Education, and what it must hold.
class Country {
 public:
  Country()
      : target_(Database::Shared().NewSchema(Education().migrations)),
        database_(target_),
        keys_(::puente::testing::PersonKeys::Of(target_).Store()),
        hosted_(Education(), target_, "agency/education"),
        persons_(v1::PersonService::NewStub(hosted_.channel())),
        learners_(v1::LearnerService::NewStub(hosted_.channel())) {
    const auto organizations = v1::OrganizationService::NewStub(hosted_.channel());
    for (int i = 0; i < kOrganizations; ++i) {
      EXPECT_OK(Called(*organizations, &v1::OrganizationService::Stub::CreateOrganization,
                       testing::NewOrganization(absl::StrCat("o", i))));
    }
  }

  // A random call, as the model has it.
  void Step(std::mt19937& random) {
    const auto below = [&](size_t end) { return static_cast<int>(random() % end); };
    const int kind = below(100);
    if (model_.persons.empty() || kind < 40) {
      return Register(below(kOrganizations), below(kIdentifiers));
    }
    // Mostly of those whom there is something to do with.
    const int known = model_.WhoHas(below(kIdentifiers));
    const int person = known >= 0 && below(8) > 0 ? known : below(model_.persons.size());
    if (kind < 55) return Correct(person, below(kIdentifiers));
    if (kind < 75) return Merge(person, OneOfThem(below(kIdentifiers)));
    if (kind < 92) return Split(person);
    Destroy(person);
  }

  // Whether all that is stored is as the model has it.
  void Compare() {
    std::map<std::string, std::string> stored;
    const auto read = [&](const char* select) {
      EXPECT_OK(database_.Select({"test", select}, {}, nullptr, [&](const sql::Row& row) {
        stored[row.Text(0)] = row.Text(1);
        return absl::OkStatus();
      }));
    };
    read(
        "SELECT CONCAT('persons/', id), CONCAT(state, ' into ', IF(state = 2, merged_into, ''))"
        " FROM person");
    read(
        "SELECT CONCAT('organizations/', organization, '/learners/', id),"
        " CONCAT(state, ' of ', person, ' like ', duplicate_of) FROM learner");
    std::map<std::string, std::string> expected = model_.Lines();
    for (auto& [name, line] : expected) {  // whom one of the destroyed was merged into is no matter
      if (absl::StrContains(name, "persons/") && !absl::StartsWith(line, "2")) {
        line = line.substr(0, line.find(" into ") + 6);
      }
    }
    EXPECT_EQ(stored.size(), expected.size());
    for (const auto& [name, line] : expected) EXPECT_EQ(stored[name], line) << name;
    for (int i = 0; i < kIdentifiers; ++i) {
      const int person = model_.WhoHas(i);
      EXPECT_EQ(WhoHasStored(i), person < 0 ? "" : model_.persons[person].name) << Identifier(i);
    }
  }

 private:
  int OneOfThem(int identifier) const {
    const int known = model_.WhoHas(identifier);
    return known >= 0 ? known : 0;
  }

  void Register(int organization, int identifier) {
    v1::RegisterLearnerRequest request;
    request.set_parent(Organization(organization));
    v1::Learner& learner = *request.mutable_learner();
    learner.set_identifier_scheme(v1::PERSON_IDENTIFIER_SCHEME_OTHER);
    learner.set_identifier(Identifier(identifier));
    learner.mutable_birth_date()->set_year(2000);
    learner.mutable_birth_date()->set_month(1);
    learner.mutable_birth_date()->set_day(2);
    learner.set_given_names("Prueba");
    learner.set_first_surname("Muestra");
    learner.set_sex(v1::SEX_WOMAN);
    learner.set_state_code("21");
    learner.set_source("test");
    learner.set_record_kind(type::v1::RECORD_KIND_GENERATED);
    const auto done = Called(*learners_, &LearnerStub::RegisterLearner, request, nullptr,
                             "administration", "registrar-1");
    const size_t persons = model_.persons.size();
    if (!Same(done.status(), model_.Register(organization, identifier), "register") || !done.ok()) {
      return;
    }
    model_.learners.back().name = done->name();
    if (model_.persons.size() > persons) model_.persons.back().name = WhoHasStored(identifier);
  }

  void Correct(int person, int identifier) {
    v1::CorrectPersonIdentifierRequest request;
    request.set_name(model_.persons[person].name);
    request.set_identifier_scheme(v1::PERSON_IDENTIFIER_SCHEME_OTHER);
    request.set_identifier(Identifier(identifier));
    request.set_reason("prueba");
    Same(Do(&PersonStub::CorrectPersonIdentifier, request), model_.Correct(person, identifier),
         "correct");
    // The one before is taken soon after.
    EXPECT_TRUE(Becomes([&] {
      return ::puente::testing::MustCount(
                 database_, "SELECT COUNT(*) FROM due WHERE kind = 'persons.identifiers'") == 0;
    }));
  }
  void Merge(int person, int into) {
    v1::MergePersonRequest request;
    request.set_name(model_.persons[person].name);
    request.set_into(model_.persons[into].name);
    request.set_reason("prueba");
    Same(Do(&PersonStub::MergePerson, request), model_.Merge(person, into), "merge");
  }
  void Split(int person) {
    v1::SplitPersonRequest request;
    request.set_name(model_.persons[person].name);
    request.set_reason("prueba");
    Same(Do(&PersonStub::SplitPerson, request), model_.Split(person), "split");
  }
  // Its keys go soon after, and until then their identifiers are nobody's.
  void Destroy(int person) {
    v1::DestroyPersonRequest request;
    request.set_name(model_.persons[person].name);
    request.set_reason("prueba");
    if (!Same(Do(&PersonStub::DestroyPerson, request), model_.Destroy(person), "destroy")) return;
    EXPECT_TRUE(Becomes([&] {
      return ::puente::testing::MustCount(
                 database_, "SELECT COUNT(*) FROM person WHERE state = 3 AND erase_time IS NULL") ==
             0;
    }));
  }

  template <class Request>
  absl::Status Do(grpc::Status (PersonStub::*method)(grpc::ClientContext*, const Request&,
                                                     v1::Person*),
                  const Request& request) {
    return Called(*persons_, method, request, nullptr, "administration", "registrar-1").status();
  }

  static bool Same(const absl::Status& status, const std::string& reason, const char* what) {
    EXPECT_EQ(status.ok() ? "" : std::string(Reason(status)), reason) << what << ": " << status;
    return (status.ok() ? "" : std::string(Reason(status))) == reason;
  }

  // Under the rate of look-ups.
  std::string WhoHasStored(int identifier) {
    const auto person = keys_->Find(keys_->Hash("other", Identifier(identifier)));
    EXPECT_OK(person);
    return person.ok() && *person ? absl::StrCat("persons/", **person) : "";
  }

  const sql::Target target_;
  sql::Connection database_;
  const std::unique_ptr<personal::KeyStore> keys_;
  HostedModule hosted_;
  const std::unique_ptr<PersonStub> persons_;
  const std::unique_ptr<LearnerStub> learners_;
  Model model_;
};

TEST(PersonsModel, SaysWhatBecomesOfThem) {
  const char* const calls_wanted = std::getenv("PUENTE_CALLS");
  const bool is_long = std::getenv("PUENTE_LONG") != nullptr;
  const int calls = calls_wanted != nullptr ? std::atoi(calls_wanted)
                    : is_long               ? 20 * kCallsTogether
                                            : kCallsTogether;
  const char* const seed_given = std::getenv("PUENTE_SEED");  // to see a failure again
  const unsigned first =
      seed_given != nullptr ? std::strtoul(seed_given, nullptr, 10) : std::random_device()();
  for (int done = 0; done < calls && !::testing::Test::HasFailure(); done += kCallsTogether) {
    const unsigned seed = first + static_cast<unsigned>(done);
    SCOPED_TRACE(absl::StrCat("seed ", seed));
    std::mt19937 random(seed);
    Country country;
    for (int i = 0; i < kCallsTogether && !::testing::Test::HasFailure(); ++i) {
      country.Step(random);
      if (i % 50 == 49) country.Compare();
    }
  }
}

}  // namespace
}  // namespace puente::education
