#include "cli/status_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/cli/text_proto.h"

namespace puente::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

std::vector<ServerState> OneOfTwoUp() {
  ServerState up;
  up.name = "labor";
  up.address = "127.0.0.1:4000";
  up.server = Of<api::v1::Server>(R"pb(
    agency: "labor"
    version: "0.1.0"
    hosting: HOSTING_OWN_PROCESS
    schema_version: 8
    journal_position: 10214
    start_time { seconds: 1600000000 }
    record_counts { collection: "skills" count: 3 }
    record_counts { collection: "vacancies" count: 10173 generated_count: 12 }
    counted_kinds {
      collection: "vacancies"
      record_kind: RECORD_KIND_REAL
      effective_date { year: 2020 month: 8 day: 1 }
    }
    due_work {
      kind: "reservations.expire"
      count: 1200
      first_due_time { seconds: 1600000060 }
      failing_count: 2
      last_error: "DATABASE_UNAVAILABLE"
    })pb");
  up.unresolved.push_back(Of<api::v1::UnresolvedReference>(R"pb(
    resource: "vacancies/acme-welding"
    field: "skill"
    target: "skills/weldng"
    target_type: "labor.puente/Skill"
    owner: "company/acme"
    resolution: RESOLUTION_MISSING
    since_time { seconds: 1600000120 })pb"));
  up.more_unresolved = true;
  up.caller = "agency/labor";
  ServerState down;
  down.name = "science";
  down.address = "127.0.0.1:4001";
  down.status = absl::UnavailableError("x");
  down.cause = "nothing listens";
  return {up, down};
}

TEST(Status, SaysWhoIsDownAndWhy) {
  EXPECT_EQ(
      Plain(Language::kEnglish, [](Printer& printer) { Print(printer, OneOfTwoUp()); }),
      R"(  server   state  version  hosting      schema  journal  since                    address
  ----------------------------------------------------------------------------------------------
  labor    up     0.1.0    own process       8   10,214  2020-09-13 12:26:40 UTC  127.0.0.1:4000
  science  DOWN                                                                   127.0.0.1:4001

  server  records            generated  counted  since
  ---------------------------------------------------------
  labor   skills          3          0
  labor   vacancies  10,173         12  real     2020-08-01

  server  work due                    first due                failing  last error
  ------------------------------------------------------------------------------------------
  labor   reservations.expire  1,200  2020-09-13 12:27:40 UTC        2  DATABASE_UNAVAILABLE

  server  record                  refers to      in     found                 owner         since
  -----------------------------------------------------------------------------------------------------------------
  labor   vacancies/acme-welding  skills/weldng  skill  nothing of that name  company/acme  2020-09-13 12:28:40 UTC
  there are more: puente call ReferenceService/ListUnresolvedReferences --server labor --as agency/labor

  1 of 2 servers do not answer:
  science: nothing listens
)");
}

TEST(Status, IsOneObjectForPrograms) {
  EXPECT_THAT(StatusJson(OneOfTwoUp()),
              AllOf(HasSubstr("\"journalPosition\": \"10214\""), HasSubstr("\"up\": false"),
                    HasSubstr("\"error\": \"nothing listens\""),
                    HasSubstr("\"target\": \"skills/weldng\"")));
  EXPECT_THAT(
      StatusRecords(OneOfTwoUp()).Csv(),
      AllOf(HasSubstr("vacancies,10173,12,RECORD_KIND_REAL,2020-08-01\n"),
            HasSubstr("labor,true,0.1.0,8,10214,skills,3,0,,\n"), HasSubstr("science,false,")));
}

// Most callers are told how many records there are of what they may list, and no position.
TEST(Status, SaysWhichKindCountsToWhoMayNotKnowHowManyThereAre) {
  std::vector<ServerState> states = OneOfTwoUp();
  states[0].server.clear_record_counts();
  states[0].server.clear_journal_position();
  states[0].server.clear_due_work();
  EXPECT_THAT(
      Plain(Language::kEnglish, [&](Printer& printer) { Print(printer, states); }),
      AllOf(HasSubstr("  labor    up     0.1.0    own process       8        -  2020-09-13"),
            HasSubstr("  labor   vacancies               real     2020-08-01")));
  EXPECT_THAT(StatusRecords(states).Csv(),
              HasSubstr("labor,true,0.1.0,8,0,vacancies,,,RECORD_KIND_REAL,2020-08-01\n"));
}

TEST(Status, SaysWhenItIsNotToldWhichReferencesLeadNowhere) {
  std::vector<ServerState> states = OneOfTwoUp();
  states[0].unresolved.clear();
  states[0].more_unresolved = false;
  states[0].unresolved_status = absl::UnimplementedError("an older server");
  EXPECT_THAT(Plain(Language::kEnglish, [&](Printer& printer) { Print(printer, states); }),
              HasSubstr("labor does not say which references lead nowhere: an older server"));
  EXPECT_THAT(StatusJson(states),
              AllOf(HasSubstr("\"unresolvedReferencesError\": \"an older server\""),
                    Not(HasSubstr("\"unresolvedReferences\":"))));
}

}  // namespace
}  // namespace puente::cli
