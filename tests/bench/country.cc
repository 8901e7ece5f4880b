#include "tests/bench/country.h"

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/crypto/digest.h"
#include "modules/economy/module.h"
#include "modules/education/module.h"
#include "puente/economy/v1/sector_table.grpc.pb.h"
#include "puente/education/v1/award_release.grpc.pb.h"
#include "tests/bench/client.h"
#include "tests/testing/counted.h"
#include "tests/testing/hosted.h"
#include "tests/testing/wait.h"

namespace puente::bench {
namespace {

using economy::v1::DemandService;
using economy::v1::SectorTableService;
using education::v1::AwardReleaseService;

constexpr int kStatementsOfCompany = 50;
constexpr int kSectors = 15;
constexpr absl::Duration kRelease = absl::Minutes(30);  // a limit

std::unique_ptr<Process> StartOn(const std::string& agency, const sql::Target& database) {
  return Site::Shared().Start(Site::Shared().Config(agency, database));
}

std::shared_ptr<grpc::Channel> Agency(const std::string& agency, const std::string& address) {
  return Site::Shared().Channel(address, agency, "agency/" + agency);
}

// What was done since then.
void SayDone(const std::string& what, absl::Time start) {
  Say(absl::StrCat("the country: ", what, " in ", absl::FormatDuration(absl::Now() - start)));
}

sql::Target FillEconomy(int64_t statements, int64_t companies) {
  const absl::Time start = absl::Now();
  Site& site = Site::Shared();
  sql::Target database = site.Schema(economy::Economy().migrations);
  site.Fill(
      database,
      {absl::StrCat("INSERT INTO company (id, version, legal_name, rfc,"
                    " rfc_check_digit_differs, scian_class, state_code, source,"
                    " record_kind, create_time, update_time, state, size)"
                    " SELECT CONCAT('c', seq), 1, 'Bench', '', 0, '336370', '01',"
                    " 'bench', 2, NOW(6), NOW(6), 3, 4 FROM seq_0_to_",
                    companies - 1),
       absl::StrCat("INSERT INTO demand_statement (id, version, state, company, skill,"
                    " level, heads, start_date, end_date, state_code, scian_class,"
                    " occupation_code, superseded_by, source, record_kind, create_time,"
                    " update_time, standing) SELECT CONCAT('d', seq), 1, 1, CONCAT('c',"
                    " seq % ",
                    companies,
                    "), CONCAT('skills/k', seq % 47), '', 1 + seq % 7, '2027-01-01',"
                    " '2027-12-31', LPAD(1 + seq % 31, 2, '0'), CONCAT(10 + seq % ",
                    kSectors, ", '0000'), '', '', 'bench', 2, NOW(6), NOW(6), 1 FROM seq_1_to_",
                    statements)});
  SayDone(absl::StrCat(statements, " statements stored"), start);
  return database;
}

void MakeSectors(SectorTableService::Stub& tables) {
  for (int i = 0; i < kSectors; ++i) {
    economy::v1::CreateSectorTableRequest request;
    request.set_sector_table_id(FilledEconomy::Sector(i));
    auto& table = *request.mutable_sector_table();
    table.set_label_es("Mesa");
    table.set_label_en("Table");
    table.set_source("bench");
    table.set_record_kind(type::v1::RECORD_KIND_REAL);
    auto& prefix = *table.add_scian_prefixes();
    prefix.set_prefix(absl::StrCat(10 + i));
    prefix.set_source("bench");
    prefix.mutable_effective_date()->set_year(2020);
    prefix.mutable_effective_date()->set_month(1);
    prefix.mutable_effective_date()->set_day(1);
    Ask(tables, &SectorTableService::Stub::CreateSectorTable, request);
  }
}

// Of the learner of an award, by their number. Some versions and states have many more than others,
// so that some figures are of few persons.
constexpr char kLearner[] = "(seq DIV 2)";
constexpr char kSex[] = "IF(CRC32(CONCAT('x', seq DIV 2)) % 50 = 0, 3, 1 + (seq DIV 2) % 2)";
constexpr char kState[] =
    "LPAD(1 + FLOOR(32 * POW(CRC32(CONCAT('s', seq DIV 2)) / 4294967296, 1.7)), 2, '0')";
constexpr char kVersion[] =
    "CONCAT('microcredentials/m', FLOOR(300 * POW(CRC32(CONCAT('v', seq)) / 4294967296, 1.7)),"
    " '/versions/1')";
constexpr char kEnd[] = "'bench', 2, NOW(6), NOW(6)";

sql::Target FillEducation(int64_t awards) {
  const absl::Time start = absl::Now();
  const int64_t learners = awards / 2;
  // In the order of the keys.
  const std::string organization =
      absl::StrCat("CONCAT('o', 100 + ", kLearner, " * 100 DIV ", learners, ")");
  const auto id = [](const char* letter, absl::string_view number) {
    return absl::StrCat("CONCAT('", letter, "', 10000000 + ", number, ")");
  };
  const auto name = [&](const char* collection, const char* letter, absl::string_view number) {
    return absl::StrCat("CONCAT('organizations/', ", organization, ", '/", collection, "/', ",
                        id(letter, number), ")");
  };
  const std::string learner = name("learners", "l", kLearner);
  const std::string enrolment = name("enrolments", "e", "seq");
  const std::string who = absl::StrCat(kSex, ", '2000-2004', ", kState);
  // The last day of the three years is that before this quarter.
  const std::string issued =
      "MAKEDATE(YEAR(CURDATE()), 1) + INTERVAL QUARTER(CURDATE()) - 1 QUARTER"
      " - INTERVAL 1 + CRC32(seq) % 1095 DAY";
  const auto before = [&](int days) { return absl::StrCat(issued, " - INTERVAL ", days, " DAY"); };
  const std::string each = absl::StrCat(" FROM seq_0_to_", awards - 1);
  Site& site = Site::Shared();
  sql::Target database = site.Schema(education::Education().migrations);
  site.Fill(
      database,
      {absl::StrCat("INSERT INTO microcredential_version (microcredential, number, version, state,"
                    " title_es, title_en, country_code, awarding_body, issue_date, outcomes,"
                    " workload_hours, level, assessment_type, participation_form,"
                    " quality_assurance, publish_time, source, record_kind, create_time,"
                    " update_time) SELECT CONCAT('m', seq), 1, 1, 2, 'M', 'M', 'MX', '',"
                    " '2020-01-01', '', 40, '', 1, 1, '', NOW(6), ",
                    kEnd, " FROM seq_0_to_299"),
       absl::StrCat("INSERT INTO learner (organization, id, version, person, state, duplicate_of,"
                    " identifier_scheme, sex, birth_years, state_code, sealed, source,"
                    " record_kind, create_time, update_time) SELECT ",
                    organization, ", ", id("l", kLearner), ", 1, CONCAT('persons/p', ", kLearner,
                    "), 1, '', 1, ", who, ", '', ", kEnd, " FROM seq_0_to_", awards - 1, "_step_2"),
       absl::StrCat("INSERT INTO enrolment (organization, id, version, learner,"
                    " microcredential_version, program, campus, begin_date, state, state_reason,"
                    " sex, birth_years, state_code, source, record_kind, create_time,"
                    " update_time) SELECT ",
                    organization, ", ", id("e", "seq"), ", 1, ", learner, ", ", kVersion,
                    ", '', '', ", before(60), ", 1, '', ", who, ", ", kEnd, each),
       absl::StrCat("INSERT INTO assessment (organization, id, version, enrolment, learner,"
                    " microcredential_version, certifier, centre, evaluator, instrument,"
                    " supervision, identity_check, attempt, assess_date, result_date, state, grade,"
                    " state_reason, source, record_kind, create_time, update_time) SELECT ",
                    organization, ", ", id("s", "seq"), ", 1, ", enrolment, ", ", learner, ", ",
                    kVersion, ", '', '', 'e', 'i', 2, 3, 1, ", before(20), ", ", before(10),
                    ", 2, '9', '', ", kEnd, each),
       absl::StrCat("INSERT INTO award (organization, id, version, assessment, enrolment, learner,"
                    " microcredential_version, certification, certifier, rvoe, issue_date, grade,"
                    " state, state_reason, replaces, replaced_by, sex, birth_years, state_code,"
                    " live_enrolment, source, record_kind, create_time, update_time) SELECT ",
                    organization, ", ", id("a", "seq"), ", 1, ", name("assessments", "s", "seq"),
                    ", ", enrolment, ", ", learner, ", ", kVersion,
                    ", 'certifications/c',"
                    " 'certifiers/a', '', ",
                    issued, ", '9', 1, '', '', '', ", who, ", ", enrolment, ", ", kEnd, each)});
  SayDone(absl::StrCat(awards, " awards stored"), start);
  return database;
}

}  // namespace

FilledEconomy::FilledEconomy(int64_t statements)
    : companies(statements / kStatementsOfCompany),
      database(FillEconomy(statements, companies)),
      process(StartOn("economy", database)),
      address(process->address("economy")),
      demand_(DemandService::NewStub(Agency("economy", address))) {
  const auto channel = Agency("economy", address);
  MakeSectors(*SectorTableService::NewStub(channel));
  Must(testing::SetCounted(channel, "demandStatements", type::v1::RECORD_KIND_GENERATED));
  asked_ = AskForRelease();
}

std::string FilledEconomy::Sector(int64_t i) { return absl::StrCat("s", i % kSectors); }

std::string FilledEconomy::AskForRelease() const {
  economy::v1::ReleaseDemandRequest request;
  request.set_request_id(crypto::Uuid4());
  std::string token;
  Must(testing::Called(*demand_, &DemandService::Stub::ReleaseDemand, request, &token));
  return token;
}

bool FilledEconomy::IsReleased(const std::string& asked) const {
  economy::v1::GetDemandSummaryRequest request;
  request.set_at_least(asked);
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::milliseconds(200));
  economy::v1::DemandSummary summary;
  return demand_->GetDemandSummary(&context, request, &summary).ok();
}

void FilledEconomy::AwaitRelease(const std::string& asked) const {
  if (!testing::Becomes([&] { return IsReleased(asked); }, kRelease)) Die("no release is made");
}

FilledEducation::FilledEducation(int64_t awards)
    : database(FillEducation(awards)),
      process(StartOn("education", database)),
      address(process->address("education")),
      awards_(AwardReleaseService::NewStub(Agency("education", address))) {
  Must(
      testing::SetCounted(Agency("education", address), "awards", type::v1::RECORD_KIND_GENERATED));
  education::v1::ReleaseAwardsRequest request;
  request.set_request_id(crypto::Uuid4());
  Must(testing::Called(*awards_, &AwardReleaseService::Stub::ReleaseAwards, request, &asked_));
}

void FilledEducation::AwaitRelease() const {
  education::v1::GetAwardSummaryRequest request;
  request.set_at_least(asked_);
  const auto released = [&] {
    return testing::Called(*awards_, &AwardReleaseService::Stub::GetAwardSummary, request).ok();
  };
  if (!testing::Becomes(released, kRelease)) Die("no release is made");
}

}  // namespace puente::bench
