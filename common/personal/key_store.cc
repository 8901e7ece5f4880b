#include "common/personal/key_store.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/hash/hash.h"
#include "absl/random/random.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/crypto/seal.h"
#include "common/personal/errors.h"
#include "common/personal/sealing.h"
#include "common/sql/bulk.h"
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
constexpr sql::Query kFirstEpoch{"personal.first_epoch",
                                 "UPDATE current_epoch SET epoch = ? WHERE epoch = 0"};
constexpr sql::Query kBeginEpoch{"personal.begin_epoch",
                                 "UPDATE current_epoch SET epoch = ? WHERE epoch < ?"};
constexpr sql::Query kErased{"personal.erased", "SELECT COALESCE(MAX(number), 0) FROM erasure"};
constexpr sql::Query kEpochs{"personal.epochs", "SELECT DISTINCT epoch FROM person_key"};
constexpr sql::Query kOldestHash{"personal.oldest_hash",
                                 "SELECT MIN(hash_version) FROM person_identifier"};
constexpr sql::Query kOldestEpoch{"personal.oldest_epoch", "SELECT MIN(epoch) FROM person_key"};

constexpr sql::BulkInsert kAdd{
    "personal.add", "INSERT INTO person_key (person, epoch, wrapped, create_time) VALUES", 4};
constexpr sql::Query kIsErased{"personal.is_erased", "SELECT 1 FROM erasure WHERE person = ?"};
// Of this and what destroys the person one is first.
constexpr sql::Query kHold{"personal.hold",
                           "UPDATE person_key SET guard = guard + 1 WHERE person = ?"};
constexpr sql::Query kRemove{"personal.remove", "DELETE FROM person_key WHERE person = ?"};

constexpr sql::BulkInsert kGive{
    "personal.give", "INSERT INTO person_identifier (hash_version, hash, person) VALUES", 3};
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

// Which epoch is current while the row of this number is held, and the database's time.
sql::Query EpochHeld() {
  static const auto* text = new std::string(absl::StrCat(
      "SELECT epoch, ", sql::Micros("UTC_TIMESTAMP(6)"), " FROM current_epoch WHERE number = ?"));
  return {"personal.epoch_held", *text};
}

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

// Whose identifiers are, by their hashes of all versions; of those that are nobody's nothing.
absl::StatusOr<std::vector<std::optional<std::string>>> FindOn(
    sql::Connection& connection, absl::Span<const std::vector<IdentifierHash>> identifiers) {
  std::vector<std::optional<std::string>> persons(identifiers.size());
  std::map<int, std::multimap<std::string, size_t>> places;  // by version and hash
  for (size_t i = 0; i < identifiers.size(); ++i) {
    for (const IdentifierHash& hash : identifiers[i]) places[hash.version].emplace(hash.bytes, i);
  }
  for (const auto& [version, of_version] : places) {
    std::vector<sql::Value> values;
    for (const auto& [hash, place] : of_version) values.emplace_back(absl::string_view(hash));
    sql::PadList(values);
    const std::string text =
        absl::StrCat("SELECT hash, person FROM person_identifier WHERE hash_version = ", version,
                     " AND hash IN ", sql::InList(of_version.size()));
    RETURN_IF_ERROR(
        connection.Select({"personal.find", text}, values, nullptr, [&](const sql::Row& row) {
          const auto [begin, end] = of_version.equal_range(row.Text(0));
          for (auto at = begin; at != end; ++at) {
            if (!persons[at->second]) persons[at->second] = row.Text(1);
          }
          return absl::OkStatus();
        }));
  }
  return persons;
}

// Gives each of these persons an identifier's hashes.
using Given = std::pair<absl::string_view, absl::Span<const IdentifierHash>>;
absl::Status Give(sql::Connection& connection, absl::Span<const Given> all) {
  std::vector<sql::Value> values;
  for (const auto& [person, hashes] : all) {
    for (const IdentifierHash& hash : hashes) {
      values.insert(values.end(), {hash.version, absl::string_view(hash.bytes), person});
    }
  }
  return sql::InsertRows(connection, kGive, values);
}

