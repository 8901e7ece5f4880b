// Persons' keys and the hashes of their identifiers, in a schema of their own, so that what is
// destroyed is gone from every backup of the data (docs/decisions/0054).
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "common/personal/key_cache.h"
#include "common/personal/master_keys.h"
#include "common/sql/connection.h"

namespace puente::personal {

// HashIdentifier() with the hash key of a version.
struct IdentifierHash {
  int version;
  std::string bytes;
};

// A person is an id of the caller's, of at most 60 bytes, that says nothing of anybody and is never
// used again. Thread-safe. Errors: those of persons' keys in errors.h, KEY_MISSING, and the
// database's; after one of the latter the call may be repeated.
class KeyStore {
 public:
  struct Options {
    sql::Target database;  // with the migrations of schema/personal.h
    std::shared_ptr<const MasterKeys> keys;
    size_t most_cached = 10'000;
    // For so long another process may open what this one destroyed.
    absl::Duration cached_for = absl::Minutes(1);
  };
  explicit KeyStore(Options options);

  // To be called before serving. KEY_MISSING if a key is needed and missing;
  // KEYS_RESTORED if fewer persons were erased than the caller knows of.
  absl::Status Start(int64_t known_erasures);
  // Goes on with keys that were read anew; with those that it has, if one is missing that is
  // needed.
  absl::Status Use(std::shared_ptr<const MasterKeys> keys);

  // Of an identifier, with every hash key that there is, so that servers of which one has a newer
  // key find the same person.
  std::vector<IdentifierHash> Hash(absl::string_view scheme, absl::string_view identifier) const;

  // Of a request that holds something personal, to know it again by: 32 bytes that say nothing
  // without the oldest hash key. When that goes, what it marked is not known again.
  std::string Fingerprint(absl::string_view request) const;

  struct Made {
    std::string person;
    PersonKey key;
    bool is_new;
  };
  // A key for `person`, to be made before the person's row. If the identifier is known, the person
  // whose it is and the key that is there: also where a call before this one died without making
  // the row, which this one then makes.
  absl::StatusOr<Made> Create(const std::string& person, absl::Span<const IdentifierHash> hashes);
  absl::StatusOr<PersonKey> Get(const std::string& person);
  // Whose an identifier is; nothing if nobody's.
  absl::StatusOr<std::optional<std::string>> Find(absl::Span<const IdentifierHash> hashes);

  // The same for many, by places, in as many statements whatever their number. No identifier may
  // be there twice.
  struct Wanted {
    std::string person;
    std::vector<IdentifierHash> hashes;
  };
  absl::StatusOr<std::vector<Made>> CreateMany(const std::vector<Wanted>& wanted);
  // Without those that have no key.
  absl::StatusOr<std::map<std::string, PersonKey>> GetMany(const std::vector<std::string>& persons);
  absl::StatusOr<std::vector<std::optional<std::string>>> FindMany(
      const std::vector<std::vector<IdentifierHash>>& identifiers);

  // Gives a person hashes beside those that are there; IDENTIFIER_TAKEN and no change if one is
  // somebody else's.
  absl::Status Identify(const std::string& person, absl::Span<const IdentifierHash> given);
  // The same, and takes all others.
  absl::Status IdentifyOnly(const std::string& person, absl::Span<const IdentifierHash> given);

  // Removes key and hashes, and adds the person to the list of erasures; changes nothing the second
  // time. Final once no key is left of the epochs of then, in whatever backup (OldestEpoch).
  absl::Status Destroy(const std::string& person);

  struct Erasure {
    int64_t number;
    std::string person;
    absl::Time time;
  };
  // The list from after a number on, to be kept where no restore of this schema reaches.
  absl::StatusOr<std::vector<Erasure>> Erasures(int64_t after, int most);
  // Destroys again what a restored backup has brought back.
  absl::Status Replay(absl::Span<const std::string> persons);

  // Wraps at most so many keys anew with the newest epoch's, with which new keys are wrapped from
  // then on. True if no other is left. A slice that died is done by the next.
  absl::StatusOr<bool> RotateSlice(int most);
  // The keys of earlier epochs open nothing that is stored: their files, and all copies of them,
  // are to be destroyed.
  absl::StatusOr<int> OldestEpoch();
  // Whose key wraps new keys: those destroyed by now were wrapped with this one's or an earlier
  // one's.
  absl::StatusOr<int> CurrentEpoch();
  // The oldest as far as this process knows: 0 before Start(), and never too much.
  int oldest_epoch() const { return oldest_epoch_; }
  // Of the keys that this process was given, and since when it is there (MasterKeys).
  int newest_epoch() const;
  absl::Time newest_epoch_time() const;

  // How far a sweep is.
  struct Swept {
    absl::Time time = absl::UnixEpoch();
    std::string person;
  };
  // Which of these persons have a row.
  using Existing = std::function<absl::StatusOr<absl::flat_hash_set<std::string>>(
      absl::Span<const std::string>)>;
  // Removes keys whose row was never made, of at most so many that are at least so old: calls that
  // make rows must end well before that. Nothing once there are no more; what was swept up to then
  // needs no sweep again.
  absl::StatusOr<std::optional<Swept>> SweepSlice(const Swept& from, absl::Duration age, int most,
                                                  const Existing& existing);

  size_t cached() const { return cache_.size(); }

 private:
  using Body = std::function<absl::Status(sql::Connection&)>;

  std::shared_ptr<const MasterKeys> keys() const;
  // KEY_MISSING unless all that is stored can be opened and found with these.
  static absl::Status CheckKeys(const MasterKeys& keys, sql::Connection& connection);
  // On a connection that nobody else uses meanwhile.
  absl::Status With(const Body& body);
  // As a transaction, once more after a conflict.
  absl::Status InTransaction(const Body& body);

  // Adds keys wrapped for the epoch that is current, and keeps that from changing meanwhile.
  absl::Status AddKeys(sql::Connection& connection, absl::Span<const Made> made);
  // What CreateMany() gives of persons of whom some were known, in the places of the others those
  // that were added.
  absl::StatusOr<std::vector<Made>> MadeOf(const std::vector<std::optional<std::string>>& known,
                                           std::vector<Made> added);
  enum class Others { kKept, kTaken };
  absl::Status Identify(const std::string& person, absl::Span<const IdentifierHash> given,
                        Others others);
  absl::Status RemoveOrphan(const std::string& person, absl::Time time);

  const sql::Target database_;
  KeyCache cache_;
  std::atomic<int> oldest_epoch_ = 0;
  mutable absl::Mutex mutex_;
  std::shared_ptr<const MasterKeys> keys_ ABSL_GUARDED_BY(mutex_);
  std::vector<std::unique_ptr<sql::Connection>> idle_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace puente::personal
