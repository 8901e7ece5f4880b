// Files of competence standards, and of programs with outcomes: several rows a record.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "common/crypto/digest.h"
#include "modules/education/module.h"
#include "puente/education/v1/competence_standard.grpc.pb.h"
#include "puente/education/v1/credit_rule.grpc.pb.h"
#include "puente/education/v1/organization.grpc.pb.h"
#include "puente/education/v1/program.grpc.pb.h"
#include "tests/agencies/load_file.h"
#include "tests/education/requests.h"
#include "tests/testing/database.h"
#include "tests/testing/status.h"

namespace puente::education {
namespace {

using ::puente::testing::Called;
using ::puente::testing::Database;
using ::puente::testing::HasReason;
using ::puente::testing::HostedModule;
using ::puente::testing::RowsOf;
using ::puente::testing::SendFile;
using ::testing::ElementsAre;

class EducationLoads : public ::testing::Test {
 protected:
  EducationLoads()
      : target_(Database::Shared().NewSchema(Education().migrations)),
        education_(Education(), target_, "agency/education",
                   puente::testing::WithProfiles("education")) {}

  static api::v1::LoadRecordsHeader HeaderOf(const std::string& profile,
                                             const std::string& source) {
    api::v1::LoadRecordsHeader header;
    header.set_profile(profile);
    header.set_source(source);
    header.set_record_kind(type::v1::RECORD_KIND_GENERATED);
    return header;
  }
  static std::vector<std::string> SendTo(HostedModule& module, const std::string& profile,
                                         const std::string& file, const std::string& source) {
    const auto done = SendFile(module.channel(), HeaderOf(profile, source), file, 7);
    EXPECT_OK(done);
    return done.ok() ? RowsOf(module.channel(), done->load().name()) : std::vector<std::string>();
  }
  std::vector<std::string> Send(const std::string& profile, const std::string& file) {
    return SendTo(education_, profile, file, "test");
  }

