// How long certification bodies take to certify (docs/decisions/0084).
#pragma once

#include "common/extracts/table.h"

namespace puente::gateway {

extracts::Table WaitingTable();

}  // namespace puente::gateway
