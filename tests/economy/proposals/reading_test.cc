// What each kind of reader sees of proposals, whichever way he asks.
#include <gmock/gmock.h>

#include <functional>

#include "tests/economy/work.h"

namespace puente::economy {
namespace {

using puente::testing::HasReason;
using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::kEconomy;
using testing::Party;
using Stub = v1::ProposalService::Stub;

constexpr char kAcmes[] = "companies/acme/demandStatements/welders";
constexpr char kGlobexs[] = "companies/globex/demandStatements/welders";

std::string Quoted(const std::string& field, const std::string& value) {
  return absl::StrCat("filter: '", field, " = \\\"", value, "\\\"'");
}

// What one answer tells of a proposal that is not there to be told.
struct Told {
  std::string author, source;
  std::vector<std::string> statements;
  int count = 0;
};

Told Of(const v1::Proposal& proposal) {
  return {proposal.author(),
          proposal.source(),
          {proposal.statements().begin(), proposal.statements().end()},
          proposal.statement_count()};
}

class Reading : public testing::Work {
 protected:
  // By the chamber b, of statements of both companies.
  Reading() {
    for (const char* company : {"acme", "globex"}) {
      EXPECT_OK(State(company, "welders"));
      EXPECT_OK(Consent(company, "read-b", "b", "acts: CONSENT_ACT_READ_DEMAND"));
    }
    EXPECT_OK(Propose(b, "one", "chamber/b",
                      absl::StrCat("skills: 'skills/mig' sector_table: 'sectorTables/auto'"
                                   " statements: '",
                                   kAcmes, "' statements: '", kGlobexs, "'")));
    // So that there is an earlier state.
    EXPECT_OK(b.Ask(&Stub::UpdateProposal,
                    "proposal { name: 'proposals/one' text: 'Otra vez' }"
                    " update_mask { paths: 'text' }"));
  }

  // What a reader is told of the proposal by every method that tells of it.
  std::vector<Told> EveryWay(Party& reader) {
    std::vector<Told> told;
    const auto take = [&](const auto& answer, auto&& rows) {
      EXPECT_OK(answer);
      if (!answer.ok()) return;
      EXPECT_FALSE(rows(*answer).empty());
      for (const v1::Proposal& row : rows(*answer)) told.push_back(Of(row));
    };
    const auto got = reader.Ask(&Stub::GetProposal, "name: 'proposals/one'");
    EXPECT_OK(got);
    if (got.ok()) told.push_back(Of(*got));
    take(reader.Ask(&Stub::BatchGetProposals, "names: 'proposals/one'"),
         [](const auto& answer) { return answer.proposals(); });
    take(reader.Ask(&Stub::ListProposalRevisions, "name: 'proposals/one'"),
         [](const auto& answer) { return answer.proposals(); });
    for (const std::string& filter :
         {std::string(), std::string("filter: 'state = SUBMITTED'"), Quoted("skill", "skills/mig"),
          Quoted("sector_table", "sectorTables/auto")}) {
      take(reader.Ask(&Stub::ListProposals, filter),
           [](const auto& answer) { return answer.proposals(); });
    }
    EXPECT_GE(told.size(), 8u);
    return told;
  }

  void ExpectTold(Party& reader, const std::string& author,
                  const std::vector<std::string>& statements) {
    SCOPED_TRACE(reader.caller());
    for (const Told& told : EveryWay(reader)) {
      EXPECT_EQ(told.author, author);
      EXPECT_EQ(told.source, author.empty() ? "" : "chamber.b");
      EXPECT_EQ(told.statements, statements);
      EXPECT_EQ(told.count, 2) << "how many, everybody knows";
    }
  }

