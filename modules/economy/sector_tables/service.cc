#include "modules/economy/sector_tables/service.h"

#include "common/resource/methods.h"
#include "common/rpc/handlers.h"
#include "modules/economy/sector_tables/store.h"

namespace puente::economy {
namespace {

absl::StatusOr<v1::SectorTable> Create(const Call& call, journal::Transaction& tx,
                                       const v1::CreateSectorTableRequest& request) {
  return resource::Create(call, tx, store::SectorTableSpec(), {request.sector_table_id()},
                          request.sector_table());
}

}  // namespace

SectorTableService::Reactor* SectorTableService::CreateSectorTable(
    Context* c, const v1::CreateSectorTableRequest* q, v1::SectorTable* r) {
  return rpc::Mutate(host_, c, q, r, &Create);
}
SectorTableService::Reactor* SectorTableService::GetSectorTable(Context* c,
                                                                const v1::GetSectorTableRequest* q,
                                                                v1::SectorTable* r) {
  return rpc::Read(host_, c, q, r, resource::Getting<v1::SectorTable>(store::SectorTableSpec()));
}
SectorTableService::Reactor* SectorTableService::ListSectorTables(
    Context* c, const v1::ListSectorTablesRequest* q, v1::ListSectorTablesResponse* r) {
  return rpc::Read(host_, c, q, r,
                   resource::Listing(store::SectorTableSpec(),
                                     &v1::ListSectorTablesResponse::mutable_sector_tables));
}
SectorTableService::Reactor* SectorTableService::BatchGetSectorTables(
    Context* c, const v1::BatchGetSectorTablesRequest* q, v1::BatchGetSectorTablesResponse* r) {
  return rpc::Read(
      host_, c, q, r,
      resource::BatchGetting(store::SectorTableSpec(),
                             &v1::BatchGetSectorTablesResponse::mutable_sector_tables));
}

}  // namespace puente::economy
