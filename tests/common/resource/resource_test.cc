// The standard methods over a table of their own.
#include "common/resource/resource.h"

#include "common/context/values.h"
#include "common/resource/filter.h"
#include "common/resource/journaled_module.h"
#include "common/sql/error.h"
#include "puente/labor/v1/skill.pb.h"
#include "tests/testing/database.h"
#include "tests/testing/status.h"

namespace puente::resource {
namespace {

using ::puente::labor::v1::Skill;
using ::puente::testing::Database;
using ::puente::testing::HasReason;
using ::puente::testing::MustCount;
using ::puente::testing::MustExecute;
using ::puente::testing::WaitsFor;

const Resource<Skill>& Skills() {
  static const Resource<Skill> skills({
      .table = "skill",
      .lists = {{.by = {"kind"}, .order = {"label_es desc"}, .index = "by_kind"},
                {.by = {"framework", "code*"}, .index = "by_code"}},
  });
  return skills;
}

// The same kind of resource, on which those of the other table rest.
const Resource<Skill>& GuardedSkills() {
  static const Resource<Skill> skills({.table = "guarded", .guarded = true});
  return skills;
}

class Resources : public ::testing::Test {
 protected:
  Resources()
      : target_(Database::Shared().NewSchema(WithJournal({}))),
        connection_(target_),
        session_(target_) {
    MustExecute(connection_,
                "CREATE TABLE skill (id VARBINARY(63) PRIMARY KEY, version BIGINT NOT NULL,"
                " label_es VARCHAR(200) NOT NULL, label_en VARCHAR(200) NOT NULL,"
                " kind TINYINT NOT NULL, framework VARBINARY(40) NOT NULL,"
                " code VARBINARY(80) NOT NULL, source VARBINARY(64) NOT NULL,"
                " record_kind TINYINT NOT NULL, create_time DATETIME(6) NOT NULL,"
                " update_time DATETIME(6) NOT NULL, KEY by_kind (kind, label_es, id),"
                " KEY by_code (framework, code, id)) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin");
    call_.method = "/test.Service/List";
    call_.caller.path = "agency/labor";
    call_.start = absl::Now();
    call_.deadline = absl::Now() + absl::Seconds(20);
  }

  static Skill MakeSkill(const std::string& label, const std::string& code = "") {
    Skill skill;
    skill.set_label_es(label);
    skill.set_label_en("label");
    skill.set_kind(labor::v1::SKILL_KIND_TECHNICAL);
    skill.set_framework("puente");
    skill.set_code(code);
    skill.set_source("test");
    skill.set_record_kind(type::v1::RECORD_KIND_REAL);
    return skill;
  }

  // Runs body(transaction) -> StatusOr<Skill> in the write path.
  template <class Body>
  absl::StatusOr<Skill> Write(const Body& body) {
    ASSIGN_OR_RETURN(auto written,
                     journal::Mutate<Skill>({journal::Tokens("test")}, session_, call_, Skill(),
                                            [&](const Call&, journal::Transaction& tx,
                                                const Skill&) { return body(tx); }));
    return written.answer;
  }

  absl::StatusOr<Skill> CreateOne(const std::string& id, Skill skill) {
    return Write([&](journal::Transaction& tx) {
      return resource::Create(call_, tx, Skills(), {id}, skill);
    });
  }

  absl::StatusOr<Page<Skill>> ListPage(const std::string& filter, int size,
                                       const std::string& token = "") {
    labor::v1::ListSkillsRequest request;
    request.set_filter(filter);
    request.set_page_size(size);
    request.set_page_token(token);
    return resource::List(call_, session_, Skills(), request);
  }

