// A known person, registered, read, changed and refused by the module: looked for in all that its
// database has written, in logs, metrics, and in answers that show nothing personal.
#include "tests/testing/canary.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "modules/education/module.h"
#include "puente/education/v1/learner.grpc.pb.h"
#include "puente/education/v1/organization.grpc.pb.h"
#include "puente/education/v1/person.grpc.pb.h"
#include "tests/agencies/load_file.h"
#include "tests/education/requests.h"
#include "tests/testing/database.h"
#include "tests/testing/hosted.h"
#include "tests/testing/status.h"
#include "tests/testing/wait.h"

namespace puente::education {
namespace {

using ::puente::testing::Called;
using ::puente::testing::DatabaseServer;
using ::puente::testing::HostedModule;
using ::puente::testing::MustExecute;
using Learners = v1::LearnerService::Stub;
using Persons = v1::PersonService::Stub;

constexpr char kCurp[] = "LOHF920103MJCPRR03", kOtherCurp[] = "RADL850620HPLMZS05",
               kThirdCurp[] = "GAXJ800709HNLRXN05";
constexpr char kNotACurp[] = "LOHF920103MJCPRR04";
constexpr char kLoadedCurp[] = "XXXB900101MNEBBB94", kSwappedCurp[] = "XXXC900108HNECBB91";
constexpr char kGivenNames[] = "Ximena Quetzalli", kSurname[] = "Ñáñez-Canario";
constexpr char kInClear[] = "found-or-the-search-is-broken";

sql::Target SchemaOn(const DatabaseServer& server) {
  sql::Target target = server.target();
  {
    sql::Connection connection(target);
    MustExecute(connection, "CREATE DATABASE education");
  }
  target.schema = "education";
  sql::Connection connection(target);
  EXPECT_OK(sql::Migrate(connection, Education().migrations));
  return target;
}

class PersonsCanary : public ::testing::Test {
 protected:
  PersonsCanary()
      : server_({"--skip-networking", "--general-log=1", "--log-warnings=9", "--log-bin",
                 "--innodb-log-file-size=8M"}),
        target_(SchemaOn(server_)) {}

  v1::RegisterLearnerRequest Request(const std::string& curp) {
    v1::RegisterLearnerRequest request;
    request.set_parent("organizations/a");
    request.set_request_id("0d0e0f10-0000-4000-8000-000000000001");
    v1::Learner& learner = *request.mutable_learner();
    learner.set_identifier_scheme(v1::PERSON_IDENTIFIER_SCHEME_CURP);
    learner.set_identifier(curp);
    learner.set_given_names(kGivenNames);
    learner.set_first_surname(kSurname);
    return request;
  }

  template <class Stub, class Req, class Resp>
  absl::StatusOr<Resp> Call(Stub& stub,
                            grpc::Status (Stub::*method)(grpc::ClientContext*, const Req&, Resp*),
                            const Req& request) {
    auto called = Called(stub, method, request, nullptr, "administration", "registrar-1");
    absl::StrAppend(&said_, called.ok() ? called->SerializeAsString() : called.status().ToString());
    return called;
  }

  // Rows that are taken, and refused for all that can be wrong with one.
  void Load(HostedModule& school) {
    api::v1::LoadRecordsHeader header;
    header.set_profile("puente-learners");
    header.set_parent("organizations/a");
    header.set_request_id("0d0e0f10-0000-4000-8000-000000000003");
    const std::string names = absl::StrCat(kGivenNames, ",", kSurname, ",");
    const std::string file = absl::StrCat(
        "identifier_scheme,identifier,given_names,first_surname,second_surname,birth_date,sex,"
        "state_code\n",
        ",", kLoadedCurp, ",", names, ",,,\n",  // taken
        ",", kLoadedCurp, ",", names, ",,,\n",  // there twice
        ",", kNotACurp, ",", names, ",,,\n",    // no CURP
        kSwappedCurp, ",", names, kGivenNames, ",", kSurname, ",", kSwappedCurp, ",", kSwappedCurp,
        "\n",                                 // all in the wrong columns
        ",", kSwappedCurp, ",", names, "\n",  // too few
        ",", kSwappedCurp, ",\xff", kSurname, ",,,,,\n", ",", kSwappedCurp, ",", names,
        ",2001-02-03,,\n");  // not the CURP's day
    for (int i = 0; i < 2; ++i) {
      const auto done = ::puente::testing::SendFile(school.channel(), header, file, 64 << 10,
                                                    "registrar-1", "administration");
      ASSERT_OK(done);
      EXPECT_EQ(done->load().refused_count(), 6);
      absl::StrAppend(&said_, done->SerializeAsString());
      const auto rows =
          ::puente::testing::AcknowledgementsOf(school.channel(), done->load().name());
      ASSERT_OK(rows);
      for (const api::v1::LoadRow& row : *rows) absl::StrAppend(&said_, row.SerializeAsString());
      header.clear_request_id();
    }
  }

