// Awards: what they rest on, in what state they change, and what stands beside each other.
#include <gmock/gmock.h>

#include <set>
#include <thread>

#include "puente/education/v1/rvoe.grpc.pb.h"
#include "tests/education/awarding.h"
#include "tests/testing/wait.h"

namespace puente::education {
namespace {

using ::puente::testing::Becomes;
using ::puente::testing::Called;
using ::puente::testing::HasReason;
using ::puente::testing::HostedModule;
using ::puente::testing::MustExecute;
using ::puente::testing::WaitsFor;
using ::testing::AnyOf;
using ::testing::ElementsAre;
using testing::InDays;
using testing::kPurpose;
using testing::kRegistrar;
using testing::kVersion;

class AwardsTest : public testing::Awarding {
 protected:
  std::vector<std::string> Listed(HostedModule& by, const std::string& parent,
                                  const std::string& filter) {
    v1::ListAwardsRequest request;
    request.set_parent(parent);
    request.set_filter(filter);
    const auto page = Called(*v1::AwardService::NewStub(by.channel()), &Awards::ListAwards, request,
                             nullptr, kPurpose);
    if (!page.ok()) return {Reason(page.status())};
    std::vector<std::string> names;
    for (const auto& award : page->awards()) names.push_back(award.name());
    return names;
  }
  // Has organization a be private, and ana learn as part of a program.
  void LearnPrivately() {
    MustExecute(other_, "UPDATE organization SET control = 2 WHERE id = 'a'");
    MustExecute(other_,
                "UPDATE enrolment SET program = 'programs/p',"
                " campus = 'organizations/a/campuses/north'");
  }
  void Recognize(const std::string& program, int first, int last) {
    v1::CreateRvoeRequest request;
    request.set_parent("organizations/a");
    request.set_rvoe_id("r");
    v1::Rvoe& rvoe = *request.mutable_rvoe();
    rvoe.set_program(program);
    rvoe.set_campus("organizations/a/campuses/north");
    rvoe.set_authority("SEP");
    rvoe.set_number("20270001");
    *rvoe.mutable_start_date() = ToProto(InDays(first));
    *rvoe.mutable_end_date() = ToProto(InDays(last));
    rvoe.add_state_codes("21");
    rvoe.set_source("test");
    rvoe.set_record_kind(type::v1::RECORD_KIND_REAL);
    EXPECT_OK(Called(*v1::RvoeService::NewStub(ministry_.channel()),
                     &v1::RvoeService::Stub::CreateRvoe, request));
  }
};

TEST_F(AwardsTest, NoteWhatTheyRestOn) {
  Earn("one");
  ASSERT_OK_AND_ASSIGN(const auto award, Do(NewAward("one", "one")));
  EXPECT_EQ(award.state(), v1::AWARD_STATE_ISSUED);
  EXPECT_EQ(award.enrolment(), EnrolmentName("one"));
  EXPECT_EQ(award.learner(), "organizations/a/learners/ana");
  EXPECT_EQ(award.microcredential_version(), kVersion);
  EXPECT_EQ(award.certification(), "certifications/c");
  EXPECT_EQ(award.certifier(), "certifiers/a");
  EXPECT_EQ(award.rvoe(), "");
  EXPECT_EQ(award.sex(), v1::SEX_WOMAN);
  EXPECT_EQ(award.birth_years(), "2000-2004");
  EXPECT_EQ(award.state_code(), "09");
  ASSERT_OK_AND_ASSIGN(const auto read, GetAward("one"));
  EXPECT_EQ(read.SerializeAsString(), award.SerializeAsString());
  EXPECT_THAT(Do(NewAward("one", "one")), HasReason("AWARD_ALREADY_EXISTS"));
}

TEST_F(AwardsTest, AreListedByWhoTheyConcern) {
  Earn("one");
  ASSERT_OK(Do(NewAward("one", "one")));
  HostedModule body(Education(), target_, "certifier/a"),
      own(Education(), target_, "organization/a");
  HostedModule another(Education(), target_, "certifier/ceneval");
  const std::string by_body = "certifier = \"certifiers/a\"";
  for (const std::string& filter :
       {std::string("learner = \"organizations/a/learners/ana\""), by_body, std::string(),
        absl::StrCat("microcredential_version = \"", kVersion, "\"")}) {
    EXPECT_THAT(Listed(ministry_, "organizations/-", filter), ElementsAre(AwardName("one")));
    EXPECT_THAT(Listed(own, "organizations/a", filter), ElementsAre(AwardName("one")));
  }
  EXPECT_THAT(Listed(body, "organizations/-", by_body), ElementsAre(AwardName("one")));
  EXPECT_THAT(Listed(body, "organizations/-", ""), ElementsAre("OWNER_LIST_REFUSED"));
  EXPECT_THAT(Listed(another, "organizations/-", by_body), ElementsAre("OWNER_LIST_REFUSED"));
  EXPECT_THAT(Listed(own, "organizations/-", ""), ElementsAre("OWNER_LIST_REFUSED"));
}

TEST_F(AwardsTest, TellBodiesNothingThatIsForFiguresAlone) {
  Earn("one");
  ASSERT_OK(Do(NewAward("one", "one")));
  v1::GetAwardRequest get;
  get.set_name(AwardName("one"));
  v1::ListAwardsRequest list;
  list.set_parent("organizations/-");
  list.set_filter("certifier = \"certifiers/a\"");
  v1::ListAwardRevisionsRequest revisions;
  revisions.set_name(AwardName("one"));
  struct Reader {
    const char* caller;
    const char* purpose;
    bool told;
  };
  for (const auto& [caller, purpose, told] :
       {Reader{"certifier/a", kPurpose, false}, Reader{"organization/a", kPurpose, true},
        Reader{"auditor/asf", "audit", true}}) {
    HostedModule by(Education(), target_, caller);
    const auto stub = v1::AwardService::NewStub(by.channel());
    ASSERT_OK_AND_ASSIGN(const auto award, Called(*stub, &Awards::GetAward, get, nullptr, purpose));
    EXPECT_EQ(award.sex(), told ? v1::SEX_WOMAN : v1::SEX_UNSPECIFIED) << caller;
    EXPECT_EQ(award.birth_years(), told ? "2000-2004" : "") << caller;
    EXPECT_EQ(award.state_code(), told ? "09" : "") << caller;
    EXPECT_EQ(award.certifier(), "certifiers/a");
    if (told) continue;
    ASSERT_OK_AND_ASSIGN(const auto page,
                         Called(*stub, &Awards::ListAwards, list, nullptr, purpose));
    ASSERT_EQ(page.awards_size(), 1);
    EXPECT_EQ(page.awards(0).SerializeAsString(), award.SerializeAsString());
    ASSERT_OK_AND_ASSIGN(const auto states,
                         Called(*stub, &Awards::ListAwardRevisions, revisions, nullptr, purpose));
    ASSERT_EQ(states.awards_size(), 1);
    EXPECT_EQ(states.awards(0).birth_years(), "");
  }
}

// As the organization itself.
TEST_F(AwardsTest, AreNotUndoneByTheirOwnerOnceTheAgencyHasDecided) {
  Earn("one");
  ASSERT_OK(Do(NewAward("one", "one")));
  HostedModule own(Education(), target_, "organization/a");
  const auto stub = v1::AwardService::NewStub(own.channel());
  const auto as_owner = [&](auto method, auto request) {
    return Called(*stub, method, request, nullptr, "", kRegistrar);
  };
  v1::ResumeAwardRequest resume;
  resume.set_name(AwardName("one"));
  resume.set_reason("acta 8");
  v1::SuspendAwardRequest suspend;
  suspend.set_name(AwardName("one"));
  suspend.set_reason("acta 7");
  v1::RevokeAwardRequest revoke;
  revoke.set_name(AwardName("one"));
  revoke.set_reason("acta 9");
  v1::CorrectAwardRequest correct;
  correct.set_name(AwardName("one"));
  correct.set_award_id("two");
  *correct.mutable_award() = NewAward("two", "one").award();
  correct.mutable_award()->clear_source();
  correct.mutable_award()->clear_record_kind();
  correct.set_reason("El día estaba mal.");
  v1::CreateAwardRequest anew = NewAward("two", "one");
  *anew.mutable_award() = correct.award();

  ASSERT_OK(as_owner(&Awards::SuspendAward, suspend));
  EXPECT_OK(as_owner(&Awards::ResumeAward, resume)) << "its own decision";
  ASSERT_OK_AND_ASSIGN(const auto suspended, Suspend("one"));
  EXPECT_TRUE(suspended.decided_by_agency());
  EXPECT_THAT(as_owner(&Awards::ResumeAward, resume), HasReason("AWARD_DECIDED_BY_AGENCY"));
  EXPECT_THAT(as_owner(&Awards::CorrectAward, correct), HasReason("AWARD_DECIDED_BY_AGENCY"));
  ASSERT_OK_AND_ASSIGN(const auto resumed, Resume("one"));
  EXPECT_FALSE(resumed.decided_by_agency());
  ASSERT_OK(Suspend("one"));
  ASSERT_OK(as_owner(&Awards::RevokeAward, revoke));
  const auto refused = as_owner(&Awards::CreateAward, anew);
  EXPECT_THAT(refused, HasReason("AWARD_DECIDED_BY_AGENCY"))
      << "that it revoked it is no way around";
  EXPECT_EQ(MetadataOf(refused.status(), "name"), AwardName("one"));
  ASSERT_OK(Do(NewAward("two", "one"))) << "as the agency";
}

TEST_F(AwardsTest, OfWhichTheOwnerRevokedOneAreAwardedAnewByIt) {
  Earn("one");
  ASSERT_OK(Do(NewAward("one", "one")));
  HostedModule own(Education(), target_, "organization/a");
  const auto stub = v1::AwardService::NewStub(own.channel());
  v1::RevokeAwardRequest revoke;
  revoke.set_name(AwardName("one"));
  revoke.set_reason("Copia.");
  ASSERT_OK(Called(*stub, &Awards::RevokeAward, revoke, nullptr, "", kRegistrar));
  v1::CreateAwardRequest anew = NewAward("two", "one");
  anew.mutable_award()->clear_source();
  anew.mutable_award()->clear_record_kind();
  EXPECT_OK(Called(*stub, &Awards::CreateAward, anew, nullptr, "", kRegistrar));
}

TEST_F(AwardsTest, RestOnAPassedAssessmentOfTheirOrganization) {
  ASSERT_OK(Do(NewEnrolment("one")));
  ASSERT_OK(Do(NewAssessment("one", "one")));
  EXPECT_THAT(Do(NewAward("one", "one")), HasReason("ASSESSMENT_STATE_WRONG"));
  ASSERT_OK(Fail("one"));
  EXPECT_THAT(Do(NewAward("one", "one")), HasReason("ASSESSMENT_STATE_WRONG"));
  EXPECT_THAT(Do(NewAward("one", "none")), HasReason("ASSESSMENT_NOT_FOUND"));
  v1::CreateAwardRequest request = NewAward("one", "one");
  request.mutable_award()->set_assessment("organizations/b/assessments/one");
  EXPECT_THAT(Wrong(Do(request).status()), ElementsAre("award.assessment OF_ANOTHER_ORGANIZATION"));
  EXPECT_EQ(Count("award"), 0);
}

TEST_F(AwardsTest, AreIssuedBetweenTheirAssessmentAndToday) {
  Earn("one");
  EXPECT_THAT(Wrong(Do(NewAward("one", "one", 1)).status()),
              ElementsAre("award.issue_date AFTER_TODAY"));
  EXPECT_THAT(Wrong(Do(NewAward("one", "one", -11)).status()),
              ElementsAre("award.issue_date BEFORE_ASSESSMENT"));
  EXPECT_OK(Do(NewAward("one", "one", -10)));
  ASSERT_OK(Do(NewEnrolment("late", "eva", 0)));
  ASSERT_OK(Do(NewAssessment("late", "late", 1, -2)));
  ASSERT_OK(Pass("late"));
  EXPECT_THAT(Wrong(Do(NewAward("late", "late", -1)).status()),
              ElementsAre("award.issue_date NOT_BEFORE"));
}

TEST_F(AwardsTest, AreNotOfWhoLeft) {
  Earn("one");
  ASSERT_OK(Withdraw("one"));
  EXPECT_THAT(Do(NewAward("one", "one")), HasReason("ENROLMENT_STATE_WRONG"));
}

TEST_F(AwardsTest, AreOfRegisteredOrganizationsAndNameARegistrar) {
  Earn("one");
  EXPECT_THAT(Called(*awards_, &Awards::CreateAward, NewAward("one", "one")),
              HasReason("ACTOR_REFUSED"));
  MustExecute(other_, "UPDATE organization SET state = 3 WHERE id = 'a'");
  EXPECT_THAT(Do(NewAward("one", "one")), HasReason("ORGANIZATION_STATE_WRONG"));
  MustExecute(other_, "UPDATE organization SET state = 2 WHERE id = 'a'");
  EXPECT_THAT(Wrong(Do(NewAward("boxw310820hnerxn09", "one")).status()),
              ElementsAre("award_id ID_OF_PERSON"));
}

TEST_F(AwardsTest, RestOnACertificationOfTheirDay) {
  Publish("other");
  const std::string version = "microcredentials/other/versions/1";
  v1::CreateEnrolmentRequest request = NewEnrolment("one", "ana", -60);
  request.mutable_enrolment()->set_microcredential_version(version);
  ASSERT_OK(Do(request));
  ASSERT_OK(Do(NewAssessment("one", "one", 1, -50)));
  ASSERT_OK(Pass("one"));
  const auto refused = Do(NewAward("one", "one", -5));
  EXPECT_THAT(refused, HasReason("AWARD_NOT_CERTIFIED"));
  EXPECT_EQ(MetadataOf(refused.status(), "version"), version);
  EXPECT_EQ(MetadataOf(refused.status(), "day"), absl::FormatCivilTime(InDays(-5)));
  Certify("elsewhere", -40, 40, version, {"09"});
  EXPECT_THAT(Do(NewAward("one", "one", -5)), HasReason("AWARD_NOT_CERTIFIED"))
      << "the organization is in state 21";
  Certify("later", -20, 40, version, {"21"}, "ceneval");
  EXPECT_THAT(Do(NewAward("one", "one", -21)), HasReason("AWARD_NOT_CERTIFIED"));
  Certify("first", -30, 40, version, {}, "conocer");
  ASSERT_OK_AND_ASSIGN(const auto award, Do(NewAward("one", "one", -20)));
  EXPECT_EQ(award.certification(), "certifications/first") << "of those that hold";
}

TEST_F(AwardsTest, RestOnTheRvoeOfAPrivateProgram) {
  Earn("one");
  LearnPrivately();
  EXPECT_THAT(Do(NewAward("one", "one")), HasReason("AWARD_WITHOUT_RVOE"));
  Recognize("programs/other", -100, 100);
  EXPECT_THAT(Do(NewAward("one", "one")), HasReason("AWARD_WITHOUT_RVOE"));
  MustExecute(other_, "UPDATE rvoe SET program = 'programs/p'");
  ASSERT_OK_AND_ASSIGN(const auto award, Do(NewAward("one", "one")));
  EXPECT_EQ(award.rvoe(), "organizations/a/rvoes/r");
}

TEST_F(AwardsTest, NeedNoRvoeWhereNoneIsNeeded) {
  Earn("one");
  LearnPrivately();
  MustExecute(other_, "UPDATE organization SET control = 1 WHERE id = 'a'");
  EXPECT_OK(Do(NewAward("one", "one"))) << "a public one";
  Earn("two", "eva");
  MustExecute(other_, "UPDATE organization SET control = 2 WHERE id = 'a'");
  EXPECT_OK(Do(NewAward("two", "two"))) << "no program";
}

TEST_F(AwardsTest, ComeAfterTheLeastTimeOfTheirDay) {
  Earn("one", "ana", -12, -12);  // of 40 hours
  ASSERT_OK(AddRule("now", -400, 4));
  const auto refused = Do(NewAward("one", "one", -4));
  EXPECT_THAT(refused, HasReason("AWARD_TOO_SOON"));
  EXPECT_EQ(MetadataOf(refused.status(), "days"), "9");
  EXPECT_EQ(MetadataOf(refused.status(), "first"), absl::FormatCivilTime(InDays(-3)));
  EXPECT_EQ(MetadataOf(refused.status(), "rule"), "awardRules/now");
  ASSERT_OK(AddRule("newer", -3, 24, 10));
  EXPECT_THAT(Do(NewAward("one", "one", -3)), HasReason("AWARD_TOO_SOON")) << "10 days";
  EXPECT_OK(Do(NewAward("one", "one", -2)));
}

TEST_F(AwardsTest, HaveOneRuleForEachFirstDay) {
  ASSERT_OK(AddRule("one", -10, 4));
  const auto second = AddRule("two", -10, 8);
  EXPECT_THAT(second, HasReason("AWARD_RULE_BEGIN_TAKEN"));
  EXPECT_EQ(MetadataOf(second.status(), "other"), "awardRules/one");
  EXPECT_THAT(AddRule("one", -10, 8), HasReason("AWARD_RULE_ALREADY_EXISTS"));
  v1::UpdateAwardRuleRequest label;
  label.mutable_award_rule()->set_name("awardRules/one");
  label.mutable_award_rule()->set_label_en("Rule");
  EXPECT_OK(Called(*rules_, &Rules::UpdateAwardRule, label));
}

TEST_F(AwardsTest, OfAnEnrolmentAreOneThatCounts) {
  Earn("one");
  ASSERT_OK(Do(NewAward("one", "one")));
  const auto second = Do(NewAward("two", "one"));
  EXPECT_THAT(second, HasReason("AWARD_OF_ENROLMENT_EXISTS"));
  EXPECT_EQ(MetadataOf(second.status(), "other"), AwardName("one"));
  ASSERT_OK(Suspend("one"));
  EXPECT_THAT(Do(NewAward("two", "one")), HasReason("AWARD_OF_ENROLMENT_EXISTS"));
  ASSERT_OK(Revoke("one"));
  EXPECT_OK(Do(NewAward("two", "one")));
}

TEST_F(AwardsTest, AreCorrectedInOneTransaction) {
  Earn("one");
  ASSERT_OK(Do(NewAward("one", "one")));
  const int64_t entries = Count("journal_entry");
  EXPECT_THAT(Wrong(Correct("one", NewAward("two", "one", 1)).status()),
              ElementsAre("award.issue_date AFTER_TODAY"));
  EXPECT_THAT(Correct("one", NewAward("two", "none")), HasReason("ASSESSMENT_NOT_FOUND"));
  EXPECT_THAT(Correct("one", NewAward("one", "one")), HasReason("AWARD_ALREADY_EXISTS"));
  EXPECT_EQ(StateOf("one"), v1::AWARD_STATE_ISSUED) << "nothing is half done";
  ASSERT_OK_AND_ASSIGN(const auto award, Correct("one", NewAward("two", "one", -6)));
  EXPECT_EQ(Count("journal_entry"), entries + 1);
  EXPECT_EQ(award.state(), v1::AWARD_STATE_ISSUED);
  EXPECT_EQ(award.replaces(), AwardName("one"));
  EXPECT_EQ(ToCivilDay(award.issue_date()), InDays(-6));
  EXPECT_EQ(award.certification(), "certifications/c");
  ASSERT_OK_AND_ASSIGN(const auto before, GetAward("one"));
  EXPECT_EQ(before.state(), v1::AWARD_STATE_REPLACED);
  EXPECT_EQ(before.replaced_by(), AwardName("two"));
  EXPECT_EQ(before.state_reason(), "El día estaba mal.");
  EXPECT_THAT(Correct("none", NewAward("two", "one")), HasReason("AWARD_NOT_FOUND"));
}

TEST_F(AwardsTest, OfAnotherAreNotInTheWayOfACorrection) {
  Earn("one");
  Earn("two", "eva");
  ASSERT_OK(Do(NewAward("one", "one")));
  ASSERT_OK(Do(NewAward("two", "two")));
  EXPECT_THAT(Correct("one", NewAward("three", "two")), HasReason("AWARD_OF_ENROLMENT_EXISTS"));
  HostedModule own(Education(), target_, "organization/b");
  v1::CorrectAwardRequest request;
  request.set_name(AwardName("one"));
  request.set_award_id("three");
  *request.mutable_award() = NewAward("three", "one").award();
  request.set_reason("Ajena.");
  EXPECT_THAT(Called(*v1::AwardService::NewStub(own.channel()), &Awards::CorrectAward, request,
                     nullptr, "", kRegistrar),
              AnyOf(HasReason("OWNER_MISMATCH"), HasReason("ACTOR_UNKNOWN")));
  request.set_etag("v9");
  EXPECT_THAT(Called(*awards_, &Awards::CorrectAward, request, nullptr, "", kRegistrar),
              HasReason("ETAG_MISMATCH"));
}

TEST_F(AwardsTest, ExpireByThemselves) {
  Earn("one");
  v1::CreateAwardRequest request = NewAward("one", "one", -5);
  *request.mutable_award()->mutable_end_date() = ToProto(InDays(-6));
  EXPECT_THAT(Wrong(Do(request).status()), ElementsAre("award.end_date NOT_BEFORE"));
  *request.mutable_award()->mutable_end_date() = ToProto(InDays(0));
  ASSERT_OK(Do(request));
  EXPECT_EQ(Count("due WHERE kind = 'awards.expire' AND item_key = 'a/one'"), 1);
  ASSERT_OK(Revoke("one"));
  EXPECT_EQ(Count("due WHERE kind = 'awards.expire'"), 0);
  *request.mutable_award()->mutable_end_date() = ToProto(InDays(-1));
  request.set_award_id("two");
  ASSERT_OK(Do(request));
  EXPECT_TRUE(Becomes([&] { return StateOf("two") == v1::AWARD_STATE_EXPIRED; }));
}

TEST_F(AwardsTest, ChangeAsTheirStateAllows) {
  using S = v1::AwardState;
  struct Verb {
    const char* name;
    std::function<absl::Status()> run;
    std::set<S> from;
  };
  const std::set<S> lasting = {v1::AWARD_STATE_ISSUED, v1::AWARD_STATE_SUSPENDED,
                               v1::AWARD_STATE_EXPIRED};
  const Verb verbs[] = {
      {"Suspend", [&] { return Suspend("one").status(); }, {v1::AWARD_STATE_ISSUED}},
      {"Resume", [&] { return Resume("one").status(); }, {v1::AWARD_STATE_SUSPENDED}},
      {"Revoke", [&] { return Revoke("one").status(); }, lasting},
      {"Correct", [&] { return Correct("one", NewAward("new", "one")).status(); }, lasting}};
  const std::function<void()> nothing = [] {};
  const std::pair<S, std::function<void()>> states[] = {
      {v1::AWARD_STATE_ISSUED, nothing},
      {v1::AWARD_STATE_SUSPENDED, [&] { ASSERT_OK(Suspend("one")); }},
      {v1::AWARD_STATE_REVOKED, [&] { ASSERT_OK(Revoke("one")); }},
      {v1::AWARD_STATE_REPLACED, [&] { ASSERT_OK(Correct("one", NewAward("other", "one"))); }},
      {v1::AWARD_STATE_EXPIRED,
       [&] { ASSERT_TRUE(Becomes([&] { return StateOf("one") == v1::AWARD_STATE_EXPIRED; })); }}};
  Earn("one");
  for (const auto& [state, reach] : states) {
    for (const Verb& verb : verbs) {
      SCOPED_TRACE(absl::StrCat(verb.name, " in ", v1::AwardState_Name(state)));
      MustExecute(other_, "DELETE FROM award");
      MustExecute(other_, "DELETE FROM resource_revision WHERE name LIKE '%/awards/%'");
      v1::CreateAwardRequest request = NewAward("one", "one");
      if (state == v1::AWARD_STATE_EXPIRED) {
        *request.mutable_award()->mutable_end_date() = ToProto(InDays(-1));
      }
      ASSERT_OK(Do(request));
      reach();
      const absl::Status done = verb.run();
      if (verb.from.contains(state)) {
        EXPECT_OK(done);
      } else {
        EXPECT_THAT(done, HasReason("AWARD_STATE_WRONG"));
        EXPECT_EQ(MetadataOf(done, "state"), v1::AwardState_Name(state));
        EXPECT_FALSE(MetadataOf(done, "allowed").empty());
        EXPECT_EQ(StateOf("one"), state);
      }
    }
  }
}

TEST_F(AwardsTest, KeepReasonAndActorOfEachChange) {
  Earn("one");
  ASSERT_OK(Do(NewAward("one", "one")));
  v1::RevokeAwardRequest request;
  request.set_name(AwardName("one"));
  EXPECT_THAT(
      Wrong(Called(*awards_, &Awards::RevokeAward, request, nullptr, "", kRegistrar).status()),
      ElementsAre("reason REQUIRED"));
  request.set_reason("Copia.");
  EXPECT_THAT(Called(*awards_, &Awards::RevokeAward, request), HasReason("ACTOR_REFUSED"));
  ASSERT_OK_AND_ASSIGN(const auto revoked,
                       Called(*awards_, &Awards::RevokeAward, request, nullptr, "", kRegistrar));
  EXPECT_EQ(revoked.state_reason(), "Copia.");
  EXPECT_EQ(Count("journal_entry WHERE canonical LIKE '%/RevokeAward%' AND canonical LIKE "
                  "'%registrar-1%'"),
            1);
}

TEST_F(AwardsTest, AreRevokedOrCorrectedNotBoth) {
  Earn("one");
  ASSERT_OK(Do(NewAward("one", "one")));
  MustExecute(other_, "START TRANSACTION");
  MustExecute(other_, "UPDATE award SET state = 3, live_enrolment = NULL, version = version + 1");
  absl::Status outcome;
  EXPECT_TRUE(WaitsFor(other_, [&] { outcome = Correct("one", NewAward("two", "one")).status(); }));
  EXPECT_THAT(outcome, HasReason("AWARD_STATE_WRONG"));
  EXPECT_EQ(Count("award"), 1);
}

TEST_F(AwardsTest, AreCorrectedOnceOfManyAtOnce) {
  Earn("one");
  ASSERT_OK(Do(NewAward("one", "one")));
  std::vector<absl::Status> outcomes(6);
  std::vector<std::thread> threads;
  for (size_t i = 0; i < outcomes.size(); ++i) {
    threads.emplace_back([&, i] {
      outcomes[i] = i % 3 == 2 ? Revoke("one").status()
                               : Correct("one", NewAward(absl::StrCat("new-", i), "one")).status();
    });
  }
  for (std::thread& thread : threads) thread.join();
  int done = 0;
  for (const absl::Status& outcome : outcomes) {
    if (outcome.ok())
      ++done;
    else
      EXPECT_THAT(outcome, HasReason("AWARD_STATE_WRONG"));
  }
  EXPECT_EQ(done, 1);
  EXPECT_EQ(Count("award WHERE live_enrolment IS NOT NULL"), Count("award WHERE state = 1"));
  EXPECT_THAT(Count("award"), AnyOf(1, 2));
}

TEST_F(AwardsTest, OfOneEnrolmentAtOnceAreOne) {
  Earn("one");
  std::vector<absl::Status> outcomes(6);
  std::vector<std::thread> threads;
  for (size_t i = 0; i < outcomes.size(); ++i) {
    threads.emplace_back(
        [&, i] { outcomes[i] = Do(NewAward(absl::StrCat("new-", i), "one")).status(); });
  }
  for (std::thread& thread : threads) thread.join();
  int done = 0;
  for (const absl::Status& outcome : outcomes) {
    if (outcome.ok())
      ++done;
    else
      EXPECT_THAT(outcome, HasReason("AWARD_OF_ENROLMENT_EXISTS"));
  }
  EXPECT_EQ(done, 1);
  EXPECT_EQ(Count("award"), 1);
}

TEST_F(AwardsTest, AreOfNobodyWhoIsDestroyedMeanwhile) {
  Earn("one");
  MustExecute(other_, "START TRANSACTION");
  MustExecute(other_, "UPDATE learner SET state = 3, version = version + 1");
  absl::Status outcome;
  EXPECT_TRUE(WaitsFor(other_, [&] { outcome = Do(NewAward("one", "one")).status(); }));
  EXPECT_THAT(outcome, HasReason("LEARNER_STATE_WRONG"));
}

TEST_F(AwardsTest, SeeACertificationThatIsWithdrawnMeanwhile) {
  Earn("one");
  MustExecute(other_, "START TRANSACTION");
  MustExecute(other_, "UPDATE certification SET state = 3, periods = NULL, version = version + 1");
  absl::Status outcome;
  EXPECT_TRUE(WaitsFor(other_, [&] { outcome = Do(NewAward("one", "one")).status(); }));
  EXPECT_THAT(outcome, HasReason("AWARD_NOT_CERTIFIED"));
  EXPECT_EQ(Count("award"), 0);
}

TEST_F(AwardsTest, SeeAnRvoeThatIsEndedMeanwhile) {
  Earn("one");
  LearnPrivately();
  Recognize("programs/p", -100, 100);
  MustExecute(other_, "START TRANSACTION");
  MustExecute(other_, "UPDATE rvoe SET program = 'programs/q', version = version + 1");
  absl::Status outcome;
  EXPECT_TRUE(WaitsFor(other_, [&] { outcome = Do(NewAward("one", "one")).status(); }));
  EXPECT_THAT(outcome, HasReason("AWARD_WITHOUT_RVOE"));
}

TEST_F(AwardsTest, SeeAnEnrolmentThatIsChangedMeanwhile) {
  Earn("one");
  MustExecute(other_, "START TRANSACTION");
  MustExecute(other_, "UPDATE enrolment SET state = 3, goes_on = NULL, version = version + 1");
  absl::Status outcome;
  EXPECT_TRUE(WaitsFor(other_, [&] { outcome = Do(NewAward("one", "one")).status(); }));
  EXPECT_THAT(outcome, HasReason("ENROLMENT_STATE_WRONG"));
}

}  // namespace
}  // namespace puente::education
