// Numbered versions and names of programs, with several writers at once.
#include <atomic>
#include <functional>
#include <thread>

#include "absl/strings/str_cat.h"
#include "modules/education/module.h"
#include "puente/education/v1/credit_rule.grpc.pb.h"
#include "puente/education/v1/microcredential.grpc.pb.h"
#include "puente/education/v1/organization.grpc.pb.h"
#include "puente/education/v1/program.grpc.pb.h"
#include "tests/agencies/bundled.h"
#include "tests/education/requests.h"
#include "tests/testing/database.h"
#include "tests/testing/hosted.h"
#include "tests/testing/status.h"

namespace puente::education {
namespace {

using ::puente::testing::BundledRequests;
using ::puente::testing::Called;
using ::puente::testing::Database;
using ::puente::testing::HasReason;
using ::puente::testing::HostedModule;
using ::puente::testing::MustCount;
using ::puente::testing::MustExecute;
using ::puente::testing::WaitsFor;
using ::testing::AnyOf;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Programs = v1::ProgramService::Stub;
using Microcredentials = v1::MicrocredentialService::Stub;

std::string NameOf(const std::string& program, int number) {
  return absl::StrCat("programs/", program, "/versions/", number);
}

class Versions : public ::testing::Test {
 protected:
  Versions()
      : target_(Database::Shared().NewSchema(Education().migrations)),
        other_(target_),
        hosted_(Education(), target_, "agency/education"),
        programs_(v1::ProgramService::NewStub(hosted_.channel())),
        microcredentials_(v1::MicrocredentialService::NewStub(hosted_.channel())) {
    const auto organizations = v1::OrganizationService::NewStub(hosted_.channel());
    for (const char* id : {"a", "b"}) {
      EXPECT_OK(Called(*organizations, &v1::OrganizationService::Stub::CreateOrganization,
                       testing::NewOrganization(id)));
    }
    const auto rules = v1::CreditRuleService::NewStub(hosted_.channel());
    EXPECT_OK(
        Called(*rules, &v1::CreditRuleService::Stub::CreateCreditRule, testing::DefaultRule()));
  }

  absl::StatusOr<v1::ProgramVersion> Create(const std::string& program, int number,
                                            const std::string& organization = "a") {
    return Called(*programs_, &Programs::CreateProgramVersion,
                  testing::NewProgram(program, number, organization));
  }

  // One of the bundled ones, of the organization "a".
  static v1::CreateMicrocredentialVersionRequest Microcredential() {
    auto create = BundledRequests<v1::CreateMicrocredentialVersionRequest>(
                      "data/education/3-microcredentials.json")
                      .front();
    create.mutable_microcredential_version()->set_organization("organizations/a");
    return create;
  }

  absl::Status Delete(const std::string& program, int number) {
    v1::DeleteProgramVersionRequest request;
    request.set_name(NameOf(program, number));
    return Called(*programs_, &Programs::DeleteProgramVersion, request).status();
  }

  // Numbers of what is stored of one parent.
  std::vector<int> Numbers(const std::string& table, const std::string& parent) {
    std::vector<int> numbers;
    EXPECT_OK(other_.Select({"test", "SELECT number FROM " + table + "_version WHERE " + table +
                                         " = ? ORDER BY number"},
                            {parent}, nullptr, [&](const sql::Row& row) {
                              numbers.push_back(static_cast<int>(row.Int64(0)));
                              return absl::OkStatus();
                            }));
    return numbers;
  }

  // Runs a call that waits for what the other connection's transaction has written.
  absl::Status WhileOpen(const std::function<absl::Status()>& call) {
    absl::Status outcome;
    EXPECT_TRUE(WaitsFor(other_, [&] { outcome = call(); }));
    return outcome;
  }

