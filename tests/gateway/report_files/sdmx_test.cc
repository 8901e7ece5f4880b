#include "gateway/reports/files/sdmx.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "re2/re2.h"
#include "tests/gateway/report_files/rendered.h"
#include "tests/gateway/report_files/samples.h"

namespace puente::gateway::reports {
namespace {

using nlohmann::json;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(ReportSdmx, CodesBecomeIdsThatLeadBack) {
  EXPECT_EQ(CodeId("09"), "09");
  EXPECT_EQ(CodeId("_T"), "_T");
  EXPECT_EQ(CodeId("31-33"), "31-33");
  EXPECT_EQ(CodeId("skills/welding"), "skills$2Fwelding");
  EXPECT_EQ(CodeId("skills$2Fwelding"), "skills$242Fwelding");
  EXPECT_EQ(CodeId("ñ"), "$C3$B1");
  EXPECT_EQ(CodeId("-1"), "$2D1");
  const std::string structure = Rendered(TrickyContent())["structure.xml"];
  EXPECT_THAT(structure, HasSubstr("<str:Code id=\"skills$2Fwelding\">"));
  EXPECT_THAT(structure, HasSubstr("<com:AnnotationTitle>skills/welding</com:AnnotationTitle>"));
}

TEST(ReportSdmx, CsvTellsZeroMissingAndConfidentialApart) {
  const CsvRows rows = ParseCsv(Rendered(TrickyContent())["skill-awards.sdmx.csv"]);
  EXPECT_THAT(rows[0], ElementsAre("DATAFLOW", "SKILL", "MEASURE", "TIME_PERIOD", "OBS_VALUE",
                                   "OBS_STATUS", "CONF_STATUS", "UNIT_MEASURE"));
  const std::string flow = "PUENTE:SKILL_AWARDS(1.2)";
  EXPECT_THAT(rows, Contains(ElementsAre(flow, "skills$2Fwelding", "DAYS", "2026-Q3", "0", "A", "F",
                                         "DAYS")));
  EXPECT_THAT(rows, Contains(ElementsAre(flow, "$3Dcmd", "DAYS", "2026-Q3", "", "O", "F", "DAYS")));
  EXPECT_THAT(rows, Contains(ElementsAre(flow, "$2Bx", "DAYS", "2026-Q3", "", "M", "F", "DAYS")));
  EXPECT_THAT(rows, Contains(ElementsAre(flow, CodeId("مرحبا"), "AWARDS", "2026-Q3", "", "Q", "C",
                                         "AWARDS")));
  for (const auto& row : rows) EXPECT_NE(row[3], "_T");
}

TEST(ReportSdmx, JsonHasEachObservationAtThePositionsOfItsCodes) {
  const json message = json::parse(Rendered(TrickyContent())["skill-awards.sdmx.json"]);
  const json& structure = message["data"]["structure"];
  const json& dimensions = structure["dimensions"]["observation"];
  const json& attributes = structure["attributes"]["observation"];
  ASSERT_EQ(dimensions.size(), 3u);
  EXPECT_EQ(dimensions[2]["id"], "TIME_PERIOD");
  std::vector<std::string> found;
  for (const auto& [key, observation] : message["data"]["dataSets"][0]["observations"].items()) {
    std::string line;
    std::istringstream positions(key);
    std::string position;
    for (const json& dimension : dimensions) {
      std::getline(positions, position, ':');
      absl::StrAppend(&line, dimension["values"][std::stoul(position)]["id"].get<std::string>(),
                      " ");
    }
    absl::StrAppend(&line, observation[0].dump());
    for (size_t i = 0; i < attributes.size(); ++i) {
      absl::StrAppend(
          &line, " ",
          attributes[i]["values"][observation[i + 1].get<size_t>()]["id"].get<std::string>());
    }
    found.push_back(line);
  }
  EXPECT_EQ(found.size(), 12u);
  EXPECT_THAT(found, Contains("skills$2Fwelding DAYS 2026-Q3 0 A F DAYS"));
  EXPECT_THAT(found, Contains("$3Dcmd DAYS 2026-Q3 null O F DAYS"));
  EXPECT_THAT(found, Contains(absl::StrCat(CodeId("مرحبا"), " DAYS 2026-Q3 null Q C DAYS")));
}

TEST(ReportSdmx, SeriesGoAlongPeriodsOrTheFirstDimension) {
  const Rendered tricky(TrickyContent());
  EXPECT_THAT(tricky["skill-awards.structurespecific.xml"],
              HasSubstr("<Series SKILL=\"_T\" MEASURE=\"AWARDS\" UNIT_MEASURE=\"AWARDS\">\n"
                        "   <Obs TIME_PERIOD=\"2026-Q2\" OBS_VALUE=\"1234567\" OBS_STATUS=\"A\" "
                        "CONF_STATUS=\"F\"/>\n"
                        "   <Obs TIME_PERIOD=\"2026-Q3\""));
  EXPECT_THAT(Rendered(CountryContent())["days-to-decide.structurespecific.xml"],
              HasSubstr("<Series MEASURE=\"DAYS\" UNIT_MEASURE=\"DAYS\">\n   <Obs STATE=\"01\""));
  EXPECT_THAT(Rendered(CountryContent())["days-to-decide.generic.xml"],
              Not(HasSubstr("<gen:Series>")));
}

TEST(ReportSdmx, AConfidentialObservationHasNoValue) {
  const std::string data = Rendered(TrickyContent())["skill-awards.structurespecific.xml"];
  EXPECT_THAT(data, HasSubstr("<Obs TIME_PERIOD=\"2026-Q3\" OBS_STATUS=\"Q\" CONF_STATUS=\"C\"/>"));
  EXPECT_THAT(data, HasSubstr("<Obs TIME_PERIOD=\"2026-Q3\" OBS_STATUS=\"O\" CONF_STATUS=\"F\"/>"));
}

TEST(ReportSdmx, StatusesAreThoseOfSdmx) {
  const std::string structure = Rendered(TrickyContent())["structure.xml"];
  for (const auto& [code, es, en] :
       {std::tuple("M", "Valor ausente; el dato no puede existir",
                   "Missing value; data cannot exist"),
        std::tuple("O", "Valor ausente", "Missing value"),
        std::tuple("Q", "Valor ausente; suprimido", "Missing value; suppressed"),
        std::tuple("C", "Información estadística confidencial",
                   "Confidential statistical information")}) {
    EXPECT_TRUE(RE2::PartialMatch(
        structure, absl::StrCat("<str:Code id=\"", code, "\">\\s*<com:Name xml:lang=\"es\">", es,
                                "</com:Name>\\s*<com:Name xml:lang=\"en\">", en, "</com:Name>")))
        << code;
  }
}

TEST(ReportSdmx, SaysHowManyRowsHaveNoPeriod) {
  const Rendered rendered(TrickyContent());
  EXPECT_THAT(
      rendered["structure.xml"],
      HasSubstr("Counts &lt;all&gt;. 6 rows without a period (totals or not stated) are not"));
  EXPECT_THAT(rendered["report.es.html"], HasSubstr("6 filas sin periodo"));
}

TEST(ReportSdmx, GeneratedDataIsForTests) {
  EXPECT_THAT(Rendered(CountryContent())["structure.xml"], HasSubstr("<mes:Test>true</mes:Test>"));
  EXPECT_THAT(Rendered(TrickyContent())["structure.xml"], HasSubstr("<mes:Test>false</mes:Test>"));
}

}  // namespace
}  // namespace puente::gateway::reports
