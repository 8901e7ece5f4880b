#include "gateway/council/gaps.h"

#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "tests/gateway/answers.h"
#include "tests/testing/status.h"

namespace puente::council {
namespace {

using compose::Agency;
using compose::Behaviour;
using compose::FakeAgencies;
using compose::Outcome;
using compose::VirtualTimers;
using economy::v1::ListSkillDemandResponse;
using education::v1::ListSkillSeatsResponse;
using gateway::v1::GapFigure;
using gateway::v1::ListSkillGapsRequest;
using gateway::v1::ListSkillGapsResponse;
using gateway::v1::SkillGap;
using ::puente::testing::HasReason;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

struct World {
  World() : agencies(timers) { AllWell(agencies); }

  absl::StatusOr<ListSkillGapsResponse> Get(const ListSkillGapsRequest& request,
                                            Locale locale = Locale::kEnglish) {
    agencies.calls.clear();
    const auto outcome = std::make_shared<Outcome>();
    compose::Executor executor(Borrow(agencies), timers, {});
    executor.Run(PlanOf(request), request, CallOf(timers), Into(outcome, timers));
    timers.Advance(absl::Seconds(2));
    if (!outcome->results.ok()) return outcome->results.status();
    return ComposeGaps(*outcome->results, request, locale);
  }
  // What a section's agency was asked; empty if it was not.
  std::string Asked(absl::string_view section) {
    for (const auto& call : agencies.calls) {
      if (call->section == section) return call->request->ShortDebugString();
    }
    return "";
  }

