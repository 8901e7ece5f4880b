// Certifications as Education keeps them, by steps that the gateway takes for certifiers.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/context/clock.h"
#include "common/context/values.h"
#include "modules/education/module.h"
#include "puente/education/v1/certification.grpc.pb.h"
#include "puente/education/v1/microcredential.grpc.pb.h"
#include "tests/education/requests.h"
#include "tests/testing/database.h"
#include "tests/testing/hosted.h"
#include "tests/testing/status.h"
#include "tests/testing/wait.h"

namespace puente::education {
namespace {

using ::puente::testing::Becomes;
using ::puente::testing::Called;
using ::puente::testing::CalledFor;
using ::puente::testing::Database;
using ::puente::testing::HasReason;
using ::puente::testing::HostedModule;
using ::puente::testing::MustCount;
using ::puente::testing::MustExecute;
using ::puente::testing::WaitsFor;
using ::testing::AnyOf;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Stub = v1::CertificationService::Stub;
using Microcredentials = v1::MicrocredentialService::Stub;

constexpr char kVersion[] = "microcredentials/m/versions/1";
constexpr char kCeneval[] = "certifier/ceneval";

// So many days after today, in Mexico City.
absl::CivilDay InDays(int days) { return LegalDay(absl::Now()) + days; }

v1::RecordCertificationRequest Record(const std::string& id, int first, int last,
                                      const std::string& certifier = "ceneval") {
  v1::RecordCertificationRequest request;
  request.set_certification_id(id);
  request.set_microcredential_version(kVersion);
  request.set_submission(absl::StrCat("certifiers/", certifier, "/submissions/s-", id));
  *request.mutable_start_date() = ToProto(InDays(first));
  *request.mutable_end_date() = ToProto(InDays(last));
  request.set_conditions("Con taller propio.");
  *request.mutable_decision_time() = ToProto(absl::Now() + std::min(first, 0) * absl::Hours(24));
  return request;
}

template <class Request>
Request Change(const std::string& id) {
  Request request;
  request.set_name("certifications/" + id);
  *request.mutable_decision_time() = ToProto(absl::Now());
  return request;
}
template <class Request>
Request From(const std::string& id, int day) {
  Request request = Change<Request>(id);
  *request.mutable_state_date() = ToProto(InDays(day));
  request.set_reason("acta 7");
  return request;
}
v1::RenewCertificationRequest Renewal(const std::string& id, int last) {
  auto request = Change<v1::RenewCertificationRequest>(id);
  *request.mutable_end_date() = ToProto(InDays(last));
  return request;
}

class Certifications : public ::testing::Test {
 protected:
  Certifications()
      : target_(Database::Shared().NewSchema(Education().migrations)),
        other_(target_),
        ministry_(Education(), target_, "agency/education"),
        gateway_(Education(), target_, "gateway"),
        microcredentials_(v1::MicrocredentialService::NewStub(ministry_.channel())),
        stub_(v1::CertificationService::NewStub(gateway_.channel())) {
    EXPECT_OK(Draft(1));
    v1::PublishMicrocredentialVersionRequest request;
    request.set_name(kVersion);
    EXPECT_OK(
        Called(*microcredentials_, &Microcredentials::PublishMicrocredentialVersion, request));
  }

