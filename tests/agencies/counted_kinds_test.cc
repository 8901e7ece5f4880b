// Which kind of records counts is what the agency has set for the day.
#include "common/agency/counted_kinds.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/context/clock.h"
#include "modules/science/module.h"
#include "modules/science/skill_signals/resource.h"
#include "puente/api/v1/server.grpc.pb.h"
#include "tests/testing/counted.h"
#include "tests/testing/database.h"
#include "tests/testing/status.h"

namespace puente {
namespace {

using api::v1::CountedKindService;
using testing::Called;
using testing::Database;
using testing::HasReason;
using testing::HostedModule;
using testing::MustCount;
using testing::SetCounted;
using testing::Setting;
using type::v1::RECORD_KIND_GENERATED;
using type::v1::RECORD_KIND_REAL;

constexpr char kSignals[] = "skillSignals";

class CountedKinds : public ::testing::Test {
 protected:
  CountedKinds()
      : target_(Database::Shared().NewSchema(science::Science().migrations)),
        connection_(target_),
        session_(target_),
        science_(science::Science(), target_, "agency/science"),
        stub_(science_.channel()) {}

  absl::Status Set(const api::v1::CreateCountedKindRequest& request) {
    return SetCounted(science_.channel(), request).status();
  }
  type::v1::RecordKind On(int year) {
    const auto kind =
        agency::CountedKind(session_, science::SkillSignals(), absl::CivilDay(year, 6, 1));
    EXPECT_OK(kind);
    return kind.value_or(type::v1::RECORD_KIND_UNSPECIFIED);
  }
  int64_t Settings() { return MustCount(connection_, "SELECT COUNT(*) FROM counted_kind"); }

  const sql::Target target_;
  sql::Connection connection_;
  sql::Session session_;
  HostedModule science_;
  CountedKindService::Stub stub_;
};

TEST_F(CountedKinds, AreRealWhereNothingIsSet) { EXPECT_EQ(On(2026), RECORD_KIND_REAL); }

TEST_F(CountedKinds, HoldFromTheirDayUntilThatOfALaterSetting) {
  ASSERT_OK(Set(Setting(kSignals, RECORD_KIND_REAL, 2025)));
  ASSERT_OK(Set(Setting(kSignals, RECORD_KIND_GENERATED, 2022)));
  EXPECT_EQ(On(2021), RECORD_KIND_REAL);
  EXPECT_EQ(On(2022), RECORD_KIND_GENERATED);
  EXPECT_EQ(On(2024), RECORD_KIND_GENERATED);
  EXPECT_EQ(On(2025), RECORD_KIND_REAL);
}

TEST_F(CountedKinds, OfOneDayTheOneSetLastHolds) {
  for (const auto kind : {RECORD_KIND_GENERATED, RECORD_KIND_REAL, RECORD_KIND_GENERATED}) {
    ASSERT_OK(Set(Setting(kSignals, kind)));
    EXPECT_EQ(On(2026), kind);
  }
}

TEST_F(CountedKinds, AreTheAgencysOwnToSet) {
  HostedModule another(science::Science(), target_, "agency/labor");
  const auto refused = SetCounted(another.channel(), kSignals, RECORD_KIND_GENERATED).status();
  EXPECT_THAT(refused, HasReason("CALLER_REFUSED"));
  EXPECT_EQ(MetadataOf(refused, "allowed"), "agency/science");
  HostedModule company(science::Science(), target_, "company/acme");
  EXPECT_THAT(SetCounted(company.channel(), kSignals, RECORD_KIND_GENERATED),
              HasReason("CALLER_REFUSED"));
  EXPECT_EQ(Settings(), 0);
}

TEST_F(CountedKinds, AreOfCollectionsThatAreCounted) {
  const auto refused = Set(Setting("technologies", RECORD_KIND_GENERATED));
  EXPECT_THAT(refused, HasReason("INVALID_FIELDS"));
  EXPECT_EQ(MetadataOf(refused, "field"), "counted_kind.collection");
  EXPECT_THAT(ToGrpc(refused, Locale::kEnglish).error_details(), ::testing::HasSubstr(kSignals));
  EXPECT_EQ(Settings(), 0);
}

TEST_F(CountedKinds, AreMadeOnceAndJournaled) {
  auto request = Setting(kSignals, RECORD_KIND_GENERATED);
  request.set_request_id(crypto::Uuid4());
  ASSERT_OK(Set(request));
  ASSERT_OK(Set(request));  // the same call again
  request.clear_request_id();
  EXPECT_THAT(Set(request), HasReason("COUNTED_KIND_ALREADY_EXISTS"));
  request.set_counted_kind_id("checked");
  request.set_validate_only(true);
  ASSERT_OK(Set(request));
  EXPECT_EQ(Settings(), 1);
  EXPECT_EQ(MustCount(connection_, "SELECT COUNT(*) FROM journal_entry"), 1);
}

TEST_F(CountedKinds, AreListedPageByPageTheLastOneFirst) {
  for (const int year : {2020, 2021, 2022}) {
    ASSERT_OK(Set(Setting(kSignals, RECORD_KIND_GENERATED, year)));
  }
  api::v1::ListCountedKindsRequest request;
  request.set_page_size(2);
  ASSERT_OK_AND_ASSIGN(const auto first,
                       Called(stub_, &CountedKindService::Stub::ListCountedKinds, request));
  ASSERT_EQ(first.counted_kinds_size(), 2);
  EXPECT_EQ(first.counted_kinds(0).effective_date().year(), 2022);
  EXPECT_EQ(first.counted_kinds(0).caller(), "agency/science");
  EXPECT_GT(first.counted_kinds(0).create_time().seconds(), 0);
  request.set_page_token(first.next_page_token());
  ASSERT_OK_AND_ASSIGN(const auto last,
                       Called(stub_, &CountedKindService::Stub::ListCountedKinds, request));
  ASSERT_EQ(last.counted_kinds_size(), 1);
  EXPECT_EQ(last.counted_kinds(0).effective_date().year(), 2020);
  EXPECT_EQ(last.next_page_token(), "");
  request.set_page_token("nonsense");
  EXPECT_THAT(Called(stub_, &CountedKindService::Stub::ListCountedKinds, request),
              HasReason("INVALID_PAGE_TOKEN"));
}

}  // namespace
}  // namespace puente
