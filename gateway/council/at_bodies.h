// What became of versions at certification bodies, from the gateway's own store.
#pragma once

#include "common/context/call.h"
#include "common/sql/session.h"
#include "gateway/compose/results.h"
#include "gateway/council/trace.h"

namespace puente::council {

// Of the versions that a trace's sections have found. A store that can't be read leaves the section
// MISSING.
AtBodies ReadAtBodies(const Call& call, sql::Session& session, const compose::Results& found);

}  // namespace puente::council
