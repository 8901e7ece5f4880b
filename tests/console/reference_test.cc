// What the OpenAPI document and the pages say, of methods whose contract is known here.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "common/context/file.h"
#include "common/federation/contract.h"
#include "common/status/error.h"
#include "console/reference/catalogue.h"
#include "console/reference/openapi.h"
#include "console/reference/pages.h"

namespace puente::console {
namespace {

using nlohmann::ordered_json;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

const Catalogue& Errors() {
  static const auto* errors =
      new Catalogue(Catalogue::Of(ReadFile("docs/errors.md").value_or("")).value());
  return *errors;
}

const ordered_json& Document() {
  static const auto* document = new ordered_json(OpenApi(Errors()));
  return *document;
}

const ordered_json& Schema(const std::string& name) {
  return Document()["components"]["schemas"].at(name);
}

const ordered_json& Operation(const std::string& method, const std::string& verb = "post") {
  return Document()["paths"].at(absl::StrCat("/puente.", method)).at(verb);
}

// Of a list.
std::vector<std::string> Texts(const ordered_json& list) {
  return list.get<std::vector<std::string>>();
}

std::vector<std::string> NamesOf(const ordered_json& parameters) {
  std::vector<std::string> names;
  for (const auto& each : parameters) {
    names.push_back(each.contains("$ref") ? each["$ref"].get<std::string>()
                                          : each["name"].get<std::string>());
  }
  return names;
}

TEST(Catalogue, HasTheErrorsThatAMethodNames) {
  const auto method = FindMethod("SkillService/GetSkill");
  std::vector<std::string> reasons;
  for (const KnownError& error : Errors().ErrorsOf(**method)) reasons.push_back(error.reason);
  EXPECT_THAT(reasons, ElementsAre("SKILL_NOT_FOUND", "INVALID_FIELDS", "INVALID_NAME"));
  const KnownError first = Errors().ErrorsOf(**method).front();
  EXPECT_EQ(first.domain, "labor.puente");
  EXPECT_EQ(first.code, grpc::StatusCode::NOT_FOUND);
  EXPECT_EQ(first.text, "There is no skill $name; see ListSkills.");
}

TEST(Catalogue, TakesNoOtherPage) {
  EXPECT_FALSE(Catalogue::Of("").ok());
  EXPECT_FALSE(Catalogue::Of("## puente\n| REASON | NO_CODE | text | texto |\n").ok());
  EXPECT_FALSE(Catalogue::Of("## puente\n| REASON | NOT_FOUND |\n").ok());
}

TEST(OpenApi, AReadMayBeAskedForByGet) {
  EXPECT_THAT(NamesOf(Operation("labor.v1.SkillService/GetSkill", "get")["parameters"]),
              AllOf(Contains("message"), Contains("#/components/parameters/IfNoneMatch")));
  EXPECT_FALSE(Document()["paths"]["/puente.labor.v1.SkillService/CreateSkill"].contains("get"));
}

TEST(OpenApi, ErrorsStandUnderTheirStatus) {
  const ordered_json& responses = Operation("labor.v1.SkillService/GetSkill")["responses"];
  EXPECT_THAT(responses["404"]["description"].get<std::string>(),
              HasSubstr("`SKILL_NOT_FOUND`: There is no skill $name"));
  EXPECT_EQ(responses["400"]["x-puente-reasons"],
            ordered_json::parse(R"(["INVALID_FIELDS", "INVALID_NAME"])"));
  EXPECT_TRUE(responses.contains("default"));
}

TEST(OpenApi, RightsAreSaid) {
  const ordered_json& list = Operation("economy.v1.DemandService/ListDemandStatements");
  EXPECT_THAT(
      list["description"].get<std::string>(),
      AllOf(HasSubstr("- company/*, for records of its own"), HasSubstr("- with a purpose: ")));
  EXPECT_THAT(Texts(list["x-puente-access"]["owners"]), Contains("company/*"));
  for (const auto& parameter : list["parameters"]) {
    if (parameter.value("name", "") != "Puente-Purpose") continue;
    EXPECT_THAT(Texts(parameter["schema"]["enum"]), Contains("statistics"));
    EXPECT_FALSE(parameter.contains("required"));  // owners need none
  }
  const ordered_json& decision = Operation("education.v1.OrganizationService/SuspendOrganization");
  EXPECT_THAT(NamesOf(decision["parameters"]), Contains("Puente-Actor"));
}

TEST(OpenApi, WhatIsAskedHasItsRules) {
  const ordered_json& asked = Schema("labor.v1.CreateSkillRequest");
  EXPECT_EQ(asked["required"], ordered_json::parse(R"(["skillId", "skill"])"));
  EXPECT_EQ(asked["additionalProperties"], false);
  const ordered_json& id = asked["properties"]["skillId"];
  EXPECT_EQ(id["pattern"], "^(?:[a-z0-9]([a-z0-9-]*[a-z0-9])?)$");
  EXPECT_EQ(id["maxLength"], 63);
  EXPECT_THAT(id["description"].get<std::string>(), HasSubstr("Rules: required; of lower-case"));
  EXPECT_EQ(asked["properties"]["skill"]["$ref"], "#/components/schemas/labor.v1.Skill.Input");
  EXPECT_THAT(Texts(Schema("labor.v1.Skill.Input")["required"]),
              AllOf(Contains("labelEs"), Contains("source"), Not(Contains("createTime"))));
}

TEST(OpenApi, AnUpdateNeedsTheNameAlone) {
  EXPECT_EQ(Schema("labor.v1.UpdateSkillRequest")["properties"]["skill"]["$ref"],
            "#/components/schemas/labor.v1.Skill.Update");
  EXPECT_EQ(Schema("labor.v1.Skill.Update")["required"], ordered_json::parse(R"(["name"])"));
}

TEST(OpenApi, WhatIsAnsweredMayLeaveOutAndHaveMore) {
  const ordered_json& answered = Schema("labor.v1.Skill");
  EXPECT_FALSE(answered.contains("required"));
  EXPECT_FALSE(answered.contains("additionalProperties"));
  EXPECT_EQ(answered["properties"]["createTime"]["readOnly"], true);
}

TEST(OpenApi, EnumsSayWhatTheirValuesMean) {
  const ordered_json& kind = Schema("labor.v1.SkillKind");
  EXPECT_THAT(Texts(kind["enum"]), Contains("SKILL_KIND_TOOL"));
  EXPECT_THAT(kind["description"].get<std::string>(),
              HasSubstr("`SKILL_KIND_TOOL`: Use of a certain tool or program."));
}

TEST(OpenApi, StreamsSayWhatTheirMessagesAre) {
  const ordered_json& stream = Operation("labor.v1.VacancyService/LoadVacancies");
  EXPECT_EQ(stream["x-puente-stream"]["requests"], true);
  EXPECT_TRUE(stream["requestBody"]["content"].contains("application/connect+json"));
  // One of its members at a time.
  EXPECT_EQ(Schema("labor.v1.LoadVacanciesRequest")["allOf"][0]["not"]["anyOf"].size(), 1);
}

TEST(Reference, IsTheSameOfTheSame) {
  EXPECT_EQ(OpenApi(Errors()).dump(), Document().dump());
  EXPECT_EQ(ReferencePages(Errors()), ReferencePages(Errors()));
}

TEST(Reference, SaysAllOfAMethod) {
  const auto pages = ReferencePages(Errors());
  EXPECT_THAT(
      pages.at("economy.v1.demand.html"),
      AllOf(
          HasSubstr("<section id=\"DemandService.CreateDemandStatement\">"),
          HasSubstr("<li>company/*, for records of its own</li>"),
          HasSubstr("<h4 id=\"CreateDemandStatementRequest\">Request: "),
          HasSubstr("<td><code>demandStatementId</code></td><td>text</td><td><p class=\"rules\">"
                    "required; of lower-case letters"),
          HasSubstr("<td><code>DEMAND_STATEMENT_ALREADY_EXISTS</code></td><td>already_exists, 409"),
          HasSubstr("puente call DemandService/CreateDemandStatement"),
          HasSubstr("curl http://127.0.0.1:8080/puente.economy.v1.DemandService/")));
}

}  // namespace
}  // namespace puente::console
