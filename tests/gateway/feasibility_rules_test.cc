// The rule of CheckFeasibility alone: each verdict and each need, and random campuses beside a
// model that looks at nothing but whether each thing that is needed is there.
#include "gateway/council/feasibility_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "tests/gateway/answers.h"

namespace puente::council {
namespace {

using economy::v1::FindPlacesResponse;
using education::v1::TeachingSite;
using gateway::v1::CampusFeasibility;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

// A campus that lacks nothing for 30 learners of welding.
constexpr char kReady[] = R"pb(
  organization: "organizations/a"
  control: ORGANIZATION_CONTROL_PUBLIC
  organization_state: ORGANIZATION_STATE_REGISTERED
  campus { name: "organizations/a/campuses/a" }
  state_code: "11"
  programs {
    program_version: "programs/p/versions/1"
    skills: "skills/welding"
    seats { period: "2026-2027" seats: 40 }
    recognition: RECOGNITION_NOT_NEEDED
    teachers {
      skill: "skills/welding"
      state: TEACHER_COVERAGE_STATE_SHOWN
      teacher_count: 12
      up_to_date_count: 2
    }
  }
  facilities {
    facility: "facilities/own"
    capacity: 30
    skills: "skills/welding"
    terms: FACILITY_TERMS_OWN
  }
)pb";

TeachingSite Ready() { return Of<TeachingSite>(kReady); }

Wanted Welding(int seats = 30) {
  Wanted wanted;
  wanted.skills = {"skills/welding"};
  wanted.seat_count = seats;
  return wanted;
}

// "NOW", "WITH: TEACHERS_TO_TRAIN welding 2, RVOE", "NOT_KNOWN: PROGRAM plc; TEACHERS welding
// HIDDEN".
std::string Told(const CampusFeasibility& told) {
  std::string text = gateway::v1::FeasibilityVerdict_Name(told.verdict()).substr(20);
  const char* between = ": ";
  for (const auto& need : told.needs()) {
    absl::StrAppend(&text, between, gateway::v1::FeasibilityNeedKind_Name(need.kind()).substr(22));
    if (!need.skill().empty()) absl::StrAppend(&text, " ", need.skill().substr(7));
    if (!need.facility().empty()) absl::StrAppend(&text, " ", need.facility().substr(11));
    if (need.has_count()) absl::StrAppend(&text, " ", need.count());
    between = ", ";
  }
  between = "; ";
  for (const auto& gap : told.unknowns()) {
    absl::StrAppend(&text, between, gateway::v1::FeasibilitySubject_Name(gap.subject()).substr(20));
    if (!gap.skill().empty()) absl::StrAppend(&text, " ", gap.skill().substr(7));
    absl::StrAppend(&text, " ", gateway::v1::FeasibilityGapReason_Name(gap.reason()).substr(23),
                    " of ", gap.agency());
  }
  return text;
}

std::string Verdict(const TeachingSite& site, const Wanted& wanted = Welding(),
                    bool has_rule = true, const PlacesKnown& places = {}) {
  return Told(Judge(wanted, site, has_rule, places));
}

TEST(Feasibility, IsNowWhereNothingIsLacking) { EXPECT_EQ(Verdict(Ready()), "NOW"); }

TEST(Feasibility, NeedsEachThingThatIsLacking) {
  auto site = Ready();
  site.set_organization_state(education::v1::ORGANIZATION_STATE_SUSPENDED);
  EXPECT_EQ(Verdict(site), "WITH: REGISTRATION");
  site = Ready();
  site.clear_programs();
  EXPECT_EQ(Verdict(site), "WITH: PROGRAM welding");
  site = Ready();
  site.mutable_programs(0)->clear_seats();
  EXPECT_EQ(Verdict(site), "WITH: SEATS welding");
  site.mutable_programs(0)->add_seats()->set_seats(0);
  EXPECT_EQ(Verdict(site), "WITH: SEATS welding");
  site = Ready();
  site.mutable_programs(0)->set_recognition(education::v1::RECOGNITION_NONE);
  EXPECT_EQ(Verdict(site), "WITH: RVOE welding");
  site = Ready();
  site.clear_facilities();
  EXPECT_EQ(Verdict(site), "WITH: EQUIPMENT_MISSING welding 30");
  Wanted in_a_room = Welding();
  in_a_room.room_skills = {"skills/welding"};
  EXPECT_EQ(Verdict(site, in_a_room), "NOW");
}

TEST(Feasibility, CountsTeachersToTrainAndMissing) {
  auto site = Ready();
  EXPECT_EQ(Verdict(site, Welding(60)).substr(0, 31), "WITH: EQUIPMENT_MISSING welding");
  site.mutable_facilities(0)->set_capacity(1'000);
  EXPECT_EQ(Verdict(site, Welding(60)), "NOW");
  EXPECT_EQ(Verdict(site, Welding(61)), "WITH: TEACHERS_TO_TRAIN welding 1");
  EXPECT_EQ(Verdict(site, Welding(360)), "WITH: TEACHERS_TO_TRAIN welding 10");
  EXPECT_EQ(Verdict(site, Welding(421)),
            "WITH: TEACHERS_TO_TRAIN welding 10, TEACHERS_MISSING welding 3");
  Wanted more_to_each = Welding(421);
  more_to_each.learners_per_teacher = 211;
  EXPECT_EQ(Verdict(site, more_to_each), "NOW");
  auto& none = *site.mutable_programs(0)->mutable_teachers(0);
  none.set_state(education::v1::TEACHER_COVERAGE_STATE_NONE);
  none.set_teacher_count(0);
  none.set_up_to_date_count(0);
  EXPECT_EQ(Verdict(site), "WITH: TEACHERS_MISSING welding 1");
}

TEST(Feasibility, IsNotKnownWhereWhatDecidesIsNot) {
  auto site = Ready();
  auto& hidden = *site.mutable_programs(0)->mutable_teachers(0);
  hidden.set_state(education::v1::TEACHER_COVERAGE_STATE_HIDDEN);
  hidden.clear_teacher_count();
  hidden.clear_up_to_date_count();
  EXPECT_EQ(Verdict(site), "NOT_KNOWN; TEACHERS welding HIDDEN of education");
  EXPECT_EQ(Verdict(Ready(), Welding(), false), "NOT_KNOWN; TEACHERS welding UNKNOWN of education");
  // What is lacking besides is said too.
  site.clear_facilities();
  EXPECT_EQ(Verdict(site),
            "NOT_KNOWN: EQUIPMENT_MISSING welding 30; TEACHERS welding HIDDEN of education");
  // More than was looked at may be what it takes.
  site = Ready();
  site.add_skills_taught_more("skills/welding");
  site.add_skills_equipped_more("skills/welding");
  EXPECT_EQ(Verdict(site), "NOW");
  EXPECT_EQ(Verdict(site, Welding(60)), "NOT_KNOWN; FACILITIES welding NOT_ASKED of education");
  site.clear_programs();
  EXPECT_EQ(Verdict(site), "NOT_KNOWN: PROGRAM welding; PROGRAMS welding NOT_ASKED of education");
}

TEST(Feasibility, TakesTheProgramByWhichItCanMostNearlyBeTaught) {
  auto site = Ready();
  auto& other = *site.add_programs();
  other = site.programs(0);
  other.set_program_version("programs/q/versions/1");
  site.mutable_programs(0)->clear_seats();
  EXPECT_EQ(Verdict(site), "NOW");
  // That might do, rather than one that certainly does not.
  site.mutable_programs(1)->mutable_teachers(0)->set_state(
      education::v1::TEACHER_COVERAGE_STATE_HIDDEN);
  EXPECT_EQ(Verdict(site), "NOT_KNOWN; TEACHERS welding HIDDEN of education");
  site.mutable_programs(1)->clear_seats();
  EXPECT_EQ(Verdict(site), "WITH: SEATS welding");
}

TEST(Feasibility, NamesAWorkshopWithinReach) {
  auto site = Ready();
  site.mutable_facilities(0)->set_capacity(10);
  const auto share = [&](const std::string& id, int capacity, education::v1::FacilityTerms terms) {
    auto& shared = *site.add_shared_facilities();
    shared.set_facility("facilities/" + id);
    shared.set_capacity(capacity);
    shared.add_skills("skills/welding");
    shared.set_terms(terms);
  };
  share("small", 19, education::v1::FACILITY_TERMS_IN_FORCE);
  EXPECT_EQ(Verdict(site), "WITH: EQUIPMENT_MISSING welding 20");
  share("near", 20, education::v1::FACILITY_TERMS_HIDDEN);
  share("next", 25, education::v1::FACILITY_TERMS_NONE);
  const auto told = Judge(Welding(), site, true, {});
  EXPECT_EQ(Told(told), "WITH: SHARED_WORKSHOP welding near 20");
  EXPECT_EQ(told.needs(0).terms(), education::v1::FACILITY_TERMS_HIDDEN);
  EXPECT_THAT(told.uses(), IsEmpty());
  share("agreed", 20, education::v1::FACILITY_TERMS_IN_FORCE);
  EXPECT_EQ(Verdict(site), "NOW");
  EXPECT_THAT(Judge(Welding(), site, true, {}).uses(), ElementsAre("facilities/agreed"));
}

TEST(Feasibility, DependsOnTrainingPlacesOnlyIfTheyAreAskedFor) {
  const PlacesKnown unknown = KnownOf(Welding(), nullptr, true);
  EXPECT_EQ(Verdict(Ready(), Welding(), true, unknown), "NOW");
  Wanted wanted = Welding();
  wanted.training_place_count = 3;
  const auto verdict = [&](const FindPlacesResponse* found, bool asked = true) {
    return Verdict(Ready(), wanted, true, KnownOf(wanted, found, asked));
  };
  EXPECT_EQ(verdict(nullptr), "NOT_KNOWN; TRAINING_PLACES UNKNOWN of economy");
  EXPECT_EQ(verdict(nullptr, false), "NOT_KNOWN; TRAINING_PLACES NOT_ASKED of economy");
  FindPlacesResponse found;
  EXPECT_EQ(verdict(&found), "WITH: TRAINING_PLACES 3") << "there are none, which is known";
  found.add_matches()->set_free(2);
  EXPECT_EQ(verdict(&found), "WITH: TRAINING_PLACES 1");
  found.set_next_page_token("more");
  EXPECT_EQ(verdict(&found), "NOT_KNOWN; TRAINING_PLACES NOT_ASKED of economy");
  found.clear_next_page_token();
  found.mutable_matches(0)->clear_free();
  EXPECT_EQ(verdict(&found), "NOT_KNOWN; TRAINING_PLACES HIDDEN of economy");
  found.add_matches();
  found.add_matches();
  EXPECT_EQ(verdict(&found), "NOW") << "each that is found has a seat free";
}

TEST(Feasibility, CountsTrainingPlacesOfTheStateAlone) {
  Wanted wanted = Welding();
  wanted.training_place_count = 3;
  auto found = Of<FindPlacesResponse>(R"pb(
    matches { nearness: NEARNESS_SAME_MUNICIPALITY free: 1 }
    matches { nearness: NEARNESS_SAME_STATE free: 1 }
    matches { nearness: NEARNESS_OTHER_STATE free: 9 }
    matches { nearness: NEARNESS_OTHER_STATE }
    next_page_token: "more"
  )pb");
  KeepOfState(found);
  EXPECT_EQ(found.matches_size(), 2);
  EXPECT_EQ(Verdict(Ready(), wanted, true, KnownOf(wanted, &found, true)),
            "WITH: TRAINING_PLACES 1")
      << "there are no more, whatever is hidden elsewhere";
  found.set_next_page_token("more");
  KeepOfState(found);
  EXPECT_EQ(found.next_page_token(), "more") << "of the state there may be more";
}

TEST(Feasibility, CountsTrainingPlacesOfItsKindAlone) {
  Wanted wanted = Welding();
  wanted.training_place_count = 3;
  auto found = Of<FindPlacesResponse>(R"pb(
    matches {
      free: 9
      training_place { record_kind: RECORD_KIND_GENERATED }
    }
    matches {
      free: 1
      training_place { record_kind: RECORD_KIND_REAL }
    }
    matches { training_place { record_kind: RECORD_KIND_GENERATED } }
  )pb");
  KeepOfKind(type::v1::RECORD_KIND_REAL, found);
  EXPECT_EQ(found.matches_size(), 1);
  EXPECT_EQ(Verdict(Ready(), wanted, true, KnownOf(wanted, &found, true)),
            "WITH: TRAINING_PLACES 2");
  found.set_next_page_token("more");
  EXPECT_EQ(Verdict(Ready(), wanted, true, KnownOf(wanted, &found, true)),
            "NOT_KNOWN; TRAINING_PLACES NOT_ASKED of economy")
      << "real ones may come after the generated";
}

// What a random campus has of a skill, and what it takes.
class Random {
 public:
  explicit Random(int seed) : random_(seed) {}

  int Pick(int most) { return static_cast<int>(random_() % most); }
  bool Often() { return Pick(4) > 0; }

  TeachingSite Site(const std::vector<std::string>& skills) {
    TeachingSite site;
    site.set_organization_state(Often() ? education::v1::ORGANIZATION_STATE_REGISTERED
                                        : education::v1::ORGANIZATION_STATE_SUSPENDED);
    for (int i = Pick(3); i >= 0; --i) {
      auto& program = *site.add_programs();
      program.set_program_version(absl::StrCat("programs/p", i, "/versions/1"));
      if (Often()) program.add_seats()->set_seats(Pick(3));
      program.set_recognition(Often() ? education::v1::RECOGNITION_IN_FORCE
                                      : education::v1::RECOGNITION_NONE);
      for (const std::string& skill : skills) {
        if (!Often()) continue;
        program.add_skills(skill);
        Teachers(skill, *program.add_teachers());
      }
    }
    for (const std::string& skill : skills) {
      for (int i = Pick(3); i > 0; --i) Facility(skill, 20, true, *site.add_facilities());
      for (int i = Pick(3); i > 0; --i) Facility(skill, 60, false, *site.add_shared_facilities());
      if (Pick(8) == 0) site.add_skills_taught_more(skill);
      if (Pick(8) == 0) site.add_skills_equipped_more(skill);
    }
    return site;
  }

 private:
  void Teachers(const std::string& skill, education::v1::SkillTeachers& teachers) {
    teachers.set_skill(skill);
    const int state = Pick(4);
    if (state == 0) return teachers.set_state(education::v1::TEACHER_COVERAGE_STATE_HIDDEN);
    teachers.set_state(state == 1 ? education::v1::TEACHER_COVERAGE_STATE_NONE
                                  : education::v1::TEACHER_COVERAGE_STATE_SHOWN);
    teachers.set_teacher_count(state == 1 ? 0 : 1 + Pick(4));
    teachers.set_up_to_date_count(state == 1 ? 0 : Pick(teachers.teacher_count() + 1));
  }
  void Facility(const std::string& skill, int most, bool is_own,
                education::v1::SiteFacility& facility) {
    facility.set_facility(absl::StrCat("facilities/f", ++facilities_));
    facility.set_capacity(1 + Pick(most));
    facility.add_skills(skill);
    facility.set_terms(is_own ? education::v1::FACILITY_TERMS_OWN
                              : static_cast<education::v1::FacilityTerms>(1 + Pick(4)));
  }

  std::mt19937 random_;
  int facilities_ = 0;
};

// Whether something is so, is not, or is not known.
enum class Three { kNo, kUnknown, kYes };

Three And(Three one, Three other) { return std::min(one, other); }
Three Or(Three one, Three other) { return std::max(one, other); }
Three Is(bool so) { return so ? Three::kYes : Three::kNo; }

// Whether a campus could teach it now, as the sentence of the contract says.
Three CouldNow(const Wanted& wanted, const TeachingSite& site, bool has_rule) {
  Three all = Is(site.organization_state() == education::v1::ORGANIZATION_STATE_REGISTERED);
  for (const std::string& skill : wanted.skills) {
    const auto has = [&](const auto& skills) {
      return std::count(skills.begin(), skills.end(), skill) > 0;
    };
    Three taught = has(site.skills_taught_more()) ? Three::kUnknown : Three::kNo;
    for (const auto& program : site.programs()) {
      for (int i = 0; i < program.skills_size(); ++i) {
        if (program.skills(i) != skill) continue;
        int seats = 0;
        for (const auto& one : program.seats()) seats += one.seats();
        const auto& teachers = program.teachers(i);
        const bool hidden = teachers.state() == education::v1::TEACHER_COVERAGE_STATE_HIDDEN;
        const Three enough = !has_rule || hidden
                                 ? Three::kUnknown
                                 : Is(teachers.up_to_date_count() * wanted.learners_per_teacher >=
                                      wanted.seat_count);
        taught =
            Or(taught,
               And(And(Is(seats > 0), Is(program.recognition() != education::v1::RECOGNITION_NONE)),
                   enough));
      }
    }
    int own = 0, largest = 0;
    for (const auto& one : site.facilities()) own += one.skills(0) == skill ? one.capacity() : 0;
    for (const auto& one : site.shared_facilities()) {
      const bool usable = one.terms() == education::v1::FACILITY_TERMS_OWN ||
                          one.terms() == education::v1::FACILITY_TERMS_IN_FORCE;
      if (one.skills(0) == skill && usable) largest = std::max(largest, one.capacity());
    }
    Three equipped = Is(own + largest >= wanted.seat_count);
    if (own < wanted.seat_count && has(site.skills_equipped_more())) equipped = Three::kUnknown;
    if (wanted.room_skills.contains(skill)) equipped = Three::kYes;
    all = And(all, And(taught, equipped));
  }
  return all;
}

TEST(Feasibility, IsNowExactlyWhereEachThingIsThere) {
  Random random(20261130);
  std::map<std::string, int> verdicts;
  for (int round = 0; round < 20'000; ++round) {
    Wanted wanted;
    wanted.skills = {"skills/a"};
    if (random.Pick(2) == 0) wanted.skills.push_back("skills/b");
    if (random.Pick(4) == 0) wanted.room_skills.insert("skills/a");
    wanted.seat_count = 1 + random.Pick(40);
    wanted.learners_per_teacher = 1 + random.Pick(30);
    const TeachingSite site = random.Site(wanted.skills);
    const bool has_rule = random.Pick(8) > 0;
    const CampusFeasibility told = Judge(wanted, site, has_rule, {});
    const Three could = CouldNow(wanted, site, has_rule);
    const std::string text = absl::StrCat(Told(told), "\n", site.DebugString());
    ++verdicts[gateway::v1::FeasibilityVerdict_Name(told.verdict())];
    // What can, is said to; what is said to, can; what is not known is never said to be either.
    ASSERT_EQ(told.verdict() == gateway::v1::FEASIBILITY_VERDICT_NOW, could == Three::kYes) << text;
    if (could == Three::kUnknown) {
      ASSERT_EQ(told.verdict(), gateway::v1::FEASIBILITY_VERDICT_NOT_KNOWN) << text;
    }
    if (told.verdict() == gateway::v1::FEASIBILITY_VERDICT_WITH) {
      ASSERT_EQ(could, Three::kNo) << text;
      ASSERT_GT(told.needs_size(), 0);
    }
    ASSERT_EQ(told.verdict() == gateway::v1::FEASIBILITY_VERDICT_NOT_KNOWN,
              told.unknowns_size() > 0);
  }
  EXPECT_EQ(verdicts.size(), 3) << "each verdict was met";
}

// Whatever others may not know of teachers changes nothing that they are told.
TEST(Feasibility, IsTheSameWhateverIsHidden) {
  Random random(7);
  for (int round = 0; round < 2'000; ++round) {
    Wanted wanted;
    wanted.skills = {"skills/a"};
    wanted.seat_count = 1 + random.Pick(100);
    TeachingSite site = random.Site(wanted.skills);
    TeachingSite other = site;
    for (auto& program : *other.mutable_programs()) {
      for (auto& teachers : *program.mutable_teachers()) {
        if (teachers.state() != education::v1::TEACHER_COVERAGE_STATE_HIDDEN) continue;
        teachers.set_teacher_count(9);
        teachers.set_up_to_date_count(random.Pick(10));
      }
    }
    ASSERT_EQ(Told(Judge(wanted, site, true, {})), Told(Judge(wanted, other, true, {})));
  }
}

}  // namespace
}  // namespace puente::council