  absl::Status Draft(int number) {
    return Called(*microcredentials_, &Microcredentials::CreateMicrocredentialVersion,
                  testing::NewMicrocredential("m", number))
        .status();
  }
  absl::StatusOr<v1::Certification> Do(const v1::RecordCertificationRequest& request,
                                       const std::string& original = kCeneval) {
    return CalledFor(original, *stub_, &Stub::RecordCertification, request);
  }
  absl::StatusOr<v1::Certification> Do(const v1::SuspendCertificationRequest& request,
                                       const std::string& original = kCeneval) {
    return CalledFor(original, *stub_, &Stub::SuspendCertification, request);
  }
  absl::StatusOr<v1::Certification> Do(const v1::ResumeCertificationRequest& request,
                                       const std::string& original = kCeneval) {
    return CalledFor(original, *stub_, &Stub::ResumeCertification, request);
  }
  absl::StatusOr<v1::Certification> Do(const v1::WithdrawCertificationRequest& request,
                                       const std::string& original = kCeneval) {
    return CalledFor(original, *stub_, &Stub::WithdrawCertification, request);
  }
  absl::StatusOr<v1::Certification> Do(const v1::RenewCertificationRequest& request,
                                       const std::string& original = kCeneval) {
    return CalledFor(original, *stub_, &Stub::RenewCertification, request);
  }
  absl::StatusOr<v1::CertificationStatus> StatusOn(absl::CivilDay day,
                                                   const std::string& version = kVersion) {
    v1::GetCertificationStatusRequest request;
    request.set_microcredential_version(version);
    *request.mutable_date() = ToProto(day);
    return CalledFor("council/cce", *stub_, &Stub::GetCertificationStatus, request);
  }
  v1::CertificationState StateOf(const std::string& id) {
    v1::GetCertificationRequest request;
    request.set_name("certifications/" + id);
    const auto found = CalledFor("council/cce", *stub_, &Stub::GetCertification, request);
    EXPECT_OK(found);
    return found.ok() ? found->state() : v1::CERTIFICATION_STATE_UNSPECIFIED;
  }
  // Education ends what a body has certified, which leaves tomorrow.
  absl::StatusOr<v1::EndCertificationsResponse> End(int teach_out,
                                                    const std::string& certifier = "ceneval") {
    v1::EndCertificationsRequest request;
    request.set_certifier("certifiers/" + certifier);
    *request.mutable_state_date() = ToProto(InDays(1));
    *request.mutable_teach_out_date() = ToProto(InDays(teach_out));
    request.set_reason("Cierra.");
    return CalledFor("agency/education", *stub_, &Stub::EndCertifications, request);
  }
  bool Holds(int began, int day, const std::string& state = "") {
    v1::GetCertificationStatusRequest request;
    request.set_microcredential_version(kVersion);
    *request.mutable_begin_date() = ToProto(InDays(began));
    *request.mutable_date() = ToProto(InDays(day));
    request.set_state_code(state);
    const auto status = CalledFor("council/cce", *stub_, &Stub::GetCertificationStatus, request);
    EXPECT_OK(status);
    return status.ok() && status->certified();
  }
  // Who certifies the version on a day, by the ids of certifications.
  std::vector<std::string> HoldingIn(int days) {
    const auto status = StatusOn(InDays(days));
    EXPECT_OK(status);
    std::vector<std::string> names;
    if (!status.ok()) return names;
    for (const auto& certification : status->certifications()) {
      names.push_back(certification.name().substr(std::string("certifications/").size()));
    }
    EXPECT_EQ(status->certified(), !names.empty());
    return names;
  }
  std::vector<std::string> Listed(const std::string& filter) {
    v1::ListCertificationsRequest request;
    request.set_filter(filter);
    const auto page = CalledFor("company/acme", *stub_, &Stub::ListCertifications, request);
    EXPECT_OK(page);
    std::vector<std::string> names;
    if (!page.ok()) return names;
    for (const auto& certification : page->certifications()) {
      names.push_back(certification.name());
    }
    return names;
  }

