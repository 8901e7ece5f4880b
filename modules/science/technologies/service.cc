#include "modules/science/technologies/service.h"

#include "common/resource/resource.h"
#include "common/rpc/handlers.h"
#include "modules/science/technologies/store.h"

namespace puente::science {
namespace {

absl::StatusOr<v1::Technology> Create(const Call& call, journal::Transaction& tx,
                                      const v1::CreateTechnologyRequest& request) {
  return resource::Create(call, tx, store::TechnologySpec(), {request.technology_id()},
                          request.technology());
}

absl::StatusOr<v1::Technology> Get(const Call& call, sql::Session& session,
                                   const v1::GetTechnologyRequest& request) {
  return resource::Get<v1::Technology>(session, store::TechnologySpec(), request.name());
}

absl::StatusOr<v1::ListTechnologiesResponse> List(const Call& call, sql::Session& session,
                                                  const v1::ListTechnologiesRequest& request) {
  ASSIGN_OR_RETURN(auto page,
                   resource::List<v1::Technology>(call, session, store::TechnologySpec(), request));
  return resource::Fill(page, &v1::ListTechnologiesResponse::mutable_technologies);
}

absl::StatusOr<v1::BatchGetTechnologiesResponse> BatchGet(
    const Call& call, sql::Session& session, const v1::BatchGetTechnologiesRequest& request) {
  ASSIGN_OR_RETURN(auto rows, resource::BatchGet<v1::Technology>(session, store::TechnologySpec(),
                                                                 request.names()));
  return resource::Fill(rows, &v1::BatchGetTechnologiesResponse::mutable_technologies);
}

}  // namespace

TechnologyService::Reactor* TechnologyService::CreateTechnology(
    Context* c, const v1::CreateTechnologyRequest* q, v1::Technology* r) {
  return rpc::Mutate(host_, c, q, r, &Create);
}
TechnologyService::Reactor* TechnologyService::GetTechnology(Context* c,
                                                             const v1::GetTechnologyRequest* q,
                                                             v1::Technology* r) {
  return rpc::Read(host_, c, q, r, &Get);
}
TechnologyService::Reactor* TechnologyService::ListTechnologies(
    Context* c, const v1::ListTechnologiesRequest* q, v1::ListTechnologiesResponse* r) {
  return rpc::Read(host_, c, q, r, &List);
}
TechnologyService::Reactor* TechnologyService::BatchGetTechnologies(
    Context* c, const v1::BatchGetTechnologiesRequest* q, v1::BatchGetTechnologiesResponse* r) {
  return rpc::Read(host_, c, q, r, &BatchGet);
}

}  // namespace puente::science
