#include "modules/labor/errors.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"

namespace puente::labor {
namespace {

TEST(Catalogue, HasBothTextsADomainAndReasonsOfItsOwn) {
  std::set<std::string> reasons;
  for (const ErrorSpec* spec : error::kCatalogue) {
    SCOPED_TRACE(std::string(spec->reason));
    EXPECT_TRUE(reasons.insert(std::string(spec->reason)).second);
    EXPECT_EQ(spec->domain, "labor.puente");
    EXPECT_NE(spec->es, spec->en);
    EXPECT_TRUE(absl::EndsWith(spec->es, ".") && absl::EndsWith(spec->en, "."));
    for (const char c : spec->reason) EXPECT_TRUE(absl::ascii_isupper(c) || c == '_');
  }
}

}  // namespace
}  // namespace puente::labor
