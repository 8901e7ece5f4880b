// Persons' keys on a real server.
#include "common/personal/key_store.h"

#include <algorithm>
#include <atomic>
#include <thread>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/crypto/digest.h"
#include "common/personal/sealing.h"
#include "schema/personal.h"
#include "tests/testing/database.h"
#include "tests/testing/key_folder.h"
#include "tests/testing/status.h"
#include "tests/testing/wait.h"

namespace puente::personal {
namespace {

using ::puente::testing::Becomes;
using ::puente::testing::Database;
using ::puente::testing::HasReason;
using ::puente::testing::MustCount;
using ::puente::testing::MustExecute;
using ::puente::testing::WaitsFor;

std::string NewPerson() { return crypto::Uuid4(); }

class Store : public ::testing::Test {
 protected:
  Store() : database_(Database::Shared().NewSchema(schema::personal())), connection_(database_) {
    folder_.Generate(KeyKind::kHash, 1);
    folder_.Generate(KeyKind::kEpoch, 1);
    store_ = NewStore();
    EXPECT_OK(store_->Start(0));
  }

  // As another process would have it.
  std::unique_ptr<KeyStore> NewStore(absl::Duration cached_for = absl::Minutes(1)) const {
    return std::make_unique<KeyStore>(KeyStore::Options{.database = database_,
                                                        .keys = folder_.Keys(),
                                                        .most_cached = 10,
                                                        .cached_for = cached_for});
  }

  std::vector<IdentifierHash> Curp(absl::string_view curp) const {
    return store_->Hash("curp", curp);
  }

  KeyStore::Made MustCreate(const std::string& person, absl::string_view curp = "") {
    const auto hashes = curp.empty() ? std::vector<IdentifierHash>() : Curp(curp);
    auto made = store_->Create(person, hashes);
    EXPECT_OK(made);
    return made.ok() ? *std::move(made) : KeyStore::Made{};
  }
  std::vector<std::string> CreateMany(int count) {
    std::vector<std::string> persons;
    for (int i = 0; i < count; ++i) persons.push_back(MustCreate(NewPerson()).person);
    return persons;
  }

  // A new epoch, known to the store.
  void BeginEpoch(int epoch) {
    folder_.Generate(KeyKind::kEpoch, epoch);
    EXPECT_OK(store_->Use(folder_.Keys()));
  }
  void RotateAll(int most) {
    for (bool done = false; !done;) {
      const auto slice = store_->RotateSlice(most);
      ASSERT_OK(slice);
      done = *slice;
    }
  }

  int64_t Count(const std::string& from) {
    return MustCount(connection_, absl::StrCat("SELECT COUNT(*) FROM ", from));
  }
  static constexpr const char* kTables[] = {"person_key", "person_identifier", "erasure",
                                            "current_epoch"};
  void BackUp() {
    for (const char* table : kTables) {
      MustExecute(connection_,
                  absl::StrCat("CREATE TABLE backup_", table, " AS SELECT * FROM ", table));
    }
  }
  void Restore() {
    for (const char* table : kTables) {
      MustExecute(connection_, absl::StrCat("DELETE FROM ", table));
      MustExecute(connection_,
                  absl::StrCat("INSERT INTO ", table, " SELECT * FROM backup_", table));
    }
  }

