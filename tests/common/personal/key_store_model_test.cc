// Random operations of several threads on two stores of one database, while epochs are rotated,
// against a simple model. 20,000 operations; a million with PUENTE_LONG.
#include <atomic>
#include <cstdlib>
#include <map>
#include <random>
#include <thread>

#include "absl/strings/str_cat.h"
#include "common/personal/key_store.h"
#include "schema/personal.h"
#include "tests/testing/database.h"
#include "tests/testing/key_folder.h"
#include "tests/testing/status.h"
#include "tests/testing/wait.h"

namespace puente::personal {
namespace {

using ::puente::testing::Becomes;
using ::puente::testing::Database;
using ::puente::testing::MustCount;

constexpr int kThreads = 4;
constexpr int kIdentifiers = 60;  // a thread; and as many that all share

int64_t Operations() { return std::getenv("PUENTE_LONG") == nullptr ? 20'000 : 1'000'000; }

// The key that each person was made with, by whoever made it.
class KeysMade {
 public:
  void Check(const std::string& person, absl::string_view key) {
    const absl::MutexLock lock(&mutex_);
    const auto [found, added] = keys_.try_emplace(person, key);
    EXPECT_EQ(found->second, key) << person << " has two keys";
  }

 private:
  absl::Mutex mutex_;
  std::map<std::string, std::string> keys_ ABSL_GUARDED_BY(mutex_);
};

// One thread's persons and identifiers, which no other touches, and what it does to shared ones.
class Actor {
 public:
  Actor(int number, KeyStore& store, KeysMade& made)
      : number_(number), store_(store), made_(made), random_(static_cast<unsigned>(number)) {}

  void Act() {
    switch (Below(10)) {
      case 0:
      case 1:
        return Create();
      case 2:
        return Identify();
      case 3:
        return Destroy();
      case 4:
        return CreateShared();
      case 5:
        return DestroyShared();
      case 6:
        return Find();
      default:
        return Get();
    }
  }

  // Against another store, once all is quiet.
  void CheckAll(KeyStore& store) const {
    for (const auto& [person, key] : keys_) {
      const auto found = store.Get(person);
      ASSERT_OK(found);
      EXPECT_EQ((*found)->view(), key);
    }
    for (int i = 0; i < kIdentifiers; ++i) {
      const auto found = store.Find(Own(i));
      ASSERT_OK(found);
      EXPECT_EQ(found->value_or(""), OwnerOf(i));
    }
    for (const std::string& person : destroyed_) {
      EXPECT_EQ(Reason(store.Get(person).status()), "PERSON_ERASED");
    }
  }
  size_t living() const { return keys_.size(); }
  size_t destroyed() const { return destroyed_.size(); }

 private:
  size_t Below(size_t limit) { return random_() % limit; }
  int AnyIdentifier() { return static_cast<int>(Below(kIdentifiers)); }
  std::string NewPerson() { return absl::StrCat(number_, "-", ++made_so_far_); }
  std::vector<IdentifierHash> Own(int i) const {
    return store_.Hash("curp", absl::StrCat("of ", number_, ": ", i));
  }
  std::vector<IdentifierHash> Shared(size_t i) const {
    return store_.Hash("curp", absl::StrCat("shared: ", i));
  }
  std::string OwnerOf(int i) const {
    const auto found = owners_.find(i);
    return found == owners_.end() ? "" : found->second;
  }
  // "" if there is none.
  std::string AnyPerson() {
    if (keys_.empty()) return "";
    return std::next(keys_.begin(), static_cast<long>(Below(keys_.size())))->first;
  }

  void Create() {
    const int identifier = AnyIdentifier();
    const std::string owner = OwnerOf(identifier), person = NewPerson();
    const auto made = store_.Create(person, Own(identifier));
    ASSERT_OK(made);
    EXPECT_EQ(made->is_new, owner.empty());
    EXPECT_EQ(made->person, owner.empty() ? person : owner);
    const auto [key, added] = keys_.try_emplace(made->person, made->key->view());
    EXPECT_EQ(key->second, made->key->view());
    owners_[identifier] = made->person;
  }

  void Identify() {
    const std::string person = AnyPerson();
    if (person.empty()) return;
    const int given = AnyIdentifier();
    const bool only = Below(2) == 0;
    const absl::Status done =
        only ? store_.IdentifyOnly(person, Own(given)) : store_.Identify(person, Own(given));
    const std::string owner = OwnerOf(given);
    if (!owner.empty() && owner != person) {
      EXPECT_EQ(Reason(done), "IDENTIFIER_TAKEN");
      return;
    }
    EXPECT_OK(done);
    if (only) std::erase_if(owners_, [&](const auto& owned) { return owned.second == person; });
    owners_[given] = person;
  }

  void Destroy() {
    const std::string person = AnyPerson();
    if (person.empty()) return;
    EXPECT_OK(store_.Destroy(person));
    keys_.erase(person);
    destroyed_.push_back(person);
    std::erase_if(owners_, [&](const auto& owned) { return owned.second == person; });
  }

  void Get() {
    const std::string person = AnyPerson();
    if (!person.empty()) {
      const auto key = store_.Get(person);
      ASSERT_OK(key);
      EXPECT_EQ((*key)->view(), keys_[person]);
    }
    if (!destroyed_.empty()) {
      EXPECT_EQ(Reason(store_.Get(destroyed_[Below(destroyed_.size())]).status()), "PERSON_ERASED");
    }
  }

  void Find() {
    const int identifier = AnyIdentifier();
    const auto found = store_.Find(Own(identifier));
    ASSERT_OK(found);
    EXPECT_EQ(found->value_or(""), OwnerOf(identifier));
  }

  // Whoever comes first makes the person; all find the same key.
  void CreateShared() {
    const auto made = store_.Create(NewPerson(), Shared(Below(kIdentifiers)));
    // Destroyed by another thread before its key was read.
    if (Reason(made.status()) == "PERSON_ERASED") return;
    ASSERT_OK(made);
    made_.Check(made->person, made->key->view());
  }

  void DestroyShared() {
    const auto found = store_.Find(Shared(Below(kIdentifiers)));
    ASSERT_OK(found);
    if (!*found) return;
    EXPECT_OK(store_.Destroy(**found));
  }

  const int number_;
  KeyStore& store_;
  KeysMade& made_;
  std::mt19937 random_;
  int made_so_far_ = 0;
  std::map<std::string, std::string> keys_;  // of living persons
  std::map<int, std::string> owners_;        // of identifiers
  std::vector<std::string> destroyed_;
};

TEST(KeyStoreModel, ThreadsAndRotationsAgreeWithIt) {
  const KeyFolder folder;
  folder.Generate(KeyKind::kHash, 1);
  folder.Generate(KeyKind::kEpoch, 1);
  const sql::Target database = Database::Shared().NewSchema(schema::personal());
  std::vector<std::unique_ptr<KeyStore>> stores;
  for (const size_t most_cached : {8, 1000}) {
    stores.push_back(std::make_unique<KeyStore>(KeyStore::Options{
        .database = database, .keys = folder.Keys(), .most_cached = most_cached}));
    ASSERT_OK(stores.back()->Start(0));
  }
  KeysMade made;
  std::vector<std::unique_ptr<Actor>> actors;
  for (int i = 0; i < kThreads; ++i) {
    actors.push_back(std::make_unique<Actor>(i, *stores[static_cast<size_t>(i % 2)], made));
  }
  std::vector<std::thread> threads;
  std::atomic<int> at_work = kThreads;
  std::atomic<int64_t> done = 0;
  for (const auto& actor : actors) {
    threads.emplace_back([&] {
      for (int64_t i = 0; i < Operations() / kThreads; ++i, ++done) actor->Act();
      --at_work;
    });
  }
  // Epoch after epoch, each old key destroyed as soon as it may be.
  int epoch = 1;
  while (at_work > 0) {
    folder.Generate(KeyKind::kEpoch, ++epoch);
    for (const auto& store : stores) EXPECT_OK(store->Use(folder.Keys()));
    for (bool all = false; !all;) {
      const auto slice = stores[static_cast<size_t>(epoch % 2)]->RotateSlice(16);
      ASSERT_OK(slice);
      all = *slice;
    }
    const auto oldest = stores[0]->OldestEpoch();
    ASSERT_OK(oldest);
    EXPECT_EQ(*oldest, epoch);
    folder.Remove(KeyKind::kEpoch, epoch - 1);
    for (const auto& store : stores) EXPECT_OK(store->Use(folder.Keys()));
    const int64_t before = done;
    EXPECT_TRUE(Becomes([&] { return done >= before + 200 || at_work == 0; }));
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_GE(epoch, 3);

  KeyStore fresh({.database = database, .keys = folder.Keys()});
  size_t living = 0, destroyed = 0;
  for (const auto& actor : actors) {
    actor->CheckAll(fresh);
    living += actor->living();
    destroyed += actor->destroyed();
  }
  sql::Connection connection(database);
  const int64_t shared =
      MustCount(connection, "SELECT COUNT(*) FROM person_key") - static_cast<int64_t>(living);
  EXPECT_GE(shared, 0);
  EXPECT_LE(shared, kIdentifiers) << "keys of shared identifiers that nobody finds";
  EXPECT_EQ(MustCount(connection,
                      "SELECT COUNT(*) FROM person_identifier i LEFT JOIN person_key k ON k.person "
                      "= i.person WHERE k.person IS NULL"),
            0);
  EXPECT_EQ(MustCount(connection,
                      "SELECT COUNT(*) FROM erasure e JOIN person_key k ON k.person = e.person"),
            0);
  const int64_t erased = MustCount(connection, "SELECT COUNT(*) FROM erasure");
  EXPECT_GE(erased, static_cast<int64_t>(destroyed));
  EXPECT_EQ(erased, MustCount(connection, "SELECT MAX(number) FROM erasure"));
}

}  // namespace
}  // namespace puente::personal
