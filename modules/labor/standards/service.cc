#include "modules/labor/standards/service.h"

#include "common/calls/service.h"
#include "modules/labor/standards/store.h"
#include "puente/labor/v1/standards.grpc.pb.h"

namespace puente::labor {
namespace {

absl::StatusOr<v1::Standards> GetStandards(const Call& call, sql::Session& session,
                                           const v1::GetStandardsRequest& request) {
  return store::ReadStandards(session);
}

}  // namespace

void ServeStandards(calls::Host& host) { host.Serve<v1::StandardsService>().Read<&GetStandards>(); }

}  // namespace puente::labor
