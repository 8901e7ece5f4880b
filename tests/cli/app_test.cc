#include "cli/app.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "absl/strings/str_cat.h"
#include "cli/commands.h"
#include "tests/cli/running.h"
#include "tests/testing/certificates.h"

namespace puente::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(CommandLine, ThatIsWrongIsToldAndEndsWith2) {
  const FederationFile federation;
  const std::string file = federation.path();
  struct Case {
    const char* name;
    std::vector<const char*> arguments;
    const char* told;
  };
  for (const Case& c :
       {Case{"no command", {}, "a command is missing"},
        Case{"unknown command", {"fly"}, "there is no command \"fly\""},
        Case{"unknown format", {"status", "--format", "xml"}, "--format"},
        Case{"an actor that no call can carry",
             {"--actor", "José", "status"},
             "--actor: write it in letters without accents, digits and signs"},
        Case{"a purpose of two lines", {"--purpose", "a\nb", "status"}, "--purpose: write it in"},
        Case{"unknown verdict", {"labor", "vacancies", "--verdict", "good"}, "--verdict"},
        Case{"no kind", {"count", "labor", "vacancies"}, "--kind is missing"},
        Case{"no agency",
             {"count", "culture", "books", "--kind", "real"},
             "there is no \"culture\""},
        Case{"an assessment that nobody says is watched",
             {"school", "assess", "e", "--on", "2027-02-01", "--evaluator", "ev-1", "--instrument",
              "T", "--identity", "known"},
             "--supervision is missing"},
        Case{"an id of a request that is none",
             {"--request-id", "x", "status"},
             "--request-id: write it as the error told it"},
        Case{"a folder for a file",
             {"school", "register", ".", "--as", "organization/utt", "--federation", file.c_str()},
             "Is a directory"},
        Case{"no day",
             {"count", "labor", "vacancies", "--kind", "real", "--from", "2026-02-30"},
             "is no day: write it as"},
        Case{"no release", {"labor", "load-occupations", "onet"}, "--release is missing"},
        Case{"unknown state", {"council", "overview", "--state", "Atlantis"}, "05 Coahuila"},
        Case{"unknown service", {"call", "NoService/X"}, "there is no service \"NoService\""},
        Case{"a service of almost that name",
             {"describe", "puente.labor.v1.VacancyServices/X"},
             "did you mean VacancyService?"},
        Case{"unknown method", {"describe", "VacancyService/X"}, "has no method \"X\" but "},
        Case{"unknown field",
             {"call", "SkillService/GetSkill", "{\"nome\":1}"},
             "puente.labor.v1.GetSkillRequest"},
        Case{"unknown value",
             {"call", "DemandService/CreateDemandStatement",
              "{\"demandStatement\":{\"recordKind\":\"REAL\"}}"},
             "RECORD_KIND_REAL, RECORD_KIND_GENERATED"},
        Case{"an upload",
             {"call", "VacancyService/LoadVacancies", "{}"},
             "takes a stream of requests"},
        Case{"a stream as CSV",
             {"call", "VacancyService/ExportVacancies", "{}", "--format", "csv"},
             "--format json"},
        Case{"a service of every agency",
             {"call", "ReferenceService/ListUnresolvedReferences", "{}"},
             "--server"},
        Case{"no version", {"certify", "dossier", "welding"}, "ID/NUMBER"},
        Case{"a folder that is there", {"report", "open", "x", "--to", "."}, "--to"},
        Case{"no company",
             {"company", "needs", "--as", "chamber/canacintra", "--federation", file.c_str()},
             "chamber/canacintra is no company"},
        Case{"no kind of proposal",
             {"company", "propose", "x", "--kind", "wish", "--title", "t", "--text", "t"},
             "there is no \"wish\""},
        Case{"unknown caller",
             {"status", "--as", "council/xyz", "--federation", file.c_str()},
             "certifier/ceneval, chamber/canacintra, company/acme, council/cce"}}) {
    SCOPED_TRACE(c.name);
    const Ran ran = RunWith(c.arguments);
    EXPECT_EQ(ran.code, kUsage);
    EXPECT_THAT(ran.err, HasSubstr(c.told));
    EXPECT_EQ(ran.out, "");
  }
}

