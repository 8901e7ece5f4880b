// Reservations of places: who may do what with them, in which state, and who learns of them.
#include <gmock/gmock.h>

#include "puente/economy/v1/place_rule.grpc.pb.h"
#include "tests/economy/training_places/places.h"

namespace puente::economy {
namespace {

using puente::testing::Becomes;
using puente::testing::HasReason;
using puente::testing::MustExecute;
using puente::testing::WaitsFor;
using ::testing::ElementsAre;
using testing::In;
using testing::Offers;
using testing::Party;
using testing::Reservations;
using testing::Today;
using ::testing::UnorderedElementsAre;
using Standing = v1::PlaceReservationState;

constexpr char kBreakOff[] =
    "break_off_cause: BREAK_OFF_CAUSE_COMPANY_CANNOT follow_up: FOLLOW_UP_ANOTHER_PLACE";

class PlaceReservations : public testing::Places {
 protected:
  PlaceReservations() { EXPECT_OK(Offer("one", 3)); }

  // A verb, by whom it is called, on what.
  absl::Status Call(Party& party, const std::string& verb, const std::string& name) {
    if (verb == "Confirm") {
      return Do(party, &Reservations::ConfirmPlaceReservation, name).status();
    }
    if (verb == "Start") return Do(party, &Reservations::StartPlaceReservation, name).status();
    if (verb == "Complete") {
      return Do(party, &Reservations::CompletePlaceReservation, name).status();
    }
    if (verb == "Release") return Do(party, &Reservations::ReleasePlaceReservation, name).status();
    if (verb == "NoShow") return Do(party, &Reservations::NoShowPlaceReservation, name).status();
    return Do(party, &Reservations::BreakOffPlaceReservation, name, kBreakOff).status();
  }
  Party& MayCall(const std::string& verb) { return verb == "Release" ? utt : acme; }
  // A new reservation, after these verbs.
  std::string After(const std::vector<std::string>& verbs) {
    const auto made = Reserve(utt, PlaceName("one"), absl::StrCat("l", ++learners_));
    EXPECT_OK(made);
    for (const std::string& verb : verbs) EXPECT_OK(Call(MayCall(verb), verb, made->name()));
    return made->name();
  }
  std::vector<std::string> Listed(Party& party, const std::string& filter) {
    const auto page =
        party.Ask(&Reservations::ListPlaceReservations, absl::StrCat("filter: '", filter, "'"));
    EXPECT_OK(page);
    std::vector<std::string> names;
    if (!page.ok()) return names;
    for (const auto& one : page->place_reservations()) names.push_back(one.name());
    return names;
  }