  const sql::Target target_;
  sql::Connection other_;
  HostedModule ministry_, gateway_;
  const std::unique_ptr<Microcredentials> microcredentials_;
  const std::unique_ptr<Stub> stub_;
};

TEST_F(Certifications, HoldFromTheFirstToTheLastDay) {
  ASSERT_OK_AND_ASSIGN(const auto recorded, Do(Record("c", 2, 30)));
  EXPECT_EQ(recorded.state(), v1::CERTIFICATION_STATE_ACTIVE);
  EXPECT_EQ(recorded.certifier(), "certifiers/ceneval");
  EXPECT_EQ(recorded.source(), "certifier.ceneval");
  EXPECT_EQ(recorded.record_kind(), type::v1::RECORD_KIND_REAL);
  EXPECT_EQ(recorded.conditions(), "Con taller propio.");
  EXPECT_THAT(HoldingIn(1), IsEmpty());
  EXPECT_THAT(HoldingIn(2), ElementsAre("c"));
  EXPECT_THAT(HoldingIn(30), ElementsAre("c"));
  EXPECT_THAT(HoldingIn(31), IsEmpty());
  v1::GetCertificationStatusRequest today;
  today.set_microcredential_version(kVersion);
  ASSERT_OK_AND_ASSIGN(const auto status,
                       CalledFor("council/cce", *stub_, &Stub::GetCertificationStatus, today));
  EXPECT_EQ(ToCivilDay(status.date()), InDays(0));
  EXPECT_FALSE(status.certified());
}

TEST_F(Certifications, OfThePastAreAnsweredAsTheyWere) {
  ASSERT_OK(Do(Record("c", -20, 30)));
  ASSERT_OK(Do(From<v1::SuspendCertificationRequest>("c", 3)));
  ASSERT_OK(Do(From<v1::ResumeCertificationRequest>("c", 6)));
  ASSERT_OK_AND_ASSIGN(const auto withdrawn, Do(From<v1::WithdrawCertificationRequest>("c", 10)));
  EXPECT_EQ(withdrawn.state(), v1::CERTIFICATION_STATE_WITHDRAWN);
  EXPECT_EQ(withdrawn.state_reason(), "acta 7");
  for (const int day : {-20, -1, 0, 2, 6, 9}) EXPECT_THAT(HoldingIn(day), ElementsAre("c")) << day;
  for (const int day : {-21, 3, 5, 10, 30}) EXPECT_THAT(HoldingIn(day), IsEmpty()) << day;
}

TEST_F(Certifications, OfSeveralBodiesHoldSideBySide) {
  ASSERT_OK(Do(Record("c", 0, 30)));
  ASSERT_OK(Do(Record("s", 10, 40, "saber"), "certifier/saber"));
  EXPECT_THAT(HoldingIn(5), ElementsAre("c"));
  EXPECT_THAT(HoldingIn(20), ElementsAre("c", "s"));
  EXPECT_THAT(HoldingIn(35), ElementsAre("s"));
}

TEST_F(Certifications, IsNotDatedBack) {
  v1::RecordCertificationRequest request = Record("c", 0, 30);
  *request.mutable_start_date() = ToProto(InDays(-1));
  EXPECT_THAT(Do(request), HasReason("INVALID_FIELDS"));
}

TEST_F(Certifications, OfOneBodyDoNotOverlap) {
  ASSERT_OK(Do(Record("c", 0, 30)));
  const auto overlapping = Do(Record("d", 30, 60));
  EXPECT_THAT(overlapping, HasReason("CERTIFICATION_OVERLAPS"));
  EXPECT_EQ(MetadataOf(overlapping.status(), "other"), "certifications/c");
  ASSERT_OK(Do(Record("d", 31, 60)));
  EXPECT_THAT(Do(Renewal("c", 31)), HasReason("CERTIFICATION_OVERLAPS"));
  EXPECT_THAT(Do(Record("c", 80, 90)), HasReason("CERTIFICATION_ALREADY_EXISTS"));
  ASSERT_OK(Do(From<v1::WithdrawCertificationRequest>("d", 31)));
  ASSERT_OK_AND_ASSIGN(const auto renewed, Do(Renewal("c", 45)));
  EXPECT_EQ(ToCivilDay(renewed.end_date()), InDays(45));
  EXPECT_THAT(HoldingIn(45), ElementsAre("c"));
}

// Whoever is recorded at once with another waits for it, and then sees it.
TEST_F(Certifications, OfOneBodyDoNotOverlapIfRecordedAtOnce) {
  ASSERT_OK(Do(Record("c", 0, 30)));
  MustExecute(other_, "START TRANSACTION");
  MustExecute(other_, "UPDATE microcredential_version SET guard = guard + 1");
  MustExecute(other_, absl::StrCat("UPDATE certification SET end_date = '",
                                   absl::FormatCivilTime(InDays(50)), "', version = version + 1"));
  absl::Status outcome;
  EXPECT_TRUE(WaitsFor(other_, [&] { outcome = Do(Record("d", 40, 60)).status(); }));
  EXPECT_THAT(outcome, HasReason("CERTIFICATION_OVERLAPS"));
}

TEST_F(Certifications, AreOfPublishedVersions) {
  ASSERT_OK(Draft(2));
  v1::RecordCertificationRequest request = Record("c", 0, 30);
  request.set_microcredential_version("microcredentials/m/versions/2");
  EXPECT_THAT(Do(request), HasReason("MICROCREDENTIAL_VERSION_STATE_WRONG"));
  request.set_microcredential_version("microcredentials/m/versions/3");
  EXPECT_THAT(Do(request), HasReason("MICROCREDENTIAL_VERSION_NOT_FOUND"));
  ASSERT_OK_AND_ASSIGN(const auto draft, StatusOn(InDays(0), "microcredentials/m/versions/2"));
  EXPECT_FALSE(draft.certified());
  EXPECT_THAT(StatusOn(InDays(0), "microcredentials/m/versions/3"),
              HasReason("MICROCREDENTIAL_VERSION_NOT_FOUND"));
}

TEST_F(Certifications, AreListedByVersionBodyAndState) {
  ASSERT_OK(Do(Record("c", 0, 30)));
  ASSERT_OK(Do(Record("d", 31, 60)));
  ASSERT_OK(Do(Record("s", 0, 30, "saber"), "certifier/saber"));
  ASSERT_OK(Do(From<v1::SuspendCertificationRequest>("d", 31)));
  EXPECT_THAT(Listed(absl::StrCat("microcredential_version = \"", kVersion, "\"")),
              ElementsAre("certifications/c", "certifications/d", "certifications/s"));
  EXPECT_THAT(Listed("certifier = \"certifiers/saber\""), ElementsAre("certifications/s"));
  EXPECT_THAT(Listed("certifier = \"certifiers/ceneval\" AND state = SUSPENDED"),
              ElementsAre("certifications/d"));
}

TEST_F(Certifications, ChangeAsTheirStateAndDaysAllow) {
  ASSERT_OK(Do(Record("c", 0, 30)));
  EXPECT_THAT(Do(From<v1::ResumeCertificationRequest>("c", 3)),
              HasReason("CERTIFICATION_STATE_WRONG"));
  EXPECT_THAT(Do(From<v1::SuspendCertificationRequest>("c", -1)), HasReason("INVALID_FIELDS"));
  EXPECT_THAT(Do(From<v1::SuspendCertificationRequest>("c", 31)), HasReason("INVALID_FIELDS"));
  EXPECT_THAT(Do(Renewal("c", 30)), HasReason("INVALID_FIELDS"));
  auto future = From<v1::SuspendCertificationRequest>("c", 5);
  *future.mutable_decision_time() = ToProto(absl::Now() + absl::Hours(2));
  EXPECT_THAT(Do(future), HasReason("INVALID_FIELDS"));
  ASSERT_OK(Do(From<v1::SuspendCertificationRequest>("c", 3)));
  EXPECT_THAT(Do(From<v1::SuspendCertificationRequest>("c", 4)),
              HasReason("CERTIFICATION_STATE_WRONG"));
  ASSERT_OK_AND_ASSIGN(const auto renewed, Do(Renewal("c", 40)));
  EXPECT_EQ(renewed.state(), v1::CERTIFICATION_STATE_SUSPENDED);
  EXPECT_THAT(HoldingIn(35), IsEmpty());
  ASSERT_OK(Do(From<v1::ResumeCertificationRequest>("c", 35)));
  EXPECT_THAT(HoldingIn(40), ElementsAre("c"));
  ASSERT_OK(Do(From<v1::WithdrawCertificationRequest>("c", 36)));
  EXPECT_THAT(Do(Renewal("c", 50)), HasReason("CERTIFICATION_STATE_WRONG"));
  EXPECT_THAT(Do(From<v1::WithdrawCertificationRequest>("c", 36)),
              HasReason("CERTIFICATION_STATE_WRONG"));
}

// The table of states: what each verb leads to from each state, UNSPECIFIED where it is refused.
TEST_F(Certifications, HaveEveryVerbInEveryState) {
  constexpr auto kNo = v1::CERTIFICATION_STATE_UNSPECIFIED;
  constexpr auto kActive = v1::CERTIFICATION_STATE_ACTIVE;
  constexpr auto kSuspended = v1::CERTIFICATION_STATE_SUSPENDED;
  constexpr auto kWithdrawn = v1::CERTIFICATION_STATE_WITHDRAWN;
  struct Row {
    v1::CertificationState from, suspend, resume, withdraw, renew;
  };
  int number = 0;
  for (const Row& row : {Row{kActive, kSuspended, kNo, kWithdrawn, kActive},
                         Row{kSuspended, kNo, kActive, kWithdrawn, kSuspended},
                         Row{kWithdrawn, kNo, kNo, kNo, kNo}}) {
    const std::string id = absl::StrCat("c", ++number);
    const int first = 100 * number;
    ASSERT_OK(Do(Record(id, first, first + 50)));
    if (row.from == kSuspended) {
      ASSERT_OK(Do(From<v1::SuspendCertificationRequest>(id, first)));
    }
    if (row.from == kWithdrawn) {
      ASSERT_OK(Do(From<v1::WithdrawCertificationRequest>(id, first)));
    }
    const auto expect = [&](v1::CertificationState to, auto request) {
      request.set_validate_only(true);
      const auto after = Do(request);
      if (to == kNo) {
        EXPECT_THAT(after, HasReason("CERTIFICATION_STATE_WRONG")) << row.from;
      } else {
        EXPECT_OK(after) << row.from;
        EXPECT_EQ(after.value_or(v1::Certification()).state(), to) << row.from;
      }
    };
    expect(row.suspend, From<v1::SuspendCertificationRequest>(id, first));
    expect(row.resume, From<v1::ResumeCertificationRequest>(id, first));
    expect(row.withdraw, From<v1::WithdrawCertificationRequest>(id, first));
    expect(row.renew, Renewal(id, first + 60));
  }
}

TEST_F(Certifications, ThatEndedStayEnded) {
  ASSERT_OK(Do(Record("old", -30, -1)));
  // Whether it is noted by now makes no difference but in the reason.
  const auto ended =
      AnyOf(HasReason("CERTIFICATION_ENDED"), HasReason("CERTIFICATION_STATE_WRONG"));
  EXPECT_THAT(Do(From<v1::SuspendCertificationRequest>("old", 0)), ended);
  EXPECT_THAT(Do(Renewal("old", 30)), ended);
  EXPECT_TRUE(Becomes([&] { return StateOf("old") == v1::CERTIFICATION_STATE_EXPIRED; }));
  EXPECT_THAT(HoldingIn(-1), ElementsAre("old"));
  ASSERT_OK(Do(Record("new", 0, 30)));
}

TEST_F(Certifications, AreTheirBodysAlone) {
  ASSERT_OK(Do(Record("c", 0, 30)));
  const char* saber = "certifier/saber";
  EXPECT_THAT(Do(Record("d", 40, 50), saber), HasReason("OWNER_MISMATCH"));
  EXPECT_THAT(Do(From<v1::SuspendCertificationRequest>("c", 3), saber),
              HasReason("OWNER_MISMATCH"));
  EXPECT_THAT(Do(From<v1::WithdrawCertificationRequest>("c", 3), saber),
              HasReason("OWNER_MISMATCH"));
  EXPECT_THAT(Do(Renewal("c", 50), saber), HasReason("OWNER_MISMATCH"));
  ASSERT_OK(Do(From<v1::SuspendCertificationRequest>("c", 3)));
  EXPECT_THAT(Do(From<v1::ResumeCertificationRequest>("c", 5), saber), HasReason("OWNER_MISMATCH"));
  EXPECT_THAT(Do(Record("d", 40, 50), "agency/education"), HasReason("CALLER_REFUSED"));
}

TEST_F(Certifications, AreWrittenByTheGatewayAlone) {
  HostedModule ceneval(Education(), target_, kCeneval);
  const auto direct = v1::CertificationService::NewStub(ceneval.channel());
  EXPECT_THAT(Called(*direct, &Stub::RecordCertification, Record("c", 0, 30)),
              HasReason("DELEGATION_REQUIRED"));
  ASSERT_OK(Do(Record("c", 0, 30)));
  const auto suspension = From<v1::SuspendCertificationRequest>("c", 3);
  EXPECT_THAT(Called(*direct, &Stub::SuspendCertification, suspension),
              HasReason("DELEGATION_REQUIRED"));
  EXPECT_THAT(
      Called(*direct, &Stub::ResumeCertification, From<v1::ResumeCertificationRequest>("c", 3)),
      HasReason("DELEGATION_REQUIRED"));
  EXPECT_THAT(
      Called(*direct, &Stub::WithdrawCertification, From<v1::WithdrawCertificationRequest>("c", 3)),
      HasReason("DELEGATION_REQUIRED"));
  EXPECT_THAT(Called(*direct, &Stub::RenewCertification, Renewal("c", 50)),
              HasReason("DELEGATION_REQUIRED"));
  EXPECT_THAT(HoldingIn(3), ElementsAre("c"));
}

TEST_F(Certifications, OfABodyThatLeavesLetThoseFinishWhoBegan) {
  ASSERT_OK(Do(Record("c", 0, 300)));
  ASSERT_OK(Do(Record("short", 400, 500)));
  ASSERT_OK(Do(Record("other", 600, 700, "saber"), "certifier/saber"));
  ASSERT_OK(Do(Record("suspended", 800, 900)));
  ASSERT_OK(Do(From<v1::SuspendCertificationRequest>("suspended", 850)));
  ASSERT_OK(End(200));
  EXPECT_EQ(MustCount(other_, "SELECT COUNT(*) FROM certifier WHERE state_date IS NOT NULL"), 1);
  EXPECT_EQ(MustCount(other_, "SELECT COUNT(*) FROM certifier"), 2);
  EXPECT_EQ(MustCount(other_, "SELECT COUNT(*) FROM due WHERE kind = 'certifications.end'"), 1);
  EXPECT_THAT(End(200), HasReason("CERTIFIER_LEFT"));
  EXPECT_THAT(Do(Record("late", 1000, 1100)), HasReason("CERTIFIER_LEFT"));
  ASSERT_TRUE(Becomes([&] {
    return StateOf("c") == v1::CERTIFICATION_STATE_TEACH_OUT &&
           StateOf("suspended") == v1::CERTIFICATION_STATE_WITHDRAWN;
  }));
  EXPECT_EQ(StateOf("other"), v1::CERTIFICATION_STATE_ACTIVE);
  EXPECT_TRUE(Holds(0, 0)) << "who begins on the day itself";
  EXPECT_TRUE(Holds(0, 1)) << "who began before";
  EXPECT_TRUE(Holds(0, 200)) << "up to the teach-out date";
  EXPECT_FALSE(Holds(0, 201));
  EXPECT_FALSE(Holds(1, 1)) << "nobody begins";
  EXPECT_FALSE(Holds(400, 400)) << "on what lies ahead neither";
  EXPECT_FALSE(Holds(810, 810)) << "nor on what is suspended only later";
  EXPECT_TRUE(Holds(600, 600)) << "another body's";
  EXPECT_THAT(Do(From<v1::SuspendCertificationRequest>("c", 3)),
              HasReason("CERTIFICATION_STATE_WRONG"));
  ASSERT_OK(Do(From<v1::WithdrawCertificationRequest>("c", 30)));  // for cause
  EXPECT_TRUE(Holds(0, 29));
  EXPECT_FALSE(Holds(0, 30));
  EXPECT_THAT(Do(From<v1::ResumeCertificationRequest>("suspended", 860)),
              HasReason("CERTIFICATION_STATE_WRONG"));
}

// A withdrawal that is announced for a later day is none yet.
TEST_F(Certifications, OfABodyThatLeavesEndAlsoWhereTheyAreWithdrawnOnlyLater) {
  ASSERT_OK(Do(Record("c", 0, 300)));
  ASSERT_OK(Do(From<v1::WithdrawCertificationRequest>("c", 100)));
  ASSERT_OK(Do(Record("later", 400, 500)));
  ASSERT_OK(Do(From<v1::WithdrawCertificationRequest>("later", 450)));
  ASSERT_OK(End(200));
  ASSERT_TRUE(Becomes([&] { return StateOf("c") == v1::CERTIFICATION_STATE_TEACH_OUT; }));
  EXPECT_TRUE(Holds(0, 99)) << "who began before may finish while it was to hold";
  EXPECT_FALSE(Holds(0, 100));
  EXPECT_FALSE(Holds(1, 1)) << "nobody begins";
  EXPECT_TRUE(Becomes([&] { return !Holds(400, 400); }));
  EXPECT_TRUE(Becomes([&] {
    return MustCount(other_, "SELECT COUNT(*) FROM due WHERE kind = 'certifications.end'") == 0;
  }));
  EXPECT_EQ(StateOf("later"), v1::CERTIFICATION_STATE_WITHDRAWN);
  ASSERT_OK(Do(From<v1::WithdrawCertificationRequest>("c", 30)));  // for cause
  EXPECT_FALSE(Holds(0, 30));
}

TEST_F(Certifications, ThatAreToHoldNoMoreAreStoppedSooner) {
  ASSERT_OK(Do(Record("c", 0, 30)));
  ASSERT_OK(Do(From<v1::SuspendCertificationRequest>("c", 20)));
  ASSERT_OK(Do(From<v1::SuspendCertificationRequest>("c", 10)));
  EXPECT_THAT(HoldingIn(9), ElementsAre("c"));
  EXPECT_THAT(HoldingIn(10), IsEmpty());
  EXPECT_THAT(Do(From<v1::SuspendCertificationRequest>("c", 10)),
              HasReason("CERTIFICATION_STATE_WRONG"));
  ASSERT_OK(Do(From<v1::ResumeCertificationRequest>("c", 10)));
  ASSERT_OK(Do(From<v1::WithdrawCertificationRequest>("c", 25)));
  EXPECT_THAT(HoldingIn(24), ElementsAre("c"));
  ASSERT_OK_AND_ASSIGN(const auto sooner, Do(From<v1::WithdrawCertificationRequest>("c", 3)));
  EXPECT_EQ(sooner.state(), v1::CERTIFICATION_STATE_WITHDRAWN);
  EXPECT_EQ(ToCivilDay(sooner.state_date()), InDays(3));
  EXPECT_THAT(HoldingIn(2), ElementsAre("c"));
  EXPECT_THAT(HoldingIn(3), IsEmpty());
  EXPECT_THAT(Do(From<v1::WithdrawCertificationRequest>("c", 3)),
              HasReason("CERTIFICATION_STATE_WRONG"));
}

// A clock that is behind decides nothing: what was decided up to the last day is recorded after it.
TEST_F(Certifications, AreRenewedByWhatWasDecidedInTime) {
  ASSERT_OK(Do(Record("c", -20, -1)));
  ASSERT_TRUE(Becomes([&] { return StateOf("c") == v1::CERTIFICATION_STATE_EXPIRED; }));
  auto renewal = Renewal("c", 30);
  *renewal.mutable_decision_time() = ToProto(absl::Now() - absl::Hours(48));
  ASSERT_OK_AND_ASSIGN(const auto renewed, Do(renewal));
  EXPECT_EQ(renewed.state(), v1::CERTIFICATION_STATE_ACTIVE);
  EXPECT_THAT(HoldingIn(0), ElementsAre("c"));
  v1::GetCertificationStatusRequest swapped;
  swapped.set_microcredential_version(kVersion);
  *swapped.mutable_date() = ToProto(InDays(1));
  *swapped.mutable_begin_date() = ToProto(InDays(2));
  EXPECT_THAT(CalledFor("council/cce", *stub_, &Stub::GetCertificationStatus, swapped),
              HasReason("INVALID_FIELDS"));
}

TEST_F(Certifications, HoldInTheirStates) {
  v1::RecordCertificationRequest request = Record("c", 0, 30);
  request.add_state_codes("11");
  request.add_state_codes("14");
  ASSERT_OK_AND_ASSIGN(const auto recorded, Do(request));
  EXPECT_THAT(recorded.state_codes(), ElementsAre("11", "14"));
  EXPECT_TRUE(Holds(0, 0));
  EXPECT_TRUE(Holds(0, 0, "14"));
  EXPECT_FALSE(Holds(0, 0, "09"));
  ASSERT_OK(Do(Record("everywhere", 0, 30, "saber"), "certifier/saber"));
  EXPECT_TRUE(Holds(0, 0, "09"));
}

TEST_F(Certifications, AreListedByTheirLastDays) {
  ASSERT_OK(Do(Record("b", 0, 30)));
  ASSERT_OK(Do(Record("a", 40, 50)));
  ASSERT_OK(Do(Record("c", 60, 70)));
  ASSERT_OK(Do(Renewal("b", 39)));
  ASSERT_OK(Do(From<v1::SuspendCertificationRequest>("c", 65)));
  v1::ListCertificationsRequest request;
  request.set_filter("certifier = \"certifiers/ceneval\" AND state = ACTIVE");
  request.set_order_by("end_date");
  ASSERT_OK_AND_ASSIGN(const auto page,
                       CalledFor("company/acme", *stub_, &Stub::ListCertifications, request));
  ASSERT_EQ(page.certifications_size(), 2);
  EXPECT_EQ(page.certifications(0).name(), "certifications/b");
  EXPECT_EQ(page.certifications(1).name(), "certifications/a");
}

// As the gateway does after it was killed: with the request_id that the act's row has.
TEST_F(Certifications, AreStoredOnceHoweverOftenAStepIsTaken) {
  v1::RecordCertificationRequest record = Record("c", 0, 30);
  record.set_request_id("6a5be8a6-3f1c-4d0e-9a3a-0d1f0c8b7e11");
  ASSERT_OK_AND_ASSIGN(const auto recorded, Do(record));
  auto suspension = From<v1::SuspendCertificationRequest>("c", 3);
  suspension.set_request_id("6a5be8a6-3f1c-4d0e-9a3a-0d1f0c8b7e12");
  ASSERT_OK_AND_ASSIGN(const auto suspended, Do(suspension));
  ASSERT_OK(Do(From<v1::ResumeCertificationRequest>("c", 5)));
  ASSERT_OK_AND_ASSIGN(const auto again, Do(record));
  EXPECT_EQ(again.SerializeAsString(), recorded.SerializeAsString());
  ASSERT_OK_AND_ASSIGN(const auto twice, Do(suspension));
  EXPECT_EQ(twice.SerializeAsString(), suspended.SerializeAsString());
  EXPECT_THAT(HoldingIn(4), IsEmpty());
  EXPECT_THAT(HoldingIn(5), ElementsAre("c")) << "the resumption stands";
}

}  // namespace
}  // namespace puente::education
