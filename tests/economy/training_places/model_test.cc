// Seats against a simple model: random operations, whose outcomes and sums are as it says; and many
// clients at once, whose own records add up to what is stored.
#include <gmock/gmock.h>

#include <atomic>
#include <cstdlib>
#include <random>
#include <thread>

#include "absl/algorithm/container.h"
#include "tests/economy/training_places/places.h"

namespace puente::economy {
namespace {

using puente::testing::Becomes;
using testing::In;
using testing::Offers;
using testing::Party;
using testing::Reservations;
using Standing = v1::PlaceReservationState;

constexpr Standing kHeld = v1::PLACE_RESERVATION_STATE_HELD,
                   kConfirmed = v1::PLACE_RESERVATION_STATE_CONFIRMED,
                   kStarted = v1::PLACE_RESERVATION_STATE_STARTED,
                   kCompleted = v1::PLACE_RESERVATION_STATE_COMPLETED,
                   kReleased = v1::PLACE_RESERVATION_STATE_RELEASED,
                   kNoShow = v1::PLACE_RESERVATION_STATE_NO_SHOW,
                   kBrokenOff = v1::PLACE_RESERVATION_STATE_BROKEN_OFF;

int Operations() { return std::getenv("PUENTE_LONG") == nullptr ? 3'000 : 30'000; }

bool HasSeat(Standing state) { return state == kHeld || state == kConfirmed || state == kStarted; }

std::string ReasonOf(const absl::Status& status) { return status.ok() ? "OK" : Reason(status); }

// What there is, in the simplest way.
struct Model {
  struct Place {
    int seats = 0;
    bool open = true;
  };
  struct Reservation {
    std::string place;
    std::string school;
    std::string learner;
    int first = 0;
    int last = 0;
    Standing state = kHeld;
  };

  int Count(const std::string& place, Standing state, const std::string& school = "") const {
    return static_cast<int>(absl::c_count_if(reservations, [&](const auto& each) {
      const Reservation& one = each.second;
      return one.place == place && one.state == state && (school.empty() || one.school == school);
    }));
  }
  int Taken(const std::string& place) const {
    return Count(place, kHeld) + Count(place, kConfirmed) + Count(place, kStarted);
  }
  bool IsPlaced(const Reservation& wanted) const {
    return absl::c_any_of(reservations, [&](const auto& each) {
      const Reservation& one = each.second;
      return one.school == wanted.school && one.learner == wanted.learner && HasSeat(one.state) &&
             one.first <= wanted.last && wanted.first <= one.last;
    });
  }
  std::string Reserve(const Reservation& wanted) const {
    const Place& place = places.at(wanted.place);
    if (!place.open) return "TRAINING_PLACE_STATE_WRONG";
    if (IsPlaced(wanted)) return "LEARNER_PLACED";
    return Taken(wanted.place) < place.seats ? "OK" : "PLACES_TAKEN";
  }
  std::string Move(const Reservation& one, const std::vector<Standing>& from,
                   bool must_have_begun) {
    if (!absl::c_linear_search(from, one.state)) return "PLACE_RESERVATION_STATE_WRONG";
    return must_have_begun && one.first > 0 ? "STAY_TO_COME" : "OK";
  }

  std::map<std::string, Place> places;
  std::map<std::string, Reservation> reservations;
};

class PlacesModel : public testing::Places {
 protected:
  int Pick(int below) { return static_cast<int>(random_() % static_cast<unsigned>(below)); }
  Party& CompanyOf(const std::string& place) {
    return absl::StartsWith(place, "companies/acme/") ? acme : globex;
  }
  Party& SchoolOf(const std::string& id) { return id == "utt" ? utt : uaq; }

  void Begin() {
    for (const char* company : {"acme", "globex"}) {
      for (int i = 1; i <= 3; ++i) {
        const std::string id = absl::StrCat("p", i);
        ASSERT_OK(Offer(id, i, company));
        model_.places[PlaceName(id, company)] = {i, true};
      }
    }
  }
  std::string AnyPlace() {
    auto place = model_.places.begin();
    std::advance(place, Pick(static_cast<int>(model_.places.size())));
    return place->first;
  }

