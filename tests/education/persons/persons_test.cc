// Persons and learners: what institutions are told of one another, and who reads what is personal.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/context/values.h"
#include "modules/education/module.h"
#include "puente/education/v1/access.grpc.pb.h"
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
using ::puente::testing::HasReason;
using ::puente::testing::HostedModule;
using ::puente::testing::MustCount;
using ::puente::testing::MustExecute;
using ::puente::testing::PersonKeys;
using ::puente::testing::WaitsFor;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;
using PersonStub = v1::PersonService::Stub;
using LearnerStub = v1::LearnerService::Stub;

constexpr char kCurp[] = "BOXW310820HNERXN09", kOtherCurp[] = "BACL891217HDFRSS09",
               kThirdCurp[] = "GAXJ800709HNLRXN05";

// Education as one caller sees it.
struct Caller {
  Caller(const sql::Target& target, const std::string& path)
      : hosted(Education(), target, path),
        persons(v1::PersonService::NewStub(hosted.channel())),
        learners(v1::LearnerService::NewStub(hosted.channel())),
        accesses(v1::AccessService::NewStub(hosted.channel())) {}

  absl::StatusOr<v1::Learner> Register(v1::RegisterLearnerRequest request) {
    return Called(*learners, &LearnerStub::RegisterLearner, request, nullptr, "administration",
                  "registrar-1");
  }
  absl::StatusOr<v1::Learner> Read(const std::string& learner,
                                   const std::string& purpose = "administration",
                                   const std::string& actor = "registrar-1") {
    v1::GetLearnerRequest request;
    request.set_name(learner);
    return Called(*learners, &LearnerStub::GetLearner, request, nullptr, purpose, actor);
  }
  absl::StatusOr<v1::Learner> ReadSealed(const std::string& learner) {
    v1::BatchGetLearnersRequest request;
    request.add_names(learner);
    auto batch = Called(*learners, &LearnerStub::BatchGetLearners, request, nullptr, "audit");
    if (!batch.ok()) return batch.status();
    return batch->learners(0);
  }
  absl::StatusOr<std::string> Find(const std::string& organization, const std::string& curp) {
    v1::FindLearnerRequest request;
    request.set_parent(organization);
    request.set_identifier_scheme(v1::PERSON_IDENTIFIER_SCHEME_CURP);
    request.set_identifier(curp);
    auto found = Called(*learners, &LearnerStub::FindLearner, request, nullptr, "administration",
                        "registrar-1");
    if (!found.ok()) return found.status();
    return found->learner();
  }
  absl::StatusOr<std::string> FindPerson(const std::string& curp) {
    v1::FindPersonRequest request;
    request.set_identifier_scheme(v1::PERSON_IDENTIFIER_SCHEME_CURP);
    request.set_identifier(curp);
    auto found = Called(*persons, &PersonStub::FindPerson, request, nullptr, "administration",
                        "registrar-1");
    if (!found.ok()) return found.status();
    return found->person();
  }
  absl::StatusOr<v1::Person> ReadPerson(const std::string& name) {
    v1::GetPersonRequest request;
    request.set_name(name);
    return Called(*persons, &PersonStub::GetPerson, request, nullptr, "data-subject-request",
                  "registrar-1");
  }
  template <class Request>
  absl::StatusOr<v1::Person> Do(grpc::Status (PersonStub::*method)(grpc::ClientContext*,
                                                                   const Request&, v1::Person*),
                                const Request& request) {
    return Called(*persons, method, request, nullptr, "administration", "registrar-1");
  }
  // "READ GetLearner organization/a registrar-1", the last one first.
  std::vector<std::string> Accesses(const std::string& record) {
    v1::ListAccessesRequest request;
    request.set_parent(record);
    request.set_page_size(2);
    std::vector<std::string> all;
    do {
      const auto page =
          Called(*accesses, &v1::AccessService::Stub::ListAccesses, request, nullptr, "audit");
      EXPECT_OK(page.status());
      if (!page.ok()) return all;
      for (const v1::Access& access : page->accesses()) {
        const std::string& method = access.method();
        all.push_back(absl::StrCat(access.kind() == v1::ACCESS_KIND_READ ? "READ " : "CHANGED ",
                                   method.substr(method.rfind('/') + 1), " ", access.caller(), " ",
                                   access.actor()));
      }
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
    return all;
  }

  HostedModule hosted;
  std::unique_ptr<PersonStub> persons;
  std::unique_ptr<LearnerStub> learners;
  std::unique_ptr<v1::AccessService::Stub> accesses;
};

v1::RegisterLearnerRequest Learner(const std::string& organization, const std::string& curp,
                                   const std::string& surname = "Bautista") {
  v1::RegisterLearnerRequest request;
  request.set_parent("organizations/" + organization);
  v1::Learner& learner = *request.mutable_learner();
  learner.set_identifier_scheme(v1::PERSON_IDENTIFIER_SCHEME_CURP);
  learner.set_identifier(curp);
  learner.set_given_names("Wenceslao");
  learner.set_first_surname(surname);
  learner.set_sex(v1::SEX_MAN);
  learner.set_state_code("21");
  return request;
}

class PersonsTest : public ::testing::Test {
 protected:
  PersonsTest()
      : target_(Database::Shared().NewSchema(Education().migrations)),
        ministry_(target_, "agency/education"),
        a_(target_, "organization/a"),
        b_(target_, "organization/b") {
    for (const char* organization : {"a", "b"}) {
      EXPECT_OK(Called(*v1::OrganizationService::NewStub(ministry_.hosted.channel()),
                       &v1::OrganizationService::Stub::CreateOrganization,
                       testing::NewOrganization(organization)));
    }
  }
  // Who is registered at both, as Education knows it.
  std::string PersonAtBoth() {
    EXPECT_OK(a_.Register(Learner("a", kCurp)));
    EXPECT_OK(b_.Register(Learner("b", kCurp)));
    return *ministry_.FindPerson(kCurp);
  }

