// Where certifiers are missing: what Education counts, and who could certify it by the register.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "common/context/clock.h"
#include "common/context/values.h"
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
  void PublishFor(const std::string& organization, const std::string& microcredential, int number) {
    Publish(microcredential, number);
    sql::Connection education(education_schema_);
    ASSERT_TRUE(Becomes([&] {  // Education knows no organization, of whose state it would count it
      return testing::MustCount(education,
                                absl::StrCat("SELECT COUNT(*) FROM uncertified_version WHERE"
                                             " microcredential = '",
                                             microcredential, "'")) > 0;
    }));
    testing::MustExecute(
        education, absl::StrCat("UPDATE microcredential_version SET organization = 'organizations/",
                                organization, "' WHERE microcredential = '", microcredential,
                                "' AND number = ", number));
  }
  // The body, besides welding.
  void CertifyBakingToo() {
    v1::CertifierChange change = Entry(v1::CERTIFIER_CHANGE_KIND_AMEND);
    v1::CertificationScope baking = change.scopes(0);
    baking.set_microcredential("microcredentials/baking");
    *change.add_scopes() = baking;
    Register(change);
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
  EXPECT_FALSE(page.uncertified_versions(1).has_submit_date());
  EXPECT_EQ(page.versions().state(), v1::SECTION_STATE_FRESH);
  EXPECT_EQ(page.waiting().state(), v1::SECTION_STATE_FRESH);
  EXPECT_EQ(baking.waiting().microcredential_version(), "microcredentials/baking/versions/1");
  EXPECT_TRUE(baking.waiting().waiting_count().has_mark()) << "nobody is told to wait";
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
  const auto submitted = List(council).uncertified_versions(0).submit_date();
  EXPECT_EQ(ToCivilDay(submitted), LegalDay(absl::Now()));
  Seen body(*this, "certifier/a", education_.channel());
  ASSERT_OK(Assign(body, "s"));
  EXPECT_TRUE(List(council).uncertified_versions(0).has_submit_date());
  ASSERT_OK(Certify(body, "s"));
  ASSERT_TRUE(HasSoon(council, 0));
}

// What was returned waits again once it is appealed, since that day, however many appeals there are
// of other versions.
TEST_F(Uncertified, VersionsAreAtABodyThatHasAnAppealToAnswer) {
  Seen council(*this, "council/cce", education_.channel());
  ASSERT_TRUE(HasSoon(council, 1));
  Seen body(*this, "certifier/a", education_.channel());
  InReview(body, "s");
  ASSERT_OK(Decide(body, "return", Deciding("s", v1::DECISION_KIND_RETURN)));
  EXPECT_FALSE(List(council).uncertified_versions(0).has_submit_date());
  sql::Connection connection(gateway_schema_);
  testing::MustExecute(connection,
                       "CREATE TEMPORARY TABLE one AS SELECT * FROM decision WHERE id = 'return'");
  testing::MustExecute(connection,
                       absl::StrCat("UPDATE one SET state = ", int{v1::DECISION_STATE_UNDER_APPEAL},
                                    ", submission = 'certifiers/a/submissions/other',"
                                    " create_time = '2026-01-01'"));
  for (int i = 0; i < 1001; ++i) {
    testing::MustExecute(connection, absl::StrCat("UPDATE one SET id = 'other-", i, "'"));
    testing::MustExecute(connection, "INSERT INTO decision SELECT * FROM one");
  }
  ASSERT_OK(Appeal("return"));
  testing::MustExecute(connection,
                       "UPDATE submission SET create_time = create_time - INTERVAL 9 DAY");
  EXPECT_EQ(ToCivilDay(List(council).uncertified_versions(0).submit_date()), LegalDay(absl::Now()));
}

// What others submit of it is between them and the body.
TEST_F(Uncertified, VersionsAreSubmittedByTheirOwner) {
  PublishFor("b", "baking", 1);
  CertifyBakingToo();
  Seen council(*this, "council/cce", education_.channel());
  ASSERT_TRUE(HasSoon(council, 2));
  ASSERT_OK(Submit("s", "a", "baking/versions/1"));
  EXPECT_FALSE(List(council).uncertified_versions(0).has_submit_date());
  ASSERT_OK(Submit("t", "b", "baking/versions/1"));
  EXPECT_TRUE(List(council).uncertified_versions(0).has_submit_date());
  EXPECT_FALSE(List(council).uncertified_versions(1).has_submit_date());
  ASSERT_OK(Submit("u", "a"));  // one of the ministry
  EXPECT_TRUE(List(council).uncertified_versions(1).has_submit_date());
  Register(Leaving(Day(2099, 1, 1)), education_.channel());
  const auto page = List(council);
  for (const auto& version : page.uncertified_versions()) {
    EXPECT_FALSE(version.has_submit_date()) << version.ShortDebugString();
  }
}

