#include "common/fields/forms.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "absl/strings/string_view.h"
#include "proto/contract_files.h"
#include "puente/api/v1/options.pb.h"
#include "re2/re2.h"

namespace puente::fields {
namespace {

using google::protobuf::Descriptor;

void Collect(const Descriptor& type, std::set<std::string>& patterns) {
  for (int i = 0; i < type.field_count(); ++i) {
    const api::v1::Rules& rules = type.field(i)->options().GetExtension(api::v1::rules);
    if (!rules.pattern().empty()) patterns.insert(rules.pattern());
  }
  for (int i = 0; i < type.nested_type_count(); ++i) Collect(*type.nested_type(i), patterns);
}

std::set<std::string> Patterns() {
  std::set<std::string> patterns;
  for (const auto* file : ContractFiles()) {
    for (int i = 0; i < file->message_type_count(); ++i) Collect(*file->message_type(i), patterns);
  }
  return patterns;
}

TEST(Forms, OfTheContractAreAllInWords) {
  const std::set<std::string> patterns = Patterns();
  EXPECT_GT(patterns.size(), 50);
  for (const std::string& pattern : patterns) {
    const Form form = FormOf(pattern);
    for (const std::string& words : {form.es, form.en}) {
      const bool of_a_path = words.find("outcomes[2]") != std::string::npos;
      EXPECT_EQ(words.find_first_of(of_a_path ? "(){}*+?^\\" : "[](){}*+?^\\"), std::string::npos)
          << pattern << ": " << words;
    }
    EXPECT_NE(form.es, form.en);
  }
}

TEST(Forms, OfNamesSayWhatTheyAreMadeOf) {
  const Form form =
      FormOf("(programs|microcredentials)/[a-z0-9]([a-z0-9-]*[a-z0-9])?/versions/[1-9][0-9]{0,5}");
  EXPECT_EQ(
      form.en,
      "a name such as programs/ID/versions/N or microcredentials/ID/versions/N, with an ID of "
      "lower-case letters, digits and hyphens and N a number");
  EXPECT_EQ(
      FormOf("(company|chamber)/[a-z0-9]([a-z0-9-]*[a-z0-9])?|agency/economy").es,
      "un nombre como company/ID o chamber/ID o agency/economy, con ID de minúsculas, dígitos "
      "y guiones");
  EXPECT_EQ(FormOf("acts/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}").en,
            "a name such as acts/UUID");
}

TEST(Forms, OfLayoutsAreTheExpression) {
  EXPECT_EQ(FormOf("CCT ([A-Z]+)").en, "of the form CCT ([A-Z]+)");
  EXPECT_EQ(FormOf("[0-9]+").es, "de la forma [0-9]+");
}

// What is named as an example is one.
TEST(Forms, GiveExamplesThatFit) {
  int found = 0;
  for (const std::string& pattern : Patterns()) {
    std::string example;
    if (!RE2::PartialMatch(FormOf(pattern).en, R"(, such as ([^ ,]+)$)", &example)) continue;
    EXPECT_TRUE(RE2::FullMatch(example, pattern)) << pattern << ": " << example;
    ++found;
  }
  EXPECT_GT(found, 10);
}

}  // namespace
}  // namespace puente::fields
