// Bookings against a simple model: random operations, whose outcomes and free seats are as it says;
// and many clients at once, while capacity and closed days change, whose own bookings add up to
// what is stored.
#include <gmock/gmock.h>

#include <atomic>
#include <cstdlib>
#include <random>
#include <set>
#include <thread>

#include "absl/algorithm/container.h"
#include "tests/education/facilities/facilities.h"

namespace puente::education {
namespace {

using testing::In;
using testing::Party;
using testing::When;

bool IsLong() { return std::getenv("PUENTE_LONG") != nullptr; }
std::string ReasonOf(const absl::Status& status) { return status.ok() ? "OK" : Reason(status); }

constexpr int kOpens = 480, kCloses = 1200, kDays = 6;  // of which something is booked or closed

// What there is, in the simplest way.
struct Model {
  struct Facility {
    int capacity = 0;
    std::set<int> closed;  // days from today
  };
  struct Booking {
    std::string facility;
    bool of_guest = false;
    int first = 0, last = 0, start = 0, end = 0, seats = 0;
    bool booked = true;

    bool Has(const std::string& name, int day, int minute) const {
      return booked && facility == name && first <= day && day <= last && start <= minute &&
             minute < end;
    }
  };

  int Used(const std::string& facility, int day, int minute) const {
    int used = 0;
    for (const auto& [name, one] : bookings) {
      if (one.Has(facility, day, minute)) used += one.seats;
    }
    return used;
  }
  std::string Book(const Booking& wanted) const {
    const Facility& facility = facilities.at(wanted.facility);
    for (int day = wanted.first; day <= wanted.last; ++day) {
      if (facility.closed.contains(day)) return "INVALID_FIELDS";
    }
    if (facility.capacity < wanted.seats) return "INVALID_FIELDS";
    for (int day = wanted.first; day <= wanted.last; ++day) {
      for (int minute = wanted.start; minute < wanted.end; minute += 15) {
        if (facility.capacity < Used(wanted.facility, day, minute) + wanted.seats) {
          return "FACILITY_FULL";
        }
      }
    }
    return "OK";
  }
  // Whether everything that is booked is possible with these.
  bool Keeps(const std::string& name, const Facility& facility) const {
    for (int day = 0; day <= kDays; ++day) {
      for (int minute = kOpens; minute < kCloses; minute += 15) {
        const int used = Used(name, day, minute);
        if (facility.capacity < used || (used > 0 && facility.closed.contains(day))) return false;
      }
    }
    return true;
  }
  // As the test's Free() says it.
  std::string Free(const std::string& name) const {
    std::vector<std::string> texts;
    const Facility& facility = facilities.at(name);
    for (int day = 1; day <= kDays; ++day) {
      if (facility.closed.contains(day)) continue;
      int since = kOpens;
      for (int minute = kOpens; minute < kCloses; minute += 15) {
        const int used = Used(name, day, minute);
        if (minute + 15 < kCloses && Used(name, day, minute + 15) == used) continue;
        texts.push_back(absl::StrCat(day, " ", Clock(since), "-", Clock(minute + 15), " ",
                                     facility.capacity - used));
        since = minute + 15;
      }
    }
    return absl::StrJoin(texts, ", ");
  }
  static std::string Clock(int minute) {
    return absl::StrCat(absl::Dec(minute / 60, absl::kZeroPad2), ":",
                        absl::Dec(minute % 60, absl::kZeroPad2));
  }

  std::map<std::string, Facility> facilities;
  std::map<std::string, Booking> bookings;
};

std::string ClosuresOf(const std::set<int>& closed) {
  std::string text;
  for (const int day : closed) {
    absl::StrAppend(&text, "closures { begin_date {", In(day), "} end_date {", In(day), "} } ");
  }
  return text;
}

class FacilitiesModel : public testing::Facilities {
 protected:
  int Pick(int below) { return static_cast<int>(random_() % static_cast<unsigned>(below)); }
  std::string AnyFacility() { return absl::StrCat("f", 1 + Pick(3)); }

