#include "modules/economy/proposals/service.h"

#include <string>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "common/fields/rules.h"
#include "common/resource/provenance.h"
#include "common/resource/serve.h"
#include "google/protobuf/util/message_differencer.h"
#include "modules/economy/agreements/resource.h"
#include "modules/economy/chambers/resource.h"
#include "modules/economy/companies/resource.h"
#include "modules/economy/errors.h"
#include "modules/economy/proposals/resource.h"
#include "modules/economy/proposals/rules.h"
#include "modules/economy/table_sessions/resource.h"
#include "puente/economy/v1/proposal.grpc.pb.h"

namespace puente::economy {
namespace {

constexpr int kMostVersions = 100;

// Whoever is said to propose is in the register, if that is Economy's: a caller is known by his
// certificate, one who came on paper is not.
absl::Status CheckKnown(const Call& call, journal::Transaction& tx, const std::string& author) {
  const Caller named{author};
  if (author == call.caller.path) return absl::OkStatus();
  if (named.kind() == "company") {
    return resource::Get(tx, Companies(), AsCompany(author), "proposal.author").status();
  }
  if (named.kind() == "chamber") {
    return resource::Get(tx, Chambers(), absl::StrCat("chambers/", named.id()), "proposal.author")
        .status();
  }
  return absl::OkStatus();
}

// What an author says that his proposal comes of, he took part in, or it is his to do.
class Origin {
 public:
  Origin(const Call& call, journal::Transaction& tx, const v1::Proposal& proposal)
      : call_(call), tx_(tx), proposal_(proposal) {}

  absl::Status CheckSession(const std::string& session, const std::string& field) {
    ASSIGN_OR_RETURN(const v1::TableSession found,
                     resource::Get(tx_, TableSessions(), session, field));
    if (absl::c_any_of(found.participants(), [this](const auto& one) { return IsHe(one); })) {
      return absl::OkStatus();
    }
    return InvalidFields({Against(rule::kNotInSession, "author"_is(proposal_.author())).At(field)});
  }
  absl::Status CheckAgreement(const std::string& agreement, const std::string& field) {
    ASSIGN_OR_RETURN(const v1::Agreement found, resource::Get(tx_, Agreements(), agreement, field));
    return IsHe(found.owner()) ? absl::OkStatus() : CheckSession(found.session(), field);
  }

 private:
  // A chamber may have been there for the company as which it proposes.
  bool IsHe(const std::string& path) const {
    return path == proposal_.author() || path == call_.caller.path;
  }

  const Call& call_;
  journal::Transaction& tx_;
  const v1::Proposal& proposal_;
};

// Economy was at all sessions. What it has recorded of a proposal stays.
absl::Status CheckOrigin(const Call& call, journal::Transaction& tx, const v1::Proposal* before,
                         const v1::Proposal& after) {
  if (resource::IsOfItsAgency(call, Proposals())) return absl::OkStatus();
  const v1::Proposal& known = before == nullptr ? v1::Proposal::default_instance() : *before;
  Origin origin(call, tx, after);
  if (!after.session().empty() && after.session() != known.session()) {
    RETURN_IF_ERROR(origin.CheckSession(after.session(), "proposal.session"));
  }
  if (after.session() != known.session() || after.sector_table() != known.sector_table()) {
    RETURN_IF_ERROR(InvalidFields(CheckTable(after)));
  }
  for (int i = 0; i < after.agreements_size(); ++i) {
    if (absl::c_linear_search(known.agreements(), after.agreements(i))) continue;
    RETURN_IF_ERROR(
        origin.CheckAgreement(after.agreements(i), absl::StrCat("proposal.agreements[", i, "]")));
  }
  return absl::OkStatus();
}

// Once it is reviewed an author says no more than whether he is shown.
absl::Status CheckChange(const Call& call, const v1::Proposal& before, const v1::Proposal& after) {
  if (before.state() == v1::PROPOSAL_STATE_SUBMITTED) return absl::OkStatus();
  v1::Proposal shown = before;
  shown.set_show_author(after.show_author());
  shown.set_etag(after.etag());
  if (google::protobuf::util::MessageDifferencer::Equals(shown, after)) return absl::OkStatus();
  return resource::StateWrong(Proposals(), Proposals().state_wrong(), call.verb(), before,
                              {v1::PROPOSAL_STATE_SUBMITTED});
}

absl::Status Prepare(const Call& call, journal::Transaction& tx, const v1::Proposal* before,
                     v1::Proposal& after) {
  after.set_statement_count(after.statements_size());
  RETURN_IF_ERROR(before == nullptr ? CheckKnown(call, tx, after.author())
                                    : CheckChange(call, *before, after));
  return CheckOrigin(call, tx, before, after);
}

absl::StatusOr<v1::Proposal> RecordImplementation(const Call& call, journal::Transaction& tx,
                                                  const v1::RecordImplementationRequest& request) {
  ASSIGN_OR_RETURN(const v1::Proposal before, resource::Get(tx, Proposals(), request.name()));
  RETURN_IF_ERROR(resource::CheckEtag(before, request.etag()));
  RETURN_IF_ERROR(resource::CheckState(Proposals(), call.verb(), before));
  const v1::Proposal after = Implemented(before, request.versions(), call.start);
  if (after.versions_size() == before.versions_size()) return before;
  if (after.versions_size() > kMostVersions) {
    return InvalidFields(
        {Against(puente::rule::kTooMany, "most"_is(kMostVersions)).At("versions")});
  }
  return resource::Replace(call, tx, Proposals(), before, after);
}

}  // namespace

void ServeProposals(calls::Host& host) {
  host.Serve<v1::ProposalService>().Mutate<&RecordImplementation>();
  resource::Serve(host, Proposals(), {.prepare = &Prepare});
}

}  // namespace puente::economy
