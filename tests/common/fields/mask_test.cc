// Updates: what a mask means, and what an update request is checked for.
#include "common/fields/mask.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/fields/field_checker.h"
#include "common/names/text.h"
#include "puente/education/v1/program.pb.h"
#include "tests/testing/status.h"

namespace puente::fields {
namespace {

using education::v1::ProgramVersion;
using education::v1::UpdateProgramVersionRequest;
using google::protobuf::FieldMask;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

FieldMask Mask(const std::vector<std::string>& paths) {
  FieldMask mask;
  for (const std::string& path : paths) mask.add_paths(path);
  return mask;
}

std::vector<std::string> Rules(const std::vector<Violation>& violations) {
  std::vector<std::string> rules;
  for (const Violation& violation : violations) rules.emplace_back(violation.rule);
  return rules;
}

std::vector<std::string> Faults(const std::vector<std::string>& paths) {
  return Rules(CheckMask(Mask(paths), *ProgramVersion::descriptor()));
}

TEST(Mask, NamesFieldsOnceEachAndNoneWithinAnother) {
  EXPECT_THAT(Faults({}), IsEmpty());
  EXPECT_THAT(Faults({"*"}), IsEmpty());
  EXPECT_THAT(Faults({"title_es", "create_time", "outcomes"}), IsEmpty());
  EXPECT_THAT(Faults({"create_time.seconds"}), IsEmpty());
  EXPECT_THAT(Faults({"no_such_field"}), ElementsAre("UNKNOWN_PATH"));
  EXPECT_THAT(Faults({"titleEs"}), ElementsAre("UNKNOWN_PATH"));
  for (const char* path : {"", ".", "title_es.", ".title_es", "create_time..seconds"}) {
    EXPECT_THAT(Faults({path}), ElementsAre("UNKNOWN_PATH")) << path;
  }
  EXPECT_THAT(Faults({"outcomes.code"}), ElementsAre("UNKNOWN_PATH"));  // within a list
  EXPECT_THAT(Faults({"title_es", "title_es"}), ElementsAre("UNIQUE"));
  EXPECT_THAT(Faults({"title_es", "title_en", "title_es", "title_es"}),
              ElementsAre("UNIQUE", "UNIQUE"));
  EXPECT_THAT(Faults({"*", "title_es"}), ElementsAre("NOT_ALONE"));
  EXPECT_THAT(Faults({"create_time.seconds", "create_time"}), ElementsAre("OVERLAP"));
  EXPECT_THAT(Faults({"create_time", "create_time.seconds"}), ElementsAre("OVERLAP"));
  EXPECT_THAT(Faults({"create_time", "create_times"}), ElementsAre("UNKNOWN_PATH"));
  EXPECT_THAT(Faults(std::vector<std::string>(101, "title_es")), ElementsAre("TOO_MANY"));
}

TEST(Mask, LooksAtAMegabyteOfDotsOnce) {
  EXPECT_THAT(Faults({std::string(1 << 20, '.'), "title_es"}), ElementsAre("UNKNOWN_PATH"));
}

TEST(Mask, ShowsTheBeginningOfLongPaths) {
  std::string path = "x";
  for (int i = 0; i < 500; ++i) path += "ñ";  // two bytes each: byte 100 is within one
  const auto faults = CheckMask(Mask({path, path + ".z"}), *ProgramVersion::descriptor());
  ASSERT_EQ(faults.size(), 2u);
  for (const auto& fault : faults) {
    EXPECT_LT(fault.es.size(), 400u) << fault.rule;
    EXPECT_TRUE(Normalize(fault.es)) << fault.rule << ": not UTF-8";
  }
}

TEST(Mask, SaysWhatAnUpdateMeans) {
  ProgramVersion before;
  before.set_name("programs/p/versions/1");
  before.set_title_es("Antes");
  before.set_level("mnc:5");
  before.set_credits_e4(5);
  before.set_etag("v1");
  before.add_outcomes()->set_code("a");
  ProgramVersion incoming;
  incoming.set_name("programs/other/versions/1");
  incoming.set_title_es("Después");
  incoming.set_credits_e4(9);
  incoming.set_etag("v7");
  incoming.add_outcomes()->set_code("b");
  const auto apply = [&](const std::vector<std::string>& paths) {
    ProgramVersion after = before;
    ApplyMask(incoming, Mask(paths), after);
    EXPECT_EQ(after.name(), before.name());  // whatever the mask says
    EXPECT_EQ(after.credits_e4(), 5);
    EXPECT_EQ(after.etag(), "v1");
    return after;
  };
  const ProgramVersion one = apply({"title_es", "name", "credits_e4", "etag"});
  EXPECT_EQ(one.title_es(), "Después");
  EXPECT_EQ(one.level(), "mnc:5");
  EXPECT_EQ(one.outcomes(0).code(), "a");
  const ProgramVersion set = apply({});
  EXPECT_EQ(set.title_es(), "Después");
  EXPECT_EQ(set.level(), "mnc:5");
  ASSERT_EQ(set.outcomes_size(), 1);  // replaced, not added to
  EXPECT_EQ(set.outcomes(0).code(), "b");
  const ProgramVersion all = apply({"*"});
  EXPECT_EQ(all.level(), "");
  EXPECT_EQ(apply({"level"}).level(), "");
  // A mask of nothing but what the server says changes nothing, rather than everything.
  EXPECT_EQ(apply({"name"}).SerializeAsString(), before.SerializeAsString());
}

TEST(Mask, ImmutableFieldsStay) {
  ProgramVersion before, after;
  before.set_organization("organizations/a");
  after.set_organization("organizations/a");
  after.set_title_es("x");
  EXPECT_THAT(CheckImmutable(before, after, "program_version"), IsEmpty());
  after.set_organization("organizations/b");
  EXPECT_THAT(CheckImmutable(before, after, "program_version"),
              ElementsAre(::testing::Field(&Violation::field, "program_version.organization")));
}

TEST(UpdateRequest, IsCheckedForItsMaskAndNotForWhatTheMaskLeavesOut) {
  const FieldChecker checker(UpdateProgramVersionRequest::descriptor());
  UpdateProgramVersionRequest request;
  ProgramVersion& version = *request.mutable_program_version();
  version.set_name("programs/p/versions/1");
  version.set_workload_hours(-5);  // not in the mask
  version.set_credits_e4(9);
  *request.mutable_update_mask() = Mask({"title_es"});
  EXPECT_OK(checker.Check(request));
  EXPECT_EQ(version.credits_e4(), 0);  // output-only
  *request.mutable_update_mask() = Mask({"nope"});
  request.set_request_id("nope");
  const absl::Status faults = checker.Check(request);
  EXPECT_EQ(MetadataOf(faults, "count"), "2");
  request.Clear();
  EXPECT_EQ(MetadataOf(checker.Check(request), "field"), "program_version");
}

}  // namespace
}  // namespace puente::fields
