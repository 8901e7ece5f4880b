// Nobody speaks as another: whose source a vacancy names, and what kind of record it is.
#include <gmock/gmock.h>

#include "tests/labor/vacancies/hosted.h"

namespace puente::labor {
namespace {

using ::puente::testing::Called;
using ::puente::testing::HasReason;

// The portal, whose sources are "test" and "portal-del-empleo".
class Sources : public LaborService {
 protected:
  absl::StatusOr<v1::Vacancy> CreateAs(const std::string& caller,
                                       const v1::CreateVacancyRequest& request) {
    testing::HostedModule module(Labor(), target_, caller, Config());
    VacancyStub stub(module.channel());
    return Called(stub, &VacancyStub::CreateVacancy, request);
  }
};

// A supplier like the portal, whose sources are others.
class AnotherSupplier : public LaborService {
 protected:
  AnotherSupplier() : LaborService("supplier/other") {}
};

void ExpectNotItsSource(const absl::Status& refused, const std::string& field,
                        const std::string& sources) {
  EXPECT_THAT(refused, HasReason("INVALID_FIELDS"));
  EXPECT_EQ(MetadataOf(refused, "field"), field);
  EXPECT_EQ(MetadataOf(refused, "rule"), "NOT_YOUR_SOURCE");
  EXPECT_THAT(ToGrpc(refused, Locale::kEnglish).error_details(), ::testing::HasSubstr(sources));
}

v1::CreateVacancyRequest Without(v1::CreateVacancyRequest request) {
  request.mutable_vacancy()->clear_source();
  request.mutable_vacancy()->clear_record_kind();
  return request;
}

TEST_F(Sources, AreASuppliersOwn) {
  auto request = Welder("w");
  for (const char* own : {"test", "portal-del-empleo"}) {
    request.set_vacancy_id(own);
    request.mutable_vacancy()->set_source(own);
    ASSERT_OK_AND_ASSIGN(const auto created, Create(request));
    EXPECT_EQ(created.source(), own);
  }
  request.set_vacancy_id("of-another");
  request.mutable_vacancy()->set_source("supplier.other");
  ExpectNotItsSource(Create(request).status(), "vacancy.source", "test, portal-del-empleo");
}

TEST_F(Sources, AreTheFirstOneOrThePathWhereNoneIsGiven) {
  ASSERT_OK_AND_ASSIGN(const auto first, Create(Without(Welder("first"))));
  EXPECT_EQ(first.source(), "test");
  ASSERT_OK_AND_ASSIGN(const auto path, CreateAs("supplier/other", Without(Welder("path"))));
  EXPECT_EQ(path.source(), "supplier.other");
  const std::string long_id(63, 'x');
  const absl::Status refused = CreateAs("supplier/" + long_id, Without(Welder("long"))).status();
  EXPECT_THAT(refused, HasReason("INVALID_FIELDS"));
  EXPECT_EQ(MetadataOf(refused, "rule"), "NO_SOURCE");
}

TEST_F(Sources, AreWhatLaborSaysOfItsOwnRecords) {
  auto request = Welder("w");
  request.mutable_vacancy()->set_source("portal-del-empleo");
  request.mutable_vacancy()->set_record_kind(type::v1::RECORD_KIND_GENERATED);
  ASSERT_OK_AND_ASSIGN(const auto created, CreateAs("agency/labor", request));
  EXPECT_EQ(created.source(), "portal-del-empleo");
  EXPECT_EQ(created.record_kind(), type::v1::RECORD_KIND_GENERATED);
  const absl::Status unsaid = CreateAs("agency/labor", Without(Welder("unsaid"))).status();
  EXPECT_THAT(unsaid, HasReason("INVALID_FIELDS"));
  EXPECT_EQ(MetadataOf(unsaid, "rule"), "REQUIRED");
  EXPECT_EQ(MetadataOf(unsaid, "count"), "2");
}

TEST_F(Sources, TheKindIsWhatTheRegistrySaysWhateverIsAsked) {
  auto request = Welder("w");
  request.mutable_vacancy()->clear_source();
  ASSERT_OK_AND_ASSIGN(const auto sample, CreateAs("supplier/muestra", request));
  EXPECT_EQ(sample.record_kind(), type::v1::RECORD_KIND_GENERATED);
  request.set_vacancy_id("real");
  request.mutable_vacancy()->set_record_kind(type::v1::RECORD_KIND_GENERATED);
  ASSERT_OK_AND_ASSIGN(const auto real, Create(request));
  EXPECT_EQ(real.record_kind(), type::v1::RECORD_KIND_REAL);
}

TEST_F(AnotherSupplier, DoesNotLoadRowsBeforeTheirOwnerDoes) {
  v1::LoadVacanciesHeader header;
  header.set_source("portal-del-empleo");
  ExpectNotItsSource(LoadAs(header, Rows(1)).status(), "header.source", "supplier.other");
  header.set_validate_only(true);
  ExpectNotItsSource(LoadAs(header, Rows(1)).status(), "header.source", "supplier.other");
  EXPECT_EQ(Stored(), 0);
}

TEST_F(Sources, OfAFileAreItsSuppliersAndGiveItsRowsTheirIds) {
  ASSERT_OK_AND_ASSIGN(const auto loaded, Load(Rows(1)));
  EXPECT_EQ(loaded.loaded_count(), 1);
  v1::ListVacanciesRequest list;
  list.set_filter("record_kind = REAL AND state = OPEN");
  ASSERT_OK_AND_ASSIGN(const auto all, Called(vacancies_, &VacancyStub::ListVacancies, list));
  const std::string id = all.vacancies(0).name().substr(std::string("vacancies/").size());
  testing::MustExecute(connection_, "DELETE FROM vacancy");
  // Nobody, not under a source of its own either, stands where the row will come.
  auto taken = Without(Welder(id));
  const absl::Status refused = CreateAs("supplier/other", taken).status();
  EXPECT_THAT(refused, HasReason("INVALID_FIELDS"));
  EXPECT_EQ(MetadataOf(refused, "field"), "vacancy_id");
  EXPECT_EQ(MetadataOf(refused, "rule"), "ID_OF_ROW");
  ASSERT_OK_AND_ASSIGN(const auto again, Load(Rows(1)));
  EXPECT_EQ(again.loaded_count(), 1) << "not unchanged";
  EXPECT_OK(Close("vacancies/" + id, v1::CLOSE_REASON_FILLED));
}

}  // namespace
}  // namespace puente::labor