  void Execute(const std::string& statement) {
    sql::Connection connection(target_);
    MustExecute(connection, statement);
  }
  int64_t Count(const std::string& rest) {
    sql::Connection connection(target_);
    return MustCount(connection, "SELECT COUNT(*) FROM " + rest);
  }
  // Whether nobody's identifiers wait to be what his or her record says.
  bool AllAreIdentified() { return Count("due WHERE kind = 'persons.identifiers'") == 0; }
  void Rule(const std::string& id, const std::string& begin, int hold_days) {
    Execute(absl::StrCat("INSERT INTO award_rule VALUES ('", id, "', 1, 'r', '', '", begin,
                         "', 24, 0, ", hold_days, ", 'test', 1, NOW(6), NOW(6))"));
  }
  // Of organization a's only learner. What awards rest on has tests of its own.
  void Award(const std::string& id, const std::string& issue_date) {
    Execute(absl::StrCat(
        "INSERT INTO award (organization, id, version, assessment, enrolment, learner,"
        " microcredential_version, certification, certifier, rvoe, issue_date, grade, state,"
        " state_reason, replaces, replaced_by, sex, birth_years, state_code, source, record_kind,"
        " create_time, update_time) SELECT 'a', '",
        id, "', 1, '", id, "', '", id,
        "', CONCAT('organizations/a/learners/', id), '', '', '', '', '", issue_date,
        "', '', 1, '', '', '', 1, '', '', 'test', 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6)"
        " FROM learner WHERE organization = 'a'"));
  }

