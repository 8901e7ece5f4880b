// What came of a need, from answers as the agencies give them.
#include "gateway/council/trace.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "common/context/values.h"
#include "puente/economy/v1/agreement.pb.h"
#include "puente/economy/v1/proposal.pb.h"
#include "puente/economy/v1/table_session.pb.h"
#include "puente/education/v1/cause.pb.h"
#include "tests/testing/status.h"

namespace puente::council {
namespace {

using economy::v1::BatchGetAgreementsResponse;
using economy::v1::BatchGetTableSessionsResponse;
using economy::v1::DemandStatement;
using economy::v1::DemandSummary;
using economy::v1::ListProposalsResponse;
using economy::v1::Proposal;
using education::v1::FollowCausesResponse;
using gateway::v1::DemandTrace;
using gateway::v1::TraceDemandRequest;
using ::puente::testing::HasReason;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kStatement[] = "companies/acme/demandStatements/welding";
constexpr absl::CivilDay kToday(2026, 12, 31);

// Noon in Mexico City.
google::protobuf::Timestamp Noon(int month, int day) {
  return ToProto(absl::FromCivil(absl::CivilHour(2026, month, day, 18), absl::UTCTimeZone()));
}

// Answers of the plan's sections; those that are not given were not asked.
class Answers {
 public:
  template <class Answer>
  Answers& With(const std::string& section, Answer answer) {
    given_[section] = std::make_shared<Answer>(std::move(answer));
    return *this;
  }
  DemandTrace Trace(const TraceDemandRequest& request) const {
    std::vector<compose::Result> results;
    for (const compose::Section& section : TracePlan().sections()) {
      compose::Result& result = results.emplace_back();
      result.name = section.name();
      const auto found = given_.find(section.name());
      if (found == given_.end()) continue;
      result.asked = true;
      result.answer = found->second;
    }
    return ComposeTrace(compose::Results(std::move(results)), request, kToday);
  }

