#include "console/site/site.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <httplib.h>

#include <nlohmann/json.hpp>

#include "common/status/error.h"
#include "console/http/server.h"
#include "console/site/house.h"
#include "console/site/origins.h"
#include "tests/console/client.h"
#include "tests/testing/certificates.h"

namespace puente::console {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::StartsWith;

// A federation of which no server is up: what the console itself does needs none.
Federation Nobody(testing::CertificateAuthority& authority) {
  Federation federation;
  federation.file = "federation.json";
  federation.addresses = {{"gateway", "127.0.0.1:1"}, {"labor", "127.0.0.1:1"}};
  federation.callers["council/cce"] = authority.For("council/cce");
  return federation;
}

class SiteTest : public ::testing::Test {
 protected:
  SiteTest() {
    address_ = server_.Listen("127.0.0.1:0").value_or("");
    client_ = Browser();
  }

  std::unique_ptr<httplib::Client> Browser() {
    auto client = std::make_unique<httplib::Client>("http://" + address_);
    client->set_keep_alive(true);
    return client;
  }

  // Opens the link; the cookie as it is sent.
  std::string Cookie() {
    const auto answer = client_->Get(site_.Link());
    const std::string cookie = answer->get_header_value("Set-Cookie");
    return cookie.substr(0, cookie.find(';'));
  }

  static std::string ReasonOf(const httplib::Result& answer) {
    const json body = json::parse(answer->body, nullptr, false);
    return body.is_object() ? body["details"][0]["debug"].value("reason", "") : answer->body;
  }

