// What the database reads to serve the lists that a resource declares.
#pragma once

#include "common/resource/spec.h"
#include "common/sql/connection.h"
#include "common/sql/session.h"

namespace puente::testing {

// Fills the table with rows, and fails the test unless each declared list, of one parent and of
// all, is read along the index that is forced, with no sorting and few more rows than the page, at
// its beginning and in its middle. The same for the revisions of a resource, if it keeps them.
void ExpectListsServed(const sql::Target& database, const resource::Spec& spec);

// Rows and index entries that the session has read so far. What a pushed condition refuses is read
// as well; MySQL doesn't count it.
int64_t ReadSoFar(sql::Session& session);

}  // namespace puente::testing
