// Extracts of a module with two tables, on its services' real path.
#include "tests/testing/extracts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "common/agency/module.h"
#include "common/extracts/code_lists.h"
#include "common/extracts/reading.h"
#include "common/extracts/service.h"
#include "common/releases/telling.h"
#include "tests/testing/database.h"

namespace puente::extracts {
namespace {

using api::v1::FigureExtract;
using api::v1::FigureExtractLine;
using ::puente::testing::Becomes;
using ::puente::testing::Called;
using ::puente::testing::Database;
using ::puente::testing::Extractor;
using ::puente::testing::HasReason;
using ::puente::testing::HostedModule;
using ::puente::testing::LinesOf;
using ::puente::testing::MustCount;
using ::puente::testing::MustExecute;
using ::puente::testing::RowsOf;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

constexpr sql::Query kThings{"test.things", "SELECT state_code, n FROM thing ORDER BY id"};

// Called when "a-things" was read.
std::function<void()>& Between() {
  static auto* const between = new std::function<void()>([] {});
  return *between;
}

absl::Status ReadThings(Reading& reading) {
  Sums sums;
  RETURN_IF_ERROR(reading.session.Each(kThings, {}, [&](const sql::Row& row) {
    sums.Add({OrNotSaid(row.Text(0))}, row.Int64(1));
    return absl::OkStatus();
  }));
  sums.Tell(reading);
  return absl::OkStatus();
}

Tables TestTables() {
  const Table things{.name = "a-things",
                     .title = {"Cosas", "Things"},
                     .note = {"Todas.", "All."},
                     .dimensions = {State()},
                     .measures = {{"RECORDS", {"Cosas", "Things"}, "RECORDS"}},
                     .read = [](Reading& reading) {
                       RETURN_IF_ERROR(ReadThings(reading));
                       Between()();
                       return absl::OkStatus();
                     }};
  Table again = things;
  again.name = "b-things";
  again.read = &ReadThings;
  Table marked = things;
  marked.name = "marked";
  marked.dimensions.push_back({"COLOR", {"Color", "Color"}, "CL_COLOR"});
  marked.read = [](Reading& reading) {
    reading.Name("CL_COLOR", "blue", {"azul", "blue"});
    reading.Add({"32", "blue"}, {releases::Untold(type::v1::MARK_SUPPRESSED)});
    reading.Add({"01", "red"}, {releases::Told(0)});
    reading.From("thingReleases/7", absl::FromUnixSeconds(1'800'000'000));
    return absl::OkStatus();
  };
  Table large = things;
  large.name = "large";
  large.read = [](Reading& reading) {
    for (int i = 0; i < 9'000; ++i) reading.Add({absl::StrCat("x", i)}, {releases::Told(i)});
    return absl::OkStatus();
  };
  Table twice = things;
  twice.name = "twice";
  twice.read = [](Reading& reading) {
    for (int i = 0; i < 2; ++i) reading.Add({"09"}, {releases::Told(i)});
    return absl::OkStatus();
  };
  return {{twice, marked, again, large, things},
          {{"CL_COLOR", {"Colores", "Colors"}, {{"red", {"rojo", "red"}}}}}};
}

class TestModule final : public agency::AgencyModule {
 public:
  explicit TestModule(const hosting::Surroundings& around) : AgencyModule(around) {
    extracts_.Serve(host(), due(), TestTables());
  }

 private:
  Extracts extracts_;
};

hosting::ModuleKind Kind() {
  return {.agency = "science",
          .migrations = agency::Migrations(WithExtracts({})),
          .make = [](const hosting::Surroundings& around)
              -> absl::StatusOr<std::unique_ptr<hosting::Module>> {
            return std::make_unique<TestModule>(around);
          }};
}

constexpr char kId[] = "11111111-1111-4111-8111-111111111111";
constexpr char kName[] = "figureExtracts/11111111-1111-4111-8111-111111111111";

class ExtractsTest : public ::testing::Test {
 protected:
  ExtractsTest() {
    MustExecute(connection,
                "CREATE TABLE thing (id INT PRIMARY KEY, state_code VARCHAR(2), n INT)");
    MustExecute(connection, "INSERT INTO thing VALUES (1, '09', 3), (2, '32', 4), (3, '', 5)");
  }
  ~ExtractsTest() override {
    Between() = [] {};
  }

  int64_t Count(const std::string& text) { return MustCount(connection, text); }

  const sql::Target database = Database::Shared().NewSchema(Kind().migrations);
  sql::Connection connection{database};
  HostedModule gateway{Kind(), database, "gateway"};
  Extractor extractor{gateway};
};

// Without the line that says when it was.
std::string WithoutHead(const std::string& file) { return file.substr(file.find('\n')); }

TEST_F(ExtractsTest, SayWhatTheTablesSay) {
  ASSERT_OK_AND_ASSIGN(const auto created, extractor.Create({"b-things", "marked"}, kId));
  EXPECT_EQ(created.name(), kName);
  EXPECT_EQ(created.state(), api::v1::FIGURE_EXTRACT_STATE_QUEUED);
  EXPECT_THAT(created.tables(), ElementsAre("b-things", "marked"));
  ASSERT_OK_AND_ASSIGN(const FigureExtract extract, extractor.Await(kName));
  ASSERT_EQ(extract.state(), api::v1::FIGURE_EXTRACT_STATE_READY) << extract.failure_reason();
  ASSERT_OK_AND_ASSIGN(const std::string file, extractor.Export(kName));
  EXPECT_EQ(extract.byte_count(), file.size());
  EXPECT_EQ(extract.sha256(), absl::BytesToHexString(crypto::Sha256(file)));
  EXPECT_EQ(extract.row_count(), 6);
  const std::vector<FigureExtractLine> lines = LinesOf(file);
  const auto& head = lines.front().head();
  EXPECT_EQ(head.agency(), "science");
  EXPECT_EQ(head.freshness_token(), extract.freshness_token());
  EXPECT_EQ(head.read_time().ShortDebugString(), extract.read_time().ShortDebugString());
  ASSERT_EQ(head.sources_size(), 1);
  EXPECT_EQ(head.sources(0).release(), "thingReleases/7");
  EXPECT_THAT(std::vector<std::string>(absl::StrSplit(WithoutHead(file), '\n')),
              ::testing::Contains(
                  R"({"row":{"table":"b-things","codes":["09"],"figures":[{"value":"3"}]}})"));
  EXPECT_THAT(RowsOf(file, "b-things"),
              ElementsAre(Pair("09", "3"), Pair("32", "4"), Pair("_T", "12"), Pair("_U", "5")));
  EXPECT_THAT(RowsOf(file, "marked"), ElementsAre(Pair("01 red", "0"), Pair("32 blue", "-")));
  std::vector<std::string> order;
  for (const FigureExtractLine& line : lines) {
    if (line.has_table()) order.push_back(line.table().table());
    if (line.has_code_list()) {
      std::vector<std::string> codes;
      for (const auto& code : line.code_list().codes()) {
        codes.push_back(absl::StrCat(code.code(), "=", code.name_es()));
      }
      order.push_back(absl::StrCat(line.code_list().code_list(), ": ", absl::StrJoin(codes, ", ")));
    }
  }
  EXPECT_THAT(order, ElementsAre("b-things", "marked", "CL_COLOR: red=rojo, blue=azul, _T=Total",
                                 "CL_STATE: 01=Aguascalientes, 09=Ciudad de México, 32=Zacatecas, "
                                 "_U=No especificado, _T=Total",
                                 "CL_UNIT: RECORDS=Registros"));
}

TEST_F(ExtractsTest, AreOneForOneId) {
  ASSERT_OK(extractor.Create({"a-things", "b-things"}, kId));
  ASSERT_OK_AND_ASSIGN(const auto first, extractor.Await(kName));
  MustExecute(connection, "INSERT INTO thing VALUES (4, '09', 100)");
  ASSERT_OK_AND_ASSIGN(const auto second,
                       extractor.Create({"b-things", "a-things", "b-things"}, kId));
  EXPECT_EQ(second.ShortDebugString(), first.ShortDebugString());
  EXPECT_THAT(extractor.Create({"a-things"}, kId), HasReason("FIGURE_EXTRACT_EXISTS"));
  EXPECT_EQ(Count("SELECT COUNT(*) FROM figure_extract"), 1);
  EXPECT_EQ(Count("SELECT COUNT(*) FROM due WHERE kind = 'figures.extract'"), 0);
}

TEST_F(ExtractsTest, RefuseWhatThereIsNot) {
  const auto refused = extractor.Create({"a-things", "nothing"}, kId);
  EXPECT_THAT(refused, HasReason("FIGURE_TABLE_NOT_FOUND"));
  EXPECT_EQ(MetadataOf(refused.status(), "name"), "nothing");
  EXPECT_EQ(Count("SELECT COUNT(*) FROM figure_extract"), 0);
  EXPECT_THAT(extractor.Get(kName), HasReason("FIGURE_EXTRACT_NOT_FOUND"));
  EXPECT_THAT(extractor.Export(kName), HasReason("FIGURE_EXTRACT_NOT_FOUND"));
  EXPECT_THAT(extractor.Create({}, kId), HasReason("INVALID_FIELDS"));
  EXPECT_THAT(extractor.Create({"a-things"}, "x"), HasReason("INVALID_FIELDS"));
  HostedModule school{Kind(), database, "organization/utt"};
  EXPECT_THAT(Extractor(school).Create({"a-things"}, kId), HasReason("CALLER_REFUSED"));
}

TEST_F(ExtractsTest, ListTablesInPages) {
  api::v1::ListFigureTablesRequest request;
  request.set_page_size(2);
  std::vector<std::string> tables;
  do {
    ASSERT_OK_AND_ASSIGN(
        const auto page,
        Called(extractor.stub(), &::puente::testing::ExtractStub::ListFigureTables, request));
    for (const auto& table : page.tables()) tables.push_back(table.table());
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  EXPECT_THAT(tables,
              ElementsAre("a-things", "b-things", "large", "marked", "record-quality", "twice"));
}

TEST_F(ExtractsTest, SeeAWriterInAllTablesOrInNone) {
  Between() = [&] { MustExecute(connection, "INSERT INTO thing VALUES (4, '01', 100)"); };
  ASSERT_OK_AND_ASSIGN(const std::string before, extractor.FileOf({"a-things", "b-things"}));
  Between() = [] {};
  EXPECT_EQ(RowsOf(before, "a-things").at("_T"), "12");
  EXPECT_EQ(RowsOf(before, "b-things").at("_T"), "12") << "as it was when the first was read";
  ASSERT_OK_AND_ASSIGN(const std::string after, extractor.FileOf({"a-things", "b-things"}));
  EXPECT_EQ(RowsOf(after, "a-things").at("_T"), "112");
  EXPECT_EQ(RowsOf(after, "b-things").at("_T"), "112");
}

TEST_F(ExtractsTest, AreTheSameOfTheSame) {
  const std::vector<std::string> all = {"marked", "a-things", "large", "record-quality"};
  ASSERT_OK_AND_ASSIGN(const std::string one, extractor.FileOf(all));
  ASSERT_OK_AND_ASSIGN(const std::string other, extractor.FileOf({all.rbegin(), all.rend()}));
  EXPECT_NE(one, other) << "read at another moment";
  EXPECT_EQ(WithoutHead(one), WithoutHead(other));
}

TEST_F(ExtractsTest, GoOnWhereTheCallerIs) {
  ASSERT_OK(extractor.Create({"large"}, kId));
  ASSERT_OK_AND_ASSIGN(const auto extract, extractor.Await(kName));
  ASSERT_OK_AND_ASSIGN(const std::string file, extractor.Export(kName));
  ASSERT_EQ(extract.byte_count(), file.size());
  const auto chunk = static_cast<size_t>(store::kChunkBytes);
  ASSERT_GT(file.size(), 2 * chunk);
  for (const size_t offset : {size_t{1}, chunk - 1, chunk, chunk + 70'000, file.size() - 1}) {
    ASSERT_OK_AND_ASSIGN(const std::string rest,
                         extractor.Export(kName, static_cast<int64_t>(offset)));
    EXPECT_TRUE(rest == file.substr(offset)) << offset;
  }
  for (const size_t offset : {file.size(), file.size() + chunk}) {
    ASSERT_OK_AND_ASSIGN(const std::string rest,
                         extractor.Export(kName, static_cast<int64_t>(offset)));
    EXPECT_THAT(rest, IsEmpty());
  }
  EXPECT_THAT(extractor.Export(kName, -1), HasReason("INVALID_FIELDS"));
}

TEST_F(ExtractsTest, AreMadeOnceByTwoProcesses) {
  HostedModule second{Kind(), database, "gateway"};
  Extractor other(second);
  for (int i = 0; i < 20; ++i) {
    const std::string id = crypto::Uuid4();
    ASSERT_OK(extractor.Create({"a-things", "b-things"}, id));
    ASSERT_OK(other.Create({"a-things", "b-things"}, id));
    const std::string name = absl::StrCat("figureExtracts/", id);
    ASSERT_OK_AND_ASSIGN(const auto one, extractor.Await(name));
    ASSERT_OK_AND_ASSIGN(const std::string file, other.Export(name));
    EXPECT_EQ(one.sha256(), absl::BytesToHexString(crypto::Sha256(file)));
  }
  EXPECT_EQ(Count("SELECT COUNT(*) FROM figure_extract"), 20);
  EXPECT_EQ(Count("SELECT COUNT(*) FROM figure_extract_chunk"), 20);
}

// What a process that died has left is gone, and if it was only frozen it stores nothing more.
TEST_F(ExtractsTest, AreBegunAnewAfterADeath) {
  MustExecute(connection,
              absl::StrCat("INSERT INTO figure_extract (id, attempt, chunk_count, state, tables,"
                           " freshness_token, sha256, byte_count, row_count, failure_reason,"
                           " create_time) VALUES ('",
                           kId, "', 77, 3, 1, X'1A08612D7468696E6773', '', '', 0, 0, '', NOW(6))"));
  for (int part : {0, 1, 2}) {
    MustExecute(connection, absl::StrCat("INSERT INTO figure_extract_chunk VALUES ('", kId, "', ",
                                         part, ", 'left over')"));
  }
  MustExecute(connection,
              absl::StrCat("INSERT INTO due (kind, item_key, version, due_time, claim_time, holder,"
                           " attempts, last_error, progress) VALUES ('figures.extract', '",
                           kId, "', 5, NOW(6), UTC_TIMESTAMP(6), 'the dead', 1, '', '')"));
  ASSERT_OK_AND_ASSIGN(const auto extract, extractor.Await(kName));
  ASSERT_EQ(extract.state(), api::v1::FIGURE_EXTRACT_STATE_READY) << extract.failure_reason();
  ASSERT_OK_AND_ASSIGN(const std::string file, extractor.Export(kName));
  EXPECT_EQ(RowsOf(file, "a-things").at("_T"), "12");
  EXPECT_EQ(Count("SELECT COUNT(*) FROM figure_extract_chunk"), 1);
  sql::Session session(database);
  Call call;
  call.deadline = absl::Now() + absl::Seconds(20);
  const auto add = [](journal::Transaction& tx) {
    return store::AddChunk(tx, kId, 77, 1, "later");  // the next one, of another's
  };
  EXPECT_THAT(journal::KeepBooks({.tokens = journal::Tokens("science")}, session, call, add),
              HasReason("LEASE_LOST"));
  EXPECT_EQ(Count("SELECT COUNT(*) FROM figure_extract_chunk"), 1);
}

TEST_F(ExtractsTest, FailWhereATableCannotBeRead) {
  // As one that an earlier version of the program had.
  ASSERT_OK(extractor.Create({"twice"}, kId));
  EXPECT_THAT(extractor.Export(kName), HasReason("FIGURE_EXTRACT_NOT_READY"));
  ASSERT_TRUE(Becomes([&] {
    return Count(
               "SELECT COUNT(*) FROM due WHERE attempts > 0 AND "
               "kind = 'figures.extract' AND last_error <> ''") == 1;
  }));
  // It would be tried again later and later.
  MustExecute(connection,
              "UPDATE due SET attempts = 4, claim_time = UTC_TIMESTAMP(6)"
              " WHERE kind = 'figures.extract'");
  ASSERT_OK_AND_ASSIGN(const auto failed, extractor.Await(kName));
  EXPECT_EQ(failed.state(), api::v1::FIGURE_EXTRACT_STATE_FAILED);
  EXPECT_EQ(failed.failure_reason(), "INTERNAL");
  EXPECT_THAT(extractor.Export(kName), HasReason("FIGURE_EXTRACT_NOT_READY"));
  EXPECT_EQ(Count("SELECT COUNT(*) FROM figure_extract_chunk"), 0);
  EXPECT_EQ(Count("SELECT COUNT(*) FROM due WHERE kind = 'figures.extract'"), 0);
}

TEST_F(ExtractsTest, LoseTheirFilesAfterAWeekAndGoAfter400Days) {
  std::vector<std::string> names;
  for (const int days : {6, 8, 399, 401}) {
    const std::string id = crypto::Uuid4();
    names.push_back("figureExtracts/" + id);
    ASSERT_OK(extractor.Create({"a-things"}, id));
    ASSERT_EQ(extractor.Await(names.back())->state(), api::v1::FIGURE_EXTRACT_STATE_READY);
    MustExecute(connection,
                absl::StrCat("UPDATE figure_extract SET create_time = UTC_TIMESTAMP(6) - INTERVAL ",
                             days, " DAY WHERE id = '", id, "'"));
  }
  // The oldest was asked for first.
  MustExecute(connection,
              "UPDATE figure_extract SET number = 0 WHERE create_time < NOW() - INTERVAL"
              " 400 DAY");
  ASSERT_OK_AND_ASSIGN(const auto before, extractor.Get(names[1]));
  ASSERT_TRUE(Becomes([&] {
    // It looks every hour.
    MustExecute(connection,
                "UPDATE due SET claim_time = UTC_TIMESTAMP(6) WHERE kind ="
                " 'figures.forget' AND holder = ''");
    return Count("SELECT COUNT(*) FROM figure_extract") == 3 &&
           Count("SELECT COUNT(*) FROM figure_extract_chunk") == 1;
  }));
  EXPECT_OK(extractor.Export(names[0]));
  for (const std::string& name : {names[1], names[2]}) {
    EXPECT_THAT(extractor.Export(name), HasReason("FIGURE_EXTRACT_GONE"));
    ASSERT_OK_AND_ASSIGN(const auto gone, extractor.Get(name));
    EXPECT_EQ(gone.state(), api::v1::FIGURE_EXTRACT_STATE_GONE);
  }
  EXPECT_EQ(extractor.Get(names[1])->sha256(), before.sha256()) << "what it was is known";
  EXPECT_THAT(extractor.Get(names[3]), HasReason("FIGURE_EXTRACT_NOT_FOUND"));
  EXPECT_EQ(Count("SELECT COUNT(*) FROM journal_entry WHERE canonical LIKE '%due/figures.forget%'"),
            4)
      << "three files, and one extract";
}

}  // namespace
}  // namespace puente::extracts
