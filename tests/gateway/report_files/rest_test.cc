// The SDMX endpoint, asked over HTTP.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <httplib.h>
#include <zlib.h>

#include <nlohmann/json.hpp>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "gateway/reports/rest/cache.h"
#include "gateway/reports/rest/endpoint.h"
#include "tests/gateway/report_files/rendered.h"
#include "tests/gateway/report_files/samples.h"
#include "tests/gateway/report_files/told.h"

namespace puente::gateway::reports {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class Samples : public Catalogue {
 public:
  absl::StatusOr<PublishedReports> Published() override {
    absl::MutexLock lock(&mutex_);
    return reports_;
  }
  void Publish(Content content) { Publish(PublishedReport::Of(ToldOf(std::move(content)))); }
  void Publish(absl::StatusOr<std::shared_ptr<const PublishedReport>> report) {
    ASSERT_TRUE(report.ok()) << report.status();
    absl::MutexLock lock(&mutex_);
    reports_.insert(reports_.begin(), *std::move(report));
  }

 private:
  absl::Mutex mutex_;
  PublishedReports reports_;
};

class ReportRest : public ::testing::Test {
 protected:
  ReportRest() {
    samples_.Publish(TrickyContent());
    samples_.Publish(CountryContent());
    port_ = *endpoint_.Listen("127.0.0.1", 0);
  }

  httplib::Result Get(const std::string& path, const httplib::Headers& headers = {}) {
    httplib::Client client("127.0.0.1", port_);
    client.set_decompress(false);
    return client.Get("/sdmx/rest/" + path, headers);
  }
  std::string Body(const std::string& path, const httplib::Headers& headers = {}) {
    const httplib::Result result = Get(path, headers);
    EXPECT_EQ(result->status, 200) << path << "\n" << result->body;
    return result->body;
  }
  CsvRows Csv(const std::string& path) {
    return ParseCsv(Body(path, {{"Accept", "application/vnd.sdmx.data+csv"}}));
  }
  // What a question that isn't answered is told.
  std::string Refused(int status, const std::string& path, const httplib::Headers& headers = {}) {
    const httplib::Result result = Get(path, headers);
    EXPECT_EQ(result->status, status) << path;
    EXPECT_EQ(result->get_header_value("Content-Type"), "application/xml");
    return result->body;
  }

