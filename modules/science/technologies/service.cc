#include "modules/science/technologies/service.h"

#include "common/resource/methods.h"
#include "common/rpc/handlers.h"
#include "modules/science/technologies/store.h"

namespace puente::science {
namespace {

absl::StatusOr<v1::Technology> Create(const Call& call, journal::Transaction& tx,
                                      const v1::CreateTechnologyRequest& request) {
  return resource::Create(call, tx, store::TechnologySpec(), {request.technology_id()},
                          request.technology());
}

}  // namespace

TechnologyService::Reactor* TechnologyService::CreateTechnology(
    Context* c, const v1::CreateTechnologyRequest* q, v1::Technology* r) {
  return rpc::Mutate(host_, c, q, r, &Create);
}
TechnologyService::Reactor* TechnologyService::GetTechnology(Context* c,
                                                             const v1::GetTechnologyRequest* q,
                                                             v1::Technology* r) {
  return rpc::Read(host_, c, q, r, resource::Getting<v1::Technology>(store::TechnologySpec()));
}
TechnologyService::Reactor* TechnologyService::ListTechnologies(
    Context* c, const v1::ListTechnologiesRequest* q, v1::ListTechnologiesResponse* r) {
  return rpc::Read(host_, c, q, r,
                   resource::Listing(store::TechnologySpec(),
                                     &v1::ListTechnologiesResponse::mutable_technologies));
}
TechnologyService::Reactor* TechnologyService::BatchGetTechnologies(
    Context* c, const v1::BatchGetTechnologiesRequest* q, v1::BatchGetTechnologiesResponse* r) {
  return rpc::Read(host_, c, q, r,
                   resource::BatchGetting(store::TechnologySpec(),
                                          &v1::BatchGetTechnologiesResponse::mutable_technologies));
}

}  // namespace puente::science
