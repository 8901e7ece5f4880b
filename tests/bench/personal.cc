// Sealing and hashing beside libsodium's own calls for the same bytes, and what finding a person
// and opening its key costs among a hundred times as many.
#include "schema/personal.h"

#include <sodium.h>
#include <stdlib.h>

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/crypto/digest.h"
#include "common/personal/key_store.h"
#include "common/personal/sealing.h"
#include "tests/bench/benchmarks.h"
#include "tests/bench/client.h"
#include "tests/bench/process.h"
#include "tests/bench/site.h"

namespace puente::bench {
namespace {

constexpr char kCurp[] = "LOHF920103MJCPRR03";
constexpr personal::Place kPlace{"persons/0f5c7e1a-4b7d-4c55-9a2e-6d1f3b8c9e00", "curp"};
// What a value is sealed for there (common/personal/sealing.cc).
constexpr char kContext[] =
    "puente-personal/1\n44:persons/0f5c7e1a-4b7d-4c55-9a2e-6d1f3b8c9e004:curp1";
constexpr unsigned char kScheme[crypto_generichash_blake2b_PERSONALBYTES] = "curp";
constexpr int kTogether = 100;  // so that looking at the clock costs nothing
constexpr int64_t kFew = 10'000;
constexpr int64_t kMany = 1'000'000;
constexpr int64_t kKnown = 500;  // persons that are asked for

unsigned char* Bytes(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }
const unsigned char* Bytes(absl::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

void SealBare(const crypto::SecretKey& key, const std::string& padded, std::string& sealed) {
  constexpr size_t kNonce = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
  randombytes_buf(sealed.data(), kNonce);
  crypto_aead_xchacha20poly1305_ietf_encrypt(Bytes(sealed) + kNonce, nullptr, Bytes(padded),
                                             padded.size(), Bytes(kContext), sizeof kContext - 1,
                                             nullptr, Bytes(sealed), Bytes(key.view()));
}

void Compare(const Options& options, const char* name, const std::function<void()>& value,
             const std::function<void()>& bare) {
  const auto repeated = [](const std::function<void()>& step) {
    return [&step](int64_t) {
      for (int i = 0; i < kTogether; ++i) step();
    };
  };
  std::vector<Pair> pairs;
  for (int i = 0; i < options.pairs(); ++i) {
    const Pair pair = Rates(options.round_seconds() / 2, repeated(value), repeated(bare));
    pairs.push_back({pair.value * kTogether, pair.limit * kTogether});
  }
  Print(options, {name, "1/s", AtLeast(0.8)}, pairs);
}

// A folder with a key of each kind.
class Keys {
 public:
  Keys() : path_(Site::Shared().folder() / "personal-keys-XXXXXX") {
    if (mkdtemp(path_.data()) == nullptr) Die("no folder for keys");
    for (const auto kind : {personal::KeyKind::kHash, personal::KeyKind::kEpoch}) {
      if (const auto made = personal::GenerateKey(path_, kind, 1); !made.ok()) Die(made.ToString());
    }
  }
  std::shared_ptr<const personal::MasterKeys> Read() const {
    return std::make_shared<const personal::MasterKeys>(Must(personal::MasterKeys::Read(path_)));
  }

 private:
  std::string path_;
};

// A store with so many persons, of whom some are known.
class Filled {
 public:
  Filled(const Keys& keys, int64_t persons)
      : database_(Site::Shared().Schema(schema::personal())),
        store_({.database = database_, .keys = keys.Read(), .most_cached = 0}) {
    if (const auto started = store_.Start(0); !started.ok()) Die(started.ToString());
    Site::Shared().Execute(
        database_, absl::StrCat("INSERT INTO person_key (person, epoch, wrapped, create_time)"
                                " SELECT UUID(), 1, RANDOM_BYTES(72), UTC_TIMESTAMP(6)"
                                " FROM seq_1_to_",
                                persons - kKnown));
    Site::Shared().Execute(database_,
                           "INSERT INTO person_identifier SELECT 1, UNHEX(SHA2(person, 256)),"
                           " person FROM person_key");
    for (int64_t i = 0; i < kKnown; ++i) {
      Must(store_.Create(crypto::Uuid4(), store_.Hash("curp", absl::StrCat(i))));
    }
  }

  void LookUp() {
    const auto person =
        Must(store_.Find(store_.Hash("curp", absl::StrCat(next_++ * 7919 % kKnown))));
    if (!person) Die("a person is not found");
    Must(store_.Get(*person));
  }

 private:
  const sql::Target database_;
  personal::KeyStore store_;
  int64_t next_ = 0;
};

void CompareLookUps(const Options& options) {
  const int64_t many = options.size(kMany, 10 * kKnown);
  const int64_t few = std::min(kFew, many / 5);
  Say(absl::StrCat("personal.lookup: ", few, " and ", many, " persons"));
  const Keys keys;
  Filled small(keys, few), large(keys, many);
  const double seconds = options.round_seconds() / 2;
  const auto figures =
      Interleave({[&] { return MedianMilliseconds(seconds, [&] { large.LookUp(); }); },
                  [&] { return MedianMilliseconds(seconds, [&] { small.LookUp(); }); }},
                 options.pairs());
  Print(options, {"personal.lookup", "ms", AtMost(1.3)}, Pairs(figures[0], figures[1]));
}

}  // namespace

void MeasurePersonal(const Options& options) {
  const crypto::SecretKey key = crypto::SecretKey::Random();
  std::string padded(personal::kPaddedTo, 'x');
  std::string sealed(padded.size() + crypto_aead_xchacha20poly1305_ietf_NPUBBYTES +
                         crypto_aead_xchacha20poly1305_ietf_ABYTES,
                     '\0');
  if (personal::Seal(key, kPlace, kCurp).size() != 1 + sealed.size()) Die("not the same bytes");
  Compare(
      options, "personal.seal", [&] { personal::Seal(key, kPlace, kCurp); },
      [&] { SealBare(key, padded, sealed); });
  std::string hash(crypto_generichash_BYTES, '\0');
  const auto hash_bare = [&] {
    crypto_generichash_blake2b_salt_personal(Bytes(hash), hash.size(), Bytes(kCurp),
                                             sizeof kCurp - 1, Bytes(key.view()), key.view().size(),
                                             nullptr, kScheme);
  };
  hash_bare();
  if (personal::HashIdentifier(key, "curp", kCurp) != hash) Die("not the same bytes");
  Compare(
      options, "personal.hash", [&] { personal::HashIdentifier(key, "curp", kCurp); }, hash_bare);
  if (Wanted(options, "personal.lookup")) CompareLookUps(options);
}

}  // namespace puente::bench
