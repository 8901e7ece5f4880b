#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "modules/education/errors.h"
#include "modules/education/microcredential_versions/resource.h"
#include "modules/education/module.h"
#include "puente/education/v1/microcredential.grpc.pb.h"
#include "puente/education/v1/organization.grpc.pb.h"
#include "tests/agencies/bundled.h"
#include "tests/agencies/contract.h"
#include "tests/education/requests.h"
#include "tests/testing/counted.h"
#include "tests/testing/database.h"
#include "tests/testing/hosted.h"
#include "tests/testing/status.h"

namespace puente::education {
namespace {

using ::puente::testing::BundledRequests;
using ::puente::testing::Called;
using ::puente::testing::Database;
using ::puente::testing::HasReason;
using ::puente::testing::HostedModule;
using ::puente::testing::SetCounted;
using ::testing::ElementsAre;
using Stub = v1::MicrocredentialService::Stub;

struct Client {
  explicit Client(const sql::Target& database, const std::string& caller = "agency/education")
      : hosted(Education(), database, caller),
        stub(v1::MicrocredentialService::NewStub(hosted.channel())) {}

  absl::StatusOr<v1::MicrocredentialVersion> Create(
      const v1::CreateMicrocredentialVersionRequest& request) {
    return Called(*stub, &Stub::CreateMicrocredentialVersion, request);
  }
  absl::StatusOr<v1::MicrocredentialVersion> Publish(const std::string& name,
                                                     const std::string& etag = "",
                                                     std::string* freshness = nullptr) {
    v1::PublishMicrocredentialVersionRequest request;
    request.set_name(name);
    request.set_etag(etag);
    return Called(*stub, &Stub::PublishMicrocredentialVersion, request, freshness);
  }
  absl::StatusOr<v1::MicrocredentialVersion> Get(const std::string& name) {
    v1::GetMicrocredentialVersionRequest request;
    request.set_name(name);
    return Called(*stub, &Stub::GetMicrocredentialVersion, request);
  }
  // Names of all pages of a list, `size` a page.
  absl::StatusOr<std::vector<std::string>> List(const std::string& parent,
                                                const std::string& filter = "", int size = 2) {
    v1::ListMicrocredentialVersionsRequest request;
    request.set_parent(parent);
    request.set_filter(filter);
    request.set_page_size(size);
    std::vector<std::string> names;
    do {
      auto page = Called(*stub, &Stub::ListMicrocredentialVersions, request);
      if (!page.ok()) return page.status();
      for (const auto& version : page->microcredential_versions()) names.push_back(version.name());
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
    return names;
  }
  absl::StatusOr<v1::SupplySummary> Summary(const std::string& at_least = "") {
    v1::GetSupplySummaryRequest request;
    request.set_at_least(at_least);
    return Called(*stub, &Stub::GetSupplySummary, request);
  }

  HostedModule hosted;
  std::unique_ptr<Stub> stub;
};

sql::Target NewDatabase() { return Database::Shared().NewSchema(Education().migrations); }

v1::CreateMicrocredentialVersionRequest Welding(const std::string& number = "1",
                                                const std::string& id = "welding-tig") {
  v1::CreateMicrocredentialVersionRequest request = testing::NewMicrocredential(id, 1);
  request.set_microcredential_version_id(number);
  return request;
}

TEST(EducationSchema, FitsItsResources) {
  const sql::Target database = NewDatabase();
  Client client(database);
  puente::testing::ExpectTablesFit(database, "puente.education.v1", 27);
}

TEST(EducationErrors, AreACatalogue) {
  Client client(NewDatabase());
  puente::testing::ExpectErrors("puente.education.v1", error::kAll, "education.puente");
}

TEST(MicrocredentialVersion, IsDraftedPublishedAndThenFinal) {
  Client education(NewDatabase());
  ASSERT_OK_AND_ASSIGN(const auto draft, education.Create(Welding()));
  EXPECT_EQ(draft.name(), "microcredentials/welding-tig/versions/1");
  EXPECT_EQ(draft.state(), v1::MICROCREDENTIAL_STATE_DRAFT);
  EXPECT_FALSE(draft.has_publish_time());
  EXPECT_THAT(education.Publish(draft.name(), "v9"), HasReason("ETAG_MISMATCH"));
  ASSERT_OK_AND_ASSIGN(const auto published, education.Publish(draft.name(), draft.etag()));
  EXPECT_EQ(published.state(), v1::MICROCREDENTIAL_STATE_PUBLISHED);
  EXPECT_TRUE(published.has_publish_time());
  EXPECT_NE(published.etag(), draft.etag());
  ASSERT_OK_AND_ASSIGN(const auto got, education.Get(draft.name()));
  EXPECT_EQ(got.SerializeAsString(), published.SerializeAsString());
  EXPECT_EQ(got.outcomes(0).skills(0), "skills/welding");
  EXPECT_THAT(education.Publish(draft.name()), HasReason("MICROCREDENTIAL_VERSION_NOT_DRAFT"));
}

TEST(MicrocredentialVersion, IsTheNextNumber) {
  Client education(NewDatabase());
  EXPECT_THAT(education.Create(Welding("2")), HasReason("MICROCREDENTIAL_VERSION_NOT_NEXT"));
  ASSERT_OK(education.Create(Welding("1")));
  EXPECT_THAT(education.Create(Welding("1")), HasReason("MICROCREDENTIAL_VERSION_ALREADY_EXISTS"));
  ASSERT_OK(education.Create(Welding("2")));
}

TEST(MicrocredentialVersion, IsRefusedWithMoreHoursThanItsWorkload) {
  Client education(NewDatabase());
  v1::CreateMicrocredentialVersionRequest request = Welding();
  request.mutable_microcredential_version()->set_workload_hours(29);
  EXPECT_THAT(education.Create(request), HasReason("INVALID_FIELDS"));
  EXPECT_THAT(education.Get("microcredentials/welding-tig/versions/1"),
              HasReason("MICROCREDENTIAL_VERSION_NOT_FOUND"));
  EXPECT_THAT(education.Get("microcredentials/welding-tig/versions/1a"), HasReason("INVALID_NAME"));
}

TEST(MicrocredentialVersion, IsListedByNumberNotByText) {
  Client education(NewDatabase());
  std::vector<std::string> want;
  for (int number = 1; number <= 11; ++number) {
    ASSERT_OK(education.Create(Welding(absl::StrCat(number))));
    want.push_back(absl::StrCat("microcredentials/welding-tig/versions/", number));
  }
  ASSERT_OK_AND_ASSIGN(const auto versions, education.List("microcredentials/welding-tig"));
  EXPECT_EQ(versions, want);
  ASSERT_OK(education.Create(Welding("1", "arc")));
  ASSERT_OK(education.Publish("microcredentials/welding-tig/versions/10"));
  ASSERT_OK_AND_ASSIGN(const auto all, education.List("microcredentials/-"));
  ASSERT_EQ(all.size(), 12u);
  EXPECT_EQ(all.front(), "microcredentials/arc/versions/1");
  ASSERT_OK_AND_ASSIGN(const auto published,
                       education.List("microcredentials/-", "state = PUBLISHED"));
  EXPECT_THAT(published, ElementsAre("microcredentials/welding-tig/versions/10"));
  ASSERT_OK_AND_ASSIGN(const auto drafts, education.List("microcredentials/arc",
                                                         "state = MICROCREDENTIAL_STATE_DRAFT"));
  EXPECT_THAT(drafts, ElementsAre("microcredentials/arc/versions/1"));
  EXPECT_THAT(education.List("microcredentials/-", "state = RETIRED"), HasReason("INVALID_FILTER"));
  EXPECT_THAT(education.List("courses/-"), HasReason("INVALID_NAME"));
  v1::BatchGetMicrocredentialVersionsRequest batch;
  batch.add_names(want[9]);
  batch.add_names(want[1]);
  ASSERT_OK_AND_ASSIGN(const auto both,
                       Called(*education.stub, &Stub::BatchGetMicrocredentialVersions, batch));
  EXPECT_EQ(both.microcredential_versions(0).name(), want[9]);
  EXPECT_EQ(both.microcredential_versions(1).name(), want[1]);
}

TEST(SupplySummary, CountsPublishedMicrocredentialsOfOneKind) {
  Client education(NewDatabase());
  for (const char* collection : {"microcredentialVersions", "programVersions"}) {
    ASSERT_OK(SetCounted(education.hosted.channel(), collection, type::v1::RECORD_KIND_GENERATED));
  }
  v1::CreateMicrocredentialVersionRequest generated = Welding("1", "generated");
  generated.mutable_microcredential_version()->set_record_kind(type::v1::RECORD_KIND_GENERATED);
  ASSERT_OK(education.Create(generated));
  ASSERT_OK(education.Publish("microcredentials/generated/versions/1"));
  for (const char* number : {"1", "2"}) {
    ASSERT_OK(education.Create(Welding(number)));
  }
  ASSERT_OK_AND_ASSIGN(const auto sample, education.Summary());
  EXPECT_EQ(sample.record_kind(), type::v1::RECORD_KIND_GENERATED) << "drafts are not supply";
  EXPECT_EQ(sample.microcredential_count(), 1);
  std::string freshness;
  ASSERT_OK(education.Publish("microcredentials/welding-tig/versions/1"));
  ASSERT_OK(education.Publish("microcredentials/welding-tig/versions/2", "", &freshness));
  ASSERT_OK_AND_ASSIGN(const auto still, education.Summary(freshness));
  EXPECT_EQ(still.record_kind(), type::v1::RECORD_KIND_GENERATED) << "real ones flip nothing";
  EXPECT_EQ(still.microcredential_count(), 1);
  EXPECT_EQ(still.program_record_kind(), type::v1::RECORD_KIND_GENERATED);
  ASSERT_OK(SetCounted(education.hosted.channel(), "microcredentialVersions",
                       type::v1::RECORD_KIND_REAL));
  ASSERT_OK_AND_ASSIGN(const auto real, education.Summary(freshness));
  EXPECT_EQ(real.program_record_kind(), type::v1::RECORD_KIND_GENERATED);
  EXPECT_EQ(real.record_kind(), type::v1::RECORD_KIND_REAL);
  EXPECT_EQ(real.microcredential_count(), 1) << "two versions of one";
  EXPECT_EQ(real.seat_count().mark(), type::v1::MARK_MISSING);
  ASSERT_EQ(real.top_skills_size(), 1);
  EXPECT_EQ(real.top_skills(0).skill(), "skills/welding");
  EXPECT_EQ(real.top_skills(0).count().value(), 1);
  EXPECT_THAT(real.sources(), ElementsAre("test"));
  EXPECT_FALSE(real.freshness_token().empty());
}

TEST(SupplySummary, SaysWhatItCannotSplitBy) {
  Client education(NewDatabase(), "council/cce");
  v1::GetSupplySummaryRequest request;
  request.set_sector_table("sectorTables/automotive");
  request.set_state_code("11");
  ASSERT_OK_AND_ASSIGN(const auto summary,
                       Called(*education.stub, &Stub::GetSupplySummary, request));
  EXPECT_THAT(summary.could_not_split(), ElementsAre("sector", "state"));
  EXPECT_THAT(education.Create(Welding()), HasReason("CALLER_REFUSED"));
}

TEST(Sample, OfMicrocredentialsLoadsAndIsPublished) {
  Client education(NewDatabase());
  for (const auto& request :
       BundledRequests<api::v1::CreateCountedKindRequest>("data/education/0-counted-kinds.json")) {
    ASSERT_OK(SetCounted(education.hosted.channel(), request));
  }
  const auto organizations = v1::OrganizationService::NewStub(education.hosted.channel());
  for (const auto& request :
       BundledRequests<v1::CreateOrganizationRequest>("data/education/1-organizations.json")) {
    ASSERT_OK(Called(*organizations, &v1::OrganizationService::Stub::CreateOrganization, request));
  }
  for (const auto& request : BundledRequests<v1::RegisterOrganizationRequest>(
           "data/education/2-organizations-register.json")) {
    ASSERT_OK(Called(*organizations, &v1::OrganizationService::Stub::RegisterOrganization, request,
                     nullptr, "", "registrar-1"));
  }
  const auto drafts = BundledRequests<v1::CreateMicrocredentialVersionRequest>(
      "data/education/3-microcredentials.json");
  for (const auto& request : drafts) ASSERT_OK(education.Create(request));
  const auto published = BundledRequests<v1::PublishMicrocredentialVersionRequest>(
      "data/education/4-microcredentials-publish.json");
  for (const auto& request : published) ASSERT_OK(education.Publish(request.name()));
  EXPECT_EQ(published.size() + 1, drafts.size()) << "one stays a draft";
  ASSERT_OK_AND_ASSIGN(const auto summary, education.Summary());
  EXPECT_EQ(summary.microcredential_count(), static_cast<int64_t>(published.size()));
  EXPECT_EQ(summary.top_skills_size(), 10);
}

}  // namespace
}  // namespace puente::education
