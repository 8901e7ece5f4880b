// Microcredentials that consist of others, or ask for others before.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "modules/education/module.h"
#include "puente/education/v1/credit_rule.grpc.pb.h"
#include "puente/education/v1/microcredential.grpc.pb.h"
#include "tests/education/requests.h"
#include "tests/testing/database.h"
#include "tests/testing/hosted.h"
#include "tests/testing/status.h"

namespace puente::education {
namespace {

using ::puente::testing::Called;
using ::puente::testing::Database;
using ::puente::testing::HasReason;
using ::puente::testing::HostedModule;
using ::puente::testing::MustCount;
using ::puente::testing::MustExecute;
using ::puente::testing::WaitsFor;
using Stub = v1::MicrocredentialService::Stub;
using Names = std::vector<std::string>;

// "microcredentials/a/versions/2" of "a/2".
std::string NameOf(const std::string& shorthand) {
  const size_t slash = shorthand.find('/');
  return absl::StrCat("microcredentials/", shorthand.substr(0, slash), "/versions/",
                      shorthand.substr(slash + 1));
}

class Stacking : public ::testing::Test {
 protected:
  Stacking()
      : target_(Database::Shared().NewSchema(Education().migrations)),
        other_(target_),
        hosted_(Education(), target_, "agency/education"),
        stub_(v1::MicrocredentialService::NewStub(hosted_.channel())) {}

  // Versions are written as "a/2".
  absl::StatusOr<v1::MicrocredentialVersion> Draft(const std::string& version,
                                                   const Names& parts = {},
                                                   const Names& prerequisites = {}, int hours = 10,
                                                   const std::string& credit_rule = "") {
    const size_t slash = version.find('/');
    v1::CreateMicrocredentialVersionRequest request =
        testing::NewMicrocredential(version.substr(0, slash), std::stoi(version.substr(slash + 1)));
    v1::MicrocredentialVersion& drafted = *request.mutable_microcredential_version();
    for (const std::string& part : parts) drafted.add_parts(NameOf(part));
    for (const std::string& asked : prerequisites) drafted.add_prerequisites(NameOf(asked));
    drafted.mutable_outcomes(0)->clear_hours();
    drafted.set_workload_hours(hours);
    drafted.set_credit_rule(credit_rule);
    return Called(*stub_, &Stub::CreateMicrocredentialVersion, request);
  }
  absl::Status Publish(const std::string& version) {
    v1::PublishMicrocredentialVersionRequest request;
    request.set_name(NameOf(version));
    return Called(*stub_, &Stub::PublishMicrocredentialVersion, request).status();
  }
  void MustPublish(const std::string& version, const Names& parts = {},
                   const Names& prerequisites = {}, int hours = 10) {
    ASSERT_OK(Draft(version, parts, prerequisites, hours));
    ASSERT_OK(Publish(version));
  }
  std::string AddRule(const std::string& id, int hours_per_credit) {
    v1::CreateCreditRuleRequest request = testing::DefaultRule();
    request.set_credit_rule_id(id);
    request.mutable_credit_rule()->set_hours_per_credit(hours_per_credit);
    EXPECT_OK(Called(*v1::CreditRuleService::NewStub(hosted_.channel()),
                     &v1::CreditRuleService::Stub::CreateCreditRule, request));
    return "creditRules/" + id;
  }

