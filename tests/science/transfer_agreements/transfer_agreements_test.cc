// The life of a transfer agreement.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "common/context/clock.h"
#include "common/context/values.h"
#include "modules/science/module.h"
#include "puente/science/v1/technology.grpc.pb.h"
#include "puente/science/v1/transfer_agreement.grpc.pb.h"
#include "tests/testing/database.h"
#include "tests/testing/hosted.h"
#include "tests/testing/status.h"

namespace puente::science {
namespace {

using ::puente::testing::Called;
using ::puente::testing::Database;
using ::puente::testing::HasReason;
using ::puente::testing::HostedModule;
using ::testing::ElementsAre;
using Stub = v1::TransferAgreementService::Stub;

class TransferAgreements : public ::testing::Test {
 protected:
  TransferAgreements()
      : science_(Science(), Database::Shared().NewSchema(Science().migrations), "agency/science"),
        stub_(v1::TransferAgreementService::NewStub(science_.channel())) {
    v1::CreateTechnologyRequest request;
    request.set_technology_id("robots");
    v1::Technology& technology = *request.mutable_technology();
    technology.set_label_es("Robots");
    technology.set_label_en("Robots");
    technology.set_readiness_level(9);
    technology.set_evidence("En uso");
    technology.set_source("test");
    technology.set_record_kind(type::v1::RECORD_KIND_REAL);
    EXPECT_OK(Called(*v1::TechnologyService::NewStub(science_.channel()),
                     &v1::TechnologyService::Stub::CreateTechnology, request));
  }

  static v1::CreateTransferAgreementRequest Draft(const std::string& id) {
    v1::CreateTransferAgreementRequest request;
    request.set_transfer_agreement_id(id);
    v1::TransferAgreement& agreement = *request.mutable_transfer_agreement();
    agreement.set_title_es("Licencia de celda robótica");
    agreement.set_kind(v1::TRANSFER_KIND_LICENCE);
    agreement.add_parties("Centro");
    agreement.add_parties("Empresa");
    agreement.set_technology("technologies/robots");
    agreement.add_skills("skills/plc-programming");
    *agreement.mutable_start_date() = ToProto(absl::CivilDay(2026, 2, 1));
    *agreement.mutable_end_date() = ToProto(absl::CivilDay(2027, 12, 31));
    agreement.set_source("test");
    agreement.set_record_kind(type::v1::RECORD_KIND_REAL);
    return request;
  }
  absl::StatusOr<v1::TransferAgreement> Add(const v1::CreateTransferAgreementRequest& request) {
    return Called(*stub_, &Stub::CreateTransferAgreement, request);
  }
  absl::StatusOr<v1::TransferAgreement> Sign(const std::string& name, absl::CivilDay day) {
    v1::SignTransferAgreementRequest request;
    request.set_name(name);
    *request.mutable_sign_date() = ToProto(day);
    return Called(*stub_, &Stub::SignTransferAgreement, request);
  }
  absl::StatusOr<v1::TransferAgreement> Start(const std::string& name) {
    v1::StartTransferAgreementRequest request;
    request.set_name(name);
    return Called(*stub_, &Stub::StartTransferAgreement, request);
  }
  absl::StatusOr<v1::TransferAgreement> Finish(const std::string& name,
                                               const std::string& results) {
    v1::FinishTransferAgreementRequest request;
    request.set_name(name);
    request.set_results(results);
    return Called(*stub_, &Stub::FinishTransferAgreement, request);
  }
  absl::StatusOr<v1::TransferAgreement> End(const std::string& name, const std::string& reason) {
    v1::EndTransferAgreementRequest request;
    request.set_name(name);
    request.set_reason(reason);
    return Called(*stub_, &Stub::EndTransferAgreement, request);
  }
  std::vector<std::string> Listed(const std::string& filter) {
    v1::ListTransferAgreementsRequest request;
    request.set_filter(filter);
    const auto page = Called(*stub_, &Stub::ListTransferAgreements, request);
    EXPECT_OK(page);
    std::vector<std::string> names;
    if (!page.ok()) return names;
    for (const auto& agreement : page->transfer_agreements()) names.push_back(agreement.name());
    return names;
  }

