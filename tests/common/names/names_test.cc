// Resource names and identifiers.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <utf8proc.h>

#include <cstdlib>
#include <map>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/names/pattern.h"
#include "common/names/rfc.h"
#include "common/names/text.h"
#include "tests/testing/status.h"

namespace puente {
namespace {

using ::puente::testing::HasReason;
using ::testing::ElementsAre;

TEST(Text, IsComposedAndWithoutWhiteSpaceOfAnyScriptAtItsEnds) {
  EXPECT_EQ(Normalize(" \tLeo\u0301n\n"), "León");
  EXPECT_EQ(Normalize("\u00A0\u3000Ju\u00A0árez\u2028\u00A0"), "Ju\u00A0árez");
  EXPECT_EQ(Normalize("\u00A0"), "");
  EXPECT_EQ(Normalize(" "), "");
  EXPECT_EQ(Normalize(""), "");
  EXPECT_EQ(Normalize("ñ"), "ñ");
  EXPECT_EQ(Normalize("a\x01z"), std::nullopt);
  for (const char* text : {"a\xC2\x9Fz", "a\u202Az", "a\u202E", "\u2066a\u2069", "\u200B",
                           " \u00AD\u00A0", "\u200D\u3000"}) {
    EXPECT_EQ(Normalize(text), std::nullopt) << text;
  }
  // Within words these are part of how a language is written.
  EXPECT_EQ(Normalize("a\u200Dz\u200E"), "a\u200Dz\u200E");
  EXPECT_EQ(Normalize("¿Ácido — «ñ»…?"), "¿Ácido — «ñ»…?");
  EXPECT_EQ(Normalize("\xff"), std::nullopt);
  EXPECT_EQ(Normalize("\u00A0\xff"), std::nullopt);
}

TEST(Text, IsTrimmedAsItIsNormalized) {
  for (const char* text :
       {"", " ", "\u00A0", "a", " \u00A0a\u2028\t", "\u3000Ju\u00A0árez\u00A0", "ñ "}) {
    EXPECT_EQ(Trim(text), *Normalize(text)) << text;
  }
  EXPECT_EQ(Trim(" \xff\xA0 "), "\xff\xA0") << "what is no UTF-8 stays";
}

TEST(Text, IsFoldedWithOneSpaceForAnyWhiteSpace) {
  EXPECT_EQ(Fold("\u00A0Ciudad\u00A0 \u2003Juárez\u00A0"), "ciudad juarez");
  EXPECT_EQ(Fold("\u00A0Peña\u3000"), "peña");
  EXPECT_EQ(Fold("\u00A0"), "");
}

TEST(Normalize, LeavesEveryLetterBelowTheCombiningMarksAsUnicodeDoes) {
  for (utf8proc_int32_t point = 0xA0; point < 0x310; ++point) {  // from 0x80 on are controls
    utf8proc_uint8_t bytes[4];
    const auto size = static_cast<size_t>(utf8proc_encode_char(point, bytes));
    const std::string text =
        absl::StrCat("a", absl::string_view(reinterpret_cast<const char*>(bytes), size), "z");
    utf8proc_uint8_t* composed =
        utf8proc_NFC(reinterpret_cast<const utf8proc_uint8_t*>(text.c_str()));
    EXPECT_EQ(Normalize(text), reinterpret_cast<const char*>(composed)) << point;
    std::free(composed);
  }
  for (const char* cut : {"a\xC3", "\xC3z", "\xC1\x81", "\xC3\xC3"}) {
    EXPECT_EQ(Normalize(cut), std::nullopt) << "no UTF-8";
  }
}

TEST(NamePattern, NumbersHaveOneSpelling) {
  const NamePattern pattern("microcredentials/{microcredential}/versions/{version#}");
  EXPECT_EQ(pattern.text(), "microcredentials/{microcredential}/versions/{version}");
  for (const char* good : {"1", "10", "999999"}) {
    const std::string name = std::string("microcredentials/welding-tig/versions/") + good;
    ASSERT_OK_AND_ASSIGN(const auto ids, pattern.Parse(name));
    EXPECT_THAT(ids, ElementsAre("welding-tig", good));
    EXPECT_EQ(pattern.Format(ids), name);
  }
  for (const char* bad :
       {"01", "0", "1a", "1000000", "99999999999999999999", "-1", "+1", "", "x"}) {
    EXPECT_THAT(pattern.Parse(std::string("microcredentials/welding-tig/versions/") + bad),
                HasReason("INVALID_NAME"))
        << bad;
  }
  EXPECT_THAT(pattern.Parse("microcredentials/-/versions/1"), HasReason("INVALID_NAME"));
}

TEST(NamePattern, KnowsItsParent) {
  const NamePattern parent =
      NamePattern("programs/{program}/versions/{version#}/parts/{part}").Parent();
  EXPECT_EQ(parent.text(), "programs/{program}/versions/{version}");
  EXPECT_EQ(parent.id_count(), 2u);
  ASSERT_OK_AND_ASSIGN(const auto ids, parent.Parse("programs/a/versions/2"));
  EXPECT_THAT(ids, ElementsAre("a", "2"));
  EXPECT_THAT(parent.Parse("programs/a/versions/02"), HasReason("INVALID_NAME"));
  EXPECT_EQ(parent.Parent().text(), "programs/{program}");
}

TEST(NamePattern, ADashStandsForEveryIdFromThereOn) {
  const NamePattern pattern("organizations/{organization}/dualPlans/{dual_plan}");
  for (const char* name : {"organizations/unam/dualPlans/-", "organizations/-/dualPlans/-"}) {
    EXPECT_TRUE(pattern.ParseWithWildcard(name, "parent").ok()) << name;
    EXPECT_FALSE(pattern.Parse(name).ok()) << name;
  }
  EXPECT_FALSE(pattern.ParseWithWildcard("organizations/-/dualPlans/first", "parent").ok());
}

TEST(Slug, IsWhatTitlesAreSearchedBy) {
  for (const auto& [text, slug] : std::map<std::string, std::string>{
           {"Soldadura TIG", "soldadura-tig"},
           {"  Diseño (básico):  ÁREAS de 3 m² ", "diseno-basico-areas-de-3-m"},
           {"«¡!»", ""},
           {"", ""},
           {"日本", ""}}) {
    EXPECT_EQ(Slug(text), slug) << text;
  }
  EXPECT_EQ(Slug(absl::StrCat(std::string(199, 'a'), " b")).size(), 199u) << "ends with no hyphen";
  EXPECT_EQ(Slug(std::string(900, 'a')).size(), 200u);
}

TEST(Rfc, CheckDigitIsComputed) {
  for (const char* good : {"GODE561231GR8", "MAB9307148T4"}) EXPECT_TRUE(RfcCheckDigitFits(good));
  for (const char* bad : {"VACE460910SX6",  // in use, with a wrong digit
                          "MAB9307148T5", "MAB9307148T", "", "#AB9307148T4", "mab9307148t4",
                          "MAB9307148T44X", "ñab9307148t4"}) {
    EXPECT_FALSE(RfcCheckDigitFits(bad)) << bad;
  }
}

}  // namespace
}  // namespace puente