 private:
  std::map<std::string, std::shared_ptr<const google::protobuf::Message>> given_;
};

// "2026-10-05 MET sectorTables/t/sessions/s", or "… ADOPTED proposals/p 3 after proposals/p".
std::vector<std::string> Steps(const DemandTrace& trace) {
  std::vector<std::string> lines;
  for (const auto& step : trace.steps()) {
    lines.push_back(absl::StrCat(absl::FormatCivilTime(ToCivilDay(step.date())), " ",
                                 gateway::v1::TraceStepKind_Name(step.kind()).substr(16), " ",
                                 step.name()));
    if (step.has_days()) absl::StrAppend(&lines.back(), " ", step.days(), " after ", step.after());
  }
  return lines;
}

// "PROPOSAL skills/welding 0"
std::vector<std::string> Ends(const DemandTrace& trace) {
  std::vector<std::string> lines;
  for (const auto& end : trace.ends()) {
    lines.push_back(absl::StrCat(gateway::v1::TraceWait_Name(end.waits_for()).substr(11), " ",
                                 end.name(), " ", end.days()));
  }
  return lines;
}

TraceDemandRequest OfSkill() {
  TraceDemandRequest request;
  request.set_skill("skills/welding");
  return request;
}

TraceDemandRequest OfStatement() {
  TraceDemandRequest request;
  request.set_demand_statement(kStatement);
  return request;
}

Proposal Submitted(const std::string& id) {
  Proposal proposal;
  proposal.set_name("proposals/" + id);
  proposal.set_state(economy::v1::PROPOSAL_STATE_SUBMITTED);
  *proposal.mutable_create_time() = Noon(10, 20);
  return proposal;
}

Proposal Adopted(const std::string& id) {
  Proposal proposal = Submitted(id);
  proposal.set_state(economy::v1::PROPOSAL_STATE_ADOPTED);
  *proposal.mutable_adopt_time() = Noon(10, 30);
  return proposal;
}

ListProposalsResponse Only(const Proposal& proposal) {
  ListProposalsResponse list;
  *list.add_proposals() = proposal;
  return list;
}

FollowCausesResponse Published(const std::string& version, const std::string& cause) {
  FollowCausesResponse followed;
  auto& one = *followed.add_versions();
  one.set_cause(cause);
  one.mutable_version()->set_version(version);
  *one.mutable_version()->mutable_publish_time() = Noon(11, 15);
  return followed;
}

DemandStatement Stated() {
  DemandStatement statement;
  statement.set_name(kStatement);
  *statement.mutable_create_time() = Noon(9, 1);
  return statement;
}

TEST(Trace, GoesFromTheStatementToTheCertification) {
  FollowCausesResponse versions = Published("microcredentials/tig/versions/1", "proposals/p");
  auto& certification = *versions.mutable_versions(0)->add_certifications();
  certification.set_name("certifications/c");
  certification.set_certifier("certifiers/ceneval");
  *certification.mutable_decision_time() = Noon(12, 1);
  *certification.add_periods()->mutable_end_date() = ToProto(absl::CivilDay(2029, 12, 31));
  Proposal proposal = Adopted("p");
  proposal.set_state(economy::v1::PROPOSAL_STATE_IMPLEMENTED);
  *proposal.mutable_implement_time() = Noon(11, 20);
  const DemandTrace trace = Answers()
                                .With("statement", Stated())
                                .With("proposals", Only(proposal))
                                .With("versions", versions)
                                .Trace(OfStatement());
  EXPECT_THAT(Steps(trace),
              ElementsAre(absl::StrCat("2026-09-01 STATED ", kStatement),
                          absl::StrCat("2026-10-20 PROPOSED proposals/p 49 after ", kStatement),
                          "2026-10-30 ADOPTED proposals/p 10 after proposals/p",
                          "2026-11-15 PUBLISHED microcredentials/tig/versions/1 16 after "
                          "proposals/p",
                          "2026-11-20 IMPLEMENTED proposals/p 21 after proposals/p",
                          "2026-12-01 CERTIFIED certifications/c 16 after "
                          "microcredentials/tig/versions/1"));
  EXPECT_THAT(Ends(trace), ElementsAre("NOTHING_DONE microcredentials/tig/versions/1 46"));
  EXPECT_EQ(trace.steps(5).by(), "certifiers/ceneval");
}

TEST(Trace, BeginsWhereTheTableMetAndAgreed) {
  BatchGetTableSessionsResponse sessions;
  sessions.add_table_sessions()->set_name("sectorTables/t/sessions/s");
  *sessions.mutable_table_sessions(0)->mutable_session_date() =
      ToProto(absl::CivilDay(2026, 10, 5));
  BatchGetAgreementsResponse agreements;
  auto& agreement = *agreements.add_agreements();
  agreement.set_name("agreements/a");
  agreement.set_session("sectorTables/t/sessions/s");
  *agreement.mutable_create_time() = Noon(10, 6);
  Proposal proposal = Submitted("p");
  proposal.add_agreements("agreements/a");
  proposal.set_session("sectorTables/t/sessions/s");
  const DemandTrace trace = Answers()
                                .With("proposals", Only(proposal))
                                .With("sessions", sessions)
                                .With("agreements", agreements)
                                .Trace(OfSkill());
  EXPECT_THAT(Steps(trace),
              ElementsAre("2026-10-05 MET sectorTables/t/sessions/s",
                          "2026-10-06 AGREED agreements/a 1 after sectorTables/t/sessions/s",
                          "2026-10-20 PROPOSED proposals/p 14 after agreements/a"));
  EXPECT_THAT(Ends(trace), ElementsAre("DECISION proposals/p 72"));
}

TEST(Trace, SaysWhatEachEndWaitsFor) {
  EXPECT_THAT(Ends(Answers().With("proposals", ListProposalsResponse()).Trace(OfSkill())),
              ElementsAre("PROPOSAL skills/welding 0"));
  EXPECT_THAT(Ends(Answers()
                       .With("proposals", Only(Adopted("p")))
                       .With("versions", FollowCausesResponse())
                       .Trace(OfSkill())),
              ElementsAre("PUBLICATION proposals/p 62"));
  EXPECT_THAT(
      Ends(Answers()
               .With("proposals", Only(Adopted("p")))
               .With("versions", Published("microcredentials/tig/versions/1", "proposals/p"))
               .Trace(OfSkill())),
      ElementsAre("CERTIFICATION microcredentials/tig/versions/1 46"));
  EXPECT_THAT(Ends(Answers()
                       .With("proposals", Only(Adopted("p")))
                       .With("versions", Published("programs/x/versions/2", "proposals/p"))
                       .Trace(OfSkill())),
              ElementsAre("NOTHING_DONE programs/x/versions/2 46"));
}

TEST(Trace, WaitsForACertificationWhereTheLastOneIsOver) {
  FollowCausesResponse versions = Published("microcredentials/tig/versions/1", "proposals/p");
  auto& certification = *versions.mutable_versions(0)->add_certifications();
  certification.set_name("certifications/c");
  *certification.mutable_decision_time() = Noon(12, 1);
  *certification.add_periods()->mutable_end_date() = ToProto(kToday - 1);
  EXPECT_THAT(Ends(Answers()
                       .With("proposals", Only(Adopted("p")))
                       .With("versions", versions)
                       .Trace(OfSkill())),
              ElementsAre("CERTIFICATION microcredentials/tig/versions/1 46"));
}

TEST(Trace, HasAVersionOnceThatNamesTwoProposals) {
  ListProposalsResponse two = Only(Adopted("p"));
  *two.add_proposals() = Adopted("q");
  FollowCausesResponse versions = Published("microcredentials/tig/versions/1", "proposals/p");
  *versions.add_versions() = versions.versions(0);
  versions.mutable_versions(1)->set_cause("proposals/q");
  EXPECT_THAT(Ends(Answers().With("proposals", two).With("versions", versions).Trace(OfSkill())),
              ElementsAre("CERTIFICATION microcredentials/tig/versions/1 46"));
}

TEST(Trace, ClaimsNothingOfWhoDidNotAnswer) {
  EXPECT_THAT(Ends(Answers().With("demand", DemandSummary()).Trace(OfSkill())), IsEmpty());
  EXPECT_THAT(Ends(Answers().With("proposals", Only(Adopted("p"))).Trace(OfSkill())), IsEmpty());
}

TEST(Trace, LeavesOutWhatIsAskedForElsewhere) {
  Proposal proposal = Submitted("p");
  proposal.add_state_codes("11");
  proposal.set_sector_table("sectorTables/automotive");
  TraceDemandRequest request = OfSkill();
  request.set_state_code("11");
  request.set_sector_table("sectorTables/automotive");
  EXPECT_EQ(Answers().With("proposals", Only(proposal)).Trace(request).steps_size(), 1);
  request.set_state_code("12");
  EXPECT_EQ(Answers().With("proposals", Only(proposal)).Trace(request).steps_size(), 0);
  request.set_state_code("11");
  request.set_sector_table("sectorTables/textile");
  EXPECT_EQ(Answers().With("proposals", Only(proposal)).Trace(request).steps_size(), 0);
}

TEST(Trace, IsOfOneNeed) {
  EXPECT_OK(CheckNeed(OfSkill()));
  EXPECT_OK(CheckNeed(OfStatement()));
  EXPECT_THAT(CheckNeed({}), HasReason("ONE_NEED_ONLY"));
  TraceDemandRequest both = OfSkill();
  both.set_demand_statement(kStatement);
  EXPECT_THAT(CheckNeed(both), HasReason("ONE_NEED_ONLY"));
  TraceDemandRequest narrowed = OfStatement();
  narrowed.set_state_code("11");
  EXPECT_THAT(CheckNeed(narrowed), HasReason("ONE_NEED_ONLY"));
}

}  // namespace
}  // namespace puente::council
