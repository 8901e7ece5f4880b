// Learners from files: found by an identifier that nobody is told, and that stands nowhere.
#include <gmock/gmock.h>

#include <set>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/crypto/digest.h"
#include "common/sql/bulk.h"
#include "google/rpc/error_details.pb.h"
#include "modules/education/module.h"
#include "puente/education/v1/access.grpc.pb.h"
#include "puente/education/v1/learner.grpc.pb.h"
#include "puente/education/v1/organization.grpc.pb.h"
#include "puente/education/v1/person.grpc.pb.h"
#include "tests/agencies/load_file.h"
#include "tests/education/requests.h"
#include "tests/testing/curps.h"
#include "tests/testing/database.h"
#include "tests/testing/hosted.h"
#include "tests/testing/person_keys.h"
#include "tests/testing/status.h"
#include "tests/testing/wait.h"

namespace puente::education {
namespace {

using ::puente::testing::AcknowledgementsOf;
using ::puente::testing::Becomes;
using ::puente::testing::Called;
using ::puente::testing::Database;
using ::puente::testing::HasReason;
using ::puente::testing::HostedModule;
using ::puente::testing::MadeUpCurp;
using ::puente::testing::MustCount;
using ::puente::testing::MustExecute;
using ::puente::testing::PersonKeys;
using ::puente::testing::RowsOf;
using ::puente::testing::SendFile;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Gt;
using ::testing::Lt;
using ::testing::SizeIs;
using LearnerStub = v1::LearnerService::Stub;
using PersonStub = v1::PersonService::Stub;

constexpr char kRegistrar[] = "registrar-1", kPurpose[] = "administration";
constexpr char kRequestId[] = "7c1f0f58-4f0b-4b61-8d0e-1d1b8c1f0f58";

std::string Row(const std::string& identifier, const std::string& given_names = "Ana",
                const std::string& rest = ",,WOMAN,21") {
  return absl::StrCat(",", identifier, ",", given_names, ",Muestra,", rest, "\n");
}
std::string Row(int n, const std::string& given_names = "Ana") {
  return Row(MadeUpCurp(n), given_names);
}
std::string Rows(int first, int last, const std::string& given_names = "Ana") {
  std::string rows;
  for (int n = first; n <= last; ++n) rows += Row(n, given_names);
  return rows;
}

class LearnerLoads : public ::testing::Test {
 protected:
  LearnerLoads()
      : target_(Database::Shared().NewSchema(Education().migrations)),
        other_(target_),
        keys_(PersonKeys::Of(target_).database()),
        ministry_(Education(), target_, "agency/education",
                  puente::testing::WithProfiles("education")),
        a_(Education(), target_, "organization/a", puente::testing::WithProfiles("education")),
        b_(Education(), target_, "organization/b", puente::testing::WithProfiles("education")) {
    for (const char* id : {"a", "b"}) {
      EXPECT_OK(Called(*v1::OrganizationService::NewStub(ministry_.channel()),
                       &v1::OrganizationService::Stub::CreateOrganization,
                       testing::NewOrganization(id)));
    }
  }