// The caller's certificate is good, and nothing listens.
std::string FederationOf(const identity::TlsFiles& files) {
  return absl::StrCat(R"({"modules": {"education": {"address": "127.0.0.1:1"}}, "callers": )",
                      R"({"organization/utt": {"ca": ")", files.ca, R"(", "certificate": ")",
                      files.certificate, R"(", "key": ")", files.key, R"("}}})");
}

TEST(CommandLine, OfAChangeWhoseAnswerWasLostSaysHowToRepeatIt) {
  puente::testing::CertificateAuthority authority;
  const std::string file = authority.folder() + "/federation.json";
  std::ofstream(file) << FederationOf(authority.For("organization/utt"));
  const auto asks = [&](std::vector<const char*> arguments) {
    for (const char* more : {"--as", "organization/utt", "--federation", file.c_str()}) {
      arguments.push_back(more);
    }
    return RunWith(arguments);
  };
  constexpr char kId[] = "0b6e3a52-6f0c-4d8a-9d2e-5f2f5c1a7e11";
  const Ran booked = asks({"school", "facility", "book", "shop", "--on", "2027-02-01", "--at",
                           "08:00-10:00", "--seats", "12", "--for", "course", "--request-id", kId});
  EXPECT_EQ(booked.code, kFailure);
  EXPECT_THAT(booked.err, HasSubstr(absl::StrCat("repeat it with --request-id ", kId)));
  // So does one under an id that was drawn; a question does not.
  EXPECT_THAT(asks({"school", "dual", "accept", "dual-1"}).err, HasSubstr("--request-id "));
  const Ran asked = asks({"school", "facility", "shares"});
  EXPECT_EQ(asked.code, kFailure);
  EXPECT_THAT(asked.err, Not(HasSubstr("--request-id")));
  EXPECT_THAT(
      asks({"school", "facility", "book", "shop", "--on", "2027-02-01", "--at", "08:00-10:00",
            "--seats", "12", "--for", "course", "--request-id", kId, "--explain"})
          .out,
      HasSubstr(absl::StrCat(R"("requestId":")", kId, "\"")));
}

TEST(CommandLine, WhatCannotBeWrittenIsAFailure) {
  for (const std::vector<const char*>& arguments :
       {std::vector<const char*>{"puente", "--lang", "en", "describe", "VacancyService/GetVacancy"},
        std::vector<const char*>{"puente", "--lang", "en", "--help"}}) {
    std::ofstream full("/dev/full");
    std::ostringstream err;
    EXPECT_EQ(
        puente::cli::Run(static_cast<int>(arguments.size()), arguments.data(), false, full, err),
        kFailure);
    EXPECT_THAT(err.str(), HasSubstr("could be written"));
  }
}

TEST(CommandLine, StatusFailsWhereAServerIsDown) {
  const FederationFile federation;
  const std::string file = federation.path();
  EXPECT_EQ(
      RunWith({"status", "--as", "council/cce", "--timeout", "1", "--federation", file.c_str()})
          .code,
      kFailure);
}

TEST(CommandLine, ADecisionThatCannotBeMadeIsNoWrongUsage) {
  const FederationFile federation;
  const std::string file = federation.path();
  const std::vector<const char*> decides = {"certify",      "decide",     "s",         "certify",
                                            "--until",      "2027-01-31", "--timeout", "1",
                                            "--federation", file.c_str()};
  EXPECT_EQ(RunWith(decides).code, kFailure) << "the gateway is down";
  EXPECT_EQ(RunWith({"certify", "decide", "s", "certify", "--until", "never", "--federation",
                     file.c_str()})
                .code,
            kUsage);
}

TEST(CommandLine, AnActorThatNoCallCanCarryIsToldInSpanishToo) {
  EXPECT_THAT(RunWith({"--actor", "\xff", "status"}, "es").err,
              HasSubstr("--actor: escríbalo con letras sin acento, dígitos y signos"));
}

TEST(CommandLine, WithoutFederationSaysHowToStartOne) {
  const Ran ran = RunWith({"status", "--federation", "/nowhere/federation.json"});
  EXPECT_EQ(ran.code, kFailure);
  EXPECT_THAT(ran.err, AllOf(HasSubstr("/nowhere/federation.json"), HasSubstr("./dev run")));
}