  Samples samples_;
  telemetry::HttpMetrics metrics_{"sdmx"};
  Endpoint endpoint_{samples_, metrics_};
  int port_;
};

TEST_F(ReportRest, AWholeTableIsTheFile) {
  const Rendered files(TrickyContent());
  for (const auto& [type, file] : std::map<std::string, std::string>{
           {"application/vnd.sdmx.structurespecificdata+xml;version=2.1",
            "skill-awards.structurespecific.xml"},
           {"application/vnd.sdmx.genericdata+xml;version=2.1", "skill-awards.generic.xml"},
           {"application/vnd.sdmx.data+csv;version=1.0.0", "skill-awards.sdmx.csv"},
           {"application/vnd.sdmx.data+json;version=1.0.0", "skill-awards.sdmx.json"}}) {
    const httplib::Result result = Get("data/SKILL_AWARDS", {{"Accept", type}});
    EXPECT_EQ(result->body, files[file]);
    EXPECT_EQ(result->get_header_value("Content-Type"), type);
  }
}

TEST_F(ReportRest, AddressesMayBeWrittenInSeveralWays) {
  const std::string whole = Body("data/SKILL_AWARDS");
  for (const char* const path :
       {"data/SKILL_AWARDS/", "data/SKILL_AWARDS/all", "data/SKILL_AWARDS/all/?detail=full",
        "data/PUENTE,SKILL_AWARDS", "data/PUENTE,SKILL_AWARDS,1.2/all/PUENTE",
        "data/all,SKILL_AWARDS,latest/?format=structurespecificdata"}) {
    EXPECT_EQ(Body(path), whole) << path;
  }
  EXPECT_EQ(
      Body("data/SKILL_AWARDS", {{"Accept", "application/json, text/xml, application/xml, */*"}}),
      whole);
  EXPECT_THAT(Body("data/SKILL_AWARDS", {{"Accept", "text/xml;q=0.5, application/json"}}),
              testing::StartsWith("{"));
  EXPECT_THAT(Body("data/SKILL_AWARDS/?format=jsondata"), testing::StartsWith("{"));
}

TEST_F(ReportRest, AKeyAndPeriodsChoose) {
  EXPECT_EQ(Csv("data/SKILL_AWARDS/skills$2Fwelding.AWARDS").size(), 2u);
  EXPECT_EQ(Csv("data/SKILL_AWARDS/skills$2Fwelding+_T.DAYS").size(), 4u);
  EXPECT_EQ(Csv("data/SKILL_AWARDS/.DAYS").size(), 7u);
  EXPECT_EQ(Csv("data/SKILL_AWARDS/_T.?startPeriod=2026-Q3").size(), 3u);
  EXPECT_EQ(Csv("data/SKILL_AWARDS/_T./?startPeriod=2026-04&endPeriod=2026-06-30").size(), 3u);
  EXPECT_EQ(Csv("data/SKILL_AWARDS/_T.?startPeriod=2026&endPeriod=2026").size(), 5u);
  // A quarter that begins before is not within.
  EXPECT_EQ(Csv("data/SKILL_AWARDS/_T.?startPeriod=2026-05").size(), 3u);
  // A table without periods has all of them.
  EXPECT_EQ(Csv("data/DAYS_TO_DECIDE/09.?startPeriod=2026").size(), 2u);
  EXPECT_THAT(Refused(404, "data/SKILL_AWARDS/nothing."), HasSubstr("code=\"100\""));
  Refused(404, "data/SKILL_AWARDS/_T.?startPeriod=2027");
  EXPECT_THAT(Refused(400, "data/SKILL_AWARDS/_T.DAYS.x"),
              AllOf(HasSubstr("KEY"), HasSubstr("2 × ."), HasSubstr("correct it")));
  Refused(400, "data/SKILL_AWARDS/_T");
}

TEST_F(ReportRest, DetailAndDimensionAtObservation) {
  const std::string flat = Body("data/SKILL_AWARDS/?dimensionAtObservation=AllDimensions");
  EXPECT_THAT(flat, AllOf(HasSubstr("ObsLevelDim:AllDimensions"), Not(HasSubstr("<Series")),
                          HasSubstr("<Obs SKILL=\"_T\" MEASURE=\"DAYS\" UNIT_MEASURE=\"DAYS\" "
                                    "TIME_PERIOD=\"2026-Q3\" OBS_VALUE=\"5\"")));
  EXPECT_THAT(Body("data/SKILL_AWARDS/?dimensionAtObservation=SKILL"),
              AllOf(HasSubstr("<Series TIME_PERIOD=\"2026-Q3\" MEASURE=\"DAYS\""),
                    HasSubstr("<Obs SKILL=\"skills$2Fwelding\" OBS_VALUE=\"0\"")));
  EXPECT_THAT(Body("data/SKILL_AWARDS/?detail=dataonly"),
              AllOf(HasSubstr("OBS_VALUE"), Not(HasSubstr("OBS_STATUS"))));
  EXPECT_THAT(Body("data/SKILL_AWARDS/?detail=nodata"),
              AllOf(HasSubstr("UNIT_MEASURE"), Not(HasSubstr("<Obs "))));
  const httplib::Headers generic = {{"Accept", "application/vnd.sdmx.genericdata+xml"}};
  EXPECT_THAT(Body("data/SKILL_AWARDS/?detail=serieskeysonly", generic),
              AllOf(HasSubstr("<gen:SeriesKey>"), Not(HasSubstr("UNIT_MEASURE")),
                    Not(HasSubstr("<gen:Obs>"))));
  // Without observations there are series, however it is asked for.
  EXPECT_THAT(Body("data/SKILL_AWARDS/?detail=serieskeysonly&dimensionAtObservation=AllDimensions"),
              AllOf(HasSubstr("<Series "), Not(HasSubstr("<Obs ")), Not(HasSubstr("OBS_VALUE"))));
  EXPECT_THAT(
      Body("data/DAYS_TO_DECIDE/?detail=nodata", generic),
      AllOf(HasSubstr("<gen:SeriesKey>"), HasSubstr("UNIT_MEASURE"), Not(HasSubstr("<gen:Obs>"))));
  // What is so anyway may be said.
  for (const char* const format : {"csvdata", "jsondata", "genericdata", "structurespecificdata"}) {
    const std::string usual = absl::StrCat("data/SKILL_AWARDS/?format=", format);
    EXPECT_EQ(Body(usual + "&dimensionAtObservation=TIME_PERIOD"), Body(usual)) << format;
  }
  EXPECT_EQ(Body("data/SKILL_AWARDS/?format=csvdata&dimensionAtObservation=SKILL"),
            Body("data/SKILL_AWARDS/?format=csvdata"));
  Refused(501, "data/SKILL_AWARDS/?format=jsondata&dimensionAtObservation=SKILL");
  EXPECT_THAT(Refused(400, "data/SKILL_AWARDS/?dimensionAtObservation=NONE"),
              HasSubstr("AllDimensions, SKILL, TIME_PERIOD"));
  Refused(400, "data/SKILL_AWARDS/?detail=some");
  Refused(501, "data/SKILL_AWARDS/?dimensionAtObservation=MEASURE");
  Refused(501, "data/SKILL_AWARDS/?detail=dataonly&format=csvdata");
}

TEST_F(ReportRest, PeriodsAreReadInAllTheirForms) {
  const auto months = [](const std::string& period) {
    const auto found = MonthsOf(period);
    if (!found) return std::string("none");
    return absl::StrCat(found->first - 2026 * 12 + 1, "-", found->last - 2026 * 12 + 1);
  };
  for (const char* const right : {"2026 1-12",
                                  "2026-A1 1-12",
                                  "2026-S2 7-12",
                                  "2026-T2 5-8",
                                  "2026-Q3 7-9",
                                  "2026-M11 11-11",
                                  "2026-11 11-11",
                                  "2026-W01 0-1",
                                  "2026-W05 1-2",
                                  "2026-W53 12-13",
                                  "2026-D001 1-1",
                                  "2026-D365 12-12",
                                  "2026Z 1-12",
                                  "2026-11-30 11-11",
                                  "2026-11-30T00:00:00 11-11",
                                  "2026-11-30T00:00:00.5Z 11-11",
                                  "2026-S3 none",
                                  "2026-T4 none",
                                  "2026-Q5 none",
                                  "2026-M13 none",
                                  "2026-M0 none",
                                  "2026-W54 none",
                                  "2026-D366 none",
                                  "2026-D000 none",
                                  "2026-X1 none",
                                  "2026-13 none",
                                  "2026-11-30T none"}) {
    const std::vector<std::string> parts = absl::StrSplit(right, ' ');
    EXPECT_EQ(months(parts[0]), parts[1]) << right;
  }
  EXPECT_EQ(Csv("data/SKILL_AWARDS/_T.?startPeriod=2026-S2").size(), 3u);
}

TEST_F(ReportRest, VersionsAndExclusionsOfFormatsCount) {
  const auto type = [&](const char* accept) {
    return Get("data/SKILL_AWARDS", {{"Accept", accept}})->get_header_value("Content-Type");
  };
  const std::string json = "application/vnd.sdmx.data+json;version=1.0.0";
  EXPECT_EQ(type("application/vnd.sdmx.data+json;version=1.0.0-wd"), json);
  EXPECT_EQ(type("application/vnd.sdmx.data+json; version=1.0"), json);
  EXPECT_EQ(type("application/vnd.sdmx.data+csv;version=2.0.0, application/json;q=0.5"), json);
  Refused(406, "data/SKILL_AWARDS", {{"Accept", "application/vnd.sdmx.data+json;version=2.0.0"}});
  EXPECT_EQ(type("*/*, application/vnd.sdmx.structurespecificdata+xml;q=0"),
            "application/vnd.sdmx.genericdata+xml;version=2.1");
  EXPECT_EQ(type("*/*;q=0.1, text/*;q=0.5, text/csv;q=0"),
            "application/vnd.sdmx.structurespecificdata+xml;version=2.1");
}

TEST_F(ReportRest, AListOfOneVersionHasWhatAllReportsHaveOfIt) {
  Content other;
  other.set_report("other");
  other.set_version("1.2.0");
  Table& table = *other.add_tables();
  table.mutable_table()->set_table("other");
  for (const char* const id : {"REGION", "SKILL"}) {
    FigureCodeList& list = *other.add_code_lists();
    list.set_code_list(absl::StrCat("CL_", id));
    list.add_codes()->set_code("skills/other");
    FigureDimension& dimension = *table.mutable_table()->add_dimensions();
    dimension.set_dimension(id);
    dimension.set_code_list(list.code_list());
  }
  FigureMeasure& measure = *table.mutable_table()->add_measures();
  measure.set_measure("HEADS");
  measure.set_unit("OTHER_UNITS");
  samples_.Publish(other);
  for (const char* const path : {"codelist/PUENTE/CL_SKILL/1.2", "codelist/PUENTE/CL_SKILL/latest",
                                 "datastructure/PUENTE/DSD_SKILL_AWARDS/1.2/?references=children",
                                 "datastructure/PUENTE/DSD_OTHER/1.2/?references=children"}) {
    EXPECT_THAT(Body(path),
                AllOf(HasSubstr("\"skills$2Fother\""), HasSubstr("\"skills$2Fwelding\"")))
        << path;
  }
  const std::string all = Body("datastructure/PUENTE/all/1.2?references=children");
  EXPECT_THAT(all,
              AllOf(HasSubstr("<str:Concept id=\"REGION\">"),
                    HasSubstr("<str:Code id=\"OTHER_UNITS\">"), HasSubstr("<str:Code id=\"DAYS\">"),
                    HasSubstr("id=\"CS_PUENTE\" agencyID=\"PUENTE\" version=\"1.2\""
                              " isPartial=\"true\"")));
  const Rendered files(TrickyContent());
  EXPECT_THAT(files["structure.xml"], Not(HasSubstr("REGION"))) << "a report has its own";
}

TEST_F(ReportRest, Structures) {
  EXPECT_THAT(Body("dataflow"),
              AllOf(HasSubstr("id=\"SKILL_AWARDS\""), HasSubstr("id=\"NEED_BY_STATE\""),
                    Not(HasSubstr("str:Codelist"))));
  EXPECT_THAT(Body("codelist/PUENTE/CL_STATE/latest/"),
              AllOf(HasSubstr("<str:Code id=\"09\">"), Not(HasSubstr("CL_SKILL"))));
  EXPECT_THAT(Body("codelist/all/CL_SKILL+CL_SECTOR"),
              AllOf(HasSubstr("id=\"CL_SKILL\""), HasSubstr("id=\"CL_SECTOR\"")));
  EXPECT_THAT(Body("conceptscheme/PUENTE/CS_PUENTE/1.2"), HasSubstr("<str:Concept id=\"SKILL\">"));
  const std::string alone = Body("datastructure/PUENTE/DSD_SKILL_AWARDS/1.2");
  EXPECT_THAT(alone, Not(HasSubstr("<str:Codelist ")));
  const std::string whole = Body("datastructure/PUENTE/DSD_SKILL_AWARDS/1.2/?references=children");
  EXPECT_THAT(whole, AllOf(HasSubstr("<str:Codelist id=\"CL_SKILL\""),
                           HasSubstr("<str:Codelist id=\"CL_OBS_STATUS\""),
                           HasSubstr("<str:ConceptScheme"), Not(HasSubstr("DSD_EMPTY"))));
  EXPECT_THAT(Body("dataflow/all/SKILL_AWARDS/all?references=descendants"),
              AllOf(HasSubstr("DSD_SKILL_AWARDS"), HasSubstr("<str:Codelist id=\"CL_SKILL\"")));
  Refused(404, "codelist/PUENTE/CL_NONE");
  Refused(404, "codelist/INEGI/CL_STATE");
  Refused(404, "datastructure/PUENTE/DSD_SKILL_AWARDS/9.9");
  Refused(404, "nothing/at/all");
  Refused(501, "codelist/PUENTE/CL_STATE/latest/09");
  Refused(501, "codelist?references=parents");
  Refused(501, "categoryscheme");
  Refused(406, "codelist", {{"Accept", "application/vnd.sdmx.structure+json"}});
}

TEST_F(ReportRest, WrongQuestionsAreRefused) {
  EXPECT_THAT(Refused(400, "data/SKILL_AWARDS?startPeriod=soon"),
              AllOf(HasSubstr("code=\"140\""), HasSubstr("startPeriod=soon"),
                    HasSubstr("xml:lang=\"es\"")));
  Refused(400, "data/SKILL_AWARDS?startPeriod=2026-13");
  Refused(400, "data/SKILL_AWARDS?startPeriod=2027&endPeriod=2026");
  Refused(400, "data/SKILL_AWARDS?startPeriod=2026&startPeriod=2025");
  Refused(400, "data/SKILL_AWARDS?what=ever");
  Refused(400, "data");
  Refused(400, "data/SKILL_AWARDS/all/all/all/all");
  Refused(400, "data/PUENTE,SKILL_AWARDS,1.2,x");
  Refused(404, "data/NONE");
  Refused(404, "data/PUENTE,SKILL_AWARDS,1.1");
  Refused(404, "data/ECB,SKILL_AWARDS");
  Refused(404, "data/SKILL_AWARDS/all/INEGI");
  Refused(404, "data/EMPTY");
  Refused(501, "data/SKILL_AWARDS?firstNObservations=1");
  EXPECT_THAT(Refused(406, "data/SKILL_AWARDS", {{"Accept", "text/html"}}),
              HasSubstr("vnd.sdmx.data+csv"));
  Refused(406, "data/SKILL_AWARDS?format=xls");
  Refused(406, "data/SKILL_AWARDS", {{"Accept", "*/*;q=0"}});
  // What comes back is escaped.
  EXPECT_THAT(Refused(404, "data/%3Cscript%3E%01%FF"), Not(HasSubstr("<script>")));
  Refused(400, "data/SKILL_AWARDS?%FF=%FE");
  Refused(406, "data/SKILL_AWARDS", {{"Accept", "\xFF"}});
  httplib::Client client("127.0.0.1", port_);
  EXPECT_EQ(client.Get("/elsewhere")->status, 404);
  EXPECT_EQ(client.Get("/sdmx/rest/" + std::string(9000, 'x'))->status, 414);
}

TEST_F(ReportRest, OnlyReads) {
  httplib::Client client("127.0.0.1", port_);
  EXPECT_EQ(client.Post("/sdmx/rest/dataflow", "x", "text/plain")->status, 405);
  EXPECT_EQ(client.Delete("/sdmx/rest/dataflow")->status, 405);
  const httplib::Result head = client.Head("/sdmx/rest/dataflow");
  EXPECT_EQ(head->status, 200);
  EXPECT_EQ(head->body, "");
}

TEST_F(ReportRest, ATagSaysWhetherAnAnswerIsStillTheSame) {
  const std::string tag = Get("data/SKILL_AWARDS")->get_header_value("ETag");
  EXPECT_EQ(tag.size(), 34u);
  const httplib::Result same = Get("data/SKILL_AWARDS", {{"If-None-Match", "\"x\", W/" + tag}});
  EXPECT_EQ(same->status, 304);
  EXPECT_EQ(same->body, "");
  EXPECT_EQ(Get("data/SKILL_AWARDS", {{"If-None-Match", "\"x\""}})->status, 200);
  // A new version is another answer at the same address.
  Content next = TrickyContent();
  next.set_version("1.3.0");
  next.mutable_tables(0)->mutable_rows(2)->mutable_figures(0)->set_value(7);
  samples_.Publish(next);
  const httplib::Result other = Get("data/SKILL_AWARDS", {{"If-None-Match", tag}});
  EXPECT_EQ(other->status, 200);
  EXPECT_THAT(other->body, HasSubstr("(1.3)"));
  EXPECT_THAT(Body("data/PUENTE,SKILL_AWARDS,1.2"), HasSubstr("1234567"));
}

TEST_F(ReportRest, WhatIsTooLargeToSendIsToldSoWithWhereToFindIt) {
  // A million observations; of one state they are few enough.
  Content wide;
  wide.set_report("wide");
  wide.set_version("1.0.0");
  for (const char* const list : {"CL_STATE", "CL_SKILL"}) {
    FigureCodeList& added = *wide.add_code_lists();
    added.set_code_list(list);
    for (int i = 0; i < 1000; ++i) added.add_codes()->set_code(absl::StrCat("c", 1000 + i));
  }
  Table& table = *wide.add_tables();
  table.mutable_table()->set_table("wide");
  for (const FigureCodeList& list : wide.code_lists()) {
    FigureDimension& dimension = *table.mutable_table()->add_dimensions();
    dimension.set_dimension(list.code_list().substr(3));
    dimension.set_code_list(list.code_list());
  }
  table.mutable_table()->add_measures()->set_measure("HEADS");
  Told told;
  Rows& rows = told.rows.emplace_back(NoRows(table));
  for (uint32_t i = 0; i < 1'000'000; ++i) {
    const uint32_t numbers[] = {
        rows.numbering(0).NumberOf(wide.code_lists(0).codes(i / 1000).code()),
        rows.numbering(1).NumberOf(wide.code_lists(1).codes(i % 1000).code())};
    rows.FiguresOf(rows.Add(numbers))[0] = *Figure::OfValue(i);
  }
  rows.Sort();
  told.content = wide;
  samples_.Publish(PublishedReport::Of(std::move(told)));
  const httplib::Result refused = Get("data/WIDE");
  EXPECT_EQ(refused->status, 413);
  EXPECT_THAT(refused->body, AllOf(HasSubstr("code=\"510\""), HasSubstr("wide.sdmx.csv"),
                                   HasSubstr("startPeriod"), HasSubstr("xml:lang=\"es\"")));
  EXPECT_THAT(Body("data/WIDE/c1002.."), AllOf(HasSubstr("\"2999\""), Not(HasSubstr("\"3000\""))));
  // One whose rows have no room tells its structures all the same.
  samples_.Publish(PublishedReport::WithoutRows(wide));
  EXPECT_EQ(Get("data/WIDE/c1002..")->status, 413);
  EXPECT_THAT(Get("data/WIDE/c1002..")->body, HasSubstr("wide.sdmx.csv"));
  EXPECT_THAT(Body("datastructure/PUENTE/DSD_WIDE"), HasSubstr("CL_SKILL"));
}

std::string Unzipped(const std::string& bytes) {
  z_stream stream{};
  EXPECT_EQ(inflateInit2(&stream, 15 + 16), Z_OK);
  std::string text(1 << 20, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(text.data());
  stream.avail_out = static_cast<uInt>(text.size());
  EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
  text.resize(stream.total_out);
  inflateEnd(&stream);
  return text;
}

TEST(AnswerCache, CountsKeysToo) {
  AnswerCache cache(1 << 20);
  const auto answer = Kept({200, "text/csv", "DATAFLOW"});
  const auto key = [](int i) { return absl::StrCat(i, std::string(8000, 'x')); };
  for (int i = 0; i < 1000; ++i) cache.Keep(key(i), answer);
  int kept = 0;
  for (int i = 0; i < 1000; ++i) kept += cache.Find(key(i)) != nullptr;
  EXPECT_GT(kept, 50);
  EXPECT_LT(kept, (1 << 20) / 16000);
  EXPECT_NE(cache.Find(key(999)), nullptr) << "the oldest go first";
  // However short they are, they are not many more than their bytes.
  for (int i = 0; i < 10'000; ++i) cache.Keep(absl::StrCat(i), answer);
  kept = 0;
  for (int i = 0; i < 10'000; ++i) kept += cache.Find(absl::StrCat(i)) != nullptr;
  EXPECT_LT(kept, 2100);
}

TEST_F(ReportRest, IsZippedForWhoeverTakesThat) {
  const std::string plain = Body("data/SKILL_AWARDS");
  const httplib::Result zipped = Get("data/SKILL_AWARDS", {{"Accept-Encoding", "br, gzip;q=0.8"}});
  EXPECT_EQ(zipped->get_header_value("Content-Encoding"), "gzip");
  EXPECT_LT(zipped->body.size(), plain.size() / 2);
  EXPECT_EQ(Unzipped(zipped->body), plain);
  EXPECT_NE(zipped->get_header_value("ETag"), Get("data/SKILL_AWARDS")->get_header_value("ETag"));
  EXPECT_FALSE(
      Get("data/SKILL_AWARDS", {{"Accept-Encoding", "gzip;q=0"}})->has_header("Content-Encoding"));
}

TEST_F(ReportRest, APartIsNotSentAsTheWhole) {
  const httplib::Result result = Get("data/SKILL_AWARDS", {{"Range", "bytes=0-9"}});
  EXPECT_EQ(result->status, 200);
  EXPECT_EQ(result->body, Body("data/SKILL_AWARDS"));
}

TEST_F(ReportRest, ServesSeveralAtOnce) {
  const std::string expected = Body("data/NEED_BY_STATE");
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&, i] {
      for (int j = 0; j < 5; ++j) {
        EXPECT_EQ(Body(absl::StrCat("data/NEED_BY_STATE/?", j % 2 == 0 ? "detail=full" : "")),
                  expected)
            << i;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

TEST(ReportRestEmpty, NothingPublishedIsNothingFound) {
  Samples none;
  telemetry::HttpMetrics metrics("sdmx");
  Endpoint endpoint(none, metrics);
  httplib::Client client("127.0.0.1", *endpoint.Listen("127.0.0.1", 0));
  EXPECT_EQ(client.Get("/sdmx/rest/dataflow")->status, 404);
}

TEST(ReportRestEmpty, APortThatIsTakenIsAnError) {
  Samples none;
  telemetry::HttpMetrics metrics("sdmx");
  Endpoint first(none, metrics), second(none, metrics);
  const int port = *first.Listen("127.0.0.1", 0);
  EXPECT_GT(port, 0);
  EXPECT_FALSE(second.Listen("256.0.0.1", port).ok());
}

TEST(ReportRestWithoutCatalogue, SaysThatItComesBackAndNothingElse) {
  class Away : public Catalogue {
    absl::StatusOr<PublishedReports> Published() override {
      return absl::UnavailableError("socket /run/secret");
    }
  } away;
  telemetry::HttpMetrics metrics("sdmx");
  Endpoint endpoint(away, metrics);
  const int port = *endpoint.Listen("127.0.0.1", 0);
  const httplib::Result result = httplib::Client("127.0.0.1", port).Get("/sdmx/rest/dataflow");
  EXPECT_EQ(result->status, 503);
  EXPECT_THAT(result->body, AllOf(HasSubstr("code=\"503\""), Not(HasSubstr("secret"))));
}

}  // namespace
}  // namespace puente::gateway::reports