  void ReserveOne() {
    constexpr int kWindows[][2] = {{0, 9}, {5, 14}, {15, 20}};
    const auto& window = kWindows[Pick(3)];
    Model::Reservation wanted{
        AnyPlace(), Pick(2) == 0 ? "utt" : "uaq", absl::StrCat("l", Pick(8)), window[0], window[1],
        kHeld};
    const auto done =
        Reserve(SchoolOf(wanted.school), wanted.place, wanted.learner, wanted.first, wanted.last);
    ASSERT_EQ(ReasonOf(done.status()), model_.Reserve(wanted));
    if (!done.ok()) return;
    model_.reservations[done->name()] = wanted;
    names_.push_back(done->name());
  }

  // Of those made lately, that most have a seat.
  void MoveOne() {
    if (names_.empty()) return;
    const int many = static_cast<int>(names_.size());
    const std::string name = names_[static_cast<size_t>(many - 1 - Pick(std::min(many, 24)))];
    Model::Reservation& one = model_.reservations[name];
    Party &company = CompanyOf(one.place), &school = SchoolOf(one.school);
    const auto expect = [&](const auto& done, const std::vector<Standing>& from, Standing to,
                            bool must_have_begun = false) {
      const std::string outcome = model_.Move(one, from, must_have_begun);
      ASSERT_EQ(ReasonOf(done.status()), outcome) << name;
      if (outcome == "OK") one.state = to;
    };
    switch (Pick(7)) {
      case 0:
      case 1:
        return expect(Do(company, &Reservations::ConfirmPlaceReservation, name), {kHeld},
                      kConfirmed);
      case 2:
        return expect(Do(company, &Reservations::StartPlaceReservation, name), {kConfirmed},
                      kStarted, true);
      case 3:
        return expect(Do(company, &Reservations::CompletePlaceReservation, name), {kStarted},
                      kCompleted);
      case 4:
        return expect(Do(school, &Reservations::ReleasePlaceReservation, name), {kHeld, kConfirmed},
                      kReleased);
      case 5:
        return expect(Do(company, &Reservations::NoShowPlaceReservation, name), {kConfirmed},
                      kNoShow, true);
      default:
        return expect(Do(Pick(2) == 0 ? company : school, &Reservations::BreakOffPlaceReservation,
                         name, "break_off_cause: BREAK_OFF_CAUSE_MUTUAL follow_up: FOLLOW_UP_END"),
                      {kConfirmed, kStarted}, kBrokenOff);
    }
  }

  void ExpireOne() {
    for (auto& [name, one] : model_.reservations) {
      if (one.state != kHeld || Pick(4) != 0) continue;
      LetLapse(name);
      const auto late = Do(CompanyOf(one.place), &Reservations::ConfirmPlaceReservation, name);
      ASSERT_EQ(ReasonOf(late.status()), "RESERVATION_LAPSED");
      Wake(IdOf(name));
      ASSERT_TRUE(Becomes([&] {
        const auto now = GetReservation(name);
        return now.ok() && now->state() == kReleased;
      }));
      one.state = kReleased;
      return;
    }
  }

  void ChangePlace() {
    const std::string name = AnyPlace();
    Model::Place& place = model_.places[name];
    Party& company = CompanyOf(name);
    if (Pick(2) == 0) {
      const int seats = 1 + Pick(4);
      const auto done = ChangeSeats(company, name, seats);
      const bool fits = model_.Taken(name) <= seats;
      ASSERT_EQ(ReasonOf(done.status()), fits ? "OK" : "SEATS_TAKEN");
      if (fits) place.seats = seats;
    } else if (place.open) {
      ASSERT_OK(company.Ask(&Offers::PauseTrainingPlace, Named(name)));
      place.open = false;
    } else {
      ASSERT_OK(company.Ask(&Offers::OpenTrainingPlace, Named(name)));
      place.open = true;
    }
  }

