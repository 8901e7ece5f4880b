// Proposals: who makes them, what they rest on, what becomes of them.
#include <gmock/gmock.h>

#include "tests/economy/work.h"

namespace puente::economy {
namespace {

using puente::testing::HasReason;
using testing::Day;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::kEconomy;
using testing::Party;
using Stub = v1::ProposalService::Stub;

constexpr char kWelders[] = "statements: 'companies/acme/demandStatements/welders'";

class ProposalsTest : public testing::Work {
 protected:
  absl::StatusOr<v1::Proposal> Implement(Party& party, const std::string& original,
                                         const std::string& id, const std::string& versions) {
    return party.Ask(&Stub::RecordImplementation,
                     absl::StrCat("name: 'proposals/", id, "' ", versions), original);
  }
  std::vector<std::string> Names(const std::string& filter, const std::string& more = "") {
    const auto page =
        economy.Ask(&Stub::ListProposals, absl::StrCat("filter: '", filter, "'", more));
    EXPECT_OK(page);
    std::vector<std::string> names;
    for (const v1::Proposal& proposal : page->proposals()) names.push_back(proposal.name());
    return names;
  }
  int64_t Stored() {
    return Count(
        "SELECT (SELECT COUNT(*) FROM proposal) + (SELECT COUNT(*) FROM proposal_skill) +"
        " (SELECT COUNT(*) FROM proposal_statement)");
  }

