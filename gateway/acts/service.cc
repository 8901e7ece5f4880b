#include "gateway/acts/service.h"

#include "common/calls/service.h"
#include "common/resource/serve.h"
#include "gateway/acts/resource.h"
#include "gateway/acts/steps.h"
#include "puente/economy/v1/proposal.pb.h"
#include "puente/education/v1/cause.pb.h"
#include "puente/gateway/v1/act.grpc.pb.h"

namespace puente::gateway {
namespace {

using compose::Agency;
using economy::v1::RecordImplementationRequest;
using education::v1::ForgetCauseRequest;
using education::v1::NameCauseRequest;
using v1::ImplementProposalRequest;

// The act has no subject here, and so nothing to do at its end.
constexpr char kImplementation[] = "implementation";

// NameCauseRequest or ForgetCauseRequest.
template <class Request>
StepCall Cause(const std::string& version, const std::string& proposal, const std::string& act) {
  Request request;
  request.set_version(version);
  request.set_proposal(proposal);
  request.set_act(act);
  return CallOf(request);
}

// Education's steps come first: a version that is not there or not published is refused by it, and
// an implemented proposal is not undone.
absl::StatusOr<v1::Act> ImplementProposal(const Call& call, journal::Transaction& tx,
                                          const ImplementProposalRequest& request) {
  const std::string id = FreshActId();
  const std::string act = Acts().pattern().Format({id});
  RecordImplementationRequest record;
  record.set_name(request.proposal());
  std::vector<Step> steps;
  for (const std::string& version : request.versions()) {
    steps.push_back({Agency::kEducation, Cause<NameCauseRequest>(version, request.proposal(), act),
                     Cause<ForgetCauseRequest>(version, request.proposal(), act)});
    record.add_versions(version);
  }
  steps.push_back({Agency::kEconomy, CallOf(record), {}});
  return BeginAct(call, tx, id, kImplementation, request.proposal(), steps);
}

}  // namespace

void ServeActs(calls::Host& host) {
  host.Serve<v1::ActService>().Mutate<&ImplementProposal>();
  resource::Serve(host, Acts());
}

}  // namespace puente::gateway