  static api::v1::LoadRecordsHeader Header(const std::string& parent = "organizations/a") {
    api::v1::LoadRecordsHeader header;
    header.set_profile("puente-learners");
    header.set_parent(parent);
    return header;
  }
  static absl::StatusOr<api::v1::LoadRecordsResponse> Send(HostedModule& at,
                                                           const std::string& rows,
                                                           const api::v1::LoadRecordsHeader& header,
                                                           const std::string& actor = kRegistrar,
                                                           const std::string& purpose = kPurpose) {
    return SendFile(at.channel(), header,
                    "identifier_scheme,identifier,given_names,first_surname,second_surname,"
                    "birth_date,sex,state_code\n" +
                        rows,
                    64 << 10, actor, purpose);
  }
  absl::StatusOr<api::v1::LoadRecordsResponse> Send(const std::string& rows) {
    return Send(a_, rows, Header());
  }
  std::vector<std::string> Sent(const std::string& rows) {
    const auto done = Send(rows);
    EXPECT_OK(done);
    return done.ok() ? RowsOf(a_.channel(), done->load().name()) : std::vector<std::string>();
  }
  // The learners that rows stated, by their places; "" for a row that was refused.
  static std::vector<std::string> Names(HostedModule& at, const std::string& load) {
    std::vector<std::string> names;
    const auto rows = AcknowledgementsOf(at.channel(), load);
    EXPECT_OK(rows);
    if (!rows.ok()) return names;
    for (const api::v1::LoadRow& row : *rows) names.push_back(row.name());
    return names;
  }
  std::vector<std::string> NamesOf(const std::string& rows) {
    const auto done = Send(rows);
    EXPECT_OK(done);
    return done.ok() ? Names(a_, done->load().name()) : std::vector<std::string>();
  }
  absl::StatusOr<v1::Learner> Read(const std::string& name) {
    v1::GetLearnerRequest request;
    request.set_name(name);
    return Called(*v1::LearnerService::NewStub(a_.channel()), &LearnerStub::GetLearner, request,
                  nullptr, kPurpose, kRegistrar);
  }
  std::string PersonOf(int n) {
    v1::FindPersonRequest request;
    request.set_identifier_scheme(v1::PERSON_IDENTIFIER_SCHEME_CURP);
    request.set_identifier(MadeUpCurp(n));
    const auto found = Called(*v1::PersonService::NewStub(ministry_.channel()),
                              &PersonStub::FindPerson, request, nullptr, kPurpose, kRegistrar);
    EXPECT_OK(found);
    return found.ok() ? found->person() : "";
  }
  void Merge(int n, int into) {
    v1::MergePersonRequest merge;
    merge.set_name(PersonOf(n));
    merge.set_into(PersonOf(into));
    merge.set_reason("dos CURP");
    ASSERT_OK(Called(*v1::PersonService::NewStub(ministry_.channel()), &PersonStub::MergePerson,
                     merge, nullptr, kPurpose, kRegistrar));
  }
  int64_t Count(const std::string& rest) {
    return MustCount(other_, "SELECT COUNT(*) FROM " + rest);
  }

