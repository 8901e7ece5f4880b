// What came of a need, from answers as the agencies give them.
#include "gateway/council/trace.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "common/context/values.h"
#include "gateway/council/trace_plan.h"
#include "puente/economy/v1/agreement.pb.h"
#include "puente/economy/v1/place_release.pb.h"
#include "puente/economy/v1/proposal.pb.h"
#include "puente/economy/v1/table_session.pb.h"
#include "puente/education/v1/award_release.pb.h"
#include "puente/education/v1/cause.pb.h"
#include "puente/science/v1/signal.pb.h"
#include "puente/science/v1/transfer_agreement.pb.h"
#include "tests/gateway/fakes.h"
#include "tests/testing/status.h"

namespace puente::council {
namespace {

using economy::v1::BatchGetAgreementsResponse;
using economy::v1::BatchGetTableSessionsResponse;
using economy::v1::DemandStatement;
using economy::v1::DemandSummary;
using economy::v1::ListProposalsResponse;
using economy::v1::Proposal;
using education::v1::AwardSummary;
using education::v1::Certification;
using education::v1::FollowCausesResponse;
using gateway::v1::DemandTrace;
using gateway::v1::Submission;
using gateway::v1::TraceDemandRequest;
using ::puente::testing::HasReason;
using science::v1::BatchGetSkillSignalsResponse;
using science::v1::BatchGetTransferAgreementsResponse;
using science::v1::ListSkillSignalsResponse;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kStatement[] = "companies/acme/demandStatements/welding";
constexpr absl::CivilDay kToday(2026, 12, 31);

// Noon in Mexico City.
google::protobuf::Timestamp Noon(int month, int day) {
  return ToProto(absl::FromCivil(absl::CivilHour(2026, month, day, 18), absl::UTCTimeZone()));
}

// Answers of the plan's sections; for those that are not given there was nothing to ask.
class Answers {
 public:
  Answers() { at_bodies_.provenance.set_state(gateway::v1::SECTION_STATE_FRESH); }

  template <class Answer>
  Answers& With(const std::string& section, Answer answer) {
    given_[section] = std::make_shared<Answer>(std::move(answer));
    return *this;
  }
  // Asked, and without an answer.
  Answers& Without(const std::string& section) {
    given_[section] = nullptr;
    return *this;
  }
  Answers& With(AtBodies at_bodies) {
    at_bodies_ = std::move(at_bodies);
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
      result.provenance.set_state(result.answer == nullptr ? gateway::v1::SECTION_STATE_MISSING
                                                           : gateway::v1::SECTION_STATE_FRESH);
    }
    return ComposeTrace(compose::Results(std::move(results)), at_bodies_, request, kToday);
  }