  const sql::Target target_;
  sql::Connection connection_;
  sql::Session session_;
  Call call_;
};

TEST_F(Resources, ReadsBackWhatWasCreated) {
  ASSERT_OK_AND_ASSIGN(const Skill created, CreateOne("welding", MakeSkill("Soldadura ñ á 漢")));
  EXPECT_EQ(created.name(), "skills/welding");
  EXPECT_EQ(created.etag(), "v1");
  ASSERT_OK_AND_ASSIGN(const Skill got, Get(session_, Skills(), "skills/welding"));
  EXPECT_EQ(got.SerializeAsString(), created.SerializeAsString());
}

TEST_F(Resources, SaysWhatIsMissingOrThereAlready) {
  ASSERT_OK(CreateOne("welding", MakeSkill("Soldadura")));
  EXPECT_THAT(CreateOne("welding", MakeSkill("Otra")), HasReason("SKILL_ALREADY_EXISTS"));
  EXPECT_THAT(Get(session_, Skills(), "skills/none"), HasReason("SKILL_NOT_FOUND"));
  for (const std::string name :
       {"", "skills", "skills/", "skills/A", "skills/a/b", "skill/a", "skills/-a", "skills/ñ"}) {
    EXPECT_THAT(Get(session_, Skills(), name), HasReason("INVALID_NAME")) << name;
  }
}

TEST_F(Resources, ReplacesOnlyTheVersionThatWasRead) {
  ASSERT_OK_AND_ASSIGN(const Skill first, CreateOne("a", MakeSkill("A")));
  const auto replace = [&](const Skill& before, const char* label) {
    return Write([&](journal::Transaction& tx) {
      Skill after = before;
      after.set_label_es(label);
      return resource::Replace(call_, tx, Skills(), before, after);
    });
  };
  ASSERT_OK_AND_ASSIGN(const Skill second, replace(first, "B"));
  EXPECT_EQ(second.etag(), "v2");
  call_.deadline = absl::Now() + absl::Milliseconds(50);  // it would try again until then
  EXPECT_THAT(replace(first, "C"), HasReason("TRANSACTION_CONFLICT"));
  ASSERT_OK_AND_ASSIGN(const Skill got, Get(session_, Skills(), "skills/a"));
  EXPECT_EQ(got.label_es(), "B");
  EXPECT_THAT(CheckEtag(got, "v1"), HasReason("ETAG_MISMATCH"));
  EXPECT_OK(CheckEtag(got, "v2"));
}

// A call that came earlier, or to a process whose clock is behind, and is done later.
TEST_F(Resources, AreUpdatedLaterWithEachVersion) {
  ASSERT_OK_AND_ASSIGN(const Skill first, CreateOne("a", MakeSkill("A")));
  const auto replace = [&](const Skill& before) {
    return Write([&](journal::Transaction& tx) {
      return resource::Replace(call_, tx, Skills(), before, before);
    });
  };
  call_.start -= absl::Seconds(2);
  ASSERT_OK_AND_ASSIGN(const Skill second, replace(first));
  EXPECT_GT(FromProto(second.update_time()), FromProto(first.update_time()));
  ASSERT_OK_AND_ASSIGN(const Skill third, replace(second));
  EXPECT_GT(FromProto(third.update_time()), FromProto(second.update_time()));
  call_.start += absl::Seconds(9);
  ASSERT_OK_AND_ASSIGN(const Skill fourth, replace(third));
  EXPECT_EQ(FromProto(fourth.update_time()), FromProto(ToProto(call_.start)));
}

TEST_F(Resources, BatchKeepsTheOrderAndIsAllOrNone) {
  for (const std::string id : {"a", "b", "c"}) ASSERT_OK(CreateOne(id, MakeSkill(id)));
  labor::v1::BatchGetSkillsRequest request;
  for (const char* name : {"skills/c", "skills/a", "skills/c"}) request.add_names(name);
  ASSERT_OK_AND_ASSIGN(const auto rows, BatchGet(session_, Skills(), request.names()));
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_EQ(rows[0].name(), "skills/c");
  EXPECT_EQ(rows[1].name(), "skills/a");
  EXPECT_EQ(rows[2].name(), "skills/c");
  request.add_names("skills/none");
  EXPECT_THAT(BatchGet(session_, Skills(), request.names()), HasReason("SKILL_NOT_FOUND"));
}

TEST_F(Resources, OfManyThatAreAskedForAtOnceEachIsFoundOrNotByItself) {
  for (const std::string id : {"a", "b", "c"}) ASSERT_OK(CreateOne(id, MakeSkill(id)));
  const std::vector<std::string> names = {"skills/c",    "skills/NO", "skills/a",
                                          "skills/none", "skills/c",  "skills/none"};
  std::vector<Skill> found(names.size());
  std::vector<internal::Asked> asked;
  for (size_t i = 0; i < names.size(); ++i) asked.push_back({names[i], "name", found[i]});
  internal::GetEach(session_, Skills(), absl::MakeSpan(asked));
  for (const size_t i : {0, 2, 4}) {
    ASSERT_OK(asked[i].status);
    ASSERT_OK_AND_ASSIGN(const Skill alone, Get(session_, Skills(), names[i]));
    EXPECT_EQ(found[i].SerializeAsString(), alone.SerializeAsString());
  }
  EXPECT_THAT(asked[1].status, HasReason("INVALID_NAME"));
  for (const size_t i : {3, 5}) {
    EXPECT_THAT(asked[i].status, HasReason("SKILL_NOT_FOUND"));
    EXPECT_EQ(MetadataOf(asked[i].status, "name"), "skills/none");
  }
}

TEST_F(Resources, PagesMeetEveryRowOnceInOrder) {
  for (int i = 0; i < 25; ++i) {
    // Equal labels: the order's last column decides.
    ASSERT_OK(CreateOne(absl::StrCat("s", i), MakeSkill(absl::StrCat("label", i / 5))));
  }
  for (const int size : {1, 3, 10, 25, 100}) {
    std::vector<std::string> seen;
    std::string token;
    std::string last = "~";
    do {
      ASSERT_OK_AND_ASSIGN(auto page, ListPage("kind = TECHNICAL", size, token));
      for (const Skill& skill : page.rows) {
        EXPECT_LE(skill.label_es(), last);
        last = skill.label_es();
        seen.push_back(skill.name());
      }
      token = page.next_page_token;
    } while (!token.empty());
    EXPECT_EQ(seen.size(), 25u) << size;
    EXPECT_EQ(std::set<std::string>(seen.begin(), seen.end()).size(), 25u) << size;
  }
}

TEST_F(Resources, PrefixFiltersAreRanges) {
  for (const std::string code : {"33", "336", "3361", "337", "34"}) {
    ASSERT_OK(CreateOne(absl::StrCat("c", code), MakeSkill("x", code)));
  }
  ASSERT_OK_AND_ASSIGN(auto page, ListPage("framework = \"puente\" AND code = \"336*\"", 50));
  EXPECT_EQ(page.rows.size(), 2u);
}

TEST_F(Resources, RefusesFiltersThatAreNotDeclared) {
  for (const std::string filter :
       {"code = \"1*\"", "label_es = \"x\"", "kind = TECHNICAL AND code = \"1*\"", "kind",
        "kind =", "kind = UNSPECIFIED", "kind = NONE", "kind = TECHNICAL kind = TOOL",
        "kind = TECHNICAL AND kind = TOOL", "kind = \"TECHNICAL", "AND", "(kind = TOOL)",
        "framework = \"a\" AND code = \"1\"", "kind != TOOL", "1 = 1; DROP TABLE skill"}) {
    EXPECT_THAT(ListPage(filter, 10), HasReason("INVALID_FILTER")) << filter;
  }
  EXPECT_THAT(ListPage(std::string(2000, 'x'), 10), HasReason("INVALID_FILTER"));
}

TEST_F(Resources, PageTokensAreBoundToTheirList) {
  for (int i = 0; i < 3; ++i) ASSERT_OK(CreateOne(absl::StrCat("s", i), MakeSkill("x")));
  ASSERT_OK_AND_ASSIGN(const auto page, ListPage("", 1));
  const std::string token = page.next_page_token;
  ASSERT_OK(ListPage("", 1, token));
  EXPECT_THAT(ListPage("kind = TECHNICAL", 1, token), HasReason("INVALID_PAGE_TOKEN"));
  call_.caller.path = "agency/economy";
  EXPECT_THAT(ListPage("", 1, token), HasReason("INVALID_PAGE_TOKEN"));
  call_.caller.path = "agency/labor";
  for (size_t i = 0; i < token.size(); ++i) {
    std::string edited = token;
    edited[i] = edited[i] == 'A' ? 'B' : 'A';
    EXPECT_THAT(ListPage("", 1, edited), HasReason("INVALID_PAGE_TOKEN")) << i;
  }
  EXPECT_THAT(ListPage("", 1, "x"), HasReason("INVALID_PAGE_TOKEN"));
}

TEST_F(Resources, ARowThatCannotBeReadIsDataLoss) {
  ASSERT_OK(CreateOne("a", MakeSkill("x")));
  MustExecute(connection_, "UPDATE skill SET kind = 99");
  EXPECT_THAT(Get(session_, Skills(), "skills/a"), HasReason("ROW_CORRUPT"));
}

TEST_F(Resources, PageSizesAreCoerced) {
  EXPECT_EQ(PageSize(0), kDefaultPageSize);
  EXPECT_EQ(PageSize(7), 7);
  EXPECT_EQ(PageSize(1'000'000), kMostPageSize);
}

class Guards : public Resources {
 protected:
  Guards() {
    MustExecute(connection_, "CREATE TABLE guarded LIKE skill");
    MustExecute(connection_, "ALTER TABLE guarded ADD COLUMN guard BIGINT NOT NULL DEFAULT 0");
    EXPECT_OK(Write([&](journal::Transaction& tx) {
      return resource::Create(call_, tx, GuardedSkills(), {"g"}, MakeSkill("open"));
    }));
  }

