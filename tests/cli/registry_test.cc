// What operators change in a registry, and the lines that say so; tests/deploy has the program.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <vector>

#include "cli/registry/app.h"
#include "cli/registry/edits.h"
#include "cli/registry/folder.h"
#include "common/context/text_proto.h"
#include "common/identity/principals.h"
#include "tests/testing/status.h"

namespace puente::registry {
namespace {

using puente::testing::HasReason;

identity::RegistryFile FileOf(absl::string_view text) {
  identity::RegistryFile file;
  EXPECT_FALSE(ParseText(text, file));
  return file;
}

TEST(Persons, AreWrittenWithTheirRoles) {
  const auto person = ParsePerson("ana-r7=reviewer,officer,reviewer");
  ASSERT_TRUE(person.ok());
  EXPECT_EQ(person->id(), "ana-r7");
  EXPECT_EQ(person->roles_size(), 2);
  for (const char* wrong :
       {"", "=", "ana", "ana=", "=reviewer", "ana=reviewer,", "ana=REVIEWER", "Ana=reviewer",
        "ana=unspecified", "ana=a=reviewer", "ana=reviewer officer", "\xff=reviewer"}) {
    EXPECT_THAT(ParsePerson(wrong), HasReason("PERSON_FORM")) << wrong;
  }
  EXPECT_EQ(RoleNames().size(), 6);
}

TEST(Texts, AreReadAsTheyWereWritten) {
  const auto file = FileOf(R"(serial: 7
      principals { path: "gateway" }  # a comment
      principals { path: "company/acme" blocked: true sources: "a" sources: "b"
                   actors { id: "ana" roles: ACTOR_ROLE_TUTOR blocked: true } })");
  const std::string text = TextOf(file);
  EXPECT_EQ(text, TextOf(FileOf(text)));
  EXPECT_EQ(Difference(file, FileOf(text)), "");
  EXPECT_TRUE(identity::Principals::Parse(text).ok());
  EXPECT_EQ(text.find("serial: 7\nprincipals { path: \"gateway\" }\nprincipals { path: \""), 0);
}

TEST(Entering, AddsToWhatIsThereAndUnblocksNobody) {
  auto file = FileOf(R"(principals { path: "company/acme" blocked: true sources: "a"
      actors { id: "ana" roles: ACTOR_ROLE_TUTOR blocked: true } })");
  const auto before = file;
  const auto more = FileOf(R"(principals { path: "company/acme" sources: "b" sources: "a"
      actors { id: "ana" roles: ACTOR_ROLE_OFFICER }
      actors { id: "eva" roles: ACTOR_ROLE_TUTOR } })");
  Enter(more.principals(0), file);
  EXPECT_EQ(Difference(before, file),
            "- principals { path: \"company/acme\" blocked: true actors { id: \"ana\" roles: "
            "ACTOR_ROLE_TUTOR blocked: true } sources: \"a\" }\n"
            "+ principals { path: \"company/acme\" blocked: true actors { id: \"ana\" roles: "
            "ACTOR_ROLE_OFFICER blocked: true } actors { id: \"eva\" roles: ACTOR_ROLE_TUTOR } "
            "sources: \"a\" sources: \"b\" }\n");
}

TEST(Blocking, OfOneOfAKindKeepsWhatItsKindIs) {
  auto file = FileOf(R"(principals { path: "company/*" record_kind: RECORD_KIND_GENERATED })");
  EXPECT_FALSE(Find(file, "company/acme")->blocked());
  EXPECT_EQ(SetBlocked("company/acme", "", true, file), absl::OkStatus());
  EXPECT_TRUE(Find(file, "company/acme")->blocked());
  EXPECT_EQ(Find(file, "company/acme")->record_kind(), type::v1::RECORD_KIND_GENERATED);
  EXPECT_FALSE(Find(file, "company/globex")->blocked());
  EXPECT_EQ(SetBlocked("company/acme", "", false, file), absl::OkStatus());
  EXPECT_FALSE(Find(file, "company/acme")->blocked());
  EXPECT_THAT(SetBlocked("company/globex", "ana", true, file), HasReason("PERSON_NOT_LISTED"));
  EXPECT_THAT(SetBlocked("chamber/a", "", true, file), HasReason("PARTY_NOT_LISTED"));
}

TEST(Parties, HaveTheFormsOfCallers) {
  for (const char* good : {"gateway", "company/acme", "authority/09", "authority/09/stps"}) {
    EXPECT_EQ(CheckParty(good), absl::OkStatus()) << good;
  }
  EXPECT_EQ(CheckParty("company/*", /*kinds=*/true), absl::OkStatus());
  for (const char* wrong : {"", "company", "company/", "company/*", "Company/a", "person/a",
                            "authority/99", "company/a/b", "../company/a"}) {
    EXPECT_THAT(CheckParty(wrong), HasReason("PARTY_FORM")) << wrong;
  }
}

TEST(Changes, AreReadAsTheyWereNoted) {
  Change change;
  change.time = absl::FromUnixSeconds(1796040000);
  change.what = "block";
  change.party = "company/acme";
  change.why = "\"stolen\"\n\xc3\xb1 \xff";  // the last byte is no UTF-8
  change.serial = 12;
  const std::string line = LineOf(change);
  EXPECT_EQ(line.find('\n'), line.npos);
  const auto read = ParseChange(line);
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->time, change.time);
  EXPECT_EQ(read->serial, 12);
  EXPECT_EQ(read->why, "\"stolen\"\n\xc3\xb1 \xef\xbf\xbd");
  EXPECT_EQ(LineOf(*read), line);
  for (const char* wrong : {"", "{}", "[]", R"({"time": 1})", R"({"time": "today"})",
                            R"({"time": "2026-01-01T00:00:00Z", "serial": "1"})",
                            R"({"time": "2026-01-01T00:00:00Z", "why": 1})"}) {
    EXPECT_FALSE(ParseChange(wrong).has_value()) << wrong;
  }
}

TEST(Program, FailsWhereWhatItPrintsCannotBeWritten) {
  const std::vector<const char*> arguments = {"puente-registry", "--lang", "en", "--help"};
  std::ofstream full("/dev/full");
  std::ostringstream err;
  EXPECT_EQ(registry::Run(static_cast<int>(arguments.size()), arguments.data(), false, full, err),
            cli::kFailure);
  EXPECT_NE(err.str(), "");
}

}  // namespace
}  // namespace puente::registry