TEST(CommandLine, NamesAFileThatCannotBeRead) {
  const FederationFile federation;
  const Ran ran = RunWith(
      {"labor", "close", "v1", "--reason", "filled", "--federation", federation.path().c_str()});
  EXPECT_EQ(ran.code, kFailure);
  EXPECT_THAT(ran.err, HasSubstr("missing.pem"));
}

TEST(CommandLine, SaysWhichFederationItPassesOver) {
  namespace fs = std::filesystem;
  const FederationFile federation;
  const testing::Folder folder;
  const fs::path root = fs::canonical(folder.path()), work = root / "work";
  for (const fs::path& at : {root, work}) {
    fs::create_directories(at / "var");
    fs::copy_file(federation.path(), at / "var/federation.json");
    std::ofstream(at / "var/x.pem") << "x";
  }
  const fs::path others = work / "var/federation.json";
  fs::permissions(others, fs::perms::others_write, fs::perm_options::add);
  const fs::path before = fs::current_path();
  fs::current_path(work);
  const Ran ran = RunWith({"council", "overview", "--sector", "automotive", "--explain"});
  fs::current_path(before);
  EXPECT_EQ(ran.code, kOk) << ran.err;
  EXPECT_THAT(ran.err, HasSubstr(absl::StrCat(others.string(), " is passed over")));
  EXPECT_THAT(ran.out, HasSubstr((root / "var/x.pem").string()));
}

TEST(CommandLine, ExplainsWithoutCalling) {
  const FederationFile federation;
  const std::string file = federation.path();
  const Ran ran = RunWith({"council", "overview", "--sector", "automotive", "--state", "cdmx",
                           "--explain", "--federation", file.c_str()});
  EXPECT_EQ(ran.code, kOk);
  EXPECT_THAT(ran.out,
              AllOf(HasSubstr("buf curl "), HasSubstr("accept-language: en"),
                    HasSubstr(R"('{"sector":"sectorTables/automotive","state":"09"}')"),
                    HasSubstr("https://127.0.0.1:1/puente.gateway.v1.CouncilService/GetOverview")));
}

TEST(CommandLine, AsksForGapsAsTheyWereNamed) {
  const FederationFile federation;
  const std::string file = federation.path();
  const Ran ran =
      RunWith({"council", "gaps", "--sector", "automotive", "--state", "Nuevo León", "--period",
               "2026-2027", "--transversal", "--explain", "--federation", file.c_str()});
  EXPECT_EQ(ran.code, kOk);
  EXPECT_THAT(ran.out, HasSubstr(R"({"sector":"sectorTables/automotive","stateCode":"19",)"
                                 R"("period":"2026-2027","kind":"SKILL_GAP_KIND_TRANSVERSAL",)"));
}

TEST(CommandLine, StatesANeedForACompanyThatConsented) {
  const FederationFile federation;
  const std::string file = federation.path();
  const Ran ran =
      RunWith({"company",      "need",       "welders",   "--company", "acme",
               "--skill",      "welding",    "--heads",   "40",        "--state",
               "Guanajuato",   "--scian",    "336110",    "--from",    "2027-01-01",
               "--until",      "2027-12-31", "--explain", "--as",      "chamber/canacintra",
               "--federation", file.c_str()});
  EXPECT_EQ(ran.code, kOk) << ran.err;
  EXPECT_THAT(ran.out, AllOf(HasSubstr(R"("parent":"companies/acme")"),
                             HasSubstr(R"("skill":"skills/welding","heads":40)"),
                             HasSubstr(R"("endDate":{"year":2027,"month":12,"day":31})"),
                             HasSubstr(R"("stateCode":"11","scianClass":"336110")")));
}

TEST(CommandLine, NamesStatementsWithinTheirCompany) {
  const FederationFile federation;
  const std::string file = federation.path();
  const Ran ran = RunWith({"company", "propose", "tig", "--kind", "new-microcredential", "--title",
                           "T", "--text", "X", "--skill", "welding", "--statement", "welders",
                           "--explain", "--federation", file.c_str()});
  EXPECT_EQ(ran.code, kOk) << ran.err;
  EXPECT_THAT(ran.out,
              AllOf(HasSubstr(R"("author":"company/acme")"),
                    HasSubstr(R"("kind":"PROPOSAL_KIND_NEW_MICROCREDENTIAL")"),
                    HasSubstr(R"("statements":["companies/acme/demandStatements/welders"])")));
}

