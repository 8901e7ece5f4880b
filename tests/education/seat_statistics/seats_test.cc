// What is taught, as programs are published.
#include <thread>

#include "absl/strings/str_cat.h"
#include "modules/education/module.h"
#include "puente/education/v1/campus.grpc.pb.h"
#include "puente/education/v1/credit_rule.grpc.pb.h"
#include "puente/education/v1/microcredential.grpc.pb.h"
#include "puente/education/v1/organization.grpc.pb.h"
#include "puente/education/v1/program.grpc.pb.h"
#include "puente/education/v1/seat_statistics.grpc.pb.h"
#include "tests/education/requests.h"
#include "tests/testing/database.h"
#include "tests/testing/hosted.h"
#include "tests/testing/status.h"
#include "tests/testing/wait.h"

namespace puente::education {
namespace {

using ::puente::testing::Becomes;
using ::puente::testing::Called;
using ::puente::testing::Database;
using ::puente::testing::HasReason;
using ::puente::testing::HostedModule;
using ::puente::testing::MustCount;
using ::puente::testing::MustExecute;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Organizations = v1::OrganizationService;
using Campuses = v1::CampusService;
using Programs = v1::ProgramService;
using Seats = v1::SeatStatisticsService;

constexpr char kCycle[] = "2026-2027";

class SeatsTest : public ::testing::Test {
 protected:
  SeatsTest() {
    for (const char* organization : {"a", "b"}) {
      EXPECT_OK(Called(*organizations_, &Organizations::Stub::CreateOrganization,
                       testing::NewOrganization(organization)));
      for (const auto& [campus, state] : {std::pair("leon", "11"), std::pair("apodaca", "19")}) {
        v1::CreateCampusRequest request = testing::NewCampus(organization, campus);
        request.mutable_campus()->set_state_code(state);
        EXPECT_OK(Called(*campuses_, &Campuses::Stub::CreateCampus, request));
      }
    }
    const auto rules = v1::CreditRuleService::NewStub(hosted_.channel());
    EXPECT_OK(
        Called(*rules, &v1::CreditRuleService::Stub::CreateCreditRule, testing::DefaultRule()));
  }

  static std::string NameOf(const std::string& program, int number) {
    return absl::StrCat("programs/", program, "/versions/", number);
  }

  struct Offer {
    std::string campus;
    int seats = 0;
    int graduates = 0;
  };
  absl::StatusOr<v1::ProgramVersion> Draft(const std::string& program, int number,
                                           const std::string& organization,
                                           const std::vector<std::string>& skills,
                                           const std::vector<Offer>& offers) {
    v1::CreateProgramVersionRequest request = testing::NewProgram(program, number, organization);
    v1::ProgramVersion& version = *request.mutable_program_version();
    for (const std::string& skill : skills) {
      version.mutable_outcomes(0)->add_skills("skills/" + skill);
    }
    for (const Offer& offer : offers) {
      v1::ProgramSeats& seats = *version.add_seats();
      seats.set_period(kCycle);
      seats.set_campus(absl::StrCat("organizations/", organization, "/campuses/", offer.campus));
      seats.set_seats(offer.seats);
      seats.set_graduates(offer.graduates);
    }
    return Called(*programs_, &Programs::Stub::CreateProgramVersion, request);
  }

  absl::Status Publish(const std::string& program, int number) {
    v1::PublishProgramVersionRequest request;
    request.set_name(NameOf(program, number));
    return Called(*programs_, &Programs::Stub::PublishProgramVersion, request, &last_).status();
  }

  void Offered(const std::string& program, int number, const std::string& organization,
               const std::vector<std::string>& skills, const std::vector<Offer>& offers) {
    ASSERT_OK(Draft(program, number, organization, skills, offers));
    ASSERT_OK(Publish(program, number));
  }

