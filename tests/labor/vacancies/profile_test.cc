#include "common/loading/profile.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "modules/labor/vacancies/file.h"
#include "tests/labor/standards.h"
#include "tests/testing/status.h"

namespace puente::labor {
namespace {

using ::puente::testing::HasReason;
using ::testing::HasSubstr;

constexpr char kPortal[] = "data/labor/profiles/portal-empleo-2020.json";

TEST(Profile, OfThePortalDeclaresItsLayout) {
  const auto profile = loading::ParseProfile(VacancyLayout(), ReadFile(kPortal), kPortal);
  ASSERT_OK(profile);
  EXPECT_EQ(profile->id, "portal-empleo-2020");
  EXPECT_EQ(profile->columns.size(), 11u);  // 9 more are declared as ignored
}

TEST(Profile, ThatIsWrongNamesThePlace) {
  const std::string good = R"({"profile": "p", "about": "a", "columns": [
      {"column": "d", "field": "offer_date"}, {"column": "o", "field": "offer"},
      {"column": "s", "field": "state_code"}, {"column": "x", "ignored": "why"}]})";
  ASSERT_OK(loading::ParseProfile(VacancyLayout(), good, "p.json"));
  struct Case {
    const char* name;
    const char* from;
    const char* to;
    const char* place;
  };
  for (const Case& c : {
           Case{"no JSON", "}]}", "}", "$"},
           Case{"a list", good.c_str(), "[]", "$"},
           Case{"empty", good.c_str(), "", "$"},
           Case{"unknown key", "\"about\"", "\"abuot\"", "$.abuot"},
           Case{"a key twice", "\"about\": \"a\"", "\"about\": \"a\", \"about\": \"b\"", "$"},
           Case{"bad id", "\"p\"", "\"P!\"", "$.profile"},
           Case{"id of another type", "\"p\"", "1", "$.profile"},
           Case{"long delimiter", "\"about\"", "\"delimiter\": \";;\", \"about\"", "$.delimiter"},
           Case{"line break as delimiter", "\"about\"", "\"delimiter\": \"\\n\", \"about\"",
                "$.delimiter"},
           Case{"quote like delimiter", "\"about\"", "\"quote\": \",\", \"about\"", "$.quote"},
           Case{"no columns", "\"columns\"", "\"about\": \"\", \"columns\"", "$"},
           Case{"unknown field", "offer_date", "offer_day", "$.columns[0].field"},
           Case{"output field", "offer_date", "quality", "$.columns[0].field"},
           Case{"column twice", "\"column\": \"o\"", "\"column\": \"d\"", "$.columns[1].column"},
           Case{"field twice", "state_code", "offer", "$.columns[2].field"},
           Case{"lacks a required field", "\"field\": \"state_code\"", "\"ignored\": \"no\"",
                "$.columns"},
           Case{"absent required", "\"field\": \"offer\"", "\"field\": \"offer\", \"absent\": []",
                "$.columns[1].absent"},
           Case{"only, where records have no keys", "\"offer_date\"",
                "\"offer_date\", \"only\": [\"a\"]", "$.columns[0].only"},
           Case{"ignored and a field", "\"ignored\"", "\"field\": \"offer\", \"ignored\"",
                "$.columns[3].field"},
           Case{"bad date format", "\"offer_date\"", "\"offer_date\", \"format\": \"YYYY-MM\"",
                "$.columns[0].format"},
           Case{"letters in the date format", "\"offer_date\"",
                "\"offer_date\", \"format\": \"YYYY MM DD of\"", "$.columns[0].format"},
           Case{"key of another field", "\"offer_date\"", "\"offer_date\", \"unit\": \"hours\"",
                "$.columns[0].unit"},
           Case{"no unit", "\"ignored\": \"why\"", "\"field\": \"minutes_a_day\"",
                "$.columns[3].unit"},
           Case{"unknown unit", "\"ignored\": \"why\"",
                "\"field\": \"minutes_a_day\", \"unit\": \"days\"", "$.columns[3].unit"},
           Case{"marks alike", "\"ignored\": \"why\"",
                "\"field\": \"monthly_wage\", \"group_mark\": \".\"", "$.columns[3].group_mark"},
           Case{"no values", "\"ignored\": \"why\"", "\"field\": \"contract_kind\"",
                "$.columns[3].values"},
           Case{"unknown value", "\"ignored\": \"why\"",
                "\"field\": \"contract_kind\", \"values\": {\"a\": \"FOREVER\"}",
                "$.columns[3].values.a"},
           Case{"values alike", "\"ignored\": \"why\"",
                "\"field\": \"contract_kind\", \"values\": {\"a\": \"TRIAL\", \"A\": \"TRIAL\"}",
                "$.columns[3].values.a"},
           Case{"bad language code", "\"ignored\": \"why\"",
                "\"field\": \"languages\", \"languages\": {\"a\": \"eng\"}, \"levels\": {\"b\": "
                "\"BASIC\"}",
                "$.columns[3].languages.a"},
       }) {
    SCOPED_TRACE(c.name);
    std::string text = absl::StrReplaceAll(good, {{c.from, c.to}});
    if (std::string(c.name) == "empty") text.clear();
    ASSERT_NE(text, good);
    const auto profile = loading::ParseProfile(VacancyLayout(), text, "p.json");
    ASSERT_THAT(profile, HasReason("INVALID_PROFILE"));
    EXPECT_EQ(MetadataOf(profile.status(), "place"), c.place) << profile.status();
    EXPECT_EQ(MetadataOf(profile.status(), "file"), "p.json");
  }
}

TEST(Profile, ThatIsDeeplyNestedIsRefused) {
  EXPECT_THAT(loading::ParseProfile(VacancyLayout(), std::string(100'000, '['), "p"),
              HasReason("INVALID_PROFILE"));
  EXPECT_THAT(loading::ParseProfile(VacancyLayout(),
                                    std::string(100'000, '[') + std::string(100'000, ']'), "p"),
              HasReason("INVALID_PROFILE"));
}

}  // namespace
}  // namespace puente::labor