  const sql::Target target_;
  sql::Connection other_;
  HostedModule hosted_;
  const std::unique_ptr<Programs> programs_;
  const std::unique_ptr<Microcredentials> microcredentials_;
};

// Runs both at once.
void Together(const std::function<void()>& first, const std::function<void()>& second) {
  std::thread thread(first);
  second();
  thread.join();
}

TEST_F(Versions, OfAnyLegalSizeCanBeRead) {
  constexpr int kVersions = 8;
  v1::CreateProgramVersionRequest request = testing::NewProgram("large", 1, "a");
  request.mutable_program_version()->clear_outcomes();
  request.mutable_program_version()->set_workload_hours(20'000);
  for (int i = 0; i < 200; ++i) {
    v1::ProgramOutcome& outcome = *request.mutable_program_version()->add_outcomes();
    outcome.set_code(absl::StrCat("c", i));
    std::string statement;
    for (int j = 0; j < 500; ++j) statement += "漢";
    outcome.set_statement(statement);
    for (int j = 0; j < 20; ++j) {
      outcome.add_alignments(absl::StrCat("conocer:", std::string(60, 'A'), i * 20 + j));
    }
  }
  v1::BatchGetProgramVersionsRequest batch;
  for (int number = 1; number <= kVersions; ++number) {
    request.set_program_version_id(absl::StrCat(number));
    ASSERT_OK(Called(*programs_, &Programs::CreateProgramVersion, request));
    batch.add_names(NameOf("large", number));
  }
  ASSERT_GT(request.ByteSizeLong() * kVersions, size_t{4} << 20);

  v1::ListProgramVersionsRequest list;
  list.set_parent("programs/large");
  int met = 0, pages = 0;
  do {
    ASSERT_OK_AND_ASSIGN(const auto page, Called(*programs_, &Programs::ListProgramVersions, list));
    EXPECT_LT(page.ByteSizeLong(), size_t{4} << 20);
    for (const v1::ProgramVersion& version : page.program_versions()) {
      EXPECT_EQ(version.name(), NameOf("large", ++met));
    }
    list.set_page_token(page.next_page_token());
    ++pages;
  } while (!list.page_token().empty());
  EXPECT_EQ(met, kVersions);
  EXPECT_GT(pages, 1);

  EXPECT_THAT(Called(*programs_, &Programs::BatchGetProgramVersions, batch),
              HasReason("BATCH_TOO_LARGE"));
  while (batch.names_size() > 2) batch.mutable_names()->RemoveLast();
  EXPECT_OK(Called(*programs_, &Programs::BatchGetProgramVersions, batch));

  v1::UpdateProgramVersionRequest update;
  for (int i = 1; i < kVersions; ++i) {
    *update.mutable_program_version() = request.program_version();
    update.mutable_program_version()->set_name(NameOf("large", 1));
    update.mutable_program_version()->set_title_en(absl::StrCat("change ", i));
    ASSERT_OK(Called(*programs_, &Programs::UpdateProgramVersion, update));
  }
  v1::ListProgramVersionRevisionsRequest revisions;
  revisions.set_name(NameOf("large", 1));
  met = 0;
  do {
    ASSERT_OK_AND_ASSIGN(const auto page,
                         Called(*programs_, &Programs::ListProgramVersionRevisions, revisions));
    EXPECT_LT(page.ByteSizeLong(), size_t{4} << 20);
    for (const v1::ProgramVersion& version : page.program_versions()) {
      EXPECT_EQ(version.etag(), absl::StrCat("v", kVersions - met++));
    }
    revisions.set_page_token(page.next_page_token());
  } while (!revisions.page_token().empty());
  EXPECT_EQ(met, kVersions);
}

TEST_F(Versions, ComeOneAfterAnother) {
  for (const int number : {1, 2, 3}) {
    EXPECT_THAT(Create("p", number + 1), HasReason("PROGRAM_VERSION_NOT_NEXT"));
    ASSERT_OK(Create("p", number));
  }
  for (const int number : {1, 2, 3}) {
    EXPECT_THAT(Create("p", number), HasReason("PROGRAM_VERSION_ALREADY_EXISTS"));
  }
  const auto fifth = Create("p", 5);
  EXPECT_THAT(fifth, HasReason("PROGRAM_VERSION_NOT_NEXT"));
  EXPECT_EQ(MetadataOf(fifth.status(), "next"), "4");
}

TEST_F(Versions, OnlyTheLastIsDeleted) {
  for (const int number : {1, 2}) ASSERT_OK(Create("p", number));
  const absl::Status first = Delete("p", 1);
  EXPECT_THAT(first, HasReason("PROGRAM_VERSION_NOT_LAST"));
  EXPECT_EQ(MetadataOf(first, "last"), "2");
  EXPECT_OK(Delete("p", 2));
  EXPECT_OK(Delete("p", 1));
  EXPECT_THAT(Create("p", 2), HasReason("PROGRAM_VERSION_NOT_NEXT"));
  EXPECT_OK(Create("p", 1));
}

TEST_F(Versions, FollowNoneThatIsBeingDeleted) {
  ASSERT_OK(Create("p", 1));
  MustExecute(other_, "START TRANSACTION");
  MustExecute(other_, "DELETE FROM program_version WHERE program = 'p'");
  EXPECT_THAT(WhileOpen([&] { return Create("p", 2).status(); }),
              HasReason("PROGRAM_VERSION_NOT_NEXT"));
  EXPECT_THAT(Numbers("program", "p"), IsEmpty());
}

TEST_F(Versions, AreNotDeletedWhileTheNextIsAdded) {
  ASSERT_OK(Create("p", 1));
  MustExecute(other_, "CREATE TABLE next AS SELECT * FROM program_version");
  MustExecute(other_, "UPDATE next SET number = 2");
  MustExecute(other_, "START TRANSACTION");
  MustExecute(other_, "INSERT INTO program_version SELECT * FROM next");
  MustExecute(other_, "UPDATE program_version SET guard = guard + 1 WHERE number = 1");
  EXPECT_THAT(WhileOpen([&] { return Delete("p", 1); }), HasReason("PROGRAM_VERSION_NOT_LAST"));
}

TEST_F(Versions, OfMicrocredentialsFollowNoneThatIsBeingDeleted) {
  v1::CreateMicrocredentialVersionRequest create = Microcredential();
  const auto created = [&](int number) {
    create.set_parent("microcredentials/m");
    create.set_microcredential_version_id(absl::StrCat(number));
    create.clear_request_id();
    return Called(*microcredentials_, &Microcredentials::CreateMicrocredentialVersion, create)
        .status();
  };
  ASSERT_OK(created(1));
  MustExecute(other_, "START TRANSACTION");
  MustExecute(other_, "DELETE FROM microcredential_version");
  EXPECT_THAT(WhileOpen([&] { return created(2); }), HasReason("MICROCREDENTIAL_VERSION_NOT_NEXT"));
  EXPECT_THAT(Numbers("microcredential", "m"), IsEmpty());
}

TEST_F(Versions, HaveNoGapsWhileOthersAreDeleted) {
  for (int round = 0; round < 50; ++round) {
    const std::string program = absl::StrCat("p", round);
    ASSERT_OK(Create(program, 1));
    absl::Status deleted, created;
    Together([&] { deleted = Delete(program, 1); }, [&] { created = Create(program, 2).status(); });
    EXPECT_NE(deleted.ok(), created.ok()) << deleted << created;
    ASSERT_THAT(Numbers("program", program), AnyOf(IsEmpty(), ElementsAre(1, 2)));
  }
}

TEST_F(Versions, OfMicrocredentialsHaveNoGapsEither) {
  v1::CreateMicrocredentialVersionRequest create = Microcredential();
  for (int round = 0; round < 20; ++round) {
    const std::string id = absl::StrCat("m", round);
    create.set_parent("microcredentials/" + id);
    create.set_microcredential_version_id("1");
    ASSERT_OK(Called(*microcredentials_, &Microcredentials::CreateMicrocredentialVersion, create));
    create.set_microcredential_version_id("2");
    v1::DeleteMicrocredentialVersionRequest remove;
    remove.set_name(absl::StrCat(create.parent(), "/versions/1"));
    Together(
        [&] {
          (void)Called(*microcredentials_, &Microcredentials::DeleteMicrocredentialVersion, remove);
        },
        [&] {
          (void)Called(*microcredentials_, &Microcredentials::CreateMicrocredentialVersion, create);
        });
    ASSERT_THAT(Numbers("microcredential", id), AnyOf(IsEmpty(), ElementsAre(1, 2)));
  }
}

TEST_F(Versions, OfOneProgramBelongToWhoHadTheFirst) {
  ASSERT_OK(Create("p", 1, "a"));
  EXPECT_THAT(Create("p", 1, "b"), HasReason("PROGRAM_VERSION_ALREADY_EXISTS"));
  EXPECT_THAT(Create("p", 2, "b"), HasReason("PROGRAM_OF_ANOTHER"));
  ASSERT_OK(Delete("p", 1));
  const auto other = Create("p", 1, "b");
  EXPECT_THAT(other, HasReason("PROGRAM_OF_ANOTHER"));
  EXPECT_EQ(MetadataOf(other.status(), "name"), "programs/p");
  EXPECT_EQ(MetadataOf(other.status(), "owner"), "organizations/a");
  ASSERT_OK_AND_ASSIGN(const auto again, Create("p", 1, "a"));
  EXPECT_EQ(again.etag(), "v3");
}

TEST_F(Versions, OfOneProgramBelongToOneWhileTwoTakeItsName) {
  for (int round = 0; round < 30; ++round) {
    const std::string program = absl::StrCat("p", round);
    std::vector<std::thread> organizations;
    std::atomic<int> made[2] = {0, 0};
    for (int i = 0; i < 2; ++i) {
      organizations.emplace_back([&, i] {
        for (int turn = 0; turn < 10; ++turn) {
          if (!Create(program, 1, i == 0 ? "a" : "b").ok()) continue;
          ++made[i];
          EXPECT_OK(Delete(program, 1));
        }
      });
    }
    for (std::thread& organization : organizations) organization.join();
    ASSERT_TRUE((made[0] == 0) != (made[1] == 0)) << made[0] << " and " << made[1];
  }
}

// A program of organization a that another transaction made and deleted, and has not committed yet.
class Deleted : public Versions {
 protected:
  void SetUp() override {
    ASSERT_OK(Create("model", 1, "a"));
    MustExecute(other_, "CREATE TABLE copy AS SELECT * FROM program_version");
    MustExecute(other_, "UPDATE copy SET program = 'p'");
    ASSERT_OK(Delete("model", 1));
    MustExecute(other_, "START TRANSACTION");
    MustExecute(other_, "INSERT INTO program_version SELECT * FROM copy");
    MustExecute(other_, "DELETE FROM program_version WHERE program = 'p'");
    MustExecute(other_,
                "INSERT INTO resource_revision SELECT REPLACE(name, 'model', 'p'), version,"
                " snapshot FROM resource_revision WHERE name = 'programs/model/versions/1'");
  }
};

TEST_F(Deleted, GoesOnCountingWhereACreateWaitedForIt) {
  EXPECT_OK(WhileOpen([&] {
    const auto created = Create("p", 1, "a");
    EXPECT_EQ(created.ok() ? created->etag() : "", "v3");
    return created.status();
  }));
}

TEST_F(Deleted, StaysWithItsOwnerWhereACreateWaitedForIt) {
  EXPECT_THAT(WhileOpen([&] { return Create("p", 1, "b").status(); }),
              HasReason("PROGRAM_OF_ANOTHER"));
}

}  // namespace
}  // namespace puente::education