TEST(CommandLine, AsksForAChambersOwnConsents) {
  const FederationFile federation;
  const std::string file = federation.path();
  const auto asks = [&](std::vector<const char*> arguments) {
    for (const char* more : {"--explain", "--federation", file.c_str()}) arguments.push_back(more);
    return RunWith(arguments).out;
  };
  const char kOfChamber[] = R"("filter":"chamber = \"chambers/canacintra\"")";
  EXPECT_THAT(asks({"company", "consents", "--as", "chamber/canacintra"}),
              AllOf(HasSubstr(R"("parent":"companies/-")"), HasSubstr(kOfChamber)));
  EXPECT_THAT(asks({"company", "consents", "--as", "chamber/canacintra", "--company", "acme"}),
              AllOf(HasSubstr(R"("parent":"companies/acme")"), HasSubstr(kOfChamber)));
  EXPECT_THAT(asks({"company", "consents"}),
              AllOf(HasSubstr(R"("parent":"companies/acme")"), Not(HasSubstr("filter"))));
}

TEST(CommandLine, OfBodiesNamesWhatTheyAnswer) {
  const FederationFile federation;
  const std::string file = federation.path();
  const auto asks = [&](std::vector<const char*> arguments) {
    for (const char* more : {"--explain", "--federation", file.c_str()}) arguments.push_back(more);
    return RunWith(arguments).out;
  };
  EXPECT_THAT(asks({"certify", "findings", "s"}),
              HasSubstr(R"(submission = \"certifiers/ceneval/submissions/s\")"));
  EXPECT_THAT(asks({"certify", "find", "s", "Faltan horas", "--of", "workload_hours"}),
              AllOf(HasSubstr(R"("submission":"certifiers/ceneval/submissions/s")"),
                    HasSubstr(R"("target":"workload_hours","kind":"FINDING_KIND_REQUIRED")")));
  EXPECT_THAT(asks({"certify", "find", "s", "X", "--of", "title_es", "--advice"}),
              HasSubstr("FINDING_KIND_ADVICE"));
  EXPECT_THAT(asks({"certify", "close", "f"}),
              AllOf(HasSubstr("FindingService/CloseFinding"),
                    HasSubstr(R"("name":"certifiers/ceneval/findings/f")")));
  EXPECT_THAT(asks({"certify", "uphold", "d", "--reason", "R"}),
              HasSubstr(R"({"name":"certifiers/ceneval/decisions/d","reason":"R"})"));
}