  Party acme{database, "company/acme"}, globex{database, "company/globex"},
      a{database, "chamber/a"}, b{database, "chamber/b"}, utt{database, "organization/utt"},
      cce{database, "council/cce"}, education{database, "agency/education"};
};

TEST_F(Reading, TellsWhatItsReaderMayKnow) {
  ExpectTold(economy, "chamber/b", {kAcmes, kGlobexs});
  ExpectTold(b, "chamber/b", {kAcmes, kGlobexs});
  ExpectTold(acme, "", {kAcmes});
  ExpectTold(globex, "", {kGlobexs});
  for (Party* other : {&a, &utt, &cce, &education}) ExpectTold(*other, "", {});
  ASSERT_OK(Consent("acme", "read-a", "a", "acts: CONSENT_ACT_READ_DEMAND"));
  ExpectTold(a, "", {kAcmes});
}

TEST_F(Reading, TellsAnAuthorWhoAgreedAsLongAsHeDoes) {
  const auto agree = [&](const char* agreed) {
    return b.Ask(&Stub::UpdateProposal,
                 absl::StrCat("proposal { name: 'proposals/one' show_author: ", agreed,
                              " } update_mask { paths: 'show_author' }"));
  };
  ASSERT_OK(agree("true"));
  ExpectTold(utt, "chamber/b", {});
  ExpectTold(acme, "chamber/b", {kAcmes});
  ASSERT_OK(agree("false"));
  ExpectTold(utt, "", {});
}

TEST_F(Reading, TellsAnAuthorOrNotInEveryState) {
  const auto author = [&] {
    const auto read = utt.Ask(&Stub::GetProposal, "name: 'proposals/one'");
    EXPECT_OK(read);
    return read.ok() ? read->author() : "";
  };
  const auto agree = [&](const char* agreed) {
    return b.Ask(&Stub::UpdateProposal,
                 absl::StrCat("proposal { name: 'proposals/one' text: 'Otra' show_author: ", agreed,
                              " } update_mask { paths: 'show_author' }"));
  };
  ASSERT_OK(Decide(&Stub::ReviewProposal, "one"));
  ASSERT_OK(agree("true"));
  EXPECT_EQ(author(), "chamber/b");
  EXPECT_THAT(b.Ask(&Stub::UpdateProposal,
                    "proposal { name: 'proposals/one' text: 'Otra' show_author: false }"
                    " update_mask { paths: 'show_author' paths: 'text' }"),
              HasReason("PROPOSAL_STATE_WRONG"));
  ASSERT_OK(Decide(&Stub::DeclineProposal, "one", "reason: 'Ya existe'"));
  ASSERT_OK(agree("false"));
  EXPECT_EQ(author(), "");
}

// A chamber that proposes as a company sees what it sees.
TEST_F(Reading, TellsAChamberThatMayProposeAsTheAuthor) {
  const std::string of_acme = absl::StrCat("statements: '", kAcmes, "'");
  ASSERT_OK(Propose(acme, "acmes", "company/acme", of_acme));
  const auto read = [&] { return a.Ask(&Stub::GetProposal, "name: 'proposals/acmes'"); };
  ASSERT_OK_AND_ASSIGN(const auto before, read());
  EXPECT_EQ(before.author(), "");
  EXPECT_THAT(before.statements(), IsEmpty());
  EXPECT_THAT(a.Ask(&Stub::ListProposals, Quoted("author", "company/acme")),
              HasReason("FILTER_OF_OTHERS"));
  ASSERT_OK(Consent("acme", "propose", "a", "acts: CONSENT_ACT_PROPOSE"));
  ASSERT_OK_AND_ASSIGN(const auto after, read());
  EXPECT_EQ(after.author(), "company/acme");
  EXPECT_THAT(after.statements(), ElementsAre(kAcmes));
  EXPECT_OK(a.Ask(&Stub::ListProposals, Quoted("author", "company/acme")));
}

TEST_F(Reading, IsNotGoneAroundByFilters) {
  const auto by_author = Quoted("author", "chamber/b");
  for (Party* other : {&acme, &globex, &a, &utt, &cce, &education}) {
    SCOPED_TRACE(other->caller());
    EXPECT_THAT(other->Ask(&Stub::ListProposals, by_author), HasReason("FILTER_OF_OTHERS"));
  }
  for (Party* party : {&economy, &b}) {
    ASSERT_OK_AND_ASSIGN(const auto page, party->Ask(&Stub::ListProposals, by_author));
    EXPECT_EQ(page.proposals_size(), 1);
  }
  for (Party* party : {&economy, &acme, &b}) {
    ASSERT_OK_AND_ASSIGN(const auto page,
                         party->Ask(&Stub::ListProposals, Quoted("statement", kAcmes)));
    EXPECT_EQ(page.proposals_size(), 1);
  }
  // Whether there is such a statement makes no difference.
  for (Party* other : {&globex, &a, &utt, &cce, &education}) {
    SCOPED_TRACE(other->caller());
    for (const char* statement : {kAcmes, "companies/acme/demandStatements/none"}) {
      EXPECT_THAT(other->Ask(&Stub::ListProposals, Quoted("statement", statement)),
                  HasReason("FILTER_OF_OTHERS"));
    }
  }
}

}  // namespace
}  // namespace puente::economy
