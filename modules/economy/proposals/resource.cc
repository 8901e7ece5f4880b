#include "modules/economy/proposals/resource.h"

#include "modules/economy/consents/store.h"
#include "modules/economy/proposals/reading.h"
#include "modules/economy/proposals/rules.h"

namespace puente::economy {
namespace {

// A chamber proposes as a company by its consents.
absl::StatusOr<bool> ActsFor(const Call& call, sql::Session& session, const std::string& author,
                             const v1::Proposal*) {
  return MayAct(call, session, AsCompany(author), v1::CONSENT_ACT_PROPOSE);
}

std::vector<std::string> Skills(const v1::Proposal& proposal) {
  return {proposal.skills().begin(), proposal.skills().end()};
}

std::vector<std::string> Statements(const v1::Proposal& proposal) {
  return {proposal.statements().begin(), proposal.statements().end()};
}

}  // namespace

const resource::Resource<v1::Proposal>& Proposals() {
  static const resource::Resource<v1::Proposal> proposals({
      .table = "proposal",
      .lists = {{.by = {"state"}, .order = {"create_time"}, .index = "by_state"},
                {.by = {"sector_table"}, .index = "by_sector_table"},
                {.by = {"author"}, .index = "by_author"}},
      .elements =
          {{.by = "skill", .table = "proposal_skill", .of = &Skills, .newest = true},
           {.by = "statement", .table = "proposal_statement", .of = &Statements, .newest = true}},
      .guarded = true,
      .acts_for = &ActsFor,
      .leave_out = &LeaveOut,
      .may_ask = &MayAsk,
      .states = {{.verb = "CreateProposal", .to = v1::PROPOSAL_STATE_SUBMITTED},
                 {.verb = "UpdateProposal",  // whether the author is shown; see CheckChange()
                  .from = {v1::PROPOSAL_STATE_SUBMITTED, v1::PROPOSAL_STATE_IN_REVIEW,
                           v1::PROPOSAL_STATE_ADOPTED, v1::PROPOSAL_STATE_DECLINED,
                           v1::PROPOSAL_STATE_IMPLEMENTED}},
                 {.verb = "ReviewProposal",
                  .from = {v1::PROPOSAL_STATE_SUBMITTED},
                  .to = v1::PROPOSAL_STATE_IN_REVIEW},
                 {.verb = "AdoptProposal",
                  .from = {v1::PROPOSAL_STATE_IN_REVIEW},
                  .to = v1::PROPOSAL_STATE_ADOPTED},
                 {.verb = "DeclineProposal",
                  .from = {v1::PROPOSAL_STATE_IN_REVIEW},
                  .to = v1::PROPOSAL_STATE_DECLINED},
                 {.verb = "RecordImplementation",
                  .from = {v1::PROPOSAL_STATE_ADOPTED, v1::PROPOSAL_STATE_IMPLEMENTED},
                  .to = v1::PROPOSAL_STATE_IMPLEMENTED}},
      .over = {v1::PROPOSAL_STATE_DECLINED},
  });
  return proposals;
}

}  // namespace puente::economy
