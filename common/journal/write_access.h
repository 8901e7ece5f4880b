// The key to sessions' writing halves. Only common/journal includes this.
#pragma once

#include "common/sql/session.h"

namespace puente::sql {

class WriteAccess {
 public:
  static Session& WriterOf(Session& session) { return session.writer(WriteKey()); }
  static Connection& ConnectionOf(Session& session) { return session.connection(WriteKey()); }
};

}  // namespace puente::sql