  absl::StatusOr<v1::ListSkillSeatsResponse> List(v1::ListSkillSeatsRequest request) {
    request.set_at_least(last_);
    if (request.period().empty()) request.set_period(kCycle);
    return Called(*seats_, &Seats::Stub::ListSkillSeats, request);
  }
  v1::ListSkillSeatsResponse InState(const std::string& code) {
    v1::ListSkillSeatsRequest request;
    request.set_state_code(code);
    auto listed = List(request);
    EXPECT_OK(listed);
    return listed.ok() ? *std::move(listed) : v1::ListSkillSeatsResponse();
  }
  // "welding 40 seats of 1, 1" with its programs and organizations.
  static std::vector<std::string> Told(const v1::ListSkillSeatsResponse& answer) {
    std::vector<std::string> told;
    for (const v1::SkillSeats& skill : answer.skill_seats()) {
      told.push_back(absl::StrCat(skill.skill(), " ", skill.seats().seat_count(), " of ",
                                  skill.seats().program_count(), ", ",
                                  skill.seats().organization_count()));
    }
    return told;
  }

  const sql::Target target_ = Database::Shared().NewSchema(Education().migrations);
  HostedModule hosted_{Education(), target_, "agency/education"};
  const std::unique_ptr<Organizations::Stub> organizations_ =
      Organizations::NewStub(hosted_.channel());
  const std::unique_ptr<Campuses::Stub> campuses_ = Campuses::NewStub(hosted_.channel());
  const std::unique_ptr<Programs::Stub> programs_ = Programs::NewStub(hosted_.channel());
  const std::unique_ptr<Seats::Stub> seats_ = Seats::NewStub(hosted_.channel());
  std::string last_;  // freshness token of the last publication
};

TEST_F(SeatsTest, AreOfTheStatesOfTheirCampuses) {
  Offered("p", 1, "a", {"welding", "english"}, {{"leon", 40, 30}, {"apodaca", 20}});
  Offered("q", 1, "b", {"welding"}, {{"leon", 5}});
  EXPECT_THAT(Told(InState("11")),
              ElementsAre("skills/english 40 of 1, 1", "skills/welding 45 of 2, 2"));
  EXPECT_THAT(Told(InState("19")),
              ElementsAre("skills/english 20 of 1, 1", "skills/welding 20 of 1, 1"));
  EXPECT_THAT(Told(InState("")),
              ElementsAre("skills/english 60 of 1, 1", "skills/welding 65 of 2, 2"));
  EXPECT_THAT(Told(InState("09")), IsEmpty());
  const auto whole = InState("");
  EXPECT_EQ(whole.total().seat_count(), 65) << "each seat once";
  EXPECT_EQ(whole.total().graduate_count(), 30);
  EXPECT_EQ(whole.total().graduate_program_count(), 1) << "of two";
  EXPECT_EQ(whole.period(), kCycle);
  EXPECT_EQ(whole.record_kind(), type::v1::RECORD_KIND_REAL);
  EXPECT_THAT(whole.sources(), ElementsAre("organization.a", "organization.b"));
  EXPECT_THAT(InState("19").sources(), ElementsAre("organization.a"));
}

TEST_F(SeatsTest, AreOfTheNewestPublishedVersionAlone) {
  Offered("p", 1, "a", {"welding"}, {{"leon", 40}});
  ASSERT_OK(Draft("p", 2, "a", {"english"}, {{"leon", 50}}));
  EXPECT_THAT(Told(InState("11")), ElementsAre("skills/welding 40 of 1, 1")) << "2 is a draft";
  Offered("p", 3, "a", {"plc"}, {{"apodaca", 60}});
  EXPECT_THAT(Told(InState("")), ElementsAre("skills/plc 60 of 1, 1"));
  ASSERT_OK(Publish("p", 2));
  EXPECT_THAT(Told(InState("")), ElementsAre("skills/plc 60 of 1, 1")) << "3 is newer";
  Offered("p", 4, "a", {"plc"}, {});
  EXPECT_THAT(Told(InState("")), IsEmpty()) << "the newest states none";
  EXPECT_EQ(InState("").total().organization_count(), 0);
}

TEST_F(SeatsTest, CountAnOrganizationOnceHoweverManyItsPrograms) {
  Offered("p", 1, "a", {"welding"}, {{"leon", 40}});
  Offered("q", 1, "a", {"welding"}, {{"leon", 2}});
  EXPECT_THAT(Told(InState("11")), ElementsAre("skills/welding 42 of 2, 1"));
  Offered("p", 2, "a", {"english"}, {{"leon", 40}});
  EXPECT_THAT(Told(InState("11")),
              ElementsAre("skills/english 40 of 1, 1", "skills/welding 2 of 1, 1"));
}

TEST_F(SeatsTest, CountAnOrganizationOnceAlsoWhereItsProgramsArePublishedAtOnce) {
  constexpr int kPrograms = 8;
  for (int i = 0; i < kPrograms; ++i) {
    ASSERT_OK(Draft(absl::StrCat("p", i), 1, "a", {"welding"}, {{"leon", 1}}));
  }
  std::vector<std::string> tokens(kPrograms);
  std::vector<std::thread> threads;
  for (int i = 0; i < kPrograms; ++i) {
    threads.emplace_back([&, i] {
      v1::PublishProgramVersionRequest request;
      request.set_name(NameOf(absl::StrCat("p", i), 1));
      EXPECT_OK(Called(*programs_, &Programs::Stub::PublishProgramVersion, request, &tokens[i]));
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const std::string& token : tokens) {
    last_ = token;
    ASSERT_OK(List({}));
  }
  EXPECT_THAT(Told(InState("11")), ElementsAre("skills/welding 8 of 8, 1"));
}

TEST_F(SeatsTest, OfTheLargestProgramThatIsTakenArePublishedAndReplacedInOneCall) {
  const auto publish = [&](int number, const std::string& prefix) {
    auto request = testing::NewProgram("large", number, "a");
    v1::ProgramVersion& version = *request.mutable_program_version();
    request.mutable_program_version()->clear_outcomes();
    for (int skill = 0; skill < 50; ++skill) {
      v1::ProgramOutcome& outcome = *version.add_outcomes();
      outcome.set_code(absl::StrCat("o", skill));
      outcome.set_statement("Lo hace.");
      outcome.add_skills(absl::StrCat("skills/", prefix, skill));
    }
    for (int year = 2000; year < 2050; ++year) {
      for (const char* campus : {"leon", "apodaca"}) {
        v1::ProgramSeats& seats = *version.add_seats();
        seats.set_period(absl::StrCat(year, "-", year + 1));
        seats.set_campus(absl::StrCat("organizations/a/campuses/", campus));
        seats.set_seats(1);
      }
    }
    ASSERT_OK(Called(*programs_, &Programs::Stub::CreateProgramVersion, request));
    ASSERT_OK(Publish("large", number));
  };
  publish(1, "old");
  publish(2, "new");
  const auto told = Told(InState("11"));
  ASSERT_EQ(told.size(), 50u);
  EXPECT_EQ(told[0], "skills/new0 1 of 1, 1");
  EXPECT_EQ(InState("").total().organization_count(), 1);
  v1::ListSkillSeatsRequest asked;
  for (int skill = 0; skill < 1000; ++skill) asked.add_skills(absl::StrCat("skills/new", skill));
  asked.set_state_code("19");
  const auto of_skills = List(asked);
  ASSERT_OK(of_skills);
  EXPECT_THAT(of_skills->sources(), ElementsAre("organization.a"));
}

TEST_F(SeatsTest, ComeInPagesAfterASkillOrOfTheSkillsNamed) {
  Offered("p", 1, "a", {"b", "d", "a", "c"}, {{"leon", 7}});
  v1::ListSkillSeatsRequest request;
  request.set_state_code("11");
  request.set_page_size(3);
  ASSERT_OK_AND_ASSIGN(const auto first, List(request));
  EXPECT_THAT(Told(first),
              ElementsAre("skills/a 7 of 1, 1", "skills/b 7 of 1, 1", "skills/c 7 of 1, 1"));
  request.set_page_token(first.next_page_token());
  ASSERT_OK_AND_ASSIGN(const auto second, List(request));
  EXPECT_THAT(Told(second), ElementsAre("skills/d 7 of 1, 1"));
  EXPECT_EQ(second.next_page_token(), "");
  request.set_state_code("19");
  EXPECT_THAT(List(request), HasReason("INVALID_PAGE_TOKEN"));
  request.clear_page_token();
  request.set_state_code("11");
  request.set_after("skills/b");
  ASSERT_OK_AND_ASSIGN(const auto after, List(request));
  EXPECT_THAT(Told(after), ElementsAre("skills/c 7 of 1, 1", "skills/d 7 of 1, 1"));
  request.clear_after();
  for (const char* skill : {"skills/none", "skills/d"}) request.add_skills(skill);
  ASSERT_OK_AND_ASSIGN(const auto named, List(request));
  EXPECT_THAT(Told(named), ElementsAre("skills/d 7 of 1, 1", "skills/none 0 of 0, 0"));
  EXPECT_FALSE(named.has_total()) << "of several skills that would be another number";
}

TEST_F(SeatsTest, NameACampusOfTheirOrganizationThatIsStillThere) {
  EXPECT_THAT(Draft("p", 1, "a", {}, {{"absent", 1}}), HasReason("CAMPUS_NOT_FOUND"));
  v1::CreateProgramVersionRequest request = testing::NewProgram("p", 1, "a");
  v1::ProgramSeats& seats = *request.mutable_program_version()->add_seats();
  seats.set_period(kCycle);
  EXPECT_THAT(Called(*programs_, &Programs::Stub::CreateProgramVersion, request),
              HasReason("INVALID_FIELDS"));
  seats.set_campus("organizations/b/campuses/leon");
  EXPECT_THAT(Called(*programs_, &Programs::Stub::CreateProgramVersion, request),
              HasReason("INVALID_FIELDS"));
  ASSERT_OK(Draft("p", 1, "a", {"welding"}, {{"leon", 40}}));
  v1::DeleteCampusRequest closing;
  closing.set_name("organizations/a/campuses/leon");
  ASSERT_OK(Called(*campuses_, &Campuses::Stub::DeleteCampus, closing));
  EXPECT_THAT(Publish("p", 1), HasReason("CAMPUS_NOT_FOUND"));
}

TEST_F(SeatsTest, KeepTheStateThatTheirCampusHad) {
  Offered("p", 1, "a", {"welding"}, {{"leon", 40}});
  v1::UpdateCampusRequest moving;
  moving.mutable_campus()->set_name("organizations/a/campuses/leon");
  moving.mutable_campus()->set_state_code("22");
  ASSERT_OK(Called(*campuses_, &Campuses::Stub::UpdateCampus, moving));
  ASSERT_OK(Draft("p", 2, "a", {"welding"}, {{"leon", 41}}));
  EXPECT_THAT(Told(InState("11")), ElementsAre("skills/welding 40 of 1, 1"));
  ASSERT_OK(Publish("p", 2));
  EXPECT_THAT(Told(InState("11")), IsEmpty());
  EXPECT_THAT(Told(InState("22")), ElementsAre("skills/welding 41 of 1, 1"));
}

TEST_F(SeatsTest, OfWhoHasWithdrawnCountNoMore) {
  Offered("p", 1, "a", {"welding"}, {{"leon", 40}});
  Offered("q", 1, "a", {"welding"}, {{"apodaca", 5}});
  Offered("r", 1, "b", {"welding"}, {{"leon", 2}});
  const auto decide = [&]<class Request>(auto method, Request request) {
    request.set_name("organizations/a");
    request.set_reason("acta 1");
    ASSERT_OK(Called(*organizations_, method, request, nullptr, "", "registrar-1"));
  };
  decide(&Organizations::Stub::SuspendOrganization, v1::SuspendOrganizationRequest());
  EXPECT_THAT(Told(InState("")), ElementsAre("skills/welding 47 of 3, 2")) << "for a time";
  decide(&Organizations::Stub::WithdrawOrganization, v1::WithdrawOrganizationRequest());
  EXPECT_TRUE(Becomes([&] { return InState("").total().seat_count() == 2; }));
  EXPECT_THAT(Told(InState("")), ElementsAre("skills/welding 2 of 1, 1"));
  EXPECT_THAT(Told(InState("19")), IsEmpty());
  EXPECT_THAT(InState("").sources(), ElementsAre("organization.b"));
  sql::Connection connection(target_);
  EXPECT_TRUE(Becomes([&] {
    return MustCount(connection, "SELECT COUNT(*) FROM due WHERE kind = 'organizations.leave'") ==
           0;
  }));
  EXPECT_EQ(MustCount(connection, "SELECT COUNT(*) FROM teaching_site WHERE number = 1"), 1);
}

TEST_F(SeatsTest, ArePublishedByOneCycleAndNotByWhatIsNone) {
  v1::ListSkillSeatsRequest request;
  request.set_period("2026-2028");
  EXPECT_THAT(List(request), HasReason("INVALID_FIELDS"));
}

// A database of 0.1.0: published, and counted by nobody, without campuses.
TEST_F(SeatsTest, ThatWerePublishedBeforeAreCountedWithoutAState) {
  Offered("p", 1, "a", {"welding"}, {{"leon", 40}});
  Offered("q", 1, "b", {"welding"}, {{"leon", 2}});
  ASSERT_THAT(Told(InState("11")), ElementsAre("skills/welding 42 of 2, 2"));
  sql::Connection connection(target_);
  v1::ProgramVersion stated;
  stated.add_seats()->set_period(kCycle);
  stated.mutable_seats(0)->set_seats(40);
  ASSERT_OK(connection.Execute({"test", "UPDATE program_version SET seats = ? WHERE program = 'p'"},
                               {stated.SerializeAsString()}));
  MustExecute(connection, "DELETE FROM counted_seats");
  MustExecute(connection, "DELETE FROM counter");
  for (const sql::Migration& migration : Education().migrations) {
    if (migration.name == "count_seats") MustExecute(connection, migration.text);
  }
  EXPECT_TRUE(Becomes([&] { return InState("").total().seat_count() == 42; }));
  const auto leon = InState("11");
  EXPECT_THAT(Told(leon), ElementsAre("skills/welding 2 of 1, 1"));
  EXPECT_EQ(leon.skill_seats(0).seats_without_state(), 40);
  EXPECT_EQ(leon.without_state().seat_count(), 40);
  const auto another = InState("09");
  EXPECT_THAT(Told(another), ElementsAre("skills/welding 0 of 0, 0")) << "they may be there";
  EXPECT_EQ(another.skill_seats(0).seats_without_state(), 40);
  EXPECT_EQ(another.total().seat_count(), 0);
}

TEST_F(SeatsTest, OfTheDayAreThoseOfTheSupplySummary) {
  v1::ListSkillSeatsRequest today;
  ASSERT_OK_AND_ASSIGN(const auto empty, Called(*seats_, &Seats::Stub::ListSkillSeats, today));
  v1::CreateProgramVersionRequest request = testing::NewProgram("p", 1, "a");
  v1::ProgramSeats& seats = *request.mutable_program_version()->add_seats();
  seats.set_period(empty.period());
  seats.set_campus("organizations/a/campuses/leon");
  seats.set_seats(33);
  ASSERT_OK(Called(*programs_, &Programs::Stub::CreateProgramVersion, request));
  ASSERT_OK(Publish("p", 1));
  const auto education = v1::MicrocredentialService::NewStub(hosted_.channel());
  v1::GetSupplySummaryRequest supply;
  supply.set_at_least(last_);
  ASSERT_OK_AND_ASSIGN(
      const auto summary,
      Called(*education, &v1::MicrocredentialService::Stub::GetSupplySummary, supply));
  EXPECT_EQ(summary.seat_count().value(), 33);
  today.set_at_least(last_);
  ASSERT_OK_AND_ASSIGN(const auto listed, Called(*seats_, &Seats::Stub::ListSkillSeats, today));
  EXPECT_EQ(listed.total().seat_count(), 33);
  EXPECT_EQ(listed.without_skill().seat_count(), 33);
}

}  // namespace
}  // namespace puente::education