  const sql::Target target_;
  Caller ministry_, a_, b_;
};

TEST_F(PersonsTest, AreRegisteredAndReadByWhoSaysWhoAndWhy) {
  ASSERT_OK_AND_ASSIGN(const v1::Learner made, a_.Register(Learner("a", kCurp)));
  EXPECT_EQ(made.identifier(), "") << "answers of writes show nothing personal";
  EXPECT_EQ(made.given_names(), "");
  EXPECT_EQ(made.sealed(), "");
  EXPECT_EQ(made.person(), "") << "an institution is not told";
  EXPECT_EQ(made.birth_years(), "1930-1934");
  EXPECT_THAT(a_.Read(made.name(), ""), HasReason("PURPOSE_REFUSED"));
  EXPECT_THAT(a_.Read(made.name(), "administration", ""), HasReason("ACTOR_REFUSED"));
  ASSERT_OK_AND_ASSIGN(const v1::Learner read, a_.Read(made.name()));
  EXPECT_EQ(read.identifier(), kCurp);
  EXPECT_EQ(read.given_names(), "Wenceslao");
  EXPECT_EQ(ToCivilDay(read.birth_date()), absl::CivilDay(1931, 8, 20));
  EXPECT_EQ(read.sealed(), "");
  EXPECT_EQ(read.person(), "");
  ASSERT_OK_AND_ASSIGN(const v1::Learner pseudonymous, a_.ReadSealed(made.name()));
  EXPECT_EQ(pseudonymous.identifier() + pseudonymous.given_names() + pseudonymous.sealed(), "");
  EXPECT_THAT(b_.Read(made.name()), HasReason("LEARNER_NOT_FOUND"));
}

TEST_F(PersonsTest, AreLearnersOfEachInstitutionThatAreTheSameForNobodyElse) {
  ASSERT_OK_AND_ASSIGN(const v1::Learner at_a, a_.Register(Learner("a", kCurp)));
  ASSERT_OK_AND_ASSIGN(const v1::Learner at_b, b_.Register(Learner("b", kCurp, "Distinto")));
  EXPECT_NE(at_a.name().substr(at_a.name().rfind('/')), at_b.name().substr(at_b.name().rfind('/')));
  const auto again = b_.Register(Learner("b", " boxw310820hnerxn09"));
  EXPECT_THAT(again, HasReason("LEARNER_REGISTERED"));
  EXPECT_EQ(MetadataOf(again.status(), "name"), at_b.name());
  EXPECT_FALSE(absl::StrContains(again.status().ToString(), "HNERXN")) << again.status();
  EXPECT_EQ(*b_.Find("organizations/b", kCurp), at_b.name());
  EXPECT_EQ(*b_.Find("organizations/b", kOtherCurp), "");
  EXPECT_THAT(b_.Find("organizations/a", kCurp), HasReason("OWNER_MISMATCH"));
  ASSERT_OK_AND_ASSIGN(const v1::Learner own, b_.Read(at_b.name()));
  EXPECT_EQ(own.first_surname(), "Distinto") << "as this institution states it";
  ASSERT_OK_AND_ASSIGN(const std::string person, ministry_.FindPerson(kCurp));
  ASSERT_OK_AND_ASSIGN(const v1::Person known, ministry_.ReadPerson(person));
  EXPECT_EQ(known.first_surname(), "Bautista");
  EXPECT_EQ(ministry_.ReadSealed(at_a.name())->person(), person);
  v1::ListLearnersRequest list;
  list.set_parent("organizations/b");
  list.set_filter(absl::StrCat("person = \"", person, "\""));
  EXPECT_THAT(Called(*b_.learners, &LearnerStub::ListLearners, list),
              HasReason("FILTER_OF_OTHERS"));
}

TEST_F(PersonsTest, AreRefusedWithWhatIsWrongAndNothingThatTheyState) {
  const auto refused = a_.Register(Learner("a", "BOXW310820HNERXN08"));
  EXPECT_THAT(refused, HasReason("INVALID_FIELDS"));
  EXPECT_FALSE(absl::StrContains(refused.status().ToString(), "BOXW")) << refused.status();
  v1::RegisterLearnerRequest differs = Learner("a", kCurp);
  *differs.mutable_learner()->mutable_birth_date() = ToProto(absl::CivilDay(1931, 8, 21));
  EXPECT_THAT(a_.Register(differs), HasReason("INVALID_FIELDS"));
  v1::RegisterLearnerRequest passport = Learner("a", "FR:12AB34567");
  passport.mutable_learner()->set_identifier_scheme(v1::PERSON_IDENTIFIER_SCHEME_PASSPORT);
  EXPECT_THAT(a_.Register(passport), HasReason("INVALID_FIELDS")) << "no birth date";
  *passport.mutable_learner()->mutable_birth_date() = ToProto(absl::CivilDay(2001, 2, 3));
  EXPECT_OK(a_.Register(passport));
  EXPECT_THAT(a_.Register(Learner("b", kCurp)), HasReason("OWNER_MISMATCH"));
  EXPECT_THAT(a_.Register(Learner("none", kCurp)), HasReason("OWNER_MISMATCH"));
  EXPECT_EQ(*ministry_.FindPerson(kCurp), "") << "nothing half done";
}

TEST_F(PersonsTest, AreRegisteredOnceHoweverOftenACallIsRepeated) {
  v1::RegisterLearnerRequest request = Learner("a", kCurp);
  request.set_request_id("0d0e0f10-0000-4000-8000-000000000001");
  ASSERT_OK_AND_ASSIGN(const v1::Learner first, a_.Register(request));
  ASSERT_OK_AND_ASSIGN(const v1::Learner again, a_.Register(request));
  EXPECT_EQ(first.SerializeAsString(), again.SerializeAsString());
  request.mutable_learner()->set_given_names("Otra");
  EXPECT_THAT(a_.Register(request), HasReason("REQUEST_ID_REUSED"));
  v1::RegisterLearnerRequest only_checked = Learner("a", kOtherCurp);
  only_checked.set_validate_only(true);
  EXPECT_OK(a_.Register(only_checked));
  EXPECT_EQ(*ministry_.FindPerson(kOtherCurp), "");
  only_checked = Learner("a", kCurp);
  only_checked.set_validate_only(true);
  EXPECT_THAT(a_.Register(only_checked), HasReason("LEARNER_REGISTERED"));
}

// How long it takes to the step tells nobody whether somebody else knows the person.
TEST_F(PersonsTest, AreRegisteredAndFoundAtCertainTimesAlone) {
  const auto took = [](const auto& call) {
    const absl::Time start = absl::Now();
    call();
    return absl::Now() - start;
  };
  constexpr absl::Duration kStep = absl::Milliseconds(10);
  EXPECT_GE(took([&] { EXPECT_OK(a_.Register(Learner("a", kCurp))); }), kStep) << "new";
  EXPECT_GE(took([&] { EXPECT_OK(b_.Register(Learner("b", kCurp))); }), kStep) << "known elsewhere";
  EXPECT_GE(
      took([&] { EXPECT_THAT(a_.Register(Learner("a", kCurp)), HasReason("LEARNER_REGISTERED")); }),
      kStep);
  EXPECT_GE(took([&] { EXPECT_NE(*a_.Find("organizations/a", kCurp), ""); }), kStep);
  EXPECT_GE(took([&] { EXPECT_EQ(*a_.Find("organizations/a", kOtherCurp), ""); }), kStep);
}

TEST_F(PersonsTest, ChangeAndStaySealed) {
  ASSERT_OK_AND_ASSIGN(const v1::Learner made, a_.Register(Learner("a", kCurp)));
  v1::UpdateLearnerRequest update;
  update.mutable_learner()->set_name(made.name());
  update.mutable_learner()->set_given_names("Venceslao");
  update.mutable_update_mask()->add_paths("given_names");
  const auto call = [&] {
    return Called(*a_.learners, &LearnerStub::UpdateLearner, update, nullptr, "administration",
                  "registrar-1");
  };
  ASSERT_OK_AND_ASSIGN(const v1::Learner changed, call());
  EXPECT_EQ(changed.given_names(), "");
  EXPECT_EQ(changed.person(), "");
  EXPECT_NE(changed.etag(), made.etag());
  ASSERT_OK_AND_ASSIGN(const v1::Learner same, call());
  EXPECT_EQ(same.etag(), changed.etag()) << "what changes nothing is no new version";
  ASSERT_OK_AND_ASSIGN(const v1::Learner read, a_.Read(made.name()));
  EXPECT_EQ(read.given_names(), "Venceslao");
  EXPECT_EQ(read.first_surname(), "Bautista");
  update.mutable_learner()->set_identifier(kOtherCurp);
  update.mutable_update_mask()->add_paths("identifier");
  EXPECT_THAT(call(), HasReason("INVALID_FIELDS")) << "it is immutable";
  v1::ListLearnerRevisionsRequest revisions;
  revisions.set_name(made.name());
  ASSERT_OK_AND_ASSIGN(const auto listed,
                       Called(*a_.learners, &LearnerStub::ListLearnerRevisions, revisions));
  ASSERT_THAT(listed.learners(), SizeIs(2));
  for (const v1::Learner& learner : listed.learners()) {
    EXPECT_EQ(learner.given_names() + learner.identifier() + learner.sealed(), "");
  }
}

TEST_F(PersonsTest, AreToldWhoReadAndChangedThem) {
  ASSERT_OK_AND_ASSIGN(const v1::Learner at_a, a_.Register(Learner("a", kCurp)));
  ASSERT_OK(a_.Read(at_a.name()));
  ASSERT_OK(a_.Find("organizations/a", kCurp));
  ASSERT_OK_AND_ASSIGN(const v1::Learner at_b, b_.Register(Learner("b", kCurp)));
  ASSERT_OK_AND_ASSIGN(const std::string person, ministry_.FindPerson(kCurp));
  EXPECT_THAT(a_.Accesses(at_a.name()),
              ElementsAre("READ FindLearner organization/a registrar-1",
                          "READ GetLearner organization/a registrar-1",
                          "CHANGED RegisterLearner organization/a registrar-1"));
  EXPECT_THAT(ministry_.Accesses(person),
              UnorderedElementsAre("READ FindPerson agency/education registrar-1",
                                   "CHANGED RegisterLearner organization/b registrar-1",
                                   "READ FindLearner organization/a registrar-1",
                                   "READ GetLearner organization/a registrar-1",
                                   "CHANGED RegisterLearner organization/a registrar-1",
                                   "CHANGED RegisterLearner organization/a registrar-1"));
  v1::ListAccessesRequest request;
  request.set_parent(at_b.name());
  EXPECT_THAT(Called(*a_.accesses, &v1::AccessService::Stub::ListAccesses, request),
              HasReason("LEARNER_NOT_FOUND"));
  request.set_parent(person);
  EXPECT_THAT(Called(*a_.accesses, &v1::AccessService::Stub::ListAccesses, request),
              HasReason("INVALID_NAME"));
}

TEST_F(PersonsTest, GetTheRightIdentifier) {
  ASSERT_OK(a_.Register(Learner("a", kCurp)));
  ASSERT_OK_AND_ASSIGN(const std::string person, ministry_.FindPerson(kCurp));
  v1::CorrectPersonIdentifierRequest correct;
  correct.set_name(person);
  correct.set_identifier_scheme(v1::PERSON_IDENTIFIER_SCHEME_CURP);
  correct.set_identifier(kOtherCurp);
  correct.set_reason(absl::StrCat("era ", kCurp));
  EXPECT_THAT(ministry_.Do(&PersonStub::CorrectPersonIdentifier, correct),
              HasReason("INVALID_FIELDS"))
      << "a CURP in what is kept in clear";
  correct.set_reason("acta corregida");
  ASSERT_OK_AND_ASSIGN(const v1::Person corrected,
                       ministry_.Do(&PersonStub::CorrectPersonIdentifier, correct));
  EXPECT_EQ(corrected.identifier(), "");
  EXPECT_EQ(corrected.birth_years(), "1985-1989");
  EXPECT_EQ(*ministry_.FindPerson(kOtherCurp), person);
  EXPECT_EQ(ministry_.ReadPerson(person)->identifier(), kOtherCurp);
  EXPECT_TRUE(Becomes([&] { return AllAreIdentified(); }));
  EXPECT_EQ(*ministry_.FindPerson(kCurp), "");
  EXPECT_EQ(*ministry_.FindPerson(kOtherCurp), person);
  ASSERT_OK(b_.Register(Learner("b", kCurp)));
  correct.set_identifier(kCurp);
  EXPECT_THAT(ministry_.Do(&PersonStub::CorrectPersonIdentifier, correct),
              HasReason("IDENTIFIER_TAKEN"));
  EXPECT_EQ(ministry_.ReadPerson(person)->identifier(), kOtherCurp);
}

// The hash of the right one is given before the record that says so is stored, and the wrong one's
// is taken after it: whatever died between leaves a person who is found.
TEST_F(PersonsTest, AreFoundAsTheirRecordsSayHoweverACorrectionEnded) {
  ASSERT_OK(a_.Register(Learner("a", kCurp)));
  ASSERT_OK_AND_ASSIGN(const std::string person, ministry_.FindPerson(kCurp));
  const auto keys = PersonKeys::Of(target_).Store();
  const std::string id = person.substr(person.rfind('/') + 1);
  ASSERT_OK(keys->Identify(id, keys->Hash("curp", kThirdCurp)));  // as a call that died then
  EXPECT_EQ(*ministry_.FindPerson(kCurp), person);
  v1::CorrectPersonIdentifierRequest correct;
  correct.set_name(person);
  correct.set_identifier_scheme(v1::PERSON_IDENTIFIER_SCHEME_CURP);
  correct.set_identifier(kOtherCurp);
  correct.set_reason("acta corregida");
  ASSERT_OK(ministry_.Do(&PersonStub::CorrectPersonIdentifier, correct));
  EXPECT_TRUE(Becomes([&] { return AllAreIdentified(); }));
  EXPECT_EQ(*ministry_.FindPerson(kCurp), "");
  EXPECT_EQ(*ministry_.FindPerson(kThirdCurp), "");
  EXPECT_EQ(*ministry_.FindPerson(kOtherCurp), person);
}

TEST_F(PersonsTest, AreRegisteredByTheirCurpHoweverItIsGiven) {
  ASSERT_OK(a_.Register(Learner("a", kCurp)));
  v1::RegisterLearnerRequest other = Learner("b", absl::StrCat("curp:", kCurp));
  *other.mutable_learner()->mutable_birth_date() = ToProto(absl::CivilDay(1931, 8, 20));
  for (const auto scheme :
       {v1::PERSON_IDENTIFIER_SCHEME_OTHER, v1::PERSON_IDENTIFIER_SCHEME_PASSPORT}) {
    other.mutable_learner()->set_identifier_scheme(scheme);
    const auto refused = b_.Register(other);
    EXPECT_THAT(refused, HasReason("INVALID_FIELDS"));
    EXPECT_FALSE(absl::StrContains(refused.status().ToString(), "HNERXN")) << refused.status();
    other.mutable_learner()->set_identifier(absl::StrCat("MX:", kCurp));
  }
}

TEST_F(PersonsTest, AreMergedAndParted) {
  ASSERT_OK_AND_ASSIGN(const v1::Learner first, a_.Register(Learner("a", kCurp)));
  ASSERT_OK_AND_ASSIGN(const v1::Learner second, a_.Register(Learner("a", kOtherCurp)));
  ASSERT_OK_AND_ASSIGN(const std::string person, ministry_.FindPerson(kCurp));
  ASSERT_OK_AND_ASSIGN(const std::string same, ministry_.FindPerson(kOtherCurp));
  v1::MergePersonRequest merge;
  merge.set_name(same);
  merge.set_into(same);
  merge.set_reason("dos CURP");
  EXPECT_THAT(ministry_.Do(&PersonStub::MergePerson, merge), HasReason("INVALID_FIELDS"));
  merge.set_into(person);
  ASSERT_OK(ministry_.Do(&PersonStub::MergePerson, merge));
  EXPECT_THAT(ministry_.Do(&PersonStub::MergePerson, merge), HasReason("PERSON_STATE_WRONG"));
  merge.set_name(person);
  merge.set_into(same);
  EXPECT_THAT(ministry_.Do(&PersonStub::MergePerson, merge), HasReason("PERSON_STATE_WRONG"));
  EXPECT_EQ(*ministry_.FindPerson(kOtherCurp), person);
  ASSERT_OK_AND_ASSIGN(const v1::Learner duplicate, a_.ReadSealed(second.name()));
  EXPECT_EQ(duplicate.state(), v1::LEARNER_STATE_DUPLICATE);
  EXPECT_EQ(duplicate.duplicate_of(), first.name());
  EXPECT_EQ(*a_.Find("organizations/a", kOtherCurp), first.name());
  EXPECT_THAT(a_.Register(Learner("a", kOtherCurp)), HasReason("LEARNER_REGISTERED"));
  v1::SplitPersonRequest split;
  split.set_name(same);
  split.set_reason("eran dos");
  ASSERT_OK(ministry_.Do(&PersonStub::SplitPerson, split));
  EXPECT_EQ(*ministry_.FindPerson(kOtherCurp), same);
  EXPECT_EQ(a_.ReadSealed(second.name())->state(), v1::LEARNER_STATE_CURRENT);
  merge.set_name(same);
  merge.set_into(person);
  ASSERT_OK(ministry_.Do(&PersonStub::MergePerson, merge));
  ASSERT_OK(b_.Register(Learner("b", kOtherCurp)));
  EXPECT_THAT(ministry_.Do(&PersonStub::SplitPerson, split), HasReason("MERGER_SETTLED"));
}

TEST_F(PersonsTest, AreDestroyed) {
  const std::string person = PersonAtBoth();
  ASSERT_OK_AND_ASSIGN(const std::string at_a, a_.Find("organizations/a", kCurp));
  v1::DestroyPersonRequest destroy;
  destroy.set_name(person);
  destroy.set_reason("solicitud del titular");
  ASSERT_OK(ministry_.Do(&PersonStub::DestroyPerson, destroy));
  EXPECT_TRUE(Becomes([&] {
    const auto learner = a_.ReadSealed(at_a);
    return learner.ok() && learner->state() == v1::LEARNER_STATE_DESTROYED;
  }));
  EXPECT_THAT(a_.Read(at_a), HasReason("PERSON_ERASED"));
  EXPECT_THAT(ministry_.ReadPerson(person), HasReason("PERSON_ERASED"));
  EXPECT_EQ(*ministry_.FindPerson(kCurp), "");
  EXPECT_THAT(ministry_.Do(&PersonStub::DestroyPerson, destroy), HasReason("PERSON_STATE_WRONG"));
  ASSERT_OK_AND_ASSIGN(const v1::Learner anew, a_.Register(Learner("a", kCurp)));
  EXPECT_NE(anew.name(), at_a) << "a new person, of whom nothing before is known";
}

TEST_F(PersonsTest, AreKeptWhileTheLawKeepsAnAward) {
  const std::string person = PersonAtBoth();
  Rule("old", "2000-01-01", 0);
  Rule("new", "2020-01-01", 3650);
  Award("short", "2019-12-31");
  v1::DestroyPersonRequest destroy;
  destroy.set_name(person);
  destroy.set_reason("solicitud del titular");
  destroy.set_validate_only(true);
  EXPECT_OK(ministry_.Do(&PersonStub::DestroyPerson, destroy)) << "by the rule of its day";
  Award("long", "2026-01-02");
  const auto held = ministry_.Do(&PersonStub::DestroyPerson, destroy);
  EXPECT_THAT(held, HasReason("PERSON_HELD"));
  EXPECT_EQ(MetadataOf(held.status(), "award"), "organizations/a/awards/long");
  EXPECT_EQ(MetadataOf(held.status(), "day"), "2035-12-31");
  EXPECT_OK(ministry_.ReadPerson(person)) << "nothing half done";
}

// Who is merged into somebody while he or she is destroyed is seen, with what the law keeps.
TEST_F(PersonsTest, AreKeptWithWhoeverIsMergedIntoThemMeanwhile) {
  ASSERT_OK(a_.Register(Learner("a", kCurp)));
  ASSERT_OK(b_.Register(Learner("b", kOtherCurp)));
  Rule("new", "2020-01-01", 36500);
  Award("held", "2026-01-02");
  v1::DestroyPersonRequest destroy;
  destroy.set_name(*ministry_.FindPerson(kOtherCurp));
  destroy.set_reason("solicitud del titular");
  const std::string merged = *ministry_.FindPerson(kCurp);
  sql::Connection other(target_);
  MustExecute(other, "START TRANSACTION");  // as MergePerson does
  MustExecute(other, "UPDATE person SET guard = guard + 1");
  MustExecute(other,
              absl::StrCat("UPDATE person SET state = 2, version = version + 1,"
                           " merged_into = '",
                           destroy.name(), "' WHERE CONCAT('persons/', id) = '", merged, "'"));
  absl::Status outcome;
  EXPECT_TRUE(WaitsFor(
      other, [&] { outcome = ministry_.Do(&PersonStub::DestroyPerson, destroy).status(); }));
  EXPECT_THAT(outcome, HasReason("PERSON_HELD"));
  EXPECT_OK(ministry_.ReadPerson(merged));
}

TEST_F(PersonsTest, AreDestroyedWithAllWhoWereMergedIntoThem) {
  ASSERT_OK(a_.Register(Learner("a", kCurp)));
  ASSERT_OK(b_.Register(Learner("b", kOtherCurp)));
  v1::MergePersonRequest merge;
  merge.set_name(*ministry_.FindPerson(kCurp));
  merge.set_into(*ministry_.FindPerson(kOtherCurp));
  merge.set_reason("dos CURP");
  ASSERT_OK(ministry_.Do(&PersonStub::MergePerson, merge));
  v1::DestroyPersonRequest destroy;
  destroy.set_name(merge.into());
  destroy.set_reason("solicitud del titular");
  v1::SplitPersonRequest split;
  split.set_name(merge.name());
  split.set_reason("eran dos");
  sql::Connection keys(PersonKeys::Of(target_).database());
  MustExecute(keys, "START TRANSACTION");  // holds back what is due
  MustExecute(keys, "UPDATE person_key SET guard = guard + 1");
  ASSERT_OK(ministry_.Do(&PersonStub::DestroyPerson, destroy));
  EXPECT_EQ(Count("person WHERE state = 3 AND sealed = ''"), 2);
  EXPECT_EQ(Count("person WHERE state_reason = 'dos CURP'"), 0);
  EXPECT_EQ(Count("learner WHERE state = 3 AND sealed = ''"), 2);
  EXPECT_THAT(ministry_.Do(&PersonStub::SplitPerson, split), HasReason("PERSON_STATE_WRONG"));
  MustExecute(keys, "COMMIT");
  EXPECT_TRUE(Becomes([&] { return Count("person WHERE erase_time IS NOT NULL") == 2; }));
}

// As the list of erasures has them noted, one by one, after a restore.
TEST_F(PersonsTest, AreNotPartedFromWhoIsDestroyed) {
  ASSERT_OK(a_.Register(Learner("a", kCurp)));
  ASSERT_OK(b_.Register(Learner("b", kOtherCurp)));
  v1::MergePersonRequest merge;
  merge.set_name(*ministry_.FindPerson(kCurp));
  merge.set_into(*ministry_.FindPerson(kOtherCurp));
  merge.set_reason("dos CURP");
  ASSERT_OK(ministry_.Do(&PersonStub::MergePerson, merge));
  Execute("UPDATE person SET state = 3, version = version + 1 WHERE state = 1");
  v1::SplitPersonRequest split;
  split.set_name(merge.name());
  split.set_reason("eran dos");
  EXPECT_THAT(ministry_.Do(&PersonStub::SplitPerson, split), HasReason("PERSON_STATE_WRONG"));
}

TEST_F(PersonsTest, AreNotPartedOnceAnAwardRestsOnTheMerger) {
  ASSERT_OK(a_.Register(Learner("a", kCurp)));
  ASSERT_OK(b_.Register(Learner("b", kOtherCurp)));
  Award("before", "2026-01-02");
  v1::MergePersonRequest merge;
  merge.set_name(*ministry_.FindPerson(kOtherCurp));
  merge.set_into(*ministry_.FindPerson(kCurp));
  merge.set_reason("dos CURP");
  ASSERT_OK(ministry_.Do(&PersonStub::MergePerson, merge));
  v1::SplitPersonRequest split;
  split.set_name(merge.name());
  split.set_reason("eran dos");
  split.set_validate_only(true);
  EXPECT_OK(ministry_.Do(&PersonStub::SplitPerson, split));
  Execute("UPDATE award SET state = 5, version = version + 1, update_time = UTC_TIMESTAMP(6)");
  EXPECT_OK(ministry_.Do(&PersonStub::SplitPerson, split)) << "one that has expired by itself";
  Award("since", "2026-01-02");
  const auto settled = ministry_.Do(&PersonStub::SplitPerson, split);
  EXPECT_THAT(settled, HasReason("MERGER_SETTLED"));
  EXPECT_EQ(MetadataOf(settled.status(), "what"), "organizations/a/awards/since");
}

TEST_F(PersonsTest, AreLookedForBoundedly) {
  for (int i = 0; i < 60; ++i) ASSERT_OK(ministry_.FindPerson(kCurp));
  EXPECT_THAT(ministry_.FindPerson(kCurp), HasReason("LOOKUPS_TOO_MANY"));
}

}  // namespace
}  // namespace puente::education