  HostedModule science_;
  const std::unique_ptr<Stub> stub_;
};

TEST_F(TransferAgreements, AreSignedBegunAndFinished) {
  ASSERT_OK_AND_ASSIGN(const auto draft, Add(Draft("cell")));
  const std::string& name = draft.name();
  EXPECT_EQ(draft.state(), v1::TRANSFER_AGREEMENT_STATE_DRAFT);
  EXPECT_FALSE(draft.has_sign_date());
  EXPECT_THAT(Start(name), HasReason("TRANSFER_AGREEMENT_STATE_WRONG"));
  ASSERT_OK_AND_ASSIGN(const auto signed_one, Sign(name, absl::CivilDay(2026, 1, 10)));
  EXPECT_EQ(ToCivilDay(signed_one.sign_date()), absl::CivilDay(2026, 1, 10));
  ASSERT_OK_AND_ASSIGN(const auto running, Start(name));
  EXPECT_EQ(running.state(), v1::TRANSFER_AGREEMENT_STATE_RUNNING);
  EXPECT_THAT(Finish(name, ""), HasReason("INVALID_FIELDS"));
  ASSERT_OK_AND_ASSIGN(const auto finished, Finish(name, "Dos celdas en uso."));
  EXPECT_EQ(finished.state(), v1::TRANSFER_AGREEMENT_STATE_FINISHED);
  EXPECT_EQ(finished.results(), "Dos celdas en uso.");
  EXPECT_EQ(ToCivilDay(finished.sign_date()), absl::CivilDay(2026, 1, 10));
  EXPECT_THAT(End(name, "tarde"), HasReason("TRANSFER_AGREEMENT_STATE_WRONG"));
}

TEST_F(TransferAgreements, AreNotSignedOrBegunOnDaysToCome) {
  const absl::CivilDay today = LegalDay(absl::Now());
  v1::CreateTransferAgreementRequest request = Draft("cell");
  *request.mutable_transfer_agreement()->mutable_start_date() = ToProto(today + 2);
  *request.mutable_transfer_agreement()->mutable_end_date() = ToProto(today + 9);
  ASSERT_OK_AND_ASSIGN(const auto draft, Add(request));
  const absl::Status early = Sign(draft.name(), today + 2).status();
  EXPECT_THAT(early, HasReason("INVALID_FIELDS"));
  EXPECT_EQ(MetadataOf(early, "field"), "sign_date");
  EXPECT_EQ(MetadataOf(early, "rule"), "SIGN_TO_COME");
  ASSERT_OK(Sign(draft.name(), today));
  const absl::Status refused = Start(draft.name()).status();
  EXPECT_THAT(refused, HasReason("TRANSFER_AGREEMENT_TO_COME"));
  EXPECT_EQ(MetadataOf(refused, "start_date"), absl::FormatCivilTime(today + 2));
  EXPECT_OK(End(draft.name(), "sin fondos"));
}

TEST_F(TransferAgreements, AreGivenUpAtAnyTimeBeforeTheirEnd) {
  for (const char* id : {"draft", "signed", "running"}) ASSERT_OK(Add(Draft(id)));
  for (const char* id : {"signed", "running"}) {
    ASSERT_OK(Sign(absl::StrCat("transferAgreements/", id), absl::CivilDay(2026, 1, 10)));
  }
  ASSERT_OK(Start("transferAgreements/running"));
  for (const char* id : {"draft", "signed", "running"}) {
    ASSERT_OK_AND_ASSIGN(const auto ended,
                         End(absl::StrCat("transferAgreements/", id), "sin fondos"));
    EXPECT_EQ(ended.state(), v1::TRANSFER_AGREEMENT_STATE_ENDED);
    EXPECT_EQ(ended.state_reason(), "sin fondos");
  }
}

TEST_F(TransferAgreements, AreReadTogetherWithoutThoseThatThereAreNotIfTheCallSaysSo) {
  for (const char* id : {"a", "b"}) ASSERT_OK(Add(Draft(id)));
  v1::BatchGetTransferAgreementsRequest request;
  for (const char* id : {"absent", "b", "missing", "a"}) {
    request.add_names(absl::StrCat("transferAgreements/", id));
  }
  EXPECT_THAT(Called(*stub_, &Stub::BatchGetTransferAgreements, request),
              HasReason("TRANSFER_AGREEMENT_NOT_FOUND"));
  request.set_allow_missing(true);
  const auto found = Called(*stub_, &Stub::BatchGetTransferAgreements, request);
  ASSERT_OK(found);
  ASSERT_EQ(found->transfer_agreements_size(), 2);
  EXPECT_EQ(found->transfer_agreements(0).name(), "transferAgreements/b");
  EXPECT_EQ(found->transfer_agreements(1).name(), "transferAgreements/a");
  request.add_names("technologies/robots");
  EXPECT_THAT(Called(*stub_, &Stub::BatchGetTransferAgreements, request),
              HasReason("INVALID_NAME"));
}

TEST_F(TransferAgreements, ChangeAsDraftsAlone) {
  ASSERT_OK(Add(Draft("cell")));
  v1::UpdateTransferAgreementRequest update;
  update.mutable_transfer_agreement()->set_name("transferAgreements/cell");
  update.mutable_transfer_agreement()->set_title_en("Robot cell licence");
  ASSERT_OK(Called(*stub_, &Stub::UpdateTransferAgreement, update));
  ASSERT_OK(Sign("transferAgreements/cell", absl::CivilDay(2026, 1, 10)));
  update.mutable_transfer_agreement()->set_title_en("Another");
  EXPECT_THAT(Called(*stub_, &Stub::UpdateTransferAgreement, update),
              HasReason("TRANSFER_AGREEMENT_STATE_WRONG"));
}

TEST_F(TransferAgreements, AreOfATechnologyThatThereIsAndOfDaysInOrder) {
  v1::CreateTransferAgreementRequest request = Draft("cell");
  request.mutable_transfer_agreement()->set_technology("technologies/none");
  EXPECT_THAT(Add(request), HasReason("TECHNOLOGY_NOT_FOUND"));
  request = Draft("cell");
  *request.mutable_transfer_agreement()->mutable_end_date() = ToProto(absl::CivilDay(2026, 1, 31));
  EXPECT_THAT(Add(request), HasReason("INVALID_FIELDS"));
  request = Draft("cell");
  request.mutable_transfer_agreement()->add_parties("Centro");
  EXPECT_THAT(Add(request), HasReason("INVALID_FIELDS"));
}

TEST_F(TransferAgreements, AreListedByStateAndTechnology) {
  for (const char* id : {"a", "b"}) ASSERT_OK(Add(Draft(id)));
  ASSERT_OK(Sign("transferAgreements/b", absl::CivilDay(2026, 1, 10)));
  EXPECT_THAT(Listed("state = SIGNED"), ElementsAre("transferAgreements/b"));
  EXPECT_THAT(Listed("technology = \"technologies/robots\""),
              ElementsAre("transferAgreements/a", "transferAgreements/b"));
}

}  // namespace
}  // namespace puente::science
