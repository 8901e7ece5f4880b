// What is decided at once, each round by threads of their own: one wins and the other is told, or
// both stand side by side.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "common/context/values.h"
#include "tests/gateway/decisions.h"

namespace puente::gateway {
namespace {

using ::puente::testing::Becomes;
using ::puente::testing::Called;
using ::puente::testing::HasReason;
using ::testing::AnyOf;

constexpr int kRounds = 6;
constexpr char kCeneval[] = "certifiers/ceneval";

std::string Microcredential(int round) { return absl::StrCat("m", round); }

v1::CertifierChange WithScopes(v1::CertifierChange entry) {
  for (int round = 0; round < kRounds; ++round) {
    v1::CertificationScope& scope = *entry.add_scopes();
    scope.set_microcredential("microcredentials/" + Microcredential(round));
    scope.set_later_versions(true);
    *scope.mutable_start_date() = Day(2020, 1, 1);
  }
  return entry;
}

class Races : public Decisions {
 protected:
  Races() {
    Register(WithScopes(Entry(v1::CERTIFIER_CHANGE_KIND_AMEND)));
    Register(WithScopes(Entry(v1::CERTIFIER_CHANGE_KIND_ENTER, "ceneval")));
  }
  // Submits version 1 to a body and opens its dossier, under one id.
  void Prepare(const std::string& parent, Seen& body, const std::string& id,
               const std::string& microcredential) {
    {
      Seen school(*this, "organization/a");
      v1::CreateSubmissionRequest submit;
      submit.set_parent(parent);
      submit.set_submission_id(id);
      submit.mutable_submission()->set_organization("organizations/a");
      submit.mutable_submission()->set_microcredential_version(
          absl::StrCat("microcredentials/", microcredential, "/versions/1"));
      ASSERT_OK(
          Called(*school.submissions, &v1::SubmissionService::Stub::CreateSubmission, submit));
    }
    v1::AssignSubmissionRequest assign;
    assign.set_name(absl::StrCat(parent, "/submissions/", id));
    assign.set_reviewer(kReviewer);
    ASSERT_OK(Called(*body.submissions, &v1::SubmissionService::Stub::AssignSubmission, assign,
                     nullptr, "", kReviewer));
    v1::OpenDossierRequest open;
    open.set_submission(assign.name());
    open.set_dossier_id(id);
    ASSERT_OK(Called(*body.dossiers, &v1::DossierService::Stub::OpenDossier, open, nullptr, "",
                     kReviewer));
  }
  static absl::StatusOr<v1::Decision> CertifyBy(const std::string& parent, Seen& body,
                                                const std::string& id) {
    v1::CreateDecisionRequest request;
    request.set_parent(parent);
    request.set_decision_id(id);
    *request.mutable_decision() = Certifying(id, id);
    request.mutable_decision()->set_submission(absl::StrCat(parent, "/submissions/", id));
    return Called(*body.decisions, &v1::DecisionService::Stub::CreateDecision, request, nullptr, "",
                  kReviewer);
  }
  int Certifying(const std::string& microcredential) {
    education::v1::GetCertificationStatusRequest request;
    request.set_microcredential_version(
        absl::StrCat("microcredentials/", microcredential, "/versions/1"));
    auto stub = education::v1::CertificationService::NewStub(education_.channel());
    const auto status =
        Called(*stub, &education::v1::CertificationService::Stub::GetCertificationStatus, request);
    EXPECT_OK(status);
    return status.ok() ? status->certifications_size() : -1;
  }
  using Decisions::Certifying;
};

TEST_F(Races, OfSubmissionsOfAVersionOneIsOpen) {
  for (int round = 0; round < kRounds; ++round) {
    std::vector<absl::StatusOr<v1::Submission>> made(2, absl::UnknownError(""));
    std::vector<std::thread> threads;
    for (size_t i = 0; i < made.size(); ++i) {
      threads.emplace_back([&, i] {
        made[i] = Submit(absl::StrCat("s", round, "-", i), "a",
                         absl::StrCat(Microcredential(round), "/versions/1"));
      });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_NE(made[0].ok(), made[1].ok()) << round;
    EXPECT_THAT(made[made[0].ok() ? 1 : 0], HasReason("SUBMISSION_OPEN")) << round;
  }
}

TEST_F(Races, OfTwoBodiesBothCertifyTheVersion) {
  Seen one(*this, "certifier/a", education_.channel());
  Seen other(*this, "certifier/ceneval", education_.channel());
  for (int round = 0; round < kRounds; ++round) {
    const std::string id = absl::StrCat("s-", round), of_other = absl::StrCat("t-", round);
    Publish(Microcredential(round), 1);
    Prepare(kBody, one, id, Microcredential(round));
    Prepare(kCeneval, other, of_other, Microcredential(round));
    absl::Status decided;
    std::thread at_once([&] { decided = CertifyBy(kCeneval, other, of_other).status(); });
    EXPECT_OK(CertifyBy(kBody, one, id));
    at_once.join();
    EXPECT_OK(decided);
  }
  for (int round = 0; round < kRounds; ++round) {
    EXPECT_TRUE(Becomes([&] { return Certifying(Microcredential(round)) == 2; })) << round;
  }
}

// Nothing is carried over from what was withdrawn before.
TEST_F(Races, OfCarryingOverAndWithdrawingNeitherOvertakesTheOther) {
  Seen body(*this, "certifier/a", education_.channel());
  int carried = 0;
  for (int round = 0; round < kRounds; ++round) {
    const std::string id = absl::StrCat("s-", round), later = absl::StrCat("later-", round),
                      withdraw = absl::StrCat("withdraw-", round);
    Publish(Microcredential(round), 1);
    Publish(Microcredential(round), 2);
    Prepare(kBody, body, id, Microcredential(round));
    ASSERT_OK(CertifyBy(kBody, body, id));
    ASSERT_TRUE(Reaches(body, id, v1::SUBMISSION_STATE_CERTIFIED));
    absl::StatusOr<v1::Decision> withdrawn;
    absl::Time answered;
    std::thread at_once([&] {
      withdrawn = Decide(body, withdraw, Deciding(id, v1::DECISION_KIND_WITHDRAW));
      answered = absl::Now();
    });
    v1::CarryOverSubmissionRequest request;
    request.set_name(Name(id));
    request.set_microcredential_version(
        absl::StrCat("microcredentials/", Microcredential(round), "/versions/2"));
    request.set_submission_id(later);
    const auto carry = Called(*body.submissions, &v1::SubmissionService::Stub::CarryOverSubmission,
                              request, nullptr, "", kOther);
    at_once.join();
    ASSERT_OK(withdrawn);  // it waits for nobody
    ASSERT_TRUE(Reaches(body, withdraw, v1::DECISION_STATE_IN_FORCE));
    if (!carry.ok()) {
      EXPECT_THAT(carry, AnyOf(HasReason("ACT_UNDER_WAY"), HasReason("CERTIFICATION_NOT_HELD"),
                               HasReason("ETAG_MISMATCH")));
      continue;
    }
    ++carried;
    ASSERT_TRUE(Reaches(body, later, v1::SUBMISSION_STATE_CERTIFIED));
    // A decision's time is that of its call, of which the one that came first may be stored last.
    EXPECT_LE(FromProto(GetDecision(body, later).create_time()), answered);
  }
  RecordProperty("carried_over_first", carried);
}

}  // namespace
}  // namespace puente::gateway
