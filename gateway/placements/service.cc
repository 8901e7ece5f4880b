#include "gateway/placements/service.h"

#include "common/calls/service.h"
#include "common/resource/owner.h"
#include "gateway/acts/resource.h"
#include "gateway/acts/steps.h"
#include "gateway/placements/placement.h"
#include "puente/gateway/v1/council.grpc.pb.h"

namespace puente::gateway {
namespace {

absl::StatusOr<OwnerProof> PlaceLearner(const Call& call, journal::Transaction& tx,
                                        const v1::PlaceLearnerRequest& request, v1::Act& begun) {
  v1::Act of_caller;
  of_caller.set_name(request.learner());
  of_caller.set_organization(OrganizationOf(request.learner()));
  ASSIGN_OR_RETURN(OwnerProof proof, resource::CheckOwner(call, tx, Acts(), of_caller,
                                                          resource::Owned::kNew, "learner"));
  ASSIGN_OR_RETURN(begun, BeginPlacement(call, tx, FreshActId(), request));
  return proof;
}

}  // namespace

void ServePlacements(calls::Host& host) {
  host.Serve<v1::CouncilService>().MutateOwned<&PlaceLearner>();
}

}  // namespace puente::gateway