  VirtualTimers timers;
  FakeAgencies agencies;
};

std::string Text(const GapFigure& figure) {
  return figure.outcome_case() == GapFigure::kValue ? absl::StrCat(figure.value())
                                                    : gateway::v1::Hole_Name(figure.hole());
}

// "english 300 - 120 = 180"
std::vector<std::string> Told(const ListSkillGapsResponse& gaps) {
  std::vector<std::string> told;
  for (const SkillGap& gap : gaps.skill_gaps()) {
    told.push_back(absl::StrCat(gap.skill().substr(7), " ", Text(gap.people_needed()), " - ",
                                Text(gap.seats_taught()), " = ", Text(gap.difference())));
  }
  return told;
}

ListSkillGapsRequest In(const std::string& state) {
  ListSkillGapsRequest request;
  request.set_state_code(state);
  return request;
}

TEST(Gaps, AreOfWhatIsNeededOrTaught) {
  World world;
  const auto gaps = world.Get({});
  ASSERT_TRUE(gaps.ok()) << gaps.status();
  EXPECT_THAT(Told(*gaps),
              ElementsAre("english 300 - 120 = 180", "plc HOLE_HIDDEN - 40 = HOLE_HIDDEN",
                          "welding 90 - 0 = 90"));
  EXPECT_EQ(gaps->next_page_token(), "");
  EXPECT_EQ(gaps->demand().demand().DebugString(), SkillDemand().DebugString());
  EXPECT_EQ(gaps->seats().seats().DebugString(), SkillSeats().DebugString());
  EXPECT_EQ(gaps->posts().post_count().value(), 400);
  EXPECT_EQ(Text(gaps->skill_gaps(0).sector_tables()), "HOLE_NOT_ASKED");
}

TEST(Gaps, PassOnWhatIsAsked) {
  World world;
  ListSkillGapsRequest request = In("05");
  request.set_sector("sectorTables/automotive");
  request.set_period("2027-2028");
  request.set_page_size(7);
  ASSERT_OK(world.Get(request));
  EXPECT_EQ(world.Asked("demand"),
            R"(sector_table: "sectorTables/automotive" state_code: "05" page_size: 7)");
  EXPECT_EQ(world.Asked("seats"), R"(state_code: "05" period: "2027-2028" page_size: 7)");
  EXPECT_EQ(world.Asked("posts"),
            R"(state_codes: "05" scian_prefixes: "3361" scian_prefixes: "3363")");
}

TEST(Gaps, SayOfEachHoleWhichItIs) {
  World world;
  world.agencies[Agency::kEconomy] = Behaviour::kAbsent;
  auto gaps = world.Get({});
  ASSERT_TRUE(gaps.ok());
  EXPECT_THAT(Told(*gaps), ElementsAre("english HOLE_UNKNOWN - 120 = HOLE_UNKNOWN",
                                       "plc HOLE_UNKNOWN - 40 = HOLE_UNKNOWN"));
  world.agencies[Agency::kEconomy] = Behaviour::kWell;
  world.agencies[Agency::kEducation] = Behaviour::kAbsent;
  world.agencies[Agency::kLabor] = Behaviour::kAbsent;
  gaps = world.Get({});
  ASSERT_TRUE(gaps.ok());
  EXPECT_THAT(Told(*gaps), ElementsAre("english 300 - HOLE_UNKNOWN = HOLE_UNKNOWN",
                                       "welding 90 - HOLE_UNKNOWN = HOLE_UNKNOWN"));
  EXPECT_EQ(Text(gaps->posts().post_count()), "HOLE_UNKNOWN");
  EXPECT_EQ(gaps->posts().about(), "");
}

TEST(Gaps, OfNobodyAreNamedByNobody) {
  World world;
  for (const Agency agency : compose::kAgencies) world.agencies[agency] = Behaviour::kAbsent;
  auto gaps = world.Get({});
  ASSERT_TRUE(gaps.ok());
  EXPECT_THAT(Told(*gaps), IsEmpty());
  ListSkillGapsRequest named;
  named.add_skills("skills/welding");
  gaps = world.Get(named);
  ASSERT_TRUE(gaps.ok());
  EXPECT_THAT(Told(*gaps), ElementsAre("welding HOLE_UNKNOWN - HOLE_UNKNOWN = HOLE_UNKNOWN"));
}

TEST(Gaps, HaveNoDifferenceWhereSeatsMayLieInTheState) {
  World world;
  auto seats = SkillSeats();
  seats.mutable_skill_seats(0)->set_seats_without_state(35);
  world.agencies.Says(seats);
  const auto gaps = world.Get(In("11"));
  ASSERT_TRUE(gaps.ok());
  EXPECT_THAT(Told(*gaps),
              ElementsAre("english 300 - 120 = HOLE_NOT_SPLIT",
                          "plc HOLE_HIDDEN - 40 = HOLE_HIDDEN", "welding 90 - 0 = 90"));
  EXPECT_EQ(Text(gaps->skill_gaps(0).seats_without_state()), "35");
  EXPECT_EQ(Text(gaps->skill_gaps(2).seats_without_state()), "0");
}

TEST(Gaps, HaveNoDifferenceBetweenRealAndGenerated) {
  World world;
  auto demand = SkillDemand();
  demand.set_record_kind(type::v1::RECORD_KIND_REAL);
  world.agencies.Says(demand);
  auto seats = SkillSeats();
  seats.set_record_kind(type::v1::RECORD_KIND_GENERATED);
  world.agencies.Says(seats);
  const auto gaps = world.Get({});
  ASSERT_TRUE(gaps.ok());
  EXPECT_THAT(Told(*gaps), ElementsAre("english 300 - 120 = HOLE_KINDS_DIFFER",
                                       "plc HOLE_HIDDEN - 40 = HOLE_HIDDEN",
                                       "welding 90 - 0 = HOLE_KINDS_DIFFER"));
  std::string meaning;
  for (const auto& one : gaps->holes()) {
    if (one.hole() == gateway::v1::HOLE_KINDS_DIFFER) meaning = one.text();
  }
  EXPECT_THAT(meaning, HasSubstr("generated"));
}

TEST(Gaps, TellWhatIsNotListedAsEconomyDoes) {
  World world;
  auto demand = SkillDemand();
  demand.mutable_others()->set_value(0);
  world.agencies.Says(demand);
  auto gaps = world.Get({});
  ASSERT_TRUE(gaps.ok());
  EXPECT_EQ(Told(*gaps)[1], "plc 0 - 40 = -40") << "it is told that nobody is needed";
  demand.clear_skill_demand();
  demand.mutable_others()->set_mark(type::v1::MARK_MISSING);
  world.agencies.Says(demand);
  gaps = world.Get({});
  ASSERT_TRUE(gaps.ok());
  EXPECT_EQ(Told(*gaps)[1], "plc HOLE_UNKNOWN - 40 = HOLE_UNKNOWN") << "before the first release";
}

// Whether a skill that is not told is withheld or was never stated shows in nothing.
TEST(Gaps, OfASkillThatIsNamedTellNoMoreThanItsFigure) {
  World world;
  ListSkillGapsRequest request;
  for (const char* skill : {"skills/welding", "skills/hidden", "skills/never"}) {
    request.add_skills(skill);
  }
  auto demand = SkillDemand();
  demand.clear_skill_demand();
  for (const std::string& skill : request.skills()) {
    auto& one = *demand.add_skill_demand();
    one.set_skill(skill);
    one.mutable_head_count()->set_mark(type::v1::MARK_SUPPRESSED);
  }
  demand.mutable_skill_demand(0)->mutable_head_count()->set_value(90);
  world.agencies.Says(demand);
  const auto gaps = world.Get(request);
  ASSERT_TRUE(gaps.ok());
  EXPECT_THAT(Told(*gaps),
              ElementsAre("hidden HOLE_HIDDEN - 0 = HOLE_HIDDEN",
                          "never HOLE_HIDDEN - 0 = HOLE_HIDDEN", "welding 90 - 0 = 90"));
}

// Agencies that page their lists as they say.
ListSkillDemandResponse DemandAfter(const std::string& after, size_t size) {
  ListSkillDemandResponse page;
  page.mutable_others()->set_mark(type::v1::MARK_SUPPRESSED);
  page.set_release("demandReleases/17");
  for (const char* skill : {"skills/a", "skills/c", "skills/d", "skills/f"}) {
    if (skill <= after) continue;
    if (page.skill_demand_size() == static_cast<int>(size)) {
      page.set_next_page_token("more");
      break;
    }
    auto& one = *page.add_skill_demand();
    one.set_skill(skill);
    one.mutable_head_count()->set_value(10);
  }
  return page;
}
ListSkillSeatsResponse SeatsAfter(const std::string& after, size_t size) {
  ListSkillSeatsResponse page;
  page.set_period("2025-2026");
  for (const char* skill : {"skills/b", "skills/c", "skills/e"}) {
    if (skill <= after) continue;
    if (page.skill_seats_size() == static_cast<int>(size)) {
      page.set_next_page_token("more");
      break;
    }
    auto& one = *page.add_skill_seats();
    one.set_skill(skill);
    one.mutable_seats()->set_seat_count(1);
  }
  return page;
}

TEST(Gaps, OfAllPagesAreThoseOfOne) {
  const std::vector<std::string> whole = {
      "a 10 - 0 = 10", "b HOLE_HIDDEN - 1 = HOLE_HIDDEN", "c 10 - 1 = 9",
      "d 10 - 0 = 10", "e HOLE_HIDDEN - 1 = HOLE_HIDDEN", "f 10 - 0 = 10"};
  for (int size = 1; size <= 7; ++size) {
    SCOPED_TRACE(size);
    World world;
    ListSkillGapsRequest request;
    request.set_page_size(size);
    std::vector<std::string> met;
    int pages = 0;
    do {
      ASSERT_LT(++pages, 10);
      const auto cursor = CursorOf(request);
      ASSERT_OK(cursor);
      world.agencies.Says(DemandAfter(cursor->after, size));
      world.agencies.Says(SeatsAfter(cursor->after, size));
      const auto page = world.Get(request);
      ASSERT_TRUE(page.ok());
      const auto told = Told(*page);
      EXPECT_LE(told.size(), static_cast<size_t>(size));
      met.insert(met.end(), told.begin(), told.end());
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
    EXPECT_EQ(met, whole);
  }
}

TEST(Gaps, OfLaterPagesAreOfTheReleaseAndTheCycleOfTheFirst) {
  World world;
  ListSkillGapsRequest request = In("11");
  request.set_page_size(2);
  const auto first = world.Get(request);
  ASSERT_TRUE(first.ok());
  ASSERT_NE(first->next_page_token(), "");
  request.set_page_token(first->next_page_token());
  ASSERT_OK(world.Get(request));
  EXPECT_THAT(world.Asked("demand"), AllOf(HasSubstr(R"(after: "skills/plc")"),
                                           HasSubstr(R"(release: "demandReleases/17")")));
  EXPECT_THAT(world.Asked("seats"),
              AllOf(HasSubstr(R"(after: "skills/plc")"), HasSubstr(R"(period: "2025-2026")")));
  request.set_state_code("12");
  EXPECT_THAT(CursorOf(request), HasReason("INVALID_PAGE_TOKEN"));
}

ListSkillGapsRequest Transversal() {
  ListSkillGapsRequest request;
  request.set_kind(gateway::v1::SKILL_GAP_KIND_TRANSVERSAL);
  return request;
}

TEST(TransversalGaps, AreOfTheSkillsThatEconomyNames) {
  World world;
  auto demand = SkillDemand();
  demand.set_sector_table_count(12);
  demand.mutable_skill_demand(0)->set_sector_table_count(7);
  demand.mutable_skill_demand(1)->set_sector_table_count(6);
  world.agencies.Says(demand);
  auto seats = SkillSeats();
  seats.mutable_skill_seats(1)->set_skill("skills/welding");
  world.agencies.Says(seats);
  const auto gaps = world.Get(Transversal());
  ASSERT_TRUE(gaps.ok());
  EXPECT_THAT(world.Asked("demand"), HasSubstr("transversal: true"));
  EXPECT_THAT(world.Asked("seats"),
              HasSubstr(R"(skills: "skills/english" skills: "skills/welding")"));
  EXPECT_THAT(Told(*gaps), ElementsAre("english 300 - 120 = 180", "welding 90 - 40 = 50"));
  EXPECT_EQ(Text(gaps->skill_gaps(0).sector_tables()), "7");
  EXPECT_TRUE(gaps->skill_gaps(0).transversal());
  EXPECT_FALSE(gaps->skill_gaps(1).transversal()) << "half of them is not most";
}

TEST(TransversalGaps, OfNoSkillAskNobodyForSeats) {
  World world;
  auto demand = SkillDemand();
  demand.clear_skill_demand();
  world.agencies.Says(demand);
  const auto gaps = world.Get(Transversal());
  ASSERT_TRUE(gaps.ok());
  EXPECT_EQ(gaps->seats().provenance().failure().reason(), "NO_TRANSVERSAL_SKILLS");
  EXPECT_EQ(world.Asked("seats"), "");
}

TEST(Gaps, HaveTheirWordsInTheLanguageAskedFor) {
  World world;
  ListSkillGapsRequest request = In("13");
  request.set_sector("sectorTables/automotive");
  std::map<Locale, std::vector<std::string>> words;
  for (const Locale locale : {Locale::kEnglish, Locale::kSpanish}) {
    const auto gaps = world.Get(request, locale);
    ASSERT_TRUE(gaps.ok());
    for (const auto& meaning : gaps->holes()) words[locale].push_back(meaning.text());
    EXPECT_THAT(gaps->posts().about(), HasSubstr("Hidalgo"));
    words[locale].push_back(gaps->posts().about());
  }
  EXPECT_EQ(words[Locale::kEnglish].size(), 3) << "hidden, not asked, and what posts are";
  for (size_t i = 0; i < words[Locale::kEnglish].size(); ++i) {
    EXPECT_FALSE(words[Locale::kEnglish][i].empty());
    EXPECT_NE(words[Locale::kEnglish][i], words[Locale::kSpanish][i]);
  }
}

TEST(Gaps, OfVacanciesWithoutAClassHaveNoPosts) {
  World world;
  auto employment = Employment();
  employment.clear_post_count();
  employment.add_could_not_split("sector");
  world.agencies.Says(employment);
  const auto gaps = world.Get({});
  ASSERT_TRUE(gaps.ok());
  EXPECT_EQ(Text(gaps->posts().post_count()), "HOLE_NOT_SPLIT");
}

}  // namespace
}  // namespace puente::council