  const sql::Target target_;
  sql::Connection other_;
  HostedModule hosted_;
  const std::unique_ptr<Stub> stub_;
};

TEST_F(Stacking, NamesPublishedVersionsOfOthersOnceEach) {
  for (const char* version : {"own/1", "a/1", "a/2", "b/1"}) MustPublish(version);
  ASSERT_OK(Draft("c/1"));
  const struct {
    const char* what;
    Names parts, prerequisites;
    const char *reason, *told;
  } cases[] = {
      {"itself as a part", {"own/1"}, {}, "INVALID_FIELDS", "parts[0]"},
      {"itself as what is asked for", {"a/1"}, {"own/1"}, "INVALID_FIELDS", "prerequisites[0]"},
      {"the version itself", {"own/2"}, {}, "INVALID_FIELDS", "parts[0]"},
      {"a version twice", {"a/1", "b/1", "a/1"}, {}, "INVALID_FIELDS", "parts[2]"},
      {"two versions of one", {"a/1", "a/2"}, {}, "INVALID_FIELDS", "parts[1]"},
      {"a part that is asked for", {"a/1"}, {"a/1"}, "INVALID_FIELDS", "prerequisites[0]"},
      {"a draft", {"c/1"}, {}, "MICROCREDENTIAL_VERSION_STATE_WRONG", "c/versions/1"},
      {"what there is not", {"a/1", "none/1"}, {}, "MICROCREDENTIAL_VERSION_NOT_FOUND", "none"},
      {"no rule", {"a/1"}, {"d/1"}, "MICROCREDENTIAL_VERSION_NOT_FOUND", "d/versions/1"},
  };
  for (const auto& one : cases) {
    SCOPED_TRACE(one.what);
    const auto drafted = Draft("own/2", one.parts, one.prerequisites);
    EXPECT_THAT(drafted, HasReason(one.reason));
    EXPECT_THAT(drafted.status().message(), ::testing::HasSubstr(one.told));
  }
  EXPECT_OK(Draft("own/2", {"a/2"}, {"b/1"}));
}

TEST_F(Stacking, AddsUpHoursAndComputesCreditsOnceOnTheSum) {
  const std::string of_16 = AddRule("of-16", 16), of_3 = AddRule("of-3", 3);
  MustPublish("d/1", {}, {}, 10);
  MustPublish("b/1", {"d/1"}, {}, 20);
  MustPublish("c/1", {"d/1"}, {}, 30);
  MustPublish("asked/1", {}, {}, 1000);
  ASSERT_OK_AND_ASSIGN(const auto larger, Draft("a/1", {"b/1", "c/1"}, {"asked/1"}, 5, of_16));
  EXPECT_EQ(larger.total_hours(), 65) << "what is in two parts counts once, what is asked for not";
  EXPECT_EQ(larger.credits_e4(), 40'625);
  EXPECT_EQ(larger.workload_hours(), 5);

  for (const char* part : {"x/1", "y/1"}) MustPublish(part, {}, {}, 1);
  ASSERT_OK_AND_ASSIGN(const auto thirds, Draft("z/1", {"x/1", "y/1"}, {}, 1, of_3));
  EXPECT_EQ(thirds.credits_e4(), 10'000) << "three times 3,333 would be less";

  ASSERT_OK_AND_ASSIGN(const auto alone, Draft("alone/1", {}, {}, 7));
  EXPECT_EQ(alone.total_hours(), 7);
  EXPECT_EQ(alone.credits_e4(), 0) << "without a rule";
  EXPECT_THAT(Draft("alone/2", {}, {}, 7, "creditRules/none"), HasReason("CREDIT_RULE_NOT_FOUND"));

  v1::UpdateMicrocredentialVersionRequest update;
  update.mutable_microcredential_version()->set_name(larger.name());
  update.mutable_microcredential_version()->add_parts(NameOf("b/1"));
  ASSERT_OK_AND_ASSIGN(const auto smaller,
                       Called(*stub_, &Stub::UpdateMicrocredentialVersion, update));
  EXPECT_EQ(smaller.total_hours(), 35);
  EXPECT_EQ(smaller.credits_e4(), 21'875);
}

TEST_F(Stacking, HasNoCircles) {
  for (const char* version : {"a/1", "b/1", "c/1"}) MustPublish(version);
  ASSERT_OK(Draft("c/2", {"a/1"}));
  MustPublish("a/2", {"b/1"});
  MustPublish("b/2", {}, {"c/1"});
  const auto back = Draft("b/3", {}, {"a/1"});
  EXPECT_THAT(back, HasReason("STACKING_CIRCLE")) << "a stacks on b";
  EXPECT_EQ(MetadataOf(back.status(), "other"), "microcredentials/a");
  EXPECT_THAT(Publish("c/2"), HasReason("STACKING_CIRCLE"))
      << "a on b, b on c; c was drafted before";
  EXPECT_OK(Draft("a/3", {"c/1"})) << "two ways to one end are no circle";
  ASSERT_OK(Publish("a/3"));
  EXPECT_EQ(MustCount(other_, "SELECT COUNT(*) FROM stacking_edge"), 3);
}

TEST_F(Stacking, DraftsAreNoEdges) {
  for (const char* version : {"a/1", "b/1"}) MustPublish(version);
  ASSERT_OK(Draft("a/2", {"b/1"}));
  EXPECT_OK(Draft("b/2", {"a/1"}));
  EXPECT_OK(Publish("b/2"));
  EXPECT_THAT(Publish("a/2"), HasReason("STACKING_CIRCLE"));
}

// One side of the race stays open while the other comes.
TEST_F(Stacking, WaitsForAnEdgeThatIsBeingAdded) {
  for (const char* version : {"a/1", "b/1"}) MustPublish(version);
  ASSERT_OK(Draft("a/2", {"b/1"}));
  MustExecute(other_, "START TRANSACTION");
  MustExecute(other_,
              "INSERT INTO stacking VALUES (1, 1) ON DUPLICATE KEY UPDATE guard = guard + 1");
  MustExecute(other_, "INSERT INTO stacking_edge VALUES ('b', 'a', 2)");
  absl::Status outcome;
  EXPECT_TRUE(WaitsFor(other_, [&] { outcome = Publish("a/2"); }));
  EXPECT_THAT(outcome, HasReason("STACKING_CIRCLE"));
}

TEST_F(Stacking, OfTwoEdgesAtOnceOneWinsAndTheOtherIsTold) {
  constexpr int kPairs = 10;
  for (int i = 0; i < kPairs; ++i) {
    const std::string a = absl::StrCat("a", i), b = absl::StrCat("b", i);
    for (const std::string& version : {a + "/1", b + "/1"}) MustPublish(version);
    ASSERT_OK(Draft(a + "/2", {b + "/1"}));
    ASSERT_OK(Draft(b + "/2", {}, {a + "/1"}));
    absl::Status first, second;
    std::thread thread([&] { first = Publish(a + "/2"); });
    second = Publish(b + "/2");
    thread.join();
    EXPECT_NE(first.ok(), second.ok()) << first << " " << second;
    EXPECT_THAT(first.ok() ? second : first, HasReason("STACKING_CIRCLE"));
  }
  EXPECT_EQ(MustCount(other_, "SELECT COUNT(*) FROM stacking_edge"), kPairs);
}

TEST_F(Stacking, IsNoDeeperThanTenSteps) {
  MustPublish("m1/1");
  for (int i = 2; i <= 11; ++i) {
    MustPublish(absl::StrCat("m", i, "/1"), {absl::StrCat("m", i - 1, "/1")});
  }
  const auto deeper = Draft("m12/1", {"m11/1"});
  EXPECT_THAT(deeper, HasReason("STACK_TOO_LARGE"));
  EXPECT_THAT(Draft("m12/1", {}, {"m11/1"}), HasReason("STACK_TOO_LARGE"));
  EXPECT_OK(Draft("m12/1", {"m10/1"}));
}

TEST_F(Stacking, LeadsToAHundredAtMost) {
  Names larger;
  for (int i = 0; i < 5; ++i) {
    Names parts;
    for (int j = 0; j < 19 + (i == 4); ++j) {
      MustPublish(parts.emplace_back(absl::StrCat("p", i, "-", j, "/1")));
    }
    MustPublish(larger.emplace_back(absl::StrCat("l", i, "/1")), parts);
  }
  EXPECT_THAT(Draft("all/1", larger), HasReason("STACK_TOO_LARGE")) << "5 times 20, and one";
  larger.pop_back();
  ASSERT_OK_AND_ASSIGN(const auto less, Draft("all/1", larger));
  EXPECT_EQ(less.total_hours(), 81 * 10);
}

}  // namespace
}  // namespace puente::education