  const KeyFolder folder_;
  const sql::Target database_;
  sql::Connection connection_;
  std::unique_ptr<KeyStore> store_;
};

TEST_F(Store, EveryProcessOpensTheSameKeyAndNoneIsStoredInClear) {
  const KeyStore::Made made = MustCreate("7");
  EXPECT_TRUE(made.is_new);
  ASSERT_OK_AND_ASSIGN(const PersonKey key, NewStore()->Get("7"));
  EXPECT_EQ(key->view(), made.key->view());
  EXPECT_NE(MustCreate("8").key->view(), key->view());
  EXPECT_EQ(MustCount(connection_, "SELECT LENGTH(wrapped) FROM person_key LIMIT 1"), 24 + 32 + 16);
  EXPECT_EQ(MustCount(connection_,
                      absl::StrCat("SELECT COUNT(*) FROM person_key WHERE INSTR(wrapped, 0x",
                                   absl::BytesToHexString(key->view().substr(0, 8)), ") > 0")),
            0);
  EXPECT_THAT(store_->Get("9"), HasReason("PERSON_KEY_MISSING"));
}

TEST_F(Store, AKeyThatWasMovedToAnotherPersonDoesNotOpen) {
  MustCreate("7");
  MustCreate("8");
  MustExecute(connection_,
              "UPDATE person_key a JOIN person_key b ON b.person = '8' SET a.wrapped = b.wrapped "
              "WHERE a.person = '7'");
  const auto other = NewStore();
  const absl::Status why = other->Get("7").status();
  EXPECT_THAT(why, HasReason("PERSON_KEY_UNREADABLE"));
  EXPECT_EQ(MetadataOf(why, "path"), folder_.PathOf(KeyKind::kEpoch, 1));
  EXPECT_OK(other->Get("8"));
}

TEST_F(Store, AnIdentifierIsOnePersons) {
  const KeyStore::Made first = MustCreate("7", "A");
  const KeyStore::Made second = MustCreate("8", "A");
  EXPECT_FALSE(second.is_new);
  EXPECT_EQ(second.person, "7");
  EXPECT_EQ(second.key->view(), first.key->view());
  EXPECT_EQ(Count("person_key"), 1);
  ASSERT_OK_AND_ASSIGN(const auto found, store_->Find(Curp("A")));
  EXPECT_EQ(found, "7");
  ASSERT_OK_AND_ASSIGN(const auto none, store_->Find(store_->Hash("passport", "A")));
  EXPECT_EQ(none, std::nullopt);
}

TEST_F(Store, ManyWhoBringOneIdentifierAtOnceFindOnePerson) {
  for (int round = 0; round < 20; ++round) {
    const auto hashes = Curp(absl::StrCat("round ", round));
    std::vector<std::thread> threads;
    std::vector<std::string> persons(8);
    std::atomic<int> made = 0;
    for (std::string& person : persons) {
      threads.emplace_back([&] {
        const auto created = store_->Create(NewPerson(), hashes);
        ASSERT_OK(created);
        person = created->person;
        made += created->is_new;
      });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(made, 1);
    for (const std::string& person : persons) EXPECT_EQ(person, persons.front());
  }
  EXPECT_EQ(Count("person_key"), 20);
}

TEST_F(Store, ManyAreMadeAndFoundTogether) {
  const KeyStore::Made known = MustCreate("7", "A");
  folder_.Generate(KeyKind::kHash, 2);
  const auto newer = NewStore();
  ASSERT_OK_AND_ASSIGN(const auto made, newer->CreateMany({{"8", newer->Hash("curp", "B")},
                                                           {"9", newer->Hash("curp", "A")},
                                                           {"10", newer->Hash("curp", "C")}}));
  ASSERT_EQ(made.size(), 3);
  EXPECT_EQ(made[0].person, "8");
  EXPECT_EQ(made[1].person, "7");
  EXPECT_EQ(made[2].person, "10");
  EXPECT_TRUE(made[0].is_new && !made[1].is_new && made[2].is_new);
  EXPECT_EQ(made[1].key->view(), known.key->view());
  EXPECT_EQ(Count("person_key"), 3);
  ASSERT_OK_AND_ASSIGN(const auto found, store_->FindMany({Curp("C"), Curp("D"), Curp("A")}));
  EXPECT_EQ(found[0], "10");
  EXPECT_EQ(found[1], std::nullopt);
  EXPECT_EQ(found[2], "7");
  ASSERT_OK_AND_ASSIGN(const auto keys, NewStore()->GetMany({"8", "none", "10", "8"}));
  ASSERT_EQ(keys.size(), 2);
  EXPECT_EQ(keys.at("8")->view(), made[0].key->view());
  ASSERT_OK(store_->CreateMany({}));
  ASSERT_OK(store_->GetMany({}));
}

TEST_F(Store, ManyThatCrossMakeEachOnce) {
  std::vector<std::thread> threads;
  std::atomic<int> made = 0;
  for (int thread = 0; thread < 4; ++thread) {
    std::vector<KeyStore::Wanted> wanted;
    for (int i = 0; i < 50; ++i) {
      const int which = thread % 2 == 0 ? i : 49 - i;
      wanted.push_back({NewPerson(), Curp(absl::StrCat("crossing ", which))});
    }
    threads.emplace_back([this, &made, wanted] {
      const auto created = store_->CreateMany(wanted);
      ASSERT_OK(created);
      for (const KeyStore::Made& one : *created) made += one.is_new;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(made, 50);
  EXPECT_EQ(Count("person_key"), 50);
}

TEST_F(Store, IsFoundByServersOfWhichOneHasANewerHashKey) {
  MustCreate("7", "A");
  folder_.Generate(KeyKind::kHash, 2);
  const auto newer = NewStore();
  ASSERT_OK_AND_ASSIGN(const auto known, newer->Find(newer->Hash("curp", "A")));
  EXPECT_EQ(known, "7");
  ASSERT_OK_AND_ASSIGN(const auto made, newer->Create("8", newer->Hash("curp", "B")));
  EXPECT_TRUE(made.is_new);
  ASSERT_OK_AND_ASSIGN(const auto found, store_->Find(Curp("B")));
  EXPECT_EQ(found, "8");
  EXPECT_EQ(newer->Hash("curp", "B").size(), 2);
}

TEST_F(Store, AnIdentifierIsCorrectedUnlessItIsAnothers) {
  MustCreate("7", "A");
  MustCreate("8", "B");
  EXPECT_THAT(store_->Identify("7", Curp("B")), HasReason("IDENTIFIER_TAKEN"));
  EXPECT_THAT(store_->IdentifyOnly("7", Curp("B")), HasReason("IDENTIFIER_TAKEN"));
  ASSERT_OK_AND_ASSIGN(auto found, store_->Find(Curp("A")));
  EXPECT_EQ(found, "7") << "half done";
  EXPECT_OK(store_->Identify("7", Curp("C")));
  EXPECT_OK(store_->Identify("7", Curp("C"))) << "repeated";
  ASSERT_OK_AND_ASSIGN(found, store_->Find(Curp("A")));
  EXPECT_EQ(found, "7") << "beside the other";
  EXPECT_OK(store_->IdentifyOnly("7", Curp("C")));
  EXPECT_OK(store_->IdentifyOnly("7", Curp("C"))) << "repeated";
  ASSERT_OK_AND_ASSIGN(found, store_->Find(Curp("A")));
  EXPECT_EQ(found, std::nullopt);
  ASSERT_OK_AND_ASSIGN(found, store_->Find(Curp("C")));
  EXPECT_EQ(found, "7");
  ASSERT_OK_AND_ASSIGN(found, store_->Find(Curp("B")));
  EXPECT_EQ(found, "8") << "not 7's to take";
  EXPECT_THAT(store_->Identify("9", Curp("D")), HasReason("PERSON_KEY_MISSING"));
  EXPECT_OK(store_->Destroy("7"));
  EXPECT_THAT(store_->Identify("7", Curp("D")), HasReason("PERSON_ERASED"));
}

TEST_F(Store, DestroyingRemovesKeyAndHashesAndListsItOnce) {
  const KeyStore::Made before = MustCreate("7", "A");
  EXPECT_OK(store_->Identify("7", store_->Hash("passport", "G1")));
  EXPECT_OK(store_->Get("7"));
  EXPECT_OK(store_->Destroy("7"));
  EXPECT_OK(store_->Destroy("7"));
  EXPECT_THAT(store_->Get("7"), HasReason("PERSON_ERASED"));
  EXPECT_EQ(Count("person_key"), 0);
  EXPECT_EQ(Count("person_identifier"), 0);
  ASSERT_OK_AND_ASSIGN(const auto erasures, store_->Erasures(0, 10));
  ASSERT_EQ(erasures.size(), 1);
  EXPECT_EQ(erasures[0].number, 1);
  EXPECT_EQ(erasures[0].person, "7");
  EXPECT_LT(absl::AbsDuration(absl::Now() - erasures[0].time), absl::Minutes(1));
  const KeyStore::Made after = MustCreate("8", "A");
  EXPECT_TRUE(after.is_new);
  EXPECT_NE(after.key->view(), before.key->view());
}

TEST_F(Store, ErasuresAreNumberedWithoutGapsAndPaged) {
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&, i] {
      // Each person by two threads.
      for (int n = 0; n < 25; ++n) EXPECT_OK(store_->Destroy(absl::StrCat(i / 2, "-", n)));
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::vector<std::string> persons;
  for (int64_t after = 0;; after += 30) {
    ASSERT_OK_AND_ASSIGN(const auto page, store_->Erasures(after, 30));
    for (const auto& erasure : page) {
      persons.push_back(erasure.person);
      EXPECT_EQ(erasure.number, persons.size());
    }
    if (page.size() < 30) break;
  }
  EXPECT_EQ(absl::flat_hash_set<std::string>(persons.begin(), persons.end()).size(), 100);
  EXPECT_EQ(persons.size(), 100);
}

TEST_F(Store, KeysAreCachedFewAndNotForLong) {
  const std::vector<std::string> persons = CreateMany(30);
  for (const std::string& person : persons) EXPECT_OK(store_->Get(person));
  EXPECT_EQ(store_->cached(), 10);
  const auto other = NewStore(absl::Milliseconds(300));
  ASSERT_OK(other->Get(persons[0]));
  EXPECT_OK(store_->Destroy(persons[0]));
  EXPECT_THAT(store_->Get(persons[0]), HasReason("PERSON_ERASED"));
  EXPECT_TRUE(Becomes([&] { return !other->Get(persons[0]).ok(); }));
  EXPECT_THAT(other->Get(persons[0]), HasReason("PERSON_ERASED"));
  EXPECT_EQ(other->cached(), 0);
}

TEST(KeyCache, WhatIsDroppedWhileItIsReadStaysOut) {
  KeyCache cache(10, absl::Minutes(1));
  const auto key = std::make_shared<const crypto::SecretKey>(crypto::SecretKey::Random());
  const int64_t before = cache.drops();
  cache.Drop("7");
  cache.Add("7", key, before);
  EXPECT_EQ(cache.Find("7"), nullptr);
  cache.Add("7", key, cache.drops());
  EXPECT_EQ(cache.Find("7"), key);
}

TEST_F(Store, RotationWrapsAllAnewAndTheOldEpochsKeyCanGo) {
  const std::vector<std::string> persons = CreateMany(25);
  ASSERT_OK_AND_ASSIGN(const PersonKey before, store_->Get(persons[3]));
  BeginEpoch(2);
  EXPECT_OK(store_->Create("before", {}));
  EXPECT_EQ(Count("person_key WHERE epoch = 2"), 0) << "a new file alone changes nothing";
  ASSERT_OK_AND_ASSIGN(const bool all, store_->RotateSlice(10));
  EXPECT_FALSE(all);
  EXPECT_EQ(Count("person_key WHERE epoch = 2"), 10);
  EXPECT_OK(store_->Create("during", {}));
  EXPECT_EQ(Count("person_key WHERE person = 'during' AND epoch = 2"), 1);
  ASSERT_OK_AND_ASSIGN(int oldest, store_->OldestEpoch());
  EXPECT_EQ(oldest, 1);
  RotateAll(10);
  ASSERT_OK_AND_ASSIGN(oldest, store_->OldestEpoch());
  EXPECT_EQ(oldest, 2);
  folder_.Remove(KeyKind::kEpoch, 1);
  const auto after = NewStore();
  EXPECT_OK(after->Start(0));
  for (const std::string& person : persons) EXPECT_OK(after->Get(person));
  ASSERT_OK_AND_ASSIGN(const PersonKey key, after->Get(persons[3]));
  EXPECT_EQ(key->view(), before->view());
}

TEST_F(Store, AServerWithoutTheNewEpochsKeyMakesAndOpensNothingOfIt) {
  const auto behind = NewStore();
  MustCreate("7");
  BeginEpoch(2);
  RotateAll(10);
  for (const absl::Status& why : {behind->Create("8", {}).status(), behind->Get("7").status(),
                                  behind->RotateSlice(10).status(), behind->Start(0)}) {
    EXPECT_THAT(why, HasReason("KEY_MISSING"));
    EXPECT_EQ(MetadataOf(why, "path"), folder_.PathOf(KeyKind::kEpoch, 2));
  }
  EXPECT_EQ(Count("person_key"), 1);
  EXPECT_OK(behind->Use(folder_.Keys()));
  EXPECT_OK(behind->Create("8", {}));
}

TEST_F(Store, AServerWithoutAnEpochThatIsNeededDoesNotStart) {
  MustCreate("7");
  BeginEpoch(2);
  ASSERT_OK(store_->RotateSlice(10));
  MustExecute(connection_, "UPDATE person_key SET epoch = 1");
  folder_.Remove(KeyKind::kEpoch, 1);
  const absl::Status why = NewStore()->Start(0);
  EXPECT_THAT(why, HasReason("KEY_MISSING"));
  EXPECT_EQ(MetadataOf(why, "path"), folder_.PathOf(KeyKind::kEpoch, 1));
}

TEST_F(Store, KeysThatLackOneThatIsNeededAreNotUsed) {
  MustCreate("7", "A");
  BeginEpoch(2);
  folder_.Generate(KeyKind::kHash, 2);
  const auto before = folder_.Keys();
  for (const KeyKind kind : {KeyKind::kEpoch, KeyKind::kHash}) {
    SCOPED_TRACE(KeyName(kind, 1));
    const std::string path = folder_.PathOf(kind, 1), away = folder_.path() + "/away";
    std::filesystem::rename(path, away);
    for (const absl::Status& why : {store_->Use(folder_.Keys()), NewStore()->Start(0)}) {
      EXPECT_THAT(why, HasReason("KEY_MISSING"));
      EXPECT_EQ(MetadataOf(why, "path"), path);
    }
    std::filesystem::rename(away, path);
  }
  ASSERT_OK_AND_ASSIGN(const auto found, store_->Find(Curp("A")));
  EXPECT_EQ(found, "7");
  EXPECT_OK(store_->Use(before));
  RotateAll(10);
  folder_.Remove(KeyKind::kEpoch, 1);
  EXPECT_OK(store_->Use(folder_.Keys()));
}

TEST_F(Store, KnowsWhichEpochsAreNeededOnceItHasLooked) {
  CreateMany(3);
  EXPECT_EQ(store_->oldest_epoch(), 1);
  BeginEpoch(2);
  ASSERT_OK(store_->RotateSlice(2));
  EXPECT_EQ(store_->oldest_epoch(), 1);
  const auto other = NewStore();
  EXPECT_EQ(other->oldest_epoch(), 0);
  EXPECT_OK(other->Start(0));
  EXPECT_EQ(other->oldest_epoch(), 1);
  RotateAll(2);
  EXPECT_EQ(store_->oldest_epoch(), 2);
  EXPECT_EQ(other->oldest_epoch(), 1);
  ASSERT_OK(other->RotateSlice(2));
  EXPECT_EQ(other->oldest_epoch(), 2);
}

// A key that was being made with the old epoch's is seen by the rotation, not missed by it.
TEST_F(Store, RotationWaitsForKeysThatAreBeingMade) {
  sql::Connection open(database_, sql::Mode::kTransactions);
  ASSERT_OK(open.Begin(sql::Isolation::kReadCommitted));
  MustExecute(open, "UPDATE current_epoch SET guard = guard + 1 WHERE number = 7");
  MustExecute(open,
              "INSERT INTO person_key (person, epoch, wrapped, create_time)"
              " VALUES ('7', 1, 'x', UTC_TIMESTAMP(6))");
  BeginEpoch(2);
  absl::Status rotated;
  EXPECT_TRUE(WaitsFor(open, [&] { rotated = store_->RotateSlice(10).status(); }));
  EXPECT_THAT(rotated, HasReason("PERSON_KEY_UNREADABLE")) << "it saw the row, which is no key";
  ASSERT_OK_AND_ASSIGN(const int oldest, store_->OldestEpoch());
  EXPECT_EQ(oldest, 1);
}

TEST_F(Store, ASliceThatDiesHalfwayLeavesNothingAndTheNextDoesIt) {
  std::vector<std::string> persons = CreateMany(40);
  std::sort(persons.begin(), persons.end());
  BeginEpoch(2);
  for (int done = 0; done < 40; done += 10) {
    // The slice gets as far as the row that is locked here, and dies there.
    sql::Connection open(database_, sql::Mode::kTransactions);
    ASSERT_OK(open.Begin(sql::Isolation::kReadCommitted));
    MustCount(open, absl::StrCat("SELECT 1 FROM person_key WHERE person = '",
                                 persons[static_cast<size_t>(done + 6)], "' FOR UPDATE"));
    absl::Status died;
    std::atomic<bool> ended = false;
    std::thread slice([&] {
      died = store_->RotateSlice(10).status();
      ended = true;
    });
    EXPECT_TRUE(Becomes([&] {
      const int64_t wrapping =
          MustCount(connection_,
                    "SELECT COALESCE(MAX(id), 0) FROM information_schema.processlist"
                    " WHERE info LIKE 'UPDATE person_key SET epoch%'");
      if (wrapping != 0) (void)connection_.Execute({"test", absl::StrCat("KILL ", wrapping)});
      return ended.load();
    }));
    slice.join();
    open.Rollback();
    EXPECT_THAT(died, HasReason("DATABASE_UNAVAILABLE"));
    EXPECT_EQ(Count("person_key WHERE epoch = 2"), done);
    ASSERT_OK(store_->RotateSlice(10));
    EXPECT_EQ(Count("person_key WHERE epoch = 2"), done + 10);
  }
  folder_.Remove(KeyKind::kEpoch, 1);
  const auto after = NewStore();
  for (const std::string& person : persons) EXPECT_OK(after->Get(person));
}

TEST_F(Store, WhatARestoredBackupBringsBackIsDestroyedAgain) {
  for (int i = 0; i < 10; ++i) MustCreate(absl::StrCat(i), absl::StrCat("curp ", i));
  EXPECT_OK(store_->Destroy("0"));
  BackUp();
  for (const char* person : {"1", "2", "3"}) EXPECT_OK(store_->Destroy(person));
  // What the caller keeps elsewhere.
  ASSERT_OK_AND_ASSIGN(const auto list, store_->Erasures(0, 100));
  Restore();

  const auto restored = NewStore();
  EXPECT_OK(restored->Get("2")) << "the backup has it";
  const absl::Status why = restored->Start(list.back().number);
  EXPECT_THAT(why, HasReason("KEYS_RESTORED"));
  EXPECT_EQ(MetadataOf(why, "known"), "1");
  EXPECT_EQ(MetadataOf(why, "all"), "4");
  std::vector<std::string> persons;
  for (const auto& erasure : list) persons.push_back(erasure.person);
  EXPECT_OK(restored->Replay(persons));
  EXPECT_OK(restored->Replay(persons)) << "replayed twice";
  EXPECT_OK(restored->Start(list.back().number));
  for (int i = 0; i < 10; ++i) {
    const auto found = restored->Find(Curp(absl::StrCat("curp ", i)));
    ASSERT_OK(found);
    if (i > 3) {
      EXPECT_OK(restored->Get(absl::StrCat(i)));
      EXPECT_EQ(*found, absl::StrCat(i));
    } else {
      EXPECT_THAT(restored->Get(absl::StrCat(i)), HasReason("PERSON_ERASED"));
      EXPECT_EQ(*found, std::nullopt);
    }
  }
}

TEST_F(Store, KeysWithoutARowAreSweptOnceTheyAreOld) {
  for (int i = 0; i < 25; ++i) MustCreate(absl::StrCat(i), absl::StrCat("curp ", i));
  MustExecute(connection_,
              "UPDATE person_key SET create_time = UTC_TIMESTAMP(6) - INTERVAL 2 HOUR "
              "WHERE person < '20'");
  // Found again by a call that now makes its row.
  EXPECT_FALSE(MustCreate("again", "curp 1").is_new);
  int asked = 0;
  const auto even = [&](absl::Span<const std::string> persons) {
    asked += static_cast<int>(persons.size());
    EXPECT_LE(persons.size(), 4);
    absl::flat_hash_set<std::string> rows;
    for (const std::string& person : persons) {
      if ((person.back() - '0') % 2 == 0) rows.insert(person);
    }
    return rows;
  };
  KeyStore::Swept from;
  for (;;) {
    ASSERT_OK_AND_ASSIGN(const auto next, store_->SweepSlice(from, absl::Hours(1), 4, even));
    if (!next) break;
    from = *next;
  }
  // "0", "10" to "19" and "2", which sort before "20"; "1" does too, but was taken up.
  EXPECT_EQ(asked, 12);
  EXPECT_EQ(Count("person_key"), 25 - 5);
  EXPECT_EQ(Count("person_identifier"), 25 - 5);
  EXPECT_THAT(store_->Get("13"), HasReason("PERSON_KEY_MISSING"));
  EXPECT_OK(store_->Get("1"));
  EXPECT_OK(store_->Get("14"));
  EXPECT_TRUE(MustCreate("new", "curp 13").is_new);
  ASSERT_OK_AND_ASSIGN(const auto erasures, store_->Erasures(0, 10));
  EXPECT_EQ(erasures.size(), 0) << "they were nobody's";
}

TEST_F(Store, AKeyThatIsTakenUpWhileItIsSweptStays) {
  MustCreate("7", "A");
  MustExecute(connection_,
              "UPDATE person_key SET create_time = UTC_TIMESTAMP(6) - INTERVAL 2 HOUR");
  ASSERT_OK(store_->SweepSlice({}, absl::Hours(1), 10, [&](absl::Span<const std::string>) {
    EXPECT_FALSE(MustCreate("8", "A").is_new);
    return absl::flat_hash_set<std::string>();
  }));
  EXPECT_OK(store_->Get("7"));
}

}  // namespace
}  // namespace puente::personal