  Model::Booking AnyBooking() {
    Model::Booking wanted;
    wanted.facility = AnyFacility();
    wanted.of_guest = Pick(2) == 0;
    wanted.first = 1 + Pick(4);
    wanted.last = wanted.first + Pick(3);
    wanted.start = kOpens + 15 * Pick(12);
    wanted.end = wanted.start + 15 * (1 + Pick(8));
    wanted.seats = 1 + Pick(3);
    return wanted;
  }
  void BookOne() {
    const Model::Booking wanted = AnyBooking();
    const auto done = Book(wanted.of_guest ? uaq : utt, wanted.facility, wanted.seats,
                           {wanted.first, wanted.last, wanted.start, wanted.end});
    ASSERT_EQ(ReasonOf(done.status()), model_.Book(wanted));
    if (done.ok()) model_.bookings[done->name()] = wanted;
  }
  void CancelOne() {
    if (model_.bookings.empty()) return;
    auto one = model_.bookings.begin();
    std::advance(one, Pick(static_cast<int>(model_.bookings.size())));
    const bool by_host = Pick(2) == 0;
    const auto done = Cancel(by_host || !one->second.of_guest ? utt : uaq, one->first);
    ASSERT_EQ(ReasonOf(done.status()), one->second.booked ? "OK" : "FACILITY_BOOKING_STATE_WRONG");
    one->second.booked = false;
  }
  void ChangeCapacity() {
    const std::string id = AnyFacility();
    Model::Facility after = model_.facilities[id];
    after.capacity = 1 + Pick(6);
    const auto done = Change(utt, id, absl::StrCat("capacity: ", after.capacity), "capacity");
    ASSERT_EQ(ReasonOf(done.status()), model_.Keeps(id, after) ? "OK" : "FACILITY_BOOKED");
    if (done.ok()) model_.facilities[id] = after;
  }
  void ChangeClosedDays() {
    const std::string id = AnyFacility();
    Model::Facility after = model_.facilities[id];
    const int day = 1 + Pick(kDays);
    if (!after.closed.insert(day).second) after.closed.erase(day);
    const auto done = Change(utt, id, ClosuresOf(after.closed), "closures");
    ASSERT_EQ(ReasonOf(done.status()), model_.Keeps(id, after) ? "OK" : "FACILITY_BOOKED");
    if (done.ok()) model_.facilities[id] = after;
  }
  void CheckFree() {
    for (const auto& [id, facility] : model_.facilities) {
      EXPECT_EQ(Free(id, 1, kDays), model_.Free(id)) << id;
    }
  }

  std::mt19937 random_{20270311};
  Model model_;
};

TEST_F(FacilitiesModel, HasTheSameOutcomesAndFreeSeats) {
  for (int i = 1; i <= 3; ++i) {
    const std::string id = absl::StrCat("f", i);
    ASSERT_OK(Add(utt, id, 2 * i));
    ASSERT_OK(Share(utt, id, uaq, 0, 30));
    model_.facilities[id] = {2 * i, {}};
  }
  const int operations = IsLong() ? 20'000 : 2'000;
  for (int i = 0; i < operations; ++i) {
    SCOPED_TRACE(absl::StrCat("operation ", i));
    const int what = Pick(100);
    if (what < 50) {
      ASSERT_NO_FATAL_FAILURE(BookOne());
    } else if (what < 85) {
      ASSERT_NO_FATAL_FAILURE(CancelOne());
    } else if (what < 93) {
      ASSERT_NO_FATAL_FAILURE(ChangeCapacity());
    } else {
      ASSERT_NO_FATAL_FAILURE(ChangeClosedDays());
    }
    if (i % 50 == 0) CheckFree();
    ASSERT_FALSE(HasFailure());
  }
  CheckFree();
}

// Sixteen clients of two schools book and cancel while the host changes capacity and closed days.
class FacilityClients : public testing::Facilities {
 protected:
  static constexpr int kClients = 16, kFacilities = 3, kMost = 6;
  static int Rounds() { return IsLong() ? 400 : 40; }

  // What a client knows of its own bookings.
  using Own = std::map<std::string, Model::Booking>;

  static std::string IdOfNumber(unsigned number) { return absl::StrCat("f", number % kFacilities); }

  // Again where two raced too often.
  template <class Call>
  static auto Insist(const Call& call) {
    auto done = call();
    while (Reason(done.status()) == "TRANSACTION_CONFLICT") done = call();
    return done;
  }

