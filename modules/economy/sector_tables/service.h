// puente.economy.v1.SectorTableService.
#pragma once

#include "common/rpc/host.h"
#include "puente/economy/v1/sector_table.grpc.pb.h"

namespace puente::economy {

class SectorTableService final : public v1::SectorTableService::CallbackService {
 public:
  using Context = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;

  explicit SectorTableService(rpc::Host& host) : host_(host) {}

  Reactor* CreateSectorTable(Context* c, const v1::CreateSectorTableRequest* q,
                             v1::SectorTable* r) override;
  Reactor* GetSectorTable(Context* c, const v1::GetSectorTableRequest* q,
                          v1::SectorTable* r) override;
  Reactor* ListSectorTables(Context* c, const v1::ListSectorTablesRequest* q,
                            v1::ListSectorTablesResponse* r) override;
  Reactor* BatchGetSectorTables(Context* c, const v1::BatchGetSectorTablesRequest* q,
                                v1::BatchGetSectorTablesResponse* r) override;

 private:
  rpc::Host& host_;
};

}  // namespace puente::economy
