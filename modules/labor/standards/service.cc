#include "modules/labor/standards/service.h"

#include "common/rpc/handlers.h"
#include "modules/labor/standards/store.h"

namespace puente::labor {
namespace {

absl::StatusOr<v1::Standards> Get(const Call& call, sql::Session& session,
                                  const v1::GetStandardsRequest& request) {
  return store::ReadStandards(session);
}

}  // namespace

grpc::ServerUnaryReactor* StandardsService::GetStandards(grpc::CallbackServerContext* c,
                                                         const v1::GetStandardsRequest* q,
                                                         v1::Standards* r) {
  return rpc::Read(host_, c, q, r, &Get);
}

}  // namespace puente::labor
