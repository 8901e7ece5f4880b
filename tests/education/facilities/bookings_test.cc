// Bookings: who may make, see and cancel them, by which agreements, and that the last seats go to
// as many as there are, however many ask at one moment.
#include <gmock/gmock.h>

#include <atomic>
#include <thread>

#include "tests/education/facilities/facilities.h"

namespace puente::education {
namespace {

using puente::testing::Becomes;
using puente::testing::HasReason;
using testing::Bookings;
using ::testing::ElementsAre;
using testing::In;
using testing::Named;
using testing::Party;
using testing::Places;
using testing::Sharing;
using ::testing::SizeIs;
using testing::When;
using testing::Wrong;

using FacilityBookings = testing::Facilities;
using SharingAgreements = testing::Facilities;

TEST_F(FacilityBookings, TakeAndFreeSeats) {
  ASSERT_OK(Add(utt, "lab", 5));
  ASSERT_OK_AND_ASSIGN(const auto booked, Book(utt, "lab", 3, {1, 2, 600, 720}));
  EXPECT_EQ(booked.state(), v1::FACILITY_BOOKING_STATE_BOOKED);
  EXPECT_EQ(booked.host(), "organization/utt");
  EXPECT_EQ(booked.sharing_agreement(), "");
  EXPECT_EQ(booked.source(), "organization.utt");
  const auto full = Book(utt, "lab", 3, {2, 3, 705, 800 / 15 * 15});
  EXPECT_THAT(full, HasReason("FACILITY_FULL"));
  EXPECT_EQ(MetadataOf(full.status(), "free"), "2");
  EXPECT_EQ(MetadataOf(full.status(), "time"), "11:45");
  EXPECT_EQ(MetadataOf(full.status(), "day"), absl::FormatCivilTime(testing::Today() + 2));
  EXPECT_EQ(Free("lab", 3, 3), "3 08:00-20:00 5") << "nothing of what is refused stays";
  ASSERT_OK(Book(utt, "lab", 2, {1, 1, 600, 720}));
  EXPECT_EQ(Free("lab"), "1 08:00-10:00 5, 1 10:00-12:00 0, 1 12:00-20:00 5");
  ASSERT_OK_AND_ASSIGN(const auto cancelled, Cancel(utt, booked.name()));
  EXPECT_EQ(cancelled.state(), v1::FACILITY_BOOKING_STATE_CANCELLED);
  EXPECT_EQ(cancelled.cancel_party(), v1::BOOKING_PARTY_BOOKER);
  EXPECT_TRUE(cancelled.has_cancel_time());
  EXPECT_EQ(Free("lab"), "1 08:00-10:00 5, 1 10:00-12:00 3, 1 12:00-20:00 5");
  EXPECT_THAT(Cancel(utt, booked.name()), HasReason("FACILITY_BOOKING_STATE_WRONG"));
}

TEST_F(FacilityBookings, AreRepeatedAndTriedWithoutAnotherSeat) {
  ASSERT_OK(Add(utt, "lab", 5));
  const std::string request = absl::StrCat(
      "facility_booking { facility: 'facilities/lab' booker: 'organization/utt' begin_date {",
      In(1), "} end_date {", In(1), "} start_minute: 600 end_minute: 720 seats: 3",
      " purpose: BOOKING_PURPOSE_OTHER }");
  EXPECT_OK(utt.Ask(&Bookings::BookFacility, request + " validate_only: true"));
  EXPECT_EQ(Free("lab"), "1 08:00-20:00 5");
  const std::string repeated = request + " request_id: '0a4d3a0e-3f0b-4a53-9c59-1f6f6a7d2b10'";
  ASSERT_OK_AND_ASSIGN(const auto first, utt.Ask(&Bookings::BookFacility, repeated));
  ASSERT_OK_AND_ASSIGN(const auto second, utt.Ask(&Bookings::BookFacility, repeated));
  EXPECT_EQ(first.name(), second.name());
  EXPECT_EQ(Free("lab"), "1 08:00-10:00 5, 1 10:00-12:00 2, 1 12:00-20:00 5");
}

TEST_F(FacilityBookings, AreTheirTwoSides) {
  ASSERT_OK(Add(utt, "lab", 5));
  ASSERT_OK(Share(utt, "lab", uaq, 0, 30));
  ASSERT_OK_AND_ASSIGN(const auto guests, Book(uaq, "lab", 2));
  ASSERT_OK_AND_ASSIGN(const auto own, Book(utt, "lab", 1));
  for (Party* party : {&utt, &uaq, &ministry}) {
    EXPECT_OK(party->Ask(&Bookings::GetFacilityBooking, Named(guests.name()))) << party->caller();
  }
  EXPECT_THAT(uaq.Ask(&Bookings::GetFacilityBooking, Named(own.name())),
              HasReason("FACILITY_BOOKING_NOT_FOUND"));
  EXPECT_THAT(acme.Ask(&Bookings::GetFacilityBooking, Named(guests.name())),
              HasReason("FACILITY_BOOKING_NOT_FOUND"));
  EXPECT_THAT(Cancel(acme, guests.name()), HasReason("FACILITY_BOOKING_NOT_FOUND"));
  EXPECT_THAT(ministry.Ask(&Bookings::CancelFacilityBooking, Named(guests.name())),
              HasReason("CALLER_REFUSED"));
  const auto list = [](Party& party, const std::string& filter) {
    return party.Ask(&Bookings::ListFacilityBookings, "filter: '" + filter + "'");
  };
  struct Case {
    Party* party;
    std::string filter;
    int found;  // -1: refused
  };
  const Case cases[] = {
      {&ministry, "", 2},
      {&utt, "", -1},
      {&utt, "host = \"organization/utt\"", 2},
      {&utt, "booker = \"organization/utt\"", 1},
      {&utt, "booker = \"organization/utt\" AND state = CANCELLED", 0},
      {&utt, "host = \"organization/utt\" AND facility = \"facilities/lab\"", 2},
      {&uaq, "booker = \"organization/uaq\"", 1},
      {&uaq, "host = \"organization/uaq\"", 0},
      {&uaq, "host = \"organization/utt\"", -1},
      {&utt, "booker = \"organization/uaq\"", -1},
  };
  for (const Case& each : cases) {
    const auto listed = list(*each.party, each.filter);
    if (each.found < 0) {
      EXPECT_THAT(listed, HasReason("OWNER_LIST_REFUSED")) << each.filter;
    } else {
      ASSERT_OK(listed);
      EXPECT_THAT(listed->facility_bookings(), SizeIs(each.found)) << each.filter;
    }
  }
  ASSERT_OK_AND_ASSIGN(const auto cancelled, Cancel(utt, guests.name()));
  EXPECT_EQ(cancelled.cancel_party(), v1::BOOKING_PARTY_HOST);
  ASSERT_OK_AND_ASSIGN(const auto states,
                       uaq.Ask(&Bookings::ListFacilityBookingRevisions, Named(guests.name())));
  EXPECT_THAT(states.facility_bookings(), SizeIs(2));
}

TEST_F(FacilityBookings, NobodyBooksForAnother) {
  ASSERT_OK(Add(utt, "lab", 5));
  const auto book = [&](Party& party, const std::string& booker) {
    return party.Ask(
        &Bookings::BookFacility,
        absl::StrCat("facility_booking { facility: 'facilities/lab' booker: '", booker, "' host: '",
                     party.caller(), "' begin_date {", In(1), "} end_date {", In(1),
                     "} start_minute: 600 end_minute: 720 seats: 1",
                     " purpose: BOOKING_PURPOSE_OTHER }"));
  };
  EXPECT_THAT(book(utt, "organization/uaq"), HasReason("OWNER_MISMATCH"));
  EXPECT_THAT(book(uaq, "organization/utt"), HasReason("OWNER_MISMATCH"));
  EXPECT_THAT(book(acme, "company/acme"), HasReason("FACILITY_NOT_SHARED"));
  EXPECT_THAT(book(ministry, "organization/utt"), HasReason("CALLER_REFUSED"));
  EXPECT_OK(book(utt, "organization/utt"));
}

TEST_F(FacilityBookings, CompaniesUseWhatIsTheirs) {
  ASSERT_OK(Add(acme, "plant", 2));
  ASSERT_OK_AND_ASSIGN(const auto own, Book(acme, "plant", 1));
  EXPECT_EQ(own.host(), "company/acme");
  ASSERT_OK(Share(acme, "plant", utt, 0, 20));
  ASSERT_OK_AND_ASSIGN(const auto guests, Book(utt, "plant", 1));
  EXPECT_THAT(Book(utt, "plant", 1), HasReason("FACILITY_FULL"));
  EXPECT_OK(Cancel(acme, guests.name()));
  EXPECT_OK(Book(utt, "plant", 1));
}

TEST_F(FacilityBookings, OfTheUnregisteredAreRefused) {
  ASSERT_OK(Add(utt, "lab", 5));
  Execute("UPDATE organization SET state = 1, version = version + 1 WHERE id = 'utt'");
  EXPECT_THAT(Book(utt, "lab", 1), HasReason("ORGANIZATION_STATE_WRONG"));
}

TEST_F(FacilityBookings, OfWhatAnUnregisteredOrganizationHasAreRefused) {
  ASSERT_OK(Add(utt, "lab", 5));
  ASSERT_OK(Share(utt, "lab", uaq, 0, 30));
  ASSERT_OK(Book(uaq, "lab", 1));
  Execute("UPDATE organization SET state = 4, version = version + 1 WHERE id = 'utt'");
  const auto refused = Book(uaq, "lab", 1);
  EXPECT_THAT(refused, HasReason("ORGANIZATION_STATE_WRONG"));
  EXPECT_EQ(MetadataOf(refused.status(), "name"), "organizations/utt");
}

TEST_F(FacilityBookings, AreListedTheFirstOrTheLastFirst) {
  ASSERT_OK(Add(utt, "lab", 5));
  for (const int day : {2, 3, 1}) ASSERT_OK(Book(utt, "lab", 1, {day, day}));
  const auto days = [&](const std::string& filter, const std::string& order) {
    std::vector<int> found;
    std::string token;
    do {
      const auto page = utt.Ask(&Bookings::ListFacilityBookings,
                                absl::StrCat("filter: '", filter, "' order_by: '", order,
                                             "' page_size: 2 page_token: '", token, "'"));
      EXPECT_OK(page);
      if (!page.ok()) return found;
      for (const v1::FacilityBooking& one : page->facility_bookings()) {
        found.push_back(static_cast<int>(ToCivilDay(one.begin_date()) - testing::Today()));
      }
      token = page->next_page_token();
    } while (!token.empty());
    return found;
  };
  for (const char* filter :
       {"host = \"organization/utt\"",
        "host = \"organization/utt\" AND facility = \"facilities/lab\"",
        "booker = \"organization/utt\"", "booker = \"organization/utt\" AND state = BOOKED"}) {
    EXPECT_THAT(days(filter, ""), ElementsAre(1, 2, 3)) << filter;
    EXPECT_THAT(days(filter, "begin_date desc"), ElementsAre(3, 2, 1)) << filter;
  }
}

TEST_F(FacilityBookings, AreCancelledBeforeTheyBegin) {
  ASSERT_OK(Add(utt, "lab", 5));
  ASSERT_OK_AND_ASSIGN(const auto booked, Book(utt, "lab", 1));
  Execute("UPDATE facility_booking SET begin_date = begin_date - INTERVAL 2 DAY");
  EXPECT_THAT(Cancel(utt, booked.name()), HasReason("BOOKING_BEGUN"));
}

TEST_F(FacilityBookings, SayWhatIsLearned) {
  ASSERT_OK(Add(utt, "lab", 5));
  EXPECT_THAT(Book(utt, "lab", 1, {}, "microcredential_version: 'microcredentials/m/versions/1'"),
              HasReason("MICROCREDENTIAL_VERSION_NOT_FOUND"));
  EXPECT_EQ(Free("lab"), "1 08:00-20:00 5");
}

TEST_F(FacilityBookings, LastSeatsGoToAsManyAsThereAre) {
  constexpr int kThreads = 16, kSeats = 7;
  ASSERT_OK(Add(utt, "lab", kSeats));
  ASSERT_OK(Share(utt, "lab", uaq, 0, 30));
  std::atomic<int> booked = 0, refused = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&, i] {
      Party& party = i % 2 == 0 ? utt : uaq;
      // All have 11:00 to 12:00 of the second day in common.
      const When when = i % 3 == 0 ? When{1, 2, 600, 720} : When{2, 3, 660, 780};
      auto done = Book(party, "lab", 1, when);
      while (Reason(done.status()) == "TRANSACTION_CONFLICT") done = Book(party, "lab", 1, when);
      if (done.ok()) {
        ++booked;
      } else {
        EXPECT_THAT(done, HasReason("FACILITY_FULL"));
        ++refused;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(booked, kSeats);
  EXPECT_EQ(refused, kThreads - kSeats);
  EXPECT_EQ(Count("SELECT COUNT(*) FROM facility_booking"), kSeats);
  EXPECT_EQ(Count("SELECT MAX(used) FROM facility_use"), kSeats);
  EXPECT_EQ(Count("SELECT SUM(used) FROM facility_use"), kSeats * 2 * 8);
}

TEST_F(SharingAgreements, AreOfferedAcceptedAndEnded) {
  ASSERT_OK(Add(utt, "lab", 5));
  EXPECT_THAT(Book(uaq, "lab", 1), HasReason("FACILITY_NOT_SHARED"));
  EXPECT_THAT(Offer(uaq, "lab", "organization/uaq", 0, 9), HasReason("OWNER_MISMATCH"));
  EXPECT_THAT(Offer(acme, "lab", "organization/uaq", 0, 9), HasReason("OWNER_MISMATCH"));
  EXPECT_THAT(Offer(utt, "lab", "organization/none", 0, 9), HasReason("ORGANIZATION_NOT_FOUND"));
  EXPECT_THAT(Wrong(Offer(utt, "lab", "organization/utt", -9, -1).status()),
              ElementsAre("sharing_agreement.guest GUEST_IS_HOST",
                          "sharing_agreement.end_date LAST_DAY_PAST"));
  ASSERT_OK_AND_ASSIGN(const auto offered, Offer(utt, "lab", "organization/uaq", 1, 9));
  EXPECT_EQ(offered.state(), v1::SHARING_AGREEMENT_STATE_OFFERED);
  EXPECT_EQ(offered.host(), "organization/utt");
  EXPECT_THAT(Offer(utt, "lab", "organization/uaq", 9, 12), HasReason("SHARING_OVERLAPS"));
  EXPECT_THAT(Book(uaq, "lab", 1), HasReason("FACILITY_NOT_SHARED"));
  const std::string name = Named(offered.name());
  EXPECT_THAT(utt.Ask(&Sharing::AcceptSharingAgreement, name), HasReason("OWNER_MISMATCH"));
  EXPECT_THAT(utt.Ask(&Sharing::RefuseSharingAgreement, name), HasReason("OWNER_MISMATCH"));
  EXPECT_THAT(uaq.Ask(&Sharing::EndSharingAgreement, name), HasReason("OWNER_MISMATCH"));
  EXPECT_THAT(acme.Ask(&Sharing::AcceptSharingAgreement, name),
              HasReason("SHARING_AGREEMENT_NOT_FOUND"));
  EXPECT_THAT(acme.Ask(&Sharing::GetSharingAgreement, name),
              HasReason("SHARING_AGREEMENT_NOT_FOUND"));
  ASSERT_OK_AND_ASSIGN(const auto accepted, uaq.Ask(&Sharing::AcceptSharingAgreement, name));
  EXPECT_EQ(accepted.state(), v1::SHARING_AGREEMENT_STATE_IN_FORCE);
  EXPECT_TRUE(accepted.has_accept_time());
  EXPECT_THAT(Book(uaq, "lab", 1, {9, 10}), HasReason("FACILITY_NOT_SHARED")) << "all of its days";
  ASSERT_OK_AND_ASSIGN(const auto booked, Book(uaq, "lab", 1, {9, 9}));
  EXPECT_EQ(booked.sharing_agreement(), offered.name());
  ASSERT_OK_AND_ASSIGN(const auto ended, uaq.Ask(&Sharing::EndSharingAgreement, name));
  EXPECT_EQ(ended.end_cause(), v1::SHARING_END_CAUSE_BY_GUEST);
  EXPECT_THAT(Book(uaq, "lab", 1), HasReason("FACILITY_NOT_SHARED"));
  ASSERT_OK_AND_ASSIGN(const auto still,
                       uaq.Ask(&Bookings::GetFacilityBooking, Named(booked.name())));
  EXPECT_EQ(still.state(), v1::FACILITY_BOOKING_STATE_BOOKED);
  ASSERT_OK_AND_ASSIGN(const auto again, Offer(utt, "lab", "organization/uaq", 1, 9));
  ASSERT_OK(uaq.Ask(&Sharing::RefuseSharingAgreement, Named(again.name())));
  ASSERT_OK_AND_ASSIGN(const auto third, Offer(utt, "lab", "organization/uaq", 1, 9));
  ASSERT_OK_AND_ASSIGN(const auto back,
                       utt.Ask(&Sharing::EndSharingAgreement, Named(third.name())));
  EXPECT_EQ(back.end_cause(), v1::SHARING_END_CAUSE_BY_HOST);
  EXPECT_EQ(Count("SELECT COUNT(*) FROM due WHERE kind = 'sharing_agreements.end'"), 0);
}

TEST_F(SharingAgreements, EndByThemselves) {
  ASSERT_OK(Add(utt, "lab", 5));
  ASSERT_OK_AND_ASSIGN(const auto shared, Share(utt, "lab", uaq, 0, 5));
  EXPECT_EQ(Count("SELECT COUNT(*) FROM due WHERE kind = 'sharing_agreements.end'"), 1);
  Execute("UPDATE sharing_agreement SET begin_date = '2026-01-01', end_date = '2026-01-31'");
  EXPECT_THAT(Book(uaq, "lab", 1), HasReason("FACILITY_NOT_SHARED")) << "the day decides";
  Execute("UPDATE due SET due_time = UTC_TIMESTAMP(6), claim_time = '2026-01-01'");
  EXPECT_TRUE(Becomes([&] {
    const auto now = uaq.Ask(&Sharing::GetSharingAgreement, Named(shared.name()));
    return now.ok() && now->state() == v1::SHARING_AGREEMENT_STATE_ENDED &&
           now->end_cause() == v1::SHARING_END_CAUSE_EXPIRED;
  }));
}

TEST_F(SharingAgreements, BoundMinutesOfAWeek) {
  ASSERT_OK(Add(utt, "lab", 50));
  ASSERT_OK(Share(utt, "lab", uaq, 0, 60, 240));
  // From the Monday of the next week on.
  const int monday = 7 - static_cast<int>(absl::GetWeekday(testing::Today()));
  ASSERT_OK_AND_ASSIGN(const auto two, Book(uaq, "lab", 1, {monday, monday + 1, 600, 690}));
  const auto refused = Book(uaq, "lab", 1, {monday + 3, monday + 3, 600, 675});
  EXPECT_THAT(refused, HasReason("WEEKLY_MINUTES_USED"));
  EXPECT_EQ(MetadataOf(refused.status(), "minutes"), "255");
  ASSERT_OK(Book(uaq, "lab", 9, {monday + 6, monday + 7, 600, 660})) << "of two weeks";
  EXPECT_THAT(Book(uaq, "lab", 1, {monday + 2, monday + 2, 600, 615}),
              HasReason("WEEKLY_MINUTES_USED"));
  ASSERT_OK(Book(uaq, "lab", 1, {monday + 8, monday + 8, 600, 780}));
  EXPECT_OK(Book(utt, "lab", 1, {monday, monday, 480, 1200})) << "its owner is not bound";
  ASSERT_OK(Cancel(uaq, two.name()));
  EXPECT_OK(Book(uaq, "lab", 1, {monday + 2, monday + 2, 600, 780}));
}

TEST_F(SharingAgreements, BoundTheMinutesOfTheirOwnBookings) {
  ASSERT_OK(Add(utt, "lab", 50));
  const int monday = 7 - static_cast<int>(absl::GetWeekday(testing::Today()));
  ASSERT_OK(Share(utt, "lab", uaq, 0, monday + 2, 240));
  ASSERT_OK(Share(utt, "lab", uaq, monday + 3, 60, 120));
  ASSERT_OK(Book(uaq, "lab", 1, {monday, monday, 600, 840}));
  ASSERT_OK(Book(uaq, "lab", 1, {monday + 3, monday + 3, 600, 720}));
  EXPECT_THAT(Book(uaq, "lab", 1, {monday + 4, monday + 4, 600, 615}),
              HasReason("WEEKLY_MINUTES_USED"));
}

}  // namespace
}  // namespace puente::education
