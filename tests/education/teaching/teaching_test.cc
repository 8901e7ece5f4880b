// Where skills are taught: who is found, in which order, and what is told of it to whom.
#include "tests/education/teaching/teaching.h"

#include <gmock/gmock.h>

#include "common/context/values.h"
#include "modules/education/teaching/rules.h"
#include "tests/testing/counted.h"
#include "tests/testing/wait.h"

namespace puente::education {
namespace {

using puente::testing::Becomes;
using puente::testing::HasReason;
using puente::testing::MustCount;
using puente::testing::MustExecute;
using ::testing::ElementsAre;
using testing::In;
using ::testing::IsEmpty;
using testing::kMeans;
using testing::kNear;
using testing::Named;
using testing::Party;
using testing::Schools;
using testing::Teaching;

TEST_F(Teaching, ComesNearestFirstAndInPages) {
  schools.Add("far", {"09", "Cuauhtémoc"});
  schools.Add("before", {"11", "Celaya"});
  schools.Add("here", {"11", "león"});
  schools.Add("behind", {"11", "Silao"});
  schools.Add("other", {"11", "León"});
  for (const char* id : {"far", "before", "here", "behind"}) {
    schools.Teach(absl::StrCat("welding-", id), id, {"welding"});
  }
  schools.Teach("plc", "other", {"plc"});
  const std::string welding = Skills({"welding"});
  for (const int size : {50, 1, 2}) {
    EXPECT_THAT(Found(welding + kNear, size), ElementsAre("here", "before", "behind", "far"));
    EXPECT_THAT(Found(welding, size), ElementsAre("far", "before", "here", "behind"));
    EXPECT_THAT(Found(Skills({"plc", "welding"}) + kNear, size),
                ElementsAre("here", "other", "before", "behind", "far"));
  }
  EXPECT_THAT(Found(welding + " near_state_code: '11'"),
              ElementsAre("before", "here", "behind", "far"));
  EXPECT_THAT(Found(welding + " state_codes: '11'"), ElementsAre("before", "here", "behind"));
  EXPECT_THAT(Found(welding + " state_codes: '09' state_codes: '11'" + kNear),
              ElementsAre("here", "before", "behind", "far"));
  EXPECT_THAT(Found(welding + " state_codes: '09'" + kNear), ElementsAre("far"));
  EXPECT_THAT(Found(welding + " state_codes: '01'"), IsEmpty());
  const auto page = Page(welding + kNear);
  EXPECT_EQ(page.sites(0).nearness(), v1::SITE_NEARNESS_SAME_MUNICIPALITY);
  EXPECT_EQ(page.sites(1).nearness(), v1::SITE_NEARNESS_SAME_STATE);
  EXPECT_EQ(page.sites(3).nearness(), v1::SITE_NEARNESS_OTHER_STATE);
  EXPECT_EQ(page.record_kind(), type::v1::RECORD_KIND_REAL);
  EXPECT_NE(page.freshness_token(), "");
}

TEST_F(Teaching, RefusesWhatAsksForNothingAndTokensOfOtherQuestions) {
  EXPECT_THAT(Ask(""), HasReason("INVALID_FIELDS"));
  schools.Add("a");
  schools.Add("b");
  schools.Teach("one", "a", {"welding"});
  schools.Teach("two", "b", {"welding"});
  const std::string token = Page(Skills({"welding"}) + " page_size: 1").next_page_token();
  ASSERT_NE(token, "");
  EXPECT_OK(Ask(absl::StrCat(Skills({"welding"}), " page_size: 7 page_token: '", token, "'")));
  EXPECT_THAT(Ask(absl::StrCat(Skills({"plc"}), " page_token: '", token, "'")),
              HasReason("INVALID_PAGE_TOKEN"));
  EXPECT_THAT(Ask(absl::StrCat(Skills({"welding"}), " page_token: '", token, "'"), "company/acme"),
              HasReason("INVALID_PAGE_TOKEN"));
}

TEST_F(Teaching, SaysWhatIsTaughtAndWhen) {
  schools.Add("a");
  v1::CreateProgramVersionRequest request = testing::NewProgram("p", 1, "a");
  v1::ProgramVersion& version = *request.mutable_program_version();
  for (const char* skill : {"skills/plc", "skills/welding", "skills/cnc"}) {
    version.mutable_outcomes(0)->add_skills(skill);
  }
  for (const char* period : {"2098", "2097-2098", "2020-2021", "2099"}) {
    v1::ProgramSeats& seats = *version.add_seats();
    seats.set_period(period);
    seats.set_seats(20);
    seats.set_campus(Schools::CampusOf("a"));
  }
  schools.Publish(request);
  schools.Define("m", "a");
  schools.Define("national", "");
  const auto page =
      Page(Skills({"welding", "plc", "sewing"}) + " begin_date { year: 2098 month: 1 day: 1 }");
  ASSERT_EQ(page.sites_size(), 2);
  const v1::TeachingSite& seat = page.sites(0);
  EXPECT_FALSE(seat.has_campus());
  ASSERT_EQ(seat.microcredentials_size(), 1);
  EXPECT_EQ(seat.microcredentials(0).microcredential_version(), "microcredentials/m/versions/1");
  EXPECT_THAT(seat.microcredentials(0).skills(), ElementsAre("skills/welding"));
  const v1::TeachingSite& campus = page.sites(1);
  EXPECT_EQ(campus.campus().name(), Schools::CampusOf("a"));
  EXPECT_EQ(campus.organization(), "organizations/a");
  EXPECT_EQ(campus.legal_name(), "Escuela");
  ASSERT_EQ(campus.programs_size(), 1);
  const v1::TaughtProgram& told = campus.programs(0);
  EXPECT_EQ(told.program_version(), "programs/p/versions/1");
  EXPECT_THAT(told.skills(), ElementsAre("skills/welding", "skills/plc"));
  std::vector<std::string> periods;
  for (const auto& seats : told.seats()) periods.push_back(seats.period());
  EXPECT_THAT(periods, ElementsAre("2097-2098", "2098", "2099"));
  EXPECT_EQ(ToCivilDay(told.next_start_date()), absl::CivilDay(2098, 1, 1));
  EXPECT_EQ(told.recognition(), v1::RECOGNITION_UNSPECIFIED) << "means were not asked for";
  EXPECT_THAT(told.teachers(), IsEmpty());
}

TEST_F(Teaching, FollowsPublicationsMovesAndDeletions) {
  schools.Add("a");
  schools.AddCampus("a", "b", {"09", "Tlalpan"});
  schools.Teach("p", "a", {"welding"});
  EXPECT_THAT(Found(Skills({"welding"})), ElementsAre("a"));
  // The newest version counts, and what it no longer teaches is not found.
  schools.Teach("p", "a", {"plc"}, 30, "2098-2099", 2);
  EXPECT_THAT(Found(Skills({"welding"})), IsEmpty());
  EXPECT_THAT(Found(Skills({"plc"}) + " state_codes: '11'"), ElementsAre("a"));
  EXPECT_EQ(Page(Skills({"plc"})).sites(0).programs(0).program_version(), "programs/p/versions/2");
  ASSERT_OK(schools.ministry().Ask(
      &v1::CampusService::Stub::UpdateCampus,
      absl::StrCat("campus { name: '", Schools::CampusOf("a"),
                   "' state_code: '09' municipality: 'Tlalpan' } update_mask { paths: 'state_code'"
                   " paths: 'municipality' }")));
  EXPECT_THAT(Found(Skills({"plc"}) + " state_codes: '11'"), IsEmpty());
  EXPECT_THAT(Found(Skills({"plc"}) + " near_state_code: '09' near_municipality: 'tlalpan'"),
              ElementsAre("a"));
  schools.Define("m", "a");
  ASSERT_OK(schools.ministry().Ask(
      &v1::OrganizationService::Stub::UpdateOrganization,
      "organization { name: 'organizations/a' state_code: '31' } update_mask { paths: "
      "'state_code' }"));
  EXPECT_THAT(Found(Skills({"welding"}) + " state_codes: '31'"), ElementsAre("a!"));
  // A campus that was deleted by mistake and added again would be found no more.
  const auto erase = [&] {
    return schools.ministry().Ask(&v1::CampusService::Stub::DeleteCampus,
                                  Named(Schools::CampusOf("a")));
  };
  const auto kept = erase();
  EXPECT_THAT(kept, HasReason("CAMPUS_HAS_PROGRAMS"));
  EXPECT_EQ(MetadataOf(kept.status(), "program"), "programs/p");
  v1::CreateProgramVersionRequest elsewhere = testing::NewProgram("p", 3, "a");
  elsewhere.mutable_program_version()->mutable_outcomes(0)->add_skills("skills/plc");
  v1::ProgramSeats& seats = *elsewhere.mutable_program_version()->add_seats();
  seats.set_period("2098-2099");
  seats.set_seats(20);
  seats.set_campus(Schools::CampusOf("a", "b"));
  schools.Publish(elsewhere);
  ASSERT_OK(erase());
  EXPECT_THAT(Found(Skills({"plc"})), ElementsAre("b"));
}

TEST_F(Teaching, IsFoundByFacilitiesWhereMeansAreAskedFor) {
  using Stub = v1::FacilityService::Stub;
  schools.Add("a");
  schools.Add("b");
  ASSERT_OK(schools.Equip("organization/a", "one", 10, {"welding"}, Schools::CampusOf("a")));
  EXPECT_THAT(Found(Skills({"welding"})), IsEmpty());
  EXPECT_THAT(Found(Skills({"welding"}) + kMeans), ElementsAre("a"));
  EXPECT_THAT(Found(Skills({"plc"}) + kMeans), IsEmpty());
  Party& a = schools.As("organization/a");
  ASSERT_OK(a.Ask(&Stub::UpdateFacility,
                  "facility { name: 'facilities/one' skills: 'skills/plc' } update_mask { paths: "
                  "'skills' }"));
  EXPECT_THAT(Found(Skills({"welding"}) + kMeans), IsEmpty());
  EXPECT_THAT(Found(Skills({"plc"}) + kMeans), ElementsAre("a"));
  ASSERT_OK(a.Ask(&Stub::PauseFacility, Named("facilities/one")));
  EXPECT_THAT(Found(Skills({"plc"}) + kMeans), IsEmpty());
  ASSERT_OK(a.Ask(&Stub::OpenFacility, Named("facilities/one")));
  EXPECT_THAT(Found(Skills({"plc"}) + kMeans), ElementsAre("a"));
  ASSERT_OK(a.Ask(&Stub::CloseFacility, Named("facilities/one")));
  EXPECT_THAT(Found(Skills({"plc"}) + kMeans), IsEmpty());
  EXPECT_EQ(MustCount(other, "SELECT COUNT(*) FROM facility_site"), 0);
}

std::string Facilities(const google::protobuf::RepeatedPtrField<v1::SiteFacility>& facilities) {
  return absl::StrJoin(facilities, ", ", [](std::string* out, const v1::SiteFacility& one) {
    absl::StrAppend(out, one.facility().substr(11), " ", one.capacity(), " ",
                    v1::FacilityTerms_Name(one.terms()).substr(15));
  });
}

TEST_F(Teaching, SaysWhichWorkshopsAreOwnAndWithinReach) {
  schools.Add("a");
  schools.AddCampus("a", "a2", {"11", "Silao"});
  schools.Teach("p", "a", {"welding"});
  const std::string here = Schools::CampusOf("a");
  ASSERT_OK(schools.Equip("organization/a", "small", 5, {"welding"}, here));
  ASSERT_OK(schools.Equip("organization/a", "large", 15, {"welding", "plc"}, here));
  ASSERT_OK(schools.Equip("organization/a", "sewing", 99, {"sewing"}, here));
  ASSERT_OK(schools.Equip("organization/a", "other-campus", 40, {"welding"},
                          Schools::CampusOf("a", "a2"), {"11", "Silao"}));
  for (int i = 1; i <= 4; ++i) {
    ASSERT_OK(schools.Equip("company/acme", absl::StrCat("acme-", i), 10 * i, {"welding"}));
  }
  ASSERT_OK(schools.Equip("company/globex", "far", 100, {"welding"}, "", {"09", "Tlalpan"}));
  schools.Share("company/acme", "acme-1", "a");
  const auto site = [&](const std::string& caller) {
    const auto page = Page(Skills({"welding"}) + " state_codes: '11'" + kMeans, caller);
    return page.sites(0);
  };
  EXPECT_EQ(Facilities(site("council/cce").facilities()), "large 15 OWN, small 5 OWN");
  EXPECT_EQ(Facilities(site("council/cce").shared_facilities()),
            "acme-4 40 HIDDEN, acme-3 30 HIDDEN, acme-2 20 HIDDEN, other-campus 40 OWN");
  // Who may know of the agreement is told of what it is about, too.
  const std::string known =
      "acme-4 40 NONE, acme-3 30 NONE, acme-2 20 NONE, acme-1 10 IN_FORCE, other-campus 40 OWN";
  EXPECT_EQ(Facilities(site("organization/a").shared_facilities()), known);
  EXPECT_EQ(Facilities(site(testing::kMinistry).shared_facilities()), known);
  EXPECT_EQ(Facilities(site("company/acme").shared_facilities()),
            "acme-4 40 NONE, acme-3 30 NONE, acme-2 20 NONE, other-campus 40 OWN");
  EXPECT_EQ(Facilities(site("organization/b").shared_facilities()),
            Facilities(site("council/cce").shared_facilities()));
  // It is in force on days of its own alone.
  const auto later = Page(absl::StrCat(Skills({"welding"}), " state_codes: '11'", kMeans,
                                       " begin_date {", In(500), "}"),
                          "organization/a");
  EXPECT_EQ(Facilities(later.sites(0).shared_facilities()),
            "acme-4 40 NONE, acme-3 30 NONE, acme-2 20 NONE, other-campus 40 OWN");
}

// "welding SHOWN 3/12"
std::string TeachersOf(const v1::FindTeachingResponse& page) {
  std::string text;
  for (const v1::SkillTeachers& one : page.sites(0).programs(0).teachers()) {
    absl::StrAppend(&text, text.empty() ? "" : ", ", one.skill().substr(7), " ",
                    v1::TeacherCoverageState_Name(one.state()).substr(23));
    if (one.has_teacher_count()) {
      absl::StrAppend(&text, " ", one.up_to_date_count(), "/", one.teacher_count());
    }
  }
  return text;
}

TEST_F(Teaching, TellsOfTeachersWhatTheirShareTells) {
  schools.Add("a");
  schools.Teach("p", "a", {"welding", "plc"});
  const std::string asked = Skills({"welding", "plc"}) + kMeans;
  EXPECT_EQ(Page(asked).teacher_rule(), "");
  EXPECT_EQ(TeachersOf(Page(asked)), "") << "no rule says who is up to date";
  schools.RuleTeachers();
  EXPECT_EQ(Page(asked).teacher_rule(), "teacherRules/r");
  EXPECT_EQ(TeachersOf(Page(asked)), "welding NONE 0/0, plc NONE 0/0");
  schools.Employ("a", "p", 9, 4);
  EXPECT_EQ(TeachersOf(Page(asked)), "welding HIDDEN, plc HIDDEN");
  EXPECT_EQ(TeachersOf(Page(asked, "organization/b")), "welding HIDDEN, plc HIDDEN");
  EXPECT_EQ(TeachersOf(Page(asked, "organization/a")), "welding SHOWN 4/9, plc SHOWN 0/9");
  EXPECT_EQ(TeachersOf(Page(asked, testing::kMinistry)), "welding SHOWN 4/9, plc SHOWN 0/9");
  schools.Employ("a", "p", 1, 0);
  EXPECT_EQ(TeachersOf(Page(asked)), "welding SHOWN 4/10, plc SHOWN 0/10");
}

// However many campuses a program is taught at, and whichever skills are asked for.
TEST_F(Teaching, AsksOnceForTheTeachersOfAProgram) {
  constexpr int kCampuses = 40;  // with two skills each more than are asked for at a time
  schools.Add("a");
  v1::CreateProgramVersionRequest request = testing::NewProgram("p", 1, "a");
  v1::ProgramVersion& version = *request.mutable_program_version();
  for (const char* skill : {"skills/welding", "skills/plc"}) {
    version.mutable_outcomes(0)->add_skills(skill);
  }
  for (int i = 0; i < kCampuses; ++i) {
    schools.AddCampus("a", absl::StrCat("c", i));
    v1::ProgramSeats& seats = *version.add_seats();
    seats.set_period("2098-2099");
    seats.set_seats(20);
    seats.set_campus(Schools::CampusOf("a", absl::StrCat("c", i)));
  }
  schools.Publish(request);
  schools.RuleTeachers();
  schools.Employ("a", "p", 9, 4);
  MustExecute(other, "SET GLOBAL log_output = 'TABLE'");
  MustExecute(other, "TRUNCATE mysql.general_log");
  MustExecute(other, "SET GLOBAL general_log = 1");
  const auto page = Page(Skills({"welding", "plc"}) + kMeans + " page_size: 50", "organization/a");
  MustExecute(other, "SET GLOBAL general_log = 0");
  ASSERT_EQ(page.sites_size(), kCampuses);
  for (const v1::TeachingSite& site : page.sites()) {
    ASSERT_EQ(site.programs_size(), 1);
    ASSERT_EQ(site.programs(0).teachers_size(), 2);
    EXPECT_EQ(site.programs(0).teachers(0).up_to_date_count(), 4);
    EXPECT_EQ(site.programs(0).teachers(1).up_to_date_count(), 0);
  }
  EXPECT_EQ(MustCount(other,
                      "SELECT COUNT(*) FROM mysql.general_log WHERE command_type = 'Execute' AND"
                      " argument LIKE '%JOIN teacher_program p%'"),
            1);
}

TEST_F(Teaching, SaysWhetherStudiesAreRecognized) {
  schools.Add("a");
  schools.Add("b", {}, true);
  schools.Teach("p", "a", {"welding"});
  schools.Teach("q", "b", {"welding"});
  const auto recognition = [&](int site, int in_days = 0) {
    return Page(absl::StrCat(Skills({"welding"}), kMeans, " begin_date {", In(in_days), "}"))
        .sites(site)
        .programs(0)
        .recognition();
  };
  EXPECT_EQ(recognition(0), v1::RECOGNITION_NOT_NEEDED);
  EXPECT_EQ(recognition(1), v1::RECOGNITION_NONE);
  schools.Recognize("b", "q", 10);
  EXPECT_EQ(recognition(1), v1::RECOGNITION_NONE) << "it begins later";
  EXPECT_EQ(recognition(1, 10), v1::RECOGNITION_IN_FORCE);
}

TEST_F(Teaching, SaysWhereThereIsMoreThanIsListed) {
  schools.Add("a");
  for (int i = 10; i < 31; ++i) {
    schools.Teach(
        absl::StrCat("p", i), "a",
        i == 10 ? std::vector<std::string>{"welding", "plc"} : std::vector<std::string>{"welding"});
    ASSERT_OK(
        schools.Equip("organization/a", absl::StrCat("f", i), i, {"plc"}, Schools::CampusOf("a")));
  }
  const auto page = Page(Skills({"welding", "plc"}) + kMeans);
  EXPECT_EQ(page.sites(0).programs_size(), 20);
  EXPECT_EQ(page.sites(0).facilities_size(), 20);
  EXPECT_EQ(page.sites(0).facilities(0).capacity(), 30);
  EXPECT_THAT(page.sites(0).skills_taught_more(), ElementsAre("skills/welding"));
  EXPECT_THAT(page.sites(0).skills_equipped_more(), ElementsAre("skills/plc"));
}

TEST_F(Teaching, MixesNoRecordsOfTheOtherKind) {
  schools.Add("a");
  v1::CreateProgramVersionRequest request = testing::NewProgram("p", 1, "a");
  v1::ProgramVersion& version = *request.mutable_program_version();
  version.mutable_outcomes(0)->add_skills("skills/welding");
  version.set_record_kind(type::v1::RECORD_KIND_GENERATED);
  v1::ProgramSeats& seats = *version.add_seats();
  seats.set_period("2099");
  seats.set_campus(Schools::CampusOf("a"));
  schools.Publish(request);
  ASSERT_OK(schools.Equip("organization/a", "real", 10, {"welding"}, Schools::CampusOf("a")));
  auto page = Page(Skills({"welding"}) + kMeans);
  ASSERT_EQ(page.sites_size(), 1);
  EXPECT_EQ(page.sites(0).programs_size(), 0);
  puente::testing::HostedModule hosted(Education(), database, testing::kMinistry);
  ASSERT_OK(puente::testing::SetCounted(hosted.channel(), "programVersions",
                                        type::v1::RECORD_KIND_GENERATED));
  page = Page(Skills({"welding"}) + kMeans);
  ASSERT_EQ(page.sites_size(), 1);
  EXPECT_EQ(page.record_kind(), type::v1::RECORD_KIND_GENERATED);
  EXPECT_EQ(page.sites(0).programs_size(), 1);
  EXPECT_EQ(page.sites(0).facilities_size(), 0);
}

TEST_F(Teaching, LeavesOutWhoHasWithdrawn) {
  using Stub = v1::OrganizationService::Stub;
  schools.Add("a");
  schools.Teach("p", "a", {"welding"});
  schools.Decide(&Stub::SuspendOrganization, "a", "reason: 'Prueba'");
  EXPECT_EQ(Page(Skills({"welding"})).sites(0).organization_state(),
            v1::ORGANIZATION_STATE_SUSPENDED);
  schools.Decide(&Stub::WithdrawOrganization, "a", "reason: 'Prueba'");
  EXPECT_THAT(Found(Skills({"welding"})), IsEmpty());
}

TEST_F(Teaching, LeavesOutTheWorkshopsOfWhoIsNotRegistered) {
  using Stub = v1::OrganizationService::Stub;
  schools.Add("a");
  schools.Add("b");
  schools.Teach("p", "a", {"welding"});
  schools.Define("m", "b");
  ASSERT_OK(schools.Equip("organization/b", "one", 10, {"welding"}, Schools::CampusOf("b")));
  schools.Share("organization/b", "one", "a");
  const auto shared = [&] {
    const auto page = Page(Skills({"welding"}) + kMeans, "organization/a");
    for (const v1::TeachingSite& site : page.sites()) {
      if (site.organization() == "organizations/a") return Facilities(site.shared_facilities());
    }
    return std::string("not found");
  };
  EXPECT_EQ(shared(), "one 10 IN_FORCE");
  schools.Decide(&Stub::SuspendOrganization, "b", "reason: 'Prueba'");
  EXPECT_EQ(shared(), "") << "nobody books it";
  schools.Decide(&Stub::RegisterOrganization, "b", "reason: 'Prueba'");
  EXPECT_EQ(shared(), "one 10 IN_FORCE");
  schools.Decide(&Stub::WithdrawOrganization, "b", "reason: 'Prueba'");
  EXPECT_EQ(shared(), "");
  EXPECT_TRUE(Becomes([&] {
    return MustCount(other, "SELECT COUNT(*) FROM facility_site") == 0 &&
           MustCount(other, "SELECT COUNT(*) FROM teaching_site WHERE kind <> 1") == 0;
  }));
  // Nor is it found again by whoever opens it.
  using Places = v1::FacilityService::Stub;
  ASSERT_OK(schools.ministry().Ask(&Places::PauseFacility, Named("facilities/one")));
  ASSERT_OK(schools.ministry().Ask(&Places::OpenFacility, Named("facilities/one")));
  EXPECT_EQ(MustCount(other, "SELECT COUNT(*) FROM facility_site"), 0);
}

// What was there before is found once due work has been over it.
TEST_F(Teaching, IsFoundThatWasThereBefore) {
  schools.Add("a");
  schools.Teach("p", "a", {"welding"});
  schools.Define("m", "a");
  ASSERT_OK(schools.Equip("organization/a", "one", 10, {"plc"}, Schools::CampusOf("a")));
  MustExecute(other, "DELETE FROM teaching_site");
  MustExecute(other, "DELETE FROM facility_site");
  EXPECT_THAT(Found(Skills({"welding"})), IsEmpty());
  MustExecute(other,
              "INSERT INTO due (kind, item_key, version, due_time, claim_time, holder, attempts,"
              " last_error, progress) VALUES ('teaching.find', '', 1, UTC_TIMESTAMP(6),"
              " UTC_TIMESTAMP(6), '', 0, '', '')");
  EXPECT_TRUE(Becomes([&] {
    return MustCount(other, "SELECT COUNT(*) FROM due WHERE kind = 'teaching.find'") == 0;
  }));
  EXPECT_THAT(Found(Skills({"welding"})), ElementsAre("a!", "a"));
  EXPECT_THAT(Found(Skills({"plc"}) + kMeans), ElementsAre("a"));
  EXPECT_EQ(MustCount(other, "SELECT COUNT(*) FROM facility_site"), 1);
}

TEST(TeachingPeriods, AreYearsAndCycles) {
  EXPECT_EQ(teaching::DaysOf("2027").first, absl::CivilDay(2027, 1, 1));
  EXPECT_EQ(teaching::DaysOf("2027").last, absl::CivilDay(2027, 12, 31));
  EXPECT_EQ(teaching::DaysOf("2027-2028").first, absl::CivilDay(2027, 8, 1));
  EXPECT_EQ(teaching::DaysOf("2027-2028").last, absl::CivilDay(2028, 7, 31));
}

}  // namespace
}  // namespace puente::education
