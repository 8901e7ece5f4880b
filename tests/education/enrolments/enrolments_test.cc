// Enrolments: who may be enrolled where, in what state they change, and files of them.
#include <gmock/gmock.h>

#include "tests/agencies/load_file.h"
#include "tests/education/awarding.h"

namespace puente::education {
namespace {

using ::puente::testing::Called;
using ::puente::testing::HasReason;
using ::puente::testing::MustExecute;
using ::puente::testing::RowsOf;
using ::puente::testing::SendFile;
using ::puente::testing::WaitsFor;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::InDays;
using testing::kPurpose;
using testing::kVersion;

class EnrolmentsTest : public testing::Awarding {
 protected:
  std::vector<std::string> Listed(const std::string& filter) {
    v1::ListEnrolmentsRequest request;
    request.set_parent("organizations/a");
    request.set_filter(filter);
    const auto page = Called(*enrolments_, &Enrolments::ListEnrolments, request, nullptr, kPurpose);
    EXPECT_OK(page);
    std::vector<std::string> names;
    if (!page.ok()) return names;
    for (const auto& one : page->enrolments()) names.push_back(one.name());
    return names;
  }
};

TEST_F(EnrolmentsTest, CopyWhatFiguresNeedOfTheLearner) {
  v1::CreateEnrolmentRequest request = NewEnrolment("one");
  request.mutable_enrolment()->set_program("programs/p");
  request.mutable_enrolment()->set_campus("organizations/a/campuses/north");
  ASSERT_OK_AND_ASSIGN(const auto enrolment, Do(request));
  EXPECT_EQ(enrolment.state(), v1::ENROLMENT_STATE_ENROLLED);
  EXPECT_EQ(enrolment.sex(), v1::SEX_WOMAN);
  EXPECT_EQ(enrolment.birth_years(), "2000-2004");
  EXPECT_EQ(enrolment.state_code(), "09");
  ASSERT_OK_AND_ASSIGN(const auto read, GetEnrolment("one"));
  EXPECT_EQ(read.SerializeAsString(), enrolment.SerializeAsString());
  EXPECT_THAT(Listed("learner = \"organizations/a/learners/ana\""), ElementsAre(enrolment.name()));
  EXPECT_THAT(Listed(absl::StrCat("microcredential_version = \"", kVersion, "\"")),
              ElementsAre(enrolment.name()));
  EXPECT_THAT(Do(request), HasReason("ENROLMENT_ALREADY_EXISTS"));
}

TEST_F(EnrolmentsTest, AreOfLearnersAndCampusesOfTheirOrganization) {
  v1::CreateEnrolmentRequest request = NewEnrolment("one");
  request.mutable_enrolment()->set_learner("organizations/b/learners/luz");
  request.mutable_enrolment()->set_campus("organizations/b/campuses/north");
  EXPECT_THAT(Wrong(Do(request).status()), ElementsAre("enrolment.learner OF_ANOTHER_ORGANIZATION",
                                                       "enrolment.campus OF_ANOTHER_ORGANIZATION"));
  request = NewEnrolment("one", "nobody");
  EXPECT_THAT(Do(request), HasReason("LEARNER_NOT_FOUND"));
  request = NewEnrolment("one");
  request.mutable_enrolment()->set_campus("organizations/a/campuses/south");
  EXPECT_THAT(Do(request), HasReason("CAMPUS_NOT_FOUND"));
  request = NewEnrolment("one");
  request.set_parent("organizations/none");
  EXPECT_THAT(Do(request), HasReason("ORGANIZATION_NOT_FOUND"));
  EXPECT_EQ(Count("enrolment"), 0);
}

TEST_F(EnrolmentsTest, NeedACampusWithAProgram) {
  v1::CreateEnrolmentRequest request = NewEnrolment("one");
  request.mutable_enrolment()->set_program("programs/p");
  EXPECT_THAT(Wrong(Do(request).status()), ElementsAre("enrolment.campus CAMPUS_NEEDED"));
}

TEST_F(EnrolmentsTest, DoNotBeginInTheFuture) {
  EXPECT_THAT(Wrong(Do(NewEnrolment("one", "ana", 1)).status()),
              ElementsAre("enrolment.begin_date AFTER_TODAY"));
  EXPECT_OK(Do(NewEnrolment("one", "ana", 0)));
  EXPECT_THAT(Wrong(Begin("one", 1).status()), ElementsAre("enrolment.begin_date AFTER_TODAY"));
}

TEST_F(EnrolmentsTest, HaveIdsThatSayNothingOfThePerson) {
  for (const char* id : {"boxw310820hnerxn09", "boxw310820hnerxn00", "curp-boxw310820hnerxn09"}) {
    const absl::Status refused = Do(NewEnrolment(id)).status();
    EXPECT_THAT(Wrong(refused), ElementsAre("enrolment_id ID_OF_PERSON")) << id;
    EXPECT_THAT(refused.ToString(), ::testing::Not(HasSubstr("boxw"))) << "told to nobody";
  }
}

TEST_F(EnrolmentsTest, AreOfRegisteredOrganizationsAndPublishedVersions) {
  const auto stub = v1::MicrocredentialService::NewStub(ministry_.channel());
  EXPECT_OK(Called(*stub, &v1::MicrocredentialService::Stub::CreateMicrocredentialVersion,
                   testing::NewMicrocredential("draft", 1)));
  v1::CreateEnrolmentRequest request = NewEnrolment("one");
  request.mutable_enrolment()->set_microcredential_version("microcredentials/draft/versions/1");
  EXPECT_THAT(Do(request), HasReason("MICROCREDENTIAL_VERSION_STATE_WRONG"));
  request.mutable_enrolment()->set_microcredential_version("microcredentials/none/versions/1");
  EXPECT_THAT(Do(request), HasReason("MICROCREDENTIAL_VERSION_NOT_FOUND"));
  v1::SuspendOrganizationRequest suspend;
  suspend.set_name("organizations/a");
  suspend.set_reason("Auditoría.");
  EXPECT_OK(Called(*v1::OrganizationService::NewStub(ministry_.channel()),
                   &v1::OrganizationService::Stub::SuspendOrganization, suspend, nullptr, "",
                   testing::kRegistrar));
  EXPECT_THAT(Do(NewEnrolment("one")), HasReason("ORGANIZATION_STATE_WRONG"));
}

TEST_F(EnrolmentsTest, AreOfLearnersInUse) {
  AddLearner("a", "gone", v1::LEARNER_STATE_DESTROYED);
  const auto refused = Do(NewEnrolment("one", "gone"));
  EXPECT_THAT(refused, HasReason("LEARNER_STATE_WRONG"));
  MustExecute(other_, "START TRANSACTION");
  MustExecute(other_, "UPDATE learner SET state = 3, version = version + 1 WHERE id = 'ana'");
  absl::Status outcome;
  EXPECT_TRUE(WaitsFor(other_, [&] { outcome = Do(NewEnrolment("one")).status(); }));
  EXPECT_THAT(outcome, HasReason("LEARNER_STATE_WRONG"));
}

TEST_F(EnrolmentsTest, OfOneLearnerInOneVersionComeOneAfterTheOther) {
  ASSERT_OK(Do(NewEnrolment("one")));
  const auto second = Do(NewEnrolment("two"));
  EXPECT_THAT(second, HasReason("ENROLMENT_OVERLAPS"));
  EXPECT_EQ(MetadataOf(second.status(), "other"), EnrolmentName("one"));
  ASSERT_OK(Do(NewEnrolment("other", "eva")));
  ASSERT_OK(Withdraw("one"));
  ASSERT_OK(Do(NewEnrolment("two")));
}

TEST_F(EnrolmentsTest, OfOneLearnerAtOnceAreOne) {
  ASSERT_OK(Do(NewEnrolment("one")));
  ASSERT_OK(Complete("one"));
  MustExecute(other_, "START TRANSACTION");
  MustExecute(other_, "UPDATE enrolment SET state = 1, goes_on = 1, version = version + 1");
  absl::Status outcome;
  EXPECT_TRUE(WaitsFor(other_, [&] { outcome = Do(NewEnrolment("two")).status(); }))
      << "at the unique key";
  EXPECT_THAT(outcome, HasReason("ENROLMENT_OVERLAPS"));
}

TEST_F(EnrolmentsTest, EndBetweenTheirFirstDayAndToday) {
  ASSERT_OK(Do(NewEnrolment("one", "ana", -3)));
  EXPECT_THAT(Wrong(Complete("one", -4).status()), ElementsAre("end_date NOT_BEFORE"));
  EXPECT_THAT(Wrong(Withdraw("one", 1).status()), ElementsAre("end_date AFTER_TODAY"));
  ASSERT_OK_AND_ASSIGN(const auto ended, Complete("one", -3));
  EXPECT_EQ(ToCivilDay(ended.end_date()), InDays(-3));
}

TEST_F(EnrolmentsTest, ChangeWhileTheyGoOn) {
  const struct {
    v1::EnrolmentState state;
    std::function<absl::Status()> reach;
  } states[] = {
      {v1::ENROLMENT_STATE_ENROLLED, [] { return absl::OkStatus(); }},
      {v1::ENROLMENT_STATE_COMPLETED, [&] { return Complete("one").status(); }},
      {v1::ENROLMENT_STATE_WITHDRAWN, [&] { return Withdraw("one").status(); }},
  };
  const std::function<absl::Status()> verbs[] = {[&] { return Begin("one", -29).status(); },
                                                 [&] { return Complete("one").status(); },
                                                 [&] { return Withdraw("one").status(); }};
  for (const auto& [state, reach] : states) {
    for (const auto& verb : verbs) {
      MustExecute(other_, "DELETE FROM enrolment");
      MustExecute(other_, "DELETE FROM resource_revision");
      ASSERT_OK(Do(NewEnrolment("one")));
      ASSERT_OK(reach());
      const absl::Status done = verb();
      if (state == v1::ENROLMENT_STATE_ENROLLED) {
        EXPECT_OK(done);
      } else {
        EXPECT_THAT(done, HasReason("ENROLMENT_STATE_WRONG"));
        EXPECT_EQ(MetadataOf(done, "state"), v1::EnrolmentState_Name(state));
      }
    }
  }
}

TEST_F(EnrolmentsTest, OnWhichAnAwardRestsStayAsTheyAre) {
  Earn("one");
  ASSERT_OK(Do(NewAward("one", "one")));
  EXPECT_THAT(Begin("one", -31), HasReason("ENROLMENT_AWARDED"));
  EXPECT_THAT(Withdraw("one"), HasReason("ENROLMENT_AWARDED"));
  ASSERT_OK(Revoke("one"));
  EXPECT_OK(Begin("one", -31));
  EXPECT_OK(Withdraw("one"));
}

TEST_F(EnrolmentsTest, AreAwardedBesideAChangeOrChangedBesideAnAward) {
  Earn("one");
  MustExecute(other_, "START TRANSACTION");
  MustExecute(other_, "UPDATE enrolment SET guard = guard + 1");
  MustExecute(
      other_,
      "INSERT INTO award SELECT organization, 'two', 1, name_, enrolment, learner,"
      " microcredential_version, '', '', '', assess_date, NULL, '', 1, '', '', '', 1, '',"
      " '', source, record_kind, create_time, update_time, enrolment, '9999-12-31', 0, NULL, 0"
      " FROM (SELECT *, CONCAT('organizations/a/assessments/', id) AS name_ FROM "
      "assessment) AS passed");
  absl::Status outcome;
  EXPECT_TRUE(WaitsFor(other_, [&] { outcome = Begin("one", -31).status(); }));
  EXPECT_THAT(outcome, HasReason("ENROLMENT_AWARDED"));
}

TEST_F(EnrolmentsTest, KeepTheirCampus) {
  v1::CreateEnrolmentRequest request = NewEnrolment("one");
  request.mutable_enrolment()->set_campus("organizations/a/campuses/north");
  ASSERT_OK(Do(request));
  v1::DeleteCampusRequest gone;
  gone.set_name("organizations/a/campuses/north");
  const auto stub = v1::CampusService::NewStub(ministry_.channel());
  EXPECT_THAT(Called(*stub, &v1::CampusService::Stub::DeleteCampus, gone),
              HasReason("CAMPUS_HAS_ENROLMENTS"));
}

TEST_F(EnrolmentsTest, KeepTheirCampusFromWhoDeletesItMeanwhile) {
  ASSERT_OK(Do(NewEnrolment("one")));
  MustExecute(other_, "START TRANSACTION");
  MustExecute(other_, "UPDATE campus SET guard = guard + 1");
  MustExecute(other_, "UPDATE enrolment SET campus = 'organizations/a/campuses/north'");
  v1::DeleteCampusRequest gone;
  gone.set_name("organizations/a/campuses/north");
  const auto stub = v1::CampusService::NewStub(ministry_.channel());
  absl::Status outcome;
  EXPECT_TRUE(WaitsFor(other_, [&] {
    outcome = Called(*stub, &v1::CampusService::Stub::DeleteCampus, gone).status();
  }));
  EXPECT_THAT(outcome, HasReason("CAMPUS_HAS_ENROLMENTS"));
}

TEST_F(EnrolmentsTest, AreOfTheirOrganizationAlone) {
  ASSERT_OK(Do(NewEnrolment("one")));
  testing::HostedModule own(Education(), target_, "organization/a");
  testing::HostedModule another(Education(), target_, "organization/b");
  v1::GetEnrolmentRequest get;
  get.set_name(EnrolmentName("one"));
  const auto by = [&](testing::HostedModule& module, const std::string& purpose) {
    return Called(*v1::EnrolmentService::NewStub(module.channel()), &Enrolments::GetEnrolment, get,
                  nullptr, purpose);
  };
  EXPECT_OK(by(own, kPurpose));
  EXPECT_THAT(by(another, kPurpose), HasReason("OWNER_MISMATCH"));
  v1::CreateEnrolmentRequest request = NewEnrolment("two", "eva");
  request.mutable_enrolment()->clear_source();
  request.mutable_enrolment()->clear_record_kind();
  const auto add = [&](testing::HostedModule& module) {
    return Called(*v1::EnrolmentService::NewStub(module.channel()), &Enrolments::CreateEnrolment,
                  request);
  };
  EXPECT_THAT(add(another), HasReason("OWNER_MISMATCH"));
  ASSERT_OK_AND_ASSIGN(const auto added, add(own));
  EXPECT_EQ(added.source(), "organization.a");
}

class EnrolmentLoads : public EnrolmentsTest {
 protected:
  static api::v1::LoadRecordsHeader Header() {
    api::v1::LoadRecordsHeader header;
    header.set_profile("puente-enrolments");
    header.set_parent("organizations/a");
    header.set_source("control-escolar");
    header.set_record_kind(type::v1::RECORD_KIND_REAL);
    return header;
  }
  static std::string Day(int days) { return absl::FormatCivilTime(InDays(days)); }
  static std::string Row(const std::string& learner, const std::string& rest = ",,") {
    return absl::StrCat("organizations/a/learners/", learner, ",", kVersion, ",,,", Day(-30), rest,
                        "\n");
  }
  std::vector<std::string> Sent(const std::string& rows, bool ids = false) {
    const std::string columns =
        "learner,microcredential_version,program,campus,begin_date,state,end_date\n";
    const auto done =
        SendFile(ministry_.channel(), Header(), (ids ? "enrolment_id," : "") + columns + rows);
    EXPECT_OK(done);
    if (!done.ok()) return {};
    return RowsOf(ministry_.channel(), done->load().name());
  }
};

TEST_F(EnrolmentLoads, MakeAnIdOfWhatARowSays) {
  EXPECT_THAT(Sent(Row("ana") + Row("eva", ",COMPLETED," + Day(-2))),
              ElementsAre("1 TAKEN", "2 TAKEN"));
  EXPECT_EQ(Count("enrolment WHERE LENGTH(id) = 36"), 2);
  EXPECT_EQ(Count("enrolment WHERE state = 2 AND end_date IS NOT NULL AND goes_on IS NULL"), 1);
  const int64_t entries = Count("resource_revision");
  EXPECT_THAT(Sent(Row("ana") + Row("eva", ",COMPLETED," + Day(-2))),
              ElementsAre("1 UNCHANGED", "2 UNCHANGED"));
  EXPECT_THAT(Sent(Row("ana") + Row("eva")), ElementsAre("1 UNCHANGED", "2 UNCHANGED"))
      << "nothing is said of how it stands";
  EXPECT_EQ(Count("resource_revision"), entries);
  EXPECT_THAT(Sent(Row("ana", ",COMPLETED," + Day(-1))), ElementsAre("1 CHANGED"));
}

TEST_F(EnrolmentLoads, RepeatNoIdentifierThatStandsForALearner) {
  EXPECT_THAT(Sent(Row("boxw310820hnerxn09") +
                   absl::StrCat("BOXW310820HNERXN09,", kVersion, ",,,", Day(-30), ",,\n")),
              ElementsAre("1 REFUSED learner ID_OF_PERSON", "2 REFUSED learner PATTERN"));
  EXPECT_EQ(Count("record_load_rows WHERE LOWER(CONVERT(content USING latin1)) LIKE '%boxw3%'"), 0);
  EXPECT_EQ(Count("record_load_rows WHERE LOWER(CONVERT(content USING latin1)) LIKE '%pattern%'"),
            1);
}

TEST_F(EnrolmentLoads, RefuseEachWrongRowAlone) {
  EXPECT_THAT(
      Sent("one," + Row("ana") + "two," + Row("nobody") + "three," + Row("eva") + "four," +
               Row("eva") + "boxw310820hnerxn09," + Row("ana") + "six," +
               Row("ana", ",COMPLETED,") + "seven," + Row("ana", ",," + Day(-1)) + "eight," +
               Row("eva", ",ENROLLED,"),
           true),
      ElementsAre("1 TAKEN", "2 REFUSED learner LEARNER_NOT_FOUND", "3 TAKEN",
                  "4 REFUSED learner ENROLMENT_OVERLAPS", "5 REFUSED enrolment_id ID_OF_PERSON",
                  "6 REFUSED learner ENROLMENT_OVERLAPS", "7 REFUSED learner ENROLMENT_OVERLAPS",
                  "8 REFUSED learner ENROLMENT_OVERLAPS"));
  EXPECT_EQ(Count("record_load_rows WHERE LOWER(CONVERT(content USING latin1)) LIKE '%boxw3%'"), 0);
  EXPECT_EQ(Count("enrolment"), 2);
  EXPECT_THAT(
      Sent("one," + Row("ana", ",COMPLETED,") + "three," + Row("eva", ",," + Day(-1)), true),
      ElementsAre("1 REFUSED end_date REQUIRED", "2 REFUSED state REQUIRED"));
}

}  // namespace
}  // namespace puente::education
