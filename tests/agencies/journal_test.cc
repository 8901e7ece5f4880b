// The journal as it is shown to who holds an agency to account.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/context/values.h"
#include "common/crypto/digest.h"
#include "common/journal/write.h"
#include "modules/science/module.h"
#include "puente/api/v1/journal.grpc.pb.h"
#include "tests/testing/database.h"
#include "tests/testing/hosted.h"
#include "tests/testing/status.h"
#include "tests/testing/wait.h"

namespace puente {
namespace {

using api::v1::JournalEntry;
using api::v1::JournalService;
using api::v1::ListJournalEntriesRequest;
using api::v1::ListJournalEntriesResponse;
using testing::Becomes;
using testing::Called;
using testing::Database;
using testing::HasReason;
using testing::HostedModule;
using testing::MustCount;
using testing::MustExecute;

constexpr char kAudit[] = "audit";
const absl::Time kStart = absl::FromUnixSeconds(1'790'000'000);

// What one entry says, and whether it does what a request asks for: written again, the simple way.
struct Said {
  std::string method, caller, actor;
  std::vector<std::string> changed, read;
  absl::Time time;
  std::string upload;
};

bool Tells(const Said& said, const std::string& resource) {
  const auto tells = [&](const std::string& name) {
    return name == resource || absl::StartsWith(name, resource + "/");
  };
  return std::any_of(said.changed.begin(), said.changed.end(), tells) ||
         std::any_of(said.read.begin(), said.read.end(), tells);
}

// A chunk names no record as read that it changed.
bool NamesReads(const Said& said) {
  return std::any_of(said.read.begin(), said.read.end(), [&](const std::string& name) {
    return said.upload.empty() ||
           std::find(said.changed.begin(), said.changed.end(), name) == said.changed.end();
  });
}

bool Fits(const Said& said, const ListJournalEntriesRequest& asked) {
  return (asked.resource().empty() || Tells(said, asked.resource())) &&
         (asked.caller().empty() || asked.caller() == said.caller) &&
         (asked.actor().empty() || asked.actor() == said.actor) &&
         (asked.method().empty() || asked.method() == said.method) &&
         (!asked.personal_reads() || NamesReads(said)) &&
         (!asked.has_since_time() || said.time >= FromProto(asked.since_time())) &&
         (!asked.has_until_time() || said.time < FromProto(asked.until_time()));
}

class JournalServed : public ::testing::Test {
 protected:
  JournalServed()
      : target_(Database::Shared().NewSchema(science::Science().migrations)),
        connection_(target_),
        session_(target_),
        hosted_(science::Science(), target_, "auditor/asf"),
        stub_(hosted_.channel()) {}

  void Write(const Said& said) {
    Call call;
    call.method = said.method;
    call.caller.path = said.caller;
    call.actor = said.actor;
    call.start = said.time;
    call.deadline = absl::Now() + absl::Seconds(20);
    const journal::WritePath path({journal::Tokens("science")}, "", "");
    ASSERT_OK(
        path.Run(session_, call, [&](journal::Transaction& tx) -> absl::StatusOr<std::string> {
          if (!said.upload.empty()) tx.AsChunk(said.upload);
          for (const std::string& name : said.changed) tx.Changed(name, 1, crypto::Sha256(name));
          for (const std::string& name : said.read) tx.Read(name);
          return "";
        }));
  }

  // Entries by SQL, as many as nobody wants to wait for.
  void WriteMany(int count, journal::v1::Entry entry, const std::string& leaves = "") {
    *entry.mutable_time() = ToProto(kStart);
    MustExecute(connection_,
                absl::StrCat("INSERT INTO journal_entry (canonical, digest, leaves, create_time)"
                             " SELECT ",
                             Literal(crypto::Canonical(entry)), ", REPEAT('d', 32), ",
                             Literal(leaves), ", NOW(6) FROM seq_1_to_", count));
  }
  static std::string Literal(const std::string& bytes) {
    return absl::StrCat("x'", absl::BytesToHexString(bytes), "'");
  }
  static journal::v1::Entry EntryOf(const std::string& caller, const std::string& method) {
    journal::v1::Entry entry;
    entry.set_caller(caller);
    entry.set_method(method);
    return entry;
  }

  absl::StatusOr<ListJournalEntriesResponse> List(const ListJournalEntriesRequest& request) {
    return Called(stub_, &JournalService::Stub::ListJournalEntries, request, nullptr, kAudit);
  }
  bool Indexed(int64_t position) {
    ListJournalEntriesRequest request;
    request.set_caller("nobody");
    return Becomes([&] {
      const auto page = List(request);
      return page.ok() && page->complete_position() >= position;
    });
  }
  // Positions of all pages of a size.
  std::vector<int64_t> All(ListJournalEntriesRequest request, int size) {
    std::vector<int64_t> positions;
    request.set_page_size(size);
    do {
      const auto page = List(request);
      EXPECT_OK(page);
      if (!page.ok()) break;
      EXPECT_LE(page->journal_entries_size(), size);
      for (const JournalEntry& entry : page->journal_entries()) {
        positions.push_back(entry.position());
      }
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
    return positions;
  }

  const sql::Target target_;
  sql::Connection connection_;
  sql::Session session_;
  HostedModule hosted_;
  JournalService::Stub stub_;
};

TEST_F(JournalServed, FindsWhatAnyConditionsTogetherHoldOf) {
  std::mt19937 random(7);
  const auto one_of = [&](const std::vector<std::string>& all) {
    return all[random() % all.size()];
  };
  const std::vector<std::string> callers = {"agency/science", "company/acme", "organization/utt"};
  const std::vector<std::string> actors = {"", "", "ana", "luis"};
  const std::vector<std::string> methods = {"/a.A/Do", "/a.A/Undo", "due/things.end"};
  const std::vector<std::string> names = {
      "things/1",         "things/2",         "schools/a",         "schools/a/boys/1",
      "schools/a/boys/2", "schools/b/boys/1", "schools/ab/boys/1", "thing/1"};
  const std::vector<std::string> places = {"things",    "things/1",        "schools",
                                           "schools/a", "schools/a/boys",  "schools/b",
                                           "nothing",   "schools/a/boys/2"};
  std::vector<Said> all;
  for (int i = 0; i < 300; ++i) {
    Said said{one_of(methods), one_of(callers), one_of(actors), {}, {}, {}, {}};
    // Some take hours, so that times and positions are in another order.
    said.time = kStart + absl::Minutes(7 * i) - absl::Minutes(random() % 5 == 0 ? 200 : 0);
    for (size_t n = random() % 3; n > 0; --n) said.changed.push_back(one_of(names));
    if (random() % 4 == 0 || said.changed.empty()) said.read.push_back(one_of(names));
    if (random() % 5 == 0 && !said.changed.empty()) said.upload = absl::StrCat("load/", i);
    std::sort(said.changed.begin(), said.changed.end());
    said.changed.erase(std::unique(said.changed.begin(), said.changed.end()), said.changed.end());
    Write(said);
    all.push_back(std::move(said));
  }
  ASSERT_TRUE(Indexed(300));
  for (int i = 0; i < 150; ++i) {
    ListJournalEntriesRequest asked;
    if (random() % 3 == 0) asked.set_resource(one_of(places));
    if (random() % 3 == 0) asked.set_caller(one_of(callers));
    if (random() % 4 == 0) asked.set_actor(one_of({"ana", "luis", "eva"}));
    if (random() % 4 == 0) asked.set_method(one_of(methods));
    if (random() % 4 == 0) asked.set_personal_reads(true);
    const absl::Time since = kStart + absl::Minutes(random() % 2400);
    if (random() % 3 == 0) *asked.mutable_since_time() = ToProto(since);
    if (random() % 3 == 0) {
      *asked.mutable_until_time() = ToProto(since + absl::Minutes(random() % 600));
    }
    if (random() % 4 == 0) asked.set_from_position(static_cast<int64_t>(random() % 320));
    asked.set_oldest_first(random() % 2 == 0);
    std::vector<int64_t> wanted;
    for (int64_t position = 1; position <= 300; ++position) {
      const int64_t from = asked.from_position();
      const bool before = from != 0 && (asked.oldest_first() ? position < from : position > from);
      if (!before && Fits(all[static_cast<size_t>(position - 1)], asked)) {
        wanted.push_back(position);
      }
    }
    if (!asked.oldest_first()) std::reverse(wanted.begin(), wanted.end());
    EXPECT_EQ(All(asked, 1 + static_cast<int>(random() % 40)), wanted) << asked.DebugString();
  }
}

TEST_F(JournalServed, LooksAtSoManyForAPageAndSaysHowFarItGot) {
  // Each condition holds of many, both of one.
  WriteMany(1, EntryOf("company/acme", "/a.A/Do"));
  WriteMany(3'500, EntryOf("company/acme", "/a.A/Undo"));
  WriteMany(3'500, EntryOf("company/other", "/a.A/Do"));
  ASSERT_TRUE(Indexed(7'001));
  ListJournalEntriesRequest request;
  request.set_caller("company/acme");
  request.set_method("/a.A/Do");
  int pages = 0;
  do {
    ASSERT_OK_AND_ASSIGN(const auto page, List(request));
    EXPECT_TRUE(page.has_reached_time());
    EXPECT_EQ(page.journal_entries_size(), page.next_page_token().empty() ? 1 : 0);
    request.set_page_token(page.next_page_token());
    ++pages;
  } while (!request.page_token().empty());
  EXPECT_EQ(pages, 2);
}

TEST_F(JournalServed, ShowsAnEntryThatCanBeVerified) {
  Said said{"/a.A/Load", "agency/science", "ana", {}, {"schools/a"}, kStart, "load/0"};
  for (int i = 0; i < 250; ++i) said.changed.push_back(absl::StrCat("things/", i));
  Write(said);
  ASSERT_TRUE(Indexed(1));
  ASSERT_OK_AND_ASSIGN(const auto page, List({}));
  ASSERT_EQ(page.journal_entries_size(), 1);
  EXPECT_EQ(page.journal_entries(0).resource_count(), 250);
  EXPECT_TRUE(page.journal_entries(0).canonical().empty());
  api::v1::GetJournalEntryRequest get;
  get.set_name("journalEntries/1");
  ASSERT_OK_AND_ASSIGN(const auto entry,
                       Called(stub_, &JournalService::Stub::GetJournalEntry, get, nullptr, kAudit));
  EXPECT_EQ(entry.name(), get.name());
  EXPECT_EQ(crypto::LeafHash(entry.canonical()), entry.digest());
  journal::v1::Entry parsed;
  ASSERT_TRUE(parsed.ParseFromString(entry.canonical()));
  EXPECT_EQ(parsed.SerializeAsString(), entry.entry().SerializeAsString());
  api::v1::ListJournalLeavesRequest list;
  list.set_parent(get.name());
  list.set_page_size(100);
  std::vector<std::string> hashes, names;
  do {
    ASSERT_OK_AND_ASSIGN(const auto leaves, Called(stub_, &JournalService::Stub::ListJournalLeaves,
                                                   list, nullptr, kAudit));
    for (const journal::v1::Leaf& leaf : leaves.leaves()) {
      hashes.push_back(crypto::LeafHash(crypto::Canonical(leaf)));
      names.push_back(leaf.name());
    }
    list.set_page_token(leaves.next_page_token());
  } while (!list.page_token().empty());
  EXPECT_EQ(names, said.changed);
  EXPECT_EQ(crypto::MerkleRoot(hashes), entry.entry().chunk().root());
  get.set_name("journalEntries/2");
  EXPECT_THAT(Called(stub_, &JournalService::Stub::GetJournalEntry, get, nullptr, kAudit),
              HasReason("JOURNAL_ENTRY_NOT_FOUND"));
}

TEST_F(JournalServed, ListsOneThatCantBeRead) {
  Write({"/a.A/Do", "agency/science", "", {"things/1"}, {}, kStart, ""});
  MustExecute(connection_, "UPDATE journal_entry SET canonical = x'ffff'");
  ASSERT_TRUE(Becomes([&] {
    const auto page = List({});
    return page.ok() && page->journal_entries_size() == 1;
  }));
  ASSERT_OK_AND_ASSIGN(const auto page, List({}));
  EXPECT_FALSE(page.journal_entries(0).has_entry());
  EXPECT_EQ(page.journal_entries(0).digest().size(), 32);
  api::v1::GetJournalEntryRequest get;
  get.set_name("journalEntries/1");
  ASSERT_OK_AND_ASSIGN(const auto entry,
                       Called(stub_, &JournalService::Stub::GetJournalEntry, get, nullptr, kAudit));
  EXPECT_EQ(entry.canonical(), "\xff\xff");
  EXPECT_NE(crypto::LeafHash(entry.canonical()), entry.digest());
}

TEST_F(JournalServed, ShowsThatAnEntryWasChangedOrRemoved) {
  for (int i = 0; i < 3; ++i) {
    Write({"/a.A/Do", "agency/science", "", {absl::StrCat("things/", i)}, {}, kStart, ""});
  }
  ASSERT_TRUE(Indexed(3));
  // Another entry, with its digest.
  const std::string canonical = crypto::Canonical(EntryOf("agency/nobody", "/a.A/Do"));
  MustExecute(connection_, absl::StrCat("UPDATE journal_entry SET canonical = ", Literal(canonical),
                                        ", digest = ", Literal(crypto::LeafHash(canonical)),
                                        " WHERE id = (SELECT entry_id FROM journal_position"
                                        " WHERE position = 1)"));
  MustExecute(connection_,
              "DELETE FROM journal_entry WHERE id = (SELECT entry_id FROM journal_position"
              " WHERE position = 2)");
  for (const char* name : {"journalEntries/1", "journalEntries/2"}) {
    api::v1::GetJournalEntryRequest get;
    get.set_name(name);
    ASSERT_OK_AND_ASSIGN(const auto entry, Called(stub_, &JournalService::Stub::GetJournalEntry,
                                                  get, nullptr, kAudit));
    EXPECT_NE(crypto::LeafHash(entry.canonical()), entry.digest()) << name;
    EXPECT_EQ(entry.digest().size(), 32) << name;
  }
  EXPECT_EQ(All({}, 10), (std::vector<int64_t>{3, 2, 1}));
  ListJournalEntriesRequest request;
  request.set_caller("agency/science");
  ASSERT_OK_AND_ASSIGN(const auto page, List(request));
  ASSERT_EQ(page.journal_entries_size(), 2);
  EXPECT_EQ(page.journal_entries(1).position(), 2);
  EXPECT_FALSE(page.journal_entries(1).has_entry());
}

TEST_F(JournalServed, FindsAChunkWhoseLeavesCantBeReadByWhatElseItSays) {
  journal::v1::Entry entry = EntryOf("company/acme", "/a.A/Load");
  entry.mutable_chunk()->set_leaf_count(3);
  entry.mutable_chunk()->add_read("schools/a");
  WriteMany(1, entry, "\xff\xff");
  ASSERT_TRUE(Indexed(1));
  std::vector<ListJournalEntriesRequest> all(5);
  all[0].set_caller("company/acme");
  all[1].set_method("/a.A/Load");
  all[2].set_resource("schools");
  all[3].set_personal_reads(true);
  *all[4].mutable_since_time() = ToProto(kStart);
  for (const ListJournalEntriesRequest& request : all) {
    EXPECT_EQ(All(request, 10), std::vector<int64_t>{1}) << request.DebugString();
  }
}

TEST_F(JournalServed, FindsByTheConditionThatFewestFulfil) {
  // Of one caller and collection all, of one person one.
  Write({"/a.A/Do", "company/acme", "eva", {"things/0"}, {}, kStart, ""});
  journal::v1::Entry entry = EntryOf("company/acme", "/a.A/Do");
  entry.mutable_change()->add_resources()->set_name("things/1");
  WriteMany(7'000, entry);
  ASSERT_TRUE(Indexed(7'001));
  ListJournalEntriesRequest request;
  request.set_resource("things");
  request.set_caller("company/acme");
  request.set_actor("eva");
  ASSERT_OK_AND_ASSIGN(const auto page, List(request));
  EXPECT_EQ(page.journal_entries_size(), 1);
  EXPECT_TRUE(page.next_page_token().empty());
  request.set_resource("things/1");
  EXPECT_EQ(All(request, 10), std::vector<int64_t>{});
}

TEST_F(JournalServed, TwoProcessesIndexEachEntryOnce) {
  HostedModule another(science::Science(), target_, "auditor/asf");
  for (int i = 0; i < 50; ++i) {
    Write({"/a.A/Do", "agency/science", "", {absl::StrCat("things/", i)}, {}, kStart, ""});
  }
  ASSERT_TRUE(Indexed(50));
  // Caller, method, collection and record of each.
  EXPECT_EQ(MustCount(connection_, "SELECT COUNT(*) FROM journal_term"), 50 * 4);
  EXPECT_EQ(MustCount(connection_, "SELECT COUNT(DISTINCT position) FROM journal_term"), 50);
}

TEST_F(JournalServed, IsForTheAgencyAndAuditorsWhoSayWhy) {
  EXPECT_THAT(Called(stub_, &JournalService::Stub::ListJournalEntries, {}),
              HasReason("PURPOSE_REFUSED"));
  HostedModule itself(science::Science(), target_, "agency/science");
  JournalService::Stub own(itself.channel());
  EXPECT_OK(Called(own, &JournalService::Stub::ListJournalEntries, {}, nullptr, kAudit));
  HostedModule other(science::Science(), target_, "agency/labor");
  JournalService::Stub foreign(other.channel());
  EXPECT_THAT(Called(foreign, &JournalService::Stub::ListJournalEntries, {}, nullptr, kAudit),
              HasReason("CALLER_REFUSED"));
}

}  // namespace
}  // namespace puente