  const sql::Target target_;
  sql::Connection other_, keys_;
  HostedModule ministry_, a_, b_;
};

TEST_F(LearnerLoads, AreAcknowledgedByPseudonyms) {
  ASSERT_OK_AND_ASSIGN(const auto done, Send(Rows(1, 2) + Row("XXBB000101MNEBBB01") + Row(3)));
  EXPECT_THAT(
      RowsOf(a_.channel(), done.load().name()),
      ElementsAre("1 TAKEN", "2 TAKEN", "3 REFUSED identifier CURP_CHECK_DIGIT", "4 TAKEN"));
  const auto names = Names(a_, done.load().name());
  ASSERT_THAT(names, SizeIs(4));
  EXPECT_EQ(names[2], "");
  EXPECT_EQ(std::set<std::string>(names.begin(), names.end()).size(), 4);
  for (const size_t row : {0, 1, 3}) {
    ASSERT_OK_AND_ASSIGN(const v1::Learner learner, Read(names[row]));
    EXPECT_EQ(learner.identifier(), MadeUpCurp(row == 3 ? 3 : static_cast<int>(row) + 1));
    EXPECT_EQ(learner.birth_years(), "1900-1904");
    EXPECT_EQ(learner.state_code(), "21");
    EXPECT_EQ(learner.state(), v1::LEARNER_STATE_CURRENT);
  }
  for (const api::v1::LoadRow& row : done.refused_rows()) {
    for (const auto& error : row.errors()) EXPECT_EQ(error.value(), "") << "told to nobody";
  }
  EXPECT_EQ(done.load().content_digest(), "") << "which would confirm a guess";
}

TEST_F(LearnerLoads, OfTheSameFileAgainChangeNothing) {
  const auto names = NamesOf(Rows(1, 3));
  const int64_t changes = Count("journal_entry WHERE leaves LIKE '%/learners/%'");
  EXPECT_THAT(Sent(Rows(1, 3)), ElementsAre("1 UNCHANGED", "2 UNCHANGED", "3 UNCHANGED"));
  EXPECT_EQ(NamesOf(Rows(1, 3)), names);
  EXPECT_EQ(Count("learner WHERE version = 1"), 3);
  EXPECT_EQ(Count("person WHERE version = 1"), 3);
  EXPECT_EQ(Count("learner"), 3);
  EXPECT_GT(changes, 0);
  EXPECT_THAT(Sent(Row(absl::AsciiStrToLower(MadeUpCurp(1)))), ElementsAre("1 UNCHANGED"));
}

TEST_F(LearnerLoads, ChangeWhatDiffers) {
  const auto names = NamesOf(Rows(1, 3));
  EXPECT_THAT(Sent(Row(1) + Row(2, "Eva") + Row(3) + Row(4)),
              ElementsAre("1 UNCHANGED", "2 CHANGED", "3 UNCHANGED", "4 TAKEN"));
  EXPECT_EQ(Read(names[1])->given_names(), "Eva");
  EXPECT_THAT(Sent(Row(MadeUpCurp(1), "")), ElementsAre("1 REFUSED given_names REQUIRED"));
  EXPECT_THAT(Sent(Row(MadeUpCurp(1), "Ana", ",2001-02-03,WOMAN,21")),
              ElementsAre("1 REFUSED birth_date BIRTH_DATE_DIFFERS"));
}

TEST_F(LearnerLoads, RefuseOneThatIsThereTwice) {
  EXPECT_THAT(Sent(Row(1) + Row(2) + Row(absl::AsciiStrToLower(MadeUpCurp(1)))),
              ElementsAre("1 TAKEN", "2 TAKEN", "3 REFUSED identifier ROW_REPEATED"));
  Merge(2, 1);
  EXPECT_THAT(Sent(Row(1) + Row(2)),
              ElementsAre("1 UNCHANGED", "2 REFUSED identifier ROW_REPEATED"));
  // Persons who are found to be one, of whom the organization has nobody.
  ASSERT_OK(Send(b_, Row(3) + Row(4), Header("organizations/b")));
  Merge(4, 3);
  EXPECT_THAT(Sent(Row(3) + Row(4)), ElementsAre("1 TAKEN", "2 REFUSED identifier ROW_REPEATED"));
}

TEST_F(LearnerLoads, FindTheLearnerOfAMergedPersonByEitherIdentifier) {
  ASSERT_OK(Send(b_, Row(2), Header("organizations/b")));
  const auto names = NamesOf(Row(1));
  Merge(1, 2);
  EXPECT_EQ(NamesOf(Row(2)), names);
  EXPECT_THAT(Sent(Row(2)), ElementsAre("1 UNCHANGED"));
  EXPECT_THAT(Sent(Row(2, "Eva")), ElementsAre("1 CHANGED"));
  EXPECT_EQ(Read(names[0])->identifier(), MadeUpCurp(1)) << "its own, as it stated it";
}

// Who registered somebody with an identifier that was corrected since still has it in its files.
TEST_F(LearnerLoads, MakeNobodyOfAnIdentifierThatWasCorrected) {
  const auto names = NamesOf(Row(1));
  ASSERT_THAT(names, SizeIs(1));
  v1::CorrectPersonIdentifierRequest correct;
  correct.set_name(PersonOf(1));
  correct.set_identifier_scheme(v1::PERSON_IDENTIFIER_SCHEME_CURP);
  correct.set_identifier(MadeUpCurp(5));
  correct.set_reason("acta corregida");
  ASSERT_OK(Called(*v1::PersonService::NewStub(ministry_.channel()),
                   &PersonStub::CorrectPersonIdentifier, correct, nullptr, kPurpose, kRegistrar));
  ASSERT_TRUE(Becomes([&] { return Count("due WHERE kind = 'persons.identifiers'") == 0; }));
  EXPECT_THAT(Sent(Row(1) + Row(2)),
              ElementsAre("1 REFUSED identifier IDENTIFIER_CORRECTED", "2 TAKEN"));
  EXPECT_EQ(Count("person"), 2);
  EXPECT_THAT(Sent(Row(5, "Eva")), ElementsAre("1 CHANGED"));
  EXPECT_EQ(NamesOf(Row(5, "Eva")), names);
  const auto stub = v1::LearnerService::NewStub(a_.channel());
  v1::FindLearnerRequest find;
  find.set_parent("organizations/a");
  find.set_identifier_scheme(v1::PERSON_IDENTIFIER_SCHEME_CURP);
  find.set_identifier(MadeUpCurp(1));
  ASSERT_OK_AND_ASSIGN(const auto found, Called(*stub, &LearnerStub::FindLearner, find, nullptr,
                                                kPurpose, kRegistrar));
  EXPECT_EQ(found.learner(), names[0]) << "as it states it itself";
  v1::RegisterLearnerRequest request;
  request.set_parent("organizations/a");
  v1::Learner& learner = *request.mutable_learner();
  learner.set_identifier_scheme(v1::PERSON_IDENTIFIER_SCHEME_CURP);
  learner.set_identifier(MadeUpCurp(1));
  learner.set_given_names("Ana");
  learner.set_first_surname("Muestra");
  learner.set_sex(v1::SEX_WOMAN);
  learner.set_state_code("21");
  const auto refused =
      Called(*stub, &LearnerStub::RegisterLearner, request, nullptr, kPurpose, kRegistrar);
  EXPECT_THAT(refused, HasReason("IDENTIFIER_CORRECTED"));
  EXPECT_EQ(MetadataOf(refused.status(), "name"), names[0]);
  // Of an organization that never stated it, it is somebody new.
  ASSERT_OK(Send(b_, Row(1), Header("organizations/b")));
  EXPECT_EQ(Count("person"), 3);
  EXPECT_THAT(Sent(Row(1)), ElementsAre("1 REFUSED identifier IDENTIFIER_CORRECTED"));
  // Whether that is who is meant, the agency knows.
  learner.set_source("test");
  learner.set_record_kind(type::v1::RECORD_KIND_REAL);
  ASSERT_OK_AND_ASSIGN(const auto another, Called(*v1::LearnerService::NewStub(ministry_.channel()),
                                                  &LearnerStub::RegisterLearner, request, nullptr,
                                                  kPurpose, kRegistrar));
  EXPECT_NE(another.name(), names[0]);
  EXPECT_EQ(Count("person"), 3);
  EXPECT_THAT(NamesOf(Row(1)), ElementsAre(another.name()));
}

TEST_F(LearnerLoads, AreOfAnOrganizationItsOwn) {
  const auto names = NamesOf(Row(1));
  ASSERT_OK_AND_ASSIGN(const auto at_b, Send(b_, Rows(1, 2), Header("organizations/b")));
  EXPECT_EQ(at_b.load().taken_count(), 2) << "known elsewhere or not";
  EXPECT_EQ(Count("person"), 2);
  EXPECT_NE(Names(b_, at_b.load().name())[0].substr(17), names[0].substr(17));
  // Whether another has somebody is not told.
  ASSERT_OK_AND_ASSIGN(const auto of_a, Send(b_, Rows(1, 2), Header()));
  EXPECT_THAT(RowsOf(b_.channel(), of_a.load().name()),
              ElementsAre("1 REFUSED  OWNER_MISMATCH", "2 REFUSED  OWNER_MISMATCH"));
  EXPECT_THAT(Names(b_, of_a.load().name()), ElementsAre("", ""));
  api::v1::LoadRecordsHeader header = Header();
  header.set_source("organization.a");
  header.set_record_kind(type::v1::RECORD_KIND_REAL);
  ASSERT_OK_AND_ASSIGN(const auto ministry, Send(ministry_, Rows(1, 3), header));
  EXPECT_THAT(RowsOf(ministry_.channel(), ministry.load().name()),
              ElementsAre("1 UNCHANGED", "2 TAKEN", "3 TAKEN"));
}

TEST_F(LearnerLoads, NeedWhatRegisterLearnerNeeds) {
  EXPECT_THAT(Send(a_, Row(1), Header(), ""), HasReason("ACTOR_REFUSED"));
  EXPECT_THAT(Send(ministry_, Row(1), Header(), kRegistrar, ""), HasReason("PURPOSE_REFUSED"));
  const auto nobodys = Send(a_, Row(1), Header(""));
  EXPECT_THAT(nobodys, HasReason("INVALID_FIELDS"));
  EXPECT_EQ(BadRequestOf(nobodys.status()).field_violations(0).field(), "header.parent");
  EXPECT_EQ(Count("learner"), 0);
}

TEST_F(LearnerLoads, AreReads) {
  const auto names = NamesOf(Row(1));
  ASSERT_THAT(Sent(Row(1)), ElementsAre("1 UNCHANGED"));
  ASSERT_THAT(Sent(Row(1, "Eva")), ElementsAre("1 CHANGED"));
  v1::ListAccessesRequest request;
  request.set_parent(names[0]);
  ASSERT_OK_AND_ASSIGN(const auto accesses,
                       Called(*v1::AccessService::NewStub(a_.channel()),
                              &v1::AccessService::Stub::ListAccesses, request, nullptr, "audit"));
  std::vector<v1::AccessKind> kinds;
  for (const v1::Access& access : accesses.accesses()) {
    EXPECT_EQ(access.actor(), kRegistrar);
    kinds.push_back(access.kind());
  }
  EXPECT_THAT(kinds,
              ElementsAre(v1::ACCESS_KIND_CHANGED, v1::ACCESS_KIND_READ, v1::ACCESS_KIND_CHANGED));
}

TEST_F(LearnerLoads, ThatAreOnlyCheckedMakeNothing) {
  ASSERT_THAT(Sent(Row(1)), ElementsAre("1 TAKEN"));
  api::v1::LoadRecordsHeader header = Header();
  header.set_validate_only(true);
  ASSERT_OK_AND_ASSIGN(const auto checked, Send(a_, Rows(1, 3) + Row("X"), header));
  EXPECT_EQ(checked.load().unchanged_count(), 1);
  EXPECT_EQ(checked.load().taken_count(), 2);
  EXPECT_EQ(checked.load().refused_count(), 1);
  EXPECT_EQ(Count("learner"), 1);
  EXPECT_EQ(MustCount(keys_, "SELECT COUNT(*) FROM person_key"), 1) << "no key either";
}

TEST_F(LearnerLoads, AreKnownAgainByTheirRequestId) {
  api::v1::LoadRecordsHeader header = Header();
  header.set_request_id(kRequestId);
  ASSERT_OK_AND_ASSIGN(const auto done, Send(a_, Rows(1, 2), header));
  ASSERT_OK_AND_ASSIGN(const auto again, Send(a_, Rows(1, 2), header));
  EXPECT_EQ(again.load().SerializeAsString(), done.load().SerializeAsString());
  EXPECT_THAT(Send(a_, Rows(1, 3), header), HasReason("REQUEST_ID_REUSED"));
  EXPECT_EQ(Count("learner"), 2);
}

TEST_F(LearnerLoads, TakeUpKeysWhoseCallsDied) {
  const auto store = PersonKeys::Of(target_).Store();
  const std::string person = crypto::Uuid4();
  ASSERT_OK(store->Create(person, store->Hash("curp", MadeUpCurp(2))));
  EXPECT_THAT(Sent(Rows(1, 3)), ElementsAre("1 TAKEN", "2 TAKEN", "3 TAKEN"));
  EXPECT_EQ(Count("person WHERE id = '" + person + "'"), 1);
  EXPECT_EQ(MustCount(keys_, "SELECT COUNT(*) FROM person_key"), 3);
}

TEST_F(LearnerLoads, CostNoStatementARow) {
  MustExecute(other_, "SET GLOBAL log_output = 'TABLE'");
  const auto statements = [&](int first, int last) {
    MustExecute(other_, "TRUNCATE mysql.general_log");
    MustExecute(other_, "SET GLOBAL general_log = 1");
    const auto done = Send(Rows(first, last));
    MustExecute(other_, "SET GLOBAL general_log = 0");
    EXPECT_OK(done);
    EXPECT_EQ(done->load().refused_count(), 0);
    // Of the connections that write learners and keys: on others modules do what is due meanwhile.
    return MustCount(other_,
                     "SELECT COUNT(*) FROM mysql.general_log WHERE command_type = 'Execute' AND"
                     " thread_id IN (SELECT thread_id FROM mysql.general_log WHERE argument LIKE"
                     " '%FROM person_identifier%' OR argument LIKE 'INSERT INTO record_load %')");
  };
  const int64_t fresh = statements(1, 2000);
  EXPECT_THAT(fresh, AllOf(Gt(20), Lt(160))) << "of two chunks";
  const int64_t unchanged = statements(1, 2000);
  EXPECT_THAT(unchanged, AllOf(Gt(10), Lt(120))) << "of two chunks";
  EXPECT_EQ(Count("learner"), 2000);
  RecordProperty("fresh", std::to_string(fresh));
  RecordProperty("unchanged", std::to_string(unchanged));
}

}  // namespace
}  // namespace puente::education