  void Client(int number, Party& school, Own& own) {
    std::mt19937 random(static_cast<unsigned>(number));
    for (int round = 0; round < Rounds(); ++round) {
      Model::Booking wanted;
      wanted.facility = IdOfNumber(random());
      wanted.first = 1 + static_cast<int>(random() % 3);
      wanted.last = wanted.first + static_cast<int>(random() % 2);
      wanted.start = kOpens + 60 * static_cast<int>(random() % 3);
      wanted.end = wanted.start + 90;
      wanted.seats = 1 + static_cast<int>(random() % 2);
      const auto booked = Insist([&] {
        return Book(school, wanted.facility, wanted.seats,
                    {wanted.first, wanted.last, wanted.start, wanted.end});
      });
      if (booked.ok()) {
        own[booked->name()] = wanted;
      } else {
        EXPECT_THAT(Reason(booked.status()), ::testing::AnyOf("FACILITY_FULL", "INVALID_FIELDS"))
            << booked.status();
      }
      if (own.empty() || random() % 3 == 0) continue;
      auto one = own.begin();
      std::advance(one, static_cast<int>(random() % own.size()));
      if (!one->second.booked) continue;
      const auto cancelled = Insist([&] { return Cancel(school, one->first); });
      EXPECT_OK(cancelled);
      if (cancelled.ok()) one->second.booked = false;
    }
  }

  // Changes what there is, and looks whether more is ever used than that.
  void Host(const std::atomic<bool>& stop) {
    std::mt19937 random(99);
    sql::Connection reader{database};
    while (!stop) {
      const std::string id = IdOfNumber(random());
      const bool closes = random() % 3 == 0;
      const auto changed = Insist([&] {
        return closes ? Change(utt, id,
                               random() % 2 == 0 ? ClosuresOf({1 + static_cast<int>(random() % 3)})
                                                 : std::string(),
                               "closures")
                      : Change(utt, id, absl::StrCat("capacity: ", 2 + random() % (kMost - 1)),
                               "capacity");
      });
      EXPECT_THAT(ReasonOf(changed.status()), ::testing::AnyOf("OK", "FACILITY_BOOKED"));
      (changed.ok() ? changed_ : kept_)++;
      EXPECT_EQ(puente::testing::MustCount(
                    reader,
                    "SELECT COUNT(*) FROM facility_use u JOIN facility f ON f.id = u.facility"
                    " WHERE u.used < 0 OR u.used > f.capacity"),
                0);
    }
  }

  std::atomic<int> changed_ = 0, kept_ = 0;
};

TEST_F(FacilityClients, FindWhatTheyBookedAndNoSeatLost) {
  Party tec(database, "organization/utt"), uni(database, "organization/uaq");
  for (unsigned i = 0; i < kFacilities; ++i) {
    ASSERT_OK(Add(utt, IdOfNumber(i), kMost));
    ASSERT_OK(Share(utt, IdOfNumber(i), uaq, 0, 30));
  }
  Party* const schools[] = {&utt, &uaq, &tec, &uni};
  std::vector<Own> own(kClients);
  std::atomic<bool> stop = false;
  std::thread host([&] { Host(stop); });
  std::vector<std::thread> clients;
  for (int i = 0; i < kClients; ++i) {
    clients.emplace_back([&, i] { Client(i, *schools[i % 4], own[static_cast<size_t>(i)]); });
  }
  for (std::thread& client : clients) client.join();
  stop = true;
  host.join();
  EXPECT_GT(changed_, 0);
  EXPECT_GT(kept_, 0) << "bookings were never in the way";

  Model model;
  for (const Own& of_client : own) model.bookings.insert(of_client.begin(), of_client.end());
  EXPECT_EQ(Count("SELECT COUNT(*) FROM facility_booking"), model.bookings.size())
      << "what was made was answered";
  for (unsigned i = 0; i < kFacilities; ++i) {
    const std::string id = IdOfNumber(i);
    ASSERT_OK(Change(utt, id, "", "closures"));
    ASSERT_OK(Change(utt, id, absl::StrCat("capacity: ", kMost), "capacity"));
    model.facilities[id] = {kMost, {}};
    EXPECT_EQ(Free(id, 1, kDays), model.Free(id)) << id;
    // No free seat is lost, and there is none besides.
    const int free = kMost - model.Used(id, 2, 600);
    const When when{2, 2, 600, 615};
    if (free > 0) {
      ASSERT_OK(Book(uaq, id, free, when));
    }
    EXPECT_EQ(ReasonOf(Book(uaq, id, 1, when).status()), "FACILITY_FULL");
  }
}

}  // namespace
}  // namespace puente::education