  v1::TakenSeats Expected(const std::string& place, const std::string& school = "") {
    v1::TakenSeats taken;
    taken.set_held(model_.Count(place, kHeld, school));
    taken.set_confirmed(model_.Count(place, kConfirmed, school));
    taken.set_started(model_.Count(place, kStarted, school));
    return taken;
  }
  void CheckSeats() {
    for (const auto& [name, place] : model_.places) {
      const auto all = Seats(economy, name), own = Seats(utt, name), other = Seats(globex, name);
      EXPECT_EQ(all.offered(), place.seats);
      EXPECT_EQ(Text(all.taken()), Text(Expected(name)));
      EXPECT_EQ(own.free(), place.seats - model_.Taken(name));
      EXPECT_EQ(Text(own.own()), Text(Expected(name, "utt")));
      EXPECT_EQ(other.has_free(), absl::StartsWith(name, "companies/globex/"));
      EXPECT_LE(model_.Taken(name), place.seats);
    }
  }

  std::mt19937 random_{20270310};
  Model model_;
  std::vector<std::string> names_;
};

TEST_F(PlacesModel, HasTheSameOutcomesAndSums) {
  ASSERT_NO_FATAL_FAILURE(Begin());
  for (int i = 0; i < Operations(); ++i) {
    SCOPED_TRACE(absl::StrCat("operation ", i));
    const int what = Pick(100);
    if (what < 40) {
      ASSERT_NO_FATAL_FAILURE(ReserveOne());
    } else if (what < 93) {
      ASSERT_NO_FATAL_FAILURE(MoveOne());
    } else if (what < 99) {
      ASSERT_NO_FATAL_FAILURE(ChangePlace());
    } else {
      ASSERT_NO_FATAL_FAILURE(ExpireOne());
    }
    if (i % 100 == 0) CheckSeats();
    ASSERT_FALSE(HasFailure());
  }
  CheckSeats();
  EXPECT_EQ(Count("SELECT COUNT(*) FROM due WHERE kind = 'place_reservations.expire'"),
            absl::c_count_if(model_.reservations,
                             [](const auto& each) { return each.second.state == kHeld; }));
}

// The last seats of few places, 64 clients of four schools, a company that confirms, and holds that
// end meanwhile. Each party hosts the module, and with it a scheduler of its due work.
class LastSeats : public testing::Places {
 protected:
  static constexpr int kPlaces = 8, kClients = 64;
  static int Rounds() { return std::getenv("PUENTE_LONG") == nullptr ? 12 : 300; }

  // What a client knows of a reservation that it made.
  using Own = std::map<std::string, Standing>;

  static std::string PlaceOf(int i) { return PlaceName(absl::StrCat("p", i)); }
  static int SeatsOf(int i) { return 1 + i % 3; }

  // Again where two raced too often.
  template <class Call>
  static auto Insist(const Call& call) {
    auto done = call();
    while (Reason(done.status()) == "TRANSACTION_CONFLICT") done = call();
    return done;
  }

  void Client(int number, Party& school, Own& own) {
    std::mt19937 random(static_cast<unsigned>(number));
    for (int round = 0; round < Rounds(); ++round, ++rounds_) {
      const std::string place = PlaceOf(static_cast<int>(random() % kPlaces));
      const std::string learner = absl::StrCat("l", number, "-", round);
      const auto held = Insist([&] { return Reserve(school, place, learner); });
      if (!held.ok()) {
        EXPECT_EQ(Reason(held.status()), "PLACES_TAKEN") << held.status();
        continue;
      }
      own[held->name()] = kHeld;
      const unsigned next = random() % 4;
      if (next == 0) continue;  // until it lapses
      const bool confirms = next == 1;
      const auto done = Insist([&] {
        return confirms ? Do(acme, &Reservations::ConfirmPlaceReservation, held->name())
                        : Do(school, &Reservations::ReleasePlaceReservation, held->name());
      });
      if (done.ok()) {
        own[held->name()] = done->state();
      } else {
        EXPECT_THAT(Reason(done.status()),
                    ::testing::AnyOf("PLACE_RESERVATION_STATE_WRONG", "RESERVATION_LAPSED"));
      }
    }
  }