TEST(CommandLine, OfSchoolsSaysWhatIsDoneForLearnersAndNotWhoTheyAre) {
  const FederationFile federation;
  const std::string file = federation.path();
  const auto asks = [&](std::vector<const char*> arguments) {
    for (const char* more :
         {"--explain", "--as", "organization/utt", "--federation", file.c_str()}) {
      arguments.push_back(more);
    }
    return RunWith(arguments).out;
  };
  const std::string who = file + ".learner";
  std::ofstream(who) << R"({"identifierScheme": "PERSON_IDENTIFIER_SCHEME_CURP",)"
                     << R"("identifier": "BOXW310820HNERXN09", "givenNames": "Wenceslao"})";
  EXPECT_THAT(asks({"school", "register", who.c_str()}),
              AllOf(HasSubstr("LearnerService/RegisterLearner"),
                    HasSubstr(R"("parent":"organizations/utt")"), Not(HasSubstr("BOXW")),
                    Not(HasSubstr("Wenceslao"))));
  std::ofstream(who) << "\xef\xbb\xbf{}";  // of an editor that writes UTF-8 with a mark
  EXPECT_THAT(asks({"school", "register", who.c_str()}), HasSubstr("RegisterLearner"));
  std::ofstream(who) << R"({"identifier": BOXW310820HNERXN09})";
  const Ran wrong = RunWith({"school", "register", who.c_str(), "--as", "organization/utt",
                             "--federation", file.c_str()});
  std::filesystem::remove(who);
  EXPECT_EQ(wrong.code, kUsage);
  EXPECT_THAT(wrong.err, AllOf(HasSubstr("no learner in JSON"), Not(HasSubstr("BOXW"))));
  EXPECT_THAT(asks({"school", "find"}), HasSubstr("LearnerService/FindLearner"));
  EXPECT_THAT(asks({"school", "learner", "l"}),
              AllOf(HasSubstr("LearnerService/GetLearner"),
                    HasSubstr(R"({"name":"organizations/utt/learners/l"})")));
  EXPECT_THAT(asks({"school", "accesses", "l"}),
              HasSubstr(R"({"parent":"organizations/utt/learners/l"})"));
  EXPECT_THAT(asks({"school", "enrol", "l", "m/2", "--from", "2027-01-31", "--id", "e"}),
              AllOf(HasSubstr(R"("learner":"organizations/utt/learners/l")"),
                    HasSubstr(R"("microcredentialVersion":"microcredentials/m/versions/2")"),
                    HasSubstr(R"("enrolmentId":"e")")));
  EXPECT_THAT(asks({"school", "assess", "e", "--on", "2027-02-01", "--evaluator", "ev-1",
                    "--instrument", "T", "--attempt", "2", "--certifier", "ceneval",
                    "--supervision", "remote", "--identity", "known"}),
              AllOf(HasSubstr(R"("enrolment":"organizations/utt/enrolments/e")"),
                    HasSubstr(R"("supervision":"SUPERVISION_REMOTE")"),
                    HasSubstr(R"("identityCheck":"IDENTITY_CHECK_KNOWN")"),
                    HasSubstr(R"("certifier":"certifiers/ceneval")"), HasSubstr(R"("attempt":2)")));
  EXPECT_THAT(asks({"school", "evidence", "a", "d1", "d2"}),
              AllOf(HasSubstr("UpdateAssessment"),
                    HasSubstr(R"("dualPlans":["organizations/utt/dualPlans/d1",)"),
                    HasSubstr(R"("updateMask":"dualPlans")")));
  EXPECT_THAT(asks({"school", "result", "a", "passed", "--grade", "9"}),
              AllOf(HasSubstr("PassAssessment"), HasSubstr(R"("grade":"9")")));
  EXPECT_THAT(asks({"school", "result", "a", "failed"}), HasSubstr("FailAssessment"));
  EXPECT_THAT(asks({"certify", "result", "organizations/utt/assessments/a", "passed"}),
              AllOf(HasSubstr("PassAssessment"),
                    HasSubstr(R"({"name":"organizations/utt/assessments/a"})")));
  EXPECT_THAT(asks({"council", "places", "--state", "Puebla", "--sector", "31-33"}),
              AllOf(HasSubstr("GetPlaceSummary"), HasSubstr(R"("stateCodes":["21"])"),
                    HasSubstr(R"("scianSector":"31-33")")));
  EXPECT_THAT(asks({"council", "places", "--by-state"}), HasSubstr(R"("31","32"])"));
  EXPECT_EQ(RunWith({"council", "places", "--by-state", "--state", "09"}).code, kUsage);
  EXPECT_THAT(asks({"award", "issue", "a", "--on", "2027-02-02"}),
              HasSubstr(R"("assessment":"organizations/utt/assessments/a")"));
  EXPECT_THAT(asks({"award", "list"}), HasSubstr("ListAwards"));
  EXPECT_THAT(asks({"award", "suspend", "w", "--reason", "R"}),
              AllOf(HasSubstr("SuspendAward"),
                    HasSubstr(R"({"name":"organizations/utt/awards/w","reason":"R"})")));
  EXPECT_THAT(asks({"award", "resume", "w", "--reason", "R"}), HasSubstr("ResumeAward"));
  EXPECT_THAT(asks({"award", "revoke", "w", "--reason", "R"}), HasSubstr("RevokeAward"));
}

