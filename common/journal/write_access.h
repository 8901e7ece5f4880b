// The key to sessions' connections. Only common/journal includes this.
#pragma once

#include "common/sql/session.h"

namespace puente::sql {

class WriteAccess {
 public:
  static Connection& Of(Session& session) { return session.connection(WriteKey()); }
};

}  // namespace puente::sql
