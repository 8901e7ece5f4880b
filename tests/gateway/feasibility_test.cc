// Which campuses could teach something, and which schools teach it: gateway, Education and Economy
// as they are, each on a schema of its own; with each of them away in turn, and both.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/context/values.h"
#include "modules/economy/module.h"
#include "puente/economy/v1/company.grpc.pb.h"
#include "puente/economy/v1/demand.grpc.pb.h"
#include "puente/economy/v1/proposal.grpc.pb.h"
#include "puente/economy/v1/training_place.grpc.pb.h"
#include "puente/education/v1/teaching.grpc.pb.h"
#include "puente/gateway/v1/council.grpc.pb.h"
#include "tests/education/teaching/schools.h"
#include "tests/gateway/certification.h"

namespace puente::gateway {
namespace {

using education::testing::In;
using education::testing::Of;
using education::testing::Schools;
using ::puente::testing::Called;
using ::puente::testing::Database;
using ::puente::testing::HasReason;
using ::puente::testing::HostedModule;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using v1::CouncilService;

constexpr char kCouncil[] = "council/cce";
constexpr char kEconomy[] = "agency/economy";
constexpr char kReal[] = " source: 'test' record_kind: RECORD_KIND_REAL ";

// Which agencies do not answer.
struct Away {
  bool education = false, economy = false;
};

class FeasibilityTest : public ::testing::Test {
 protected:
  FeasibilityTest()
      : education_schema_(Database::Shared().NewSchema(education::Education().migrations)),
        economy_schema_(Database::Shared().NewSchema(economy::Economy().migrations)),
        gateway_schema_(Database::Shared().NewSchema(Gateway().migrations)),
        education_(education::Education(), education_schema_, "gateway"),
        economy_(economy::Economy(), economy_schema_, "gateway"),
        schools_(education_schema_) {
    schools_.RuleTeachers();
  }

  // A gateway as one caller sees it.
  CouncilService::Stub& As(const std::string& caller, Away away = {}) {
    const std::string key = absl::StrCat(caller, away.education, away.economy);
    Seen& seen = seen_[key];
    if (seen.hosted == nullptr) {
      seen.hosted =
          std::make_unique<HostedModule>(GatewayTo(away.education ? Nobody() : education_.channel(),
                                                   away.economy ? Nobody() : economy_.channel()),
                                         gateway_schema_, caller);
      seen.council = CouncilService::NewStub(seen.hosted->channel());
    }
    return *seen.council;
  }
  absl::StatusOr<v1::Feasibility> Check(const std::string& text,
                                        const std::string& caller = kCouncil, Away away = {}) {
    return Called(As(caller, away), &CouncilService::Stub::CheckFeasibility,
                  Of<v1::CheckFeasibilityRequest>(text));
  }
  v1::Feasibility Told(const std::string& text, const std::string& caller = kCouncil,
                       Away away = {}) {
    const auto told = Check(text, caller, away);
    EXPECT_OK(told);
    return told.value_or(v1::Feasibility());
  }
  absl::StatusOr<v1::FindSchoolsResponse> Find(const std::string& text,
                                               const std::string& caller = kCouncil,
                                               Away away = {}) {
    return Called(As(caller, away), &CouncilService::Stub::FindSchools,
                  Of<v1::FindSchoolsRequest>(text));
  }

  template <class Service, class Request, class Response>
  void Economy(const std::string& caller,
               grpc::Status (Service::*method)(grpc::ClientContext*, const Request&, Response*),
               const std::string& text) {
    auto& hosted = at_economy_[caller];
    if (hosted == nullptr) {
      hosted = std::make_unique<HostedModule>(economy::Economy(), economy_schema_, caller);
    }
    Service stub(hosted->channel());
    EXPECT_OK(Called(stub, method, Of<Request>(text), nullptr, "administration",
                     caller == kEconomy ? "officer-1" : ""));
  }
  void AddCompany() {
    Economy(kEconomy, &economy::v1::CompanyService::Stub::CreateCompany,
            absl::StrCat("company_id: 'acme' company { legal_name: 'Acme' scian_class: '336110'"
                         " state_code: '11'",
                         kReal, "}"));
  }
  void Offer(const std::string& id, int seats, const std::string& state = "11") {
    Economy("company/acme", &economy::v1::TrainingPlaceService::Stub::CreateTrainingPlace,
            absl::StrCat("parent: 'companies/acme' training_place_id: '", id,
                         "' training_place { title_es: 'Soldadura' state_code: '", state,
                         "' municipality: 'Silao' skills: 'skills/welding' start_date {", In(0),
                         "} end_date {", In(60), "} weekly_hours: 40 seat_count: ", seats, "}"));
  }
  void Propose(const std::string& id, const std::string& more) {
    Economy(
        kEconomy, &economy::v1::ProposalService::Stub::CreateProposal,
        absl::StrCat("proposal_id: '", id,
                     "' proposal { author: 'agency/economy' kind: PROPOSAL_KIND_NEW_MICROCREDENTIAL"
                     " title_es: 'Soldadura' text: 'Hace falta.' ",
                     more, kReal, "}"));
  }