  testing::CertificateAuthority authority_;
  Channels channels_{Nobody(authority_), "council/cce"};
  Site site_{
      channels_,
      {.actors = {{"analyst-1", "analyst"}}, .actor = "", .language = "es", .pages_folder = ""}};
  Server server_{site_};
  std::string address_;
  std::unique_ptr<httplib::Client> client_;
};

TEST_F(SiteTest, ALinkOpensItOnce) {
  const std::string link = site_.Link();
  const auto opened = client_->Get(link);
  EXPECT_EQ(opened->status, 200);
  EXPECT_EQ(opened->get_header_value("Refresh"), "0; url=/");
  const std::string cookie = opened->get_header_value("Set-Cookie");
  EXPECT_THAT(cookie, HasSubstr("; HttpOnly; SameSite=Strict"));
  // Whoever has seen the link comes too late, and is told what to do.
  const auto stolen = Browser()->Get(link);
  EXPECT_EQ(stolen->status, 403);
  EXPECT_EQ(stolen->get_header_value("Set-Cookie"), "");
  EXPECT_THAT(stolen->body, HasSubstr("inícielo de nuevo"));
  EXPECT_THAT(stolen->body, HasSubstr("start it again"));
  EXPECT_EQ(Browser()->Get("/open/" + std::string(64, '0'))->status, 403);
  // The browser itself may open it again.
  const httplib::Headers known = {{"Cookie", "other=1; " + cookie.substr(0, cookie.find(';'))}};
  EXPECT_EQ(client_->Get(link, known)->status, 200);
}

// From the file that the command line gives the browser, which is no page of the site.
TEST_F(SiteTest, ALinkOpensItFromAnywhere) {
  const httplib::Headers elsewhere = {{"Sec-Fetch-Site", "cross-site"}};
  EXPECT_EQ(client_->Post(site_.Link(), elsewhere, "", "text/plain")->status, 403);
  EXPECT_EQ(client_->Get(site_.Link(), {{"Host", "attacker.example"}})->status, 403);
  const auto opened = client_->Get(site_.Link(), elsewhere);
  EXPECT_EQ(opened->status, 200);
  EXPECT_NE(opened->get_header_value("Set-Cookie"), "");
}

TEST_F(SiteTest, WithoutASessionThereIsNothing) {
  for (const char* path :
       {"/", "/index.html", "/session", "/puente.labor.v1.SkillService/ListSkills"}) {
    EXPECT_EQ(client_->Get(path)->status, 401) << path;
  }
  EXPECT_EQ(client_->Get("/", {{"Cookie", "puente-0=1"}})->status, 401);
  EXPECT_EQ(ReasonOf(client_->Get("/session")), "SESSION_UNKNOWN");
}

TEST_F(SiteTest, OtherSitesAndNamesAreRefused) {
  const std::string cookie = Cookie();
  for (const httplib::Headers& fields :
       {httplib::Headers{{"Host", "attacker.example"}},
        httplib::Headers{{"Host", "127.0.0.1.attacker.example:80"}},
        httplib::Headers{{"Origin", "http://attacker.example"}},
        httplib::Headers{{"Origin", "http://127.0.0.1:1"}}, httplib::Headers{{"Origin", "null"}},
        httplib::Headers{{"Sec-Fetch-Site", "cross-site"}}}) {
    httplib::Headers all = fields;
    all.emplace("Cookie", cookie);
    EXPECT_EQ(client_->Get("/session", all)->status, 403) << fields.begin()->second;
    EXPECT_EQ(client_->Post("/session", all, "{}", "application/json")->status, 403);
  }
  for (const std::string& host : {address_, "localhost" + address_.substr(address_.rfind(':'))}) {
    EXPECT_EQ(client_->Get("/", {{"Cookie", cookie}, {"Host", host}, {"Origin", "http://" + host}})
                  ->status,
              200);
  }
}

TEST_F(SiteTest, PagesRunNothingButTheirOwn) {
  const httplib::Headers known = {{"Cookie", Cookie()}};
  const auto page = client_->Get("/", known);
  EXPECT_EQ(page->status, 200);
  EXPECT_EQ(page->get_header_value("Content-Type"), "text/html; charset=utf-8");
  EXPECT_THAT(page->get_header_value("Content-Security-Policy"),
              StartsWith("default-src 'none'; script-src 'self';"));
  EXPECT_EQ(page->get_header_value("X-Content-Type-Options"), "nosniff");
  // The library would wait for a body.
  EXPECT_THAT(RawClient(address_)
                  .Send(absl::StrCat(
                      "GET / HTTP/1.1\r\nHost: ", address_, "\r\nCookie: ", known.begin()->second,
                      "\r\nIf-None-Match: ", page->get_header_value("ETag"), "\r\n\r\n"))
                  .ReadUntil("\r\n\r\n"),
              StartsWith("HTTP/1.1 304"));
  const auto none = client_->Get("/nothing", known);
  EXPECT_EQ(none->status, 404);
  EXPECT_THAT(none->body, HasSubstr("no hay ninguna página"));
  EXPECT_EQ(client_->Post("/", known, "{}", "application/json")->status, 405);
  EXPECT_EQ(client_->Delete("/session", known)->status, 405);
}

TEST_F(SiteTest, TheReferenceIsThereForWhomTheSiteIs) {
  EXPECT_EQ(client_->Get("/reference/")->status, 401);
  const httplib::Headers known = {{"Cookie", Cookie()}};
  EXPECT_EQ(client_->Get("/reference", known)->get_header_value("Location"), "/reference/");
  const auto index = client_->Get("/reference/", known);
  EXPECT_THAT(index->get_header_value("Content-Security-Policy"), StartsWith("default-src 'none'"));
  EXPECT_THAT(index->body, HasSubstr("labor.v1.skill.html#SkillService.ListSkills"));
  EXPECT_EQ(client_->Get("/reference/reference.css", known)->get_header_value("Content-Type"),
            "text/css; charset=utf-8");
  EXPECT_EQ(client_->Get("/reference/nothing.html", known)->status, 404);
  const auto document = client_->Get("/openapi.json", known);
  EXPECT_EQ(document->get_header_value("Content-Type"), "application/json");
  EXPECT_EQ(json::parse(document->body)["openapi"], "3.1.0");
  EXPECT_NE(document->get_header_value("ETag"), "");
}

TEST_F(SiteTest, CallsNeedAFieldThatNoFormSends) {
  const httplib::Headers known = {{"Cookie", Cookie()}};
  constexpr char kPath[] = "/puente.labor.v1.SkillService/ListSkills";
  EXPECT_EQ(ReasonOf(client_->Post(kPath, known, "{}", "application/json")), "FIELD_MISSING");
  EXPECT_EQ(ReasonOf(client_->Get(std::string(kPath) + "?encoding=json&message={}", known)),
            "FIELD_MISSING");
  httplib::Headers ours = known;
  ours.emplace("Connect-Protocol-Version", "1");
  const auto away = client_->Post(kPath, ours, "{}", "application/json");
  EXPECT_EQ(away->status, 503);
  EXPECT_EQ(ReasonOf(away), "SERVER_UNREACHABLE");
}

TEST_F(SiteTest, APageActsAsWhomItShowsOrNotAtAll) {
  const httplib::Headers known = {{"Cookie", Cookie()}};
  constexpr char kPath[] = "/puente.labor.v1.SkillService/ListSkills";
  const auto call = [&](httplib::Headers more) {
    more.emplace("Cookie", known.begin()->second);
    more.emplace("Connect-Protocol-Version", "1");
    return client_->Post(kPath, more, "{}", "application/json");
  };
  const auto as = [&](const std::string& actor) {
    return ReasonOf(call({{"Puente-Actor", actor}}));
  };
  // As far as the server, which is not there.
  EXPECT_EQ(as(""), "SERVER_UNREACHABLE");
  EXPECT_EQ(as("analyst-1"), "ACTOR_CHANGED");
  EXPECT_EQ(
      client_->Post("/session", known, R"({"actor": "analyst-1"})", "application/json")->status,
      200);
  EXPECT_EQ(as("analyst-1"), "SERVER_UNREACHABLE");
  EXPECT_EQ(as(""), "ACTOR_CHANGED");
  EXPECT_EQ(as("\xc3\xb1"), "ACTOR_CHANGED");
  EXPECT_EQ(ReasonOf(call({})), "SERVER_UNREACHABLE");
  // In the language of the page.
  const auto told = [&](const std::string& language) {
    const auto answer = call({{"Puente-Actor", ""}, {"Accept-Language", language}});
    return std::string(json::parse(answer->body)["details"][1]["debug"].value("message", ""));
  };
  EXPECT_THAT(told("en"), HasSubstr("reload the page"));
  EXPECT_THAT(told("es"), HasSubstr("recargue"));
  EXPECT_THAT(told("en-US,en;q=0.9"), HasSubstr("recargue"));  // the browser's, not the page's
}

TEST_F(SiteTest, WhatNoCallCanCarryIsRefused) {
  const httplib::Headers fields = {{"Cookie", Cookie()}, {"Puente-Purpose", "estad\xc3\xadstica"}};
  EXPECT_EQ(ReasonOf(client_->Get("/session", fields)), "HEADER_WRONG");
  EXPECT_EQ(ReasonOf(client_->Get("/reports/a/a.csv", fields)), "HEADER_WRONG");
}

TEST_F(SiteTest, AFileOfAReportSaysWhichServerIsAway) {
  EXPECT_EQ(ReasonOf(client_->Get("/reports/a/a.csv", {{"Cookie", Cookie()}})),
            "SERVER_UNREACHABLE");
}

TEST_F(SiteTest, AFileOfAReportIsSentAsWhomThePageShowsOrNotAtAll) {
  const httplib::Headers known = {{"Cookie", Cookie()}};
  const auto as = [&](const std::string& query) {
    return ReasonOf(client_->Get("/reports/a/a.csv" + query, known));
  };
  EXPECT_EQ(as("?actor="), "SERVER_UNREACHABLE");
  EXPECT_EQ(as("?actor=analyst-1"), "ACTOR_CHANGED");
  EXPECT_EQ(
      client_->Post("/session", known, R"({"actor": "analyst-1"})", "application/json")->status,
      200);
  EXPECT_EQ(as("?actor=analyst-1"), "SERVER_UNREACHABLE");
  EXPECT_EQ(as("?actor="), "ACTOR_CHANGED");
}

TEST_F(SiteTest, TheSessionSaysWhoActsAndChanges) {
  const httplib::Headers known = {{"Cookie", Cookie()}};
  json told = json::parse(client_->Get("/session", known)->body);
  EXPECT_EQ(told["caller"], "council/cce");
  EXPECT_EQ(told["kind"], "council");
  EXPECT_EQ(told["actors"], json::parse(R"([{"name": "analyst-1", "roles": ["analyst"]}])"));
  EXPECT_EQ(told["language"], "es");
  EXPECT_EQ(told["servers"].size(), 5);
  EXPECT_EQ(told["servers"][0], json::parse(R"({"server": "gateway", "reachable": false})"));
  told = json::parse(client_
                         ->Post("/session", known, R"({"actor": "analyst-1", "language": "en"})",
                                "application/json")
                         ->body);
  EXPECT_EQ(told["actor"], "analyst-1");
  EXPECT_EQ(told["language"], "en");
  for (const char* wrong : {"", "[]", R"({"language": "fr"})", R"({"actor": 7})",
                            R"({"caller": "agency/labor"})", R"({"actor": "a\nb"})"}) {
    EXPECT_EQ(ReasonOf(client_->Post("/session", known, wrong, "application/json")),
              "SESSION_WRONG")
        << wrong;
  }
  EXPECT_EQ(
      ReasonOf(client_->Post("/session", known, std::string(70'000, ' '), "application/json")),
      "BODY_TOO_LARGE");
  EXPECT_EQ(client_->Post("/session", known, "{}", "text/plain")->status, 415);
  EXPECT_EQ(json::parse(client_->Get("/session", known)->body)["actor"], "analyst-1");
}

TEST(Origins, HostsOfAddresses) {
  EXPECT_THAT(HostsOf("127.0.0.1:80"), ::testing::Contains("localhost"));
  EXPECT_THAT(HostsOf("10.0.0.5:80"), ::testing::ElementsAre("10.0.0.5"));
  EXPECT_TRUE(HostsOf("unix:/run/puente").empty());
  EXPECT_TRUE(IsLocal("[::1]:80"));
  EXPECT_FALSE(IsLocal("127.0.0.1.example:80"));
  EXPECT_FALSE(IsLocal("0.0.0.0:80"));
}

TEST(House, AnswersPagesOfTheSitesThatItKnowsAlone) {
  testing::CertificateAuthority authority;
  Channels channels(Nobody(authority), "council/cce");
  House house(channels, {"puente.example"}, {"https://tablero.example"});
  Server server(house);
  httplib::Client client("http://" + server.Listen("127.0.0.1:0").value_or(""));
  const auto status = [&](const char* host, const char* origin) {
    return client.Get("/", {{"Host", host}, {"Origin", origin}})->status;
  };
  EXPECT_EQ(status("puente.example", "https://tablero.example"), 404);
  EXPECT_EQ(status("puente.example:8080", "http://puente.example:8080"), 404);
  EXPECT_EQ(status("puente.example", "https://other.example"), 403);
  EXPECT_EQ(status("other.example", "https://tablero.example"), 403);
}

TEST(House, LetsPagesOfTheSitesThatItKnowsReadItsAnswers) {
  testing::CertificateAuthority authority;
  Channels channels(Nobody(authority), "council/cce");
  House house(channels, {}, {"https://tablero.example"});
  Server server(house);
  httplib::Client client("http://" + server.Listen("127.0.0.1:0").value_or(""));
  constexpr char kPath[] = "/puente.labor.v1.SkillService/ListSkills";
  const httplib::Headers known = {{"Origin", "https://tablero.example"},
                                  {"Access-Control-Request-Method", "POST"}};
  const auto leave = client.Options(kPath, known);
  EXPECT_EQ(leave->status, 204);
  EXPECT_EQ(leave->get_header_value("Access-Control-Allow-Origin"), "https://tablero.example");
  EXPECT_EQ(leave->get_header_value("Access-Control-Allow-Methods"), "GET, POST");
  for (const char* field : {"Content-Type", "Connect-Protocol-Version", "Puente-Actor"}) {
    EXPECT_THAT(leave->get_header_value("Access-Control-Allow-Headers"), HasSubstr(field));
  }
  EXPECT_EQ(leave->get_header_value("Vary"), "Origin");
  // Also what was refused.
  for (const char* kind : {"application/json", "text/plain"}) {
    const auto answer = client.Post(kPath, known, "{}", kind);
    EXPECT_EQ(answer->get_header_value("Access-Control-Allow-Origin"), "https://tablero.example");
    EXPECT_THAT(answer->get_header_value("Access-Control-Expose-Headers"),
                HasSubstr("Puente-Freshness"));
  }
  // To others nothing is said of it.
  EXPECT_EQ(client.Options(kPath, {{"Origin", "https://other.example"}})->status, 403);
  const auto own = client.Options(kPath);
  EXPECT_EQ(own->status, 405);
  EXPECT_EQ(own->get_header_value("Access-Control-Allow-Origin"), "");
}

}  // namespace
}  // namespace puente::console