  const sql::Target target_;
  HostedModule education_;
};

TEST_F(EducationLoads, OfStandardsReadCodeAndRevisionInOneColumn) {
  const std::string columns = "Código,Título,Nivel,Comité,Sector\n";
  const std::string rows =
      "EC0217.01,Impartición de cursos,3,Capacitación,Educación\n"
      "EC0076,Evaluación de la competencia,2,CONOCER,Educación\n"
      "EC217,Corto,2,CONOCER,Educación\n"
      "EC0218.01,Nivel de más,6,CONOCER,Educación\n";
  EXPECT_THAT(Send("conocer-renec", columns + rows),
              ElementsAre("1 TAKEN", "2 TAKEN", "3 REFUSED Código PATTERN Código PATTERN",
                          "4 REFUSED Nivel TOO_LARGE"));
  v1::GetCompetenceStandardRequest request;
  request.set_name("competenceStandards/ec0217-01");
  auto stub = v1::CompetenceStandardService::NewStub(education_.channel());
  using Stub = v1::CompetenceStandardService::Stub;
  ASSERT_OK_AND_ASSIGN(const auto standard, Called(*stub, &Stub::GetCompetenceStandard, request));
  EXPECT_EQ(standard.code(), "EC0217");
  EXPECT_EQ(standard.revision(), "01");
  EXPECT_EQ(standard.level(), 3);
  request.set_name("competenceStandards/ec0076-00");
  EXPECT_OK(Called(*stub, &Stub::GetCompetenceStandard, request));
}

class ProgramLoads : public EducationLoads {
 protected:
  ProgramLoads() {
    EXPECT_OK(Called(*v1::OrganizationService::NewStub(education_.channel()),
                     &v1::OrganizationService::Stub::CreateOrganization,
                     testing::NewOrganization("utt")));
    EXPECT_OK(Called(*v1::CreditRuleService::NewStub(education_.channel()),
                     &v1::CreditRuleService::Stub::CreateCreditRule, testing::DefaultRule()));
  }
  static std::string Row(const std::string& program, const std::string& outcome,
                         const std::string& title = "Mecatrónica",
                         const std::string& organization = "utt",
                         const std::string& hours = "100") {
    return absl::StrCat(program, ",1,", organization, ",", title, ",,mnc:6,Dual,", hours, ",",
                        outcome, ",Hace algo.,welding; plc-programming,40\n");
  }
  std::vector<std::string> SendPrograms(const std::string& rows) {
    return Send("programas-con-resultados", kColumns + rows);
  }
  absl::StatusOr<v1::ProgramVersion> Get(const std::string& program) {
    v1::GetProgramVersionRequest request;
    request.set_name(absl::StrCat("programs/", program, "/versions/1"));
    return Called(*v1::ProgramService::NewStub(education_.channel()),
                  &v1::ProgramService::Stub::GetProgramVersion, request);
  }
  static constexpr char kColumns[] =
      "PROGRAMA,VERSION,INSTITUCION,TITULO,TITULO_INGLES,NIVEL,MODALIDAD,HORAS,RESULTADO,ENUNCIADO,"
      "HABILIDADES,HORAS_RESULTADO\n";
};

TEST_F(ProgramLoads, MakeOneDraftOfTheRowsOfAProgram) {
  const std::string rows =
      Row("mecatronica", "ra-1") + Row("mecatronica", "ra-2") + Row("otro", "ra-1");
  EXPECT_THAT(SendPrograms(rows), ElementsAre("1 TAKEN", "2 TAKEN", "3 TAKEN"));
  ASSERT_OK_AND_ASSIGN(const v1::ProgramVersion program, Get("mecatronica"));
  EXPECT_EQ(program.state(), v1::PROGRAM_STATE_DRAFT);
  EXPECT_EQ(program.organization(), "organizations/utt");
  EXPECT_EQ(program.modality(), v1::MODALITY_DUAL);
  ASSERT_EQ(program.outcomes_size(), 2);
  EXPECT_EQ(program.outcomes(1).code(), "ra-2");
  EXPECT_THAT(program.outcomes(1).skills(),
              ElementsAre("skills/welding", "skills/plc-programming"));
  EXPECT_EQ(program.outcomes(1).hours(), 40);
  EXPECT_THAT(SendPrograms(rows), ElementsAre("1 UNCHANGED", "2 UNCHANGED", "3 UNCHANGED"));
  EXPECT_THAT(SendPrograms(Row("mecatronica", "ra-1")), ElementsAre("1 CHANGED"));
}

TEST_F(ProgramLoads, StoreNoHalfOfAProgram) {
  const struct {
    const char* what;
    std::string rows;
    std::vector<std::string> outcomes;
  } cases[] = {
      {"a wrong row",
       Row("a", "ra-1") + Row("a", "?") + Row("b", "ra-1"),
       {"1 REFUSED  ROW_OF_REFUSED", "2 REFUSED RESULTADO PATTERN", "3 TAKEN"}},
      {"a row that is cut",
       Row("a", "ra-1") + "a,1\n" + Row("c", "ra-1") + Row("d", "ra-1"),
       {"1 REFUSED  ROW_OF_REFUSED", "2 REFUSED  TOO_FEW_FIELDS", "3 REFUSED  ROW_OF_REFUSED",
        "4 TAKEN"}},
      {"rows that differ",
       Row("a", "ra-1") + Row("a", "ra-2", "Otro título"),
       {"1 REFUSED  ROW_OF_REFUSED", "2 REFUSED  ROW_DIFFERS"}},
      {"rows apart",
       Row("e", "ra-1") + Row("f", "ra-1") + Row("e", "ra-2"),
       {"1 TAKEN", "2 TAKEN", "3 REFUSED VERSION ROW_REPEATED"}},
      {"the same outcome twice",
       Row("a", "ra-1") + Row("a", "ra-1"),
       {"1 REFUSED  ROW_OF_REFUSED", "2 REFUSED RESULTADO UNIQUE"}},
      {"no such organization",
       Row("a", "ra-1", "Uno", "nadie"),
       {"1 REFUSED INSTITUCION ORGANIZATION_NOT_FOUND"}},
      {"more hours in its outcomes",
       Row("a", "ra-1", "Uno", "utt", "10"),
       {"1 REFUSED outcomes HOURS_OVER_WORKLOAD"}},
  };
  for (const auto& [what, rows, outcomes] : cases) {
    SCOPED_TRACE(what);
    EXPECT_EQ(SendPrograms(rows), outcomes);
    EXPECT_THAT(Get("a"), HasReason("PROGRAM_VERSION_NOT_FOUND"));
  }
}

TEST_F(ProgramLoads, OfMoreOutcomesThanAProgramMayHaveAreRefusedAndEndThere) {
  std::string rows;
  for (int i = 1; i <= 203; ++i) rows += Row("a", absl::StrCat("ra-", i));
  const std::vector<std::string> told = SendPrograms(rows + Row("b", "ra-1"));
  ASSERT_EQ(told.size(), 204u);
  EXPECT_EQ(told[0], "1 REFUSED  ROW_OF_REFUSED");
  EXPECT_EQ(told[199], "200 REFUSED  ROW_OF_REFUSED");
  EXPECT_EQ(told[200], "201 REFUSED outcomes TOO_MANY");
  EXPECT_EQ(told[201], "202 REFUSED  ROW_OF_REFUSED");
  EXPECT_EQ(told[202], "203 REFUSED  ROW_OF_REFUSED");
  EXPECT_EQ(told[203], "204 TAKEN");
  EXPECT_THAT(Get("a"), HasReason("PROGRAM_VERSION_NOT_FOUND"));
}

TEST_F(ProgramLoads, AreAcknowledgedInPiecesHoweverManyRowsARecordHas) {
  std::string rows;
  for (int program = 1; program <= 6; ++program) {
    for (int i = 1; i <= 200; ++i) {
      rows += Row(absl::StrCat("p", program), absl::StrCat("ra-", i), "Uno", "utt", "8000");
    }
  }
  const auto done =
      SendFile(education_.channel(), HeaderOf("programas-con-resultados", "test"), kColumns + rows);
  ASSERT_OK(done);
  EXPECT_EQ(done->load().taken_count(), 1200);
  const std::vector<std::string> told =
      RowsOf(education_.channel(), done->load().name(), false, 700);
  ASSERT_EQ(told.size(), 1200u);
  EXPECT_EQ(told.back(), "1200 TAKEN");
  sql::Connection connection(target_);
  EXPECT_EQ(::puente::testing::MustCount(connection, "SELECT COUNT(*) FROM record_load_rows"), 2);
}

TEST_F(ProgramLoads, MayBeRepeatedInAnotherLanguage) {
  api::v1::LoadRecordsHeader header = HeaderOf("programas-con-resultados", "test");
  header.set_request_id(crypto::Uuid4());
  const std::string file = kColumns + Row("a", "ra-1") + Row("b", "?");
  ASSERT_OK_AND_ASSIGN(const auto first, SendFile(education_.channel(), header, file));
  EXPECT_EQ(first.load().refused_count(), 1);
  ASSERT_OK_AND_ASSIGN(const auto again,
                       SendFile(education_.channel(), header, file, 7, "", "", "en"));
  EXPECT_EQ(again.load().name(), first.load().name());
  EXPECT_NE(again.refused_rows(0).errors(0).remedy(), first.refused_rows(0).errors(0).remedy());
  EXPECT_THAT(SendFile(education_.channel(), header, kColumns + Row("a", "ra-1") + Row("b", "!")),
              HasReason("REQUEST_ID_REUSED"));
}

TEST_F(ProgramLoads, ChangeNoPublishedOne) {
  ASSERT_THAT(SendPrograms(Row("a", "ra-1")), ElementsAre("1 TAKEN"));
  v1::PublishProgramVersionRequest request;
  request.set_name("programs/a/versions/1");
  ASSERT_OK(Called(*v1::ProgramService::NewStub(education_.channel()),
                   &v1::ProgramService::Stub::PublishProgramVersion, request));
  EXPECT_THAT(SendPrograms(Row("a", "ra-1")), ElementsAre("1 UNCHANGED"));
  EXPECT_THAT(SendPrograms(Row("a", "ra-2")), ElementsAre("1 REFUSED  PROGRAM_VERSION_NOT_DRAFT"));
}

TEST_F(ProgramLoads, OfASchoolAreItsOwn) {
  HostedModule school(Education(), target_, "organization/utt",
                      puente::testing::WithProfiles("education"));
  EXPECT_THAT(SendTo(school, "programas-con-resultados", kColumns + Row("a", "ra-1"), ""),
              ElementsAre("1 TAKEN"));
  ASSERT_OK_AND_ASSIGN(const v1::ProgramVersion program, Get("a"));
  EXPECT_EQ(program.record_kind(), type::v1::RECORD_KIND_REAL);  // as the registry has the school
  EXPECT_THAT(
      SendTo(school, "programas-con-resultados", kColumns + Row("b", "ra-1", "Uno", "otra"), ""),
      ElementsAre("1 REFUSED  OWNER_MISMATCH"));
}

}  // namespace
}  // namespace puente::education
