#include "console/connect/json_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/status/error.h"
#include "google/rpc/error_details.pb.h"
#include "puente/labor/v1/vacancy.pb.h"

namespace puente::console {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// "field RULE" of each violation.
std::vector<std::string> Wrong(absl::string_view json) {
  const absl::Status checked = CheckJson(labor::v1::CreateVacancyRequest::descriptor(), json);
  if (!checked.ok() && Reason(checked) != "INVALID_FIELDS") return {Reason(checked)};
  std::vector<std::string> found;
  const google::rpc::BadRequest bad = BadRequestOf(checked);
  for (const auto& violation : bad.field_violations()) {
    found.push_back(violation.field() + " " + violation.reason());
  }
  return found;
}

TEST(CheckJson, TakesWhatProtobufTakes) {
  for (const char* json :
       {"{}", R"({"validateOnly": true})", R"({"vacancy": null})",
        R"({"vacancy": {"daysAWeek": 5, "skills": ["a", "b"], "createTime": "2026-01-01T00:00:00Z",
            "monthlyWage": {"units": "9000", "nanos": 1e2}, "state": "VACANCY_STATE_OPEN"}})",
        R"({"vacancy": {"monthly_wage": {"units": 9000}, "state": 1, "days_a_week": 5.0}})"}) {
    EXPECT_THAT(Wrong(json), IsEmpty()) << json;
  }
}

TEST(CheckJson, SaysAllThatIsWrongByField) {
  EXPECT_THAT(Wrong(R"({"nope": {"more": [1]}, "vacancy": {"other": 1, "daysAWeek": "five",
                        "skills": "a", "monthlyWage": 7, "createTime": 5, "state": "OPEN",
                        "offer": true}, "validateOnly": "yes"})"),
              ElementsAre("nope UNKNOWN_MEMBER", "vacancy.other UNKNOWN_MEMBER",
                          "vacancy.days_a_week WHOLE_NUMBER", "vacancy.skills LIST",
                          "vacancy.monthly_wage OBJECT", "vacancy.create_time QUOTED",
                          "vacancy.state ONE_OF", "vacancy.offer QUOTED", "validate_only BOOLEAN"));
}

TEST(CheckJson, KnowsElements) {
  EXPECT_THAT(Wrong(R"({"vacancy": {"skills": ["a", 7, null, ["b"], {"c": 1}]}})"),
              ElementsAre("vacancy.skills[1] QUOTED", "vacancy.skills[2] QUOTED",
                          "vacancy.skills[3] QUOTED", "vacancy.skills[4] QUOTED"));
}

TEST(CheckJson, WholeNumbers) {
  EXPECT_THAT(Wrong(R"({"vacancy": {"daysAWeek": 5.5, "minutesADay": 3000000000,
                        "monthlyWage": {"units": "9223372036854775808", "nanos": -3e9}}})"),
              ElementsAre("vacancy.days_a_week WHOLE_NUMBER", "vacancy.minutes_a_day NUMBER_RANGE",
                          "vacancy.monthly_wage.units WHOLE_NUMBER",
                          "vacancy.monthly_wage.nanos NUMBER_RANGE"));
}

TEST(CheckJson, MembersThatAreThereTwice) {
  EXPECT_THAT(Wrong(R"({"vacancyId": "a", "vacancy_id": "b", "vacancy": {"offer": "a",
                        "offer": "b"}})"),
              ElementsAre("vacancy_id DOUBLED", "vacancy.offer DOUBLED"));
}

TEST(CheckJson, EndsWhenEnoughIsWrong) {
  const auto many = [](absl::string_view head, absl::string_view each, absl::string_view tail) {
    std::string json(head);
    for (int i = 0; i < 100'000; ++i) absl::StrAppend(&json, i == 0 ? "" : ",", each);
    return json + std::string(tail);
  };
  for (const std::string& json :
       {many("{", R"("a":0)", "}"), many("{", R"("offer":{})", "}"),
        many("{", R"("vacancy":"a")", "}"), many(R"({"vacancy":{"skills":[)", "7", "]}}"),
        many(R"({"vacancy":{"skills":[)", "null", "]}}"),
        many(R"({"vacancy":{"skills":[)", "[]", "]}}"), many("{", R"("validateOnly":true)", "}")}) {
    const absl::Status checked = CheckJson(labor::v1::CreateVacancyRequest::descriptor(), json);
    // How many the error says there are, whatever it has room for.
    EXPECT_THAT(checked.message(), ::testing::HasSubstr("has 100 error"));
  }
}

TEST(CheckJson, WhatIsNoJson) {
  for (const char* json : {"", "{", "{}{}", "nonsense", "[]", "null", "\"text\"", "{'a': 1}",
                           "{\"a\": 01}", "{\"a\": NaN}", "{\"a\": \"\xff\"}", "{\"a\": 1,}"}) {
    EXPECT_THAT(Wrong(json), ElementsAre("JSON_SYNTAX")) << json;
  }
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "{\"a\":";
  EXPECT_THAT(Wrong(deep), ElementsAre("JSON_TOO_DEEP"));
  EXPECT_THAT(Wrong("{\"a\":" + std::string(100'000, '[')), ElementsAre("JSON_TOO_DEEP"));
}

}  // namespace
}  // namespace puente::console
