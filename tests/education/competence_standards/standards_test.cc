// Competence standards, of CONOCER's shape.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "modules/education/module.h"
#include "puente/education/v1/competence_standard.grpc.pb.h"
#include "tests/testing/database.h"
#include "tests/testing/hosted.h"
#include "tests/testing/status.h"

namespace puente::education {
namespace {

using ::puente::testing::Called;
using ::puente::testing::Database;
using ::puente::testing::HasReason;
using ::puente::testing::HostedModule;
using ::testing::ElementsAre;
using Stub = v1::CompetenceStandardService::Stub;

class Standards : public ::testing::Test {
 protected:
  Standards()
      : ministry_(Education(), Database::Shared().NewSchema(Education().migrations),
                  "agency/education"),
        stub_(v1::CompetenceStandardService::NewStub(ministry_.channel())) {}

  absl::Status Add(const std::string& id, const std::string& code, const std::string& revision,
                   int level = 2) {
    v1::CreateCompetenceStandardRequest request;
    request.set_competence_standard_id(id);
    v1::CompetenceStandard& standard = *request.mutable_competence_standard();
    standard.set_code(code);
    standard.set_revision(revision);
    standard.set_title_es("Impartición de cursos de formación del capital humano");
    standard.set_level(level);
    standard.set_committee("Capacitación laboral");
    standard.set_sector("Educación y formación de personas");
    standard.set_source("test");
    standard.set_record_kind(type::v1::RECORD_KIND_REAL);
    return Called(*stub_, &Stub::CreateCompetenceStandard, request).status();
  }

  HostedModule ministry_;
  const std::unique_ptr<Stub> stub_;
};

TEST_F(Standards, HaveCodesOfTheirForm) {
  int count = 0;
  struct Case {
    const char *code, *revision;
    int level;
    bool valid;
  };
  for (const Case& c : {Case{"EC0217", "01", 3, true},
                        {"EC1553", "00", 1, true},
                        {"EC0001", "12", 5, true},
                        {"EC217", "01", 3, false},
                        {"EC02170", "01", 3, false},
                        {"ec0217", "01", 3, false},
                        {"EC0217.01", "01", 3, false},
                        {"EC 0217", "01", 3, false},
                        {"NTCL0217", "01", 3, false},
                        {"EC０217", "01", 3, false},
                        {"", "01", 3, false},
                        {"EC0217", "1", 3, false},
                        {"EC0217", "001", 3, false},
                        {"EC0217", "", 3, false},
                        {"EC0217", "01", 0, false},
                        {"EC0217", "01", 6, false}}) {
    const absl::Status added = Add(absl::StrCat("s", ++count), c.code, c.revision, c.level);
    if (c.valid) {
      EXPECT_OK(added) << c.code;
    } else {
      EXPECT_THAT(added, HasReason("INVALID_FIELDS")) << c.code << "." << c.revision;
    }
  }
}

TEST_F(Standards, AreListedByCodeInTheOrderOfRevisions) {
  ASSERT_OK(Add("a", "EC0217", "02"));
  ASSERT_OK(Add("b", "EC0217", "01"));
  ASSERT_OK(Add("c", "EC0218", "01"));
  v1::ListCompetenceStandardsRequest request;
  request.set_filter("code = \"EC0217\"");
  ASSERT_OK_AND_ASSIGN(const auto page, Called(*stub_, &Stub::ListCompetenceStandards, request));
  std::vector<std::string> names;
  for (const auto& standard : page.competence_standards()) names.push_back(standard.name());
  EXPECT_THAT(names, ElementsAre("competenceStandards/b", "competenceStandards/a"));
}

TEST_F(Standards, AreSearchedForByTheBeginningOfTheirTitle) {
  ASSERT_OK(Add("a", "EC0217", "02"));
  v1::ListCompetenceStandardsRequest request;
  for (const auto& [prefix, count] : {std::pair("imparticion-de-c", 1), std::pair("cursos", 0)}) {
    request.set_filter(absl::StrCat("title_slug = \"", prefix, "*\""));
    ASSERT_OK_AND_ASSIGN(const auto page, Called(*stub_, &Stub::ListCompetenceStandards, request));
    EXPECT_EQ(page.competence_standards_size(), count) << prefix;
  }
}

}  // namespace
}  // namespace puente::education
