#include "modules/education/seat_statistics/cuts.h"

#include <gmock/gmock.h>

#include "absl/strings/match.h"

namespace puente::education::seats {
namespace {

using ::testing::Contains;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::SizeIs;

constexpr char kLeon[] = "organizations/a/campuses/leon";
constexpr char kApodaca[] = "organizations/a/campuses/apodaca";
const std::map<std::string, std::string> kStates = {{kLeon, "11"}, {kApodaca, "19"}};

v1::ProgramVersion Teaching(const std::vector<std::string>& skills) {
  v1::ProgramVersion version;
  for (const std::string& skill : skills) version.add_outcomes()->add_skills("skills/" + skill);
  return version;
}

void AddSeats(v1::ProgramVersion& version, const std::string& period, const std::string& campus,
              int count, int graduates = 0) {
  v1::ProgramSeats& seats = *version.add_seats();
  seats.set_period(period);
  seats.set_campus(campus);
  seats.set_seats(count);
  seats.set_graduates(graduates);
}

TEST(Seats, CountOnceASkillAndAStateHoweverManyOutcomesAndCampuses) {
  v1::ProgramVersion version = Teaching({"welding", "english", "welding"});
  AddSeats(version, "2026-2027", kLeon, 40, 30);
  AddSeats(version, "2026-2027", kApodaca, 20);
  const Amounts amounts = AmountsOf(version, kStates);
  EXPECT_THAT(amounts, SizeIs(9));  // two states and all, two skills and all
  for (const char* skill : {"*", "welding", "english"}) {
    EXPECT_THAT(amounts, Contains(Pair(seats::Key{"2026-2027", "11", skill}, Amount{40, 30})));
    EXPECT_THAT(amounts, Contains(Pair(seats::Key{"2026-2027", "19", skill}, Amount{20, 0})));
    EXPECT_THAT(amounts, Contains(Pair(seats::Key{"2026-2027", "*", skill}, Amount{60, 30})));
  }
}

TEST(Seats, WithoutACampusOrASkillAreCountedAsThat) {
  v1::ProgramVersion version = Teaching({});
  AddSeats(version, "2026-2027", "", 40);
  const Amounts amounts = AmountsOf(version, kStates);
  EXPECT_THAT(amounts, SizeIs(4));
  for (const char* state : {"-", "*"}) {
    for (const char* skill : {"-", "*"}) {
      EXPECT_THAT(amounts, Contains(Pair(seats::Key{"2026-2027", state, skill}, Amount{40, 0})));
    }
  }
}

TEST(Seats, OfACalendarYearAreOfTheCycleThatBeginsInItUnlessTheirCampusStatesThat) {
  v1::ProgramVersion version = Teaching({"welding"});
  AddSeats(version, "2026", kLeon, 7);
  AddSeats(version, "2026", kApodaca, 3);
  AddSeats(version, "2026-2027", kApodaca, 40);
  AddSeats(version, "2027", kLeon, 9);
  const Amounts amounts = AmountsOf(version, kStates);
  EXPECT_THAT(amounts, Contains(Pair(seats::Key{"2026-2027", "*", "*"}, Amount{47, 0})));
  EXPECT_THAT(amounts, Contains(Pair(seats::Key{"2026-2027", "11", "*"}, Amount{7, 0})));
  EXPECT_THAT(amounts, Contains(Pair(seats::Key{"2026-2027", "19", "*"}, Amount{40, 0})));
  EXPECT_THAT(amounts, Contains(Pair(seats::Key{"2027-2028", "11", "*"}, Amount{9, 0})));
}

// Adds up what cuts come to.
std::map<int, int64_t> Counts(const journal::Deltas& deltas) {
  const auto found = deltas.cuts().find("cut");
  return found == deltas.cuts().end() ? std::map<int, int64_t>() : found->second.counts;
}

TEST(Count, TakesOutWhatWasAndAddsWhatIs) {
  const Amount before{40, 30}, after{55, 0};
  journal::Deltas first;
  Count("cut", nullptr, &before, true, first);
  EXPECT_EQ(Counts(first), (std::map<int, int64_t>{{kSeats, 40},
                                                   {kPrograms, 1},
                                                   {kOrganizations, 1},
                                                   {kGraduates, 30},
                                                   {kProgramsWithGraduates, 1}}));
  journal::Deltas change;
  Count("cut", &before, &after, false, change);
  EXPECT_EQ(Counts(change), (std::map<int, int64_t>{
                                {kSeats, 15}, {kGraduates, -30}, {kProgramsWithGraduates, -1}}));
  journal::Deltas end;
  Count("cut", &after, nullptr, false, end);
  EXPECT_EQ(Counts(end), (std::map<int, int64_t>{{kSeats, -55}, {kPrograms, -1}}));
  journal::Deltas nothing;
  Count("cut", &after, &after, false, nothing);
  EXPECT_THAT(nothing.cuts(), IsEmpty());
}

TEST(Cuts, OfSkillsAreARangeAfterEachAndFitTheirColumn) {
  constexpr size_t kMostBytes = 120;
  const std::string longest(73, 'z');
  const auto kind = type::v1::RECORD_KIND_REAL;
  const auto range = SkillsAfter(kind, "2026-2027", "11", "");
  for (const std::string& skill : {std::string("0"), std::string("english"), longest}) {
    const std::string cut = CutOf(kind, {"2026-2027", "11", skill});
    EXPECT_LE(cut.size(), kMostBytes);
    EXPECT_EQ(SkillOf(cut), skill);
    EXPECT_LT(range.first, cut);
    EXPECT_LT(cut, range.end);
    const auto after = SkillsAfter(kind, "2026-2027", "11", skill);
    EXPECT_LT(cut, after.first);
    EXPECT_LT(after.first, CutOf(kind, {"2026-2027", "11", skill + "-"}));
    const std::string source(64, 's');
    const std::string of_source = SourceCut(kind, {"2026-2027", "11", skill}, source);
    EXPECT_LE(of_source.size(), kMostBytes);
    EXPECT_TRUE(absl::EndsWith(of_source, "|" + source));
  }
  for (const absl::string_view no_skill : {kAll, kNone}) {
    EXPECT_LT(CutOf(kind, {"2026-2027", "11", std::string(no_skill)}), range.first);
  }
}

TEST(SchoolCycle, BeginsInAugust) {
  EXPECT_EQ(SchoolCycle(absl::CivilDay(2027, 7, 31)), "2026-2027");
  EXPECT_EQ(SchoolCycle(absl::CivilDay(2027, 8, 1)), "2027-2028");
}

}  // namespace
}  // namespace puente::education::seats