  // Another's transaction, which closes what others rest on.
  void BeginToClose() {
    MustExecute(connection_, "START TRANSACTION");
    MustExecute(connection_, "UPDATE guarded SET version = version + 1, label_es = 'closed'");
  }

  // Stores a skill that says what state it saw.
  template <class See>
  absl::StatusOr<Skill> CreateBy(const See& see) {
    return Write([&](journal::Transaction& tx) -> absl::StatusOr<Skill> {
      ASSIGN_OR_RETURN(const Skill seen, see(tx));
      return resource::Create(call_, tx, Skills(), {"child"}, MakeSkill(seen.label_es()));
    });
  }
  static absl::StatusOr<Skill> Guarded(journal::Transaction& tx) {
    return Guard(tx, GuardedSkills(), "skills/g", "parent");
  }
  static absl::StatusOr<Skill> Unguarded(journal::Transaction& tx) {
    return Get(tx, GuardedSkills(), "skills/g", "parent");
  }
};

TEST_F(Guards, KeepWhatAMutationRestsOnAsItWasSeen) {
  BeginToClose();
  absl::StatusOr<Skill> created;
  EXPECT_TRUE(WaitsFor(connection_, [&] { created = CreateBy(&Guarded); }));
  ASSERT_OK(created);
  EXPECT_EQ(created->label_es(), "closed");
}

// What the test above can see.
TEST_F(Guards, AreWhatKeepsIt) {
  BeginToClose();
  absl::StatusOr<Skill> created;
  EXPECT_FALSE(WaitsFor(connection_, [&] { created = CreateBy(&Unguarded); }));
  ASSERT_OK(created);
  EXPECT_EQ(created->label_es(), "open") << "stored beside what is closed";
}

TEST_F(Guards, HoldUpWhoChangesTheState) {
  MustExecute(connection_, "START TRANSACTION");
  MustExecute(connection_, "UPDATE guarded SET guard = guard + 1");
  absl::StatusOr<Skill> changed;
  EXPECT_TRUE(WaitsFor(connection_, [&] {
    changed = Write([&](journal::Transaction& tx) -> absl::StatusOr<Skill> {
      ASSIGN_OR_RETURN(const Skill before, Unguarded(tx));
      return resource::Replace(call_, tx, GuardedSkills(), before, before);
    });
  }));
  EXPECT_OK(changed) << "a guard alone is no new version";
}

TEST_F(Guards, WrittenFirstShowEveryoneWhoRestedOnIt) {
  const auto count = [&](journal::Transaction& tx) -> absl::StatusOr<Skill> {
    RETURN_IF_ERROR(GuardFirst(tx, GuardedSkills(), "skills/g", "name").status());
    sql::Session& reads = tx;
    ASSIGN_OR_RETURN(const int64_t n, reads.Number({"test", "SELECT COUNT(*) FROM skill"}));
    return MakeSkill(absl::StrCat(n));
  };
  MustExecute(connection_, "CREATE TABLE one AS SELECT * FROM guarded");
  MustExecute(connection_, "ALTER TABLE one DROP COLUMN guard");
  MustExecute(connection_, "START TRANSACTION");
  MustExecute(connection_, "INSERT INTO skill SELECT * FROM one");
  MustExecute(connection_, "UPDATE guarded SET guard = guard + 1");
  absl::StatusOr<Skill> counted;
  EXPECT_TRUE(WaitsFor(connection_, [&] { counted = Write(count); }));
  ASSERT_OK(counted);
  EXPECT_EQ(counted->label_es(), "1");
}

TEST_F(Guards, AreWrittenOnceATransactionAndMoveNothingElse) {
  const Skill before = *Get(session_, GuardedSkills(), "skills/g");
  ASSERT_OK(CreateBy([&](journal::Transaction& tx) {
    EXPECT_OK(Guarded(tx));
    EXPECT_OK(Guarded(tx));
    return Guarded(tx);
  }));
  EXPECT_EQ(MustCount(connection_, "SELECT guard FROM guarded"), 1);
  EXPECT_EQ(Get(session_, GuardedSkills(), "skills/g")->SerializeAsString(),
            before.SerializeAsString());
}

TEST_F(Guards, AreNotNeededOfWhatTheMutationChangesItself) {
  ASSERT_OK_AND_ASSIGN(
      const Skill changed, Write([&](journal::Transaction& tx) -> absl::StatusOr<Skill> {
        ASSIGN_OR_RETURN(const Skill seen, Guarded(tx));
        Skill after = seen;
        after.set_label_es("closed");
        return resource::Replace(call_, tx, GuardedSkills(), seen, std::move(after));
      }));
  EXPECT_EQ(changed.etag(), "v2");
}

TEST_F(Guards, AreDeclared) {
  EXPECT_DEATH(
      Write([&](journal::Transaction& tx) -> absl::StatusOr<Skill> {
        RETURN_IF_ERROR(resource::Create(call_, tx, Skills(), {"a"}, MakeSkill("A")).status());
        return Guard(tx, Skills(), "skills/a", "parent");
      }).IgnoreError(),
      "what others rest on is declared so");
}

}  // namespace
}  // namespace puente::resource
