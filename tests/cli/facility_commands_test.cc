#include <gmock/gmock.h>

#include "tests/cli/running.h"

namespace puente::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class FacilityCommands : public ::testing::Test {
 protected:
  Ran Run(const char* caller, std::vector<const char*> arguments) {
    for (const char* more : {"--explain", "--as", caller, "--federation", file_.c_str()}) {
      arguments.push_back(more);
    }
    return RunWith(arguments);
  }
  std::string Asks(const char* caller, std::vector<const char*> arguments) {
    const Ran ran = Run(caller, std::move(arguments));
    EXPECT_EQ(ran.code, kOk) << ran.err;
    return ran.out;
  }

 private:
  const FederationFile federation_;
  const std::string file_ = federation_.path();
};

TEST_F(FacilityCommands, TheCallerIsOwnerAndBooker) {
  EXPECT_THAT(Asks("company/acme", {"company", "facility", "list"}),
              HasSubstr(R"("filter":"owner = \"company/acme\"")"));
  EXPECT_THAT(Asks("organization/utt", {"school", "facility", "list", "--state", "Guanajuato"}),
              HasSubstr(R"("filter":"state_code = \"11\" AND state = OPEN")"));
  EXPECT_THAT(Asks("organization/utt", {"school", "facility", "list", "--skill", "welding"}),
              HasSubstr(R"("filter":"skill = \"skills/welding\"")"));
  EXPECT_THAT(Asks("organization/utt",
                   {"school", "facility",    "add",   "shop",    "--title", "Taller",  "--state",
                    "11",     "--campus",    "leon",  "--skill", "welding", "--seats", "16",
                    "--open", "07:00-24:00", "--day", "monday",  "--day",   "sunday"}),
              AllOf(HasSubstr(R"("facilityId":"shop")"), HasSubstr(R"("owner":"organization/utt")"),
                    HasSubstr(R"("kind":"FACILITY_KIND_WORKSHOP")"),
                    HasSubstr(R"("campus":"organizations/utt/campuses/leon")"),
                    HasSubstr(R"("opensMinute":420,"closesMinute":1440)"),
                    HasSubstr(R"("weekdays":["WEEKDAY_MONDAY","WEEKDAY_SUNDAY"])")));
  EXPECT_THAT(Asks("organization/utt", {"school", "facility", "book", "shop", "--on", "2027-02-01",
                                        "--at", "08:00-10:15", "--seats", "12", "--for",
                                        "teacher-training", "--version", "welding/1"}),
              AllOf(HasSubstr(R"("booker":"organization/utt")"),
                    HasSubstr(R"("beginDate":{"year":2027,"month":2,"day":1})"),
                    HasSubstr(R"("endDate":{"year":2027,"month":2,"day":1})"),
                    HasSubstr(R"("startMinute":480,"endMinute":615,"seats":12)"),
                    HasSubstr("BOOKING_PURPOSE_TEACHER_TRAINING"),
                    HasSubstr("microcredentials/welding/versions/1")));
  EXPECT_THAT(Asks("organization/utt", {"school", "facility", "free", "shop", "--on", "2027-02-01",
                                        "--until", "2027-02-07"}),
              AllOf(HasSubstr("GetFacilityUse"),
                    HasSubstr(R"("endDate":{"year":2027,"month":2,"day":7})")));
  EXPECT_THAT(Asks("organization/utt", {"school", "facility", "cancel", "b"}),
              HasSubstr(R"("name":"facilityBookings/b")"));
}

TEST_F(FacilityCommands, AChangeIsOfWhatIsWritten) {
  EXPECT_THAT(
      Asks("company/acme", {"company", "facility", "change", "robots", "--open", "00:00-06:00",
                            "--closed", "2027-12-24", "--closed", "2027-12-31..2028-01-06"}),
      AllOf(HasSubstr("UpdateFacility"), HasSubstr(R"("name":"facilities/robots")"),
            HasSubstr(R"("updateMask":"closesMinute,closures,opensMinute")"),
            HasSubstr(R"("endDate":{"year":2027,"month":12,"day":24})"),
            HasSubstr(R"("endDate":{"year":2028,"month":1,"day":6})"), Not(HasSubstr("kind"))));
  const Ran nothing = Run("company/acme", {"company", "facility", "change", "robots"});
  EXPECT_EQ(nothing.code, kUsage);
  EXPECT_THAT(nothing.err, HasSubstr("--seats 20"));
  EXPECT_THAT(Asks("organization/utt", {"school", "facility", "pause", "shop"}),
              AllOf(HasSubstr("PauseFacility"), HasSubstr(R"("name":"facilities/shop")")));
  EXPECT_THAT(Asks("organization/utt", {"school", "facility", "open", "shop"}),
              HasSubstr("OpenFacility"));
  EXPECT_THAT(Asks("organization/utt", {"school", "facility", "close", "shop"}),
              HasSubstr("CloseFacility"));
}

TEST_F(FacilityCommands, ATimeIsWrittenWithBothEnds) {
  for (const char* wrong :
       {"8-10", "08:00", "8:00-10:00", "08:60-10:00", "08:00-10:0", "08:00-10:00-12:00"}) {
    const Ran ran = Run("organization/utt", {"school", "facility", "book", "shop", "--at", wrong,
                                             "--seats", "1", "--for", "course"});
    EXPECT_EQ(ran.code, kUsage) << wrong;
    EXPECT_THAT(ran.err, HasSubstr("write it as 08:00-10:00"));
  }
}

TEST_F(FacilityCommands, BookingsAreOnesOwnOrOfOnesOwn) {
  EXPECT_THAT(Asks("organization/utt", {"school", "facility", "bookings"}),
              HasSubstr(R"("filter":"booker = \"organization/utt\"")"));
  EXPECT_THAT(Asks("company/acme", {"company", "facility", "bookings", "--hosted"}),
              HasSubstr(R"("filter":"host = \"company/acme\"")"));
  EXPECT_THAT(
      Asks("company/acme", {"company", "facility", "bookings", "robots"}),
      HasSubstr(R"("filter":"host = \"company/acme\" AND facility = \"facilities/robots\"")"));
}

TEST_F(FacilityCommands, ASchoolIsHostAndGuestACompanyHostAlone) {
  EXPECT_THAT(Asks("organization/utt", {"school", "facility", "shares"}),
              AllOf(HasSubstr(R"("filter":"host = \"organization/utt\"")"),
                    HasSubstr(R"("filter":"guest = \"organization/utt\"")")));
  EXPECT_THAT(Asks("company/acme", {"company", "facility", "shares"}),
              AllOf(HasSubstr(R"("filter":"host = \"company/acme\"")"), Not(HasSubstr("guest"))));
  EXPECT_THAT(
      Asks("company/acme", {"company", "facility", "share", "robots", "utt", "--from", "2027-01-01",
                            "--until", "2027-06-30", "--hours", "6"}),
      AllOf(HasSubstr(R"("facility":"facilities/robots")"),
            HasSubstr(R"("guest":"organization/utt")"), HasSubstr(R"("weeklyMinutesMost":360)")));
  EXPECT_THAT(
      Asks("organization/utt", {"school", "facility", "answer", "s", "accept"}),
      AllOf(HasSubstr("AcceptSharingAgreement"), HasSubstr(R"("name":"sharingAgreements/s")")));
  EXPECT_THAT(Asks("organization/utt", {"school", "facility", "answer", "s", "refuse"}),
              HasSubstr("RefuseSharingAgreement"));
  EXPECT_THAT(Asks("company/acme", {"company", "facility", "unshare", "s"}),
              HasSubstr("EndSharingAgreement"));
  EXPECT_EQ(Run("company/acme", {"company", "facility", "answer", "s", "accept"}).code, kUsage)
      << "a company is never a guest";
}

TEST_F(FacilityCommands, OfTeachersASchoolIsToldItsOwn) {
  EXPECT_THAT(Asks("organization/utt", {"school", "teachers", "--program", "mecatronica"}),
              AllOf(HasSubstr(R"("parent":"organizations/utt")"),
                    HasSubstr(R"("filter":"program = \"programs/mecatronica\"")")));
  EXPECT_THAT(Asks("organization/utt", {"school", "trainings", "--teacher", "t"}),
              HasSubstr(R"("filter":"teacher = \"organizations/utt/teachers/t\"")"));
  const std::vector<const char*> coverage = {"school", "coverage", "mecatronica", "welding"};
  EXPECT_THAT(Asks("organization/utt", coverage),
              AllOf(HasSubstr(R"("organization":"organizations/utt")"),
                    HasSubstr(R"("program":"programs/mecatronica","skill":"skills/welding")")));
  EXPECT_THAT(Asks("council/cce", coverage), Not(HasSubstr("organization\"")));
  std::vector<const char*> all = coverage;
  all.push_back("--all");
  EXPECT_THAT(Asks("organization/utt", all), Not(HasSubstr("organizations/")));
  std::vector<const char*> of = coverage;
  of.insert(of.end(), {"--of", "cecati"});
  EXPECT_THAT(Asks("organization/utt", of), HasSubstr(R"("organization":"organizations/cecati")"));
}

}  // namespace
}  // namespace puente::cli