  const std::string place_ = PlaceName("one");
  int learners_ = 0;
};

TEST_F(PlaceReservations, BeginHeldForThreeDays) {
  const absl::Time before = absl::Now();
  ASSERT_OK_AND_ASSIGN(const auto made, Reserve(utt, place_, "ana", 1, 7));
  EXPECT_EQ(made.state(), v1::PLACE_RESERVATION_STATE_HELD);
  EXPECT_EQ(made.company(), "companies/acme");
  EXPECT_EQ(made.source(), "organization.utt");
  EXPECT_GE(FromProto(made.expire_time()), before + absl::Hours(72) - absl::Seconds(1));
  EXPECT_LE(FromProto(made.expire_time()), absl::Now() + absl::Hours(72));
  EXPECT_THAT(Reserve(uaq, place_, "ana", -1, 7), HasReason("INVALID_FIELDS"));
  EXPECT_THAT(Reserve(uaq, place_, "ana", 1, 30), HasReason("INVALID_FIELDS"));
  EXPECT_THAT(Reserve(uaq, PlaceName("none"), "ana"), HasReason("TRAINING_PLACE_NOT_FOUND"));
  EXPECT_EQ(Taken(place_), "3: 1 held, 0 confirmed, 0 started");
  // Only checked, nothing is taken.
  ASSERT_OK(Reserve(uaq, place_, "luz", 1, 7, "validate_only: true"));
  EXPECT_EQ(Taken(place_), "3: 1 held, 0 confirmed, 0 started");
  // The same call again is the same reservation.
  const std::string call = "request_id: '3b2f1d8e-6a4c-4f0e-9d57-0c1b2a394857'",
                    id = crypto::Uuid4();
  ASSERT_OK_AND_ASSIGN(const auto once, Reserve(uaq, place_, "luz", 1, 7, call, id));
  ASSERT_OK_AND_ASSIGN(const auto again, Reserve(uaq, place_, "luz", 1, 7, call, id));
  EXPECT_EQ(once.name(), again.name());
  EXPECT_THAT(Reserve(uaq, place_, "eva", 1, 7, "", id),
              HasReason("PLACE_RESERVATION_ALREADY_EXISTS"));
  EXPECT_EQ(Taken(place_), "3: 2 held, 0 confirmed, 0 started");
}

TEST_F(PlaceReservations, AreOfTheSchoolsOwnLearners) {
  const auto request = [&](const std::string& school, const std::string& learner) {
    return absl::StrCat("place_reservation_id: '", crypto::Uuid4(),
                        "' place_reservation { training_place: '", place_,
                        "' organization: 'organizations/", school, "' learner: '", learner,
                        "' start_date {", In(0), "} end_date {", In(1), "} }");
  };
  const auto reserve = [&](const std::string& caller, const std::string& wanted) {
    return gateway.Ask(&Reservations::ReserveTrainingPlace, wanted, caller).status();
  };
  EXPECT_THAT(reserve("organization/utt", request("utt", Learner("a", "uaq"))),
              HasReason("INVALID_FIELDS"));
  EXPECT_THAT(reserve("organization/utt", request("uaq", Learner("a", "uaq"))),
              HasReason("OWNER_MISMATCH"));
  EXPECT_THAT(reserve("company/acme", request("utt", Learner("a"))), HasReason("CALLER_REFUSED"));
  EXPECT_THAT(reserve("agency/economy", request("utt", Learner("a"))), HasReason("CALLER_REFUSED"));
  EXPECT_THAT(utt.Ask(&Reservations::ReserveTrainingPlace, request("utt", Learner("a"))),
              HasReason("DELEGATION_REQUIRED"))
      << "a seat alone, without an enrolment";
  EXPECT_THAT(
      reserve("organization/utt", request("utt", "organizations/utt/learners/boxw310820hnerxn09")),
      HasReason("INVALID_FIELDS"))
      << "a CURP";
  const std::string long_id(60, 'x');  // whose path is longer than a source may be
  Party nameless(database, "organization/" + long_id);
  EXPECT_THAT(Reserve(nameless, place_, "a"), HasReason("INVALID_FIELDS"));
  EXPECT_EQ(Count("SELECT COUNT(*) FROM place_reservation"), 0);
  EXPECT_EQ(Taken(place_), "3: 0 held, 0 confirmed, 0 started");
}

// Every verb in every state.
TEST_F(PlaceReservations, LeadFromStateToState) {
  struct Way {
    Standing state;
    std::vector<std::string> verbs;
    std::vector<std::string> allowed;
  };
  const Way ways[] = {
      {v1::PLACE_RESERVATION_STATE_HELD, {}, {"Confirm", "Release"}},
      {v1::PLACE_RESERVATION_STATE_CONFIRMED,
       {"Confirm"},
       {"Start", "Release", "NoShow", "BreakOff"}},
      {v1::PLACE_RESERVATION_STATE_STARTED, {"Confirm", "Start"}, {"Complete", "BreakOff"}},
      {v1::PLACE_RESERVATION_STATE_COMPLETED, {"Confirm", "Start", "Complete"}, {}},
      {v1::PLACE_RESERVATION_STATE_RELEASED, {"Release"}, {}},
      {v1::PLACE_RESERVATION_STATE_NO_SHOW, {"Confirm", "NoShow"}, {}},
      {v1::PLACE_RESERVATION_STATE_BROKEN_OFF, {"Confirm", "BreakOff"}, {}},
  };
  const std::pair<const char*, Standing> verbs[] = {
      {"Confirm", v1::PLACE_RESERVATION_STATE_CONFIRMED},
      {"Start", v1::PLACE_RESERVATION_STATE_STARTED},
      {"Complete", v1::PLACE_RESERVATION_STATE_COMPLETED},
      {"Release", v1::PLACE_RESERVATION_STATE_RELEASED},
      {"NoShow", v1::PLACE_RESERVATION_STATE_NO_SHOW},
      {"BreakOff", v1::PLACE_RESERVATION_STATE_BROKEN_OFF}};
  ASSERT_OK(ChangeSeats(acme, place_, 500));
  for (const Way& way : ways) {
    for (const auto& [verb, to] : verbs) {
      SCOPED_TRACE(absl::StrCat(v1::PlaceReservationState_Name(way.state), " ", verb));
      const std::string name = After(way.verbs);
      ASSERT_OK_AND_ASSIGN(const auto before, GetReservation(name));
      ASSERT_EQ(before.state(), way.state);
      const absl::Status done = Call(MayCall(verb), verb, name);
      ASSERT_OK_AND_ASSIGN(const auto after, GetReservation(name));
      if (std::count(way.allowed.begin(), way.allowed.end(), verb) == 1) {
        EXPECT_OK(done);
        EXPECT_EQ(after.state(), to);
      } else {
        EXPECT_THAT(done, HasReason("PLACE_RESERVATION_STATE_WRONG"));
        EXPECT_EQ(after.etag(), before.etag());
      }
    }
  }
}

TEST_F(PlaceReservations, AreActedOnByTheirTwoSidesAlone) {
  struct Case {
    const char* verb;
    std::vector<std::string> first;
    const char* by_school;  // reason, "" for OK
    const char* by_company;
  };
  const Case cases[] = {
      {"Confirm", {}, "CALLER_REFUSED", ""},
      {"Start", {"Confirm"}, "CALLER_REFUSED", ""},
      {"NoShow", {"Confirm"}, "CALLER_REFUSED", ""},
      {"Complete", {"Confirm", "Start"}, "CALLER_REFUSED", ""},
      {"Release", {}, "", "CALLER_REFUSED"},
      {"BreakOff", {"Confirm"}, "", ""},
  };
  ASSERT_OK(ChangeSeats(acme, place_, 50));
  Party chamber(database, "chamber/a"), council(database, "council/cce");
  for (const Case& each : cases) {
    SCOPED_TRACE(each.verb);
    const std::string name = After(each.first);
    EXPECT_EQ(Reason(Call(utt, each.verb, After(each.first))), each.by_school);
    EXPECT_EQ(Reason(Call(acme, each.verb, After(each.first))), each.by_company);
    // Another school and another company are told what they are told of what is not there.
    Party &school = uaq, &company = globex;
    for (Party* party : {&school, &company}) {
      const absl::Status others = Call(*party, each.verb, name);
      if (Reason(others) == "CALLER_REFUSED") continue;
      EXPECT_THAT(others, HasReason("PLACE_RESERVATION_NOT_FOUND"));
      const absl::Status absent = Call(*party, each.verb, "placeReservations/absent");
      EXPECT_EQ(Reason(absent), Reason(others));
    }
    for (Party* party : {&chamber, &council, &economy}) {
      EXPECT_THAT(Call(*party, each.verb, name), HasReason("CALLER_REFUSED"));
    }
  }
}

TEST_F(PlaceReservations, AreReadByTheirTwoSidesAndEconomy) {
  ASSERT_OK_AND_ASSIGN(const auto made, Reserve(utt, place_, "ana"));
  for (Party* party : {&utt, &acme, &economy}) {
    EXPECT_OK(party->Ask(&Reservations::GetPlaceReservation, Named(made.name())));
  }
  for (Party* party : {&uaq, &globex}) {
    EXPECT_THAT(party->Ask(&Reservations::GetPlaceReservation, Named(made.name())),
                HasReason("PLACE_RESERVATION_NOT_FOUND"));
    EXPECT_THAT(party->Ask(&Reservations::ListPlaceReservationRevisions, Named(made.name())),
                HasReason("PLACE_RESERVATION_NOT_FOUND"));
  }
  Party chamber(database, "chamber/a");
  EXPECT_THAT(chamber.Ask(&Reservations::GetPlaceReservation, Named(made.name())),
              HasReason("CALLER_REFUSED"));
  EXPECT_THAT(Listed(utt, "organization = \\\"organizations/utt\\\""), ElementsAre(made.name()));
  EXPECT_THAT(Listed(utt, "organization = \\\"organizations/utt\\\" AND state = HELD"),
              ElementsAre(made.name()));
  EXPECT_THAT(
      Listed(utt, absl::StrCat("organization = \\\"organizations/utt\\\" AND learner = \\\"",
                               Learner("ana"), "\\\"")),
      ElementsAre(made.name()));
  EXPECT_THAT(
      Listed(acme, absl::StrCat("company = \\\"companies/acme\\\" AND training_place = \\\"",
                                place_, "\\\"")),
      ElementsAre(made.name()));
  EXPECT_THAT(Listed(globex, "company = \\\"companies/globex\\\""), ElementsAre());
  for (const char* filter :
       {"", "organization = \\\"organizations/utt\\\"", "company = \\\"companies/acme\\\""}) {
    EXPECT_THAT(
        globex.Ask(&Reservations::ListPlaceReservations, absl::StrCat("filter: '", filter, "'")),
        HasReason("OWNER_LIST_REFUSED"));
  }
}

// Two companies, or a company that looks at all its answers, find no name that a school gave.
TEST_F(PlaceReservations, ShowACompanyItsOwnPseudonymAlone) {
  ASSERT_OK(Offer("other", 3, "globex"));
  ASSERT_OK_AND_ASSIGN(const auto first, Reserve(utt, place_, "ana", 0, 3));
  ASSERT_OK_AND_ASSIGN(const auto second, Reserve(utt, place_, "ana", 4, 7));
  ASSERT_OK_AND_ASSIGN(const auto elsewhere,
                       Reserve(utt, PlaceName("other", "globex"), "ana", 8, 9));
  ASSERT_OK_AND_ASSIGN(const auto another, Reserve(utt, place_, "luz", 0, 3));
  EXPECT_EQ(first.company_learner(), second.company_learner());
  EXPECT_NE(first.company_learner(), elsewhere.company_learner());
  EXPECT_NE(first.company_learner(), another.company_learner());
  EXPECT_EQ(first.learner(), Learner("ana"));

  const auto hidden = [&](const google::protobuf::Message& answer) {
    return answer.ShortDebugString().find("learners/") == std::string::npos;
  };
  ASSERT_OK_AND_ASSIGN(const auto read,
                       acme.Ask(&Reservations::GetPlaceReservation, Named(first.name())));
  EXPECT_TRUE(hidden(read));
  EXPECT_EQ(read.company_learner(), first.company_learner());
  ASSERT_OK_AND_ASSIGN(const auto confirmed, Confirm(first.name()));
  EXPECT_TRUE(hidden(confirmed));
  ASSERT_OK_AND_ASSIGN(const auto listed, acme.Ask(&Reservations::ListPlaceReservations,
                                                   "filter: 'company = \\\"companies/acme\\\"'"));
  EXPECT_EQ(listed.place_reservations_size(), 3);
  EXPECT_TRUE(hidden(listed));
  ASSERT_OK_AND_ASSIGN(const auto revisions,
                       acme.Ask(&Reservations::ListPlaceReservationRevisions, Named(first.name())));
  EXPECT_EQ(revisions.place_reservations_size(), 2);
  EXPECT_TRUE(hidden(revisions));
  ASSERT_OK_AND_ASSIGN(const auto batch, acme.Ask(&Reservations::BatchGetPlaceReservations,
                                                  absl::StrCat("names: '", first.name(), "'")));
  EXPECT_TRUE(hidden(batch));
  EXPECT_THAT(
      acme.Ask(&Reservations::ListPlaceReservations,
               absl::StrCat("filter: 'organization = \\\"organizations/utt\\\" AND learner = \\\"",
                            Learner("ana"), "\\\"'")),
      HasReason("OWNER_LIST_REFUSED"));
}

TEST_F(PlaceReservations, GiveALearnerOnePlaceAtATime) {
  ASSERT_OK_AND_ASSIGN(const auto first, Reserve(utt, place_, "ana", 2, 5));
  struct Case {
    int first, last;
    bool overlaps;
  };
  for (const Case& each : {Case{0, 1, false}, Case{0, 2, true}, Case{3, 4, true}, Case{1, 9, true},
                           Case{5, 6, true}, Case{6, 9, false}}) {
    const auto done = Reserve(utt, place_, "ana", each.first, each.last, "validate_only: true");
    EXPECT_EQ(Reason(done.status()), each.overlaps ? "LEARNER_PLACED" : "") << each.first;
    if (each.overlaps) {
      EXPECT_EQ(MetadataOf(done.status(), "reservation"), first.name());
    }
  }
  EXPECT_OK(Reserve(uaq, place_, "ana", 2, 5)) << "another school's learner is another";
  ASSERT_OK(Release(first.name()));
  EXPECT_OK(Reserve(utt, place_, "ana", 2, 5));
}

TEST_F(PlaceReservations, AreGivenBackWhereNobodyConfirms) {
  ASSERT_OK_AND_ASSIGN(const auto made, Reserve(utt, place_, "ana"));
  LetLapse(made.name());
  // The time decides, whatever due work has done.
  EXPECT_THAT(Confirm(made.name()), HasReason("RESERVATION_LAPSED"));
  Wake(IdOf(made.name()));
  ASSERT_TRUE(Becomes([&] {
    const auto now = GetReservation(made.name());
    return now.ok() && now->state() == v1::PLACE_RESERVATION_STATE_RELEASED;
  }));
  ASSERT_OK_AND_ASSIGN(const auto after, GetReservation(made.name()));
  EXPECT_EQ(after.release_cause(), v1::RELEASE_CAUSE_EXPIRED);
  EXPECT_EQ(after.etag(), "v2");
  EXPECT_EQ(Taken(place_), "3: 0 held, 0 confirmed, 0 started");
  // What was confirmed waits for nothing any more.
  ASSERT_OK_AND_ASSIGN(const auto confirmed, Reserve(utt, place_, "ana"));
  ASSERT_OK(Confirm(confirmed.name()));
  ASSERT_TRUE(Becomes([&] {
    return Count("SELECT COUNT(*) FROM due WHERE kind = 'place_reservations.expire'") == 0;
  }));
}

// The rule of the day bounds them: an organization's own before that of all, and none that begins
// later. What is held keeps the time that it was given.
TEST_F(PlaceReservations, AreBoundByTheRuleOfTheDay) {
  using Rules = v1::PlaceRuleService::Stub;
  const auto rule = [&](const std::string& id, const std::string& of, int from, int most,
                        int hours) {
    return economy.Ask(
        &Rules::CreatePlaceRule,
        absl::StrCat("place_rule_id: '", id, "' place_rule { label_es: 'R' organization: '", of,
                     "' begin_date {", In(from), "} held_most: ", most, " hold_hours: ", hours,
                     " another_place_days: 7 pause_days: 8 end_days: 9 ", testing::kProvenance,
                     "}"));
  };
  const auto hours = [](const v1::PlaceReservation& held) {
    return absl::ToInt64Hours(FromProto(held.expire_time()) - FromProto(held.create_time()) +
                              absl::Minutes(1));
  };
  ASSERT_OK_AND_ASSIGN(const auto before, Reserve(utt, place_, "before"));
  EXPECT_EQ(hours(before), 72);
  ASSERT_OK(rule("all", "", -9, 100, 24));
  ASSERT_OK(rule("later", "", 1, 1, 1));
  ASSERT_OK(rule("own-old", "organizations/utt", -5, 7, 7));
  ASSERT_OK(rule("own", "organizations/utt", 0, 2, 2));
  EXPECT_THAT(rule("again", "organizations/utt", 0, 3, 3), HasReason("PLACE_RULE_BEGIN_TAKEN"));
  ASSERT_OK_AND_ASSIGN(const auto own, Reserve(utt, place_, "own"));
  EXPECT_EQ(hours(own), 2);
  const auto over = Reserve(utt, place_, "over");
  EXPECT_THAT(over, HasReason("RESERVATIONS_TOO_MANY"));
  EXPECT_EQ(MetadataOf(over.status(), "most"), "2");
  ASSERT_OK_AND_ASSIGN(const auto others, Reserve(uaq, place_, "others"));
  EXPECT_EQ(hours(others), 24);
  ASSERT_OK_AND_ASSIGN(const auto kept, GetReservation(before.name()));
  EXPECT_EQ(hours(kept), 72);
  ASSERT_OK(Confirm(own.name()));
  ASSERT_OK_AND_ASSIGN(const auto broken,
                       Do(acme, &Reservations::BreakOffPlaceReservation, own.name(),
                          "break_off_cause: BREAK_OFF_CAUSE_MUTUAL follow_up: "
                          "FOLLOW_UP_ANOTHER_PLACE"));
  EXPECT_EQ(ToCivilDay(broken.follow_due_date()), testing::Today() + 7);
}

TEST_F(PlaceReservations, AreHeldUpToACap) {
  ASSERT_OK(ChangeSeats(acme, place_, 300));
  std::string first;
  for (int i = 0; i < 200; ++i) {
    ASSERT_OK_AND_ASSIGN(const auto made, Reserve(utt, place_, absl::StrCat("l", i)));
    if (i == 0) first = made.name();
  }
  const auto over = Reserve(utt, place_, "one-more");
  EXPECT_THAT(over, HasReason("RESERVATIONS_TOO_MANY"));
  EXPECT_EQ(MetadataOf(over.status(), "most"), "200");
  ASSERT_OK_AND_ASSIGN(const auto oldest, GetReservation(first));
  EXPECT_EQ(
      MetadataOf(over.status(), "free_time"),
      absl::FormatTime(absl::RFC3339_sec, FromProto(oldest.expire_time()), absl::UTCTimeZone()));
  EXPECT_OK(Reserve(uaq, place_, "another-school"));
  ASSERT_OK(Confirm(first));  // which is held no more
  EXPECT_OK(Reserve(utt, place_, "one-more"));
}

TEST_F(PlaceReservations, BeginAndAreMissedOnTheirDays) {
  ASSERT_OK_AND_ASSIGN(const auto to_come, Reserve(utt, place_, "ana", 1, 5));
  ASSERT_OK(Confirm(to_come.name()));
  EXPECT_THAT(Do(acme, &Reservations::StartPlaceReservation, to_come.name()),
              HasReason("STAY_TO_COME"));
  EXPECT_THAT(Do(acme, &Reservations::NoShowPlaceReservation, to_come.name()),
              HasReason("STAY_TO_COME"));
  Execute("UPDATE place_reservation SET start_date = '2026-01-01', end_date = '2026-01-02'");
  EXPECT_THAT(Do(acme, &Reservations::StartPlaceReservation, to_come.name()),
              HasReason("STAY_OVER"));
  ASSERT_OK_AND_ASSIGN(const auto missed,
                       Do(acme, &Reservations::NoShowPlaceReservation, to_come.name()));
  EXPECT_TRUE(missed.has_no_show_time());
  EXPECT_EQ(Taken(place_), "3: 0 held, 0 confirmed, 0 started");
}

TEST_F(PlaceReservations, AreHeldNoLongerThanTheirStay) {
  ASSERT_OK_AND_ASSIGN(const auto short_stay, Reserve(utt, place_, "ana", 0, 1));
  EXPECT_EQ(FromProto(short_stay.expire_time()), StartOf(testing::Today() + 2));
  ASSERT_OK_AND_ASSIGN(const auto made, Reserve(utt, place_, "luz"));
  Execute(
      absl::StrCat("UPDATE place_reservation SET start_date = '2026-01-01',"
                   " end_date = '2026-01-02' WHERE id = '",
                   IdOf(made.name()), "'"));
  EXPECT_THAT(Confirm(made.name()), HasReason("STAY_OVER"));
}

TEST_F(PlaceReservations, SayWhoBrokeOffAndWhatFollows) {
  struct Case {
    Party& party;
    const char* follow_up;
    v1::PlaceParty by;
    int days;
  };
  const Case cases[] = {
      {acme, "FOLLOW_UP_ANOTHER_PLACE", v1::PLACE_PARTY_COMPANY, 15},
      {utt, "FOLLOW_UP_PAUSE", v1::PLACE_PARTY_ORGANIZATION, 30},
      {utt, "FOLLOW_UP_END", v1::PLACE_PARTY_ORGANIZATION, 5},
  };
  for (const Case& each : cases) {
    const std::string name = After({"Confirm", "Start"});
    EXPECT_THAT(Do(each.party, &Reservations::BreakOffPlaceReservation, name),
                HasReason("INVALID_FIELDS"));
    ASSERT_OK_AND_ASSIGN(
        const auto broken,
        Do(each.party, &Reservations::BreakOffPlaceReservation, name,
           absl::StrCat("break_off_cause: BREAK_OFF_CAUSE_OTHER follow_up: ", each.follow_up)));
    EXPECT_EQ(broken.break_off_party(), each.by);
    EXPECT_EQ(broken.break_off_cause(), v1::BREAK_OFF_CAUSE_OTHER);
    EXPECT_EQ(ToCivilDay(broken.follow_due_date()), Today() + each.days);
    EXPECT_TRUE(broken.has_break_off_time());
  }
}

// Each rests on a row that the other side writes.
TEST_F(PlaceReservations, WaitForWhoeverChangesWhatTheyRestOn) {
  ASSERT_OK(Reserve(utt, place_, "luz"));
  sql::Connection open{database};
  const auto begin = [&](const std::vector<std::string>& statements) {
    MustExecute(open, "START TRANSACTION");
    for (const std::string& statement : statements) MustExecute(open, statement);
  };
  // Another reservation of the same organization, which makes the learner placed.
  begin({"UPDATE reserving_organization SET guard = guard + 1",
         absl::StrCat("UPDATE place_reservation SET learner = '", Learner("ana"), "'")});
  EXPECT_TRUE(WaitsFor(
      open, [&] { EXPECT_THAT(Reserve(utt, place_, "ana"), HasReason("LEARNER_PLACED")); }));
  begin({"UPDATE training_place SET state = 2, version = version + 1"});
  EXPECT_TRUE(WaitsFor(open, [&] {
    EXPECT_THAT(Reserve(utt, place_, "eva"), HasReason("TRAINING_PLACE_STATE_WRONG"));
  }));
  Execute("UPDATE training_place SET state = 1, version = version + 1");
  begin({"UPDATE training_place SET version = version + 1",
         "UPDATE training_place_seats SET offered = 1"});
  EXPECT_TRUE(
      WaitsFor(open, [&] { EXPECT_THAT(Reserve(utt, place_, "eva"), HasReason("PLACES_TAKEN")); }));
  // A reservation that is being made, when the seats are lowered.
  begin({"UPDATE training_place SET guard = guard + 1",
         "UPDATE training_place_seats SET offered = 4, held = 3"});
  EXPECT_TRUE(
      WaitsFor(open, [&] { EXPECT_THAT(ChangeSeats(acme, place_, 2), HasReason("SEATS_TAKEN")); }));
}

TEST_F(PlaceReservations, NeedAPlaceAndACompanyThatStand) {
  ASSERT_OK(acme.Ask(&Offers::PauseTrainingPlace, Named(place_)));
  EXPECT_THAT(Reserve(utt, place_, "ana"), HasReason("TRAINING_PLACE_STATE_WRONG"));
  ASSERT_OK(acme.Ask(&Offers::OpenTrainingPlace, Named(place_)));
  ASSERT_OK_AND_ASSIGN(const auto made, Reserve(utt, place_, "ana"));
  ASSERT_OK(acme.Ask(&Offers::CloseTrainingPlace,
                     Named(place_, "close_reason: PLACE_CLOSE_REASON_WITHDRAWN")));
  EXPECT_THAT(Reserve(utt, place_, "luz"), HasReason("TRAINING_PLACE_STATE_WRONG"));
  EXPECT_OK(Confirm(made.name())) << "what is reserved goes on";
  ASSERT_OK(Offer("two", 1));
  ASSERT_OK(economy.Ask(&v1::CompanyService::Stub::SuspendCompany,
                        "name: 'companies/acme' reason: 'Prueba'"));
  EXPECT_THAT(Reserve(utt, PlaceName("two"), "luz"), HasReason("COMPANY_STATE_WRONG"));
}

}  // namespace
}  // namespace puente::economy