 private:
  std::map<std::string, std::shared_ptr<const google::protobuf::Message>> given_;
  AtBodies at_bodies_;
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

// "PROPOSAL skills/welding 60"
std::vector<std::string> Ends(const DemandTrace& trace) {
  std::vector<std::string> lines;
  for (const auto& end : trace.ends()) {
    lines.push_back(
        absl::StrCat(gateway::v1::TraceWait_Name(end.waits_for()).substr(11), " ", end.name()));
    if (end.has_days()) absl::StrAppend(&lines.back(), " ", end.days());
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

constexpr char kVersion[] = "microcredentials/tig/versions/1";

// Until `last`, and then no more.
Certification Until(absl::CivilDay last) {
  Certification certification;
  certification.set_name("certifications/c");
  certification.set_certifier("certifiers/ceneval");
  certification.set_submission("certifiers/ceneval/submissions/s");
  *certification.mutable_create_time() = Noon(12, 1);
  *certification.add_periods()->mutable_end_date() = ToProto(last);
  return certification;
}

// Submitted on November 20th, and decided, if it was, five days later.
Submission At(gateway::v1::SubmissionState state) {
  Submission submission;
  submission.set_name("certifiers/ceneval/submissions/s");
  submission.set_microcredential_version(kVersion);
  submission.set_state(state);
  *submission.mutable_due_date() = ToProto(kToday);
  *submission.mutable_create_time() = Noon(11, 20);
  *submission.mutable_decide_time() = Noon(11, 25);
  *submission.mutable_update_time() = Noon(11, 26);
  return submission;
}

AtBodies Shown(const Submission& submission) {
  AtBodies at_bodies;
  at_bodies.provenance.set_state(gateway::v1::SECTION_STATE_FRESH);
  at_bodies.shown[submission.microcredential_version()].push_back(submission);
  return at_bodies;
}

AtBodies Waiting() {
  AtBodies at_bodies;
  at_bodies.provenance.set_state(gateway::v1::SECTION_STATE_FRESH);
  at_bodies.waiting[kVersion] = FromProto(Noon(11, 20));
  return at_bodies;
}

// An adopted proposal with a published version; `certifications` of that.
Answers UpToAVersion(const std::vector<Certification>& certifications = {},
                     const std::string& version = kVersion) {
  FollowCausesResponse versions = Published(version, "proposals/p");
  for (const Certification& one : certifications) {
    *versions.mutable_versions(0)->add_certifications() = one;
  }
  return Answers().With("proposals", Only(Adopted("p"))).With("versions", versions);
}

template <class Response, class One>
Response List(One* (Response::*add)(), const std::vector<std::string>& names,
              const std::function<void(One&)>& fill) {
  Response response;
  for (const std::string& name : names) {
    One& one = *(response.*add)();
    one.set_name(name);
    fill(one);
  }
  return response;
}

BatchGetTableSessionsResponse Met(const std::vector<std::string>& names) {
  return List<BatchGetTableSessionsResponse, economy::v1::TableSession>(
      &BatchGetTableSessionsResponse::add_table_sessions, names,
      [](economy::v1::TableSession& one) {
        *one.mutable_session_date() = ToProto(absl::CivilDay(2026, 10, 5));
      });
}

BatchGetAgreementsResponse Agreed(const std::string& name, const std::string& session, int day) {
  return List<BatchGetAgreementsResponse, economy::v1::Agreement>(
      &BatchGetAgreementsResponse::add_agreements, {name}, [&](economy::v1::Agreement& one) {
        one.set_session(session);
        *one.mutable_create_time() = Noon(10, day);
      });
}

TEST(Trace, GoesFromTheStatementToTheCertification) {
  FollowCausesResponse versions = Published(kVersion, "proposals/p");
  *versions.mutable_versions(0)->add_certifications() = Until(absl::CivilDay(2029, 12, 31));
  Proposal proposal = Adopted("p");
  proposal.set_state(economy::v1::PROPOSAL_STATE_IMPLEMENTED);
  *proposal.mutable_implement_time() = Noon(11, 20);
  proposal.add_agreements("agreements/a");
  proposal.set_session("sectorTables/t/sessions/s");
  const DemandTrace trace =
      Answers()
          .With("statement", Stated())
          .With("proposals", Only(proposal))
          .With("sessions", Met({"sectorTables/t/sessions/s"}))
          .With("agreements", Agreed("agreements/a", "sectorTables/t/sessions/s", 6))
          .With("versions", versions)
          .Trace(OfStatement());
  EXPECT_THAT(
      Steps(trace),
      ElementsAre(absl::StrCat("2026-09-01 STATED ", kStatement),
                  absl::StrCat("2026-10-05 MET sectorTables/t/sessions/s 34 after ", kStatement),
                  "2026-10-06 AGREED agreements/a 1 after sectorTables/t/sessions/s",
                  "2026-10-20 PROPOSED proposals/p 14 after agreements/a",
                  "2026-10-30 ADOPTED proposals/p 10 after proposals/p",
                  "2026-11-15 PUBLISHED microcredentials/tig/versions/1 16 after "
                  "proposals/p",
                  "2026-11-20 IMPLEMENTED proposals/p 21 after proposals/p",
                  "2026-12-01 CERTIFIED certifications/c 16 after "
                  "microcredentials/tig/versions/1"));
  EXPECT_THAT(Ends(trace), ElementsAre("AWARD microcredentials/tig/versions/1 30"));
  EXPECT_EQ(trace.steps(7).by(), "certifiers/ceneval");
}

// What a proposal follows from is the last that there is, and that its owner told.
TEST(Trace, ProposalsFollowFromTheLastStepBeforeThem) {
  Proposal proposal = Submitted("p");
  proposal.add_agreements("agreements/earlier");
  proposal.add_agreements("agreements/later");
  proposal.add_agreements("agreements/of-the-same-day");
  proposal.set_session("sectorTables/t/sessions/s");
  proposal.add_transfer_agreements("transferAgreements/t");
  proposal.add_signals("skillSignals/s");
  BatchGetAgreementsResponse agreements =
      Agreed("agreements/earlier", "sectorTables/t/sessions/other", 6);
  for (const char* name : {"agreements/of-the-same-day", "agreements/later"}) {
    *agreements.add_agreements() = Agreed(name, "sectorTables/t/sessions/s", 8).agreements(0);
  }
  const auto signed_ = List<BatchGetTransferAgreementsResponse, science::v1::TransferAgreement>(
      &BatchGetTransferAgreementsResponse::add_transfer_agreements, {"transferAgreements/t"},
      [](science::v1::TransferAgreement& one) {
        *one.mutable_sign_date() = ToProto(absl::CivilDay(2026, 8, 1));
      });
  const auto signals = List<BatchGetSkillSignalsResponse, science::v1::SkillSignal>(
      &BatchGetSkillSignalsResponse::add_skill_signals, {"skillSignals/s"},
      [](science::v1::SkillSignal& one) { *one.mutable_create_time() = Noon(7, 1); });
  Answers answers;
  answers.With("proposals", Only(proposal)).With("signals", signals);
  const auto proposed = [&](const TraceDemandRequest& request) {
    const DemandTrace trace = answers.Trace(request);
    for (const auto& step : trace.steps()) {
      if (step.kind() == gateway::v1::TRACE_STEP_KIND_PROPOSED) return step.after();
    }
    return std::string("none");
  };
  EXPECT_EQ(proposed(OfSkill()), "skillSignals/s");
  EXPECT_EQ(proposed((answers.With("transfer_agreements", signed_), OfSkill())),
            "transferAgreements/t");
  EXPECT_EQ(proposed((answers.With("statement", Stated()), OfStatement())), kStatement);
  EXPECT_EQ(proposed((answers.With("sessions", Met({"sectorTables/t/sessions/s"})), OfSkill())),
            "sectorTables/t/sessions/s");
  EXPECT_EQ(proposed((answers.With("agreements", agreements), OfSkill())), "agreements/later");
}

TEST(Trace, AgreementsFollowFromTheirSessionWhoeverNamesIt) {
  Proposal proposal = Submitted("p");
  proposal.add_agreements("agreements/a");
  const std::string session = "sectorTables/t/sessions/s";
  Answers answers;
  answers.With("statement", Stated())
      .With("proposals", Only(proposal))
      .With("agreements", Agreed("agreements/a", session, 6));
  EXPECT_THAT(Steps(answers.Trace(OfStatement())),
              ElementsAre(::testing::_,
                          absl::StrCat("2026-10-06 AGREED agreements/a 35 after ", kStatement),
                          ::testing::_));
  answers.With("agreement_sessions", Met({session}));
  EXPECT_THAT(
      Steps(answers.Trace(OfStatement())),
      ElementsAre(::testing::_, absl::StrCat("2026-10-05 MET ", session, " 34 after ", kStatement),
                  absl::StrCat("2026-10-06 AGREED agreements/a 1 after ", session), ::testing::_));
}

TEST(Trace, LeavesDraftsOfTransferAgreementsOut) {
  Proposal proposal = Submitted("p");
  proposal.add_transfer_agreements("transferAgreements/t");
  const auto drafts = List<BatchGetTransferAgreementsResponse, science::v1::TransferAgreement>(
      &BatchGetTransferAgreementsResponse::add_transfer_agreements, {"transferAgreements/t"},
      [](science::v1::TransferAgreement&) {});
  EXPECT_THAT(Steps(Answers()
                        .With("proposals", Only(proposal))
                        .With("transfer_agreements", drafts)
                        .Trace(OfSkill())),
              ElementsAre("2026-10-20 PROPOSED proposals/p"));
}

TEST(Trace, GoesFromASignalToAVersionThatNamesIt) {
  const auto signals = List<ListSkillSignalsResponse, science::v1::SkillSignal>(
      &ListSkillSignalsResponse::add_skill_signals, {"skillSignals/here", "skillSignals/elsewhere"},
      [](science::v1::SkillSignal& one) {
        one.set_sector_table(one.name() == "skillSignals/here" ? "sectorTables/automotive"
                                                               : "sectorTables/textile");
        *one.mutable_create_time() = Noon(11, 1);
      });
  TraceDemandRequest request = OfSkill();
  request.set_sector_table("sectorTables/automotive");
  const DemandTrace trace =
      Answers()
          .With("proposals", ListProposalsResponse())
          .With("skill_signals", signals)
          .With("signal_versions", Published("programs/x/versions/2", "skillSignals/here"))
          .Trace(request);
  EXPECT_THAT(Steps(trace),
              ElementsAre("2026-11-01 SIGNALLED skillSignals/here",
                          "2026-11-15 PUBLISHED programs/x/versions/2 14 after skillSignals/here"));
  // Nobody has to propose what is there already.
  EXPECT_THAT(Ends(trace), ElementsAre("NOTHING_DONE programs/x/versions/2 46"));
}

TEST(Trace, SaysWhatEachEndWaitsFor) {
  EXPECT_THAT(Ends(Answers().With("proposals", ListProposalsResponse()).Trace(OfSkill())),
              ElementsAre("PROPOSAL skills/welding"))
      << "nobody knows since when";
  const auto signals = List<ListSkillSignalsResponse, science::v1::SkillSignal>(
      &ListSkillSignalsResponse::add_skill_signals, {"skillSignals/old", "skillSignals/new"},
      [](science::v1::SkillSignal& one) {
        *one.mutable_create_time() = one.name() == "skillSignals/new" ? Noon(11, 1) : Noon(3, 1);
      });
  EXPECT_THAT(Ends(Answers()
                       .With("proposals", ListProposalsResponse())
                       .With("skill_signals", signals)
                       .Trace(OfSkill())),
              ElementsAre("PROPOSAL skills/welding 60"));
  EXPECT_THAT(Ends(Answers()
                       .With("statement", Stated())
                       .With("proposals", ListProposalsResponse())
                       .Trace(OfStatement())),
              ElementsAre(absl::StrCat("PROPOSAL ", kStatement, " 121")));
  EXPECT_THAT(Ends(Answers().With("proposals", Only(Submitted("p"))).Trace(OfSkill())),
              ElementsAre("DECISION proposals/p 72"));
  EXPECT_THAT(Ends(Answers()
                       .With("proposals", Only(Adopted("p")))
                       .With("versions", FollowCausesResponse())
                       .Trace(OfSkill())),
              ElementsAre("PUBLICATION proposals/p 62"));
  EXPECT_THAT(Ends(UpToAVersion({}, "programs/x/versions/2").Trace(OfSkill())),
              ElementsAre("NOTHING_DONE programs/x/versions/2 46"));
}

// Where a version of a microcredential stands: what its reader may see of what bodies did is given.
TEST(Trace, SaysWhatEachVersionOfAMicrocredentialWaitsFor) {
  const Certification holds = Until(kToday);
  const Certification over = Until(kToday - 1);
  Certification withdrawn;  // before its first day
  withdrawn.set_name("certifications/c");
  *withdrawn.mutable_create_time() = Noon(12, 1);
  *withdrawn.mutable_state_date() = ToProto(absl::CivilDay(2026, 12, 11));
  Certification suspended = Until(kToday - 1);
  suspended.set_state(education::v1::CERTIFICATION_STATE_SUSPENDED);
  *suspended.mutable_end_date() = ToProto(kToday);
  Certification suspended_too_long = suspended;
  *suspended_too_long.mutable_end_date() = ToProto(kToday - 1);
  AtBodies unread;
  unread.provenance.set_state(gateway::v1::SECTION_STATE_MISSING);
  AtBodies cut;
  cut.provenance.set_state(gateway::v1::SECTION_STATE_FRESH);
  cut.has_more = true;
  AtBodies nothing;
  nothing.provenance.set_state(gateway::v1::SECTION_STATE_FRESH);
  struct Case {
    const char* name;
    std::vector<Certification> certifications;
    AtBodies at_bodies;
    const char* wait;
    int days;
  };
  for (const Case& c : std::vector<Case>{
           {"nothing was done", {}, nothing, "SUBMISSION", 46},
           {"at a body", {}, Waiting(), "BODY", 41},
           {"returned", {}, Shown(At(gateway::v1::SUBMISSION_STATE_RETURNED)), "SUBMISSION", 36},
           {"rejected", {}, Shown(At(gateway::v1::SUBMISSION_STATE_REJECTED)), "SUBMISSION", 36},
           {"withdrawn", {}, Shown(At(gateway::v1::SUBMISSION_STATE_WITHDRAWN)), "SUBMISSION", 35},
           {"the store is away", {}, unread, "CERTIFICATION", 46},
           {"not all that is shown was read", {}, cut, "SUBMISSION", 46},
           {"certified", {holds}, nothing, "AWARD", 30},
           {"certified, though the store is away", {holds}, unread, "AWARD", 30},
           {"certified here, and at another body", {holds}, Waiting(), "AWARD", 30},
           {"certified again", {over, holds}, nothing, "AWARD", 0},
           {"over", {over}, nothing, "RENEWAL", 0},
           {"over and submitted again", {over}, Waiting(), "BODY", 41},
           {"withdrawn before it began", {withdrawn}, nothing, "RENEWAL", 20},
           {"suspended", {suspended}, nothing, "RESUMPTION", 0},
           {"suspended, though the store is away", {suspended}, unread, "RESUMPTION", 0},
           {"suspended, and at another body", {suspended}, Waiting(), "BODY", 41},
           {"suspended here, certified there", {suspended, holds}, nothing, "AWARD", 0},
           {"suspended up to its end", {suspended_too_long}, nothing, "RENEWAL", 0}}) {
    SCOPED_TRACE(c.name);
    EXPECT_THAT(Ends(UpToAVersion(c.certifications).With(c.at_bodies).Trace(OfSkill())),
                ElementsAre(absl::StrCat(c.wait, " ", kVersion, " ", c.days)));
  }
}

// Figures of the version: of all quarters, of the third and the fourth of 2026; a negative one is
// withheld.
AwardSummary Awarded(int all, int third, int fourth) {
  AwardSummary summary;
  auto& awards = *summary.add_versions();
  awards.set_microcredential_version(kVersion);
  const auto tell = [](int count, type::v1::Figure& figure) {
    if (count < 0) figure.set_mark(type::v1::MARK_SUPPRESSED);
    if (count >= 0) figure.set_value(count);
  };
  tell(all, *awards.mutable_award_count());
  for (const auto& [count, period, month, day] :
       {std::tuple(third, "2026-Q3", 9, 30), std::tuple(fourth, "2026-Q4", 12, 31)}) {
    if (count < 0) continue;
    auto& told = *awards.add_periods();
    told.set_period(period);
    *told.mutable_last_date() = ToProto(absl::CivilDay(2026, month, day));
    tell(count, *told.mutable_award_count());
  }
  return summary;
}

// People are told of by released figures and quarters.
TEST(Trace, GoesOnToAwards) {
  Certification earlier = Until(kToday);
  earlier.set_name("certifications/b");
  *earlier.mutable_create_time() = Noon(11, 20);
  Answers answers = UpToAVersion({Until(kToday), earlier});
  const auto last = [&](const AwardSummary& summary) {
    const DemandTrace trace = answers.With("version_awards", summary).Trace(OfSkill());
    return absl::StrCat(Steps(trace).back(), "; ", Ends(trace).front());
  };
  const std::string none =
      "2026-12-01 CERTIFIED certifications/c 16 after microcredentials/tig/versions/1; "
      "AWARD microcredentials/tig/versions/1 30";
  EXPECT_EQ(last(Awarded(60, -1, 40)),
            "2026-12-31 AWARDED microcredentials/tig/versions/1 41 after certifications/b; "
            "NOTHING_DONE microcredentials/tig/versions/1 0");
  EXPECT_EQ(last(Awarded(-1, -1, -1)), none);
  EXPECT_EQ(last(Awarded(0, 0, -1)), none) << "a figure that was told and fell";
  const DemandTrace whole = answers.With("version_awards", Awarded(60, 0, 40)).Trace(OfSkill());
  const auto& step = *whole.steps().rbegin();
  EXPECT_EQ(step.period(), "2026-Q4") << "nobody in the quarter before";
  EXPECT_EQ(step.award_count().value(), 60);
  ASSERT_EQ(whole.awards_size(), 1);
  EXPECT_EQ(whole.awards(0).periods_size(), 2);
  EXPECT_EQ(whole.stages().rbegin()->kind(), gateway::v1::TRACE_STEP_KIND_AWARDED);
  // Told, but of no quarter alone: no day that it could be of.
  const DemandTrace undated = answers.With("version_awards", Awarded(12, -1, -1)).Trace(OfSkill());
  EXPECT_EQ(Steps(undated).back().substr(0, 20), "2026-12-01 CERTIFIED");
  EXPECT_THAT(Ends(undated), ElementsAre("NOTHING_DONE microcredentials/tig/versions/1 30"));
  const DemandTrace away = answers.Without("version_awards").Trace(OfSkill());
  EXPECT_THAT(Ends(away), ElementsAre("AWARD microcredentials/tig/versions/1 30"));
  EXPECT_EQ(away.version_awards().state(), gateway::v1::SECTION_STATE_MISSING);
}

// Where the skill is learned at companies, and who of those that learn its versions is there.
TEST(Trace, ShowsPlacesAndWhoLearnsThere) {
  economy::v1::SkillPlaces places;
  auto& seats = *places.add_seats();
  seats.set_skill("skills/welding-tig");
  seats.mutable_count()->set_value(0);
  AwardSummary summary = Awarded(60, -1, 40);
  summary.mutable_versions(0)->mutable_stay_count()->set_mark(type::v1::MARK_SUPPRESSED);
  Answers answers = UpToAVersion({Until(kToday)});
  const DemandTrace trace =
      answers.With("place_offers", places).With("version_awards", summary).Trace(OfSkill());
  ASSERT_EQ(trace.places().seats_size(), 1);
  EXPECT_TRUE(trace.places().seats(0).count().has_value()) << "none, which is known";
  EXPECT_EQ(trace.place_offers().state(), gateway::v1::SECTION_STATE_FRESH);
  EXPECT_EQ(trace.awards(0).stay_count().mark(), type::v1::MARK_SUPPRESSED);
  const DemandTrace away = answers.Without("place_offers").Trace(OfSkill());
  EXPECT_FALSE(away.has_places()) << "not none";
  EXPECT_EQ(away.place_offers().state(), gateway::v1::SECTION_STATE_MISSING);
}

TEST(Trace, HasWhatBodiesDidForWhoMayReadIt) {
  const auto steps = [](const Submission& submission,
                        const std::vector<Certification>& certifications = {}) {
    std::vector<std::string> all =
        Steps(UpToAVersion(certifications).With(Shown(submission)).Trace(OfSkill()));
    all.erase(all.begin(), all.begin() + 3);  // proposed, adopted, published
    return all;
  };
  const std::string submission = "certifiers/ceneval/submissions/s";
  const std::string submitted =
      absl::StrCat("2026-11-20 SUBMITTED ", submission, " 5 after ", kVersion);
  const std::string after = absl::StrCat(" ", submission, " 5 after ", submission);
  EXPECT_THAT(steps(At(gateway::v1::SUBMISSION_STATE_IN_REVIEW)), ElementsAre(submitted));
  EXPECT_THAT(steps(At(gateway::v1::SUBMISSION_STATE_RETURNED)),
              ElementsAre(submitted, "2026-11-25 RETURNED" + after));
  EXPECT_THAT(steps(At(gateway::v1::SUBMISSION_STATE_REJECTED)),
              ElementsAre(submitted, "2026-11-25 REJECTED" + after));
  EXPECT_THAT(steps(At(gateway::v1::SUBMISSION_STATE_WITHDRAWN)),
              ElementsAre(submitted, absl::StrCat("2026-11-26 WITHDRAWN ", submission, " 6 after ",
                                                  submission)));
  Submission refused = At(gateway::v1::SUBMISSION_STATE_WITHDRAWN);
  refused.clear_due_date();  // carried over: nobody withdrew it
  EXPECT_THAT(steps(refused), ElementsAre(submitted));
  EXPECT_THAT(
      steps(At(gateway::v1::SUBMISSION_STATE_CERTIFIED), {Until(kToday - 1)}),
      ElementsAre(submitted,
                  absl::StrCat("2026-12-01 CERTIFIED certifications/c 11 after ", submission),
                  "2026-12-31 LAPSED certifications/c 30 after certifications/c"));
}

TEST(Trace, HasAVersionOnceThatNamesSeveralCauses) {
  ListProposalsResponse two = Only(Adopted("p"));
  *two.add_proposals() = Adopted("q");
  FollowCausesResponse versions = Published(kVersion, "agreements/a");
  for (const char* cause : {"proposals/q", "skillSignals/s"}) {
    *versions.add_versions() = versions.versions(0);
    versions.mutable_versions()->rbegin()->set_cause(cause);
  }
  Answers answers;
  answers.With("proposals", two)
      .With("agreements", Agreed("agreements/a", "sectorTables/t/sessions/s", 6))
      .With("versions", versions);
  const DemandTrace trace = answers.Trace(OfSkill());
  EXPECT_THAT(Ends(trace), ElementsAre("SUBMISSION microcredentials/tig/versions/1 46",
                                       "PUBLICATION proposals/p 62"));
  EXPECT_EQ(trace.steps().rbegin()->after(), "proposals/q");
  // Without the proposals it follows from what is told.
  answers.Without("proposals");
  EXPECT_EQ(answers.Trace(OfSkill()).steps().rbegin()->after(), "agreements/a");
}

TEST(Trace, ClaimsNothingOfWhoDidNotAnswer) {
  EXPECT_THAT(Ends(Answers().With("demand", DemandSummary()).Without("proposals").Trace(OfSkill())),
              IsEmpty());
  EXPECT_THAT(
      Ends(Answers().With("proposals", Only(Adopted("p"))).Without("versions").Trace(OfSkill())),
      IsEmpty());
  Answers no_signals;
  no_signals.With("proposals", ListProposalsResponse())
      .Without("skill_signals")
      .Without("signal_versions");
  EXPECT_THAT(Ends(no_signals.Trace(OfSkill())), IsEmpty());
}

TEST(Trace, ClaimsNothingOfWhatWasNotFollowed) {
  ListProposalsResponse elsewhere = Only(Submitted("p"));
  elsewhere.mutable_proposals(0)->add_state_codes("11");
  elsewhere.set_next_page_token("more");
  TraceDemandRequest request = OfSkill();
  request.set_state_code("12");
  DemandTrace trace = Answers().With("proposals", elsewhere).Trace(request);
  EXPECT_TRUE(trace.has_more());
  EXPECT_THAT(Ends(trace), IsEmpty());

  FollowCausesResponse versions = Published("programs/x/versions/2", "agreements/a");
  versions.set_has_more(true);
  trace =
      Answers().With("proposals", Only(Adopted("p"))).With("versions", versions).Trace(OfSkill());
  EXPECT_TRUE(trace.has_more());
  EXPECT_THAT(Ends(trace), ElementsAre("NOTHING_DONE programs/x/versions/2 46"));
}

TEST(Trace, FollowsTheFirstFiftyThatFit) {
  ListProposalsResponse many;
  for (int n = 0; n <= kMostFollowed; ++n) {
    *many.add_proposals() = Submitted(absl::StrCat(n));
    many.mutable_proposals(n)->add_state_codes("11");
  }
  TraceDemandRequest request = OfSkill();
  request.set_state_code("11");
  const DemandTrace trace = Answers().With("proposals", many).Trace(request);
  EXPECT_EQ(trace.steps_size(), kMostFollowed);
  EXPECT_TRUE(trace.has_more());
}

// "PROPOSED 3 10", or "STATED 1" where nothing comes before.
std::vector<std::string> Stages(const DemandTrace& trace) {
  std::vector<std::string> lines;
  for (const auto& stage : trace.stages()) {
    lines.push_back(
        absl::StrCat(gateway::v1::TraceStepKind_Name(stage.kind()).substr(16), " ", stage.count()));
    if (stage.has_median_days()) absl::StrAppend(&lines.back(), " ", stage.median_days());
  }
  return lines;
}

TEST(Trace, CountsTheStepsByKind) {
  ListProposalsResponse proposals;
  for (const auto& [id, day] :
       {std::pair("a", 30), std::pair("b", 24), std::pair("c", 22), std::pair("d", 21)}) {
    Proposal& one = *proposals.add_proposals();
    one = Adopted(id);
    *one.mutable_adopt_time() = Noon(10, day);
  }
  *proposals.add_proposals() = Submitted("e");
  EXPECT_THAT(
      Stages(Answers()
                 .With("proposals", proposals)
                 .With("versions", Published(kVersion, "proposals/a"))
                 .With(Shown(At(gateway::v1::SUBMISSION_STATE_RETURNED)))
                 .Trace(OfSkill())),
      ElementsAre("PROPOSED 5", "ADOPTED 4 2", "PUBLISHED 1 16", "SUBMITTED 1 5", "RETURNED 1 5"));
  EXPECT_THAT(Stages(Answers().With("proposals", ListProposalsResponse()).Trace(OfSkill())),
              IsEmpty());
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

TEST(Trace, HasWhatIsOfNoTableInAllOfThem) {
  TraceDemandRequest request = OfSkill();
  request.set_sector_table("sectorTables/textile");
  ListSkillSignalsResponse signals;
  for (const char* table : {"", "sectorTables/textile", "sectorTables/automotive"}) {
    auto& signal = *signals.add_skill_signals();
    signal.set_name(absl::StrCat("skillSignals/", table));
    signal.set_sector_table(table);
  }
  const DemandTrace trace = Answers()
                                .With("proposals", Only(Submitted("p")))
                                .With("skill_signals", signals)
                                .Trace(request);
  std::vector<std::string> names;
  for (const auto& step : trace.steps()) names.push_back(step.name());
  EXPECT_THAT(names, ::testing::UnorderedElementsAre("proposals/p", "skillSignals/",
                                                     "skillSignals/sectorTables/textile"));
}

// What agencies are asked, and what comes of it where Economy fails.
struct World {
  absl::Status Run(const TraceDemandRequest& request) {
    const auto outcome = std::make_shared<compose::Outcome>();
    compose::Executor executor(compose::Borrow(agencies), timers, {});
    executor.Run(TracePlan(), request, compose::CallOf(timers), compose::Into(outcome, timers));
    timers.Advance(absl::Seconds(2));
    return outcome->results.status();
  }

  compose::VirtualTimers timers;
  compose::FakeAgencies agencies{timers};
};

TEST(Trace, FollowsTheNewestProposals) {
  World world;
  ASSERT_OK(world.Run(OfSkill()));
  std::string asked;
  for (const auto& call : world.agencies.calls) {
    if (call->section == "proposals") asked = call->request->ShortDebugString();
  }
  EXPECT_THAT(asked, ::testing::HasSubstr("order_by: \"create_time desc\""));
  // Told by name, whichever came first.
  ListProposalsResponse newest;
  for (const char* id : {"b", "a"}) *newest.add_proposals() = Submitted(id);
  EXPECT_THAT(Steps(Answers().With("proposals", newest).Trace(OfSkill())),
              ElementsAre("2026-10-20 PROPOSED proposals/a", "2026-10-20 PROPOSED proposals/b"));
}

TEST(Trace, IsRefusedForASectorTableThatThereIsNot) {
  static constexpr ErrorSpec kNoTable{"SECTOR_TABLE_NOT_FOUND", absl::StatusCode::kNotFound,
                                      "economy.puente", "No existe.", "There is none."};
  World world;
  world.agencies.FailWith(compose::Agency::kEconomy, Error(kNoTable));
  TraceDemandRequest request = OfSkill();
  request.set_sector_table("sectorTables/automotriz");
  EXPECT_THAT(world.Run(request), HasReason("SECTOR_TABLE_NOT_FOUND"));
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