  Party acme{database, "company/acme"}, a{database, "chamber/a"}, utt{database, "organization/utt"};
};

TEST_F(ProposalsTest, AreMadeByTheirAuthors) {
  ASSERT_OK_AND_ASSIGN(const auto made, Propose(acme, "one", "company/acme"));
  EXPECT_EQ(made.state(), v1::PROPOSAL_STATE_SUBMITTED);
  EXPECT_EQ(made.author(), "company/acme");
  EXPECT_EQ(made.source(), "company.acme");
  EXPECT_OK(Propose(a, "two", "chamber/a"));
  EXPECT_OK(Propose(utt, "three", "organization/utt"));
  EXPECT_OK(Propose(economy, "four", kEconomy));
  EXPECT_OK(Propose(economy, "on-paper", "company/globex"));
  EXPECT_THAT(Propose(economy, "five", "company/none"), HasReason("COMPANY_NOT_FOUND"));
  EXPECT_THAT(Propose(economy, "five", "chamber/none"), HasReason("CHAMBER_NOT_FOUND"));
  EXPECT_THAT(Propose(economy, "five", "supplier/portal"), HasReason("INVALID_FIELDS"));
  EXPECT_THAT(Propose(acme, "five", "company/globex"), HasReason("OWNER_MISMATCH"));
  EXPECT_THAT(Propose(utt, "five", "company/acme"), HasReason("OWNER_MISMATCH"));
  EXPECT_THAT(Propose(a, "five", "chamber/b"), HasReason("OWNER_MISMATCH"));
  EXPECT_THAT(Propose(acme, "five", kEconomy), HasReason("OWNER_MISMATCH"));
  Party labor(database, "agency/labor");
  EXPECT_THAT(Propose(labor, "five", kEconomy), HasReason("CALLER_REFUSED"));
}

TEST_F(ProposalsTest, AreMadeByAChamberForACompanyThatAgreedToIt) {
  EXPECT_THAT(Propose(a, "one", "company/acme"), HasReason("OWNER_MISMATCH"));
  ASSERT_OK(Consent("acme", "other", "a", "acts: CONSENT_ACT_STATE_DEMAND"));
  EXPECT_THAT(Propose(a, "one", "company/acme"), HasReason("OWNER_MISMATCH"));
  ASSERT_OK_AND_ASSIGN(const auto consent,
                       Consent("acme", "propose", "a", "acts: CONSENT_ACT_PROPOSE"));
  ASSERT_OK_AND_ASSIGN(const auto made, Propose(a, "one", "company/acme"));
  EXPECT_EQ(made.author(), "company/acme");
  EXPECT_THAT(Propose(a, "two", "company/globex"), HasReason("OWNER_MISMATCH"));
  const std::string change =
      "proposal { name: 'proposals/one' title_es: 'Otra' } update_mask { paths: 'title_es' }";
  EXPECT_OK(a.Ask(&Stub::UpdateProposal, change));
  ASSERT_OK(economy.Ask(&v1::ConsentService::Stub::WithdrawConsent,
                        absl::StrCat("name: '", consent.name(), "'")));
  EXPECT_THAT(Propose(a, "two", "company/acme"), HasReason("OWNER_MISMATCH"));
  EXPECT_THAT(a.Ask(&Stub::UpdateProposal, change), HasReason("OWNER_MISMATCH"));
  EXPECT_OK(acme.Ask(&Stub::UpdateProposal, change)) << "its own it stays";
}

TEST_F(ProposalsTest, RestOnStatementsThatTheirAuthorsMayRead) {
  ASSERT_OK(State("acme", "welders"));
  ASSERT_OK_AND_ASSIGN(const auto own, Propose(acme, "own", "company/acme", kWelders));
  EXPECT_EQ(own.statement_count(), 1);
  Party globex(database, "company/globex");
  const auto unknown = Propose(globex, "not", "company/globex", kWelders);
  EXPECT_THAT(unknown, HasReason("DEMAND_STATEMENT_NOT_FOUND"));
  EXPECT_EQ(MetadataOf(unknown.status(), "field"), "proposal.statements[0]");
  EXPECT_THAT(Propose(utt, "not", "organization/utt", kWelders),
              HasReason("DEMAND_STATEMENT_NOT_FOUND"));
  EXPECT_THAT(Propose(a, "not", "chamber/a", kWelders), HasReason("DEMAND_STATEMENT_NOT_FOUND"));
  ASSERT_OK(Consent("acme", "propose", "a", "acts: CONSENT_ACT_PROPOSE"));
  EXPECT_THAT(Propose(a, "not", "company/acme", kWelders), HasReason("DEMAND_STATEMENT_NOT_FOUND"));
  ASSERT_OK(Consent("acme", "read", "a", "acts: CONSENT_ACT_READ_DEMAND"));
  EXPECT_OK(Propose(a, "for-acme", "company/acme", kWelders));
  EXPECT_OK(Propose(a, "as-itself", "chamber/a", kWelders));
}

TEST_F(ProposalsTest, RestOnNothingThatIsOver) {
  ASSERT_OK(State("acme", "welders"));
  ASSERT_OK(economy.Ask(&v1::DemandService::Stub::WithdrawDemandStatement,
                        "name: 'companies/acme/demandStatements/welders'"));
  ASSERT_OK(Plan("planned", Day(2026)));
  const int64_t before = Stored();
  const auto withdrawn =
      Propose(acme, "one", "company/acme", absl::StrCat("skills: 'skills/welding' ", kWelders));
  EXPECT_THAT(withdrawn, HasReason("DEMAND_STATEMENT_STATE_WRONG"));
  EXPECT_EQ(MetadataOf(withdrawn.status(), "state"), "DEMAND_STATE_WITHDRAWN");
  EXPECT_EQ(MetadataOf(withdrawn.status(), "wanted"), "DEMAND_STATE_CURRENT");
  EXPECT_THAT(Propose(acme, "one", "company/acme", "session: 'sectorTables/auto/sessions/planned'"),
              HasReason("TABLE_SESSION_STATE_WRONG"));
  EXPECT_THAT(Propose(acme, "one", "company/acme", "agreements: 'agreements/none'"),
              HasReason("AGREEMENT_NOT_FOUND"));
  EXPECT_EQ(Stored(), before) << "nothing is left of what was refused";
}

TEST_F(ProposalsTest, ComeOfWhatTheirAuthorsTookPartIn) {
  ASSERT_OK(Plan("s1", Day(2026)));
  ASSERT_OK(Hold("s1"));
  ASSERT_OK(economy.Ask(
      &v1::AgreementService::Stub::CreateAgreement,
      absl::StrCat("agreement_id: 'tig' agreement { session: 'sectorTables/auto/sessions/s1'"
                   " text_es: 'A' owner: 'organization/utt' due_date {",
                   Day(2199), "} ", testing::kProvenance, "}")));
  const std::string session = "session: 'sectorTables/auto/sessions/s1'",
                    agreement = "agreements: 'agreements/tig'";
  EXPECT_OK(Propose(acme, "was-there", "company/acme",
                    absl::StrCat("sector_table: 'sectorTables/auto' ", session, " ", agreement)));
  EXPECT_OK(Propose(utt, "has-to-do-it", "organization/utt", agreement));
  Party globex(database, "company/globex");
  for (const auto& [party, author] :
       {std::pair(&globex, "company/globex"), std::pair(&a, "chamber/a"),
        std::pair(&utt, "organization/utt")}) {
    const absl::Status refused = Propose(*party, "not", author, session).status();
    EXPECT_THAT(refused, HasReason("INVALID_FIELDS"));
    EXPECT_EQ(MetadataOf(refused, "field"), "proposal.session");
    EXPECT_EQ(MetadataOf(refused, "rule"), "NOT_IN_SESSION");
  }
  const absl::Status of_others = Propose(globex, "not", "company/globex", agreement).status();
  EXPECT_EQ(MetadataOf(of_others, "field"), "proposal.agreements[0]");
  EXPECT_EQ(MetadataOf(of_others, "rule"), "NOT_IN_SESSION");
  // Economy records it, and that stays whatever the author changes.
  ASSERT_OK(Propose(economy, "on-paper", "company/globex", session));
  const auto change = [&](const std::string& fields, const std::string& path) {
    return globex.Ask(&Stub::UpdateProposal,
                      absl::StrCat("proposal { name: 'proposals/on-paper' ", fields,
                                   " } update_mask { paths: '", path, "' }"));
  };
  EXPECT_OK(change("text: 'Otra vez'", "text"));
  EXPECT_THAT(change(agreement, "agreements"), HasReason("INVALID_FIELDS"));
  ASSERT_OK(
      economy.Ask(&v1::SectorTableService::Stub::CreateSectorTable,
                  absl::StrCat("sector_table_id: 'other' sector_table { label_es: 'O' label_en: 'O'"
                               " scian_prefixes { prefix: '3364' source: 'test' effective_date {",
                               Day(2020), "} }", testing::kProvenance, "}")));
  const absl::Status elsewhere =
      Propose(acme, "not", "company/acme",
              absl::StrCat("sector_table: 'sectorTables/other' ", session))
          .status();
  EXPECT_EQ(MetadataOf(elsewhere, "rule"), "SESSION_OF_OTHER_TABLE");
}

TEST_F(ProposalsTest, AreReviewedAndDecided) {
  for (const char* id : {"adopted", "declined"}) ASSERT_OK(Propose(acme, id, "company/acme"));
  EXPECT_THAT(Decide(&Stub::AdoptProposal, "adopted"), HasReason("PROPOSAL_STATE_WRONG"));
  ASSERT_OK_AND_ASSIGN(const auto in_review, Decide(&Stub::ReviewProposal, "adopted"));
  EXPECT_EQ(in_review.state(), v1::PROPOSAL_STATE_IN_REVIEW);
  EXPECT_TRUE(in_review.has_review_time());
  EXPECT_THAT(acme.Ask(&Stub::UpdateProposal, "proposal { name: 'proposals/adopted' text: 'No' }"),
              HasReason("PROPOSAL_STATE_WRONG"));
  ASSERT_OK_AND_ASSIGN(const auto adopted, Decide(&Stub::AdoptProposal, "adopted"));
  EXPECT_EQ(adopted.state(), v1::PROPOSAL_STATE_ADOPTED);
  EXPECT_TRUE(adopted.has_adopt_time());
  ASSERT_OK(Decide(&Stub::ReviewProposal, "declined"));
  EXPECT_THAT(Decide(&Stub::DeclineProposal, "declined"), HasReason("INVALID_FIELDS"));
  ASSERT_OK_AND_ASSIGN(const auto declined,
                       Decide(&Stub::DeclineProposal, "declined", "reason: 'Ya existe'"));
  EXPECT_EQ(declined.state(), v1::PROPOSAL_STATE_DECLINED);
  EXPECT_EQ(declined.decline_reason(), "Ya existe");
  EXPECT_TRUE(declined.has_decline_time());
  EXPECT_THAT(acme.Ask(&Stub::ReviewProposal, "name: 'proposals/declined'"),
              HasReason("CALLER_REFUSED"));
}

TEST_F(ProposalsTest, AreImplementedThroughTheGatewayAlone) {
  Party gateway(database, "gateway");
  const std::string first = "versions: 'programs/welding/versions/2'",
                    second = "versions: 'microcredentials/tig/versions/1'";
  ASSERT_OK(Propose(acme, "one", "company/acme"));
  EXPECT_THAT(Implement(gateway, kEconomy, "one", first), HasReason("PROPOSAL_STATE_WRONG"));
  ASSERT_OK(Decide(&Stub::ReviewProposal, "one"));
  ASSERT_OK(Decide(&Stub::AdoptProposal, "one"));
  EXPECT_THAT(Implement(economy, "", "one", first), HasReason("DELEGATION_REQUIRED"));
  EXPECT_THAT(Implement(gateway, "company/acme", "one", first), HasReason("CALLER_REFUSED"));
  EXPECT_THAT(Implement(gateway, kEconomy, "one", "versions: 'programs/welding'"),
              HasReason("INVALID_FIELDS"));
  ASSERT_OK_AND_ASSIGN(const auto done, Implement(gateway, kEconomy, "one", first));
  EXPECT_EQ(done.state(), v1::PROPOSAL_STATE_IMPLEMENTED);
  EXPECT_THAT(done.versions(), ElementsAre("programs/welding/versions/2"));
  ASSERT_TRUE(done.has_implement_time());
  ASSERT_OK_AND_ASSIGN(const auto again, Implement(gateway, kEconomy, "one", first));
  EXPECT_EQ(again.SerializeAsString(), done.SerializeAsString()) << "once more is no change";
  ASSERT_OK_AND_ASSIGN(const auto more, Implement(gateway, kEconomy, "one", first + second));
  EXPECT_THAT(more.versions(),
              ElementsAre("programs/welding/versions/2", "microcredentials/tig/versions/1"));
  EXPECT_EQ(more.implement_time().seconds(), done.implement_time().seconds());
}

TEST_F(ProposalsTest, WaitForReviewOldestFirst) {
  for (const char* id : {"c", "a", "b"}) ASSERT_OK(Propose(acme, id, "company/acme"));
  ASSERT_OK(Decide(&Stub::ReviewProposal, "a"));
  EXPECT_THAT(Names("state = SUBMITTED"), ElementsAre("proposals/c", "proposals/b"));
  EXPECT_THAT(Names("state = IN_REVIEW"), ElementsAre("proposals/a"));
}

TEST_F(ProposalsTest, AreFoundByEachOfTheirSkills) {
  ASSERT_OK(Propose(acme, "a", "company/acme", "skills: 'skills/tig' skills: 'skills/mig'"));
  ASSERT_OK(Propose(acme, "b", "company/acme", "skills: 'skills/mig'"));
  EXPECT_THAT(Names("skill = \\\"skills/mig\\\""), ElementsAre("proposals/a", "proposals/b"));
  EXPECT_THAT(Names("skill = \\\"skills/tig\\\""), ElementsAre("proposals/a"));
  ASSERT_OK(acme.Ask(&Stub::UpdateProposal,
                     "proposal { name: 'proposals/a' skills: 'skills/cnc' skills: 'skills/mig' }"
                     " update_mask { paths: 'skills' }"));
  EXPECT_THAT(Names("skill = \\\"skills/tig\\\""), IsEmpty());
  EXPECT_THAT(Names("skill = \\\"skills/cnc\\\""), ElementsAre("proposals/a"));
  EXPECT_THAT(Names("skill = \\\"skills/mig\\\""), ElementsAre("proposals/a", "proposals/b"));
}

// Whoever chooses ids does not choose who is seen.
TEST_F(ProposalsTest, AreListedNewestFirstBySkillAndStatement) {
  for (const char* id : {"0-first", "z", "a"}) {
    ASSERT_OK(Propose(acme, id, "company/acme", "skills: 'skills/mig'"));
  }
  const std::string newest = " order_by: 'create_time desc'";
  EXPECT_THAT(Names("skill = \\\"skills/mig\\\"", newest),
              ElementsAre("proposals/a", "proposals/z", "proposals/0-first"));
  EXPECT_THAT(Names("skill = \\\"skills/mig\\\"", newest + " page_size: 1"),
              ElementsAre("proposals/a"));
  // A skill that comes later makes a proposal no newer.
  ASSERT_OK(acme.Ask(&Stub::UpdateProposal,
                     "proposal { name: 'proposals/z' skills: 'skills/tig' skills: 'skills/mig' }"
                     " update_mask { paths: 'skills' }"));
  ASSERT_OK(Propose(acme, "m", "company/acme", "skills: 'skills/tig'"));
  EXPECT_THAT(Names("skill = \\\"skills/tig\\\"", newest),
              ElementsAre("proposals/m", "proposals/z"));
}

}  // namespace
}  // namespace puente::economy
