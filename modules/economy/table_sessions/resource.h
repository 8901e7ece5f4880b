#pragma once

#include "common/resource/spec.h"
#include "puente/economy/v1/table_session.pb.h"

namespace puente::economy {

// sectorTables/{sector_table}/tableSessions/{table_session}
const resource::Resource<v1::TableSession>& TableSessions();

}  // namespace puente::economy
