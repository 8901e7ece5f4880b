#include "modules/economy/value_chains/rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "tests/testing/text.h"

namespace puente::economy {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

v1::ValueChain Chain(const std::string& more, const std::string& second = "3361") {
  return testing::Of<v1::ValueChain>(
      absl::StrCat("name: 'valueChains/ev' stages { stage: 'cells' scian_prefixes: '3359' }"
                   " stages { stage: 'cars' scian_prefixes: '33612' scian_prefixes: '",
                   second, "' }", more));
}

std::vector<std::string> Wrong(const v1::ValueChain& chain) {
  std::vector<std::string> wrong;
  for (const Violation& violation : CheckValueChain(chain, "value_chain")) {
    wrong.push_back(absl::StrCat(violation.field.substr(12), " ", violation.rule));
  }
  return wrong;
}

TEST(ValueChainRules, OfLinks) {
  EXPECT_THAT(Wrong(Chain("")), IsEmpty());
  EXPECT_THAT(Wrong(Chain("links { from_stage: 'cells' to_stage: 'cars' }"
                          " links { from_stage: 'cars' to_stage: 'cells' }")),
              IsEmpty());  // what is recycled goes back
  EXPECT_THAT(Wrong(Chain("links { from_stage: 'cells' to_stage: 'boats' }")),
              ElementsAre("links[0].to_stage UNKNOWN_STAGE"));
  EXPECT_THAT(Wrong(Chain("links { from_stage: 'cars' to_stage: 'cars' }")),
              ElementsAre("links[0] LINK_TO_ITSELF"));
  EXPECT_THAT(Wrong(Chain("links { from_stage: 'cells' to_stage: 'cars' }"
                          " links { from_stage: 'cells' to_stage: 'cars' }")),
              ElementsAre("links[1] LINK_REPEATED"));
}

TEST(ValueChainRules, OfClassesThatTwoStagesShare) {
  EXPECT_THAT(Wrong(Chain("", "335911")),
              ElementsAre("stages[1].scian_prefixes[1] STAGES_OVERLAP"));
  EXPECT_THAT(Wrong(Chain("", "33")), ElementsAre("stages[1].scian_prefixes[1] STAGES_OVERLAP"));
}

TEST(ValueChainRules, MakeStagesWhatDemandIsToldOf) {
  Sectors sectors = {{"sectorTables/automotive", {"3361"}}};
  AddStages({Chain("")}, sectors);
  EXPECT_THAT(sectors, ElementsAre(Pair("sectorTables/automotive", ElementsAre("3361")),
                                   Pair("valueChains/ev/stages/cars", ElementsAre("3361", "33612")),
                                   Pair("valueChains/ev/stages/cells", ElementsAre("3359"))));
  EXPECT_TRUE(IsSectorTable(sectors.begin()->first));
  EXPECT_FALSE(IsSectorTable(sectors.rbegin()->first));
}

}  // namespace
}  // namespace puente::economy