  // Ends holds, a part of them each time, and looks whether ever more is taken than offered.
  void Expire(std::atomic<bool>& stop) {
    sql::Connection other{database};
    while (!stop) {
      const int seen = rounds_;
      Becomes([&] { return stop || rounds_ >= seen + 16; });
      puente::testing::MustExecute(
          other,
          "UPDATE place_reservation SET expire_time = '2026-01-01' WHERE state = 1"
          " AND MOD(CONV(LEFT(id, 2), 16, 10) + SECOND(UTC_TIMESTAMP()), 3) = 0");
      puente::testing::MustExecute(
          other,
          "UPDATE due SET due_time = UTC_TIMESTAMP(6), claim_time = '2026-01-01'"
          " WHERE kind = 'place_reservations.expire' AND holder = ''");
      EXPECT_EQ(
          puente::testing::MustCount(other,
                                     "SELECT COUNT(*) FROM training_place_seats WHERE held < 0 OR"
                                     " confirmed < 0 OR held + confirmed + started > offered"),
          0);
    }
  }

  std::atomic<int> rounds_ = 0;  // of all clients
};

TEST_F(LastSeats, GoToEachClientAsItKnows) {
  for (int i = 0; i < kPlaces; ++i) ASSERT_OK(Offer(absl::StrCat("p", i), SeatsOf(i)));
  Party third(database, "organization/uni"), fourth(database, "organization/tec");
  Party* const schools[] = {&utt, &uaq, &third, &fourth};
  std::vector<Own> own(kClients);
  std::atomic<bool> stop = false;
  std::thread expiry([&] { Expire(stop); });
  std::vector<std::thread> clients;
  for (int i = 0; i < kClients; ++i) {
    clients.emplace_back([&, i] { Client(i, *schools[i % 4], own[static_cast<size_t>(i)]); });
  }
  for (std::thread& client : clients) client.join();
  stop = true;
  expiry.join();
  Execute("UPDATE place_reservation SET expire_time = '2026-01-01' WHERE state = 1");
  ASSERT_TRUE(Becomes([&] {
    // Again and again: work that has read a hold before puts itself off by what it read.
    Execute(
        "UPDATE due SET due_time = UTC_TIMESTAMP(6), claim_time = '2026-01-01'"
        " WHERE kind = 'place_reservations.expire' AND holder = ''");
    return Count("SELECT COUNT(*) FROM place_reservation WHERE state = 1") == 0;
  }));

  std::map<std::string, int> confirmed;  // of each place, as clients know
  int made = 0, expired = 0;
  for (const Own& of_client : own) {
    for (const auto& [name, known] : of_client) {
      ++made;
      ASSERT_OK_AND_ASSIGN(const auto now, GetReservation(name));
      if (known == kHeld) {
        EXPECT_EQ(now.state(), kReleased);
        EXPECT_EQ(now.release_cause(), v1::RELEASE_CAUSE_EXPIRED);
        ++expired;
      } else {
        EXPECT_EQ(now.state(), known);
      }
      if (known == kConfirmed) ++confirmed[now.training_place()];
    }
  }
  EXPECT_EQ(Count("SELECT COUNT(*) FROM place_reservation"), made) << "what was made was answered";
  EXPECT_GT(expired, 0);
  EXPECT_GT(confirmed.size(), 0);
  EXPECT_LT(made, kClients * Rounds()) << "nobody was refused";
  for (int i = 0; i < kPlaces; ++i) {
    const auto seats = Seats(utt, PlaceOf(i));
    EXPECT_EQ(Taken(PlaceOf(i)), absl::StrCat(SeatsOf(i), ": 0 held, ", confirmed[PlaceOf(i)],
                                              " confirmed, 0 started"));
    // No free seat is lost.
    for (int free = SeatsOf(i) - confirmed[PlaceOf(i)]; free > 0; --free) {
      EXPECT_OK(Reserve(utt, PlaceOf(i), absl::StrCat("last-", i, "-", free)));
    }
    EXPECT_EQ(ReasonOf(Reserve(utt, PlaceOf(i), absl::StrCat("none-", i)).status()),
              "PLACES_TAKEN");
  }
}

}  // namespace
}  // namespace puente::economy