// Says that calls are about to make rows of these persons, whose keys are there.
absl::Status TakeUp(sql::Connection& connection, const std::set<std::string>& persons) {
  if (persons.empty()) return absl::OkStatus();
  const std::string text = absl::StrCat(
      "UPDATE person_key SET create_time = UTC_TIMESTAMP(6), guard = guard + 1 WHERE person IN ",
      sql::InList(persons.size()));
  std::vector<sql::Value> values(persons.begin(), persons.end());
  sql::PadList(values);
  ASSIGN_OR_RETURN(const int64_t found, connection.Execute({"personal.take_up", text}, values));
  // Else one was destroyed meanwhile.
  return found == static_cast<int64_t>(persons.size()) ? absl::OkStatus()
                                                       : Error(sql::error::kConflict);
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

absl::Status KeyStore::AddKeys(sql::Connection& connection, absl::Span<const Made> made) {
  if (made.empty()) return absl::OkStatus();
  const auto row = static_cast<int64_t>(absl::HashOf(made.front().person) % kEpochRows);
  RETURN_IF_ERROR(connection.Execute(kHoldEpoch, {row}).status());
  int epoch = 0;
  absl::Time now;
  RETURN_IF_ERROR(connection.Select(EpochHeld(), {row}, nullptr, [&](const sql::Row& held) {
    epoch = static_cast<int>(held.Int64(0));
    now = absl::FromUnixMicros(held.Int64(1));
    return absl::OkStatus();
  }));
  const auto keys = this->keys();
  std::vector<std::string> wrapped;
  for (const Made& one : made) {
    ASSIGN_OR_RETURN(wrapped.emplace_back(), Wrap(*keys, one.person, epoch, *one.key));
  }
  std::vector<sql::Value> values;
  for (size_t i = 0; i < made.size(); ++i) {
    values.insert(values.end(),
                  {absl::string_view(made[i].person), epoch, absl::string_view(wrapped[i]), now});
  }
  return sql::InsertRows(connection, kAdd, values);
}

absl::StatusOr<KeyStore::Made> KeyStore::Create(const std::string& person,
                                                absl::Span<const IdentifierHash> hashes) {
  ASSIGN_OR_RETURN(std::vector<Made> made, CreateMany({{person, {hashes.begin(), hashes.end()}}}));
  return std::move(made.front());
}

absl::StatusOr<std::vector<KeyStore::Made>> KeyStore::CreateMany(
    const std::vector<Wanted>& wanted) {
  std::vector<std::vector<IdentifierHash>> identifiers;
  for (const Wanted& one : wanted) identifiers.push_back(one.hashes);
  const int64_t drops = cache_.drops();
  std::vector<std::optional<std::string>> known;
  std::vector<Made> added;
  RETURN_IF_ERROR(InTransaction([&](sql::Connection& connection) -> absl::Status {
    ASSIGN_OR_RETURN(known, FindOn(connection, identifiers));
    std::set<std::string> taken;
    std::vector<Given> given;
    added.clear();
    for (size_t i = 0; i < wanted.size(); ++i) {
      if (known[i]) {
        taken.insert(*known[i]);
        continue;
      }
      added.push_back({wanted[i].person,
                       std::make_shared<crypto::SecretKey>(crypto::SecretKey::Random()), true});
      given.emplace_back(wanted[i].person, wanted[i].hashes);
    }
    RETURN_IF_ERROR(TakeUp(connection, taken));
    RETURN_IF_ERROR(AddKeys(connection, added));
    const absl::Status gave = Give(connection, given);
    // Another call was first; once more, it is found.
    return sql::IsDuplicate(gave) ? Error(sql::error::kConflict) : gave;
  }));
  for (const Made& one : added) cache_.Add(one.person, one.key, drops);
  return MadeOf(known, std::move(added));
}

absl::StatusOr<std::vector<KeyStore::Made>> KeyStore::MadeOf(
    const std::vector<std::optional<std::string>>& known, std::vector<Made> added) {
  std::vector<std::string> persons;
  for (const auto& person : known) {
    if (person) persons.push_back(*person);
  }
  ASSIGN_OR_RETURN(const auto keys, GetMany(persons));
  std::vector<Made> made;
  auto next = added.begin();
  for (const auto& person : known) {
    if (!person) {
      made.push_back(std::move(*next++));
      continue;
    }
    const auto found = keys.find(*person);
    if (found == keys.end()) return Get(*person).status();  // why it is missing
    made.push_back({*person, found->second, false});
  }
  return made;
}

absl::StatusOr<std::map<std::string, PersonKey>> KeyStore::GetMany(
    const std::vector<std::string>& persons) {
  std::map<std::string, PersonKey> keys, read;
  std::vector<std::string> missing;
  const int64_t drops = cache_.drops();
  for (const std::string& person : std::set<std::string>(persons.begin(), persons.end())) {
    if (PersonKey key = cache_.Find(person)) {
      keys.emplace(person, std::move(key));
    } else {
      missing.push_back(person);
    }
  }
  if (missing.empty()) return keys;
  const std::string text = absl::StrCat("SELECT person, epoch, wrapped FROM person_key WHERE ",
                                        "person IN ", sql::InList(missing.size()));
  std::vector<sql::Value> values;
  sql::AppendList(missing, values);
  const auto before = this->keys();
  RETURN_IF_ERROR(With([&](sql::Connection& connection) {
    return connection.Select(
        {"personal.get", text}, values, nullptr, [&](const sql::Row& row) -> absl::Status {
          const int epoch = static_cast<int>(row.Int64(1));
          // While the row was read, one epoch may have come and another gone.
          const auto with = before->epochs().contains(epoch) ? before : this->keys();
          ASSIGN_OR_RETURN(crypto::SecretKey opened,
                           Unwrap(*with, row.Text(0), epoch, row.Text(2)));
          read[row.Text(0)] = std::make_shared<crypto::SecretKey>(std::move(opened));
          return absl::OkStatus();
        });
  }));
  for (const auto& [person, key] : read) cache_.Add(person, key, drops);
  keys.merge(read);
  return keys;
}

absl::StatusOr<PersonKey> KeyStore::Get(const std::string& person) {
  ASSIGN_OR_RETURN(const auto keys, GetMany({person}));
  if (!keys.empty()) return keys.begin()->second;
  return With([&](sql::Connection& connection) { return WhyMissing(connection, person); });
}

absl::StatusOr<std::optional<std::string>> KeyStore::Find(absl::Span<const IdentifierHash> hashes) {
  ASSIGN_OR_RETURN(const auto persons, FindMany({{hashes.begin(), hashes.end()}}));
  return persons.front();
}

absl::StatusOr<std::vector<std::optional<std::string>>> KeyStore::FindMany(
    const std::vector<std::vector<IdentifierHash>>& identifiers) {
  std::vector<std::optional<std::string>> persons;
  RETURN_IF_ERROR(With([&](sql::Connection& connection) -> absl::Status {
    ASSIGN_OR_RETURN(persons, FindOn(connection, identifiers));
    return absl::OkStatus();
  }));
  return persons;
}

absl::Status KeyStore::Identify(const std::string& person, absl::Span<const IdentifierHash> given) {
  return Identify(person, given, Others::kKept);
}

absl::Status KeyStore::IdentifyOnly(const std::string& person,
                                    absl::Span<const IdentifierHash> given) {
  return Identify(person, given, Others::kTaken);
}

absl::Status KeyStore::Identify(const std::string& person, absl::Span<const IdentifierHash> given,
                                Others others) {
  const absl::Status done = InTransaction([&](sql::Connection& connection) -> absl::Status {
    ASSIGN_OR_RETURN(const int64_t there, connection.Execute(kHold, {person}));
    if (there == 0) return WhyMissing(connection, person);
    if (others == Others::kTaken) {
      RETURN_IF_ERROR(connection.Execute(kTakeAll, {person}).status());
    }
    // What is theirs already is given anew.
    for (const IdentifierHash& hash : given) {
      RETURN_IF_ERROR(connection.Execute(kTake, {hash.version, hash.bytes, person}).status());
    }
    return Give(connection, {{person, given}});
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
