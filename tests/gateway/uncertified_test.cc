// Where certifiers are missing: what Education counts, and who could certify it by the register.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "puente/gateway/v1/certification.grpc.pb.h"
#include "tests/gateway/decisions.h"

namespace puente::gateway {
namespace {

using ::puente::testing::Becomes;
using ::puente::testing::Called;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Stub = v1::CertificationService::Stub;

class Uncertified : public Decisions {
 protected:
  static v1::ListUncertifiedVersionsResponse List(Seen& seen) {
    auto stub = v1::CertificationService::NewStub(seen.hosted.channel());
    auto found =
        Called(*stub, &Stub::ListUncertifiedVersions, v1::ListUncertifiedVersionsRequest());
    EXPECT_OK(found);
    return found.ok() ? *std::move(found) : v1::ListUncertifiedVersionsResponse();
  }
  // Education counts soon after.
  static bool HasSoon(Seen& seen, int versions) {
    return Becomes([&] { return List(seen).uncertified_versions_size() == versions; });
  }
};

TEST_F(Uncertified, VersionsHaveTheBodiesThatMayCertifyThem) {
  Publish("baking", 1);
  Seen council(*this, "council/cce", education_.channel());
  ASSERT_TRUE(HasSoon(council, 2));
  const auto page = List(council);
  const auto& baking = page.uncertified_versions(0);
  EXPECT_EQ(baking.version().microcredential_version(), "microcredentials/baking/versions/1");
  EXPECT_THAT(baking.certifiers(), IsEmpty());
  EXPECT_THAT(page.uncertified_versions(1).certifiers(), ElementsAre(kBody));
  EXPECT_FALSE(page.uncertified_versions(1).has_submit_time());
  EXPECT_EQ(page.versions().state(), v1::SECTION_STATE_FRESH);
  // A body of another state, and one that has left, are none.
  v1::CertifierChange elsewhere = Entry(v1::CERTIFIER_CHANGE_KIND_ENTER, "b");
  elsewhere.mutable_scopes(0)->set_microcredential("microcredentials/baking");
  *elsewhere.mutable_scopes(0)->mutable_end_date() = Day(2020, 2, 1);
  Register(elsewhere);
  EXPECT_THAT(List(council).uncertified_versions(0).certifiers(), IsEmpty());
  Register(Leaving(Day(2099, 1, 1)), education_.channel());
  EXPECT_THAT(List(council).uncertified_versions(1).certifiers(), IsEmpty());
}

TEST_F(Uncertified, VersionsAreAtABodyUntilTheyAreCertified) {
  Seen council(*this, "council/cce", education_.channel());
  ASSERT_TRUE(HasSoon(council, 1));
  ASSERT_OK(Submit("s"));
  EXPECT_TRUE(List(council).uncertified_versions(0).has_submit_time());
  Seen body(*this, "certifier/a", education_.channel());
  ASSERT_OK(Assign(body, "s"));
  EXPECT_TRUE(List(council).uncertified_versions(0).has_submit_time());
  ASSERT_OK(Certify(body, "s"));
  ASSERT_TRUE(HasSoon(council, 0));
}

TEST_F(Uncertified, VersionsAreNotKnownWithoutEducation) {
  Seen council(*this, "council/cce");
  const auto page = List(council);
  EXPECT_EQ(page.versions().state(), v1::SECTION_STATE_MISSING);
  EXPECT_THAT(page.uncertified_versions(), IsEmpty());
  EXPECT_FALSE(page.has_counts());
}

}  // namespace
}  // namespace puente::gateway
