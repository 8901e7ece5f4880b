// What facilities must say, who may do what with them, and what bookings keep them from.
#include "tests/education/facilities/facilities.h"

#include <gmock/gmock.h>

#include "common/sql/session.h"
#include "modules/education/facilities/use.h"

namespace puente::education {
namespace {

using puente::testing::HasReason;
using ::testing::ElementsAre;
using testing::In;
using ::testing::IsEmpty;
using testing::kProvenance;
using testing::Named;
using testing::Places;
using ::testing::SizeIs;
using testing::Wrong;

using FacilitiesTest = testing::Facilities;

TEST_F(FacilitiesTest, AreOfOrganizationsAndCompaniesAndPublic) {
  ASSERT_OK_AND_ASSIGN(const auto own, Add(utt, "lab", 12, "skills: 'skills/welding'"));
  EXPECT_EQ(own.state(), v1::FACILITY_STATE_OPEN);
  EXPECT_EQ(own.source(), "organization.utt");
  ASSERT_OK(Add(acme, "plant", 3));
  ASSERT_OK(Add(ministry, "press", 1, "owner: 'organization/uaq'"));
  EXPECT_THAT(Add(acme, "other", 3, "owner: 'company/globex'"), HasReason("OWNER_MISMATCH"));
  EXPECT_THAT(Add(ministry, "other", 3, "owner: 'organization/none'"),
              HasReason("ORGANIZATION_NOT_FOUND"));
  EXPECT_THAT(Add(ministry, "other", 3, "owner: 'agency/labor'"), HasReason("INVALID_FIELDS"));
  EXPECT_THAT(Add(globex, "lab", 3), HasReason("FACILITY_ALREADY_EXISTS"));
  EXPECT_THAT(Change(uaq, "lab", "capacity: 3", "capacity"), HasReason("OWNER_MISMATCH"));
  ASSERT_OK(Change(ministry, "plant", "capacity: 4", "capacity"));
  for (const auto& [filter, found] :
       std::map<std::string, size_t>{{"", 3},
                                     {"owner = \"company/acme\"", 1},
                                     {"skill = \"skills/welding\"", 1},
                                     {"state_code = \"29\" AND state = OPEN", 3}}) {
    ASSERT_OK_AND_ASSIGN(const auto listed,
                         globex.Ask(&Places::ListFacilities, "filter: '" + filter + "'"));
    EXPECT_THAT(listed.facilities(), SizeIs(found)) << filter;
  }
}

TEST_F(FacilitiesTest, SayTheirHoursInQuarters) {
  EXPECT_THAT(Wrong(Add(utt, "a", 501, "opens_minute: 490").status()),
              ElementsAre("facility.capacity TOO_LARGE", "facility.opens_minute NOT_QUARTER_HOUR"));
  EXPECT_THAT(Wrong(Add(utt, "a", 1, "closes_minute: 480").status()),
              ElementsAre("facility.closes_minute NOT_AFTER_START"));
  EXPECT_THAT(Wrong(Add(utt, "a", 1, "weekdays: WEEKDAY_MONDAY weekdays: WEEKDAY_MONDAY").status()),
              SizeIs(1));
  EXPECT_THAT(
      Wrong(Add(utt, "a", 1,
                absl::StrCat("closures { begin_date {", In(5), "} end_date {", In(4), "} }"))
                .status()),
      ElementsAre("facility.closures[0].end_date NOT_BEFORE"));
  EXPECT_THAT(Wrong(Add(acme, "a", 1, "campus: 'organizations/utt/campuses/c'").status()),
              ElementsAre("facility.campus OF_ANOTHER_ORGANIZATION"));
}

TEST_F(FacilitiesTest, KeepTheirCampus) {
  using Campuses = v1::CampusService::Stub;
  EXPECT_THAT(Add(utt, "a", 1, "campus: 'organizations/utt/campuses/c'"),
              HasReason("CAMPUS_NOT_FOUND"));
  ASSERT_OK(utt.Ask(&Campuses::CreateCampus,
                    "parent: 'organizations/utt' campus_id: 'c' campus { title_es: 'C' "
                    "state_code: '29' municipality: 'Tlaxcala' }"));
  ASSERT_OK(Add(utt, "a", 1, "campus: 'organizations/utt/campuses/c'"));
  const std::string campus = Named("organizations/utt/campuses/c");
  EXPECT_THAT(utt.Ask(&Campuses::DeleteCampus, campus), HasReason("CAMPUS_HAS_FACILITIES"));
  ASSERT_OK(Change(utt, "a", "", "campus"));
  EXPECT_OK(utt.Ask(&Campuses::DeleteCampus, campus));
}

TEST_F(FacilitiesTest, AreInTheStateOfTheirCampus) {
  using Campuses = v1::CampusService::Stub;
  const std::string campus = "organizations/utt/campuses/c";
  ASSERT_OK(utt.Ask(&Campuses::CreateCampus,
                    "parent: 'organizations/utt' campus_id: 'c' campus { title_es: 'C' "
                    "state_code: '21' municipality: 'Puebla' }"));
  EXPECT_THAT(Wrong(Add(utt, "a", 1, "campus: '" + campus + "'").status()),
              ElementsAre("facility.state_code STATE_OF_CAMPUS"));
  ASSERT_OK(Add(utt, "a", 1));
  EXPECT_THAT(Wrong(Change(utt, "a", "campus: '" + campus + "'", "campus").status()),
              ElementsAre("facility.state_code STATE_OF_CAMPUS"));
  const auto move = [&](const std::string& state) {
    return utt.Ask(&Campuses::UpdateCampus,
                   absl::StrCat("campus { name: '", campus, "' state_code: '", state,
                                "' } update_mask { paths: 'state_code' }"));
  };
  ASSERT_OK(move("29"));
  ASSERT_OK(Change(utt, "a", "campus: '" + campus + "'", "campus"));
  EXPECT_THAT(move("21"), HasReason("CAMPUS_HAS_FACILITIES"));
  EXPECT_THAT(Wrong(Change(utt, "a", "state_code: '21'", "state_code").status()),
              ElementsAre("facility.state_code STATE_OF_CAMPUS"));
  ASSERT_OK(utt.Ask(&Places::CloseFacility, Named(NameOf("a"))));
  EXPECT_OK(move("21")) << "what is closed stays as it was";
  EXPECT_OK(utt.Ask(&Campuses::DeleteCampus, Named(campus)));
}

TEST_F(FacilitiesTest, OfASuspendedOrganizationCloseAndChangeNoMore) {
  ASSERT_OK(Add(utt, "open", 12));
  ASSERT_OK(Add(utt, "paused", 12));
  ASSERT_OK(utt.Ask(&Places::PauseFacility, Named(NameOf("paused"))));
  Execute("UPDATE organization SET state = 3, version = version + 1 WHERE id = 'utt'");
  const auto wrong = HasReason("ORGANIZATION_STATE_WRONG");
  EXPECT_THAT(utt.Ask(&Places::PauseFacility, Named(NameOf("open"))), wrong);
  EXPECT_THAT(utt.Ask(&Places::OpenFacility, Named(NameOf("paused"))), wrong);
  EXPECT_OK(ministry.Ask(&Places::PauseFacility, Named(NameOf("open"))));
  EXPECT_OK(utt.Ask(&Places::CloseFacility, Named(NameOf("open"))));
}

TEST_F(FacilitiesTest, PauseOpenAndClose) {
  ASSERT_OK(Add(utt, "lab", 12));
  EXPECT_THAT(utt.Ask(&Places::OpenFacility, Named(NameOf("lab"))),
              HasReason("FACILITY_STATE_WRONG"));
  EXPECT_THAT(uaq.Ask(&Places::PauseFacility, Named(NameOf("lab"))), HasReason("OWNER_MISMATCH"));
  ASSERT_OK(utt.Ask(&Places::PauseFacility, Named(NameOf("lab"))));
  EXPECT_THAT(Book(utt, "lab", 1), HasReason("FACILITY_STATE_WRONG"));
  ASSERT_OK(utt.Ask(&Places::OpenFacility, Named(NameOf("lab"))));
  ASSERT_OK_AND_ASSIGN(const auto booked, Book(utt, "lab", 1));
  EXPECT_THAT(utt.Ask(&Places::CloseFacility, Named(NameOf("lab"))), HasReason("FACILITY_BOOKED"));
  ASSERT_OK(Cancel(utt, booked.name()));
  ASSERT_OK_AND_ASSIGN(const auto closed, utt.Ask(&Places::CloseFacility, Named(NameOf("lab"))));
  EXPECT_EQ(closed.state(), v1::FACILITY_STATE_CLOSED);
  EXPECT_TRUE(closed.has_close_time());
  EXPECT_THAT(Book(utt, "lab", 1), HasReason("FACILITY_STATE_WRONG"));
  EXPECT_THAT(Change(utt, "lab", "capacity: 3", "capacity"), HasReason("FACILITY_STATE_WRONG"));
  ASSERT_OK_AND_ASSIGN(const auto states,
                       globex.Ask(&Places::ListFacilityRevisions, Named(NameOf("lab"))));
  EXPECT_THAT(states.facilities(), SizeIs(4));
}

TEST_F(FacilitiesTest, DoNotChangeUnderWhatIsBooked) {
  ASSERT_OK(Add(utt, "lab", 5));
  ASSERT_OK_AND_ASSIGN(const auto early, Book(utt, "lab", 2, {1, 3, 480, 600}));
  ASSERT_OK_AND_ASSIGN(const auto late, Book(utt, "lab", 4, {2, 2, 1080, 1200}));
  const auto refused = [&](const std::string& fields, const std::string& path) {
    const auto changed = Change(utt, "lab", fields, path);
    EXPECT_THAT(changed, HasReason("FACILITY_BOOKED")) << fields;
    return std::pair(MetadataOf(changed.status(), "booking"), MetadataOf(changed.status(), "day"));
  };
  const auto day = [](int days) { return absl::FormatCivilTime(testing::Today() + days); };
  const auto closed = [](int first, int last) {
    return absl::StrCat("closures { begin_date {", In(first), "} end_date {", In(last), "} }");
  };
  EXPECT_EQ(refused("capacity: 3", "capacity"), std::pair(late.name(), day(2)));
  EXPECT_EQ(refused("capacity: 1", "capacity"), std::pair(early.name(), day(1)));
  EXPECT_EQ(refused("opens_minute: 495", "opens_minute"), std::pair(early.name(), day(1)));
  EXPECT_EQ(refused("closes_minute: 1185", "closes_minute"), std::pair(late.name(), day(2)));
  EXPECT_EQ(refused(closed(3, 9), "closures"), std::pair(early.name(), day(3)));
  EXPECT_EQ(refused("weekdays: WEEKDAY_MONDAY", "weekdays").first, early.name());
  EXPECT_OK(Change(utt, "lab", "capacity: 4", "capacity"));
  EXPECT_OK(Change(utt, "lab", closed(4, 9), "closures"));
  EXPECT_THAT(Wrong(Book(utt, "lab", 1, {3, 6}).status()),
              ElementsAre("facility_booking.end_date CLOSED_ON_DAY"))
      << "a booking across a closed day";
  ASSERT_OK(Cancel(utt, late.name()));
  EXPECT_OK(Change(utt, "lab", "capacity: 2", "capacity"));
  EXPECT_OK(Change(utt, "lab", "closes_minute: 600", "closes_minute"));
}

// Nobody can cancel what is over, nor needs to.
TEST_F(FacilitiesTest, AreHeldUpByWhatIsNotOverAlone) {
  const auto use = [&](int day, int slot, int seats) {
    Execute(absl::StrCat("INSERT INTO facility_use (facility, day, slot, used) VALUES ('lab', '",
                         absl::FormatCivilTime(testing::Today() + day), "', ", slot, ", ", seats,
                         ")"));
  };
  use(0, 39, 4);
  use(0, 40, 2);
  use(0, 41, 1);
  use(1, 4, 3);
  sql::Session session(database);
  const auto booked = [&](int hour, int minute) {
    std::vector<std::string> texts;
    const absl::CivilMinute from = absl::CivilMinute(testing::Today()) + hour * 60 + minute;
    const auto days = BookedDays(session, NameOf("lab"), from);
    EXPECT_OK(days);
    for (const DayPart& part : days.value_or(std::vector<DayPart>())) {
      texts.push_back(absl::StrCat(part.day - testing::Today(), " ", Clock(part.start_minute), "-",
                                   Clock(part.end_minute)));
    }
    return texts;
  };
  EXPECT_THAT(booked(9, 59), ElementsAre("0 09:45-10:30", "1 01:00-01:15"));
  EXPECT_THAT(booked(10, 14), ElementsAre("0 10:00-10:30", "1 01:00-01:15"));
  EXPECT_THAT(booked(10, 30), ElementsAre("1 01:00-01:15"));
  const auto over = [&](int minute, int capacity) {
    const auto found = FirstOver(session, NameOf("lab"),
                                 absl::CivilMinute(testing::Today()) + 600 + minute, capacity);
    EXPECT_OK(found);
    return found.ok() && *found
               ? absl::StrCat((*found)->day - testing::Today(), " ", Clock((*found)->start_minute))
               : "";
  };
  EXPECT_EQ(over(0, 3), "");
  EXPECT_EQ(over(0, 2), "1 01:00");
  EXPECT_EQ(over(0, 1), "0 10:00");
  EXPECT_EQ(over(15, 1), "1 01:00");
}

TEST_F(FacilitiesTest, TellWhatIsFreeToEverybody) {
  ASSERT_OK(Add(utt, "lab", 5,
                absl::StrCat("closures { begin_date {", In(3), "} end_date {", In(3), "} }")));
  ASSERT_OK(Book(utt, "lab", 2, {1, 2, 600, 720}));
  ASSERT_OK(Book(utt, "lab", 3, {2, 2, 660, 780}));
  EXPECT_EQ(Free("lab", 1, 4),
            "1 08:00-10:00 5, 1 10:00-12:00 3, 1 12:00-20:00 5, "
            "2 08:00-10:00 5, 2 10:00-11:00 3, 2 11:00-12:00 0, 2 12:00-13:00 2, 2 13:00-20:00 5, "
            "4 08:00-20:00 5");
  ASSERT_OK_AND_ASSIGN(const auto use, Use("lab", 1, 31));
  EXPECT_EQ(use.capacity(), 5);
  EXPECT_EQ(use.state(), v1::FACILITY_STATE_OPEN);
  EXPECT_OK(Use("lab", 1, 1, absl::StrCat("at_least: '", use.freshness_token(), "'")));
  EXPECT_THAT(Wrong(Use("lab", 1, 32).status()), ElementsAre("end_date TOO_MANY_DAYS"));
  EXPECT_THAT(Use("none", 1, 2), HasReason("FACILITY_NOT_FOUND"));
}

}  // namespace
}  // namespace puente::education