  // Everything that is done with a person, what is refused too.
  void DoAll() {
    HostedModule ministry(Education(), target_, "agency/education");
    config::Server with_profiles;
    with_profiles.set_profiles("data/education/profiles");
    HostedModule school(Education(), target_, "organization/a", with_profiles);
    v1::CreateOrganizationRequest organization = testing::NewOrganization("a");
    organization.mutable_organization()->set_legal_name(kInClear);
    ASSERT_OK(Called(*v1::OrganizationService::NewStub(ministry.channel()),
                     &v1::OrganizationService::Stub::CreateOrganization, organization));
    const auto learners = v1::LearnerService::NewStub(school.channel());
    const auto persons = v1::PersonService::NewStub(ministry.channel());
    EXPECT_FALSE(Call(*learners, &Learners::RegisterLearner, Request(kNotACurp)).ok());
    ASSERT_OK_AND_ASSIGN(const v1::Learner made,
                         Call(*learners, &Learners::RegisterLearner, Request(kCurp)));
    ASSERT_OK(Call(*learners, &Learners::RegisterLearner, Request(kCurp)));  // a replay
    EXPECT_FALSE(Call(*learners, &Learners::RegisterLearner, Request(kThirdCurp)).ok());
    v1::RegisterLearnerRequest again = Request(kCurp);
    again.clear_request_id();
    EXPECT_FALSE(Call(*learners, &Learners::RegisterLearner, again).ok());
    v1::UpdateLearnerRequest update;
    update.mutable_learner()->set_name(made.name());
    update.mutable_learner()->set_second_surname(kSurname);
    update.mutable_update_mask()->add_paths("second_surname");
    ASSERT_OK(Call(*learners, &Learners::UpdateLearner, update));
    v1::ListLearnersRequest list;
    list.set_parent("organizations/a");
    ASSERT_OK(Call(*learners, &Learners::ListLearners, list));
    v1::FindPersonRequest find;
    find.set_identifier_scheme(v1::PERSON_IDENTIFIER_SCHEME_CURP);
    find.set_identifier(kCurp);
    ASSERT_OK_AND_ASSIGN(const auto found, Call(*persons, &Persons::FindPerson, find));
    v1::CorrectPersonIdentifierRequest correct;
    correct.set_name(found.person());
    correct.set_identifier_scheme(v1::PERSON_IDENTIFIER_SCHEME_CURP);
    correct.set_identifier(kOtherCurp);
    correct.set_reason("acta");
    correct.set_request_id("0d0e0f10-0000-4000-8000-000000000002");
    ASSERT_OK(Call(*persons, &Persons::CorrectPersonIdentifier, correct));
    correct.clear_request_id();
    for (const char* curp : {kThirdCurp, kNotACurp}) {
      correct.set_reason(absl::StrCat("era ", curp, "."));
      EXPECT_FALSE(Call(*persons, &Persons::CorrectPersonIdentifier, correct).ok());
    }
    v1::GetLearnerRequest get;
    get.set_name(made.name());
    // The one answer that shows it, and so is not among those that are searched.
    ASSERT_OK_AND_ASSIGN(const v1::Learner read, Called(*learners, &Learners::GetLearner, get,
                                                        nullptr, "administration", "registrar-1"));
    EXPECT_EQ(read.given_names(), kGivenNames);
    ASSERT_NO_FATAL_FAILURE(Load(school));
    absl::StrAppend(&said_, school.metrics(), ministry.metrics());
  }

  // With all pages on disk.
  std::string Written() {
    sql::Connection connection(server_.target());
    MustExecute(connection, "SET GLOBAL innodb_fast_shutdown = 0");
    MustExecute(connection, "SHUTDOWN");
    const auto folder = std::filesystem::path(server_.target().socket).parent_path();
    EXPECT_TRUE(
        ::puente::testing::Becomes([&] { return !std::filesystem::exists(folder / "pid"); }));
    return ::puente::testing::FilesOf(folder.string());
  }

  DatabaseServer server_;
  const sql::Target target_;
  std::string said_;  // by the module to its callers, and its metrics
};

TEST_F(PersonsCanary, IsFoundNowhere) {
  ::testing::internal::CaptureStderr();
  DoAll();
  const std::string logged = ::testing::internal::GetCapturedStderr();
  ASSERT_FALSE(HasFatalFailure());
  EXPECT_TRUE(absl::StrContains(logged, "RegisterLearner")) << "no log of calls";
  const std::string written = Written();
  EXPECT_TRUE(absl::StrContains(written, kInClear));
  std::vector<std::string> forms;
  for (const char* text : {kCurp, kOtherCurp, kThirdCurp, kNotACurp, kLoadedCurp, kSwappedCurp,
                           kGivenNames, kSurname}) {
    ::puente::testing::AddForms(text, forms);
  }
  for (const std::string& form : forms) {
    EXPECT_FALSE(absl::StrContains(written, form)) << "stored: " << absl::CHexEscape(form);
    EXPECT_FALSE(absl::StrContains(logged, form)) << "logged: " << absl::CHexEscape(form);
    EXPECT_FALSE(absl::StrContains(said_, form)) << "said: " << absl::CHexEscape(form);
  }
}

}  // namespace
}  // namespace puente::education