// Bodies that come first by id and may not certify it hide none that may.
TEST_F(Uncertified, VersionsHaveAllBodiesThatMay) {
  v1::CertifierChange closed = Entry(v1::CERTIFIER_CHANGE_KIND_ENTER, "a0");
  *closed.mutable_scopes(0)->mutable_end_date() = Day(2020, 2, 1);
  Register(closed);
  Register(Leaving(Day(2099, 1, 1)), education_.channel());
  sql::Connection connection(gateway_schema_);
  const auto copy = [&](const char* table, const char* id) {
    const std::string all = absl::StrCat("CREATE TEMPORARY TABLE one AS SELECT * FROM ", table,
                                         " WHERE ", id, " = 'a0'");
    testing::MustExecute(connection, all);
    for (int i = 1; i <= 24; ++i) {
      testing::MustExecute(connection, absl::StrCat("UPDATE one SET ", id, " = 'a", i, "'"));
      testing::MustExecute(connection, absl::StrCat("INSERT INTO ", table, " SELECT * FROM one"));
    }
    testing::MustExecute(connection, "DROP TEMPORARY TABLE one");
  };
  copy("certifier", "id");
  copy("certifier_scope", "of_id");
  Register(Entry(v1::CERTIFIER_CHANGE_KIND_ENTER, "z"));
  Seen council(*this, "council/cce", education_.channel());
  ASSERT_TRUE(HasSoon(council, 1));
  const auto page = List(council);
  EXPECT_THAT(page.uncertified_versions(0).certifiers(), ElementsAre("certifiers/z"));
  EXPECT_FALSE(page.uncertified_versions(0).more_certifiers());
}

TEST_F(Uncertified, VersionsHaveNoBodyWithAConflict) {
  PublishFor("partial", "baking", 1);
  CertifyBakingToo();
  Seen council(*this, "council/cce", education_.channel());
  ASSERT_TRUE(HasSoon(council, 2));
  const auto page = List(council);
  EXPECT_EQ(page.uncertified_versions(0).version().organization(), "organizations/partial");
  EXPECT_THAT(page.uncertified_versions(0).certifiers(), IsEmpty());
  EXPECT_THAT(page.uncertified_versions(1).certifiers(), ElementsAre(kBody));
}

TEST_F(Uncertified, PagesHaveAHundredVersionsAtMost) {
  Seen council(*this, "council/cce", education_.channel());
  ASSERT_TRUE(HasSoon(council, 1));
  sql::Connection connection(education_schema_);
  for (const std::string table :
       {"microcredential_version", "certification_coverage", "uncertified_version"}) {
    testing::MustExecute(connection, absl::StrCat("CREATE TEMPORARY TABLE one_", table,
                                                  " AS SELECT * FROM ", table));
    for (int i = 0; i < 100; ++i) {
      testing::MustExecute(connection,
                           absl::StrCat("UPDATE one_", table, " SET microcredential = 'm", i, "'"));
      testing::MustExecute(connection,
                           absl::StrCat("INSERT INTO ", table, " SELECT * FROM one_", table));
    }
  }
  v1::ListUncertifiedVersionsRequest request;
  request.set_page_size(1000);
  auto stub = v1::CertificationService::NewStub(council.hosted.channel());
  const auto page = Called(*stub, &Stub::ListUncertifiedVersions, request);
  ASSERT_OK(page);
  EXPECT_EQ(page->uncertified_versions_size(), 100);
  EXPECT_FALSE(page->next_page_token().empty());
}

TEST_F(Uncertified, VersionsAreNotKnownWithoutEducation) {
  Seen council(*this, "council/cce");
  const auto page = List(council);
  EXPECT_EQ(page.versions().state(), v1::SECTION_STATE_MISSING);
  EXPECT_EQ(page.bodies().state(), v1::SECTION_STATE_NOT_ASKED);
  EXPECT_THAT(page.uncertified_versions(), IsEmpty());
  EXPECT_FALSE(page.has_counts());
}

}  // namespace
}  // namespace puente::gateway
