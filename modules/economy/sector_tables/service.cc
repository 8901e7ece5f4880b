#include "modules/economy/sector_tables/service.h"

#include "common/resource/resource.h"
#include "common/rpc/handlers.h"
#include "modules/economy/sector_tables/store.h"

namespace puente::economy {
namespace {

absl::StatusOr<v1::SectorTable> Create(const Call& call, journal::Transaction& tx,
                                       const v1::CreateSectorTableRequest& request) {
  return resource::Create(call, tx, store::SectorTableSpec(), {request.sector_table_id()},
                          request.sector_table());
}

absl::StatusOr<v1::SectorTable> Get(const Call& call, sql::Session& session,
                                    const v1::GetSectorTableRequest& request) {
  return resource::Get<v1::SectorTable>(session, store::SectorTableSpec(), request.name());
}

absl::StatusOr<v1::ListSectorTablesResponse> List(const Call& call, sql::Session& session,
                                                  const v1::ListSectorTablesRequest& request) {
  ASSIGN_OR_RETURN(
      auto page, resource::List<v1::SectorTable>(call, session, store::SectorTableSpec(), request));
  return resource::Fill(page, &v1::ListSectorTablesResponse::mutable_sector_tables);
}

absl::StatusOr<v1::BatchGetSectorTablesResponse> BatchGet(
    const Call& call, sql::Session& session, const v1::BatchGetSectorTablesRequest& request) {
  ASSIGN_OR_RETURN(auto rows, resource::BatchGet<v1::SectorTable>(session, store::SectorTableSpec(),
                                                                  request.names()));
  return resource::Fill(rows, &v1::BatchGetSectorTablesResponse::mutable_sector_tables);
}

}  // namespace

SectorTableService::Reactor* SectorTableService::CreateSectorTable(
    Context* c, const v1::CreateSectorTableRequest* q, v1::SectorTable* r) {
  return rpc::Mutate(host_, c, q, r, &Create);
}
SectorTableService::Reactor* SectorTableService::GetSectorTable(Context* c,
                                                                const v1::GetSectorTableRequest* q,
                                                                v1::SectorTable* r) {
  return rpc::Read(host_, c, q, r, &Get);
}
SectorTableService::Reactor* SectorTableService::ListSectorTables(
    Context* c, const v1::ListSectorTablesRequest* q, v1::ListSectorTablesResponse* r) {
  return rpc::Read(host_, c, q, r, &List);
}
SectorTableService::Reactor* SectorTableService::BatchGetSectorTables(
    Context* c, const v1::BatchGetSectorTablesRequest* q, v1::BatchGetSectorTablesResponse* r) {
  return rpc::Read(host_, c, q, r, &BatchGet);
}

}  // namespace puente::economy
