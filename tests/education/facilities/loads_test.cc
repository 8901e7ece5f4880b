// Files of bookings: each row is acknowledged, and is what a call would have made of it.
#include <gmock/gmock.h>

#include "tests/agencies/load_file.h"
#include "tests/education/facilities/facilities.h"

namespace puente::education {
namespace {

using puente::testing::RowsOf;
using puente::testing::SendFile;
using testing::Bookings;
using ::testing::ElementsAre;
using testing::Named;

class BookingLoads : public testing::Facilities {
 protected:
  static std::string Day(int days) { return absl::FormatCivilTime(testing::Today() + days); }
  static std::string Row(int first, int last, int start, int seats,
                         const std::string& booker = "organization/utt",
                         const std::string& id = "") {
    return absl::StrCat(id, ",lab,", booker, ",", Day(first), ",", Day(last), ",", start, ",",
                        start + 60, ",", seats, ",PRACTICE,\n");
  }
  std::vector<std::string> Sent(const std::string& rows) {
    api::v1::LoadRecordsHeader header;
    header.set_profile("puente-bookings");
    const auto done = SendFile(school_.channel(), header,
                               "facility_booking_id,facility,booker,begin_date,end_date,"
                               "start_minute,end_minute,seats,purpose,microcredential_version\n" +
                                   rows);
    EXPECT_OK(done);
    return done.ok() ? RowsOf(school_.channel(), done->load().name()) : std::vector<std::string>();
  }

  puente::testing::HostedModule school_{Education(), database, "organization/utt",
                                        puente::testing::WithProfiles("education")};
};

TEST_F(BookingLoads, AcknowledgeEachRow) {
  ASSERT_OK(Add(utt, "lab", 5,
                absl::StrCat("closures { begin_date {", testing::In(5), "} end_date {",
                             testing::In(5), "} }")));
  EXPECT_THAT(Sent(Row(1, 2, 600, 3) + Row(1, 1, 615, 3) + Row(1, 1, 600, 2) + Row(4, 6, 600, 1) +
                   Row(3, 3, 605, 1) + Row(3, 3, 600, 1, "organization/uaq") + Row(1, 2, 600, 3) +
                   Row(3, 3, 600, 1, "organization/utt", "mine") + Row(3, 3, 600, 1)),
              ElementsAre("1 TAKEN", "2 REFUSED  FACILITY_FULL", "3 TAKEN",
                          "4 REFUSED end_date CLOSED_ON_DAY",
                          "5 REFUSED start_minute NOT_QUARTER_HOUR end_minute NOT_QUARTER_HOUR",
                          "6 REFUSED  OWNER_MISMATCH", "7 REFUSED facility_booking_id ROW_REPEATED",
                          "8 REFUSED facility_booking_id ID_OF_PUENTE", "9 TAKEN"));
  EXPECT_EQ(Count("SELECT COUNT(*) FROM facility_booking"), 3);
  EXPECT_EQ(Free("lab"), "1 08:00-10:00 5, 1 10:00-11:00 0, 1 11:00-20:00 5");
  EXPECT_EQ(Count("SELECT SUM(used) FROM facility_use"), (2 * 3 + 2 + 1) * 4);
  EXPECT_THAT(Sent(Row(1, 2, 600, 3)), ElementsAre("1 UNCHANGED"));
  ASSERT_OK_AND_ASSIGN(const auto listed, utt.Ask(&Bookings::ListFacilityBookings,
                                                  "filter: 'booker = \"organization/utt\"'"));
  ASSERT_EQ(listed.facility_bookings_size(), 3);
  for (const v1::FacilityBooking& one : listed.facility_bookings()) {
    ASSERT_OK(Cancel(utt, one.name()));
  }
  EXPECT_THAT(Sent(Row(1, 2, 600, 3)), ElementsAre("1 REFUSED  RECORD_OVER"))
      << "no seat is taken by it";
}

}  // namespace
}  // namespace puente::education
