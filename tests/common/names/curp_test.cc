// CURPs. tests/agencies/mexican-identifiers.json says where its vectors come from.
#include "common/names/curp.h"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/names/state.h"

namespace puente {
namespace {

// The rule that it is against; "" if it is a CURP.
std::string RuleOf(absl::string_view text) {
  const auto parsed = ParseCurp(text);
  const auto* violation = std::get_if<Violation>(&parsed);
  return violation == nullptr ? "" : std::string(violation->rule);
}

Curp Parsed(absl::string_view text) {
  const auto parsed = ParseCurp(text);
  EXPECT_TRUE(std::holds_alternative<Curp>(parsed)) << text << " is against " << RuleOf(text);
  return std::holds_alternative<Curp>(parsed) ? std::get<Curp>(parsed) : Curp{};
}

// With the digit that its other characters ask for.
std::string WithCheckDigit(absl::string_view first_17) {
  for (char digit = '0'; digit <= '9'; ++digit) {
    std::string curp = absl::StrCat(first_17, absl::string_view(&digit, 1));
    if (RuleOf(curp) != "CURP_CHECK_DIGIT") return curp;
  }
  ADD_FAILURE() << "no digit fits " << first_17;
  return "";
}

TEST(Curp, VectorsAreTakenAndRefused) {
  std::ifstream file("tests/agencies/mexican-identifiers.json");
  const auto vectors = nlohmann::json::parse(file)["curp"];
  ASSERT_FALSE(vectors["valid"].empty());
  for (const auto& valid : vectors["valid"]) {
    const std::string curp = valid.get<std::string>();
    EXPECT_EQ(Parsed(curp).text, curp);
    for (char digit = '0'; digit <= '9'; ++digit) {
      std::string other = curp;
      other.back() = digit;
      EXPECT_EQ(RuleOf(other), digit == curp.back() ? "" : "CURP_CHECK_DIGIT") << other;
    }
  }
  ASSERT_EQ(vectors["invalid"].size(), 2);
  EXPECT_EQ(RuleOf(vectors["invalid"][0]["curp"].get<std::string>()), "CURP_CHECK_DIGIT");
  EXPECT_EQ(RuleOf(vectors["invalid"][1]["curp"].get<std::string>()), "CURP_CONSONANTS");
}

TEST(Curp, IsToldByWordsOfATextThatHaveItsForm) {
  for (const char* text : {"BOXW310820HNERXN09", "era boxw310820hnerxn09.", "ñ(BOXW310820HNERXN08)",
                           "curp:BOXW310820HNERXN09", "a-boxw310820hnerxn09-1"}) {
    EXPECT_TRUE(TellsCurp(text)) << text;
  }
  for (const char* text :
       {"", "Ana", "BOXW310820HNERXN0", "xBOXW310820HNERXN09", "BOXW310820HNERXN09x",
        "abcdefghijklmnopqr", "123456789012345678", "BOXW319920HNERXN09"}) {
    EXPECT_FALSE(TellsCurp(text)) << text;
  }
}

TEST(Curp, SaysBirthDateSexAndStateOfBirth) {
  const Curp man = Parsed("BOXW310820HNERXN09");
  EXPECT_EQ(man.birth_date, absl::CivilDay(1931, 8, 20));
  EXPECT_EQ(man.sex, Sex::kMan);
  EXPECT_EQ(man.birth_state, "") << "born abroad";
  const Curp woman = Parsed("LOHF920103MJCPRR03");
  EXPECT_EQ(woman.birth_date, absl::CivilDay(1992, 1, 3));
  EXPECT_EQ(woman.sex, Sex::kWoman);
  EXPECT_EQ(woman.birth_state, "14");
  EXPECT_EQ(Parsed("GAXJ800709XNLRXN09").sex, Sex::kNonBinary);
}

TEST(Curp, HasTheCenturyInPosition17) {
  EXPECT_EQ(Parsed("GOLA991231MYNMPN03").birth_date, absl::CivilDay(1999, 12, 31));
  EXPECT_EQ(Parsed("LOHF991231MJCPRRZ5").birth_date, absl::CivilDay(2099, 12, 31));
  EXPECT_EQ(Parsed("LOHF000229MJCPRRA0").birth_date, absl::CivilDay(2000, 2, 29));
  EXPECT_EQ(RuleOf("LOHF000229MJCPRR00"), "CURP_BIRTH_DATE") << "1900 was no leap year";
  EXPECT_EQ(RuleOf("LOHF010229MJCPRRA7"), "CURP_BIRTH_DATE");
}

TEST(Curp, CaseAndWhiteSpaceAroundItDoNotMatterAndWithinItDo) {
  EXPECT_EQ(Parsed(" \tlohf920103mjcprr03\u00A0\n").text, "LOHF920103MJCPRR03");
  for (const char* wrong : {"", " ", "LOHF920103MJCPRR0", "LOHF920103MJCPRR033",
                            "LOHF 920103 MJCPRR03", "LOHF-920103-MJCPRR03"}) {
    EXPECT_EQ(RuleOf(wrong), "CURP_LENGTH") << wrong;
  }
  for (const char* wrong :
       {"LÓHF920103MJCPRR03", "LOHF920103MJCÑRR03", "LOHF92 103MJCPRR03", "LOHF920103MJCPRR０3"}) {
    EXPECT_EQ(RuleOf(wrong), "CURP_CHARACTERS") << wrong;
  }
  EXPECT_EQ(RuleOf(absl::string_view("LOHF920103\0JCPRR03", 18)), "CURP_CHARACTERS");
  EXPECT_NE(RuleOf("LOHF920103\xFFJCPRR03"), "");
}

TEST(Curp, OneThatSpellsAWordIsTaken) {
  for (const char* curp : {"BUEI800709HNLRXN0", "BXEI800709HNLRXN0", "CACA800709HNLRXN0"}) {
    EXPECT_EQ(RuleOf(WithCheckDigit(curp)), "") << curp;
  }
}

TEST(Curp, TheFirstRuleThatItBreaksIsNamed) {
  for (const auto& [curp, rule] : std::initializer_list<std::pair<const char*, const char*>>{
           {"LBHF920103MJCPRR01", "CURP_INITIALS"},
           {"L0HF920103MJCPRR08", "CURP_INITIALS"},
           {"LO9F920103MJCPRR08", "CURP_INITIALS"},
           {"LOHF921303MJCPRR09", "CURP_BIRTH_DATE"},
           {"LOHF920100MJCPRR00", "CURP_BIRTH_DATE"},
           {"LOHF92O103MJCPRR03", "CURP_BIRTH_DATE"},
           {"LOHF920103NJCPRR05", "CURP_SEX"},
           {"LOHF920103MMXPRR00", "CURP_STATE"},
           {"LOHF920103MJCAAA0B", "CURP_CONSONANTS"},
           {"LOHF920103MJCPRR0B", "CURP_CHECK_DIGIT"}}) {
    EXPECT_EQ(RuleOf(curp), rule) << curp;
  }
}

TEST(Curp, EveryStateHasItsCode) {
  std::string codes;
  for (const char* state : {"AS", "BC", "BS", "CC", "CL", "CM", "CS", "CH", "DF", "DG", "GT",
                            "GR", "HG", "JC", "MC", "MN", "MS", "NT", "NL", "OC", "PL", "QT",
                            "QR", "SP", "SL", "SR", "TC", "TS", "TL", "VZ", "YN", "ZS"}) {
    const Curp curp = Parsed(WithCheckDigit(absl::StrCat("LOHF920103M", state, "PRR0")));
    EXPECT_NE(StateName(curp.birth_state), std::nullopt) << state;
    absl::StrAppend(&codes, curp.birth_state);
  }
  std::string all;
  for (const FederalState& state : FederalStates()) absl::StrAppend(&all, state.code);
  EXPECT_EQ(codes, all);
}

TEST(Curp, WhatIsSaidOfAWrongOneRepeatsNothingOfIt) {
  for (const char* wrong : {"LOHF920103MJCPRR04", "QWZK920103MJCPRR03", "LOHF921303MJCPRR03",
                            "LOHF920103MQQPRR03", "LOHF920103MJCPRR0333"}) {
    const auto violation = std::get<Violation>(ParseCurp(wrong));
    for (size_t at = 0; at + 4 <= std::string(wrong).size(); ++at) {
      const std::string part(wrong + at, 4);
      EXPECT_FALSE(absl::StrContains(violation.es, part)) << violation.es;
      EXPECT_FALSE(absl::StrContains(violation.en, part)) << violation.en;
    }
  }
}

}  // namespace
}  // namespace puente