  struct Seen {
    std::unique_ptr<HostedModule> hosted;
    std::unique_ptr<CouncilService::Stub> council;
  };
  const sql::Target education_schema_, economy_schema_, gateway_schema_;
  HostedModule education_, economy_;
  Schools schools_;
  std::map<std::string, Seen> seen_;
  std::map<std::string, std::unique_ptr<HostedModule>> at_economy_;
};

// "a NOW", "b WITH RVOE, EQUIPMENT_MISSING", "c NOT_KNOWN TEACHERS HIDDEN".
std::vector<std::string> Verdicts(const v1::Feasibility& told) {
  std::vector<std::string> texts;
  for (const v1::CampusFeasibility& one : told.campuses()) {
    const std::string& name = one.site().campus().name();
    std::string& text =
        texts.emplace_back(absl::StrCat(name.substr(name.rfind('/') + 1), " ",
                                        v1::FeasibilityVerdict_Name(one.verdict()).substr(20)));
    for (const auto& need : one.needs()) {
      absl::StrAppend(&text, " ", v1::FeasibilityNeedKind_Name(need.kind()).substr(22));
    }
    for (const auto& gap : one.unknowns()) {
      absl::StrAppend(&text, " ", v1::FeasibilitySubject_Name(gap.subject()).substr(20), " ",
                      v1::FeasibilityGapReason_Name(gap.reason()).substr(23));
    }
  }
  return texts;
}

constexpr char kWelding[] = "skills: 'skills/welding' state_code: '11' seat_count: 20 ";

TEST_F(FeasibilityTest, SaysOfEachCampusWhetherItCouldAndWithWhat) {
  schools_.Add("far", {"09", "Tlalpan"});
  schools_.Teach("elsewhere", "far", {"welding"});
  schools_.Add("ready");
  schools_.Teach("ready", "ready", {"welding"});
  schools_.Employ("ready", "ready", 10, 1);
  ASSERT_OK(
      schools_.Equip("organization/ready", "ready", 20, {"welding"}, Schools::CampusOf("ready")));
  schools_.Add("private", {}, true);
  schools_.Teach("private", "private", {"welding"});
  schools_.Employ("private", "private", 10, 0);
  schools_.Add("equipped", {"11", "Silao"});
  ASSERT_OK(schools_.Equip("organization/equipped", "equipped", 20, {"welding"},
                           Schools::CampusOf("equipped"), {"11", "Silao"}));
  schools_.Add("small", {"11", "Silao"});
  schools_.Teach("small", "small", {"welding"});
  schools_.Employ("small", "small", 9, 9);
  const auto told = Told(kWelding);
  // By municipality, then by name.
  EXPECT_THAT(Verdicts(told), ElementsAre("private WITH RVOE TEACHERS_TO_TRAIN SHARED_WORKSHOP",
                                          "ready NOW", "equipped WITH PROGRAM",
                                          "small NOT_KNOWN SHARED_WORKSHOP TEACHERS HIDDEN"));
  const auto& needs = told.campuses(0).needs();
  EXPECT_EQ(needs[1].count(), 1) << "how many are to be trained may be told of ten";
  EXPECT_EQ(needs[1].program_version(), "programs/private/versions/1");
  EXPECT_EQ(needs[2].facility(), "facilities/ready");
  EXPECT_EQ(needs[2].terms(), education::v1::FACILITY_TERMS_HIDDEN);
  EXPECT_EQ(told.campuses(3).needs(0).facility(), "facilities/equipped") << "which is nearer";
  EXPECT_EQ(told.teaching().state(), v1::SECTION_STATE_FRESH);
  EXPECT_EQ(told.teaching().agency(), "education");
  EXPECT_NE(told.teaching().freshness_token(), "");
  EXPECT_FALSE(told.has_proposal());
  EXPECT_EQ(told.places().provenance().state(), v1::SECTION_STATE_FRESH);
  EXPECT_EQ(told.record_kind(), type::v1::RECORD_KIND_REAL);
  // Everywhere, of which the first is elsewhere; and in pages.
  EXPECT_EQ(Verdicts(Told("skills: 'skills/welding'"))[0].substr(0, 4), "far ");
  std::vector<std::string> paged;
  std::string token;
  do {
    const auto page = Told(absl::StrCat(kWelding, "page_size: 1 page_token: '", token, "'"));
    for (const std::string& one : Verdicts(page)) paged.push_back(one);
    token = page.next_page_token();
  } while (!token.empty());
  EXPECT_EQ(paged, Verdicts(told));
  EXPECT_THAT(Check(absl::StrCat(kWelding, "page_token: 'x'")), HasReason("INVALID_PAGE_TOKEN"));
  // The same who may know all is told more of.
  EXPECT_THAT(Verdicts(Told(kWelding, "organization/small"))[3], "small WITH SHARED_WORKSHOP");
  schools_.Share("organization/equipped", "equipped", "small");
  EXPECT_THAT(Verdicts(Told(kWelding, "organization/small"))[3], "small NOW");
  EXPECT_THAT(Told(kWelding, "organization/small").campuses(3).uses(),
              ElementsAre("facilities/equipped"));
}

// What somebody may not know can't be told from what he is told, however he asks.
TEST_F(FeasibilityTest, TellsNothingOfWhatIsHidden) {
  schools_.Add("a");
  schools_.Teach("p", "a", {"welding"});
  schools_.Employ("a", "p", 5, 0);
  ASSERT_OK(schools_.Equip("company/acme", "shared", 100, {"welding"}));
  const std::vector<std::string> asked = {
      kWelding,
      "skills: 'skills/welding'",
      "skills: 'skills/welding' skills: 'skills/plc' state_code: '11'",
      absl::StrCat(kWelding, "learners_per_teacher: 1"),
      absl::StrCat(kWelding, "learners_per_teacher: 1000"),
      absl::StrCat(kWelding, "room_skills: 'skills/welding'"),
      "skills: 'skills/welding' state_code: '11' seat_count: 1 learners_per_teacher: 1"};
  const std::vector<std::string> callers = {
      kCouncil,         "company/globex", "chamber/canacintra",
      "organization/b", "agency/labor",   "auditor/asf"};
  const auto all = [&] {
    std::string told;
    for (const std::string& question : asked) {
      for (const std::string& caller : callers) {
        auto answer = Told(question, caller);
        answer.clear_teaching();  // when, and up to where
        answer.clear_places();
        EXPECT_THAT(Verdicts(answer), ElementsAre(HasSubstr("TEACHERS HIDDEN")));
        for (const auto& shared : answer.campuses(0).site().shared_facilities()) {
          EXPECT_EQ(shared.terms(), education::v1::FACILITY_TERMS_HIDDEN);
        }
        absl::StrAppend(&told, answer.DebugString());
      }
    }
    return told;
  };
  const std::string before = all();
  // Four more teachers of whom all are up to date, and an agreement: neither is theirs to know.
  schools_.Employ("a", "p", 4, 4);
  schools_.Share("company/acme", "shared", "a");
  EXPECT_EQ(all(), before);
  EXPECT_THAT(Verdicts(Told(kWelding, "organization/a")), ElementsAre("a NOW"));
}

TEST_F(FeasibilityTest, FollowsAProposalIntoItsStates) {
  schools_.Add("here");
  schools_.Add("far", {"09", "Tlalpan"});
  schools_.Add("else", {"31", "Mérida"});
  for (const char* id : {"here", "far", "else"}) schools_.Teach(id, id, {"welding"});
  Propose("one", "skills: 'skills/welding' skills: 'skills/plc' state_codes: '11' ");
  Propose("two", "skills: 'skills/welding' state_codes: '11' state_codes: '09' ");
  Propose("none", "");
  std::string many;
  for (int i = 0; i < 12; ++i) absl::StrAppend(&many, "skills: 'skills/s", i, "' ");
  Propose("many", many);
  const auto one = Told("proposal: 'proposals/one'");
  EXPECT_THAT(one.skills(), ElementsAre("skills/welding", "skills/plc"));
  ASSERT_EQ(one.campuses_size(), 1);
  EXPECT_EQ(one.campuses(0).site().campus().name(), Schools::CampusOf("here"));
  EXPECT_EQ(one.proposal().state(), v1::SECTION_STATE_FRESH);
  EXPECT_EQ(one.places().provenance().state(), v1::SECTION_STATE_FRESH);
  const auto two = Told("proposal: 'proposals/two'");
  EXPECT_EQ(two.campuses_size(), 2);
  EXPECT_EQ(two.places().provenance().state(), v1::SECTION_STATE_NOT_ASKED);
  EXPECT_EQ(two.places().provenance().failure().reason(), "NO_ONE_STATE");
  EXPECT_EQ(Told("proposal: 'proposals/two' state_code: '31'").campuses_size(), 1);
  const auto none = Told("proposal: 'proposals/none'");
  EXPECT_EQ(none.teaching().state(), v1::SECTION_STATE_NOT_ASKED);
  EXPECT_EQ(none.teaching().failure().reason(), "NO_SKILLS_NAMED");
  EXPECT_THAT(Told("proposal: 'proposals/many'").skills_left_out(),
              ElementsAre("skills/s10", "skills/s11"));
  EXPECT_THAT(Check("proposal: 'proposals/nothing'"), HasReason("PROPOSAL_NOT_FOUND"));
  EXPECT_THAT(Check(""), HasReason("ONE_QUESTION_ONLY"));
  EXPECT_THAT(Check("proposal: 'proposals/one' skills: 'skills/plc'"),
              HasReason("ONE_QUESTION_ONLY"));
}

TEST_F(FeasibilityTest, CountsTrainingPlacesAsTheyAreTold) {
  schools_.Add("a");
  schools_.Teach("p", "a", {"welding"});
  schools_.Employ("a", "p", 10, 10);
  ASSERT_OK(schools_.Equip("organization/a", "own", 20, {"welding"}, Schools::CampusOf("a")));
  AddCompany();
  const std::string asked =
      absl::StrCat(kWelding, "training_place_count: 3 end_date {", In(30), "}");
  EXPECT_THAT(Verdicts(Told(asked)), ElementsAre("a WITH TRAINING_PLACES"));
  Offer("far", 5, "09");
  for (const char* caller : {kCouncil, "organization/a"}) {
    EXPECT_THAT(Verdicts(Told(asked, caller)), ElementsAre("a WITH TRAINING_PLACES"));
    EXPECT_EQ(Told(asked, caller).places().places().matches_size(), 0);
  }
  Offer("one", 5);
  // Who may reserve is told how many are free; others, that one is.
  EXPECT_THAT(Verdicts(Told(asked, "organization/a")), ElementsAre("a NOW"));
  EXPECT_THAT(Verdicts(Told(asked)), ElementsAre("a NOT_KNOWN TRAINING_PLACES HIDDEN"));
  EXPECT_EQ(Told(asked).places().places().matches_size(), 1);
  EXPECT_THAT(Verdicts(Told(absl::StrCat(kWelding, "training_place_count: 1"))),
              ElementsAre("a NOW"));
  EXPECT_THAT(Verdicts(Told("skills: 'skills/welding' training_place_count: 1")),
              ElementsAre("a NOT_KNOWN TRAINING_PLACES NOT_ASKED"));
}

TEST_F(FeasibilityTest, CountsNoGeneratedTrainingPlacesForARealCampus) {
  schools_.Add("a");
  schools_.Teach("p", "a", {"welding"});
  schools_.Employ("a", "p", 10, 10);
  ASSERT_OK(schools_.Equip("organization/a", "own", 20, {"welding"}, Schools::CampusOf("a")));
  AddCompany();
  Offer("one", 5);
  const std::string asked = absl::StrCat(kWelding, "training_place_count: 5");
  EXPECT_THAT(Verdicts(Told(asked, "organization/a")), ElementsAre("a NOW"));
  sql::Connection economy(economy_schema_);
  ::puente::testing::MustExecute(economy, "UPDATE training_place SET record_kind = 2");
  const auto told = Told(asked, "organization/a");
  EXPECT_EQ(told.record_kind(), type::v1::RECORD_KIND_REAL);
  EXPECT_THAT(Verdicts(told), ElementsAre("a WITH TRAINING_PLACES"));
  EXPECT_EQ(told.places().places().matches_size(), 0);
}

// All subsets: what an agency that is away would say is not known, and is not taken for nothing.
TEST_F(FeasibilityTest, GuessesNothingWhileAgenciesAreAway) {
  schools_.Add("a");
  schools_.Teach("p", "a", {"welding"});
  schools_.Employ("a", "p", 10, 10);
  ASSERT_OK(schools_.Equip("organization/a", "own", 20, {"welding"}, Schools::CampusOf("a")));
  AddCompany();
  Offer("one", 5);
  Propose("one", "skills: 'skills/welding' state_codes: '11' ");
  const std::string skills = absl::StrCat(kWelding, "training_place_count: 1");
  const std::string proposal = "proposal: 'proposals/one' seat_count: 20 training_place_count: 1";
  for (const bool education : {false, true}) {
    for (const bool economy : {false, true}) {
      for (const std::string& question : {skills, proposal}) {
        const Away away{.education = education, .economy = economy};
        const auto told = Told(question, kCouncil, away);
        const bool of_proposal = question == proposal;
        const std::string where = absl::StrCat(question, education, economy);
        const bool has_campuses = !education && !(of_proposal && economy);
        EXPECT_EQ(told.teaching().state(),
                  has_campuses ? v1::SECTION_STATE_FRESH : v1::SECTION_STATE_MISSING)
            << where;
        EXPECT_EQ(told.places().provenance().state(),
                  economy ? v1::SECTION_STATE_MISSING : v1::SECTION_STATE_FRESH)
            << where;
        if (!has_campuses) {
          EXPECT_EQ(told.campuses_size(), 0) << where;
          EXPECT_EQ(told.teaching().failure().reason(),
                    of_proposal && economy ? "NEEDS_SECTION" : "AGENCY_UNAVAILABLE")
              << where;
        } else if (economy) {
          EXPECT_THAT(Verdicts(told), ElementsAre("a NOT_KNOWN TRAINING_PLACES UNKNOWN")) << where;
          EXPECT_EQ(told.campuses(0).unknowns(0).agency(), "economy");
        } else {
          EXPECT_THAT(Verdicts(told), ElementsAre("a NOW")) << where;
        }
      }
      // Without a question about places Economy need not answer.
      EXPECT_EQ(Verdicts(Told(kWelding, kCouncil, {education, economy})),
                education ? std::vector<std::string>() : std::vector<std::string>{"a NOW"});
    }
  }
}

// What is not asked is not in Education's page token either, or it would end at midnight.
TEST_F(FeasibilityTest, BindsPagesToNoDayThatNobodyAskedFor) {
  for (const char* id : {"a", "b"}) {
    schools_.Add(id);
    schools_.Teach(id, id, {"welding"});
  }
  const auto ask_education = [&](const std::string& text) {
    return schools_.As(kCouncil).Ask(&education::v1::TeachingService::Stub::FindTeaching, text);
  };
  const auto checked = Told(absl::StrCat(kWelding, "page_size: 1"));
  ASSERT_NE(checked.next_page_token(), "");
  EXPECT_EQ(ToCivilDay(checked.begin_date()), education::testing::Today());
  EXPECT_OK(ask_education(
      absl::StrCat("skills: 'skills/welding' state_codes: '11' with_means: true page_token: '",
                   checked.next_page_token(), "'")));
  ASSERT_OK_AND_ASSIGN(const auto found, Find("skills: 'skills/welding' page_size: 1"));
  ASSERT_NE(found.next_page_token(), "");
  EXPECT_OK(ask_education(
      absl::StrCat("skills: 'skills/welding' page_token: '", found.next_page_token(), "'")));
}

TEST_F(FeasibilityTest, KnowsNoTeachersWithoutARule) {
  ::puente::testing::MustExecute(*std::make_unique<sql::Connection>(education_schema_),
                                 "DELETE FROM teacher_rule");
  schools_.Add("a");
  schools_.Teach("p", "a", {"welding"});
  EXPECT_THAT(Verdicts(Told(kWelding)),
              ElementsAre("a NOT_KNOWN EQUIPMENT_MISSING TEACHERS UNKNOWN"));
}

TEST_F(FeasibilityTest, FindsTheSchoolsThatTeachWhatACompanyNeeds) {
  schools_.Add("far", {"09", "Tlalpan"});
  schools_.Add("here", {"11", "Silao"});
  schools_.Add("near");
  for (const char* id : {"far", "here", "near"}) schools_.Teach(id, id, {"welding"});
  schools_.Define("tig", "far");
  AddCompany();
  Offer("one", 5);
  Economy("company/acme", &economy::v1::DemandService::Stub::CreateDemandStatement,
          "parent: 'companies/acme' demand_statement_id: 'w' demand_statement { skill:"
          " 'skills/welding' heads: 3 start_date { year: 2027 month: 1 day: 1 } end_date { year:"
          " 2027 month: 12 day: 31 } state_code: '11' scian_class: '336110' }");
  const auto ids = [](const absl::StatusOr<v1::FindSchoolsResponse>& found) {
    std::vector<std::string> ids;
    EXPECT_OK(found);
    if (!found.ok()) return ids;
    for (const auto& site : found->sites()) {
      ids.push_back(absl::StrCat(site.organization().substr(14), site.has_campus() ? "" : "!"));
    }
    return ids;
  };
  const std::string place = "training_place: 'companies/acme/trainingPlaces/one'";
  const std::string statement = "demand_statement: 'companies/acme/demandStatements/w'";
  EXPECT_THAT(ids(Find(place, "company/acme")), ElementsAre("here", "near", "far!", "far"));
  EXPECT_THAT(ids(Find(statement, "company/acme")), ElementsAre("near", "here", "far!", "far"));
  EXPECT_THAT(ids(Find("skills: 'skills/welding' near_state_code: '09'", "reporter/inegi")),
              ElementsAre("far!", "far", "near", "here"));
  EXPECT_THAT(ids(Find(place + " near_state_code: '09'", "company/acme")),
              ElementsAre("far!", "far", "near", "here"));
  ASSERT_OK_AND_ASSIGN(const auto found, Find(place, "company/acme"));
  EXPECT_EQ(found.training_place().state(), v1::SECTION_STATE_FRESH);
  EXPECT_FALSE(found.has_demand_statement());
  EXPECT_EQ(found.sites(0).programs(0).next_start_date().year(), 2098);
  EXPECT_THAT(found.sites(0).facilities(), IsEmpty()) << "means are not asked for";
  // A statement is followed for whoever may read it.
  EXPECT_THAT(Find(statement, "company/globex"), HasReason("DEMAND_STATEMENT_NOT_FOUND"));
  EXPECT_THAT(Find(""), HasReason("ONE_QUESTION_ONLY"));
  EXPECT_THAT(Find(place + " skills: 'skills/plc'"), HasReason("ONE_QUESTION_ONLY"));
  EXPECT_THAT(Find("training_place: 'companies/acme/trainingPlaces/none'"),
              HasReason("TRAINING_PLACE_NOT_FOUND"));
  // Agencies that are away.
  ASSERT_OK_AND_ASSIGN(auto away, Find(place, "company/acme", {.economy = true}));
  EXPECT_EQ(away.teaching().failure().reason(), "NEEDS_SECTION");
  ASSERT_OK_AND_ASSIGN(away, Find(place, "company/acme", {.education = true}));
  EXPECT_EQ(away.teaching().state(), v1::SECTION_STATE_MISSING);
  EXPECT_THAT(away.sites(), IsEmpty());
  EXPECT_THAT(ids(Find("skills: 'skills/welding'", kCouncil, {.economy = true})),
              ElementsAre("far!", "far", "near", "here"));
}

}  // namespace
}  // namespace puente::gateway
