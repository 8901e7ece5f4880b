#include "common/personal/key_store.h"

#include <algorithm>

#include "absl/hash/hash.h"
#include "absl/random/random.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/crypto/seal.h"
#include "common/personal/errors.h"
#include "common/personal/sealing.h"
#include "common/sql/error.h"
#include "common/status/macros.h"

namespace puente::personal {
namespace {

constexpr int kMostAttempts = 20;
constexpr absl::Duration kLongestPause = absl::Milliseconds(50);

// Who adds a key writes one of the rows that say which epoch is current, and who begins another
// epoch writes all of them: of the two one is first, and the other sees it, on whichever node.
constexpr int kEpochRows = 16;
constexpr sql::Query kEpoch{"personal.epoch", "SELECT MIN(epoch) FROM current_epoch"};
constexpr sql::Query kHoldEpoch{"personal.hold_epoch",
                                "UPDATE current_epoch SET guard = guard + 1 WHERE number = ?"};
constexpr sql::Query kEpochHeld{"personal.epoch_held",
                                "SELECT epoch FROM current_epoch WHERE number = ?"};
constexpr sql::Query kFirstEpoch{"personal.first_epoch",
                                 "UPDATE current_epoch SET epoch = ? WHERE epoch = 0"};
constexpr sql::Query kBeginEpoch{"personal.begin_epoch",
                                 "UPDATE current_epoch SET epoch = ? WHERE epoch < ?"};
constexpr sql::Query kErased{"personal.erased", "SELECT COALESCE(MAX(number), 0) FROM erasure"};
constexpr sql::Query kEpochs{"personal.epochs", "SELECT DISTINCT epoch FROM person_key"};
constexpr sql::Query kOldestHash{"personal.oldest_hash",
                                 "SELECT MIN(hash_version) FROM person_identifier"};
constexpr sql::Query kOldestEpoch{"personal.oldest_epoch", "SELECT MIN(epoch) FROM person_key"};

constexpr sql::Query kAdd{
    "personal.add",
    "INSERT INTO person_key (person, epoch, wrapped, create_time) VALUES (?, ?, ?, "
    "UTC_TIMESTAMP(6))"};
constexpr sql::Query kTakeUp{
    "personal.take_up",
    "UPDATE person_key SET create_time = UTC_TIMESTAMP(6), guard = guard + 1 WHERE person = ?"};
constexpr sql::Query kGet{"personal.get", "SELECT epoch, wrapped FROM person_key WHERE person = ?"};
constexpr sql::Query kIsErased{"personal.is_erased", "SELECT 1 FROM erasure WHERE person = ?"};
// Of this and what destroys the person one is first.
constexpr sql::Query kHold{"personal.hold",
                           "UPDATE person_key SET guard = guard + 1 WHERE person = ?"};
constexpr sql::Query kRemove{"personal.remove", "DELETE FROM person_key WHERE person = ?"};

constexpr sql::Query kFind{
    "personal.find", "SELECT person FROM person_identifier WHERE hash_version = ? AND hash = ?"};
constexpr sql::Query kGive{
    "personal.give", "INSERT INTO person_identifier (hash_version, hash, person) VALUES (?, ?, ?)"};
constexpr sql::Query kTake{
    "personal.take",
    "DELETE FROM person_identifier WHERE hash_version = ? AND hash = ? AND person = ?"};
constexpr sql::Query kTakeAll{"personal.take_all",
                              "DELETE FROM person_identifier WHERE person = ?"};

// The number after the last: of two calls that take the same one runs again, and so does a copy of
// a call, which then finds the person on the list.
constexpr sql::Query kList{
    "personal.list_erasure",
    "INSERT INTO erasure (number, person, erase_time) VALUES (?, ?, UTC_TIMESTAMP(6))"};

constexpr sql::Query kOfEarlierEpochs{
    "personal.of_earlier_epochs",
    "SELECT person, epoch, wrapped FROM person_key WHERE epoch < ? ORDER BY epoch, person LIMIT ?"};
constexpr sql::Query kRewrap{
    "personal.rewrap",
    "UPDATE person_key SET epoch = ?, wrapped = ? WHERE person = ? AND epoch = ?"};

constexpr sql::Query kRemoveOrphan{"personal.remove_orphan",
                                   "DELETE FROM person_key WHERE person = ? AND create_time = ?"};

sql::Query Old() {
  static const auto* text = new std::string(absl::StrCat(
      "SELECT person, ", sql::Micros("create_time"),
      " FROM person_key WHERE create_time >= ? AND (create_time > ? OR person > ?) AND create_time "
      "< UTC_TIMESTAMP(6) - INTERVAL ? MICROSECOND ORDER BY create_time, person LIMIT ?"));
  return {"personal.old", *text};
}

sql::Query ListFrom() {
  static const auto* text =
      new std::string(absl::StrCat("SELECT number, person, ", sql::Micros("erase_time"),
                                   " FROM erasure WHERE number > ? ORDER BY number LIMIT ?"));
  return {"personal.erasures", *text};
}

// The first column of the first row; nothing if there is none or it is NULL.
absl::StatusOr<std::optional<int64_t>> Number(sql::Connection& connection, const sql::Query& query,
                                              absl::Span<const sql::Value> values = {}) {
  std::optional<int64_t> number;
  RETURN_IF_ERROR(connection.Select(query, values, nullptr, [&](const sql::Row& row) {
    if (!row.IsNull(0)) number = row.Int64(0);
    return absl::OkStatus();
  }));
  return number;
}

std::string ContextOf(const std::string& person, int epoch) {
  return absl::StrCat("puente-person-key/1\n", epoch, ":", person);
}

absl::StatusOr<std::string> Wrap(const MasterKeys& keys, const std::string& person, int epoch,
                                 const crypto::SecretKey& key) {
  ASSIGN_OR_RETURN(const crypto::SecretKey* const with, keys.Epoch(epoch));
  return crypto::Seal(with->view(), ContextOf(person, epoch), key.view());
}

absl::StatusOr<crypto::SecretKey> Unwrap(const MasterKeys& keys, const std::string& person,
                                         int epoch, absl::string_view wrapped) {
  ASSIGN_OR_RETURN(const crypto::SecretKey* const with, keys.Epoch(epoch));
  std::optional<crypto::SecretKey> key =
      crypto::UnsealKey(with->view(), ContextOf(person, epoch), wrapped);
  if (key) return *std::move(key);
  return Error(error::kPersonKeyUnreadable, "epoch"_is(epoch),
               "path"_is(keys.PathOf(KeyKind::kEpoch, epoch)));
}

absl::StatusOr<std::optional<std::string>> FindOn(sql::Connection& connection,
                                                  absl::Span<const IdentifierHash> hashes) {
  std::optional<std::string> person;
  for (const IdentifierHash& hash : hashes) {
    RETURN_IF_ERROR(
        connection.Select(kFind, {hash.version, hash.bytes}, nullptr, [&](const sql::Row& row) {
          person = row.Text(0);
          return absl::OkStatus();
        }));
    if (person) break;
  }
  return person;
}

absl::Status Give(sql::Connection& connection, const std::string& person,
                  absl::Span<const IdentifierHash> hashes) {
  for (const IdentifierHash& hash : hashes) {
    RETURN_IF_ERROR(connection.Execute(kGive, {hash.version, hash.bytes, person}).status());
  }
  return absl::OkStatus();
}

struct WrappedKey {
  std::string person;
  int epoch;
  std::string wrapped;
};

absl::StatusOr<std::vector<WrappedKey>> OfEarlierEpochs(sql::Connection& connection, int epoch,
                                                        int most) {
  std::vector<WrappedKey> keys;
  RETURN_IF_ERROR(
      connection.Select(kOfEarlierEpochs, {epoch, most}, nullptr, [&](const sql::Row& row) {
        keys.push_back({row.Text(0), static_cast<int>(row.Int64(1)), row.Text(2)});
        return absl::OkStatus();
      }));
  return keys;
}

// Why a person has no key.
absl::Status WhyMissing(sql::Connection& connection, const std::string& person) {
  ASSIGN_OR_RETURN(const auto erased, Number(connection, kIsErased, {person}));
  return erased ? Error(error::kPersonErased) : Error(error::kPersonKeyMissing);
}

void Pause(int attempt) {
  static thread_local absl::BitGen random;
  const absl::Duration longest =
      std::min(kLongestPause, absl::Milliseconds(1) * (1 << std::min(attempt, 10)));
  absl::SleepFor(longest * absl::Uniform(random, 0.5, 1.0));
}

}  // namespace

KeyStore::KeyStore(Options options)
    : database_(std::move(options.database)),
      cache_(options.most_cached, options.cached_for),
      keys_(std::move(options.keys)) {}

absl::Status KeyStore::Use(std::shared_ptr<const MasterKeys> keys) {
  RETURN_IF_ERROR(With([&](sql::Connection& connection) { return CheckKeys(*keys, connection); }));
  const absl::MutexLock lock(&mutex_);
  keys_ = std::move(keys);
  return absl::OkStatus();
}

std::shared_ptr<const MasterKeys> KeyStore::keys() const {
  const absl::MutexLock lock(&mutex_);
  return keys_;
}

absl::Status KeyStore::With(const Body& body) {
  std::unique_ptr<sql::Connection> connection;
  {
    const absl::MutexLock lock(&mutex_);
    if (!idle_.empty()) {
      connection = std::move(idle_.back());
      idle_.pop_back();
    }
  }
  if (connection == nullptr) connection = std::make_unique<sql::Connection>(database_);
  absl::Status done = body(*connection);
  const absl::MutexLock lock(&mutex_);
  idle_.push_back(std::move(connection));
  return done;
}

absl::Status KeyStore::InTransaction(const Body& body) {
  return With([&](sql::Connection& connection) {
    for (int attempt = 1;; ++attempt) {
      RETURN_IF_ERROR(connection.Begin(sql::Isolation::kReadCommitted));
      absl::Status done = body(connection);
      if (done.ok()) {
        done = connection.Commit();
        if (!done.ok()) connection.Drop();
      } else {
        connection.Rollback();
      }
      if (!sql::IsConflict(done) || attempt == kMostAttempts) return done;
      Pause(attempt);
    }
  });
}

absl::Status KeyStore::CheckKeys(const MasterKeys& keys, sql::Connection& connection) {
  ASSIGN_OR_RETURN(const auto current, Number(connection, kEpoch));
  RETURN_IF_ERROR(keys.Epoch(static_cast<int>(current.value_or(0))).status());
  RETURN_IF_ERROR(connection.Select(kEpochs, {}, nullptr, [&](const sql::Row& row) {
    return keys.Epoch(static_cast<int>(row.Int64(0))).status();
  }));
  // Whoever lacks it finds nobody who was stored before there was another, and would make the same
  // person once more.
  ASSIGN_OR_RETURN(const auto version, Number(connection, kOldestHash));
  return version ? keys.Hash(static_cast<int>(*version)).status() : absl::OkStatus();
}

absl::Status KeyStore::Start(int64_t known_erasures) {
  const auto keys = this->keys();
  RETURN_IF_ERROR(With([&](sql::Connection& connection) -> absl::Status {
    // The first server of all.
    RETURN_IF_ERROR(connection.Execute(kFirstEpoch, {keys->newest_epoch()}).status());
    ASSIGN_OR_RETURN(const auto erased, Number(connection, kErased));
    if (erased.value_or(0) < known_erasures) {
      return Error(error::kKeysRestored, "known"_is(erased.value_or(0)), "all"_is(known_erasures));
    }
    return CheckKeys(*keys, connection);
  }));
  return OldestEpoch().status();
}

int KeyStore::newest_epoch() const { return keys()->newest_epoch(); }

absl::Time KeyStore::newest_epoch_time() const { return keys()->newest_epoch_time(); }

std::string KeyStore::Fingerprint(absl::string_view request) const {
  return HashIdentifier(keys()->hash_keys().begin()->second, "request", request);
}

std::vector<IdentifierHash> KeyStore::Hash(absl::string_view scheme,
                                           absl::string_view identifier) const {
  const auto keys = this->keys();
  std::vector<IdentifierHash> hashes;
  for (const auto& [version, key] : keys->hash_keys()) {
    hashes.push_back({version, HashIdentifier(key, scheme, identifier)});
  }
  return hashes;
}

absl::Status KeyStore::AddKey(sql::Connection& connection, const std::string& person,
                              const crypto::SecretKey& key) {
  const auto row = static_cast<int64_t>(absl::HashOf(person) % kEpochRows);
  RETURN_IF_ERROR(connection.Execute(kHoldEpoch, {row}).status());
  ASSIGN_OR_RETURN(const auto current, Number(connection, kEpochHeld, {row}));
  const int epoch = static_cast<int>(current.value_or(0));
  ASSIGN_OR_RETURN(const std::string wrapped, Wrap(*keys(), person, epoch, key));
  return connection.Execute(kAdd, {person, epoch, wrapped}).status();
}

absl::StatusOr<KeyStore::Made> KeyStore::Create(const std::string& person,
                                                absl::Span<const IdentifierHash> hashes) {
  const auto key = std::make_shared<crypto::SecretKey>(crypto::SecretKey::Random());
  std::optional<std::string> known;
  RETURN_IF_ERROR(InTransaction([&](sql::Connection& connection) -> absl::Status {
    ASSIGN_OR_RETURN(known, FindOn(connection, hashes));
    if (known) {
      ASSIGN_OR_RETURN(const int64_t found, connection.Execute(kTakeUp, {*known}));
      return found == 1 ? absl::OkStatus() : Error(sql::error::kConflict);  // destroyed meanwhile
    }
    RETURN_IF_ERROR(AddKey(connection, person, *key));
    const absl::Status given = Give(connection, person, hashes);
    // Another call was first; once more, it is found.
    return sql::IsDuplicate(given) ? Error(sql::error::kConflict) : given;
  }));
  if (!known) return Made{person, key, true};
  ASSIGN_OR_RETURN(PersonKey theirs, Get(*known));
  return Made{*known, std::move(theirs), false};
}

absl::StatusOr<PersonKey> KeyStore::Get(const std::string& person) {
  if (PersonKey key = cache_.Find(person)) return key;
  const int64_t drops = cache_.drops();
  const auto before = keys();
  PersonKey key;
  RETURN_IF_ERROR(With([&](sql::Connection& connection) -> absl::Status {
    RETURN_IF_ERROR(
        connection.Select(kGet, {person}, nullptr, [&](const sql::Row& row) -> absl::Status {
          const int epoch = static_cast<int>(row.Int64(0));
          // While the row was read, one epoch may have come and another gone.
          const auto with = before->epochs().contains(epoch) ? before : keys();
          ASSIGN_OR_RETURN(crypto::SecretKey opened, Unwrap(*with, person, epoch, row.Text(1)));
          key = std::make_shared<crypto::SecretKey>(std::move(opened));
          return absl::OkStatus();
        }));
    return key == nullptr ? WhyMissing(connection, person) : absl::OkStatus();
  }));
  cache_.Add(person, key, drops);
  return key;
}

absl::StatusOr<std::optional<std::string>> KeyStore::Find(absl::Span<const IdentifierHash> hashes) {
  std::optional<std::string> person;
  RETURN_IF_ERROR(With([&](sql::Connection& connection) -> absl::Status {
    ASSIGN_OR_RETURN(person, FindOn(connection, hashes));
    return absl::OkStatus();
  }));
  return person;
}

absl::Status KeyStore::Identify(const std::string& person, absl::Span<const IdentifierHash> taken,
                                absl::Span<const IdentifierHash> given) {
  const absl::Status done = InTransaction([&](sql::Connection& connection) -> absl::Status {
    ASSIGN_OR_RETURN(const int64_t there, connection.Execute(kHold, {person}));
    if (there == 0) return WhyMissing(connection, person);
    for (const IdentifierHash& hash : taken) {
      RETURN_IF_ERROR(connection.Execute(kTake, {hash.version, hash.bytes, person}).status());
    }
    // What is theirs already is given anew.
    for (const IdentifierHash& hash : given) {
      RETURN_IF_ERROR(connection.Execute(kTake, {hash.version, hash.bytes, person}).status());
    }
    return Give(connection, person, given);
  });
  return sql::IsDuplicate(done) ? Error(error::kIdentifierTaken) : done;
}

absl::Status KeyStore::Destroy(const std::string& person) {
  const absl::Status done = InTransaction([&](sql::Connection& connection) -> absl::Status {
    RETURN_IF_ERROR(connection.Execute(kRemove, {person}).status());
    RETURN_IF_ERROR(connection.Execute(kTakeAll, {person}).status());
    ASSIGN_OR_RETURN(const auto listed, Number(connection, kIsErased, {person}));
    if (listed) return absl::OkStatus();
    ASSIGN_OR_RETURN(const auto last, Number(connection, kErased));
    const absl::Status added = connection.Execute(kList, {*last + 1, person}).status();
    return sql::IsDuplicate(added) ? Error(sql::error::kConflict) : added;
  });
  cache_.Drop(person);
  return done;
}

absl::StatusOr<std::vector<KeyStore::Erasure>> KeyStore::Erasures(int64_t after, int most) {
  std::vector<Erasure> erasures;
  RETURN_IF_ERROR(With([&](sql::Connection& connection) {
    return connection.Select(ListFrom(), {after, most}, nullptr, [&](const sql::Row& row) {
      erasures.push_back({row.Int64(0), row.Text(1), absl::FromUnixMicros(row.Int64(2))});
      return absl::OkStatus();
    });
  }));
  return erasures;
}

absl::Status KeyStore::Replay(absl::Span<const std::string> persons) {
  for (const std::string& person : persons) RETURN_IF_ERROR(Destroy(person));
  return absl::OkStatus();
}

absl::StatusOr<bool> KeyStore::RotateSlice(int most) {
  const auto keys = this->keys();
  const int newest = keys->newest_epoch();
  std::vector<WrappedKey> earlier;
  RETURN_IF_ERROR(With([&](sql::Connection& connection) -> absl::Status {
    RETURN_IF_ERROR(connection.Execute(kBeginEpoch, {newest, newest}).status());
    ASSIGN_OR_RETURN(const auto current, Number(connection, kEpoch));
    RETURN_IF_ERROR(keys->Epoch(static_cast<int>(current.value_or(0))).status());
    ASSIGN_OR_RETURN(earlier, OfEarlierEpochs(connection, newest, most));
    return absl::OkStatus();
  }));
  RETURN_IF_ERROR(InTransaction([&](sql::Connection& connection) -> absl::Status {
    for (const auto& [person, epoch, wrapped] : earlier) {
      ASSIGN_OR_RETURN(const crypto::SecretKey key, Unwrap(*keys, person, epoch, wrapped));
      ASSIGN_OR_RETURN(const std::string anew, Wrap(*keys, person, newest, key));
      // Finds nothing if it was destroyed meanwhile, or wrapped by another process.
      RETURN_IF_ERROR(connection.Execute(kRewrap, {newest, anew, person, epoch}).status());
    }
    return absl::OkStatus();
  }));
  if (earlier.size() == static_cast<size_t>(most)) return false;
  oldest_epoch_ = newest;
  return true;
}

absl::StatusOr<int> KeyStore::CurrentEpoch() {
  int64_t current = 0;
  RETURN_IF_ERROR(With([&](sql::Connection& connection) -> absl::Status {
    ASSIGN_OR_RETURN(const auto found, Number(connection, kEpoch));
    current = found.value_or(0);
    return absl::OkStatus();
  }));
  return static_cast<int>(current);
}

absl::StatusOr<int> KeyStore::OldestEpoch() {
  int64_t oldest = 0;
  RETURN_IF_ERROR(With([&](sql::Connection& connection) -> absl::Status {
    // In this order: what is added after the first look is of the epoch that it found, or later.
    ASSIGN_OR_RETURN(const auto current, Number(connection, kEpoch));
    ASSIGN_OR_RETURN(const auto stored, Number(connection, kOldestEpoch));
    oldest = std::min(current.value_or(0), stored.value_or(current.value_or(0)));
    return absl::OkStatus();
  }));
  oldest_epoch_ = static_cast<int>(oldest);
  return static_cast<int>(oldest);
}

absl::StatusOr<std::optional<KeyStore::Swept>> KeyStore::SweepSlice(const Swept& from,
                                                                    absl::Duration age, int most,
                                                                    const Existing& existing) {
  std::vector<std::string> persons;
  std::vector<absl::Time> times;
  RETURN_IF_ERROR(With([&](sql::Connection& connection) {
    return connection.Select(
        Old(), {from.time, from.time, from.person, absl::ToInt64Microseconds(age), most}, nullptr,
        [&](const sql::Row& row) {
          persons.push_back(row.Text(0));
          times.push_back(absl::FromUnixMicros(row.Int64(1)));
          return absl::OkStatus();
        });
  }));
  if (persons.empty()) return std::nullopt;
  ASSIGN_OR_RETURN(const auto rows, existing(persons));
  for (size_t i = 0; i < persons.size(); ++i) {
    if (!rows.contains(persons[i])) RETURN_IF_ERROR(RemoveOrphan(persons[i], times[i]));
  }
  return Swept{times.back(), persons.back()};
}

// Unless a call has taken it up meanwhile.
absl::Status KeyStore::RemoveOrphan(const std::string& person, absl::Time time) {
  const absl::Status done = InTransaction([&](sql::Connection& connection) -> absl::Status {
    ASSIGN_OR_RETURN(const int64_t found, connection.Execute(kRemoveOrphan, {person, time}));
    return found == 0 ? absl::OkStatus() : connection.Execute(kTakeAll, {person}).status();
  });
  cache_.Drop(person);
  return done;
}

}  // namespace puente::personal
