// Waiting for figures that are made in the background.
#pragma once

#include "common/sql/session.h"
#include "tests/testing/wait.h"

namespace puente::testing {

// Whether a look at demand comes to have seen everything that is written by now.
inline bool DemandIsReleased(const sql::Target& economy) {
  sql::Session session(economy);
  return Becomes([&] {
    const auto unseen =
        session.Number({"test.unseen",
                        "SELECT (SELECT COUNT(*) FROM demand_release) = 0 OR COUNT(*) > 0 FROM "
                        "journal_entry AS e LEFT JOIN journal_position AS p"
                        " ON p.entry_id = e.id WHERE p.position IS NULL OR p.position >"
                        " (SELECT COALESCE(MAX(position), -1) FROM demand_look)"},
                       {});
    return unseen.ok() && *unseen == 0;
  });
}

}  // namespace puente::testing
