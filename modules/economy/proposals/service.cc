#include "modules/economy/proposals/service.h"

#include "common/fields/rules.h"
#include "common/resource/serve.h"
#include "modules/economy/chambers/resource.h"
#include "modules/economy/companies/resource.h"
#include "modules/economy/proposals/resource.h"
#include "modules/economy/proposals/rules.h"
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

absl::Status Prepare(const Call& call, journal::Transaction& tx, const v1::Proposal* before,
                     v1::Proposal& after) {
  after.set_statement_count(after.statements_size());
  return before == nullptr ? CheckKnown(call, tx, after.author()) : absl::OkStatus();
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
