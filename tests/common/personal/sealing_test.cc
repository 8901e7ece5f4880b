// Sealed values and hashes of identifiers.
#include "common/personal/sealing.h"

#include "absl/container/flat_hash_set.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/crypto/seal.h"
#include "tests/testing/status.h"

namespace puente::personal {
namespace {

using ::puente::testing::HasReason;

constexpr Place kPlace{"persons/7", "curp", 1};
constexpr char kCurp[] = "LOHF920103MJCPRR03";

crypto::SecretKey Counting() {
  crypto::SecretKey key;
  for (size_t i = 0; i < crypto::SecretKey::kBytes; ++i) {
    key.bytes()[i] = static_cast<unsigned char>(i);
  }
  return key;
}

std::string Hex(absl::string_view bytes) { return absl::BytesToHexString(bytes); }

// draft-irtf-cfrg-xchacha-03, appendix A.3.1.
TEST(Seal, OpensTheKnownAnswerOfItsCipher) {
  const std::string key =
      absl::HexStringToBytes("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f");
  const std::string context = absl::HexStringToBytes("50515253c0c1c2c3c4c5c6c7");
  const std::string sealed = absl::HexStringToBytes(
      "404142434445464748494a4b4c4d4e4f5051525354555657"
      "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb731c7f1b0b4aa6440bf3a82f4eda"
      "7e39ae64c6708c54c216cb96b72e1213b4522f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b23835"
      "65d3fff921f9664c97637da9768812f615c68b13b52ec0875924c1c7987947deafd8780acf49");
  EXPECT_EQ(crypto::Unseal(key, context, sealed),
            "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the "
            "future, sunscreen would be it.");
}

TEST(Seal, OpensWithTheSameKeyAtTheSamePlaceAlone) {
  const crypto::SecretKey key = Counting();
  const std::string sealed = Seal(key, kPlace, kCurp);
  ASSERT_OK_AND_ASSIGN(const std::string opened, Open(key, kPlace, sealed));
  EXPECT_EQ(opened, kCurp);
  EXPECT_THAT(Open(crypto::SecretKey::Random(), kPlace, sealed),
              HasReason("SEALED_VALUE_UNREADABLE"));
  for (const Place& other :
       {Place{"persons/8", "curp", 1}, Place{"persons/7", "name", 1}, Place{"persons/7", "curp", 2},
        Place{"persons/7c", "urp", 1}, Place{"persons/", "7curp", 1}, Place{"", "", 1}}) {
    EXPECT_THAT(Open(key, other, sealed), HasReason("SEALED_VALUE_UNREADABLE"));
  }
  EXPECT_NE(Seal(key, kPlace, kCurp), sealed) << "the same looks the same";
}

TEST(Seal, KeepsEveryLengthAndTellsItInSteps) {
  const crypto::SecretKey key = crypto::SecretKey::Random();
  for (size_t size = 0; size < 300; ++size) {
    for (const char c : {'x', '\0', '\x80'}) {
      const std::string value(size, c);
      const std::string sealed = Seal(key, kPlace, value);
      EXPECT_EQ(sealed.size(), 1 + 24 + 16 + (size / 64 + 1) * 64);
      ASSERT_OK_AND_ASSIGN(const std::string opened, Open(key, kPlace, sealed));
      EXPECT_EQ(opened, value);
    }
  }
}

TEST(Seal, OneBitMoreOrLessIsRefusedAndNothingSaid) {
  const crypto::SecretKey key = crypto::SecretKey::Random();
  const std::string sealed = Seal(key, kPlace, kCurp);
  for (size_t bit = 0; bit < 8 * sealed.size(); ++bit) {
    std::string flipped = sealed;
    flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << (bit % 8)));
    EXPECT_THAT(Open(key, kPlace, flipped), HasReason("SEALED_VALUE_UNREADABLE")) << bit;
  }
  for (size_t size = 0; size < sealed.size(); ++size) {
    EXPECT_THAT(Open(key, kPlace, sealed.substr(0, size)), HasReason("SEALED_VALUE_UNREADABLE"));
  }
  const absl::Status why = Open(key, kPlace, sealed + "x").status();
  EXPECT_THAT(why, HasReason("SEALED_VALUE_UNREADABLE"));
  EXPECT_EQ(MetadataOf(why, "path"), "");
  EXPECT_FALSE(absl::StrContains(why.ToString(), "persons/7")) << why;
}

TEST(Seal, WhatIsSealedButNotPaddedIsRefused) {
  const crypto::SecretKey key = crypto::SecretKey::Random();
  const auto open = [&](absl::string_view text) {
    return Open(key, kPlace,
                absl::StrCat("\x01", crypto::Seal(key.view(),
                                                  "puente-personal/1\n9:persons/74:curp1", text)));
  };
  std::string text(64, '\0');
  EXPECT_THAT(open(text), HasReason("SEALED_VALUE_UNREADABLE"));
  text[0] = 'x';
  EXPECT_THAT(open(text), HasReason("SEALED_VALUE_UNREADABLE"));
  text[1] = '\x80';
  EXPECT_EQ(open(text).value_or(""), "x");
  text[63] = '\x01';
  EXPECT_THAT(open(text), HasReason("SEALED_VALUE_UNREADABLE"));
  EXPECT_THAT(open(""), HasReason("SEALED_VALUE_UNREADABLE"));
  EXPECT_THAT(open("\x80"), HasReason("SEALED_VALUE_UNREADABLE"));
}

// Computed by Python's hashlib.blake2b(…, key=bytes(range(32)), digest_size=32, person=SCHEME),
// which is not libsodium's.
TEST(HashIdentifier, IsKeyedBlake2bPersonalizedByScheme) {
  EXPECT_EQ(Hex(HashIdentifier(Counting(), "curp", kCurp)),
            "5ef68b3e0a1139ff1225c9d52248691b91209b2f45d8099976b74cad9f7b0a15");
  EXPECT_EQ(Hex(HashIdentifier(Counting(), "", "")),
            "4e51e7a913fc80137da52880fecca175bf81e117d5c68126dc2774033517ea0d");
  EXPECT_EQ(Hex(HashIdentifier(Counting(), "sixteen-bytes-ab", std::string(200, 'x'))),
            "d2c3f211ee1bd3beb389d565d9edb6ca39af064ae7e627b00e89d3625b48a013");
}

TEST(HashIdentifier, DiffersByKeySchemeAndIdentifier) {
  const crypto::SecretKey key = Counting(), other = crypto::SecretKey::Random();
  const absl::flat_hash_set<std::string> hashes = {
      HashIdentifier(key, "curp", kCurp),        HashIdentifier(other, "curp", kCurp),
      HashIdentifier(key, "passport", kCurp),    HashIdentifier(key, "curp", "LOHF920103MJCPRR0"),
      HashIdentifier(key, "cur", "pLOHF920103"), HashIdentifier(key, "curp", "LOHF920103"),
      HashIdentifier(key, "curpL", "OHF920103"), HashIdentifier(key, "", "curpLOHF920103")};
  EXPECT_EQ(hashes.size(), 8);
  EXPECT_TRUE(SameHash(HashIdentifier(key, "curp", kCurp), HashIdentifier(key, "curp", kCurp)));
  EXPECT_FALSE(SameHash(HashIdentifier(key, "curp", kCurp), HashIdentifier(other, "curp", kCurp)));
  EXPECT_FALSE(SameHash(HashIdentifier(key, "curp", kCurp), ""));
}

}  // namespace
}  // namespace puente::personal