TEST(CommandLine, AsksForReportsByTheirShortNames) {
  const FederationFile federation;
  const std::string file = federation.path();
  const auto asks = [&](std::vector<const char*> arguments) {
    for (const char* more : {"--explain", "--as", "agency/labor", "--federation", file.c_str()}) {
      arguments.push_back(more);
    }
    const Ran ran = RunWith(arguments);
    EXPECT_EQ(ran.code, kOk) << ran.err;
    return ran.out;
  };
  EXPECT_THAT(asks({"report", "run", "awards", "--id", "a", "--embargo", "2027-01-31"}),
              AllOf(HasSubstr("ReportService/CreateReport"), HasSubstr(R"("reportId":"a")"),
                    HasSubstr(R"("reportDefinition":"reportDefinitions/awards")"),
                    HasSubstr(R"("embargoTime":"2027-01-31T06:00:00Z")"),
                    HasSubstr(R"("source":"labor","recordKind":"RECORD_KIND_REAL")")));
  EXPECT_THAT(asks({"report", "list", "--state", "drafted", "--definition", "awards"}),
              HasSubstr(R"("filter":"state = DRAFTED AND report_definition = )"));
  EXPECT_THAT(
      asks({"report", "withdraw", "a", "--reason", "Mal"}),
      AllOf(HasSubstr("WithdrawReport"), HasSubstr(R"("name":"reports/a","reason":"Mal")")));
  EXPECT_THAT(asks({"report", "approve", "reports/a"}), HasSubstr(R"("name":"reports/a")"));
  EXPECT_THAT(asks({"report", "rerun", "a"}), HasSubstr("RerunReport"));
}

TEST(CommandLine, OffersReservesAndConfirmsPlaces) {
  const FederationFile federation;
  const std::string file = federation.path();
  const auto asks = [&](const char* caller, std::vector<const char*> arguments) {
    for (const char* more : {"--explain", "--as", caller, "--federation", file.c_str()}) {
      arguments.push_back(more);
    }
    const Ran ran = RunWith(arguments);
    EXPECT_EQ(ran.code, kOk) << ran.err;
    return ran.out;
  };
  EXPECT_THAT(asks("chamber/canacintra",
                   {"company", "offer", "tig", "--company", "acme", "--title", "Soldadura",
                    "--state", "Guanajuato", "--seats", "3", "--hours", "40", "--skill", "welding",
                    "--from", "2027-01-01", "--until", "2027-06-30"}),
              AllOf(HasSubstr("TrainingPlaceService/CreateTrainingPlace"),
                    HasSubstr(R"("parent":"companies/acme","trainingPlaceId":"tig")"),
                    HasSubstr(R"("stateCode":"11")"), HasSubstr(R"("skills":["skills/welding"])"),
                    HasSubstr(R"("seatCount":3,"weeklyHours":40)")));
  EXPECT_THAT(asks("company/acme", {"company", "places"}),
              AllOf(HasSubstr("ListTrainingPlaces"), HasSubstr(R"("parent":"companies/acme")")));
  EXPECT_THAT(asks("company/acme", {"company", "reservations"}),
              HasSubstr(R"("filter":"company = \"companies/acme\"")"));
  EXPECT_THAT(
      asks("company/acme", {"company", "confirm", "r"}),
      AllOf(HasSubstr("ConfirmPlaceReservation"), HasSubstr(R"("name":"placeReservations/r")")));
  EXPECT_THAT(asks("organization/utt", {"school", "places", "--state", "Guanajuato"}),
              HasSubstr(R"("filter":"state_code = \"11\" AND state = OPEN")"));
  EXPECT_THAT(asks("organization/utt", {"school", "places", "--occupation", "7322"}),
              HasSubstr(R"("filter":"occupation_code = \"7322\" AND state = OPEN")"));
  EXPECT_THAT(asks("organization/utt", {"school", "places", "--skill", "welding"}),
              HasSubstr(R"("filter":"skill = \"skills/welding\"")"));
  EXPECT_THAT(asks("company/acme", {"company", "learner", "r"}),
              AllOf(HasSubstr("GetPlacedLearner"), HasSubstr(R"("name":"placeEnrolments/r")")));
  EXPECT_THAT(asks("organization/utt", {"school", "place", "acme/tig", "l", "--from", "2027-01-01",
                                        "--until", "2027-03-31"}),
              AllOf(HasSubstr("PlaceLearner"),
                    HasSubstr(R"("trainingPlace":"companies/acme/trainingPlaces/tig")"),
                    HasSubstr(R"("learner":"organizations/utt/learners/l")")));
  const std::vector<const char*> wanted = {"school",  "match",     "--skill", "welding",
                                           "--state", "11",        "--from",  "2027-01-01",
                                           "--until", "2027-03-31"};
  EXPECT_THAT(asks("organization/utt", wanted),
              AllOf(HasSubstr("FindPlaces"), HasSubstr(R"("skills":["skills/welding"])"),
                    HasSubstr(R"("stateCode":"11")")));
  std::vector<const char*> why = wanted;
  why.insert(why.end(), {"--place", "acme/tig"});
  EXPECT_THAT(
      asks("organization/utt", why),
      AllOf(HasSubstr("ExplainPlace"), HasSubstr(R"("name":"companies/acme/trainingPlaces/tig")")));
  EXPECT_THAT(asks("organization/utt", {"school", "reservations"}),
              HasSubstr(R"("filter":"organization = \"organizations/utt\"")"));
  EXPECT_THAT(
      asks("organization/utt", {"school", "release", "placeReservations/r"}),
      AllOf(HasSubstr("ReleasePlaceReservation"), HasSubstr(R"("name":"placeReservations/r")")));
  EXPECT_EQ(RunWith({"school", "places"}).code, kUsage) << "of the whole country there are many";
}

TEST(CommandLine, HelpOfAGroupHasAnExampleOfItsOwn) {
  const Ran ran = RunWith({"company", "--help"});
  EXPECT_THAT(ran.out,
              HasSubstr("Examples:\n  puente company needs\n  puente company need welders"));
}

// Each that is bundled, and that four were made without a file to see.
TEST(CommandLine, HelpOfLoadsNamesTheLayoutsAndWhatTheyRestOn) {
  const std::string help = RunWith({"load", "--help"}).out;
  for (const char* agency : {"economy", "education"}) {
    const std::filesystem::path folder = std::filesystem::path("data") / agency / "profiles";
    for (const auto& file : std::filesystem::directory_iterator(folder)) {
      EXPECT_THAT(help, HasSubstr(file.path().stem().string()));
    }
  }
  EXPECT_THAT(help, HasSubstr("published descriptions, not from real\nfiles"));
}

TEST(CommandLine, MissingFileToLoadIsAFailure) {
  const Ran ran = RunWith({"labor", "load-vacancies", "/nowhere/v.csv", "--source", "x"});
  EXPECT_EQ(ran.code, kFailure);
  EXPECT_THAT(ran.err, HasSubstr("/nowhere/v.csv: No such file or directory"));
}

TEST(CommandLine, BothFilesOfAVocabularyMustBeThere) {
  const Ran ran =
      RunWith({"labor", "load-occupations", "/nowhere", "--release", "x", "--version-label", "1"});
  EXPECT_EQ(ran.code, kFailure);
  EXPECT_THAT(ran.err, HasSubstr("/nowhere/Occupation Data.txt: No such file or directory"));
}

TEST(CommandLine, WhatCanBeReadOnceOnlyIsNotLoadedStrictly) {
  const Ran ran = RunWith({"labor", "load-vacancies", "/dev/null", "--source", "x", "--strict"});
  EXPECT_EQ(ran.code, kUsage);
  EXPECT_THAT(ran.err, HasSubstr("/dev/null can be read only once"));
}

TEST(Names, AreTakenShortOrWhole) {
  EXPECT_EQ(SectorName("automotive"), "sectorTables/automotive");
  EXPECT_EQ(SectorName("sectorTables/automotive"), "sectorTables/automotive");
  EXPECT_EQ(SectorName(""), "");
  EXPECT_EQ(VacancyName("a1"), "vacancies/a1");
  EXPECT_EQ(MicrocredentialVersionName("welding/2"), "microcredentials/welding/versions/2");
  EXPECT_EQ(MicrocredentialVersionName("microcredentials/welding/versions/2"),
            "microcredentials/welding/versions/2");
}

}  // namespace
}  // namespace puente::cli
