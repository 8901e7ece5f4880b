// Where skills are taught, while much is written at once, and beside one pass over random schools.
#include <gmock/gmock.h>

#include <algorithm>
#include <random>
#include <set>
#include <thread>
#include <tuple>
#include <utility>

#include "common/names/text.h"
#include "tests/education/teaching/teaching.h"

namespace puente::education {
namespace {

using puente::testing::MustCount;
using testing::City;
using testing::Named;
using testing::Party;
using testing::Schools;
using testing::Teaching;

// Who publishes, opens a facility or moves the campus meanwhile: what is found there is where the
// campus is.
TEST_F(Teaching, MovesWithItsCampusWhateverIsWrittenMeanwhile) {
  schools.Add("a", {"11", "leon"});
  schools.Teach("p", "a", {"welding"});
  ASSERT_OK(schools.Equip("organization/a", "one", 10, {"welding"}, Schools::CampusOf("a")));
  constexpr int kTimes = 12;
  std::thread moves([&] {
    Party ministry(database, testing::kMinistry);
    for (int i = 0; i < 3 * kTimes; ++i) {
      EXPECT_OK(ministry.Ask(&v1::CampusService::Stub::UpdateCampus,
                             absl::StrCat("campus { name: '", Schools::CampusOf("a"),
                                          "' municipality: '", i % 2 == 0 ? "silao" : "leon",
                                          "' } update_mask { paths: 'municipality' }")));
    }
  });
  std::thread opens([&] {
    Party school(database, "organization/a");
    for (int i = 0; i < kTimes; ++i) {
      EXPECT_OK(school.Ask(&v1::FacilityService::Stub::PauseFacility, Named("facilities/one")));
      EXPECT_OK(school.Ask(&v1::FacilityService::Stub::OpenFacility, Named("facilities/one")));
    }
  });
  for (int number = 2; number < 2 + kTimes; ++number) {
    schools.Teach("p", "a", {"welding"}, 30, "2098-2099", number);
  }
  moves.join();
  opens.join();
  EXPECT_EQ(MustCount(other, "SELECT COUNT(*) FROM teaching_site"), 2);
  EXPECT_EQ(MustCount(other,
                      "SELECT COUNT(*) FROM teaching_site JOIN campus ON place = CONCAT(state_code,"
                      " CHAR(31), municipality, CHAR(31), site)"),
            2);
  EXPECT_EQ(MustCount(other, "SELECT MIN(number) FROM teaching_site WHERE kind = 1"), 1 + kTimes);
}

// Random schools, asked in random ways, beside one pass over all of them.
TEST_F(Teaching, IsFoundAsOnePassFindsIt) {
  std::mt19937 random(20261130);
  const auto pick = [&](int most) { return static_cast<int>(random() % most); };
  const std::vector<City> cities = {
      {"09", "Tlalpan"}, {"11", "León"}, {"11", "leon"}, {"11", "Silao"}, {"31", "Mérida"}};
  const std::vector<std::string> skills = {"welding", "plc", "cnc"};
  struct One {
    std::string id;
    City city;
    std::set<std::string> skills;
  };
  std::vector<One> all;
  for (int i = 0; i < 24; ++i) {
    One one{absl::StrCat("s", 10 + i), cities[pick(cities.size())], {}};
    schools.Add(one.id, one.city);
    for (const std::string& skill : skills) {
      if (pick(2) == 0) one.skills.insert(skill);
    }
    if (!one.skills.empty()) {
      schools.Teach("p-" + one.id, one.id, {one.skills.begin(), one.skills.end()});
    }
    all.push_back(one);
  }
  for (int round = 0; round < 40; ++round) {
    std::vector<std::string> wanted;
    for (const std::string& skill : skills) {
      if (pick(2) == 0) wanted.push_back(skill);
    }
    if (wanted.empty()) wanted.push_back("plc");
    const City near = cities[pick(cities.size())];
    const bool by_nearness = pick(3) > 0, by_municipality = pick(2) == 0, in_states = pick(2) == 0;
    std::string text = Skills(wanted);
    if (by_nearness) absl::StrAppend(&text, " near_state_code: '", near.state_code, "'");
    if (by_nearness && by_municipality) {
      absl::StrAppend(&text, " near_municipality: '", near.municipality, "'");
    }
    if (in_states) absl::StrAppend(&text, " state_codes: '11' state_codes: '31'");
    std::vector<std::pair<std::tuple<int, std::string, std::string, std::string>, std::string>>
        expected;
    for (const One& one : all) {
      const bool taught = std::any_of(wanted.begin(), wanted.end(), [&](const auto& skill) {
        return one.skills.contains(skill);
      });
      if (!taught || (in_states && one.city.state_code == "09")) continue;
      const std::string municipality = Fold(one.city.municipality);
      int distance = 0;
      if (by_nearness) {
        distance = one.city.state_code != near.state_code                       ? 2
                   : by_municipality && municipality == Fold(near.municipality) ? 0
                                                                                : 1;
      }
      expected.push_back({{distance, one.city.state_code, municipality, one.id}, one.id});
    }
    std::sort(expected.begin(), expected.end());
    std::vector<std::string> ids;
    for (const auto& [key, id] : expected) ids.push_back(id);
    EXPECT_EQ(Found(text, 1 + pick(6)), ids) << text;
  }
}

}  // namespace
}  // namespace puente::education
